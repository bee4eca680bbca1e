"""One step worked out: every number between the points that it sees and the θ that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.convention import convention
from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.scaling import Scaling
from gdviz.core.settings import RunSettings
from gdviz.core.sums import Sums
from gdviz.core.window import BatchSums

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

# An error below this share of what it is the difference of is no more than rounding.
_ROUNDING = 16 * float(np.finfo(np.float64).eps)
# A step that leads out of all bounds is shown as such: no warning says it better.
_in_silence = np.errstate(over="ignore", invalid="ignore")


@dataclass(frozen=True, eq=False)
class Rows:
    """Some points as a step sees them, k of them.

    Attributes:
        indices: which points of the data set, (k,).
        X: their features in the coordinates of the descent, (k, n).
        y: their targets, (k,).
        prediction: ŷ = b + X w, (k,).
        error: e = ŷ − y, (k,).
        squared: e², (k,).

    """

    indices: IndexArray
    X: FloatArray
    y: FloatArray
    prediction: FloatArray
    error: FloatArray
    squared: FloatArray


@dataclass(frozen=True, eq=False)
class Working:
    """A step of gradient descent from θ, in the coordinates of the descent.

    With k points in the step, c = ``factor``: ∂J/∂b = c Σ e, ∂J/∂wⱼ = c Σ e xⱼ; θ' = θ − η ∇J.
    The factor is 2/k, 1/k, 2 or 1, as the cost convention says.

    Source: MATHEMATICS A 10–14; Boyd and Vandenberghe (2018), §13.1.

    Attributes:
        dataset: the points.
        settings: mode, rate, convention and intercept, as they work out for so many points.
        cost_of_all: J over all points, whichever of them the step sees.
        theta: where the step starts, (n+1,).
        batch: the points that it sees; None for all of them.
        n_seen: how many points that are, k.
        factor: c.
        sums: Σ e, Σ e xⱼ and Σ e² over the points seen.
        gradient: ∇J over the points seen, (n+1,); its first entry is 0 where b is held at 0.
        new_theta: where the step leads, (n+1,).

    """

    dataset: Dataset
    settings: RunSettings
    cost_of_all: QuadraticCost
    theta: FloatArray
    batch: IndexArray | None
    n_seen: int
    factor: float
    sums: Sums
    gradient: FloatArray
    new_theta: FloatArray

    @classmethod
    @_in_silence
    def of(
        cls,
        dataset: Dataset,
        settings: RunSettings,
        cost: QuadraticCost,
        theta: Sequence[float] | FloatArray,
        batch: IndexArray | None,
        batch_sums: BatchSums | None = None,
    ) -> Self:
        """Work out the step from ``theta`` (n+1,), in the person's units, on a batch of points.

        ``cost`` is J in the coordinates that the settings make the descent run in. Of all points
        (``batch`` is None) the sums come from the data's moments: the time does not depend on N.
        Of a large batch they may be given, if they are of this data and θ.
        """
        settings = settings.for_points(dataset.n_points)
        inside = cost.scaling.from_user(np.array(theta, dtype=np.float64))
        if batch is None:
            is_on_all = cost.cost(inside) <= cost.rounding_gap
            sums = Sums.nothing(dataset.n_features) if is_on_all else _all_sums(cost, inside)
        elif batch_sums is not None and batch_sums.are_of(dataset, cost.scaling):
            sums = batch_sums.sums
            factor = convention(settings.convention).factor(len(batch))
            if factor / 2 * sums.squared <= cost.rounding_gap:  # it is on the points
                sums = Sums.nothing(dataset.n_features)
        else:
            rows = _without_rounding(_rows(dataset, cost.scaling, inside, batch), inside)
            sums = Sums.of(rows.X, rows.error)
        n_seen = dataset.n_points if batch is None else len(batch)
        factor = convention(settings.convention).factor(n_seen)
        gradient = factor * np.concatenate(([sums.error], sums.error_x))
        if not settings.fit_intercept:
            gradient[0] = 0.0
        new_theta = inside - settings.learning_rate * gradient
        return cls(
            dataset, settings, cost, inside, batch, n_seen, factor, sums, gradient, new_theta
        )

    @property
    def scaling(self) -> Scaling:
        """From the person's units to the descent's."""
        return self.cost_of_all.scaling

    @property
    def sum_error(self) -> float:
        """Σ e over the points seen."""
        return self.sums.error

    @property
    def sum_error_x(self) -> FloatArray:
        """Σ e xⱼ over the points seen, (n,)."""
        return self.sums.error_x

    @property
    def sum_squared(self) -> float:
        """Σ e² over the points seen."""
        return self.sums.squared

    @property
    def cost_factor(self) -> float:
        """1/k, 1/2k, 1 or ½: what Σ e² is multiplied by to make J."""
        return self.factor / 2

    @property
    def cost(self) -> float:
        """J over the points seen."""
        return self.cost_factor * self.sum_squared

    @property
    @_in_silence
    def gradient_of_all(self) -> FloatArray:
        """∇J over all points, whichever of them the step sees, (n+1,)."""
        if self.cost_of_all.cost(self.theta) <= self.cost_of_all.rounding_gap:
            return np.zeros_like(self.theta)  # it is on the points
        return self.cost_of_all.gradient(self.theta)

    @property
    @_in_silence
    def new_theta_in_units(self) -> FloatArray:
        """Where the step leads, in the person's units (n+1,)."""
        return self.scaling.to_user(self.new_theta)

    def rows(self, first: int, last: int) -> Rows:
        """Return the points from the ``first`` to before the ``last`` that the step sees."""
        if self.batch is None:
            indices = np.arange(first, min(last, self.n_seen))
        else:
            indices = self.batch[first:last]
        return _rows(self.dataset, self.scaling, self.theta, indices)

    @_in_silence
    def shown_rows(self, first: int, last: int) -> Rows:
        """Return the same as ``rows``; an error that is no more than rounding is 0."""
        return _without_rounding(self.rows(first, last), self.theta)

    def on_all_points(self) -> Rows:
        """Return all points of the data set, whichever of them the step sees."""
        return _rows(self.dataset, self.scaling, self.theta, np.arange(self.dataset.n_points))

    def row_of(self, index: int) -> int:
        """Return at which place the step sees a point of the data set; −1 where it does not."""
        if self.batch is None:
            return index if 0 <= index < self.n_seen else -1
        found = np.flatnonzero(self.batch == index)
        return int(found[0]) if len(found) else -1

    @_in_silence
    def pulls(self, first: int, last: int) -> FloatArray:
        """Return each point's own part of the step, −ηc eᵢ (1, xᵢ), (k, n+1); they add up to it."""
        rows = self.rows(first, last)
        pulls = np.column_stack((rows.error, rows.error[:, np.newaxis] * rows.X))
        pulls *= -self.settings.learning_rate * self.factor
        if not self.settings.fit_intercept:
            pulls[:, 0] = 0.0
        return pulls

    @_in_silence
    def lines(self, pair: tuple[int, int], rows: Rows) -> FloatArray:
        """Return points as the lines a θᵢ + c θⱼ = d on which their errors are 0: (k, 3).

        ``pair`` is i and j; the other parameters are held where θ has them. For (b, m) the line is
        b + x m = y, and a step on that point alone is perpendicular to it.
        """
        inputs = np.column_stack((np.ones(len(rows.y)), rows.X))
        others = np.delete(np.arange(len(self.theta)), pair)
        # Not from the error: with one feature the lines must not tremble as θ moves.
        rest = rows.y - inputs[:, others] @ self.theta[others]
        return np.column_stack((inputs[:, list(pair)], rest))


def _all_sums(cost: QuadraticCost, theta: FloatArray) -> Sums:
    """Return Σ e, Σ e x (n,) and Σ e² over all points, from the moments."""
    gradient = cost.half_sum.gradient(theta)
    return Sums(float(gradient[0]), gradient[1:], 2 * cost.half_sum.cost(theta))


@_in_silence
def _rows(dataset: Dataset, scaling: Scaling, theta: FloatArray, indices: IndexArray) -> Rows:
    X = scaling.features(dataset.X[indices])
    y = dataset.y[indices]
    prediction = X @ theta[1:] + theta[0]
    error = prediction - y
    return Rows(indices, X, y, prediction, error, error**2)


@_in_silence
def _without_rounding(rows: Rows, theta: FloatArray) -> Rows:
    """Return the rows; an error that is no more than rounding is 0."""
    size = np.abs(rows.X) @ np.abs(theta[1:]) + abs(theta[0]) + np.abs(rows.y)
    is_rounding = (np.abs(rows.error) <= _ROUNDING * size) & np.isfinite(size)
    error = np.where(is_rounding, 0.0, rows.error)
    return replace(rows, error=error, squared=error**2)
