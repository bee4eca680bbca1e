"""The cost along one parameter: its tangent, the step down it, and a dot that can be dragged."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent

from gdviz.core.slices import Slice
from gdviz.ui.plots.axis import Axis
from gdviz.ui.plots.dot_hand import DotHand
from gdviz.ui.plots.dot_keys import DotKeys
from gdviz.ui.plots.frame_glide import FrameGlide
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.slice_layers import LANE, SliceLayers, SliceState
from gdviz.ui.plots.slice_view import Frame, SliceView
from gdviz.ui.theme import Theme
from gdviz.ui.words import plots as words

# A key moves the dot by this share of the view.
_KEY_SHARE = 0.01
# The dot cannot be dragged nearer to the edge of the view, as a share of it.
_EDGE = 0.06
_MARGIN_X, _MARGIN_TOP = 0.16, 0.28
_MOST_TRAIL = 40
_SAME = 1e-9


AXIS_WIDTH = 74
"""The width of the axis of J: room for longer numbers than elsewhere, beside its name."""


class CostAxis(Axis):
    """An axis without ticks below 0, where no cost is: the step is drawn beside it there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("left", pg.mkPen(theme.border), pg.mkPen(theme.muted))
        self.setWidth(AXIS_WIDTH)

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Return the ticks from 0 on."""
        ticks: list[tuple[float, list[float]]] = super().tickValues(minVal, maxVal, size)
        return [(gap, [value for value in row if value > -1e-9 * gap]) for gap, row in ticks]


class SlicePlot(Plot):
    """J along one parameter, in the coordinates of the descent.

    Signals:
        theta_chosen: the dot was dragged or moved by a key, or the plot double-clicked; carries
            the whole θ in the person's units, as a tuple.
        dot_released: the dot was held, by the mouse or by a key, and let go.

    """

    theta_chosen = Signal(object)
    dot_released = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        self._state = SliceState()
        self._layers = SliceLayers(self._state, theme)
        self._is_whole = False
        super().__init__(name, words.SLICE_NAME, theme)
        self.getPlotItem().setAxisItems({"left": CostAxis(theme)})
        super().apply_theme(theme)
        self.addItem(self._layers.canvas, ignoreBounds=True)
        self._glide = FrameGlide(self._show_frame, self)
        self._view = SliceView(self._glide)
        self._hand = DotHand(self, self._dot, self._drag_to, self._on_released)
        self._keys = DotKeys(self, self._dot, self._shift, self._on_released, only_sideways=True)
        self.view.sigResized.connect(self._on_resized)
        self.moved_by_hand.connect(self._take_hand)
        self.setMouseTracking(True)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def state(self) -> SliceState:
        """What is drawn now."""
        return self._state

    @property
    def is_held(self) -> bool:
        """Whether a person holds the dot, with the mouse or with a key."""
        return self._hand.is_holding or self._keys.is_holding

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        self._layers.apply_theme(theme)
        if self._axis_names is not None:
            self.label_axes(*self._axis_names[:2])

    def show_problem(self, label: str, name: str, *, is_whole: bool) -> None:
        """Name the parameter; ``is_whole``: there is no other, so that the curve stands still."""
        self._is_whole = is_whole
        self.setAccessibleName(words.SLICE_PLOT_NAME.format(name=name))
        self.label_axes(label, "J")

    def show_slice(
        self, curve: Slice | None, *, fit: bool = False, is_changed: bool = False
    ) -> None:
        """Draw another slice. ``is_changed``: a person changed the problem, not the run θ."""
        if curve is not None and not curve.is_finite:
            return  # beyond all numbers: the last picture that could be drawn stays
        before, self._state.curve = self._state.curve, curve
        if curve is None:
            self._state.trail.clear()
        else:
            self._remember(before, curve)
            if fit:
                self._view.fit(curve)
            elif not self._hand.is_holding:
                self._view.follow(curve, is_changed=is_changed)
                self._glide.advance()
        self._layers.canvas.update()

    def emphasise(self, is_strong: bool) -> None:
        """Draw the curve stronger, or as ever."""
        if is_strong != self._state.is_strong:
            self._state.is_strong = is_strong
            self._layers.canvas.update()

    def fit(self) -> None:
        """Show dot, lowest place and landing place with room around them."""
        if self._state.curve is not None:
            self._view.fit(self._state.curve)

    def return_home(self) -> None:
        """Fit the view again; not where a person moved it."""
        if not self._view.is_manual:
            self.fit()

    def arrive(self) -> None:
        """Put the view at once where it is going."""
        self._glide.arrive()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._hand.let_go()
        self.arrive()

    # --- the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the dot, or let the view be moved."""
        if self._hand.press(event):
            self._glide.rest()  # the view does not go away from under the hand
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the dot."""
        if not self._hand.drag(event):
            super().mouseMoveEvent(event)
            self._hand.hover(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the dot."""
        if not self._hand.release(event):
            super().mouseReleaseEvent(event)

    def on_double_click(self, event: QMouseEvent) -> None:
        """Start from here."""
        self._choose(self.to_view(event.position())[0])

    # --- inside ----------------------------------------------------------------------------------

    def _dot(self) -> tuple[float, float] | None:
        curve = self._state.curve
        return None if curve is None else (curve.here, curve.cost)

    def _drag_to(self, position: QPointF) -> None:
        self._choose(self.to_view(position)[0])

    def _shift(self, right: float, _up: float) -> None:
        """Move the dot by steps of a key."""
        curve, ((x0, x1), _) = self._state.curve, self.view.viewRange()
        if curve is not None:
            self._choose(curve.here + right * _KEY_SHARE * (x1 - x0))

    def _choose(self, t: float) -> None:
        """Put the dot at t, as near as the curve is in view, and tell."""
        curve = self._state.curve
        if curve is None:
            return
        if self._hand.is_holding:
            (left, right), (bottom, top) = self.view.viewRange()
            rise = curve.reach(top - _EDGE * (top - bottom))
            edge = _EDGE * (right - left)
            t = max(min(t, right - edge, curve.lowest + rise), left + edge, curve.lowest - rise)
        moved = curve.moved(t)
        self.show_slice(moved)
        self.theta_chosen.emit(moved.theta_in_units)

    def _remember(self, before: Slice | None, curve: Slice) -> None:
        """Keep where the descent was, while it walks step by step on one and the same curve."""
        trail = self._state.trail
        if before is None or not self._is_whole or not _is_same_curve(before, curve):
            trail.clear()
            return
        size = max(abs(before.here), abs(before.step))
        if _is_near(curve.here, before.here, size):
            return
        if trail and _is_near(curve.here, trail[-1], size):
            trail.pop()
        elif _is_near(curve.here, before.landing, size):
            trail.append(before.here)
            del trail[:-_MOST_TRAIL]
        else:
            trail.clear()

    def _show_frame(self, frame: Frame) -> None:
        """Show a frame with margins; below it there is room for the step."""
        side = frame.half * (1 + _MARGIN_X)
        top = frame.high + _MARGIN_TOP * (frame.high - frame.low)
        height = max(self.view.sceneBoundingRect().height(), 3 * LANE)
        lane = (LANE + 8) / (height - LANE - 8) * (top - frame.low)
        self.set_view((frame.center - side, frame.center + side), (frame.low - lane, top))

    def _on_resized(self, *_: object) -> None:
        self._view.resized()

    def _on_released(self) -> None:
        if self._state.curve is not None:
            self._view.go_on(self._state.curve)
        self.dot_released.emit()

    def _take_hand(self) -> None:
        self._view.is_manual = True
        self._glide.rest()


def _is_near(a: float, b: float, size: float) -> bool:
    return abs(a - b) <= _SAME * size


def _is_same_curve(a: Slice, b: Slice) -> bool:
    size = max(abs(a.lowest), abs(a.here - a.lowest))
    return _is_near(a.curvature, b.curvature, a.curvature) and _is_near(a.lowest, b.lowest, size)
