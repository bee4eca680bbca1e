"""A quiet line above the plots that proposes something, with buttons to take it or leave it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)


class Notice(QFrame):
    """Hidden while there is nothing to propose.

    Signals:
        dismissed: it was hidden while one of its buttons had the focus.

    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("notice", True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 6, 8, 6)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._text, 1)
        self._widgets: list[QWidget] = []
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def propose(
        self,
        text: str,
        *offers: tuple[str, str, Callable[[], object]],
        widget: QWidget | None = None,
    ) -> None:
        """Show a sentence and buttons: object name, text and what to do; each closes the notice.

        ``widget`` stands between the two.
        """
        self.dismiss()
        self._text.setText(text)
        if widget is not None:
            self._layout.addWidget(widget)
            self._widgets.append(widget)
        for name, label, accept in offers:
            button = QPushButton(label)
            button.setObjectName(name)
            button.clicked.connect(self.dismiss)
            button.clicked.connect(accept)
            self._layout.addWidget(button)
            self._widgets.append(button)
        self.show()

    def dismiss(self) -> None:
        """Take the notice away."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.dismissed.emit()
        self.hide()
        for widget in self._widgets:
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets.clear()
