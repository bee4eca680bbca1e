"""Update rules: how a gradient becomes a step."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


class GradientDescent:
    """θ ← θ − η g, the rule of ``torch.optim.SGD`` without momentum."""

    def step(self, theta: FloatArray, gradient: FloatArray, learning_rate: float) -> FloatArray:
        """Return θ − η g, shape (n+1,)."""
        return theta - learning_rate * gradient
