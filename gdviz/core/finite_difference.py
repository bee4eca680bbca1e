"""The slope that a formula gives against a difference of two costs, along each parameter."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdviz.core.convention import convention
from gdviz.core.working import Working

FloatArray = npt.NDArray[np.float64]

DIGITS = 10
"""So many digits of both slopes are compared."""

# J is worked out point by point for up to so many points, and with no more products than these.
_MOST_POINTS, _MOST_PRODUCTS = 4096, 100_000
# A slope below this share of the steepest that so high a cost allows is rounding.
_FLAT = 1e-12
# A parameter is moved by at least this share of its size, or rounding would spoil the move.
_LEAST_MOVE = 1e-3


class Landscape:
    """J(θ) = s Σ e² over the points that a step sees, and its gradient c Σ e x̃, c = 2s.

    Of many points in a batch it takes the first ones; of all points, if many, their moments:
    Σ e² = vᵀ S v + N (b + v·μ)² with v = (w, −1), mean μ and scatter S of the rows (x, y).

    Attributes:
        n_points: over how many points it goes.
        gradient: by the formula of the derivation, (n+1,).
        curvature: c Σ x̃ⱼ², (n+1,): how J bends along each parameter.
        rounding: how much of J may be no more than rounding.

    """

    def __init__(self, working: Working) -> None:
        self._working = working
        n = working.dataset.n_features
        most = self.most_points(working)
        self._by_point = working.n_seen <= most or working.batch is not None
        self.n_points = min(working.n_seen, most) if self._by_point else working.n_seen
        self._factor = convention(working.settings.convention).factor(self.n_points)
        sums = np.concatenate(([working.sum_error], working.sum_error_x))
        if self._by_point:
            rows = working.rows(0, self.n_points)
            self._X = np.column_stack((np.ones(self.n_points), rows.X))
            self._y = rows.y
            squares = (self._X**2).sum(axis=0)
            size = float((rows.y**2).sum() + (rows.prediction**2).sum())
            if self.n_points < working.n_seen:
                sums = rows.error @ self._X
        else:
            moments = working.scaling.moments(working.dataset.moments)
            self._mean, self._scatter = moments.mean, moments.scatter
            means = np.concatenate(([1.0], moments.mean[:n]))
            squares = self.n_points * means**2
            squares[1:] += np.diag(moments.scatter)[:n]
            size = float(moments.scatter[n, n] + self.n_points * moments.mean[n] ** 2)
        # Of squared errors of a few ulps each, or of a difference of sums.
        ulps = 16 * float(np.finfo(np.float64).eps)
        self.rounding = self._factor / 2 * size * (ulps * ulps if self._by_point else ulps)
        self.gradient: FloatArray = self._factor * sums
        self.curvature: FloatArray = self._factor * squares

    @staticmethod
    def most_points(working: Working) -> int:
        """Return how many points are gone through one by one."""
        n_products = (working.dataset.n_features + 1) ** 2
        return min(_MOST_POINTS, max(_MOST_PRODUCTS // n_products, 1))

    def cost(self, theta: FloatArray) -> float:
        """Return J of one θ (n+1,); 0 where it is no more than rounding."""
        result = float(self.costs(theta[np.newaxis])[0])
        return 0.0 if abs(result) <= self.rounding else result

    def noise(self, steps: FloatArray) -> FloatArray:
        """Return how large a difference quotient may be by rounding alone, (n+1,), h the steps."""
        if self._by_point:  # of errors that are rounding: as steep as J of them can be
            return np.asarray(np.sqrt(2 * self.rounding * self.curvature))
        return np.asarray(self.rounding / steps)

    def costs(self, thetas: FloatArray) -> FloatArray:
        """Return J of many θ, (q, n+1) to (q,)."""
        if self._by_point:
            errors = self._X @ thetas.T - self._y[:, np.newaxis]
            return np.asarray(self._factor / 2 * (errors**2).sum(axis=0))
        v = np.column_stack((thetas[:, 1:], -np.ones(len(thetas))))
        height = thetas[:, 0] + v @ self._mean
        squares = ((v @ self._scatter) * v).sum(axis=1) + self.n_points * height**2
        return np.asarray(self._factor / 2 * squares)


@dataclass(frozen=True)
class Difference:
    """∂J/∂θⱼ twice: by the formula, and as (J(θⱼ + h) − J(θⱼ − h)) / 2h.

    Attributes:
        step: h.
        above, below: the two costs.
        quotient: their difference over 2h.
        slope: what the formula gives.
        is_flat: both are 0, but for rounding.

    """

    step: float
    above: float
    below: float
    quotient: float
    slope: float
    is_flat: bool

    @property
    def agreeing(self) -> int:
        """How many of the digits shown agree: d, where they differ by less than 5·10⁻ᵈ of them."""
        if self.is_flat or self.quotient == self.slope:
            return DIGITS
        size = max(abs(self.quotient), abs(self.slope))
        share = abs(self.quotient - self.slope) / size
        if not math.isfinite(share):
            return 0
        return min(max(math.floor(-math.log10(share / 5)), 0), DIGITS)


def differences(working: Working) -> list[Difference]:
    """Return the comparison for each entry of θ, (n+1,).

    J is a parabola along each parameter, so that the quotient is exact for any h but for rounding,
    which is least near h = √(2J / curvature): there J has about doubled. h is the power of ten
    next to that.

    Source: Press et al., Numerical Recipes (3rd ed., 2007), §5.7.
    """
    with np.errstate(all="ignore"):
        J = Landscape(working)
        theta = working.theta
        cost = max(float(J.costs(theta[np.newaxis])[0]), J.rounding)
        steps = _steps(cost, J.curvature, theta)
        moves = np.diag(steps)
        above, below = J.costs(theta + moves), J.costs(theta - moves)
        # What is added is not always what arrives: θ + h is rounded.
        moved = np.diag((theta + moves) - (theta - moves))
        quotients = (above - below) / moved
        steepest = np.sqrt(2 * cost * J.curvature)
        least = np.maximum(_FLAT * steepest, J.noise(steps))
        flat = np.maximum(np.abs(quotients), np.abs(J.gradient)) <= least
    columns = (steps, above, below, quotients, J.gradient)
    table = zip(*(column.tolist() for column in columns), flat.tolist(), strict=True)
    return [Difference(*numbers) for numbers in table]


def _steps(cost: float, curvature: FloatArray, theta: FloatArray) -> FloatArray:
    """Return h for each parameter (n+1,): a power of ten."""
    wide = np.sqrt(2 * cost / np.where(curvature > 0, curvature, np.inf))
    least = _LEAST_MOVE * np.abs(theta)
    steps = np.maximum(wide, least)
    usable = np.isfinite(steps) & (steps > 1e-300)
    steps = np.where(usable, steps, 1.0)
    return np.asarray(10.0 ** np.clip(np.round(np.log10(steps)), -300, 300))
