"""What the data plot draws: residuals, lines, points, marks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gdviz.ui.plots.canvas import (
    CachedLayer,
    Canvas,
    PixelMap,
    draw_dots,
    draw_polyline,
    draw_ringed_dots,
    make_pen,
)
from gdviz.ui.plots.data_hint import draw_corner_note, draw_hint
from gdviz.ui.plots.data_state import DataState
from gdviz.ui.plots.density import DensityCounter, shade
from gdviz.ui.plots.fitted_line import is_seen, line_pixels
from gdviz.ui.plots.residuals import Residuals
from gdviz.ui.theme import Theme, with_alpha
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

_POINT = 9.0
_USED_POINT = 13.0
_RING, _MARK_RING = 19.0, 23.0
_HALO = 21.0
_LINE, _LINE_HALO = 3.0, 11.0
_HALO_ALPHA = 0.26
_DENSITY_CELL_PIXELS = 2.0


class DataLayers:
    """Paints a DataState, from the back to the front."""

    def __init__(self, state: DataState, theme: Theme) -> None:
        self._state = state
        self._theme = theme
        self._points = CachedLayer(self._draw_points)
        self._density = DensityCounter()
        self.canvas = Canvas(
            self._draw_residuals,
            self._points,
            self._draw_residual_on_density,
            self._draw_ghost,
            self._draw_line,
            self._draw_marks,
            self._draw_hint,
        )

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.points_changed()

    def points_changed(self) -> None:
        """Paint the points anew."""
        self._points.invalidate()
        self.canvas.update()

    # --- points ----------------------------------------------------------------------------------

    def _draw_points(self, painter: QPainter, pixel_map: PixelMap) -> None:
        state, theme = self._state, self._theme
        if state.is_density:
            self._draw_density(painter, pixel_map)
            return
        pixels = pixel_map.points(state.x, state.dataset.y)
        if "points" in state.emphasis:
            draw_dots(painter, pixels, _HALO, with_alpha(theme.point, _HALO_ALPHA))
        draw_ringed_dots(painter, pixels, _POINT, QColor(theme.point), QColor(theme.card))

    def _draw_density(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Shade small squares by the number of points in them."""
        dataset = self._state.dataset
        columns = max(int(pixel_map.width / _DENSITY_CELL_PIXELS), 2)
        rows = max(int(pixel_map.height / _DENSITY_CELL_PIXELS), 2)
        counts = self._density.count(dataset, *pixel_map.ranges, (columns, rows))
        color = QColor(self._theme.point)
        pixels = shade(counts, (color.blue(), color.green(), color.red()))
        # Images go row by row from the top.
        pixels = np.ascontiguousarray(pixels.transpose(1, 0, 2)[::-1])
        image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()
        painter.drawImage(QRectF(0, 0, pixel_map.width, pixel_map.height), image)

    # --- residuals -------------------------------------------------------------------------------

    def _draw_residuals(self, painter: QPainter, pixel_map: PixelMap) -> None:
        state, theme = self._state, self._theme
        if state.theta is None or state.is_density or not self._is_line_seen(pixel_map):
            return
        has_strong, has_strong_squares = (
            name in state.emphasis for name in ("residuals", "squares")
        )
        has_squares = state.shows_squares or has_strong_squares
        if state.shows_residuals or has_strong or has_squares:
            predicted = state.predictions(state.theta)
            residuals = Residuals.of(pixel_map, state.x, state.dataset.y, predicted)
            if has_squares:
                residuals.draw_squares(painter, pixel_map, theme, is_strong=has_strong_squares)
            if state.shows_residuals or has_strong:
                residuals.draw(painter, pixel_map, theme, is_strong=has_strong)
        self._draw_marked_residual(painter, pixel_map)

    def _draw_residual_on_density(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the marked point's residual over an image of the points, which would cover it."""
        if self._state.is_density and self._is_line_seen(pixel_map):
            self._draw_marked_residual(painter, pixel_map)

    def _draw_marked_residual(self, painter: QPainter, pixel_map: PixelMap) -> None:
        state = self._state
        if state.theta is None or not 0 <= state.marked < state.dataset.n_points:
            return
        x, y = state.dataset.point(state.marked)
        predicted = float(state.theta[0] + state.theta[1] * x)
        one = Residuals.of(pixel_map, np.array([x]), np.array([y]), np.array([predicted]))
        one.draw(painter, pixel_map, self._theme, is_strong=True)

    # --- lines -----------------------------------------------------------------------------------

    def _draw_line(self, painter: QPainter, pixel_map: PixelMap) -> None:
        state, theme = self._state, self._theme
        if state.theta is None or state.dataset.n_points == 0:
            return
        pixels = _pixels_of(state.theta, pixel_map)
        if not is_seen(pixels, pixel_map):
            draw_corner_note(painter, pixel_map, words.LINE_OUT_OF_VIEW, theme)
        if "line" in state.emphasis:
            halo = make_pen(with_alpha(theme.line, _HALO_ALPHA), _LINE_HALO)
            draw_polyline(painter, pixels, halo)
        draw_polyline(painter, pixels, make_pen(theme.line, _LINE))

    def _is_line_seen(self, pixel_map: PixelMap) -> bool:
        """Whether there is a line to measure residuals to: bars that end nowhere say nothing."""
        state = self._state
        if state.theta is None or state.dataset.n_points == 0:
            return False
        return is_seen(_pixels_of(state.theta, pixel_map), pixel_map)

    def _draw_ghost(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._state.ghost is not None:
            b, m = self._state.ghost
            pen = make_pen(with_alpha(self._theme.line, 0.6), 1.6, Qt.PenStyle.DashLine)
            draw_polyline(painter, line_pixels(pixel_map, m, b), pen)

    # --- marks -----------------------------------------------------------------------------------

    def _draw_marks(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Light up the points that the last step used; ring those that a person points at."""
        state, theme = self._state, self._theme
        if state.used is not None and not state.is_density:
            pixels = pixel_map.points(state.x[state.used], state.dataset.y[state.used])
            draw_dots(painter, pixels, _USED_POINT + 3, QColor(theme.point))
            draw_dots(painter, pixels, _USED_POINT, QColor(theme.used))
        if state.added is not None:
            added = pixel_map.points(*(np.array([value]) for value in state.added))
            draw_ringed_dots(painter, added, _POINT, QColor(theme.point), QColor(theme.card))
            self._draw_ring(painter, QPointF(*added[0]), _RING, 1.0, 2.0)
        for index, diameter, alpha, width in (
            (state.hovered, _RING, 0.55, 2.0),
            (state.selected, _RING, 1.0, 2.6),
            (state.marked, _MARK_RING, 1.0, 2.0),
        ):
            if 0 <= index < state.dataset.n_points:
                center = pixel_map.point(*state.dataset.point(index))
                self._draw_ring(painter, center, diameter, alpha, width)

    def _draw_ring(
        self, painter: QPainter, center: QPointF, diameter: float, alpha: float, width: float
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(with_alpha(self._theme.accent, alpha), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, diameter / 2, diameter / 2)

    def _draw_hint(self, painter: QPainter, pixel_map: PixelMap) -> None:
        draw_hint(painter, pixel_map, self._state, self._theme)


def _pixels_of(theta: FloatArray, pixel_map: PixelMap) -> FloatArray:
    return line_pixels(pixel_map, float(theta[1]), float(theta[0]))
