"""Large copies that follow each other take the memory of those that are gone.

Each move of a drag at a million points makes a new data set, and lets an old one go. Fresh memory
comes from the system page by page: that takes longer than the copy itself, and at times 50 ms.
"""

from __future__ import annotations

import ctypes
import weakref
from collections import deque
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

# Below this the interpreter's own allocator hands out what it has.
_LARGE = 16_384
# So many are kept free: those of one data set's X and y, twice.
_MOST_FREE = 4


class Recycler:
    """Copies arrays into memory that is used again once nothing refers to it any more.

    The owner of an array's memory is what all its views keep alive: when that dies, none is left.
    """

    def __init__(self) -> None:
        self._free: deque[FloatArray] = deque(maxlen=_MOST_FREE)

    def copy(self, values: FloatArray) -> FloatArray:
        """Return a copy; ``values`` is contiguous."""
        if values.size < _LARGE:
            return values.copy()
        memory = self._take(values.size)
        owner: Any = (ctypes.c_double * values.size).from_buffer(memory.data)
        weakref.finalize(owner, self._free.append, memory).atexit = False
        result: FloatArray = np.ndarray(values.shape, dtype=np.float64, buffer=owner)
        np.copyto(result, values)
        return result

    def _take(self, size: int) -> FloatArray:
        """Return free memory of this size; what is free of other sizes belongs to other data."""
        while self._free:
            try:
                memory = self._free.popleft()
            except IndexError:  # another thread was faster
                break
            if memory.size == size:
                return memory
        return np.empty(size)
