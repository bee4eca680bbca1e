"""The inner loops: many update steps in a row, as fast as Python and NumPy make them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
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
    if dataset.n_features == 1:
        kinds: dict[str, Callable[..., Kernel]] = {
            "batch": _BatchLine,
            "mini-batch": _MiniBatchLine,
            "sgd": _PointLine,
        }
        return kinds[settings.mode](dataset, settings, cost, sampler)
    return _Matrix(dataset, settings, cost, sampler)


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

    def __init__(
        self, dataset: Dataset, settings: RunSettings, cost: QuadraticCost, sampler: Sampler
    ) -> None:
        self._dataset = dataset
        self._cost = cost
        self._sampler = sampler
        self._rate = settings.learning_rate
        self._fits = cost.fit_intercept
        # ∇ = c Σ e x̃ over the batch, divided by its size for the means.
        self._factor = 1.0 if cost.convention.startswith("half") else 2.0
        self._is_mean = cost.convention.endswith("mse")
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
        h, v = self._rate * self._height_curvature, self._rate * self._curvature
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

    def __init__(
        self, dataset: Dataset, settings: RunSettings, cost: QuadraticCost, sampler: Sampler
    ) -> None:
        super().__init__(dataset, settings, cost, sampler)
        self._window = _Window(sampler, self._gather)
        self._points: tuple[list[float], list[float]] = ([], [])

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        b, m = float(theta[0]), float(theta[1])
        rate = self._rate * self._factor
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
        x = self._cost.scaling.features(self._dataset.X[batches.indices])[:, 0]
        self._points = (x.tolist(), self._dataset.y[batches.indices].tolist())


class _MiniBatchLine(_Line):
    """A few points a step, through each batch's own sums, which do not depend on θ.

    With dx = x − x̄, dy = y − ȳ and r = b + m x̄ − ȳ: Σ e = k r + m Σdx − Σdy and
    Σ e x = r Σdx + m Σdx² − Σdx dy + x̄ Σ e.
    """

    def __init__(
        self, dataset: Dataset, settings: RunSettings, cost: QuadraticCost, sampler: Sampler
    ) -> None:
        super().__init__(dataset, settings, cost, sampler)
        self._window = _Window(sampler, self._gather)
        self._sums: list[list[float]] = []

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        b, m = float(theta[0]), float(theta[1])
        x_mean, y_mean = self._x_mean, self._y_mean
        rate = self._rate * self._factor
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
        dx = self._cost.scaling.features(self._dataset.X[batches.indices])[:, 0] - self._x_mean
        dy = self._dataset.y[batches.indices] - self._y_mean
        counts = np.diff(starts).astype(np.float64)
        columns = [counts]
        for values in (dx, dy, dx * dx, dx * dy):
            columns.append(np.add.reduceat(values, starts[:-1] - starts[0]))
        columns.append(1 / counts if self._is_mean else np.ones(len(counts)))
        self._sums = np.column_stack(columns).tolist()


class _Matrix:
    """Any number of features: e = b + X w − y, g = c (Σ e, eᵀ X), θ by the update rule."""

    def __init__(
        self, dataset: Dataset, settings: RunSettings, cost: QuadraticCost, sampler: Sampler
    ) -> None:
        self._dataset = dataset
        self._cost = cost
        self._sampler = sampler
        self._settings = settings
        self._optimizer = GradientDescent()
        self._factor = 1.0 if cost.convention.startswith("half") else 2.0
        self._is_mean = cost.convention.endswith("mse")
        self._window = _Window(sampler, self._gather)
        self._rows: tuple[FloatArray, FloatArray] = (np.empty((0, 0)), np.empty(0))

    def measure(self, theta: FloatArray) -> tuple[float, float]:
        return self._cost.gap(theta), float(np.linalg.norm(self._cost.gradient(theta)))

    def advance(
        self, theta: FloatArray, at: Position, n_steps: int, record: list[FloatArray] | None
    ) -> tuple[FloatArray, Position]:
        rate = self._settings.learning_rate
        is_batch = self._settings.mode == "batch"
        for _ in range(n_steps):
            if is_batch:
                gradient = self._cost.gradient(theta)
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
        factor = self._factor / (end - begin) if self._is_mean else self._factor
        gradient = np.empty_like(theta)
        gradient[0] = factor * error.sum() if self._cost.fit_intercept else 0.0
        gradient[1:] = factor * (error @ X)
        return gradient, batches.position(place + 1)

    def _gather(self, batches: Batches) -> None:
        X = self._cost.scaling.features(self._dataset.X[batches.indices])
        self._rows = (X, self._dataset.y[batches.indices])
