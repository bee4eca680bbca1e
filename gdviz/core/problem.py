"""What the data and the settings imply before any step is made: the cost and its limits."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from gdviz.core.cost import QuadraticCost, make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings
from gdviz.core.stability import LearningRateLimits, limits, rate_below, steepest_step


@dataclass(frozen=True, eq=False)
class Problem:
    """What is to be minimised, and how; made once for each change of the data or the settings.

    Attributes:
        dataset: the points.
        settings: as they work out for so many points.
        cost: J in the coordinates of the descent.
        limits: what the Hessian says of the learning rate.
        steepest: the largest curvature L that a step can meet: beyond 2/L it may grow.

    """

    dataset: Dataset
    settings: RunSettings
    cost: QuadraticCost
    limits: LearningRateLimits
    steepest: float

    @classmethod
    def of(cls, dataset: Dataset, settings: RunSettings, before: Self | None = None) -> Self:
        """Work out what the data and the settings imply.

        From the problem ``before`` is taken what only another learning rate leaves as it is: with
        few points to a step the steepest of all of them is sought.
        """
        settings = settings.for_points(dataset.n_points)
        if before is not None and before.dataset is dataset:
            rate = before.settings.learning_rate
            if settings.with_(learning_rate=rate) == before.settings:
                return replace(before, settings=settings)
        cost = make_cost(dataset, settings)
        limit = limits(cost)
        return cls(dataset, settings, cost, limit, steepest_step(dataset.X, cost, limit, settings))

    @cached_property
    def free_cost(self) -> QuadraticCost:
        """J with b free, in the same coordinates: what the plane of b is drawn of."""
        cost = self.cost
        if cost.fit_intercept:
            return cost
        return QuadraticCost(self.dataset.moments, cost.convention, True, cost.scaling)

    @property
    def n_points(self) -> int:
        """How many points there are."""
        return self.dataset.n_points

    @property
    def n_features(self) -> int:
        """How many features they have."""
        return self.dataset.n_features

    @property
    def is_valley(self) -> bool:
        """Whether J has its minimum along a whole line, or more, and not at one place."""
        return len(self.cost.flat_directions) > 0

    @property
    def rounding_gradient(self) -> float:
        """Below this |∇J| says nothing: |∇J|² ≤ 2 λ_max (J − J_min), which is rounding there."""
        return math.sqrt(2 * self.limits.lambda_max * self.cost.rounding_gap)

    @property
    def proposed_rate(self) -> float:
        """A round learning rate with which no step overshoots."""
        return rate_below(self.steepest)

    @property
    def cannot_grow(self) -> bool:
        """Whether no step can lead away: batch below 2/λ_max, else below every point's limit.

        Then J − J_min and |∇J| of batch descent never rise, so that looking at them now and then
        misses nothing.
        """
        return self.settings.learning_rate * self.steepest < 2 * (1 - 1e-9)
