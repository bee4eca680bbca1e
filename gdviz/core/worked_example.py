"""A regression small enough to be solved by hand: four examples, two features, in matrices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost, make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings
from gdviz.core.stability import LearningRateLimits, limits

FloatArray = npt.NDArray[np.float64]

N_POINTS, N_FEATURES = 4, 2

LARGEST_ENTRY = 1e6
"""Numbers that a person gives are at most this large; three steps from there stay finite."""

_ROUNDING = 8 * float(np.finfo(np.float64).eps)


class Entry(StrEnum):
    """What of the example a person chooses; the rest is worked out."""

    X = "X"
    Y = "Y"
    ALPHA = "alpha"
    BETA = "beta"
    RATE = "rate"

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has as a matrix."""
        return _SHAPES[self]

    def allows(self, value: float) -> bool:
        """Whether ``value`` can stand in it: no larger than LARGEST_ENTRY; a rate above 0."""
        return abs(value) <= LARGEST_ENTRY and (self is not Entry.RATE or value > 0)


_SHAPES = {
    Entry.X: (N_POINTS, N_FEATURES),
    Entry.Y: (N_POINTS, 1),
    Entry.ALPHA: (1, 1),
    Entry.BETA: (1, N_FEATURES),
    Entry.RATE: (1, 1),
}


@dataclass(frozen=True, eq=False)
class WorkedExample:
    """One step of gradient descent in matrices, by the definition rather than by moments.

    Ŷ = α + X βᵀ, u = Y − Ŷ, J = (1/N) Σ u², with N = 4 and n = 2; α is the bias, β the weights.

    Source: MATHEMATICS B, "The worked example" (convention ``mse``).

    Attributes:
        X: features, (4, 2), read-only.
        y: target, (4,), read-only.
        alpha: bias.
        beta: weights, (2,), read-only.
        learning_rate: η, above 0.

    Raises ValueError where a shape differs, a number is not finite or η is not above 0.

    """

    X: FloatArray
    y: FloatArray
    alpha: float
    beta: FloatArray
    learning_rate: float

    def __post_init__(self) -> None:
        for name, shape in (("X", (N_POINTS, N_FEATURES)), ("y", (N_POINTS,)), ("beta", (2,))):
            array = np.array(getattr(self, name), dtype=np.float64)
            if array.shape != shape:
                raise ValueError(f"{name} has the shape {array.shape}; it must be {shape}")
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        given = np.concatenate((self.X.ravel(), self.y, self.beta, [self.alpha]))
        if not np.isfinite(given).all():
            raise ValueError("every number of the example must be finite")
        if not 0 < self.learning_rate < math.inf:
            raise ValueError(f"the learning rate is {self.learning_rate}; it must be above 0")

    # --- what is given ---------------------------------------------------------------------------

    @property
    def Y(self) -> FloatArray:
        """The target as a column, (4, 1)."""
        return self.y[:, np.newaxis]

    @property
    def bias(self) -> FloatArray:
        """α as a matrix, (1, 1)."""
        return np.array([[self.alpha]])

    @property
    def weights(self) -> FloatArray:
        """β as a row, (1, 2)."""
        return self.beta[np.newaxis, :]

    def entries(self, entry: Entry) -> FloatArray:
        """Return what a person chose, as a matrix of the shape ``entry.shape``."""
        if entry is Entry.RATE:
            return np.array([[self.learning_rate]])
        matrices = {Entry.X: self.X, Entry.Y: self.Y, Entry.ALPHA: self.bias}
        return matrices.get(entry, self.weights)

    def with_entry(self, entry: Entry, row: int, column: int, value: float) -> Self:
        """Return the example with one number changed, rows and columns counted from 0."""
        changed = self.entries(entry).copy()
        changed[row, column] = value
        if entry is Entry.X:
            return replace(self, X=changed)
        if entry is Entry.Y:
            return replace(self, y=changed[:, 0])
        if entry is Entry.BETA:
            return replace(self, beta=changed[0])
        if entry is Entry.ALPHA:
            return replace(self, alpha=value)
        return replace(self, learning_rate=value)

    # --- what comes of it ------------------------------------------------------------------------

    @property
    def prediction(self) -> FloatArray:
        """Ŷ = α + X βᵀ: (1, 1) + (4, 2)(2, 1) = (4, 1)."""
        return self.bias + self.X @ self.weights.T

    @property
    def u(self) -> FloatArray:
        """Actual − predicted, u = Y − α − X βᵀ, (4, 1): against the sign of e."""
        return _settled(self.Y - self.prediction, self._sizes)

    @property
    def u_squared(self) -> FloatArray:
        """u², each number by itself, (4, 1)."""
        return self.u**2

    @property
    def sum_squared(self) -> float:
        """Σ u², a number."""
        return float(self.u_squared.sum())

    @property
    def cost(self) -> float:
        """J = (1/N) Σ u², a number."""
        return self.sum_squared / N_POINTS

    @property
    def sum_u(self) -> float:
        """Σ u, a number."""
        return float(_settled(self.u.sum(), self._sizes.sum()))

    @property
    def u_times_X(self) -> FloatArray:
        """uᵀ X: (1, 4)(4, 2) = (1, 2)."""
        return _settled(self.u.T @ self.X, self._sizes.T @ np.abs(self.X))

    @property
    def gradient_alpha(self) -> FloatArray:
        """∂J/∂α = −(2/N) Σ u, (1, 1)."""
        return np.array([[-2 / N_POINTS * self.sum_u]])

    @property
    def gradient_beta(self) -> FloatArray:
        """∂J/∂β = −(2/N) uᵀ X, (1, 2)."""
        return -2 / N_POINTS * self.u_times_X

    @property
    def new_alpha(self) -> FloatArray:
        """α − η ∂J/∂α, (1, 1)."""
        step = self.learning_rate * self.gradient_alpha
        return _settled(self.bias - step, np.abs(self.bias) + np.abs(step))

    @property
    def new_beta(self) -> FloatArray:
        """β − η ∂J/∂β: (1, 2) − (1, 2) = (1, 2)."""
        step = self.learning_rate * self.gradient_beta
        return _settled(self.weights - step, np.abs(self.weights) + np.abs(step))

    def after(self, n_steps: int) -> Self:
        """Return the example as it stands so many steps later."""
        example = self
        for _ in range(n_steps):
            alpha, beta = example.new_alpha, example.new_beta
            example = replace(example, alpha=float(alpha[0, 0]), beta=beta[0])
        return example

    @property
    def _sizes(self) -> FloatArray:
        """|Y| + |α| + |X| |β|ᵀ, (4, 1): how large the numbers are that u comes of."""
        products = np.abs(self.X) @ np.abs(self.weights.T)
        return np.asarray(np.abs(self.Y) + abs(self.alpha) + products)

    # --- as a run --------------------------------------------------------------------------------

    def dataset(self) -> Dataset:
        """Return the four examples as points of a run, with the features x1 and x2."""
        return Dataset(self.X, self.y, ("x1", "x2"), "y", "Worked example")

    @property
    def start(self) -> Sequence[float]:
        """θ = (α, β₁, β₂), where a run of it starts."""
        return (self.alpha, float(self.beta[0]), float(self.beta[1]))

    @property
    def settings(self) -> RunSettings:
        """What makes a run take the very steps of the example."""
        return RunSettings(learning_rate=self.learning_rate, mode="batch", convention="mse")

    @property
    def quadratic(self) -> QuadraticCost:
        """J as a quadratic in θ = (α, β₁, β₂)."""
        return make_cost(self.dataset(), self.settings)

    @property
    def limits(self) -> LearningRateLimits:
        """What the curvature of J says of η."""
        return limits(self.quadratic)

    @property
    def diverges(self) -> bool:
        """Whether η is beyond 2/λ_max, so that the cost grows in the end."""
        return self.learning_rate > self.limits.max


def _settled(values: npt.ArrayLike, sizes: npt.ArrayLike) -> FloatArray:
    """Return ``values`` with 0 for what is but the rounding of terms of such sizes."""
    array = np.asarray(values, dtype=np.float64)
    return np.asarray(np.where(np.abs(array) <= _ROUNDING * np.asarray(sizes), 0.0, array))


BUNDLED = WorkedExample(
    X=np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 2.0], [2.0, 1.0]]),
    y=np.array([1.0, 6.0, 6.0, 7.0]),
    alpha=0.0,
    beta=np.array([1.0, 2.0]),
    learning_rate=0.1,
)
"""Its first step is in whole numbers and tenths; J is least, 1, at α = 2 and β = (3, 0)."""
