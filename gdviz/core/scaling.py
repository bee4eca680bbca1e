"""The change of coordinates between a person's units and those that the descent runs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.moments import Moments

FloatArray = npt.NDArray[np.float64]

# A difference below this share of its terms is what rounding left of them.
_ROUNDING = 4 * float(np.finfo(np.float64).eps)
# Values whose spread is a few rounding errors of their size are all the same value.
_SAME = 8 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class Scaling:
    """x ↦ (x − shift) / scale for each feature; y is left alone.

    shift, scale: shape (n,). A line b + w·x in a person's units is
    b' = b + w·shift, w' = w·scale in the descent's.
    """

    shift: FloatArray
    scale: FloatArray

    @classmethod
    def none(cls, n_features: int) -> Self:
        """Leave x as it is."""
        return cls(np.zeros(n_features), np.ones(n_features))

    @classmethod
    def standardize(cls, moments: Moments, fit_intercept: bool = True) -> Self:
        """Return (x − mean) / std with the population's std, as z-scores are defined.

        With the intercept held at 0 only the scale changes: shifting x would move the line off the
        origin. A feature whose values are all equal keeps its scale.
        """
        n = moments.n_features
        shift = moments.mean[:n].copy() if fit_intercept else np.zeros(n)
        scale = spreads(moments)[:n]
        return cls(shift, np.where(scale > 0, scale, 1.0))

    @property
    def is_identity(self) -> bool:
        """Whether it changes nothing."""
        return not self.shift.any() and bool(np.all(self.scale == 1))

    def equals(self, other: Scaling) -> bool:
        """Whether the other one leads to the same coordinates."""
        return np.array_equal(self.shift, other.shift) and np.array_equal(self.scale, other.scale)

    def converted(self, theta: FloatArray, before: Scaling) -> FloatArray:
        """Return θ (n+1,) in these coordinates, given in those of ``before``."""
        if self.equals(before):
            return theta.copy()
        return self.from_user(before.to_user(theta))

    def moments(self, moments: Moments) -> Moments:
        """Return the moments of the scaled data."""
        if self.is_identity:
            return moments
        shift, scale = np.append(self.shift, 0.0), np.append(self.scale, 1.0)
        return Moments(
            moments.count,
            (moments.mean - shift) / scale,
            moments.scatter / np.outer(scale, scale),
            moments.drift / np.outer(scale, scale),
        )

    def features(self, X: FloatArray) -> FloatArray:
        """Return rows of X (k, n) scaled."""
        return X if self.is_identity else (X - self.shift) / self.scale

    def to_user(self, theta: FloatArray) -> FloatArray:
        """Take θ = (b', w'), shape (…, n+1), to the person's units."""
        if self.is_identity:
            return theta.copy()
        result = np.empty_like(theta)
        result[..., 1:] = theta[..., 1:] / self.scale
        result[..., 0] = _difference(theta[..., 0], result[..., 1:], self.shift)
        return result

    def from_user(self, theta: FloatArray) -> FloatArray:
        """Take θ = (b, w), shape (…, n+1), in the person's units to the descent's."""
        if self.is_identity:
            return theta.copy()
        result = np.empty_like(theta)
        result[..., 0] = _difference(theta[..., 0], theta[..., 1:], -self.shift)
        result[..., 1:] = theta[..., 1:] * self.scale
        return result


def _difference(b: FloatArray, w: FloatArray, shift: FloatArray) -> FloatArray:
    """Return b − w·shift, (…,); 0 where nothing but the terms' rounding is left of it."""
    result = b - w @ shift
    size = np.abs(b) + np.abs(w) @ np.abs(shift)
    return np.where(np.abs(result) <= _ROUNDING * size, 0.0, result)


def spreads(moments: Moments) -> FloatArray:
    """Return the population's standard deviation of each column (n+1,), 0 where all are equal."""
    if moments.count == 0:
        return np.zeros(len(moments.mean))
    std = np.sqrt(np.diag(moments.scatter).clip(min=0) / moments.count)
    return np.where(std > _SAME * np.abs(moments.mean), std, 0.0)
