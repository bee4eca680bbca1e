"""What the contour plot draws: level sets, valley, path, minimum, gradient and dot."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from gdviz.ui.plots.arrow import ArrowShape, draw_arrow
from gdviz.ui.plots.canvas import Canvas, Layer, PixelMap, make_pen
from gdviz.ui.plots.contour_ground import ContourGround
from gdviz.ui.plots.contour_path import PathLayers
from gdviz.ui.plots.contour_state import ContourState
from gdviz.ui.plots.contour_terms import TermLayers
from gdviz.ui.plots.note import NoteWriter
from gdviz.ui.plots.star import star
from gdviz.ui.theme import Theme, with_alpha
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

_ARROW_PIXELS = 60.0
_SHORT_ARROW = 30.0
_SHORTEST_ARROW, _SHORTEST_IF_STRONG = 20.0, 12.0
_STAR, _HOLLOW = 9.5, 0.8
_ARROW = ArrowShape(head=14.0, head_side=7.2, shaft_side=2.3)
_DOT = 7.0
# Stars that are nearer than this would hide each other.
_APART = 3.0
# Axes whose scales differ by less than this share look alike.
_SAME_SCALE = 0.04
_MORE_AT_STAR, _LESS_ON_DOT = 0.45, 0.3
# What is emphasised is so many times as big, with a glow around it.
_LARGER = 1.35
_GLOW = 15.0
_BENEATH_PULLS = 0.3


class ContourLayers:
    """Paints a ContourState, from the back to the front."""

    def __init__(self, state: ContourState, theme: Theme) -> None:
        self._state = state
        self._theme = theme
        self.ground = ContourGround(state, theme)
        self._path = PathLayers(state, theme)
        self._terms = TermLayers(state, theme)
        self._notes = NoteWriter()
        self._arrow_tip: QPointF | None = None
        moving: tuple[Layer, ...] = (
            self._terms.lines,
            self._terms.draw_next_line,
            self._path.recorded,
            self._path.draw_last_way,
            self._draw_glows,
            self._draw_arrow,
            self._terms.draw_pulls,
            self._terms.draw_step,
            self._draw_dot,
            self._draw_minimum,
            self._draw_scale,
            self._draw_note,
        )
        self.canvas = Canvas(self.ground, *map(self._with_points, moving))

    def _with_points(self, layer: Layer) -> Layer:
        """Return a layer that is drawn only where there are points: without, there is no cost."""

        def draw(painter: QPainter, pixel_map: PixelMap) -> None:
            if self._state.terrain is not None and self._state.terrain.has_points:
                layer(painter, pixel_map)

        return draw

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = self._terms.theme = self._path.theme = self.ground.theme = theme
        self._path.recorded.invalidate()
        self._terms.lines.invalidate()
        self.terrain_changed()

    def terrain_changed(self) -> None:
        """Paint the level sets anew."""
        self.ground.invalidate()
        self.canvas.update()

    def lines_changed(self) -> None:
        """Paint the points' lines anew."""
        self._terms.lines.invalidate()
        self.canvas.update()

    # --- what moves ------------------------------------------------------------------------------

    def path_changed(self) -> None:
        """Paint the path anew."""
        self._path.recorded.invalidate()
        self.canvas.update()

    def _draw_glows(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw a soft disc behind what is emphasised."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(with_alpha(self._theme.halo, 0.7), 1.4))
        painter.setBrush(with_alpha(self._theme.halo, 0.42))
        for name, place in (("dot", self._state.dot), ("minimum", self._state.lowest)):
            if name in self._state.emphasis and (name == "dot" or self._has_one_minimum()):
                painter.drawEllipse(pixel_map.point(*map(float, place)), _GLOW, _GLOW)

    def _draw_minimum(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw a star at the minimum; a hollow one where only the slice is lowest."""
        if not self._has_one_minimum():
            return
        lowest = minimum = pixel_map.point(*map(float, self._state.lowest))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        terrain, goal = self._state.terrain, self._state.goal
        if terrain is not None and terrain.is_slice:
            if goal is not None:
                minimum = pixel_map.point(*map(float, goal))
            away = lowest - minimum
            if goal is None or math.hypot(away.x(), away.y()) > _APART:
                # White inside on any ground, where the other one is green.
                painter.setBrush(QColor(self._theme.halo))
                outline = star(lowest, _HOLLOW * self._radius(pixel_map, lowest))
                for pen in (make_pen(self._theme.halo, 4.0), make_pen(self._theme.minimum, 1.8)):
                    painter.setPen(pen)
                    painter.drawPolygon(outline)
            if goal is None:
                return
        painter.setPen(make_pen(self._theme.halo, 1.6))
        painter.setBrush(QColor(self._theme.minimum))
        painter.drawPolygon(star(minimum, self._radius(pixel_map, minimum)))

    def _radius(self, pixel_map: PixelMap, at: QPointF) -> float:
        """Return how big a star is: smaller in the dot, so that both are seen."""
        away = at - pixel_map.point(*self._state.dot)
        nearness = max(1 - math.hypot(away.x(), away.y()) / (_STAR + _DOT), 0.0)
        larger = _LARGER if "minimum" in self._state.emphasis else 1.0
        return _STAR * larger * (1 - _LESS_ON_DOT * nearness)

    def _has_one_minimum(self) -> bool:
        terrain = self._state.terrain
        return terrain is not None and len(terrain.descended.flat_directions) == 0

    def _nearness(self, pixel_map: PixelMap) -> float:
        """Return 1 where the dot is on the star, 0 where they do not touch.

        As the dot arrives it grows and the star shrinks, so that the star lies in the dot and both
        are seen.
        """
        if not self._has_one_minimum():
            return 0.0
        return max(1 - self._pixels_to_minimum(pixel_map) / (_STAR + _DOT), 0.0)

    def _draw_arrow(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Point along −∇J; its length says only whether there is somewhere to go."""
        self._arrow_tip = None
        downhill = self._state.downhill
        if downhill is None:
            return
        right = float(downhill[0]) * pixel_map.across
        down = float(downhill[1]) * pixel_map.down
        length = math.hypot(right, down)
        # Shorter near the minimum, so that it does not point about wildly where nothing pulls, and
        # never beyond it.
        shown = max(_ARROW_PIXELS * min(1.0, self._state.pull**0.25), _SHORT_ARROW)
        shown = min(shown, self._pixels_to_minimum(pixel_map) - _STAR)
        is_strong = "gradient" in self._state.emphasis
        shortest = _SHORTEST_IF_STRONG if is_strong else _SHORTEST_ARROW
        if not 0 < length < math.inf or shown < shortest:
            return
        dot = pixel_map.point(*self._state.dot)
        tip = self._arrow_tip = dot + QPointF(right, down) * (shown / length)
        outline = _ARROW.times(_LARGER if is_strong else 1.0).outline(dot, tip)
        halo = QColor(self._theme.halo)
        fill = QColor(self._theme.gradient)
        # The pulls run along it, and are what is looked at.
        painter.setOpacity(_BENEATH_PULLS if self._terms.has_pulls and not is_strong else 1.0)
        draw_arrow(painter, outline, fill, halo, 3.0 if is_strong else 1.2)
        painter.setOpacity(1.0)

    def _draw_scale(self, painter: QPainter, pixel_map: PixelMap) -> None:
        tip = self._arrow_tip
        self._terms.draw_scale(painter, pixel_map, () if tip is None else (tip,))

    def _pixels_to_minimum(self, pixel_map: PixelMap) -> float:
        terrain = self._state.terrain
        if terrain is None:
            return math.inf
        nearest, dot = self._state.lowest, np.array(self._state.dot)
        for flat in terrain.descended.flat_directions:  # of a valley, the place beside the dot
            nearest = nearest + flat * float((dot - nearest) @ flat)
        away = pixel_map.point(*map(float, nearest))
        away -= pixel_map.point(*self._state.dot)
        return math.hypot(away.x(), away.y())

    def _draw_dot(self, painter: QPainter, pixel_map: PixelMap) -> None:
        center = pixel_map.point(*self._state.dot)
        radius = _DOT * (_LARGER if "dot" in self._state.emphasis else 1.0)
        radius *= 1 + _MORE_AT_STAR * self._nearness(pixel_map)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(self._theme.halo, 2.4))
        painter.setBrush(QColor(self._theme.line))
        painter.drawEllipse(center, radius, radius)

    def _draw_note(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Say that the axes are not to the same scale, in a corner away from the dot."""
        if abs(math.log(pixel_map.across / -pixel_map.down)) < _SAME_SCALE:
            return
        size = self._notes.size(words.SCALES_DIFFER)
        width, height = size.width(), size.height()
        right, bottom = pixel_map.width - width - 5, pixel_map.height - height - 5
        if right < 5:
            return
        marks = [pixel_map.point(*map(float, p)) for p in (self._state.dot, self._state.lowest)]
        places = [QRectF(x, y, width, height) for y in (bottom, 5.0) for x in (right, 5.0)]
        free = (
            p for p in places if not any(p.adjusted(-70, -24, 70, 24).contains(m) for m in marks)
        )
        place = next(free, places[0])
        self._notes.write(painter, place, words.SCALES_DIFFER, self._theme)
