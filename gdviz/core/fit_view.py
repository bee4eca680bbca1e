"""How points with several features are shown on paper: two numbers of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import Dataset

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

MOST_POINTS_SHOWN = 2_000
"""Predictions move with every step; of more points than this a fixed sample is shown."""


@dataclass(frozen=True, eq=False)
class FitView:
    """Predicted against actual (ŷᵢ over yᵢ), or the target against one feature.

    Against feature j the line is y = wⱼ x + (b + Σ wₖ x̄ₖ, k ≠ j): the others held at their means
    (a partial-dependence line; Friedman, Annals of Statistics 29, 2001).

    Attributes:
        indices: the points shown, (k,), ascending.
        X, y: their features and targets, (k, n) and (k,).
        means: the features' means over all points, (n,).
        feature: j, or None for predicted against actual.

    """

    indices: IndexArray
    X: FloatArray
    y: FloatArray
    means: FloatArray
    feature: int | None

    @classmethod
    def of(cls, dataset: Dataset, feature: int | None) -> Self:
        """Return the view of a data set; ``feature`` is None for predicted against actual."""
        n_points = dataset.n_points
        indices = np.arange(n_points)
        if n_points > MOST_POINTS_SHOWN:
            chosen = np.random.default_rng(0).choice(n_points, MOST_POINTS_SHOWN, replace=False)
            indices = np.sort(chosen)
        means = dataset.moments.mean[: dataset.n_features]
        return cls(indices, dataset.X[indices], dataset.y[indices], means, feature)

    def predictions(self, theta: FloatArray) -> FloatArray:
        """Return ŷ (k,) for θ (n+1,) in the person's units."""
        return np.asarray(self.X @ theta[1:] + theta[0])

    @property
    def across(self) -> FloatArray:
        """The horizontal places of the points, (k,)."""
        return self.y if self.feature is None else self.X[:, self.feature]

    def line(self, theta: FloatArray) -> tuple[float, float]:
        """Return slope and height at 0 of the line for θ: the ideal diagonal where predicted."""
        if self.feature is None:
            return 1.0, 0.0
        others = theta[1:] * self.means
        others[self.feature] = 0.0
        return float(theta[1 + self.feature]), float(theta[0] + others.sum())
