"""Residuals as the plots draw them: as lines, and as squares that look square on the screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter

from gdviz.ui.plots.canvas import PixelMap, draw_boxes, draw_segments, make_pen
from gdviz.ui.theme import Theme, with_alpha

FloatArray = npt.NDArray[np.float64]

MOST_SQUARES = 300
"""More residuals than this are not drawn as squares."""

# A little outside the view is far enough.
_OUTSIDE = 20.0
_ALPHA, _STRONG_ALPHA = 0.85, 1.0
_STRONG_WIDTH = 3.0
# More residuals than this become fainter, so that they do not add up to a solid block.
_MOST_OPAQUE = 200
_FADING = 0.75


@dataclass(frozen=True, eq=False)
class Residuals:
    """Vertical lines in pixels: at ``across`` (k,), from ``actual`` (k,) to ``predicted`` (k,)."""

    across: FloatArray
    actual: FloatArray
    predicted: FloatArray

    @classmethod
    def of(
        cls, pixel_map: PixelMap, x: FloatArray, actual: FloatArray, predicted: FloatArray
    ) -> Residuals:
        """Return the residuals of points at x (k,), in the plot's units."""
        top = pixel_map.points(x, actual)
        return cls(top[:, 0], top[:, 1], pixel_map.points(x, predicted)[:, 1])

    def at(self, index: int) -> Residuals:
        """Return one of them."""
        one = slice(index, index + 1)
        return Residuals(self.across[one], self.actual[one], self.predicted[one])

    def draw(
        self, painter: QPainter, pixel_map: PixelMap, theme: Theme, *, is_strong: bool = False
    ) -> None:
        """Draw them as lines; whole pixels keep vertical lines sharp."""
        ends = np.empty((2 * len(self.across), 2))
        ends[:, 0] = np.repeat(self.across, 2)
        for first, heights in enumerate((self.actual, self.predicted)):
            ends[first::2, 1] = np.clip(heights, -_OUTSIDE, pixel_map.height + _OUTSIDE)
        alpha = _STRONG_ALPHA if is_strong else _ALPHA
        alpha *= min(1.0, _MOST_OPAQUE / max(len(self.across), 1)) ** _FADING
        color = with_alpha(theme.residual, alpha)
        is_wide = is_strong and len(self.across) <= MOST_SQUARES
        draw_segments(painter, ends, make_pen(color, _STRONG_WIDTH if is_wide else 1.0))

    def boxes(self, width: float) -> FloatArray:
        """Return the squares (k, 4): left, top, width, height; each towards the view's middle.

        There it has room, and stays on its side while the line turns.
        """
        side = np.abs(self.predicted - self.actual)
        left = np.where(self.across < width / 2, self.across, self.across - side)
        return np.column_stack((left, np.minimum(self.actual, self.predicted), side, side))

    def draw_squares(
        self, painter: QPainter, pixel_map: PixelMap, theme: Theme, *, is_strong: bool = False
    ) -> None:
        """Draw them as squares; none where there are too many to tell apart."""
        if not 0 < len(self.across) <= MOST_SQUARES:
            return
        boxes = _clipped(self.boxes(pixel_map.width), pixel_map.width, pixel_map.height)
        # Fainter where many lie over each other.
        crowd = min(1.0, 30 / len(boxes)) ** 0.5
        draw_boxes(
            painter, boxes, with_alpha(theme.residual, (0.26 if is_strong else 0.13) * crowd)
        )
        edge = with_alpha(theme.residual, (0.95 if is_strong else 0.6) * crowd**0.5)
        draw_boxes(painter, _edges(boxes, 2.0 if is_strong else 1.0), edge)


def _clipped(boxes: FloatArray, width: float, height: float) -> FloatArray:
    """Return the boxes cut a little outside the view, those that have something in it."""
    left = np.clip(boxes[:, 0], -_OUTSIDE, width + _OUTSIDE)
    top = np.clip(boxes[:, 1], -_OUTSIDE, height + _OUTSIDE)
    right = np.clip(boxes[:, 0] + boxes[:, 2], -_OUTSIDE, width + _OUTSIDE)
    bottom = np.clip(boxes[:, 1] + boxes[:, 3], -_OUTSIDE, height + _OUTSIDE)
    cut = np.column_stack((left, top, right - left, bottom - top))
    return cut[(cut[:, 2] > 0) & (cut[:, 3] > 0)]


def _edges(boxes: FloatArray, width: float) -> FloatArray:
    """Return the four sides of each box as boxes of that width, (4k, 4)."""
    x, y, across, down = boxes.T
    thick = np.full(len(boxes), width)
    return np.concatenate(
        (
            np.column_stack((x, y, across, thick)),
            np.column_stack((x, y + down - width, across, thick)),
            np.column_stack((x, y, thick, down)),
            np.column_stack((x + across - width, y, thick, down)),
        )
    )
