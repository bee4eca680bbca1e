"""The cost against the steps: J over all points, linear or logarithmic."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import Qt

from gdviz.core import screen_messages as words
from gdviz.core.snapshot import Snapshot
from gdviz.ui.plots.plot import Plot
from gdviz.ui.theme import Theme

FloatArray = npt.NDArray[np.float64]

_MOST_VERTICES = 1200
# A wide pen on a long jagged curve costs more than a frame; a thin one does not.
_MOST_WIDE_VERTICES = 400
_FEWEST_STEPS = 20
# A view that is outgrown opens by this factor, so that it need not move at every step.
_ROOM = 1.3
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
        self._minimum_cost = 0.0
        self._is_manual = False
        self._is_wide = True
        self._floor = pg.InfiniteLine(angle=0, movable=False)
        self._curve = pg.PlotCurveItem()
        self._dot = pg.ScatterPlotItem(pxMode=True)
        super().__init__("costPlot", words.COST_NAME, theme)
        for z, item in enumerate((self._floor, self._curve, self._dot)):
            item.setZValue(z)
            self.addItem(item, ignoreBounds=True)
        self._curve.setSegmentedLineMode("on")
        self.view.setMouseEnabled(x=True, y=True)
        self.moved_by_hand.connect(self._take_hand)
        self._apply_pens()
        self._label()

    @property
    def scale(self) -> CostScale:
        """What the vertical axis shows."""
        return self._scale

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        if hasattr(self, "_is_manual") and self._curve.scene() is not None:
            self._apply_pens()
            self._label()

    def set_scale(self, scale: CostScale) -> None:
        """Show J linearly, J in logarithms, or J − J_min in logarithms."""
        self._scale = scale
        self.getAxis("left").setLogMode(scale is not CostScale.LINEAR)
        self._label()
        self.fit()

    def show_minimum_cost(self, cost: float) -> None:
        """Mark the lowest J that any line reaches."""
        self._minimum_cost = cost
        height = self._heights(np.array([cost]), 0.0)
        visible = self._scale is not CostScale.GAP and len(height) > 0
        visible = visible and (self._scale is CostScale.LINEAR or cost > 0)
        self._floor.setVisible(visible)
        if visible:
            self._floor.setPos(float(height[0]))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the costs recorded so far and the present one."""
        self._snapshot = snapshot
        trace = snapshot.trace
        x = np.append(trace.steps, snapshot.step).astype(np.float64)
        costs = np.append(trace.costs, snapshot.cost)
        x, costs = _thinned(x, costs)
        y = self._heights(costs, self._minimum_cost)
        is_smooth = len(x) <= _MOST_WIDE_VERTICES
        if is_smooth is not self._is_wide:
            self._is_wide = is_smooth
            self._apply_pens()
        self._curve.setData(x, y)
        self._dot.setData(x[-1:], y[-1:])
        if not self._is_manual:
            self._follow(x, y)

    def fit(self) -> None:
        """Show the whole curve, and follow it."""
        self._is_manual = False
        self.view.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
        self.show_minimum_cost(self._minimum_cost)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _take_hand(self) -> None:
        self._is_manual = True

    def _apply_pens(self) -> None:
        theme = self.theme
        self._curve.opts["antialias"] = self._is_wide
        self._curve.setPen(pg.mkPen(theme.line, width=2 if self._is_wide else 1))
        self._floor.setPen(pg.mkPen(theme.minimum, width=1.4, style=Qt.PenStyle.DashLine))
        self._dot.setSize(9)
        self._dot.setBrush(pg.mkBrush(theme.line))
        self._dot.setPen(pg.mkPen(theme.card, width=1.5))

    def _label(self) -> None:
        self.label_axes(words.AXIS_STEP, words.COST_AXES[self._scale.value])

    def _heights(self, costs: FloatArray, minimum: float) -> FloatArray:
        """Return where costs lie on the vertical axis."""
        if self._scale is CostScale.LINEAR:
            return costs
        values = costs - minimum if self._scale is CostScale.GAP else costs
        top = max(float(values.max(initial=0.0)), 1e-300)
        return np.log10(np.maximum(values, top * 10**-_DECADES))

    def _follow(self, x: FloatArray, y: FloatArray) -> None:
        """Open the view where the curve has outgrown it; never a little at every step."""
        (_, right), (bottom, top) = self.view.viewRange()
        last = max(float(x[-1]), _FEWEST_STEPS)
        if last > right or last < right / (2 * _ROOM * 1.2):
            right = max(last * _ROOM, _FEWEST_STEPS * 1.1)
        low, high = float(y.min()), float(y.max())
        if self._floor.isVisible():
            low = min(low, float(self._floor.value()))
        if self._scale is CostScale.LINEAR:
            low = min(low, 0.0)
        span = max(high - low, 1e-12 * max(abs(high), abs(low)), 1e-300)
        outgrown = high > top or low < bottom or (top - bottom) > 2.2 * span
        if outgrown:
            margin = 0.08 * span
            step = 0.5 if self._scale is not CostScale.LINEAR else 0.0
            bottom = low - margin
            top = high + margin
            if step:
                bottom = np.floor(bottom / step) * step
                top = np.ceil(top / step) * step
            if top - bottom < 1e-9 * max(abs(top), abs(bottom), 1e-290):
                top, bottom = top + 0.5, bottom - 0.5
        left = -0.012 * right
        self.set_view((left, right), (bottom, top))


def _thinned(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return at most about _MOST_VERTICES vertices that keep every column's lowest and highest."""
    if len(x) <= _MOST_VERTICES:
        return x, y
    columns = _MOST_VERTICES // 2
    column = np.minimum(
        ((x - x[0]) / max(x[-1] - x[0], 1.0) * columns).astype(np.int64), columns - 1
    )
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    order = np.lexsort((y, column))
    ends = np.append(starts[1:], len(x)) - 1
    kept = np.unique(np.concatenate((order[starts], order[ends], [0, len(x) - 1])))
    return x[kept], y[kept]
