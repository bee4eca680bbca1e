"""The sums that a linear model needs of its data, updated in O(n²) when a point changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_BLOCK = 65_536
_EPS = float(np.finfo(np.float64).eps)
# A sum that may have lost more than this share of itself to updates is added up anew.
_DRIFT_TOLERANCE = 1e-12


@dataclass(frozen=True, eq=False)
class Moments:
    """Count, mean and scatter of rows z = (x₁ … xₙ, y).

    mean = (1/N) Σ z, shape (n+1,); scatter = Σ (z − mean)(z − mean)ᵀ, shape (n+1, n+1). Centring
    before summing keeps the digits that raw sums of squares lose. ``drift`` (n+1, n+1) bounds the
    rounding error that updates have added to the scatter.

    Source: Chan, Golub and LeVeque, "Algorithms for computing the sample variance", The American
    Statistician 37 (1983) 242-247, equations 1.3 and 2.1.
    """

    count: int
    mean: FloatArray
    scatter: FloatArray
    drift: FloatArray

    @classmethod
    def of(cls, X: FloatArray, y: FloatArray) -> Self:
        """Add up X (N, n) and y (N,) in two passes, in blocks that fit the cache."""
        n_points, n_features = X.shape
        mean = np.zeros(n_features + 1)
        scatter = np.zeros((n_features + 1, n_features + 1))
        if n_points:
            mean[:n_features] = X.mean(axis=0)
            mean[n_features] = y.mean()
            rest = np.zeros(n_features + 1)
            z = np.empty((min(_BLOCK, n_points), n_features + 1))
            for start in range(0, n_points, _BLOCK):
                rows = min(_BLOCK, n_points - start)
                block = z[:rows]
                np.subtract(X[start : start + rows], mean[:n_features], out=block[:, :n_features])
                np.subtract(y[start : start + rows], mean[n_features], out=block[:, n_features])
                rest += block.sum(axis=0)
                scatter += block.T @ block
            # The first pass's mean is off by a rounding error; the residual sum says by how much.
            rest /= n_points
            mean += rest
            scatter -= n_points * np.outer(rest, rest)
        return cls(n_points, mean, scatter, np.zeros_like(scatter))

    def added(self, z: FloatArray) -> Self:
        """Return the moments with the row z (n+1,) added."""
        count = self.count + 1
        delta = z - self.mean
        term = np.outer(delta, delta) * (self.count / count)
        return self._with(count, self.mean + delta / count, term)

    def removed(self, z: FloatArray) -> Self:
        """Return the moments with the row z (n+1,) taken out."""
        count = self.count - 1
        if count == 0:
            return type(self)(
                0, np.zeros_like(self.mean), np.zeros_like(self.scatter), np.zeros_like(self.drift)
            )
        delta = z - self.mean
        term = np.outer(delta, delta) * (self.count / count)
        return self._with(count, self.mean - delta / count, -term)

    def moved(self, before: FloatArray, after: FloatArray) -> Self:
        """Return the moments with one row changed from ``before`` to ``after`` (n+1,)."""
        return self.removed(before).added(after)

    def _with(self, count: int, mean: FloatArray, term: FloatArray) -> Self:
        scatter = self.scatter + term
        # Rounding of the term and of the sum, and of the mean that the term was measured from.
        spread = np.sqrt(np.abs(np.diag(term)))
        offset = np.outer(np.abs(mean), spread)
        lost = 4 * np.abs(term) + 2 * np.abs(scatter) + 2 * (offset + offset.T)
        return type(self)(count, mean, scatter, self.drift + _EPS * lost)

    @cached_property
    def is_reliable(self) -> bool:
        """Whether updates may have cost at most one part in 10¹² of any sum."""
        scale = np.sqrt(np.diag(self.scatter).clip(min=0))
        return bool(np.all(self.drift <= _DRIFT_TOLERANCE * np.outer(scale, scale)))

    @property
    def n_features(self) -> int:
        """The number of feature columns."""
        return len(self.mean) - 1
