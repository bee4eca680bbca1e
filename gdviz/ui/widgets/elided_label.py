"""A label of one line that never asks for more room than it has."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gdviz.ui.subscripts import draw_runs, has_subscripts, width_of_runs


class ElidedLabel(QLabel):
    """Shows as much of its text as fits, and all of it as a tooltip where it does not.

    A text may come with a shorter one that says the same; then that is shown where it does not fit,
    and nothing where that does not fit either.

    Its size does not depend on the text, so a text that changes 60 times a second moves nothing.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def sizeHint(self) -> QSize:
        """Return a height; the width is whatever there is."""
        return QSize(60, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    @property
    def shown(self) -> str:
        """What can be read of the text."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        if not self._short:
            return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        for text in (self.text(), self._short):
            if metrics.horizontalAdvance(text) <= width:
                return text
        return ""  # the beginning of it would say nothing

    def show_text(self, text: str, short: str = "") -> None:
        """Show another text, if it is another."""
        if (text, short) != (self.text(), self._short):
            self._short = short
            self.setText(text)
            self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what no longer fits, and nothing twice."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        self.setToolTip("" if self.shown == self.text() else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, cut at the end with an ellipsis."""
        shown = self.shown
        with QPainter(self) as painter:
            if has_subscripts(shown):
                self._paint_runs(painter, shown)
                return
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                self.alignment().value,
                self.palette(),
                self.isEnabled(),
                shown,
                self.foregroundRole(),
            )

    def _paint_runs(self, painter: QPainter, text: str) -> None:
        """Draw a text with small letters below the line."""
        metrics, room = self.fontMetrics(), self.contentsRect()
        baseline = room.top() + (room.height() + metrics.capHeight()) / 2
        is_at_the_right = self.alignment() & Qt.AlignmentFlag.AlignRight
        spare = room.width() - width_of_runs(text, self.font()) if is_at_the_right else 0.0
        painter.setPen(self.palette().color(self.foregroundRole()))
        draw_runs(painter, QPointF(room.left() + spare, baseline), text, self.font())
