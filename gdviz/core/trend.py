"""The finer verdict on a run that goes on: oscillating, diverging, or wandering."""

from __future__ import annotations

import math

from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Trend
from gdviz.core.stability import LearningRateLimits, steps_to_go

# A steep direction that holds less of the gap than this overshoots unseen.
_VISIBLE_SHARE = 0.05
# A window's mean gap above this share of the last window's is no descent any more.
_STALLED = 0.7
# Epochs, and times 1/(ηλ_min), that a window spans at least.
_WINDOW_EPOCHS = 8
_WINDOW_TIMES = 2.0


class TrendWatch:
    """Watches J − J_min over the steps since the last change.

    Batch descent is judged by the factors 1 − ηλ themselves. Stochastic descent has none for all
    points together, so it is judged by what it does: wandering once the mean gap of a window, long
    enough for the slowest direction to have shrunk, is no longer well below that of the window
    before; diverging while the gap is far above the start's and rising.
    """

    def __init__(
        self, settings: RunSettings, limit: LearningRateLimits, steps_per_epoch: int
    ) -> None:
        self._is_batch = settings.mode == "batch"
        self._factor = limit.factor(settings.learning_rate)
        self._slowest = limit.slowest_factor(settings.learning_rate)
        slow = settings.learning_rate * limit.smallest_positive
        times = _WINDOW_TIMES / slow if slow > 0 else math.inf
        self._window = max(_WINDOW_EPOCHS * steps_per_epoch, min(times, 1e15))
        self.restart(0.0)

    def restart(self, gap: float) -> None:
        """Begin anew from J − J_min = ``gap``."""
        self._first = self._last = gap
        self._sum = self._weight = 0.0
        self._windows: list[float] = []
        self._is_wandering = False
        self.growth = abs(self._factor) if self._is_batch and self._factor < -1 else 1.0

    def watch(self, gap: float, n_steps: int) -> None:
        """Take note of J − J_min after ``n_steps`` more steps."""
        if self._is_batch:
            return
        if self._last > 0 and gap > 0:
            self.growth = math.exp(0.5 * (math.log(gap) - math.log(self._last)) / n_steps)
        self._last = gap
        self._sum += gap * n_steps
        self._weight += n_steps
        if self._weight >= self._window:
            self._windows = [*self._windows[-1:], self._sum / self._weight]
            self._sum = self._weight = 0.0
            if len(self._windows) == 2:
                before, now = self._windows
                self._is_wandering = now > _STALLED * before

    def judge(self, gap: float, oscillating_share: float) -> Trend:
        """Return the verdict at J − J_min = ``gap``."""
        if self._is_batch:
            if oscillating_share < _VISIBLE_SHARE:
                return Trend.NONE
            return Trend.DIVERGING if self._factor < -1 else Trend.OSCILLATING
        if self._first > 0 and gap > 100 * self._first and self.growth > 1:
            return Trend.DIVERGING
        return Trend.WANDERING if self._is_wandering else Trend.NONE

    def steps_to_go(self, gap: float, goal: float) -> float:
        """Return how many batch steps are left until ``gap`` is ``goal``; NaN where unknown."""
        return steps_to_go(gap, goal, self._slowest) if self._is_batch else math.nan
