"""Where the sums of the ledger are scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea


class SumsArea(QScrollArea):
    """Scrolls up and down by keys; left and right belong to the run.

    Sideways it scrolls only where a part of a line that is never broken is wider than it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def forget_width(self) -> None:
        """Try with no more width than there is, for other lines."""
        lines = self.widget()
        if lines is not None and lines.minimumWidth():
            lines.setMinimumWidth(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines for other room."""
        self.forget_width()
        super().resizeEvent(event)
        self._ask_for_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow lines that were laid out anew."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_width()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ask_for_width(self) -> None:
        lines = self.widget()
        if lines is None:
            return
        wanted = lines.sizeHint().width()
        least = wanted if wanted > self.viewport().width() else 0
        if least > lines.minimumWidth():
            lines.setMinimumWidth(least)
