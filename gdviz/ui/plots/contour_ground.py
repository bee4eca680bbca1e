"""The ground of the contour plot: level sets, the valley of minima, b held at 0."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gdviz.ui.plots.canvas import PixelMap, blank_image, draw_polyline, make_pen, polygon
from gdviz.ui.plots.contour_state import ContourState
from gdviz.ui.plots.contours import BANDS_PER_DECADE, DECADES, Bowl
from gdviz.ui.plots.terrain import Terrain
from gdviz.ui.theme import Theme, with_alpha

FloatArray = npt.NDArray[np.float64]

# Where on viridis the bands lie: bright in the valley, dark on the heights.
_LOWEST, _HIGHEST = 0.98, 0.06
# While the bowl moves it is painted with so large a share of the view around it.
_ROOM = 0.2
# A picture that is so little beside its place, in pixels, is not painted anew while it rests.
_NEAR = 0.5
_NEXT_BAND = 10.0 ** (1.5 / BANDS_PER_DECADE)


class ContourGround:
    """Paints the ground as a picture, and moves that as long as it covers the view.

    The level sets of a slice are one and the same bowl, about another centre with every step:
    moving a picture of them takes a tenth of the time that painting them takes.
    """

    def __init__(self, state: ContourState, theme: Theme) -> None:
        self.theme = theme
        self._state = state
        count = int(DECADES * BANDS_PER_DECADE)
        steps = np.linspace(_HIGHEST, _LOWEST, count + 1)
        self._colors = pg.colormap.get("viridis").map(steps, mode="qcolor")
        self._image: QImage | None = None
        self._map: PixelMap | None = None
        self._center: FloatArray = np.zeros(2)
        self._levels: FloatArray = np.empty(0)
        self.n_painted = 0

    def invalidate(self) -> None:
        """Paint anew next time."""
        self._image = None

    def __call__(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the ground where it belongs."""
        bowl, terrain = self._state.bowl, self._state.terrain
        levels = np.empty(0) if bowl is None else bowl.levels(*pixel_map.ranges)
        if bowl is None or terrain is None or len(levels) == 0:
            whole = QRectF(0, 0, pixel_map.width, pixel_map.height)
            painter.fillRect(whole, QColor(self.theme.field))
            return
        levels = self._calm(levels)
        corner = self._corner(pixel_map, bowl, levels)
        if corner is None:
            self._paint(pixel_map, bowl, terrain, levels)
            corner = self._corner(pixel_map, bowl, levels) or QPointF()
        assert self._image is not None
        painter.drawImage(corner, self._image)
        if terrain.holds_intercept:
            x = pixel_map.point(0.0, 0.0).x()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(make_pen(with_alpha(self.theme.halo, 0.85), 1.4))
            painter.drawLine(QPointF(x, 0), QPointF(x, pixel_map.height))

    # --- inside ----------------------------------------------------------------------------------

    def _calm(self, levels: FloatArray) -> FloatArray:
        """Return the levels to draw: while the bowl moves those before, if they are a band away.

        Else all colours would change whenever the highest place in view comes to the next level.
        """
        if self._state.is_moving and len(self._levels):
            ratio = float(levels[0] / self._levels[0])
            if 1 / _NEXT_BAND < ratio < _NEXT_BAND:
                return self._levels
        return levels

    def _corner(self, pixel_map: PixelMap, bowl: Bowl, levels: FloatArray) -> QPointF | None:
        """Return where the picture's corner belongs; None where there is no picture that fits."""
        wide = self._map
        if self._image is None or wide is None or levels[0] != self._levels[0]:
            return None
        if (wide.across, wide.down, wide.ratio) != (
            pixel_map.across,
            pixel_map.down,
            pixel_map.ratio,
        ):
            return None
        moved = bowl.center - self._center
        x = (wide.x0 + float(moved[0]) - pixel_map.x0) * wide.across
        y = (wide.y1 + float(moved[1]) - pixel_map.y1) * wide.down
        spare_x, spare_y = wide.width - pixel_map.width, wide.height - pixel_map.height
        if not (-spare_x - _NEAR <= x <= _NEAR and -spare_y - _NEAR <= y <= _NEAR):
            return None
        return QPointF(*(round(place * wide.ratio) / wide.ratio for place in (x, y)))

    def _paint(self, pixel_map: PixelMap, bowl: Bowl, terrain: Terrain, levels: FloatArray) -> None:
        """Make the picture: of the view, or of more than that while the bowl moves."""
        room = _ROOM if self._state.is_moving else 0.0
        # Whole pixels, so that the picture is as sharp where it is moved to.
        right, down = (math.ceil(room * side) for side in (pixel_map.width, pixel_map.height))
        wide = replace(
            pixel_map,
            x0=pixel_map.x0 - right / pixel_map.across,
            y1=pixel_map.y1 - down / pixel_map.down,
            width=pixel_map.width + 2 * right,
            height=pixel_map.height + 2 * down,
        )
        self._image = blank_image(wide)
        self._map, self._center, self._levels = wide, bowl.center, levels
        self.n_painted += 1
        with QPainter(self._image) as painter:
            self._draw_levels(painter, wide, bowl, levels)
            if not terrain.holds_intercept:
                self._draw_valley(painter, wide, terrain)

    def _draw_levels(
        self, painter: QPainter, wide: PixelMap, bowl: Bowl, levels: FloatArray
    ) -> None:
        painter.fillRect(QRectF(0, 0, wide.width, wide.height), self._colors[0])
        # Smooth edges take four times as long, and nobody sees them while they move.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._state.is_moving)
        is_strong = "contour" in self._state.emphasis
        pen = QPen(QColor(255, 255, 255, 190 if is_strong else 62), 1.0)
        pen.setCosmetic(True)  # thin lines have a way of their own, four times as fast
        painter.setPen(pen)
        outlines = bowl.outlines(levels, *wide.ranges)
        for color, outline in zip(self._colors[1:], outlines, strict=True):
            if len(outline):
                painter.setBrush(color)
                painter.drawPolygon(
                    polygon(wide.points(outline[:, 0], outline[:, 1])),
                    Qt.FillRule.OddEvenFill,
                )

    def _draw_valley(self, painter: QPainter, wide: PixelMap, terrain: Terrain) -> None:
        """Draw the line of minima where there is one."""
        flat, lowest = terrain.drawn.flat_directions, self._state.lowest
        if len(flat) != 1:
            return
        (x0, x1), (y0, y1) = wide.ranges
        near = np.array(((x0 + x1) / 2, (y0 + y1) / 2))
        middle = lowest + flat[0] * float((near - lowest) @ flat[0])
        ends = middle + np.outer((-2, 2), flat[0]) * math.hypot(x1 - x0, y1 - y0)
        pen = make_pen(self.theme.minimum, 3, Qt.PenStyle.DashLine)
        draw_polyline(painter, wide.points(ends[:, 0], ends[:, 1]), pen)
