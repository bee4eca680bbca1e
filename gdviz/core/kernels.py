"""The inner loops: many update steps in a row, as fast as Python and NumPy make them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.optimizers import GradientDescent
from gdviz.core.sampling import Batches, Position, Sampler
from gdviz.core.settings import RunSettings

FloatArray = npt.NDArray[np.float64]

# Points gathered at once: enough to spread NumPy's overhead, too few to stall the loop.
_POINTS_AT_ONCE = 8192


class Kernel(Protocol):
    """Runs steps on a fixed problem: data, cost, coordinates and learning rate."""

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        """Return θ (n+1,) and the position ``n_steps`` later.

        Appends θ after each step to ``record``, as arrays of shape (k, n+1). The result does not
        depend on how a number of steps is split over calls.
        """

    def measure(self, theta: FloatArray) -> tuple[float, float]:
        """Return J − J_min and |∇J| at θ; NaN or infinity where they overflow."""


def make_kernel(
    dataset: Dataset, settings: RunSettings, cost: QuadraticCost, sampler: Sampler
) -> Kernel:
    """Return the fastest kernel for the problem."""
    task = _Task(dataset, settings, cost, sampler)
    if dataset.n_features > 1:
        return _Matrix(task)
    kinds: dict[str, Callable[[_Task], Kernel]] = {
        "batch": _BatchLine,
        "mini-batch": _MiniBatchLine,
        "sgd": _PointLine,
    }
    return kinds[settings.mode](task)


@dataclass(frozen=True, eq=False)
class _Task:
    """What a kernel is made for, and what all kernels read from it."""

    dataset: Dataset
    settings: RunSettings
    cost: QuadraticCost
    sampler: Sampler

    @cached_property
    def factor(self) -> float:
        """What Σ e x over a batch is multiplied by, and divided by its size where J is a mean."""
        return 1.0 if self.cost.convention.startswith("half") else 2.0

    @cached_property
    def is_mean(self) -> bool:
        """Whether J is a mean over the points, not a sum."""
        return self.cost.convention.endswith("mse")

    def rows(self, batches: Batches) -> tuple[FloatArray, FloatArray]:
        """Return X (k, n), in the descent's coordinates, and y (k,) of the points of batches."""
        X = self.dataset.X[batches.indices]
        return self.cost.scaling.features(X), self.dataset.y[batches.indices]


class _Window:
    """The stretch of batches that a kernel has gathered last, and where a position lies in it."""

    def __init__(self, sampler: Sampler, gather: Callable[[Batches], None]) -> None:
        self._sampler = sampler
        self._gather = gather
        self._batches: Batches | None = None

    def find(self, at: Position) -> tuple[Batches, int]:
        """Return batches of which one begins at ``at``, and its place among them."""
        batches = self._batches
        if batches is not None:
            visit = (at.epoch - batches.first_epoch) * batches.n_points + at.offset
            place = bisect_left(batches.starts, visit)
            if place < len(batches.starts) - 1 and batches.starts[place] == visit:
                return batches, place
        batches = self._batches = self._sampler.batches(at, _POINTS_AT_ONCE)
        self._gather(batches)
        return batches, 0


class _Line:
    """One feature: θ = (b, m) as two Python floats, which are faster than arrays of two."""

    def __init__(self, task: _Task) -> None:
        cost = task.cost
        self._task = task
        self._fits = cost.fit_intercept
        # A step is this times Σ e x̃ over its batch, divided by its size for the means.
        self._pace = task.settings.learning_rate * task.factor
        self._x_mean = float(cost.x_mean[0])
        self._y_mean = cost.y_mean
        self._b_star, self._m_star = (float(value) for value in cost.minimum)
        self._curvature = float(cost.curvature[0, 0])
        self._height_curvature = 2 * cost.weight * cost.n_points if self._fits else 0.0

    def measure(self, theta: FloatArray) -> tuple[float, float]:
        away = float(theta[1]) - self._m_star
        height = float(theta[0]) - self._b_star + self._x_mean * away
        pull_b = self._height_curvature * height
        pull_m = self._curvature * away + self._x_mean * pull_b
        gap = 0.5 * (self._height_curvature * height * height + self._curvature * away * away)
        return gap, math.hypot(pull_b, pull_m)


class _BatchLine(_Line):
    """All points a step: ∂J/∂b = h r, ∂J/∂m = v (m − m*) + x̄ ∂J/∂b, r the mean error."""

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        b, m = float(theta[0]), float(theta[1])
        x_mean, b_star, m_star = self._x_mean, self._b_star, self._m_star
        rate = self._task.settings.learning_rate
        h, v = rate * self._height_curvature, rate * self._curvature
        if record is not None:
            rows = []
            for _ in range(n_steps):
                away = m - m_star
                pull = h * (b - b_star + x_mean * away)
                b -= pull
                m -= v * away + x_mean * pull
                rows.append((b, m))
            record.append(np.array(rows))
        elif self._fits:
            for _ in range(n_steps):
                away = m - m_star
                pull = h * (b - b_star + x_mean * away)
                b -= pull
                m -= v * away + x_mean * pull
        else:
            for _ in range(n_steps):
                m -= v * (m - m_star)
        return np.array((b, m)), Position(at.epoch + n_steps)


class _PointLine(_Line):
    """One point a step: e = b + m x − y, b ← b − ηc e, m ← m − ηc e x."""

    def __init__(self, task: _Task) -> None:
        super().__init__(task)
        self._window = _Window(task.sampler, self._gather)
        self._points: tuple[list[float], list[float]] = ([], [])

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        b, m = float(theta[0]), float(theta[1])
        rate = self._pace
        rows: list[tuple[float, float]] = []
        while n_steps > 0:
            batches, first = self._window.find(at)
            last = min(first + n_steps, len(self._points[0]))
            xs, ys = self._points[0][first:last], self._points[1][first:last]
            if record is not None:
                for x, y in zip(xs, ys, strict=True):
                    pull = rate * (b + m * x - y)
                    if self._fits:
                        b -= pull
                    m -= pull * x
                    rows.append((b, m))
            elif self._fits:
                for x, y in zip(xs, ys, strict=True):
                    pull = rate * (b + m * x - y)
                    b -= pull
                    m -= pull * x
            else:
                for x, y in zip(xs, ys, strict=True):
                    m -= rate * (b + m * x - y) * x
            n_steps -= last - first
            at = batches.position(last)
        if record is not None:
            record.append(np.array(rows))
        return np.array((b, m)), at

    def _gather(self, batches: Batches) -> None:
        X, y = self._task.rows(batches)
        self._points = (X[:, 0].tolist(), y.tolist())


class _MiniBatchLine(_Line):
    """A few points a step, through each batch's own sums, which do not depend on θ.

    With dx = x − x̄, dy = y − ȳ and r = b + m x̄ − ȳ: Σ e = k r + m Σdx − Σdy and
    Σ e x = r Σdx + m Σdx² − Σdx dy + x̄ Σ e.
    """

    def __init__(self, task: _Task) -> None:
        super().__init__(task)
        self._window = _Window(task.sampler, self._gather)
        self._sums: list[list[float]] = []

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        b, m = float(theta[0]), float(theta[1])
        x_mean, y_mean = self._x_mean, self._y_mean
        rate = self._pace
        fits = self._fits
        rows: list[tuple[float, float]] = []
        while n_steps > 0:
            batches, first = self._window.find(at)
            last = min(first + n_steps, len(self._sums))
            for k, dx, dy, dxx, dxy, share in self._sums[first:last]:
                r = b + m * x_mean - y_mean
                error = k * r + m * dx - dy
                pull = rate * share
                if fits:
                    b -= pull * error
                m -= pull * (r * dx + m * dxx - dxy + x_mean * error)
                if record is not None:
                    rows.append((b, m))
            n_steps -= last - first
            at = batches.position(last)
        if record is not None:
            record.append(np.array(rows))
        return np.array((b, m)), at

    def _gather(self, batches: Batches) -> None:
        starts = np.array(batches.starts)
        X, y = self._task.rows(batches)
        dx, dy = X[:, 0] - self._x_mean, y - self._y_mean
        counts = np.diff(starts).astype(np.float64)
        columns = [counts]
        for values in (dx, dy, dx * dx, dx * dy):
            columns.append(np.add.reduceat(values, starts[:-1] - starts[0]))
        columns.append(1 / counts if self._task.is_mean else np.ones(len(counts)))
        self._sums = np.column_stack(columns).tolist()


class _Matrix:
    """Any number of features: e = b + X w − y, g = c (Σ e, eᵀ X), θ by the update rule."""

    def __init__(self, task: _Task) -> None:
        self._task = task
        self._optimizer = GradientDescent()
        self._window = _Window(task.sampler, self._gather)
        self._rows: tuple[FloatArray, FloatArray] = (np.empty((0, 0)), np.empty(0))

    def measure(self, theta: FloatArray) -> tuple[float, float]:
        return self._task.cost.gap(theta), float(np.linalg.norm(self._task.cost.gradient(theta)))

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        rate = self._task.settings.learning_rate
        is_batch = self._task.settings.mode == "batch"
        for _ in range(n_steps):
            if is_batch:
                gradient = self._task.cost.gradient(theta)
                at = Position(at.epoch + 1)
            else:
                gradient, at = self._batch_gradient(theta, at)
            theta = self._optimizer.step(theta, gradient, rate)
            if record is not None:
                record.append(theta[np.newaxis])
        return theta, at

    def _batch_gradient(self, theta: FloatArray, at: Position) -> tuple[FloatArray, Position]:
        batches, place = self._window.find(at)
        begin = batches.starts[place] - batches.starts[0]
        end = batches.starts[place + 1] - batches.starts[0]
        X, y = self._rows[0][begin:end], self._rows[1][begin:end]
        error = X @ theta[1:] + (theta[0] - y)
        factor = self._task.factor / (end - begin if self._task.is_mean else 1)
        gradient = np.empty_like(theta)
        gradient[0] = factor * error.sum() if self._task.cost.fit_intercept else 0.0
        gradient[1:] = factor * (error @ X)
        return gradient, batches.position(place + 1)

    def _gather(self, batches: Batches) -> None:
        self._rows = self._task.rows(batches)
