"""The bounded record of a run: its path in θ and its cost, thinned where nothing bends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdviz.core.snapshot import Trace

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CAPACITY = 4096
"""How many vertices are kept at the most; thinning leaves half."""


class History:
    """Step, epoch, cost and θ at up to CAPACITY moments of a run.

    Early steps are all kept. Later ones are sampled in pairs of neighbours, at intervals that
    grow with the steps since the last ``mark`` (so that a zigzag shows both its sides and memory
    stays the same for any number of steps). When it is full, the pairs of vertices that lie nearest
    to the straight line between their neighbours go first.

    Source of the thinning: Visvalingam and Whyatt, "Line generalisation by repeated elimination of
    points", The Cartographic Journal 30 (1993) 46-51; by distance from the chord, not area.
    """

    def __init__(self, n_features: int) -> None:
        self._count = 0
        self._mark = 0
        self._steps = np.zeros(CAPACITY, dtype=np.int64)
        self._epochs = np.zeros(CAPACITY, dtype=np.int64)
        self._costs = np.zeros(CAPACITY)
        self._thetas = np.zeros((CAPACITY, n_features + 1))

    def __len__(self) -> int:
        return self._count

    @property
    def steps(self) -> IntArray:
        """The recorded steps, ascending, shape (k,)."""
        return self._steps[: self._count]

    @property
    def epochs(self) -> IntArray:
        """The epochs completed at each, shape (k,)."""
        return self._epochs[: self._count]

    @property
    def costs(self) -> FloatArray:
        """J over all points at each, shape (k,)."""
        return self._costs[: self._count]

    @property
    def thetas(self) -> FloatArray:
        """θ in the person's units at each, shape (k, n+1)."""
        return self._thetas[: self._count]

    @property
    def nbytes(self) -> int:
        """The memory that it takes, whatever the number of steps."""
        return sum(a.nbytes for a in (self._steps, self._epochs, self._costs, self._thetas))

    def ends_with(self, step: int, cost: float, theta: FloatArray) -> bool:
        """Whether the last vertex is this one."""
        return (
            self._count > 0
            and bool(self.steps[-1] == step)
            and bool(self.costs[-1] == cost)
            and np.array_equal(self.thetas[-1], theta)
        )

    def trace(self, step: int, epoch: int, cost: float, theta: FloatArray) -> Trace:
        """Return a copy of the record, which ends at the present moment."""
        if self._count and self.steps[-1] == step:
            return Trace(
                self.steps.copy(), self.epochs.copy(), self.costs.copy(), self.thetas.copy()
            )
        return Trace(
            np.append(self.steps, step),
            np.append(self.epochs, epoch),
            np.append(self.costs, cost),
            np.concatenate((self.thetas, theta[np.newaxis])),
        )

    def mark(self, step: int) -> None:
        """Begin to record every step again: something was changed at ``step``."""
        self._mark = step

    def due(self, after: int, until: int) -> list[int]:
        """Return which of the steps after ``after``, up to ``until``, are to be recorded.

        All of the first CAPACITY/2 since the mark, then CAPACITY/8 pairs in every doubling.
        """
        dense = CAPACITY // 2
        result = list(range(after + 1, min(until, self._mark + dense - 1) + 1))
        since, last = max(after + 1 - self._mark, dense), until - self._mark
        while since <= last:
            interval = 4 << (since // dense).bit_length() - 1
            phase = since % interval
            if phase <= 1:
                result.append(self._mark + since)
                since += 1
            else:
                since += interval - phase
        return result

    def record(
        self, steps: IntArray, epochs: IntArray, costs: FloatArray, thetas: FloatArray
    ) -> None:
        """Append k moments: steps, epochs and costs (k,), θ (k, n+1) in the person's units."""
        at = 0
        while at < len(steps):
            if self._count == CAPACITY:
                self._thin()
            k = min(len(steps) - at, CAPACITY - self._count)
            place, source = slice(self._count, self._count + k), slice(at, at + k)
            self._steps[place] = steps[source]
            self._epochs[place] = epochs[source]
            self._costs[place] = costs[source]
            self._thetas[place] = thetas[source]
            self._count += k
            at += k

    def truncate(self, step: int) -> None:
        """Forget what lies after ``step``."""
        self._count = int(np.searchsorted(self.steps, step, side="right"))
        self._mark = min(self._mark, step)

    def _thin(self) -> None:
        """Drop about half of the vertices, those first whose going moves the picture least."""
        kept = np.arange(self._count)
        while (surplus := len(kept) - CAPACITY // 2) > CAPACITY // 32:
            steps, log_costs = self._steps[kept], np.log(np.maximum(self._costs[kept], 1e-300))
            bends = np.maximum(
                _pair_bends(self._thetas[kept]),
                _pair_bends(np.column_stack((steps.astype(np.float64), log_costs))),
            )
            flattest = np.argpartition(bends, surplus // 2)[: surplus // 2]
            drop: list[int] = []
            free = 0
            for first in np.sort(flattest).tolist():
                if first >= free:  # else it was measured from a vertex that goes in this pass
                    drop += (first + 1, first + 2)
                    free = first + 3
            kept = np.delete(kept, drop)
        k = len(kept)
        for column in (self._steps, self._epochs, self._costs, self._thetas):
            column[:k] = column[kept]
        self._count = k


def _pair_bends(values: FloatArray) -> FloatArray:
    """Return how far each pair of inner vertices lies from the chord across it, (k−3,).

    Entry i is for vertices i+1 and i+2; axes are scaled to their extents. Pairs, since to drop one
    vertex in two of a zigzag would leave one side of it only.
    """
    low = values.min(axis=0)
    extent = values.max(axis=0) - low
    scaled = (values - low) / np.where(extent > 0, extent, 1.0)
    start, chord = scaled[:-3], scaled[3:] - scaled[:-3]
    length = np.einsum("ij,ij->i", chord, chord)
    length = np.where(length > 0, length, 1.0)
    squares = np.zeros(len(start))
    for vertex in (scaled[1:-2], scaled[2:-1]):
        off = vertex - start
        along = np.clip(np.einsum("ij,ij->i", off, chord) / length, 0.0, 1.0)
        off = off - along[:, np.newaxis] * chord
        squares = np.maximum(squares, np.einsum("ij,ij->i", off, off))
    return np.asarray(np.sqrt(squares))
