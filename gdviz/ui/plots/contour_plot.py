"""The cost over (b, m): its level sets, the minimum, the path and the dot that walks down it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent

from gdviz.core import screen_messages as words
from gdviz.core.cost import QuadraticCost
from gdviz.core.snapshot import Snapshot
from gdviz.ui.plots.arrow_item import ArrowItem
from gdviz.ui.plots.contour_item import ContourItem
from gdviz.ui.plots.contours import Bowl
from gdviz.ui.plots.plot import Plot, clipped_line
from gdviz.ui.plots.view_follower import Box, ViewFollower
from gdviz.ui.theme import Theme, with_alpha

FloatArray = npt.NDArray[np.float64]

_GRAB_PIXELS = 16.0
_ARROW_PIXELS = 58.0
# A wide pen on a long jagged curve costs more than a frame; a thin one does not.
_MOST_WIDE_VERTICES = 500
# Up to this condition number both axes can have one scale, and the gradient looks perpendicular.
_LARGEST_TRUE_SHAPE = 400.0


@dataclass(frozen=True, eq=False)
class Terrain:
    """What the contour is drawn of.

    cost: J over all points with b free, in the descent's coordinates: its level sets are drawn.
    constrained: the J that is descended, with b held at 0 if so set: its minimum is marked.
    start: where the run starts, θ in the person's units.
    """

    cost: QuadraticCost
    constrained: QuadraticCost
    start: tuple[float, ...]


class ContourPlot(Plot):
    """The plane of (b, m). θ goes in and out in the person's units.

    Signals:
        hovered: the mouse is over a θ; carries it as a tuple, or None when it has left.
        start_chosen: the dot was dragged, or the plane double-clicked; carries θ as a tuple.

    """

    hovered = Signal(object)
    start_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self._terrain: Terrain | None = None
        self._theta: FloatArray = np.zeros(2)
        self._dot = (0.0, 0.0)
        self._is_dragging = False
        self._path_is_wide = True
        self._contours = ContourItem()
        self._valley = pg.PlotCurveItem()
        self._constraint = pg.PlotCurveItem()
        self._path_halo = pg.PlotCurveItem(antialias=True)
        self._path = pg.PlotCurveItem(antialias=True)
        self._vertices = pg.ScatterPlotItem(pxMode=True)
        self._minimum = pg.ScatterPlotItem(pxMode=True)
        self._dot_item = pg.ScatterPlotItem(pxMode=True)
        self._arrow = ArrowItem()
        super().__init__("contourPlot", words.CONTOUR_NAME, theme)
        for z, item in enumerate(
            (
                self._contours,
                self._valley,
                self._constraint,
                self._path_halo,
                self._path,
                self._vertices,
                self._minimum,
                self._arrow,
                self._dot_item,
            )
        ):
            item.setZValue(z - 20 if z == 0 else z)
            self.addItem(item, ignoreBounds=True)
        for curve in (self._path, self._path_halo):
            curve.setSegmentedLineMode("on")
        self._follower = ViewFollower(self)
        self.setMouseTracking(True)
        self._apply_pens()

    # --- what is shown ---------------------------------------------------------------------------

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        if hasattr(self, "_follower"):
            self._apply_pens()
            self._show_bowl()

    def show_terrain(self, terrain: Terrain, *, fit: bool) -> None:
        """Draw other level sets; ``fit`` chooses the view anew."""
        self._terrain = terrain
        is_scaled = not terrain.cost.scaling.is_identity
        self.label_axes(
            words.AXIS_B_SCALED if is_scaled else words.AXIS_B,
            words.AXIS_M_SCALED if is_scaled else words.AXIS_M,
        )
        self._place_dot()
        self._show_bowl()
        self._show_minimum()
        if fit:
            self.fit()

    def show_theta(self, theta: FloatArray) -> None:
        """Put the dot at θ = (b, m)."""
        self._theta = theta
        self._place_dot()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where the descent is, how it came there, and where it is drawn to."""
        if self._terrain is None or len(snapshot.theta) != 2:
            return
        scaling = self._terrain.cost.scaling
        if not self._is_dragging:
            self._theta = snapshot.theta
            self._place_dot()
        path = scaling.from_user(snapshot.trace.thetas)
        here = scaling.from_user(snapshot.theta)
        path = np.concatenate((path, here[np.newaxis]))
        x, y = path[:, 0].copy(), path[:, 1].copy()
        is_short = len(path) <= _MOST_WIDE_VERTICES
        if is_short is not self._path_is_wide:
            self._path_is_wide = is_short
            self._apply_path_pens()
        self._path_halo.setData(x, y) if is_short else self._path_halo.clear()
        self._path.setData(x, y)
        few = len(path) <= 120
        self._vertices.setData(x[:-1], y[:-1]) if few else self._vertices.clear()
        self._show_arrow()
        if not self._is_dragging:
            self._follower.follow(*self._dot)

    def fit(self) -> None:
        """Show the start, the minimum and the dot with room around them."""
        if self._terrain is not None:
            self._follower.fit(self._home())

    def advance_view(self) -> None:
        """Move the view a frame further where it is on its way."""
        self._follower.advance()

    # --- the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the dot, or let the view be moved."""
        if event.button() is Qt.MouseButton.LeftButton and self._is_on_dot(event.position()):
            self._is_dragging = True
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

    def leaveEvent(self, event: object) -> None:
        """Forget the mouse."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    def on_double_click(self, event: QMouseEvent) -> None:
        """Start from here."""
        theta = self._theta_at(event.position())
        if theta is not None:
            self.start_chosen.emit(theta)

    # --- inside ----------------------------------------------------------------------------------

    def _apply_pens(self) -> None:
        theme = self.theme
        self._apply_path_pens()
        self._vertices.setPen(pg.mkPen(with_alpha(theme.halo, 0.9), width=0.8))
        self._vertices.setBrush(pg.mkBrush(theme.line))
        self._vertices.setSize(5.5)
        self._minimum.setSymbol("star")
        self._minimum.setSize(17)
        self._minimum.setBrush(pg.mkBrush(theme.minimum))
        self._minimum.setPen(pg.mkPen(theme.halo, width=1.2))
        self._dot_item.setSize(15)
        self._dot_item.setBrush(pg.mkBrush(theme.line))
        self._dot_item.setPen(pg.mkPen(theme.halo, width=2.2))
        self._arrow.set_colors(theme.gradient, theme.halo)
        self._valley.setPen(pg.mkPen(theme.minimum, width=2.5, style=Qt.PenStyle.DashLine))
        self._constraint.setPen(pg.mkPen(with_alpha(theme.halo, 0.85), width=1.4))

    def _apply_path_pens(self) -> None:
        self._path_halo.setPen(pg.mkPen(with_alpha(self.theme.halo, 0.5), width=3.4))
        self._path.setPen(pg.mkPen(self.theme.line, width=1.9 if self._path_is_wide else 1))

    def _show_bowl(self) -> None:
        terrain = self._terrain
        bowl = None
        if terrain is not None and terrain.cost.n_points:
            bowl = Bowl.of(terrain.cost.minimum, terrain.cost.hessian)
        self._contours.set_bowl(bowl, QColor(self.theme.field))

    def _show_minimum(self) -> None:
        terrain = self._terrain
        assert terrain is not None
        minimum = terrain.constrained.minimum
        is_there = terrain.constrained.n_points > 0
        flat = terrain.constrained.flat_directions
        if is_there and len(flat) == 0:
            self._minimum.setData([minimum[0]], [minimum[1]])
        else:
            self._minimum.clear()
        self._show_lines()

    def _show_lines(self) -> None:
        """Draw the valley of minima, and the line b = 0 where b is held there."""
        terrain = self._terrain
        if terrain is None:
            return
        x_range, y_range = self.view.viewRange()
        far_x = (2 * x_range[0] - x_range[1], 2 * x_range[1] - x_range[0])
        far_y = (2 * y_range[0] - y_range[1], 2 * y_range[1] - y_range[0])
        flat = terrain.cost.flat_directions
        if len(flat) == 1 and terrain.constrained.fit_intercept:
            (db, dm), (b, m) = flat[0], terrain.cost.minimum
            if abs(db) > 1e-12 * abs(dm):
                self._valley.setData(*clipped_line(dm / db, m - b * dm / db, far_x, far_y))
            else:
                self._valley.setData([b, b], far_y)
        else:
            self._valley.clear()
        if not terrain.constrained.fit_intercept:
            self._constraint.setData([0.0, 0.0], far_y)
        else:
            self._constraint.clear()

    def on_view_changed(self) -> None:
        """Draw again what reaches from edge to edge."""
        self._show_lines()
        self._show_arrow()

    def _place_dot(self) -> None:
        if self._terrain is None:
            return
        here = self._terrain.cost.scaling.from_user(self._theta)
        self._dot = (float(here[0]), float(here[1]))
        self._dot_item.setData([self._dot[0]], [self._dot[1]])

    def _show_arrow(self) -> None:
        """Point along −∇J; its length says only whether there is somewhere to go."""
        terrain = self._terrain
        if terrain is None:
            return
        gradient = terrain.constrained.gradient(np.array(self._dot))
        start = terrain.cost.scaling.from_user(np.array(terrain.start))
        steepest = float(np.linalg.norm(terrain.constrained.gradient(start)))
        norm = float(np.linalg.norm(gradient))
        width, height = self.pixel_size()
        right, down = -gradient[0] / width, gradient[1] / height
        length = math.hypot(right, down)
        if not (norm > 1e-9 * steepest and 0 < length < math.inf):
            self._arrow.hide()
            return
        # Shorter near the minimum, so that it does not point about wildly where nothing pulls.
        share = min(1.0, (norm / steepest) ** 0.25) if steepest > 0 else 1.0
        self._arrow.setPos(*self._dot)
        scale = _ARROW_PIXELS * share / length
        self._arrow.point_to(right * scale, down * scale)

    def _home(self) -> Box:
        """Return the part of the plane that start, minimum and dot ask for."""
        terrain = self._terrain
        assert terrain is not None
        start = terrain.cost.scaling.from_user(np.array(terrain.start))
        minimum = terrain.constrained.minimum
        corners = np.array((start, minimum, self._dot))
        center = (corners.max(axis=0) + corners.min(axis=0)) / 2
        half = (corners.max(axis=0) - corners.min(axis=0)) / 2 * 1.35
        bowl = Bowl.of(terrain.cost.minimum, terrain.cost.hessian)
        gap = terrain.constrained.gap(start)
        distance = float(np.linalg.norm(start - minimum)) or 1.0
        extent = np.minimum(bowl.extent(gap), 3 * distance) if gap > 0 else np.full(2, distance)
        half = np.maximum(half, 0.55 * extent)
        half = np.where(half > 0, half, 1.0)
        low, high = bowl.eigenvalues
        is_true_shape = low > 0 and high / low <= _LARGEST_TRUE_SHAPE
        x, y = map(float, center)
        return Box(x, y, float(half[0]), float(half[1]), bool(is_true_shape))

    def _is_on_dot(self, position: QPointF) -> bool:
        x, y = self.to_view(position)
        width, height = self.pixel_size()
        away = math.hypot((x - self._dot[0]) / width, (y - self._dot[1]) / height)
        return away <= _GRAB_PIXELS and self.is_inside(position)

    def _theta_at(self, position: QPointF) -> tuple[float, ...] | None:
        if self._terrain is None:
            return None
        b, m = self.to_view(position)
        if not self._terrain.constrained.fit_intercept:
            b = 0.0
        theta = self._terrain.cost.scaling.to_user(np.array((b, m)))
        return tuple(float(value) for value in theta)

    def _move_dot(self, position: QPointF) -> None:
        theta = self._theta_at(position)
        if theta is None:
            return
        self._theta = np.array(theta)
        self._place_dot()
        self._show_arrow()
        self.start_chosen.emit(theta)
