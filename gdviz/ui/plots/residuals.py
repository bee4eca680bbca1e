"""Residuals as the plots draw them: as lines, and as squares that look square on the screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter

from gdviz.ui.plots.canvas import PixelMap, draw_boxes
from gdviz.ui.theme import Theme, with_alpha

FloatArray = npt.NDArray[np.float64]

MOST_SQUARES = 300
"""More residuals than this are not drawn as squares."""

# A little outside the view is far enough.
_OUTSIDE = 20.0
_ALPHA, _STRONG_ALPHA = 0.85, 1.0
_STRONG_WIDTH = 3.0
# So many squares over each other would be one blue block.
_MOST_FILLED = 100
# More residuals than this become fainter, so that they do not add up to a solid block.
_MOST_OPAQUE = 200


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

    def draw(
        self, painter: QPainter, pixel_map: PixelMap, theme: Theme, *, is_strong: bool = False
    ) -> None:
        """Draw them as lines, sharp on whole pixels."""
        alpha = _STRONG_ALPHA if is_strong else _ALPHA
        alpha *= min(1.0, _MOST_OPAQUE / max(len(self.across), 1))
        wide = _STRONG_WIDTH if is_strong and len(self.across) <= MOST_SQUARES else 1.0
        length = np.abs(self.predicted - self.actual)
        top = np.minimum(self.actual, self.predicted)
        lines = np.column_stack((self.across - wide / 2, top, np.full(len(top), wide), length))
        draw_boxes(painter, _clipped(lines, pixel_map), with_alpha(theme.residual, alpha))

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
        boxes = _clipped(self.boxes(pixel_map.width), pixel_map)
        # Fainter where many lie over each other.
        crowd = min(1.0, 10 / max(len(boxes), 1)) ** 0.5
        fill = with_alpha(theme.residual, (0.2 if is_strong else 0.12) * crowd)
        edge = with_alpha(theme.residual, (1.0 if is_strong else 0.7) * crowd**0.5)
        if len(boxes) <= _MOST_FILLED:
            draw_boxes(painter, boxes, fill)
        draw_boxes(painter, _edges(boxes, 2.0 if is_strong else 1.0), edge)


def _clipped(boxes: FloatArray, pixel_map: PixelMap) -> FloatArray:
    """Return the boxes on whole pixels of the screen, cut a little outside the view.

    Those that have nothing in it are left out.
    """
    ends = boxes[:, :2] + boxes[:, 2:]
    far = np.array((pixel_map.width, pixel_map.height)) + _OUTSIDE
    corners = np.clip(np.hstack((boxes[:, :2], ends)), -_OUTSIDE, np.tile(far, 2))
    corners = np.round(corners * pixel_map.ratio) / pixel_map.ratio
    cut = np.hstack((corners[:, :2], corners[:, 2:] - corners[:, :2]))
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
