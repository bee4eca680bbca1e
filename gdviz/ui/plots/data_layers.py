"""What the data plot draws: residuals, lines, points, marks."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gdviz.core.dataset import Dataset
from gdviz.ui import messages as words
from gdviz.ui.plots.canvas import (
    CachedLayer,
    Canvas,
    PixelMap,
    draw_dots,
    draw_polyline,
    draw_ringed_dots,
    draw_segments,
    make_pen,
)
from gdviz.ui.plots.density import DensityCounter, shade
from gdviz.ui.plots.plot import clipped_line
from gdviz.ui.theme import Theme, text_font, with_alpha

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

MOST_POINTS_DRAWN = 10_000
"""More points than this are drawn as a density image."""

_POINT = 9.0
_USED_POINT = 13.0
_RING = 19.0
_SHORTEST_SEEN = 12.0
_DENSITY_CELL_PIXELS = 2.0


@dataclass(eq=False)
class DataState:
    """What is to be drawn; the plot changes it and asks for paint.

    Attributes:
        theta: (b, m) of the line; None before there is one.
        ghost: (b, m) of the line under the mouse in the contour.
        used: indices of the points that the last step used; None for all or none.
        hovered, selected: indices of points, or -1.
        hint: a sentence over the plot, or "".

    """

    dataset: Dataset = field(default_factory=Dataset.empty)
    theta: FloatArray | None = None
    ghost: tuple[float, ...] | None = None
    shows_residuals: bool = True
    used: IndexArray | None = None
    hovered: int = -1
    selected: int = -1
    hint: str = ""

    @property
    def x(self) -> FloatArray:
        """The feature, (N,)."""
        return self.dataset.X[:, 0]

    @property
    def is_density(self) -> bool:
        """Whether there are so many points that they are drawn as an image."""
        return self.dataset.n_points > MOST_POINTS_DRAWN


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

    def _draw_points(self, painter: QPainter, pixel_map: PixelMap) -> None:
        state, theme = self._state, self._theme
        if state.is_density:
            self._draw_density(painter, pixel_map)
            return
        pixels = pixel_map.points(state.x, state.dataset.y)
        draw_ringed_dots(painter, pixels, _POINT, QColor(theme.point), QColor(theme.card))

    def _draw_density(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Shade small squares by the number of points in them."""
        dataset = self._state.dataset
        columns = max(int(pixel_map.width / _DENSITY_CELL_PIXELS), 2)
        rows = max(int(pixel_map.height / _DENSITY_CELL_PIXELS), 2)
        x_range, y_range = _ranges(pixel_map)
        counts = self._density.count(dataset, x_range, y_range, (columns, rows))
        color = QColor(self._theme.point)
        pixels = shade(counts, (color.blue(), color.green(), color.red()))
        # Images go row by row from the top.
        pixels = np.ascontiguousarray(pixels.transpose(1, 0, 2)[::-1])
        image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()
        painter.drawImage(QRectF(0, 0, pixel_map.width, pixel_map.height), image)

    def _draw_residuals(self, painter: QPainter, pixel_map: PixelMap) -> None:
        state = self._state
        if not state.shows_residuals or state.theta is None or state.is_density:
            return
        if state.dataset.n_points == 0:
            return
        x = np.repeat(state.x, 2)
        y = np.repeat(state.dataset.y, 2)
        y[1::2] = state.theta[0] + state.theta[1] * state.x
        pixels = pixel_map.points(x, y)
        # Whole pixels keep vertical lines sharp; a little outside is far enough.
        np.clip(pixels[:, 1], -20, pixel_map.height + 20, out=pixels[:, 1])
        draw_segments(painter, pixels, make_pen(with_alpha(self._theme.residual, 0.85)))

    def _draw_line(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._state.theta is not None:
            b, m = self._state.theta
            pixels = _line_pixels(pixel_map, float(m), float(b))
            draw_polyline(painter, pixels, make_pen(self._theme.line, 3))
            if len(pixels) == 0 or not _is_seen(pixels, pixel_map):
                painter.setFont(text_font(9))
                painter.setPen(QColor(self._theme.muted))
                room = QRectF(0, 0, pixel_map.width - 8, pixel_map.height - 4)
                corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
                painter.drawText(room, corner, words.LINE_OUT_OF_VIEW)

    def _draw_ghost(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._state.ghost is not None:
            b, m = self._state.ghost
            pen = make_pen(with_alpha(self._theme.line, 0.6), 1.6, Qt.PenStyle.DashLine)
            draw_polyline(painter, _line_pixels(pixel_map, m, b), pen)

    def _draw_marks(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Light up the points that the last step used; ring the hovered and the selected one."""
        state, theme = self._state, self._theme
        if state.used is not None and not state.is_density:
            pixels = pixel_map.points(state.x[state.used], state.dataset.y[state.used])
            draw_dots(painter, pixels, _USED_POINT + 3, QColor(theme.point))
            draw_dots(painter, pixels, _USED_POINT, QColor(theme.used))
        for index, alpha, width in ((state.hovered, 0.55, 2.0), (state.selected, 1.0, 2.6)):
            if 0 <= index < state.dataset.n_points:
                center = pixel_map.point(*state.dataset.point(index))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(make_pen(with_alpha(theme.accent, alpha), width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(center, _RING / 2, _RING / 2)

    def _draw_hint(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if not self._state.hint:
            return
        painter.setFont(text_font(9))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = QRectF(0, 0, max(0.55 * pixel_map.width, 120), 100)
        size = painter.boundingRect(room, flags, self._state.hint).size()
        place = self._free_place(pixel_map, size.width() + 20, size.height() + 10)
        if place is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(self._theme.field, 0.94))
        painter.drawRoundedRect(place, 7, 7)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(place, flags, self._state.hint)

    def _free_place(self, pixel_map: PixelMap, width: float, height: float) -> QRectF | None:
        """Return where a box hides neither points nor line: a corner, or else an edge."""
        right, bottom = pixel_map.width - width - 8, pixel_map.height - height - 6
        middle = right / 2
        if self._state.dataset.n_points == 0:
            return QRectF(middle, bottom / 2, width, height)
        if self._state.is_density:
            return QRectF(8, 6, width, height)
        pixels = pixel_map.points(self._state.x, self._state.dataset.y)
        if self._state.theta is not None:
            b, m = self._state.theta
            ends = _line_pixels(pixel_map, float(m), float(b))
            if len(ends):
                along = np.linspace(0, 1, 60)[:, None]
                pixels = np.concatenate((pixels, ends[0] + along * (ends[1] - ends[0])))
        for left, top in (
            (8, 6),
            (right, bottom),
            (right, 6),
            (8, bottom),
            (middle, 6),
            (middle, bottom),
            (middle, bottom / 2),
        ):
            place = QRectF(left, top, width, height)
            near = place.adjusted(-8, -8, 8, 8)
            hidden = (
                (pixels[:, 0] > near.left())
                & (pixels[:, 0] < near.right())
                & (pixels[:, 1] > near.top())
                & (pixels[:, 1] < near.bottom())
            )
            if not hidden.any():
                return place
        return None


def _ranges(pixel_map: PixelMap) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ranges of x and y that the canvas shows."""
    x1 = pixel_map.x0 + pixel_map.width / pixel_map.across
    y0 = pixel_map.y1 + pixel_map.height / pixel_map.down
    return (pixel_map.x0, x1), (y0, pixel_map.y1)


def _line_pixels(pixel_map: PixelMap, slope: float, intercept: float) -> FloatArray:
    """Return the pixels of the ends of y = m x + b, just out of sight."""
    (x0, x1), (y0, y1) = _ranges(pixel_map)
    width, height = 0.02 * (x1 - x0), 0.02 * (y1 - y0)
    x, y = clipped_line(slope, intercept, (x0 - width, x1 + width), (y0 - height, y1 + height))
    return pixel_map.points(x, y)


def _is_seen(pixels: FloatArray, pixel_map: PixelMap) -> bool:
    """Whether a segment, cut to a little more than the view, is long enough to be noticed in it."""
    inside = np.clip(pixels, 0, (pixel_map.width, pixel_map.height))
    return bool(np.abs(inside[1] - inside[0]).max() > _SHORTEST_SEEN)
