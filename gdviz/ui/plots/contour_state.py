"""What the contour plot is to draw."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gdviz.ui.plots.contours import Bowl
from gdviz.ui.plots.terrain import Terrain

FloatArray = npt.NDArray[np.float64]


@dataclass(eq=False)
class ContourState:
    """What is to be drawn, in the descent's coordinates.

    Attributes:
        bowl: the level sets; None without points.
        is_moving: the level sets are drawn anew all the time, so they are drawn roughly.
        lowest: the lowest place that the descent can reach in this plane, (2,).
        goal: of a slice, where the minimum over all parameters is, (2,); None where that is not one
            place.
        dot: where the descent is, (b, m), or the two parameters that are shown.
        path: where it was, (k, 2).
        downhill: −∇J (2,); None where nothing pulls.
        pull: |∇J| over that at the start.
        pulls: what each point adds to the step, (k, 2); None to draw none.
        marked_pull: what one point adds to it, (2,).
        lines: points as the lines a x + c y = d, rows (a, c, d), (k, 3).
        next_line: the line of the point whose turn is next, (3,).
        landing: where the next step leads, (2,).
        emphasis: what is drawn stronger: "contour", "dot", "gradient", "step", "minimum"; or is
            drawn at all: "slices", the lines through the dot parallel to the axes.

    """

    terrain: Terrain | None = None
    bowl: Bowl | None = None
    is_moving: bool = False
    lowest: FloatArray = field(default_factory=lambda: np.zeros(2))
    goal: FloatArray | None = None
    dot: tuple[float, float] = (0.0, 0.0)
    path: FloatArray = field(default_factory=lambda: np.empty((0, 2)))
    downhill: FloatArray | None = None
    pull: float = 0.0
    pulls: FloatArray | None = None
    marked_pull: FloatArray | None = None
    lines: FloatArray | None = None
    next_line: FloatArray | None = None
    landing: FloatArray | None = None
    emphasis: frozenset[str] = frozenset()

    def take_lines(self, lines: FloatArray | None) -> bool:
        """Take other lines; return whether they differ from those before by more than rounding."""
        before, self.lines = self.lines, lines
        return not _are_about_equal(before, lines)


def _are_about_equal(one: FloatArray | None, other: FloatArray | None) -> bool:
    """Whether two tables are the same up to rounding, or both missing."""
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and bool(
        np.allclose(one, other, rtol=1e-9, atol=0, equal_nan=True)
    )
