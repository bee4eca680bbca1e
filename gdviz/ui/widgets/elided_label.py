"""A label of one line that never asks for more room than it has."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Shows as much of its text as fits, and all of it as a tooltip where it does not.

    Its size does not depend on the text, so a text that changes 60 times a second moves nothing.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def sizeHint(self) -> QSize:
        """Return a height; the width is whatever there is."""
        return QSize(60, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def show_text(self, text: str) -> None:
        """Show another text, if it is another."""
        if text != self.text():
            self.setText(text)
            fits = self.fontMetrics().horizontalAdvance(text) <= self.width()
            self.setToolTip("" if fits else text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, cut at the end with an ellipsis."""
        with QPainter(self) as painter:
            text = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
            )
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                self.alignment().value,
                self.palette(),
                self.isEnabled(),
                text,
                self.foregroundRole(),
            )
