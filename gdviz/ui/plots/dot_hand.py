"""What the mouse does to the dot of a plot: takes hold of it, drags it, lets it go."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from gdviz.ui.plots.plot import Plot

_GRAB_PIXELS = 16.0
_DRAG_PIXELS = 2.0


class DotHand:
    """Turns presses, moves and releases of the left button into places for a plot's dot.

    ``dot`` returns where the dot is, in the plot's units, or None where there is none; ``move`` is
    given the position in the widget that it is dragged to; ``released`` is told that it is let go.
    """

    def __init__(
        self,
        plot: Plot,
        dot: Callable[[], tuple[float, float] | None],
        move: Callable[[QPointF], None],
        released: Callable[[], None] = lambda: None,
    ) -> None:
        self._plot = plot
        self._dot = dot
        self._move = move
        self._released = released
        self._pressed_at: QPointF | None = None
        self.is_holding = False

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of the dot; return whether it is there."""
        position = event.position()
        if event.button() is not Qt.MouseButton.LeftButton or not self._is_on_dot(position):
            return False
        self.is_holding = True
        self._pressed_at = position
        self._plot.setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()
        return True

    def drag(self, event: QMouseEvent) -> bool:
        """Drag the dot; return whether it is held."""
        if self.is_holding and not event.buttons() & Qt.MouseButton.LeftButton:
            self.let_go()  # it was released where nobody could tell
        if not self.is_holding:
            return False
        self._drag_to(event.position())
        event.accept()
        return True

    def hover(self, event: QMouseEvent, elsewhere: Qt.CursorShape | None = None) -> None:
        """Show whether the dot could be taken hold of, and another cursor elsewhere."""
        shape = Qt.CursorShape.OpenHandCursor if self._is_on_dot(event.position()) else elsewhere
        self._plot.unsetCursor() if shape is None else self._plot.setCursor(shape)

    def release(self, event: QMouseEvent) -> bool:
        """Let go of the dot; return whether it was held."""
        if not self.is_holding or event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._drag_to(event.position())
        event.accept()
        self.let_go()
        self._plot.setCursor(Qt.CursorShape.OpenHandCursor)
        return True

    def let_go(self) -> None:
        """Let go of the dot where it is."""
        if self.is_holding:
            self.is_holding = False
            self._plot.unsetCursor()
            self._released()

    def _is_on_dot(self, position: QPointF) -> bool:
        dot = self._dot()
        if dot is None or not self._plot.is_inside(position):
            return False
        x, y = self._plot.to_view(position)
        width, height = self._plot.pixel_size()
        return math.hypot((x - dot[0]) / width, (y - dot[1]) / height) <= _GRAB_PIXELS

    def _drag_to(self, position: QPointF) -> None:
        # A press on the dot that does not move the mouse must not move the dot.
        if self._pressed_at is not None:
            if (position - self._pressed_at).manhattanLength() < _DRAG_PIXELS:
                return
            self._pressed_at = None
        self._move(position)
