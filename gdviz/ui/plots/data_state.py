"""What the data plot is to draw."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import Dataset

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

MOST_POINTS_DRAWN = 10_000
"""More points than this are drawn as a density image."""


@dataclass(eq=False)
class DataState:
    """What is to be drawn; the plot changes it and asks for paint.

    Attributes:
        theta: (b, m) of the line; None before there is one.
        ghost: (b, m) of the line under the mouse in the contour.
        used: indices of the points that the last step used; None for all or none.
        shows_residuals, shows_squares: whether they are drawn at all times.
        hovered, selected, marked: indices of points, or -1.
        emphasis: what is drawn stronger: "points", "line", "residuals", "squares".
        hint: a sentence over the plot, or "".

    """

    dataset: Dataset = field(default_factory=Dataset.empty)
    theta: FloatArray | None = None
    ghost: tuple[float, ...] | None = None
    shows_residuals: bool = True
    shows_squares: bool = False
    used: IndexArray | None = None
    hovered: int = -1
    selected: int = -1
    marked: int = -1
    emphasis: frozenset[str] = frozenset()
    hint: str = ""

    @property
    def x(self) -> FloatArray:
        """The feature, (N,)."""
        return self.dataset.X[:, 0]

    @property
    def is_density(self) -> bool:
        """Whether there are so many points that they are drawn as an image."""
        return self.dataset.n_points > MOST_POINTS_DRAWN

    @property
    def added(self) -> tuple[float, float] | None:
        """The point that made these points of others, where an image of them would not show it."""
        edit = self.dataset.edit
        return edit.added if self.is_density and edit is not None else None

    def predictions(self, theta: FloatArray) -> FloatArray:
        """Return b + m x of θ = (b, m) at the points, (N,)."""
        return np.asarray(theta[0] + theta[1] * self.x)
