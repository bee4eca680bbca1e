"""What the keys do to the dot of a plot: Shift and an arrow move it, held or tapped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from gdviz.ui.plots.plot import Plot

_WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Down: (0.0, -1.0),
    Qt.Key.Key_Up: (0.0, 1.0),
}
# With Ctrl a key moves the dot by this share of a step.
_SMALL = 0.1


class DotKeys(QObject):
    """Turns keys into moves of a plot's dot; from the first one until the key is let go it is held.

    A run goes on meanwhile, and what it tells of may be older than the key: each move starts from
    where the one before has put the dot, or it would jump to and fro.

    ``dot`` returns where the dot is, or None where there is none; ``move`` is given how many steps
    it is to go, to the right and up; ``released`` is told that it is let go. What goes up and down
    can be left to others.
    """

    def __init__(
        self,
        plot: Plot,
        dot: Callable[[], tuple[float, float] | None],
        move: Callable[[float, float], None],
        released: Callable[[], None],
        *,
        only_sideways: bool = False,
    ) -> None:
        super().__init__(plot)
        self._dot = dot
        self._move = move
        self._released = released
        self._ways = {k: way for k, way in _WAYS.items() if not (only_sideways and way[1])}
        self._held: int | None = None
        self.is_holding = False
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are for the dot, also those that are shortcuts of the run."""
        kind = event.type()
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._held = None  # nobody will tell when the key is let go
            self._let_go()
        elif not isinstance(event, QKeyEvent):
            pass
        elif kind == QEvent.Type.KeyRelease:
            self._release(event)
        elif self._is_move(event):
            if kind == QEvent.Type.KeyPress:
                self._press(event)
            event.accept()
            return True
        elif event.isAutoRepeat() and event.key() == self._held:
            event.accept()  # Shift was let go first: the rest of it is no shortcut of the run
            return True
        return False

    def _press(self, event: QKeyEvent) -> None:
        self._held = event.key()
        self.is_holding = True
        is_small = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        steps = _SMALL if is_small else 1.0
        right, up = self._ways[Qt.Key(event.key())]
        self._move(right * steps, up * steps)

    def _release(self, event: QKeyEvent) -> None:
        """Let go of the dot with the key that moved it last, or with Shift."""
        if event.isAutoRepeat() or event.key() not in (self._held, Qt.Key.Key_Shift):
            return
        if event.key() == self._held:
            self._held = None
        self._let_go()

    def _let_go(self) -> None:
        if self.is_holding:
            self.is_holding = False
            self._released()

    def _is_move(self, event: QKeyEvent) -> bool:
        beside = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ControlModifier
        is_shifted = event.modifiers() & ~beside == Qt.KeyboardModifier.ShiftModifier
        return event.key() in self._ways and is_shifted and self._dot() is not None
