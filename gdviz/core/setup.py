"""Everything about a descent that the data and the settings determine, built at every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.ending import Criteria
from gdviz.core.kernels import Kernel, make_kernel
from gdviz.core.problem import Problem
from gdviz.core.rewind import Recipe, State
from gdviz.core.runner import Runner
from gdviz.core.sampling import Sampler
from gdviz.core.settings import RunSettings
from gdviz.core.stability import LearningRateLimits
from gdviz.core.window import Window

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

Moments = tuple[IntArray, IntArray, FloatArray, FloatArray]
"""Steps, epochs and costs (k,), and θ (k, n+1) in the person's units."""


@dataclass(frozen=True, eq=False)
class Setup:
    """The fixed problem that a stretch of steps runs on, and what makes them."""

    problem: Problem
    sampler: Sampler
    window: Window
    kernel: Kernel
    runner: Runner

    @classmethod
    def of(cls, dataset: Dataset, settings: RunSettings, before: Setup | None) -> Self:
        """Build what the steps need; from the setup ``before`` is taken what stays the same."""
        problem = Problem.of(dataset, settings, before.problem if before is not None else None)
        sampler = _sampler(problem, before)
        if before is not None and before.has_same_batches(problem, sampler):
            window = before.window
        else:
            window = Window(dataset, problem.cost.scaling, sampler)
        kernel = make_kernel(problem.settings, problem.cost, window)
        runner = Runner(kernel, problem.cost, sampler, problem.cannot_grow)
        return cls(problem, sampler, window, kernel, runner)

    @property
    def settings(self) -> RunSettings:
        """The settings as they are for this number of points."""
        return self.problem.settings

    @property
    def cost(self) -> QuadraticCost:
        """J in the coordinates of the descent."""
        return self.problem.cost

    @property
    def limits(self) -> LearningRateLimits:
        """What the Hessian says of the learning rate."""
        return self.problem.limits

    @property
    def uses_all(self) -> bool:
        """Whether every step sees all points."""
        return self.settings.mode == "batch"

    def has_same_batches(self, problem: Problem, sampler: Sampler) -> bool:
        """Whether another problem's steps see the same numbers: they need not be gathered anew."""
        is_same = sampler is self.sampler and problem.dataset is self.problem.dataset
        return is_same and problem.cost.scaling.equals(self.cost.scaling)

    def recipe(self) -> Recipe:
        """Return what is needed to make its steps again."""
        return Recipe(self.problem.dataset, self.kernel, self.sampler, self.cost.scaling)

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


def _sampler(problem: Problem, before: Setup | None) -> Sampler:
    """Return an order of the points; an order of a million is not drawn twice."""
    settings, n_points = problem.settings, problem.n_points
    if before is not None and before.problem.n_points == n_points:
        names = ("mode", "batch_size", "order", "seed")
        if all(getattr(settings, name) == getattr(before.settings, name) for name in names):
            return before.sampler
    return Sampler(n_points, settings.mode, settings.batch_size, settings.order, settings.seed)
