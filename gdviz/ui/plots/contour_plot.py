"""The cost over (b, m): its level sets, the minimum, the path and the dot that walks down it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from gdviz.core.snapshot import Snapshot, Trace
from gdviz.ui import messages as words
from gdviz.ui.plots.contour_layers import ContourLayers, ContourState, Terrain
from gdviz.ui.plots.contours import Bowl
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.view_follower import Box, ViewFollower
from gdviz.ui.theme import Theme

FloatArray = npt.NDArray[np.float64]

_GRAB_PIXELS = 16.0
_DRAG_PIXELS = 2.0
# Up to this condition number both axes can have one scale, and the gradient looks perpendicular.
_LARGEST_TRUE_SHAPE = 400.0


class ContourPlot(Plot):
    """The plane of (b, m). θ goes in and out in the person's units.

    Signals:
        hovered: the mouse is over a θ; carries it as a tuple, or None when it has left.
        start_chosen: the dot was dragged, or the plane double-clicked; carries θ as a tuple.

    """

    hovered = Signal(object)
    start_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self._state = ContourState()
        self._layers = ContourLayers(self._state, theme)
        self._theta: FloatArray = np.zeros(2)
        self._trace: Trace | None = None
        self._steepest = 0.0
        self._is_dragging = False
        self._pressed_at: QPointF | None = None
        super().__init__("contourPlot", words.CONTOUR_NAME, theme)
        self.addItem(self._layers.canvas, ignoreBounds=True)
        self._follower = ViewFollower(self)
        self.setMouseTracking(True)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def state(self) -> ContourState:
        """What is drawn now."""
        return self._state

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        self._layers.apply_theme(theme)
        self._name_axes()

    def show_terrain(self, terrain: Terrain, *, fit: bool) -> None:
        """Draw other level sets; ``fit`` chooses the view anew."""
        state = self._state
        state.terrain = terrain
        has_points = terrain.cost.n_points > 0
        state.bowl = Bowl.of(terrain.cost.minimum, terrain.cost.hessian) if has_points else None
        start = terrain.cost.scaling.from_user(np.array(terrain.start))
        self._steepest = float(np.linalg.norm(terrain.constrained.gradient(start)))
        self._name_axes()
        self._show_path()
        self.show_theta(self._theta)
        if fit:
            self.fit()
        self._layers.terrain_changed()

    def show_theta(self, theta: FloatArray) -> None:
        """Put the dot at θ = (b, m)."""
        self._theta = theta
        terrain = self._state.terrain
        if terrain is None:
            return
        here = terrain.cost.scaling.from_user(theta)
        self._state.dot = (float(here[0]), float(here[1]))
        gradient = terrain.constrained.gradient(here)
        norm = float(np.linalg.norm(gradient))
        pulls = norm > 1e-9 * self._steepest
        self._state.downhill = -gradient if pulls else None
        self._state.pull = norm / self._steepest if self._steepest > 0 else 1.0
        self._layers.canvas.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where the descent is, how it came there, and where it is drawn to."""
        if self._state.terrain is None or len(snapshot.theta) != 2:
            return
        if snapshot.trace is not self._trace:
            self._trace = snapshot.trace
            self._show_path()
        if not self._is_dragging:
            self.show_theta(snapshot.theta)
            self._follower.follow(*self._state.dot)

    def fit(self) -> None:
        """Show the start, the minimum and the dot with room around them."""
        if self._state.terrain is not None:
            self._follower.fit(self._home())

    def return_home(self) -> None:
        """Fit the view again where it has followed a run far away; not where a person moved it."""
        if not self._follower.is_manual:
            self.fit()

    def advance_view(self) -> None:
        """Move the view a frame further where it is on its way."""
        self._follower.advance()

    # --- the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the dot, or let the view be moved."""
        if event.button() is Qt.MouseButton.LeftButton and self._is_on_dot(event.position()):
            self._is_dragging = True
            self.hovered.emit(None)
            self._pressed_at = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the dot, or tell what the mouse is over."""
        if self._is_dragging:
            self._move_dot(event.position())
            event.accept()
            return
        super().mouseMoveEvent(event)
        if self.is_inside(event.position()) and event.buttons() == Qt.MouseButton.NoButton:
            on_dot = self._is_on_dot(event.position())
            shape = Qt.CursorShape.OpenHandCursor if on_dot else Qt.CursorShape.CrossCursor
            self.setCursor(shape)
            self.hovered.emit(self._theta_at(event.position()))
        else:
            self.unsetCursor()
            self.hovered.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the dot."""
        if self._is_dragging:
            self._move_dot(event.position())
            self._is_dragging = False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    def on_double_click(self, event: QMouseEvent) -> None:
        """Start from here."""
        theta = self._theta_at(event.position())
        if theta is not None:
            self.start_chosen.emit(theta)

    # --- inside ----------------------------------------------------------------------------------

    def _name_axes(self) -> None:
        terrain = self._state.terrain
        is_scaled = terrain is not None and not terrain.cost.scaling.is_identity
        self.label_axes(
            words.AXIS_B_SCALED if is_scaled else words.AXIS_B,
            words.AXIS_M_SCALED if is_scaled else words.AXIS_M,
        )

    def _show_path(self) -> None:
        terrain = self._state.terrain
        if terrain is not None and self._trace is not None and self._trace.thetas.shape[1] == 2:
            self._state.path = terrain.cost.scaling.from_user(self._trace.thetas)
            self._layers.path_changed()

    def _home(self) -> Box:
        """Return the part of the plane that start, minimum and dot ask for."""
        terrain = self._state.terrain
        assert terrain is not None
        start = terrain.cost.scaling.from_user(np.array(terrain.start))
        minimum = terrain.constrained.minimum
        corners = np.array((start, minimum, self._state.dot))
        center = (corners.max(axis=0) + corners.min(axis=0)) / 2
        half = (corners.max(axis=0) - corners.min(axis=0)) / 2 * 1.35
        bowl = Bowl.of(terrain.cost.minimum, terrain.cost.hessian)
        gap = terrain.constrained.gap(start)
        if gap > 0:
            half = np.maximum(half, 0.55 * _reach(np.abs(start - minimum), bowl.extent(gap)))
        half = np.where(half > 0, half, 1.0)
        low, high = bowl.eigenvalues
        is_true_shape = low > 0 and high / low <= _LARGEST_TRUE_SHAPE
        x, y = map(float, center)
        return Box(x, y, float(half[0]), float(half[1]), bool(is_true_shape))

    def _is_on_dot(self, position: QPointF) -> bool:
        x, y = self.to_view(position)
        width, height = self.pixel_size()
        dot_x, dot_y = self._state.dot
        away = math.hypot((x - dot_x) / width, (y - dot_y) / height)
        return away <= _GRAB_PIXELS and self.is_inside(position)

    def _theta_at(self, position: QPointF) -> tuple[float, ...] | None:
        terrain = self._state.terrain
        if terrain is None:
            return None
        b, m = self.to_view(position)
        if not terrain.constrained.fit_intercept:
            b = 0.0
        theta = terrain.cost.scaling.to_user(np.array((b, m)))
        return tuple(float(value) for value in theta)

    def _move_dot(self, position: QPointF) -> None:
        # A press on the dot that does not move the mouse must not move the dot.
        if self._pressed_at is not None:
            if (position - self._pressed_at).manhattanLength() < _DRAG_PIXELS:
                return
            self._pressed_at = None
        theta = self._theta_at(position)
        if theta is None:
            return
        self.show_theta(np.array(theta))
        self.start_chosen.emit(theta)


def _reach(distance: FloatArray, extent: FloatArray) -> FloatArray:
    """Return how far (2,) the view reaches along each axis: to the level set, within reason.

    ``extent`` is half the size of the ellipse through the start. A narrow one reaches far beyond
    the start and the minimum, which are ``distance`` apart: it is shown to three times that.
    """
    within = 3 * distance
    is_finite = np.isfinite(extent)  # it is not in a valley
    share = np.divide(within, extent, out=np.zeros(2), where=is_finite).max()
    # Along an axis on which they are not apart at all, the ellipse's own shape says how far.
    shape = np.full(2, within.max())
    np.multiply(extent, min(share, 1.0), out=shape, where=is_finite)
    return np.minimum(extent, np.where(within > 1e-6 * shape, within, shape))
