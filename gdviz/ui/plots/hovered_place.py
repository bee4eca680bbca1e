"""Which place of a plot is beneath the mouse: told when the mouse moves, and when the plot does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer

from gdviz.ui.plots.plot import Plot

# What moves by itself is told anew at most this often: as often as the words of a fast run.
SOON_MS = 160


class HoveredPlace(QObject):
    """Remembers where in a plot the mouse rests, and has it told anew when that means another.

    ``tell`` is given the position in the widget, or None where the mouse is elsewhere.
    """

    def __init__(self, plot: Plot, tell: Callable[[QPointF | None], None]) -> None:
        super().__init__(plot)
        self._plot = plot
        self._tell = tell
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.tell)
        self.mouse: QPointF | None = None
        plot.view.sigRangeChanged.connect(self.tell_soon)
        plot.view.sigResized.connect(self.tell_soon)
        plot.moved_by_hand.connect(self.tell)

    def move(self, mouse: QPointF | None) -> None:
        """Take where the mouse is now, and tell."""
        self.mouse = mouse
        self.rest()
        self._tell(mouse)

    def tell(self) -> None:
        """Tell anew of the place where the mouse rests, if it is here."""
        self.rest()
        if self.mouse is not None:
            self._tell(self.mouse)

    def tell_soon(self, *_: object) -> None:
        """Tell anew in a moment, once for all that changes until then."""
        if self.mouse is not None and not self._soon.isActive() and self._plot.isVisible():
            self._soon.start()

    def rest(self) -> None:
        """Leave no timer running."""
        self._soon.stop()
