"""The cost of a linear model under squared error: a quadratic, from the data's moments."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdviz.core.convention import convention as convention_of
from gdviz.core.dataset import Dataset
from gdviz.core.moments import Moments
from gdviz.core.scaling import Scaling, spreads
from gdviz.core.settings import RunSettings

FloatArray = npt.NDArray[np.float64]

# Directions whose variance is below this share of the largest, features scaled, are flat.
_RANK_TOLERANCE = 1e-14


def make_cost(dataset: Dataset, settings: RunSettings) -> QuadraticCost:
    """Return J in the coordinates that the settings make the descent run in."""
    moments = dataset.moments
    scaling = (
        Scaling.standardize(moments, settings.fit_intercept)
        if settings.standardize
        else Scaling.none(dataset.n_features)
    )
    return QuadraticCost(moments, settings.convention, settings.fit_intercept, scaling)


class QuadraticCost:
    """J(θ) = s Σ e², e = b + w·x − y, over all points, as a quadratic in θ = (b, w₁ … wₙ).

    With x̃ = (1, x): ∇J = 2s Σ e x̃, shape (n+1,); Hessian 2s Σ x̃ x̃ᵀ, shape (n+1, n+1). Every
    method costs O(n²), whatever N is. With ``fit_intercept`` false b is held at 0: row and column
    0 of the Hessian and the gradient's first entry are 0. θ is in the coordinates of ``scaling``.

    Source: Boyd and Vandenberghe, Introduction to Applied Linear Algebra (2018), §12.1 and §13.1.
    """

    def __init__(
        self,
        moments: Moments,
        convention: str = "mse",
        fit_intercept: bool = True,
        scaling: Scaling | None = None,
    ) -> None:
        n = moments.n_features
        self.scaling = scaling or Scaling.none(n)
        self.moments = self.scaling.moments(moments)
        self.convention = convention
        self.fit_intercept = fit_intercept
        self.n_points = moments.count
        self.n_features = n
        self.weight = convention_of(convention).weight(moments.count)
        self.x_mean: FloatArray = self.moments.mean[:n]
        self.y_mean = float(self.moments.mean[n])
        scatter = self.moments.scatter
        varies = (spreads(self.moments) > 0).astype(np.float64)
        # A column of equal values has a scatter of pure rounding error; it is exactly 0.
        scatter = scatter * np.outer(varies, varies)
        self._xx: FloatArray = scatter[:n, :n]
        self._xy: FloatArray = scatter[:n, n]
        self._yy = float(scatter[n, n])
        if not fit_intercept:  # sums about the origin
            self._xx = self._xx + self.n_points * np.outer(self.x_mean, self.x_mean)
            self._xy = self._xy + self.n_points * self.x_mean * self.y_mean
            self._yy = self._yy + self.n_points * self.y_mean**2

    @property
    def curvature(self) -> FloatArray:
        """2s Σ x xᵀ (n, n), about the mean if the intercept is fitted, else about the origin."""
        return 2 * self.weight * self._xx

    @cached_property
    def half_sum(self) -> QuadraticCost:
        """½ Σ e² over the same points in the same coordinates, b free: its gradient is Σ e x̃."""
        return QuadraticCost(self.moments, "half-sum")

    @cached_property
    def hessian(self) -> FloatArray:
        """The matrix of second derivatives, shape (n+1, n+1)."""
        n = self.n_features
        result = np.zeros((n + 1, n + 1))
        scale = 2 * self.weight
        if self.fit_intercept and self.n_points:
            result[0, 0] = scale * self.n_points
            result[0, 1:] = result[1:, 0] = scale * self.n_points * self.x_mean
            result[1:, 1:] = scale * (self._xx + self.n_points * np.outer(self.x_mean, self.x_mean))
        else:
            result[1:, 1:] = scale * self._xx
        return result

    @cached_property
    def _spectrum(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Eigenvalues (n,) and vectors (n, n) of D⁻¹ Sxx D⁻¹, and D (n,), the features' scales."""
        scale = np.sqrt(np.diag(self._xx).clip(min=0))
        scale = np.where(scale > 0, scale, 1.0)
        values, vectors = np.linalg.eigh(self._xx / np.outer(scale, scale))
        return values, vectors, scale

    def root(self) -> tuple[FloatArray, FloatArray]:
        """Return F and its (pseudo-)inverse, (n, n): FᵀF = (1/N) Σ x xᵀ, as in ``curvature``."""
        values, vectors, scale = self._spectrum
        flat = values <= self._flat_bound()
        sizes = np.sqrt(np.where(flat, 0.0, values) / max(self.n_points, 1))
        inverse_sizes = np.where(flat, 0.0, 1 / np.where(flat, 1.0, sizes))
        return (vectors * sizes).T * scale, (vectors * inverse_sizes) / scale[:, np.newaxis]

    def _flat_bound(self) -> float:
        """Return the largest value in the spectrum that stands for no spread at all."""
        values = self._spectrum[0]
        largest = max(float(values.max(initial=0.0)), 1e-300)
        return _RANK_TOLERANCE * self.n_features * largest

    @cached_property
    def flat_directions(self) -> FloatArray:
        """Directions in θ along which J does not change, shape (k, n+1), each of length 1.

        There are some where features are collinear, where all x are equal, or without points.
        """
        n = self.n_features
        values, vectors, scale = self._spectrum
        flat = values <= self._flat_bound()
        w = vectors[:, flat].T / scale
        b = -(w @ self.x_mean) if self.fit_intercept else np.zeros(len(w))
        directions = np.column_stack((b, w))
        if self.n_points == 0 and self.fit_intercept:
            directions = np.eye(n + 1)
        if len(directions):
            directions = np.linalg.qr(directions.T)[0].T
        return directions

    @cached_property
    def minimum(self) -> FloatArray:
        """θ* (n+1,): the least-squares answer; of a valley of them the one nearest to 0.

        w* = Sxx⁺ Sxy, b* = ȳ − w*·x̄ (the normal equations, centred).
        """
        result = np.zeros(self.n_features + 1)
        if self.n_points == 0:
            return result
        if self.n_features == 1:
            slope = self._xy[0] / self._xx[0, 0] if self._xx[0, 0] > 0 else 0.0
            result[1] = slope
        else:
            values, vectors, scale = self._spectrum
            keep = values > self._flat_bound()
            basis = vectors[:, keep]
            result[1:] = (basis @ ((basis.T @ (self._xy / scale)) / values[keep])) / scale
        if self.fit_intercept:
            result[0] = self.y_mean - float(result[1:] @ self.x_mean)
        flat = self.flat_directions
        return np.asarray(result - flat.T @ (flat @ result))

    @cached_property
    def minimum_cost(self) -> float:
        """J(θ*)."""
        if self.n_points == 0:
            return 0.0
        w = self.minimum[1:]
        residual = self._yy - 2 * float(w @ self._xy) + float(w @ self._xx @ w)
        # Below the rounding error of the sums the points lie on the line.
        if residual <= 4 * np.finfo(np.float64).eps * self._yy:
            residual = 0.0
        return self.weight * residual

    @cached_property
    def rounding_gap(self) -> float:
        """Below this J − J_min says nothing: what it is where each prediction is off by 16 ulp."""
        sizes = np.abs(self.x_mean) + spreads(self.moments)[: self.n_features]
        terms = abs(self.minimum[0]) + float(np.abs(self.minimum[1:]) @ sizes) + abs(self.y_mean)
        ulps = 16 * float(np.finfo(np.float64).eps) * terms
        return float(self.weight * self.n_points * ulps * ulps)

    def gap(self, theta: FloatArray) -> float:
        """J(θ) − J(θ*) for θ (n+1,), without the cancellation of subtracting the two."""
        return float(self.gaps(theta[np.newaxis])[0])

    def gaps(self, thetas: FloatArray) -> FloatArray:
        """J − J_min for many θ, shape (…, n+1) to (…,)."""
        if self.n_points == 0:
            return np.zeros(thetas.shape[:-1])
        away = thetas[..., 1:] - self.minimum[1:]
        result = np.einsum("...i,ij,...j->...", away, self._xx, away)
        if self.fit_intercept:
            height = (thetas[..., 0] - self.minimum[0]) + away @ self.x_mean
            result = result + self.n_points * height**2
        return np.asarray(self.weight * np.maximum(result, 0.0))

    def cost(self, theta: FloatArray) -> float:
        """J(θ) over all points."""
        return self.minimum_cost + self.gap(theta)

    def costs(self, thetas: FloatArray) -> FloatArray:
        """J for many θ, shape (…, n+1) to (…,)."""
        return self.minimum_cost + self.gaps(thetas)

    def gradient(self, theta: FloatArray) -> FloatArray:
        """∇J(θ), shape (n+1,)."""
        result = np.zeros(self.n_features + 1)
        if self.n_points == 0:
            return result
        away = theta[1:] - self.minimum[1:]
        scale = 2 * self.weight
        result[1:] = scale * (self._xx @ away)
        if self.fit_intercept:
            mean_error = (theta[0] - self.minimum[0]) + float(away @ self.x_mean)
            result[0] = scale * self.n_points * mean_error
            result[1:] += result[0] * self.x_mean
        return result
