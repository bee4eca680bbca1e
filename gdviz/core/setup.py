"""Everything about a descent that the data and the settings determine, built at every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost, make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.ending import Criteria, cannot_grow
from gdviz.core.kernels import Kernel, make_kernel
from gdviz.core.rewind import Problem, State
from gdviz.core.runner import Runner
from gdviz.core.sampling import Sampler
from gdviz.core.settings import RunSettings
from gdviz.core.stability import LearningRateLimits, limits

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

Moments = tuple[IntArray, IntArray, FloatArray, FloatArray]
"""Steps, epochs and costs (k,), and θ (k, n+1) in the person's units."""


@dataclass(frozen=True, eq=False)
class Setup:
    """The fixed problem that a stretch of steps runs on.

    settings: as they are for this number of points. cost: J in the coordinates of the descent.
    """

    dataset: Dataset
    settings: RunSettings
    cost: QuadraticCost
    limits: LearningRateLimits
    sampler: Sampler
    kernel: Kernel
    runner: Runner

    @classmethod
    def of(cls, dataset: Dataset, settings: RunSettings, before: Setup | None) -> Self:
        """Build what the steps need; from the setup ``before`` is taken what stays the same."""
        settings = settings.for_points(dataset.n_points)
        cost = make_cost(dataset, settings)
        limit = limits(cost)
        sampler = _sampler(dataset, settings, before)
        kernel = make_kernel(dataset, settings, cost, sampler)
        is_calm = cannot_grow(dataset, cost, limit, settings, sampler.batch_size)
        runner = Runner(kernel, cost, sampler, is_calm)
        return cls(dataset, settings, cost, limit, sampler, kernel, runner)

    @property
    def uses_all(self) -> bool:
        """Whether every step sees all points."""
        return self.settings.mode == "batch"

    def problem(self) -> Problem:
        """Return what is needed to make its steps again."""
        return Problem(self.dataset, self.kernel, self.sampler, self.cost.scaling)

    def criteria(self, reference: FloatArray, now: FloatArray) -> Criteria:
        """Return when a run ends, by what is measured at ``reference`` and ``now``, θ (n+1,)."""
        return Criteria.measured(
            self.kernel, self.cost, self.limits, self.settings.tolerance, reference, now
        )

    def held(self, inside: FloatArray) -> FloatArray:
        """Hold b at 0 where it is not fitted."""
        if not self.settings.fit_intercept:
            inside[0] = 0.0
        return inside

    def described(self, steps: Sequence[int], before: State, thetas: FloatArray) -> Moments:
        """Return steps, epochs, costs, and θ in the person's units, for θ after ``before``."""
        made = np.array(steps, dtype=np.int64)
        # Epochs completed: counted from where the block began.
        over = made - before.step - self.sampler.steps_left(before.at)
        per_epoch = self.sampler.steps_per_epoch
        epochs = before.at.epoch + np.where(over >= 0, 1 + over // per_epoch, 0)
        return made, epochs, self.cost.costs(thetas), self.cost.scaling.to_user(thetas)


def _sampler(dataset: Dataset, settings: RunSettings, before: Setup | None) -> Sampler:
    """Return an order of the points; an order of a million is not drawn twice."""
    if before is not None and before.dataset.n_points == dataset.n_points:
        names = ("mode", "batch_size", "order", "seed")
        if all(getattr(settings, name) == getattr(before.settings, name) for name in names):
            return before.sampler
    return Sampler(
        dataset.n_points, settings.mode, settings.batch_size, settings.order, settings.seed
    )
