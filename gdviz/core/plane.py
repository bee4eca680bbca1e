"""The plane of two parameters through θ: what the contour shows where there are more of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost

FloatArray = npt.NDArray[np.float64]

# An eigenvalue below this share of the largest is a direction in which J does not change.
_FLAT = 1e-14


def default_pair(n_features: int) -> tuple[int, int]:
    """Return the parameters to begin with: (b, m), or the first two weights."""
    return (0, 1) if n_features == 1 else (1, 2)


@dataclass(frozen=True, eq=False)
class Plane:
    """The slice of J along two parameters, all others held where θ has them.

    J(p) = J_low + ½ (p − c)ᵀ H₂ (p − c), p = (θᵢ, θⱼ), H₂ the rows and columns i and j of the
    Hessian, c = p − H₂⁺ (∂J/∂θᵢ, ∂J/∂θⱼ). H₂ is the same for every θ; c moves with the others.
    θ is in the coordinates of the descent.

    Attributes:
        cost: J over all points.
        pair: i and j.

    """

    cost: QuadraticCost
    pair: tuple[int, int]

    @property
    def is_whole(self) -> bool:
        """Whether there are no other parameters, so that the plane is all there is."""
        return self.cost.n_features == 1

    @cached_property
    def hessian(self) -> FloatArray:
        """H₂ (2, 2)."""
        return np.ascontiguousarray(self.cost.hessian[np.ix_(self.pair, self.pair)])

    @cached_property
    def _spectrum(self) -> tuple[FloatArray, FloatArray]:
        values, vectors = np.linalg.eigh(self.hessian)
        return np.where(values > _FLAT * max(float(values[-1]), 1e-300), values, 0.0), vectors

    @cached_property
    def flat_directions(self) -> FloatArray:
        """Directions within the plane along which J does not change, (k, 2)."""
        if self.is_whole:
            return self.cost.flat_directions
        values, vectors = self._spectrum
        return np.ascontiguousarray(vectors[:, values <= 0].T)

    def place(self, theta: FloatArray) -> FloatArray:
        """Return p, θ's place in the plane: (…, n+1) to (…, 2)."""
        return theta[..., self.pair]

    def with_place(self, theta: FloatArray, place: FloatArray) -> FloatArray:
        """Return θ (n+1,) with its two parameters put to ``place`` (2,)."""
        result = np.array(theta)
        result[list(self.pair)] = place
        return result

    def lowest(self, theta: FloatArray) -> FloatArray:
        """Return c (2,): the lowest place of the slice through θ; of a valley the nearest."""
        if self.is_whole:
            return self.cost.minimum
        values, vectors = self._spectrum
        pull = vectors.T @ self.cost.gradient(theta)[list(self.pair)]
        away = np.divide(pull, values, out=np.zeros(2), where=values > 0)
        return np.asarray(self.place(theta) - vectors @ away)
