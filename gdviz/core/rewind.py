"""Going back a step: recent stretches of the run, kept as their beginnings and made again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdviz.core.kernels import Kernel
from gdviz.core.sampling import Position
from gdviz.core.scaling import Scaling

FloatArray = npt.NDArray[np.float64]

_STEPS_PER_STRETCH = 4096
_MOST_STRETCHES = 512
_MOST_BYTES = 64_000_000


@dataclass(frozen=True, eq=False)
class Problem:
    """What a stretch of steps ran on: enough to make them again to the last bit."""

    kernel: Kernel
    scaling: Scaling
    nbytes: int


@dataclass(frozen=True, eq=False)
class State:
    """θ (n+1,) in the descent's coordinates, the step's number, the place in the epoch."""

    theta: FloatArray
    step: int
    at: Position


@dataclass(eq=False)
class _Stretch:
    problem: Problem
    start: State
    n_steps: int


class Rewind:
    """The stretches of steps that can be taken back, bounded in number and in memory."""

    def __init__(self) -> None:
        self._stretches: deque[_Stretch] = deque(maxlen=_MOST_STRETCHES)

    def __bool__(self) -> bool:
        return bool(self._stretches)

    def clear(self) -> None:
        """Forget everything: the run begins anew."""
        self._stretches.clear()

    def extend(self, problem: Problem, start: State, n_steps: int) -> None:
        """Remember that ``n_steps`` were made on ``problem`` from ``start`` on."""
        if n_steps == 0:
            return
        last = self._stretches[-1] if self._stretches else None
        if (
            last is not None
            and last.problem is problem
            and last.start.step + last.n_steps == start.step
            and last.n_steps + n_steps <= _STEPS_PER_STRETCH
        ):
            last.n_steps += n_steps
            return
        self._stretches.append(_Stretch(problem, start, n_steps))
        if last is not None and last.problem is not problem:
            self._bound_memory()

    def back(self) -> tuple[Problem, State] | None:
        """Return the state one step ago and what it ran on; None where nothing is remembered."""
        if not self._stretches:
            return None
        stretch = self._stretches[-1]
        stretch.n_steps -= 1
        if stretch.n_steps == 0:
            self._stretches.pop()
            return stretch.problem, stretch.start
        start = stretch.start
        theta, at = stretch.problem.kernel.advance(start.theta, start.at, stretch.n_steps, None)
        return stretch.problem, State(theta, start.step + stretch.n_steps, at)

    def _bound_memory(self) -> None:
        """Let the oldest go while the problems that are kept hold too many bytes of points."""
        seen: set[int] = set()
        total = 0
        keep = 0
        for stretch in reversed(self._stretches):
            if id(stretch.problem) not in seen:
                seen.add(id(stretch.problem))
                total += stretch.problem.nbytes
            if total > _MOST_BYTES and keep > 0:
                break
            keep += 1
        while len(self._stretches) > keep:
            self._stretches.popleft()
