"""How large a learning rate may be, how narrow the valley is, how many steps are to go."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdviz.core.convention import convention
from gdviz.core.cost import QuadraticCost
from gdviz.core.settings import RunSettings

FloatArray = npt.NDArray[np.float64]

# A little below 1/λ_max no direction lands at once: the line is seen to fall.
_SHARE_OF_SMOOTH = 0.8


@dataclass(frozen=True)
class LearningRateLimits:
    """What the Hessian's eigenvalues say of the learning rate of batch gradient descent.

    Along an eigenvector the distance to the minimum is multiplied by 1 − ηλ at every step, so it
    shrinks smoothly for η < 1/λ_max, oscillates up to 2/λ_max and grows beyond; the best constant
    rate is 2/(λ_min + λ_max). ``lambda_min`` is 0 where there is a valley of minima; ``best`` and
    ``condition_number`` then use the smallest eigenvalue above 0, since nothing moves along a flat
    direction. All are 0 or infinite without points.

    Source: Polyak, Introduction to Optimization (1987), §1.4, theorem 3.
    """

    lambda_min: float
    lambda_max: float
    best: float
    max: float
    condition_number: float
    smallest_positive: float

    @property
    def smooth(self) -> float:
        """1/λ_max: up to here no direction overshoots."""
        return self.max / 2

    def factor(self, learning_rate: float) -> float:
        """Return 1 − ηλ_max, the steepest direction's factor per step."""
        return 1 - learning_rate * self.lambda_max

    def slowest_factor(self, learning_rate: float) -> float:
        """Return max |1 − ηλ| over the directions that are not flat."""
        return max(
            abs(1 - learning_rate * self.lambda_max),
            abs(1 - learning_rate * self.smallest_positive),
        )


def eigenvalues(cost: QuadraticCost) -> FloatArray:
    """Return the Hessian's eigenvalues, ascending; of the weights' block where b is held at 0.

    With one feature they come from the closed form, in which the small one keeps its digits at any
    condition number: λ_max = s'(1 + q + √((1 − q)² + 4μ²)), λ_min = 4 s'² (q − μ²)/λ_max, where
    μ = mean x, q = mean x², s' = s N.
    """
    if cost.n_features != 1:
        return _eigenvalues_of_many(cost)
    if not cost.fit_intercept:
        return np.array([cost.curvature[0, 0]])
    if cost.n_points == 0:
        return np.zeros(2)
    mean = float(cost.x_mean[0])
    variance = float(cost.curvature[0, 0]) / (2 * cost.weight * cost.n_points)
    square = variance + mean * mean
    scale = cost.weight * cost.n_points
    largest = scale * (1 + square + math.hypot(1 - square, 2 * mean))
    smallest = 4 * scale * variance * scale / largest
    return np.array([smallest, largest])


def _eigenvalues_of_many(cost: QuadraticCost) -> FloatArray:
    """Return the Hessian's eigenvalues as squares of singular values, which keep twice the digits.

    H = 2sN Mᵀ M with M = [[1, x̄ᵀ], [0, F]], FᵀF = Sxx/N. The large ones are M's; the small ones,
    where M is not singular, the inverse squares of M⁻¹'s.
    """
    factor, inverse = cost.root()
    if not cost.fit_intercept:
        m, m_inverse = factor, inverse
    else:
        n = cost.n_features
        m, m_inverse = np.eye(n + 1), np.eye(n + 1)
        m[1:, 1:], m[0, 1:] = factor, cost.x_mean
        m_inverse[1:, 1:], m_inverse[0, 1:] = inverse, -cost.x_mean @ inverse
    values = np.linalg.svd(m, compute_uv=False)[::-1].copy()
    n_flat = len(cost.flat_directions)
    if n_flat:
        values[:n_flat] = 0.0
    elif len(values):
        small = values < math.sqrt(values[0] * values[-1])
        values[small] = 1 / np.linalg.svd(m_inverse, compute_uv=False)[small]
    result = 2 * cost.weight * max(cost.n_points, 1) * values**2
    return np.asarray(np.sort(result))


def limits(cost: QuadraticCost) -> LearningRateLimits:
    """Return the learning-rate limits of batch descent on ``cost``."""
    values = eigenvalues(cost)
    largest, smallest = float(values[-1]), float(values[0])
    positive = [float(value) for value in values if value > 0]
    if not positive:
        return LearningRateLimits(0.0, 0.0, math.inf, math.inf, 1.0, 0.0)
    return LearningRateLimits(
        lambda_min=smallest,
        lambda_max=largest,
        best=2 / (positive[0] + largest),
        max=2 / largest,
        condition_number=largest / positive[0],
        smallest_positive=positive[0],
    )


def largest_point_curvature(X: FloatArray, cost: QuadraticCost) -> float:
    """Return max over points of the curvature c (1 + |x|²) that one point alone sees.

    One SGD step on point i multiplies that point's own error by 1 − η c (1 + |xᵢ|²), c = 2 for
    ``mse`` and ``sum``, 1 for the halves (MATHEMATICS C). X (N, n) is in the person's units, x in
    the formula in the descent's.
    """
    if len(X) == 0:
        return 0.0
    if X.shape[1] == 1:  # the largest square is at an end: no need to square a million of them
        X = np.array([[X.min()], [X.max()]])
    scaled = cost.scaling.features(X)
    squares = np.einsum("ij,ij->i", scaled, scaled).max() + (1.0 if cost.fit_intercept else 0.0)
    return float(squares) * convention(cost.convention).factor(1)


def steepest_step(
    X: FloatArray, cost: QuadraticCost, limit: LearningRateLimits, settings: RunSettings
) -> float:
    """Return the largest curvature L that a step can meet: 1/L is smooth, beyond 2/L it may grow.

    Batch: λ_max. One point or a few: the steepest point's (a mean of several has no more), times
    the number of points where they are summed. X (N, n) is in the person's units.
    """
    settings = settings.for_points(len(X))
    if settings.mode == "batch":
        return limit.lambda_max
    is_mean = convention(settings.convention).is_mean
    together = settings.batch_size if not is_mean and settings.mode == "mini-batch" else 1
    return largest_point_curvature(X, cost) * together


def rate_below(steepest: float) -> float:
    """Return a round learning rate just below 1/L, L the largest curvature that a step can meet."""
    smooth = 1 / steepest if steepest > 0 else math.inf
    return round_rate(_SHARE_OF_SMOOTH * smooth)


def round_rate(rate: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is at most ``rate``."""
    if not 0 < rate < math.inf:
        return 0.1
    exponent = math.floor(math.log10(rate))
    for digit, power in ((5, exponent), (2, exponent), (1, exponent), (5, exponent - 1)):
        candidate = float(f"{digit}e{power}")
        if candidate <= rate * (1 + 1e-12):
            return candidate
    raise AssertionError("unreachable: 5e(k-1) is below every rate of exponent k")


def steps_to_go(gap: float, goal: float, factor: float) -> float:
    """Return ln(gap/goal) / −2 ln|factor|: steps until J − J_min falls from ``gap`` to ``goal``.

    ``factor`` is the slowest direction's 1 − ηλ; infinite where it does not shrink.
    """
    if gap <= goal:
        return 0.0
    if goal <= 0 or abs(factor) >= 1:
        return math.inf
    if factor == 0:
        return 1.0
    return math.log(gap / goal) / (-2 * math.log(abs(factor)))
