"""A quiet line above the plots that proposes something, with buttons to take it or leave it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)


class Notice(QFrame):
    """Hidden while there is nothing to propose.

    Signals:
        proposed: something is proposed, with buttons of its own.
        dismissed: it was hidden while one of its buttons had the focus.

    """

    proposed = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("notice", True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 6, 8, 6)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._text, 1)
        self._bar: QProgressBar | None = None
        self._widgets: list[QWidget] = []
        self._number = 0
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def propose(
        self,
        text: str,
        *offers: tuple[str, str, Callable[[], object]],
        has_progress: bool = False,
    ) -> int:
        """Show a sentence and buttons: object name, text and what to do; each closes the notice.

        ``has_progress`` puts a progress bar between the two. Returns the proposal's number.
        """
        self.dismiss()
        self._number += 1
        self._text.setText(text)
        if has_progress:
            self._bar = QProgressBar()
            self._bar.setRange(0, 1000)
            self._bar.setTextVisible(False)
            self._bar.setAccessibleName(text)
            self._bar.setFixedWidth(220)
            self._layout.addWidget(self._bar)
            self._widgets.append(self._bar)
        for name, label, accept in offers:
            button = QPushButton(label)
            button.setObjectName(name)
            button.setAccessibleName(label)
            button.clicked.connect(self.dismiss)
            button.clicked.connect(accept)
            self._layout.addWidget(button)
            self._widgets.append(button)
        self.show()
        self.proposed.emit()
        return self._number

    @property
    def has_progress(self) -> bool:
        """Whether it shows how far something is."""
        return self._bar is not None

    def show_progress(self, fraction: float) -> None:
        """Show how far it is, 0 to 1; nothing where another notice has taken its place."""
        if self._bar is not None:
            self._bar.setValue(round(1000 * fraction))

    def withdraw(self, number: int) -> None:
        """Take a proposal away, unless another has taken its place."""
        if number == self._number:
            self.dismiss()

    def dismiss(self) -> None:
        """Take the notice away, whatever it proposes."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.dismissed.emit()
        self.hide()
        for widget in self._widgets:
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets.clear()
        self._bar = None
