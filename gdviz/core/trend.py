"""The finer verdict on a run that goes on: oscillating, diverging, or wandering."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from gdviz.core.convention import convention
from gdviz.core.cost import QuadraticCost
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Trend
from gdviz.core.stability import LearningRateLimits, steps_to_go

FloatArray = npt.NDArray[np.float64]

# A steep direction that holds less of the gap than this overshoots unseen.
_VISIBLE_SHARE = 0.05
# A window's mean gap above this share of the last window's is no descent any more …
_STALLED = 0.7
# … until it is below this share: a few samples of noise can differ by that much.
_DESCENDS_AGAIN = 0.2
# Epochs, looks, and times 1/(ηλ_min), that a window spans at least.
_WINDOW_EPOCHS = 8
_WINDOW_LOOKS = 32
_WINDOW_TIMES = 2.0

_LARGEST_GROWTH = 1e300
# J − J_min this many times above the start's and the data's spread is no noise any more.
_FAR_OUT = 100.0


class TrendWatch:
    """Watches J − J_min over the steps since the last change.

    Batch descent is judged by the factors 1 − ηλ themselves. Stochastic descent has none for all
    points together, so it is judged by what it does: wandering once the mean gap of a window, long
    enough for the slowest direction to have shrunk, is no longer well below that of the window
    before; diverging while the gap is far above the start's and rising.
    """

    def __init__(
        self,
        settings: RunSettings,
        cost: QuadraticCost,
        limit: LearningRateLimits,
        steps_per_epoch: int,
    ) -> None:
        self._cost = cost
        self._rate = settings.learning_rate
        self._is_batch = settings.mode == "batch"
        self._spread = cost.weight * float(cost.moments.scatter[-1, -1])
        self._factor = limit.factor(settings.learning_rate)
        self._slowest = limit.slowest_factor(settings.learning_rate)
        slow = settings.learning_rate * limit.smallest_positive
        if not convention(settings.convention).is_mean:
            slow /= steps_per_epoch  # a step sees that share of the whole sum's curvature
        times = _WINDOW_TIMES / slow if slow > 0 else math.inf
        self._window = max(_WINDOW_EPOCHS * steps_per_epoch, min(times, 1e15))
        self.restart(0.0)

    def restart(self, gap: float) -> None:
        """Begin anew from J − J_min = ``gap``."""
        self._first = gap
        self._steps = 0
        self._sum = self._weight = 0.0
        self._looks = 0
        self._mean_before: float | None = None
        self._is_wandering = False
        self.growth = 1.0
        if self._is_batch and self._factor < -1:
            self.growth = min(-self._factor, _LARGEST_GROWTH)

    def watch(self, gap: float, n_steps: int) -> None:
        """Take note of J − J_min after ``n_steps`` more steps."""
        if self._is_batch:
            return
        self._steps += n_steps
        if self._first > 0 and gap > 0:
            rate = 0.5 * (math.log(gap) - math.log(self._first)) / self._steps
            self.growth = math.exp(min(rate, math.log(_LARGEST_GROWTH)))
        self._sum += gap * n_steps
        self._weight += n_steps
        self._looks += 1
        if self._weight >= self._window and self._looks >= _WINDOW_LOOKS:
            mean, before = self._sum / self._weight, self._mean_before
            if before is not None:
                share = _DESCENDS_AGAIN if self._is_wandering else _STALLED
                self._is_wandering = mean > share * before
            self._mean_before = mean
            self._sum = self._weight = 0.0
            self._looks = 0

    def judge(self, gap: float, theta: FloatArray) -> Trend:
        """Return the verdict at J − J_min = ``gap``, θ (n+1,) in the descent's coordinates."""
        if self._is_batch:
            if self._oscillating_share(theta) < _VISIBLE_SHARE:
                return Trend.NONE
            return Trend.DIVERGING if self._factor < -1 else Trend.OSCILLATING
        # Near the minimum the noise alone is far above the start: the data's spread counts too.
        if gap > _FAR_OUT * max(self._first, self._spread) and self.growth > 1:
            return Trend.DIVERGING
        return Trend.WANDERING if self._is_wandering else Trend.NONE

    def steps_to_go(self, gap: float, goal: float) -> float:
        """Return how many batch steps are left until ``gap`` is ``goal``; NaN where unknown."""
        return steps_to_go(gap, goal, self._slowest) if self._is_batch else math.nan

    def _oscillating_share(self, theta: FloatArray) -> float:
        """Return the share of J − J_min along directions which overshoot at every step."""
        if not self._factor < 0:
            return 0.0
        values, vectors = np.linalg.eigh(self._cost.hessian)
        parts = values * (vectors.T @ (theta - self._cost.minimum)) ** 2
        total = float(parts.sum())
        over = parts[values > 1 / self._rate].sum()
        return float(over) / total if total > 0 else 0.0
