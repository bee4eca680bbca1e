"""What a slice of the cost looks like: curve, tangent, step, landing place and dot."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPolygonF

from gdviz.core.slices import Slice
from gdviz.explain.numbers import format_number
from gdviz.ui.plots.canvas import Canvas, PixelMap, draw_polyline, draw_ringed_dots, make_pen
from gdviz.ui.plots.label_place import LabelPlace
from gdviz.ui.plots.star import star
from gdviz.ui.theme import Theme, text_font, with_alpha
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

LANE = 24.0
"""Pixels at the bottom that are kept for the step."""

_DOT, _HOLLOW, _STAR = 6.5, 4.6, 7.0
_LESS_ON_DOT = 0.4
_TANGENT = 52.0
_HEAD, _HEAD_SIDE, _SHAFT_SIDE = 11.0, 5.4, 1.7
_SHORTEST_STEP = 1.5
# So much of the shaft is seen on either side of a number that stands in it.
_SHAFT_LEFT = 8.0
_DIGITS = 3
# A landing place so many pixels away is not joined to the dot: the line would be mere direction.
_FAR = 5000.0


@dataclass(eq=False)
class SliceState:
    """What is to be drawn.

    Attributes:
        curve: the slice through where the descent is; None without points.
        trail: where it was before, on the same curve.
        is_strong: whether the curve stands out.
        labels: where numbers were written at the last paint, in pixels.

    """

    curve: Slice | None = None
    trail: list[float] = field(default_factory=list)
    is_strong: bool = False
    labels: dict[str, tuple[str, QRectF]] = field(default_factory=dict)


class SliceLayers:
    """Paints a SliceState, from the back to the front."""

    def __init__(self, state: SliceState, theme: Theme) -> None:
        self._state = state
        self._theme = theme
        self._font = text_font(8.5, bold=True)
        self._metrics = QFontMetricsF(self._font)
        self._place = LabelPlace()
        self.canvas = Canvas(
            self._draw_curve,
            self._draw_lowest,
            self._draw_hops,
            self._draw_tangent,
            self._draw_step,
            self._draw_dots,
            self._draw_goal,
        )

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.canvas.update()

    # --- the curve -------------------------------------------------------------------------------

    def _draw_curve(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the parabola: it is a Bézier curve of the second degree, exactly."""
        curve = self._state.curve
        self._state.labels.clear()
        if curve is None:
            return
        level = pixel_map.y1 - 4 / pixel_map.down
        rise = curve.reach(level)
        left = max(pixel_map.x0, curve.lowest - rise)
        right = min(pixel_map.x0 + pixel_map.width / pixel_map.across, curve.lowest + rise)
        if not left < right:
            return
        middle = (left + right) / 2
        corner = curve.at(left) + curve.slope_at(left) * (right - left) / 2
        start = pixel_map.point(left, curve.at(left))
        end = pixel_map.point(right, curve.at(right))
        path = QPainterPath(start)
        path.quadTo(pixel_map.point(middle, corner), end)
        bowl = QPainterPath(path)
        bowl.lineTo(end.x(), -4.0)
        bowl.lineTo(start.x(), -4.0)
        is_strong = self._state.is_strong
        painter.fillPath(bowl, with_alpha(self._theme.muted, 0.16 if is_strong else 0.07))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(self._theme.muted, 3.6 if is_strong else 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _draw_lowest(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Mark the lowest place of the curve, down to the axis."""
        curve = self._state.curve
        if curve is None or curve.curvature <= 0:
            return
        at = pixel_map.point(curve.lowest, curve.lowest_cost)
        self._draw_drop(painter, pixel_map, at, self._theme.muted, 0.8)
        x = math.floor(at.x()) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(self._theme.muted, 3.0))
        painter.drawLine(QPointF(x, at.y() - 5), QPointF(x, at.y() + 5))

    def _draw_goal(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Mark where the minimum of J is along this parameter: below the curve, or at its bottom.

        The curve sinks onto it as the other parameters come to where they are best.
        """
        curve = self._state.curve
        if curve is None or curve.curvature <= 0 or not math.isfinite(curve.goal):
            return
        above = pixel_map.point(curve.goal, curve.at(curve.goal))
        self._draw_drop(painter, pixel_map, above, self._theme.minimum, 0.8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(self._theme.card, 1.2))
        painter.setBrush(QColor(self._theme.minimum))
        goal = pixel_map.point(curve.goal, curve.goal_cost)
        away = goal - pixel_map.point(curve.here, curve.cost)
        # Small enough in the dot that both are seen.
        nearness = max(1 - math.hypot(away.x(), away.y()) / (_STAR + _DOT), 0.0)
        painter.drawPolygon(star(goal, _STAR * (1 - _LESS_ON_DOT * nearness)))

    # --- the step --------------------------------------------------------------------------------

    def _draw_hops(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Join the places where the descent was, where it is, and where it lands."""
        curve = self._state.curve
        if curve is None:
            return
        for t in (curve.here, curve.landing):
            at = pixel_map.point(t, curve.at(t))
            self._draw_drop(painter, pixel_map, at, self._theme.line, 0.45)
        if self._state.trail:
            pixels = _on_curve(pixel_map, curve, [*self._state.trail, curve.here])
            draw_polyline(painter, pixels, make_pen(with_alpha(self._theme.line, 0.45), 1.3))
            ring = QColor(self._theme.card)
            draw_ringed_dots(painter, pixels[:-1], 4.5, QColor(self._theme.line), ring)
        pixels = _on_curve(pixel_map, curve, [curve.here, curve.landing])
        if np.abs(pixels).max() < _FAR:
            pen = make_pen(with_alpha(self._theme.line, 0.8), 1.3, Qt.PenStyle.DotLine)
            draw_polyline(painter, pixels, pen)

    def _draw_step(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw −ηg as an arrow along the axis, from below the dot to below the landing place."""
        curve = self._state.curve
        if curve is None:
            return
        tail = pixel_map.point(curve.here, 0.0).x()
        tip = min(max(pixel_map.point(curve.landing, 0.0).x(), 2.0), pixel_map.width - 2.0)
        length, side = abs(tip - tail), math.copysign(1.0, curve.step)
        y = pixel_map.height - LANE / 2 + 1
        color = QColor(self._theme.gradient)
        if length >= _SHORTEST_STEP and 0 <= tail <= pixel_map.width:
            head = min(_HEAD, length)
            neck = tip - side * head
            half = _HEAD_SIDE * max(head / _HEAD, 0.55)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(tail, y - _SHAFT_SIDE),
                        QPointF(neck, y - _SHAFT_SIDE),
                        QPointF(neck, y - half),
                        QPointF(tip, y),
                        QPointF(neck, y + half),
                        QPointF(neck, y + _SHAFT_SIDE),
                        QPointF(tail, y + _SHAFT_SIDE),
                    ]
                )
            )
        step = 0.0 if _rests(curve) else curve.step
        sign = "+" if step > 0 else ""
        text = words.SLICE_STEP.format(step=sign + format_number(step, _DIGITS))
        width, height = self._metrics.horizontalAdvance(text), self._metrics.height()
        # Before the tip, where the way leads; behind the tail where there is no room; else in the
        # arrow, whose shaft it parts, or above one that is too short for that.
        low, high = min(tail, tip), max(tail, tip)
        spots = [high + 8, low - 8 - width] if side > 0 else [low - 8 - width, high + 8]
        room = pixel_map.width - width - 3
        x = next((spot for spot in spots if 3 <= spot <= room), math.nan)
        if math.isnan(x):
            x = min(max((tail + tip - side * _HEAD - width) / 2, 3), room)
            if length < width + _HEAD + 2 * _SHAFT_LEFT:
                y -= (LANE + height) / 2 - 2
        self._write(painter, "step", text, QRectF(x, y - height / 2, width, height), 1.0)

    # --- the tangent -----------------------------------------------------------------------------

    def _draw_tangent(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the tangent and its slope; dashed, what the step's own points say it is."""
        curve = self._state.curve
        if curve is None:
            return
        dot = pixel_map.point(curve.here, curve.cost)
        pen = make_pen(self._theme.gradient, 2.0)
        along = _direction(pixel_map, curve.gradient)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not curve.follows_tangent:
            other = _direction(pixel_map, curve.step_gradient)
            dashed = make_pen(with_alpha(self._theme.gradient, 0.8), 1.4, Qt.PenStyle.DashLine)
            painter.setPen(dashed)
            painter.drawLine(dot - other, dot + other)
        painter.setPen(pen)
        painter.drawLine(dot - along, dot + along)
        slope = 0.0 if curve.is_at_lowest else curve.gradient
        text = words.SLICE_TANGENT.format(slope=format_number(slope, _DIGITS))
        width, height = self._metrics.horizontalAdvance(text), self._metrics.height()
        inward = 1.0 if curve.lowest >= curve.here else -1.0
        landing = pixel_map.point(curve.landing, curve.landing_cost)
        rect = self._place.choose(
            QRectF(3, 3, pixel_map.width - 6, pixel_map.height - LANE - 6),
            (width, height),
            dot,
            inward,
            (dot - along, dot + along),
            landing,
            lambda x: pixel_map.point(0.0, curve.at(pixel_map.x0 + x / pixel_map.across)).y(),
        )
        if rect is not None:
            self._write(painter, "slope", text, rect)

    def _draw_dots(self, painter: QPainter, pixel_map: PixelMap) -> None:
        curve = self._state.curve
        if curve is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(self._theme.line, 1.8))
        painter.setBrush(QColor(self._theme.card))
        landing = pixel_map.point(curve.landing, curve.landing_cost)
        painter.drawEllipse(landing, _HOLLOW, _HOLLOW)
        painter.setPen(make_pen(self._theme.card, 2.2))
        painter.setBrush(QColor(self._theme.line))
        painter.drawEllipse(pixel_map.point(curve.here, curve.cost), _DOT, _DOT)

    # --- inside ----------------------------------------------------------------------------------

    def _draw_drop(
        self, painter: QPainter, pixel_map: PixelMap, at: QPointF, color: str, alpha: float
    ) -> None:
        """Draw a thin line from a place down to the axis."""
        x = math.floor(at.x()) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(make_pen(with_alpha(color, alpha), 1.0, Qt.PenStyle.DotLine))
        top = min(max(at.y(), 0.0), pixel_map.height)
        painter.drawLine(QPointF(x, top), QPointF(x, pixel_map.height))

    def _write(
        self, painter: QPainter, name: str, text: str, rect: QRectF, ground: float = 0.85
    ) -> None:
        """Write a number on a ground that keeps it apart from what is behind."""
        self._state.labels[name] = (text, rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(self._theme.card, ground))
        painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 0), 3, 3)
        painter.setPen(QColor(self._theme.gradient))
        painter.setFont(self._font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _on_curve(pixel_map: PixelMap, curve: Slice, places: list[float]) -> FloatArray:
    """Return the pixels (k, 2) of places on the curve."""
    points = [pixel_map.point(t, curve.at(t)) for t in places]
    return np.array([(point.x(), point.y()) for point in points])


def _rests(curve: Slice) -> bool:
    """Whether it stands at the bottom, where only rounding errors would move it."""
    return curve.is_at_lowest and curve.follows_tangent


def _direction(pixel_map: PixelMap, slope: float) -> QPointF:
    """Return half of a tangent of that slope, in pixels."""
    right, down = pixel_map.across, slope * pixel_map.down
    length = math.hypot(right, down)
    if not 0 < length < math.inf:
        return QPointF(0.0, math.copysign(_TANGENT, -slope))
    return QPointF(right, down) * (_TANGENT / length)
