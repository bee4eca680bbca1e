"""What a step needs to know of its points: three sums of their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums over k points; e = ŷ − y, x in the coordinates of the descent.

    Attributes:
        error: Σ e.
        error_x: Σ e xⱼ, (n,).
        squared: Σ e².

    """

    error: float
    error_x: FloatArray
    squared: float

    def __post_init__(self) -> None:
        self.error_x.setflags(write=False)

    @classmethod
    def nothing(cls, n_features: int) -> Self:
        """Return the sums where no point has an error."""
        return cls(0.0, np.zeros(n_features), 0.0)

    @classmethod
    def of(cls, X: FloatArray, error: FloatArray) -> Self:
        """Add up over points with features X (k, n) and errors (k,)."""
        return cls(float(error.sum()), np.asarray(error @ X), float(error @ error))
