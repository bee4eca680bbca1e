"""Going back a step: recent stretches of the run, kept as their beginnings and made again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import Dataset
from gdviz.core.kernels import Kernel
from gdviz.core.sampling import Position, Sampler
from gdviz.core.scaling import Scaling

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

_STEPS_PER_STRETCH = 4096
_MOST_STRETCHES = 512
_MOST_BYTES = 64_000_000


@dataclass(frozen=True, eq=False)
class Recipe:
    """What a stretch of steps ran on: enough to make them again to the last bit."""

    dataset: Dataset
    kernel: Kernel
    sampler: Sampler
    scaling: Scaling

    @property
    def nbytes(self) -> int:
        """How many bytes its points take."""
        return self.dataset.X.nbytes + self.dataset.y.nbytes


@dataclass(frozen=True, eq=False)
class State:
    """θ (n+1,) in the descent's coordinates, the step's number, the place in the epoch."""

    theta: FloatArray
    step: int
    at: Position


@dataclass(frozen=True, eq=False)
class Way:
    """Steps on one recipe, at least one, from the place ``since`` to where the run stands."""

    recipe: Recipe
    since: Position

    def last_batch(self, at: Position) -> IndexArray | None:
        """Return the points that the step to ``at`` used; None for all of them."""
        sampler = self.recipe.sampler
        return None if sampler.mode == "batch" else sampler.last_batch(at, self.since).copy()


@dataclass(frozen=True, eq=False)
class Past:
    """The state one step ago.

    recipe: what it ran on. way: how it was reached; None where that is not remembered, or where
    the data, the settings or θ were changed there.
    """

    recipe: Recipe
    state: State
    way: Way | None


@dataclass(eq=False)
class _Stretch:
    recipe: Recipe
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

    def extend(self, recipe: Recipe, start: State, n_steps: int) -> None:
        """Remember that ``n_steps`` were made on ``recipe`` from ``start`` on."""
        if n_steps == 0:
            return
        last = self._stretches[-1] if self._stretches else None
        if (
            last is not None
            and last.recipe is recipe
            and last.start.step + last.n_steps == start.step
            and last.n_steps + n_steps <= _STEPS_PER_STRETCH
        ):
            last.n_steps += n_steps
            return
        self._stretches.append(_Stretch(recipe, start, n_steps))
        if last is not None and last.recipe is not recipe:
            self._bound_memory()

    def back(self) -> Past | None:
        """Take a step back; return what was then, None where nothing is remembered."""
        if not self._stretches:
            return None
        stretch = self._stretches[-1]
        recipe, start = stretch.recipe, stretch.start
        stretch.n_steps -= 1
        if stretch.n_steps == 0:
            self._stretches.pop()
            before = self._stretches[-1] if self._stretches else None
            if before is None or before.recipe is not recipe:
                return Past(recipe, start, None)
            return Past(recipe, start, Way(recipe, before.start.at))
        theta, at = recipe.kernel.advance(start.theta, start.at, stretch.n_steps, None)
        state = State(theta, start.step + stretch.n_steps, at)
        return Past(recipe, state, Way(recipe, start.at))

    def _bound_memory(self) -> None:
        """Let the oldest go while the recipes that are kept hold too many bytes of points."""
        seen: set[int] = set()
        total = 0
        keep = 0
        for stretch in reversed(self._stretches):
            if id(stretch.recipe.dataset) not in seen:
                seen.add(id(stretch.recipe.dataset))
                total += stretch.recipe.nbytes
            if total > _MOST_BYTES and keep > 0:
                break
            keep += 1
        while len(self._stretches) > keep:
            self._stretches.popleft()
