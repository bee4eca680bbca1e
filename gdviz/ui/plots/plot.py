"""What all plots share: look, axes, the view that a person may move and fit again."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPen

from gdviz.ui.paint_guard import PaintGuard
from gdviz.ui.plots.axis import Axis
from gdviz.ui.subscripts import as_typed
from gdviz.ui.theme import Theme

FloatArray = npt.NDArray[np.float64]

# A view that opens for a point leaves this share of its length beyond it.
_ROOM = 0.06


class ViewBox(pg.ViewBox):
    """A view without pyqtgraph's menu; a double-click anywhere in it is the plot's to handle."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)

    def raiseContextMenu(self, event: Any) -> None:
        """Show nothing: the plots have menus of their own."""


class Plot(pg.PlotWidget):
    """A plot with fixed ranges that change only when somebody says so.

    Signals:
        fit_requested: a person asked to see everything again.
        moved_by_hand: a person moved or zoomed the view.

    """

    fit_requested = Signal()
    moved_by_hand = Signal()

    def __init__(self, name: str, accessible_name: str, theme: Theme) -> None:
        self._theme = theme
        self._axis_names: tuple[str, str, str] | None = None
        sides = ("left", "bottom")
        axes = {side: Axis(side, pg.mkPen(theme.border), pg.mkPen(theme.muted)) for side in sides}
        super().__init__(viewBox=ViewBox(), axisItems=axes)
        self._guard = PaintGuard(self)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 84)
        self.getPlotItem().hideButtons()
        self.getPlotItem().setMenuEnabled(False)
        for side in ("top", "right"):  # they are not shown, and would follow every view
            self.getAxis(side).unlinkFromView()
        self.view = self.getViewBox()
        self.view.disableAutoRange()
        self.view.sigRangeChangedManually.connect(self._on_moved_by_hand)
        # Room for half a label at the ends of the axes.
        self.getPlotItem().setContentsMargins(0, 6, 8, 0)
        self.apply_theme(theme)

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.setBackground(QColor(theme.card))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(theme.border))
            axis.setTextPen(pg.mkPen(theme.muted))
        self.viewport().update()

    def label_axes_as_typed(self, bottom: str, left: str) -> None:
        """Name the axes as a person did, who may have used "<" or "m_z" for anything."""
        self.label_axes(*(html.escape(as_typed(name), quote=False) for name in (bottom, left)))

    def label_axes(self, bottom: str, left: str) -> None:
        """Name the axes, in rich text."""
        names = (bottom, left, self._theme.muted)
        if names == self._axis_names:  # laying out an axis costs as much as painting a plot
            return
        self._axis_names = names
        style = {"color": self._theme.muted, "font-size": "9pt"}
        self.setLabel("bottom", bottom, **style)
        self.setLabel("left", left, **style)

    def set_view(self, x_range: tuple[float, float], y_range: tuple[float, float]) -> None:
        """Show this part of the plane."""
        self.view.setRange(xRange=x_range, yRange=y_range, padding=0, disableAutoRange=True)

    def pixel_size(self) -> tuple[float, float]:
        """Return how wide and how high a pixel is in the plot's units."""
        (x0, x1), (y0, y1) = self.view.viewRange()
        rect = self.view.sceneBoundingRect()
        return (x1 - x0) / max(rect.width(), 1.0), (y1 - y0) / max(rect.height(), 1.0)

    def to_view(self, position: QPointF) -> tuple[float, float]:
        """Return plot coordinates of a position in the widget."""
        point = self.view.mapSceneToView(self.mapToScene(position.toPoint()))
        return float(point.x()), float(point.y())

    def from_view(self, x: float, y: float) -> QPointF:
        """Return the position in the widget of plot coordinates."""
        scene = self.view.mapViewToScene(QPointF(float(x), float(y)))
        return QPointF(self.mapFromScene(scene))

    def is_inside(self, position: QPointF) -> bool:
        """Whether a position in the widget lies within the axes."""
        scene = self.mapToScene(position.toPoint())
        return bool(self.view.sceneBoundingRect().contains(scene))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the view where an axis is double-clicked; the inside is the subclass's."""
        if self.is_inside(event.position()):
            self.on_double_click(event)
        else:
            self.fit_requested.emit()
        event.accept()

    def on_double_click(self, event: QMouseEvent) -> None:
        """React to a double-click inside the axes."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go to this plot."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the frame that shows where keys go, only where they came by the keyboard."""
        super().drawForeground(painter, rect)
        if self.hasFocus() and self.property("keyboardFocus"):
            with self._guard.part(painter):
                self._draw_frame(painter)

    def _draw_frame(self, painter: QPainter) -> None:
        painter.resetTransform()
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def event(self, event: QEvent) -> bool:
        """Remember whether the focus came by the keyboard."""
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            by_key = event.reason() in (
                Qt.FocusReason.TabFocusReason,
                Qt.FocusReason.BacktabFocusReason,
                Qt.FocusReason.ShortcutFocusReason,
            )
            self.setProperty("keyboardFocus", by_key)
        return bool(super().event(event))

    def _on_moved_by_hand(self, *_: object) -> None:
        self.moved_by_hand.emit()


def padded(low: float, high: float, share: float = 0.08) -> tuple[float, float]:
    """Return the range with a margin; a range of no length gets one that fits its size."""
    length = high - low
    if length <= 1e-12 * max(abs(low), abs(high)):
        length = 0.2 * max(abs(low), abs(high)) or 2.0
        return low - length / 2, high + length / 2
    return low - share * length, high + share * length


def widened(low: float, high: float, value: float, margin: float) -> tuple[float, float]:
    """Return the range, opened no further than ``value`` needs to lie ``margin`` inside it.

    Where it opens it leaves some room, so that a next small step need not open it again.
    """
    room = _ROOM * (max(high, value) - min(low, value))
    if value < low + margin:
        low = min(value, low) - room
    if value > high - margin:
        high = max(value, high) + room
    return low, high


def clipped_line(
    slope: float, intercept: float, x_range: tuple[float, float], y_range: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return the ends (2,), (2,) of the part of y = m x + b inside the rectangle; empty if none.

    Ends far outside would be drawn wrong, or be infinite.
    """
    (x0, x1), (y0, y1) = x_range, y_range
    if slope != 0:
        cuts = sorted(((y0 - intercept) / slope, (y1 - intercept) / slope))
        x0, x1 = max(x0, cuts[0]), min(x1, cuts[1])
    elif not y0 <= intercept <= y1:
        x0, x1 = 1.0, 0.0
    if not x0 < x1:
        return np.empty(0), np.empty(0)
    x = np.array((x0, x1))
    return x, np.clip(slope * x + intercept, y0, y1)
