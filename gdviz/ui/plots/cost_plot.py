"""The cost against the steps: J over all points, linear or logarithmic."""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.core.snapshot import Snapshot, Status, Trace
from gdviz.ui.plots.canvas import (
    CachedLayer,
    Canvas,
    PixelMap,
    draw_dots,
    draw_polyline,
    draw_ringed_dots,
    make_pen,
)
from gdviz.ui.plots.long_line import draw_line
from gdviz.ui.plots.plot import Plot
from gdviz.ui.theme import Theme, with_alpha
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

_MOST_VERTICES = 1200
_WIDTH = 2.0
# A glow around a longer jagged curve costs more than a frame.
_MOST_WIDE_VERTICES = 400
_GLOW = 9.0
_FEWEST_STEPS = 20
# A view that is outgrown opens by this factor, so that it need not move at every step.
_ROOM = 1.3
# The dot is seen whole where its middle is so far inside; a view that opens leaves a little more.
_DOT_PIXELS, _ROOM_PIXELS = 6.0, 9.0
# A logarithm shows no more than so many powers of ten below the top.
_DECADES = 16.0


class CostScale(StrEnum):
    """What the vertical axis shows."""

    LINEAR = "linear"
    LOG = "log"
    GAP = "gap"


class CostPlot(Plot):
    """J at every recorded step, the lowest J that is possible, and where the run is now."""

    def __init__(self, theme: Theme) -> None:
        self._scale = CostScale.LINEAR
        self._snapshot: Snapshot | None = None
        self._trace: Trace | None = None
        self._steps: FloatArray = np.empty(0)
        self._costs: FloatArray = np.empty(0)
        self._breaks: npt.NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._minimum_cost = 0.0
        self._has_points = False
        self._is_manual = False
        self._is_strong = False
        self._recorded = CachedLayer(self._draw_recorded)
        self._canvas = Canvas(self._recorded, self._draw_present)
        super().__init__("costPlot", words.COST_NAME, theme)
        self.addItem(self._canvas, ignoreBounds=True)
        self.moved_by_hand.connect(self._take_hand)
        self._label()

    @property
    def scale(self) -> CostScale:
        """What the vertical axis shows."""
        return self._scale

    @property
    def curve(self) -> tuple[FloatArray, FloatArray]:
        """The steps and the heights on the axis that are drawn, (k,) each."""
        snapshot = self._snapshot
        if snapshot is None or not self._has_points:
            return np.empty(0), np.empty(0)
        x = np.append(self._steps, snapshot.step)
        return x, self._heights(np.append(self._costs, snapshot.cost))

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        self._recorded.invalidate()
        self._label()

    def set_scale(self, scale: CostScale) -> None:
        """Show J linearly, J in logarithms, or J − J_min in logarithms."""
        self._scale = scale
        self._recorded.invalidate()
        self.getAxis("left").setLogMode(scale is not CostScale.LINEAR)
        self._label()
        self.fit()

    def show_minimum_cost(self, cost: float) -> None:
        """Mark the lowest J that any line reaches."""
        self._minimum_cost = cost
        self._recorded.invalidate()
        self._canvas.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the costs recorded so far and the present one."""
        self._snapshot = snapshot
        # A run that has not ended and cannot go on has nothing to learn from.
        has_ended = snapshot.status in (Status.CONVERGED, Status.DIVERGED)
        has_points = snapshot.can_continue or has_ended
        if has_points != self._has_points:
            self._has_points = has_points
            self._recorded.invalidate()
        if snapshot.trace is not self._trace:
            self._trace = snapshot.trace
            steps, costs = snapshot.trace.steps.astype(np.float64), snapshot.trace.costs
            kept = _kept(steps, costs)
            # Two costs of one step: points or convention changed, and J is another one from there.
            part = np.cumsum(np.diff(steps, prepend=-1.0) == 0)[kept]
            self._steps, self._costs = steps[kept], costs[kept]
            self._breaks = np.flatnonzero(np.diff(part)) + 1
            self._recorded.invalidate()
        if self._has_points and not self._is_manual:
            self._follow(*self.curve)
        self._canvas.update()

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw the curve stronger where "cost" is among the names."""
        if ("cost" in names) != self._is_strong:
            self._is_strong = not self._is_strong
            self._recorded.invalidate()
            self._canvas.update()

    def fit(self) -> None:
        """Show the whole curve, and follow it."""
        self._is_manual = False
        self.view.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _take_hand(self) -> None:
        self._is_manual = True

    def _floor(self) -> float | None:
        """Return where the lowest possible J lies on the axis; None where it has no place."""
        is_log = self._scale is CostScale.LOG
        if self._scale is CostScale.GAP or (is_log and self._minimum_cost <= 0):
            return None
        return math.log10(self._minimum_cost) if is_log else self._minimum_cost

    def _draw_floor(self, painter: QPainter, pixel_map: PixelMap) -> None:
        floor = self._floor()
        if floor is None:
            return
        y = math.floor(pixel_map.point(0.0, floor).y()) + 0.5  # on a row of pixels: crisp
        ends = np.array(((0.0, y), (pixel_map.width, y)))
        draw_polyline(painter, ends, make_pen(self.theme.minimum, 1.4, Qt.PenStyle.DashLine))

    def _draw_recorded(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the curve up to the last recorded step; kept as an image until there is more."""
        if not self._has_points:
            return
        self._draw_floor(painter, pixel_map)
        whole = pixel_map.points(self._steps, self._heights(self._costs))
        if self._is_strong:
            glow = make_pen(with_alpha(self.theme.line, 0.22), _GLOW)
            for pixels in np.split(whole, self._breaks):
                if len(pixels) <= _MOST_WIDE_VERTICES:
                    draw_polyline(painter, pixels, glow)
        for pixels in np.split(whole, self._breaks):
            draw_line(painter, pixel_map, pixels, QColor(self.theme.line))

    def _draw_present(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the way from the last recorded step to the present one, and where it is now."""
        snapshot = self._snapshot
        if snapshot is None or not self._has_points:
            return
        x = np.append(self._steps[-1:], snapshot.step).astype(np.float64)
        pixels = pixel_map.points(x, self._heights(np.append(self._costs[-1:], snapshot.cost)))
        if x[0] != x[-1]:
            draw_polyline(painter, pixels, make_pen(self.theme.line, _WIDTH))
        if self._is_strong:
            draw_dots(painter, pixels[-1:], 2 * _GLOW, with_alpha(self.theme.line, 0.3))
        draw_ringed_dots(
            painter, pixels[-1:], 7.5, QColor(self.theme.line), QColor(self.theme.card)
        )

    def _label(self) -> None:
        self.label_axes(words.AXIS_STEP, words.COST_AXES[self._scale.value])

    def _heights(self, costs: FloatArray) -> FloatArray:
        """Return where costs lie on the vertical axis."""
        if self._scale is CostScale.LINEAR:
            return costs
        values = costs - self._minimum_cost if self._scale is CostScale.GAP else costs
        top = max(float(values.max(initial=0.0)), 1e-300)
        return np.log10(np.maximum(values, top * 10**-_DECADES))

    def _follow(self, x: FloatArray, y: FloatArray) -> None:
        """Open the view where the curve has outgrown it; never a little at every step."""
        (_, right), (bottom, top) = self.view.viewRange()
        last = max(float(x[-1]), _FEWEST_STEPS)
        if last > right or last < right / (2 * _ROOM * 1.2):
            right = max(last * _ROOM, _FEWEST_STEPS * 1.1)
        low, high = float(y.min()), float(y.max())
        floor = self._floor()
        if floor is not None:
            low = min(low, floor)
        if self._scale is CostScale.LINEAR:
            low = min(low, 0.0)
        span = max(high - low, 1e-12 * max(abs(high), abs(low)), 1e-300)
        size = self.view.sceneBoundingRect().size()
        height, width = max(size.height(), 4 * _ROOM_PIXELS), max(size.width(), 4 * _ROOM_PIXELS)
        room = _DOT_PIXELS * (top - bottom) / height
        outgrown = high > top - room or low < bottom or (top - bottom) > 2.2 * span
        if outgrown:
            margin = max(0.08, _ROOM_PIXELS / (height - 2 * _ROOM_PIXELS)) * span
            step = 0.5 if self._scale is not CostScale.LINEAR else 0.0
            bottom = low - margin
            top = high + margin
            if step:
                bottom = np.floor(bottom / step) * step
                top = np.ceil(top / step) * step
            if top - bottom < 1e-9 * max(abs(top), abs(bottom), 1e-290):
                top, bottom = top + 0.5, bottom - 0.5
        left = -_ROOM_PIXELS / width * right
        self.set_view((left, right), (bottom, top))


def _kept(x: FloatArray, y: FloatArray) -> npt.NDArray[np.intp]:
    """Return which vertices, about _MOST_VERTICES, keep every column's lowest and highest."""
    if len(x) <= _MOST_VERTICES:
        return np.arange(len(x))
    columns = _MOST_VERTICES // 2
    column = np.minimum(
        ((x - x[0]) / max(x[-1] - x[0], 1.0) * columns).astype(np.int64), columns - 1
    )
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    order = np.lexsort((y, column))
    ends = np.append(starts[1:], len(x)) - 1
    return np.unique(np.concatenate((order[starts], order[ends], [0, len(x) - 1])))
