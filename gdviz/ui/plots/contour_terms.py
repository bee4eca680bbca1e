"""What the points add to a step, over the contour: pulls tip to tail, points as lines, the landing.

The step of batch descent is the sum of the points' pulls −ηc eᵢ (1, xᵢ); the step on one point is
perpendicular to the line on which its error is 0 (MATHEMATICS C).
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gdviz.explain.numbers import format_short
from gdviz.ui.plots.arrow import ArrowShape, draw_arrow
from gdviz.ui.plots.canvas import CachedLayer, PixelMap, draw_polyline, draw_segments, make_pen
from gdviz.ui.plots.contour_state import ContourState
from gdviz.ui.plots.note import NoteWriter
from gdviz.ui.theme import Theme, with_alpha
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

MOST_TERMS = 50
"""More points than this are not drawn as arrows or lines of their own."""

_PULL = ArrowShape(head=9.0, head_side=4.6, shaft_side=1.2)
_THIN_STEP = ArrowShape(head=9.0, head_side=4.6, shaft_side=1.0)
_THICK = ArrowShape(head=14.0, head_side=7.2, shaft_side=2.6)
_LANDING, _SUM = 4.2, 3.2
_LEAST_FACTOR = 2.0**-1020
# Pulls that reach less far than this, in pixels, are enlarged, all by the same power of two; the
# marked one is to be seen beside the dot as well.
_SHORT_REACH, _REACH, _FARTHEST = 40.0, 60.0, 140.0
_MARKED = 26.0
# No more than this: where a run comes to rest there is nothing to see. A marked one pulls even
# there, and one of a thousand points pulls little.
_MOST_ENLARGED, _MOST_ENLARGED_MARKED = 64.0, 1024.0
# Pulls that reach farther than so large a share of the view are drawn shorter.
_FAR_REACH = 0.8
# While a run changes them they may come to half or twice what they should be, and reach as far as
# this, before they are drawn to another scale.
_KEPT_WITHIN, _KEPT_REACH = 2.0, 160.0
# A marked pull that is shorter even so is drawn this long, hollow: it only says which way.
_STUB, _LEAST_MARKED = 24.0, 18.0
_HOLLOW = ArrowShape(head=11.0, head_side=6.0, shaft_side=1.6)
_TAG_OPACITY, _SAME_TIP, _EDGE = 0.66, 2.0, 6.0


class TermLayers:
    """Paints what a ContourState says of the points and the next step."""

    def __init__(self, state: ContourState, theme: Theme) -> None:
        self._state = state
        self._factor: float | None = None
        self._tips: dict[str, QPointF] = {}
        self._notes = NoteWriter()
        self.theme = theme
        self.lines = CachedLayer(self._draw_lines)

    # --- behind the path -------------------------------------------------------------------------

    def _draw_lines(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the points as lines; kept as an image, since they seldom move."""
        lines, halo, color = self._state.lines, self.theme.card, self.theme.residual
        if lines is not None and len(lines) <= MOST_TERMS:
            ends = line_ends(pixel_map, lines)
            draw_segments(painter, ends, make_pen(with_alpha(halo, 0.45), 2.8), smooth=True)
            draw_segments(painter, ends, make_pen(color, 1.1), smooth=True)

    def draw_next_line(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the line of the next point, and the slices."""
        halo, color = self.theme.card, self.theme.residual
        if self._state.next_line is not None:
            ends = line_ends(pixel_map, self._state.next_line[np.newaxis])
            draw_segments(painter, ends, make_pen(with_alpha(halo, 0.8), 5.4), smooth=True)
            draw_segments(painter, ends, make_pen(color, 3.0), smooth=True)
        if "slices" in self._state.emphasis:
            self._draw_slices(painter, pixel_map)

    def _draw_slices(self, painter: QPainter, pixel_map: PixelMap) -> None:
        dot = pixel_map.point(*self._state.dot)
        for ends in (
            np.array(((0.0, dot.y()), (pixel_map.width, dot.y()))),
            np.array(((dot.x(), 0.0), (dot.x(), pixel_map.height))),
        ):
            draw_polyline(painter, ends, make_pen(QColor(0, 0, 0, 90), 3.4))
            pen = QPen(make_pen(self.theme.halo, 1.8, Qt.PenStyle.DashLine))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            draw_polyline(painter, ends, pen)

    # --- around the dot --------------------------------------------------------------------------

    def draw_pulls(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw each point's pull, tip to tail from the dot, and the marked one by itself."""
        state, color = self._state, QColor(self.theme.residual)
        self._tips.clear()
        if state.pulls is None and state.marked_pull is None:
            self._factor = None
            return
        factor = self.enlargement(pixel_map)
        if self.has_pulls:
            places = state.dot + _chain(factor * np.asarray(state.pulls))
            pixels = pixel_map.points(places[:, 0], places[:, 1])
            self._draw_chain(painter, pixels)
            if factor == 1:
                self._draw_sum(painter, pixel_map)
            self._tips["chain"] = QPointF(*pixels[-1].tolist())
        if state.marked_pull is None or not np.isfinite(state.marked_pull).all():
            return
        dot = pixel_map.point(*state.dot)
        away = pixel_map.point(*map(float, state.dot + factor * state.marked_pull)) - dot
        length = math.hypot(away.x(), away.y())
        if 0 < length < _LEAST_MARKED:
            tip = self._tips["stub"] = dot + away * (_STUB / length)
            outline = _HOLLOW.outline(dot, tip)
            draw_arrow(painter, outline, QColor(self.theme.card), color, 1.6)
        elif length > 0:
            tip = self._tips["marked"] = dot + away
            draw_arrow(painter, _THICK.outline(dot, tip), color, QColor(self.theme.card))

    def draw_scale(
        self, painter: QPainter, pixel_map: PixelMap, others: tuple[QPointF, ...] = ()
    ) -> None:
        """Say at the arrows' tip by how much they are drawn longer or shorter than they are.

        ``others`` are places that are not to be covered, in pixels.
        """
        factor, tips = self._factor or 1.0, self._tips
        tags = [("stub", words.PULL_DIRECTION)] if "stub" in tips else []
        scaled = next((name for name in ("chain", "marked") if name in tips), None)
        if factor != 1 and scaled is not None:
            word = words.DRAWN_ENLARGED if factor > 1 else words.DRAWN_REDUCED
            size = format_short(factor if factor > 1 else 1 / factor)
            tags.append((scaled, word.format(factor=size)))
        if not tags:
            return
        area = QRectF(4, 4, pixel_map.width - 8, pixel_map.height - 8)
        dot = pixel_map.point(*self._state.dot)
        marks = [dot, pixel_map.point(*map(float, self._state.lowest)), *tips.values(), *others]
        for name, text in tags:
            tip = tips[name]
            apart = [mark for mark in marks if (mark - tip).manhattanLength() > _SAME_TIP]
            place = self._notes.beside_tip(text, dot, tip, area, apart)
            self._notes.write(painter, place, text, self.theme, _TAG_OPACITY)

    @property
    def has_pulls(self) -> bool:
        """Whether pulls are drawn tip to tail."""
        pulls = self._state.pulls
        return pulls is not None and 0 < len(pulls) <= MOST_TERMS and bool(np.isfinite(pulls).all())

    def enlargement(self, pixel_map: PixelMap) -> float:
        """Return by how much all pulls are drawn longer, or shorter, than they are: a power of two.

        It stays what it is as long as it does, so that a run does not make it jump to and fro.
        Beside a step, and a line on which it lands, they are drawn as they are.
        """
        has_any = self.has_pulls or self._state.marked_pull is not None
        if not has_any or self._state.next_line is not None or self._is_step_strong:
            self._factor = None
            return 1.0
        state, scale = self._state, (pixel_map.across, pixel_map.down)
        chain = _chain(state.pulls if self.has_pulls else None)
        marked_pull = np.zeros(2) if state.marked_pull is None else state.marked_pull
        size = max(float(np.abs(chain).max()), float(np.abs(marked_pull).max()))
        if not 0 < size < math.inf:
            return 1.0
        # As shares of the largest, whose squares do not overflow.
        marked = float(np.hypot(*(marked_pull / size * scale)))
        share = max(float(np.hypot(*(chain / size * scale).T).max()), marked)
        reach, marked = share * size, marked * size
        room = _FAR_REACH * min(pixel_map.width, pixel_map.height)
        wanted = min(room / share / size, 1.0)
        if len(chain) > 1 and reach < _SHORT_REACH:
            wanted = _REACH / reach
        wanted = min(wanted, _MOST_ENLARGED)
        if 0 < marked < _MARKED:
            wanted = max(wanted, min(_MARKED / marked, _FARTHEST / 2 / reach))
        power = math.log2(min(max(wanted, _LEAST_FACTOR), _MOST_ENLARGED_MARKED))
        best, now = 2.0 ** (math.ceil(power) if power > 0 else math.floor(power)), self._factor
        arrows = np.vstack((chain, marked_pull))
        while best > 1 and not self._are_in_view(pixel_map, best * arrows):
            best /= 2
        does = now is not None and best / _KEPT_WITHIN <= now <= best * _KEPT_WITHIN
        does &= now is not None and not now * marked < _LEAST_MARKED <= best * marked
        reaches = _KEPT_REACH if now is not None and now > 1 else 1.5 * room
        does &= now is None or now <= 1 or self._are_in_view(pixel_map, now * arrows)
        if now is None or not does or now * reach > reaches:
            now = self._factor = best
        return now

    def _are_in_view(self, pixel_map: PixelMap, arrows: FloatArray) -> bool:
        """Whether arrows (k, 2) from the dot end in view."""
        ends = np.array(self._state.dot) + arrows
        pixels = pixel_map.points(ends[:, 0], ends[:, 1])
        far = np.array((pixel_map.width, pixel_map.height)) - _EDGE
        return bool(((pixels >= _EDGE) & (pixels <= far)).all())

    def _draw_chain(self, painter: QPainter, pixels: FloatArray) -> None:
        halo, color = with_alpha(self.theme.card, 0.8), QColor(self.theme.residual)
        arrows = QPainterPath()
        arrows.setFillRule(Qt.FillRule.WindingFill)
        corners = [QPointF(x, y) for x, y in pixels.tolist()]
        for tail, tip in pairwise(corners):
            arrows.addPolygon(_PULL.outline(tail, tip))
        draw_polyline(painter, pixels, make_pen(halo, 5.0))
        painter.setPen(make_pen(color, 0.6))
        painter.setBrush(color)
        painter.drawPath(arrows)

    def _draw_sum(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw where the pulls lead together: where the step lands."""
        place = self._state.dot + _chain(self._state.pulls)[-1]
        if np.isfinite(place).all():
            self._draw_place(painter, pixel_map.point(*map(float, place)), _SUM)

    def draw_step(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the step to where it lands, where that is asked for."""
        state, is_strong = self._state, self._is_step_strong
        if state.landing is None or not (is_strong or state.next_line is not None):
            return
        if not np.isfinite(state.landing).all():
            return
        dot, tip = pixel_map.point(*state.dot), pixel_map.point(*map(float, state.landing))
        shape = _THICK if is_strong else _THIN_STEP
        halo = QColor(self.theme.halo)
        outline = shape.outline(dot, tip)
        draw_arrow(painter, outline, QColor(self.theme.line), halo, 2.0 if is_strong else 1.2)
        self._draw_place(painter, tip)

    @property
    def _is_step_strong(self) -> bool:
        landing = self._state.landing
        is_there = landing is not None and bool(np.isfinite(landing).all())
        return is_there and "step" in self._state.emphasis

    def _draw_place(self, painter: QPainter, place: QPointF, radius: float = _LANDING) -> None:
        """Draw the small hollow dot where a step lands."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(self.theme.halo, 5.0))
        painter.setBrush(QColor(self.theme.halo))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(make_pen(self.theme.line, 2.0))
        painter.drawEllipse(place, radius, radius)


def _chain(pulls: FloatArray | None) -> FloatArray:
    """Return the corners (k+1, 2) of pulls (k, 2) tip to tail, from (0, 0)."""
    with np.errstate(over="ignore"):
        sums = np.cumsum(np.empty((0, 2)) if pulls is None else pulls, axis=0)
    return np.vstack((np.zeros((1, 2)), sums))


def line_ends(pixel_map: PixelMap, lines: FloatArray) -> FloatArray:
    """Return the pixels (2j, 2) of ends, just out of sight, of lines a x + c y = d (k, 3).

    Those that are not in view, and those that are no line (a = c = 0), are left out.
    """
    normals = lines[:, :2] / (pixel_map.across, pixel_map.down)
    sizes = np.hypot(normals[:, 0], normals[:, 1])
    is_line = (sizes > 0) & np.isfinite(lines).all(axis=1)
    lines, sizes = lines[is_line], sizes[is_line, np.newaxis]
    normals = normals[is_line] / sizes
    with np.errstate(over="ignore"):  # infinitely far away is not in view
        offsets = (
            lines[:, 2:] - lines[:, :2] @ np.array((pixel_map.x0, pixel_map.y1))[:, None]
        ) / sizes
    middle = np.array((pixel_map.width, pixel_map.height)) / 2
    reach = float(np.hypot(*middle)) + 2
    away = offsets[:, 0] - normals @ middle
    near = np.abs(away) < reach
    foot = middle + away[near, np.newaxis] * normals[near]
    half = np.sqrt(reach**2 - away[near] ** 2)[:, np.newaxis]
    along = half * np.column_stack((-normals[near, 1], normals[near, 0]))
    return np.stack((foot - along, foot + along), axis=1).reshape(-1, 2)
