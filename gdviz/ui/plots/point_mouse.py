"""What the mouse does in the data plot: adds a point, drags one, shows which one it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QToolTip

from gdviz.ui.words import plots as words

if TYPE_CHECKING:
    from gdviz.ui.plots.data_plot import DataPlot

_CLICK_PIXELS = 4.0
_DRAG_PIXELS = 2.0


class PointMouse:
    """Turns presses, moves and releases of the left button into what a data plot tells."""

    def __init__(self, plot: DataPlot) -> None:
        self._plot = plot
        self._dragged = -1
        self._drag_number = 0
        self._grip = (0.0, 0.0)
        self._pressed_at: QPointF | None = None

    def let_go(self) -> None:
        """Drag nothing any more: indices mean other points now."""
        self._dragged = -1

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of a point; return whether there was one."""
        plot, position = self._plot, event.position()
        self._pressed_at = None
        if event.button() is not Qt.MouseButton.LeftButton or not plot.is_inside(position):
            return False
        self._pressed_at = position
        index = plot.point_at(position)
        if index < 0:
            return False
        self._dragged = index
        x, y = plot.state.dataset.point(index)
        held_x, held_y = plot.to_view(position)
        self._grip = (x - held_x, y - held_y)  # so that it does not jump to the mouse
        self._drag_number = plot.new_move()
        plot.select(index)
        plot.setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def drag(self, event: QMouseEvent) -> bool:
        """Drag the point that is held; return whether there is one."""
        if self._dragged < 0:
            return False
        self._drag_to(event.position())
        return True

    def hover(self, event: QMouseEvent) -> None:
        """Show which point could be taken hold of."""
        if event.buttons() != Qt.MouseButton.NoButton:
            return
        plot, position = self._plot, event.position()
        index = plot.point_at(position)
        plot.mark_hovered(index)
        grab = Qt.CursorShape.OpenHandCursor
        shape = grab if index >= 0 else Qt.CursorShape.CrossCursor
        plot.setCursor(shape) if plot.is_inside(position) else plot.unsetCursor()

    def release(self, event: QMouseEvent) -> bool:
        """Let go of the point; return whether there was one."""
        if not self.drag(event):
            return False
        self._dragged = -1
        self._pressed_at = None
        self._plot.setCursor(Qt.CursorShape.OpenHandCursor)
        return True

    def click(self, event: QMouseEvent) -> None:
        """Add a point where the mouse was pressed and not moved."""
        pressed_at, self._pressed_at = self._pressed_at, None
        if pressed_at is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if (event.position() - pressed_at).manhattanLength() <= _CLICK_PIXELS:
            plot = self._plot
            plot.select(-1)
            plot.hide_hint()
            plot.point_added.emit(*plot.rounded(*plot.to_view(event.position())))

    def _drag_to(self, position: QPointF) -> None:
        # A click on a point that does not move the mouse must not move the point.
        if self._pressed_at is not None:
            if (position - self._pressed_at).manhattanLength() < _DRAG_PIXELS:
                return
            self._pressed_at = None
        plot = self._plot
        x, y = plot.to_view(position)
        if self._dragged < plot.state.dataset.n_points:
            x, y = plot.rounded(x + self._grip[0], y + self._grip[1])
            plot.point_moved.emit(self._dragged, x, y, self._drag_number)
            QToolTip.showText(QCursor.pos(), words.DRAG_TIP.format(x=x, y=y), plot)
