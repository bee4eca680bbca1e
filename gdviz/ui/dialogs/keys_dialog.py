"""What the keys do, in as many columns as the screen has room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.words import dialogs as words

_BETWEEN = 36
_FRAME = QSize(24, 48)  # what a window manager puts around, about


class KeysDialog(QDialog):
    """Two columns side by side, or beneath each other where they are scrolled; Esc closes it."""

    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(words.KEYS_TITLE)
        half = (len(keys) + 1) // 2
        self._columns = [QLabel(_table(part)) for part in (keys[:half], keys[half:])]
        content = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_BETWEEN)
        for column in self._columns:
            column.setTextFormat(Qt.TextFormat.RichText)
            row.addWidget(column, 0, Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea()
        self._area.setObjectName("keysArea")
        self._area.setAccessibleName(words.KEYS_TITLE)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(content)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(12)
        layout.addWidget(self._area, 1)
        layout.addWidget(buttons)
        room = self.screen().availableGeometry().size() - _FRAME
        margins = layout.contentsMargins()
        around = QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
        around += QSize(0, layout.spacing() + buttons.sizeHint().height())
        if content.sizeHint().width() + around.width() > room.width():
            row.setDirection(QBoxLayout.Direction.TopToBottom)
            row.setSpacing(0)
            row.addStretch(1)
        wanted = content.sizeHint() + around
        if wanted.height() > room.height():
            wanted += QSize(self._area.verticalScrollBar().sizeHint().width(), 0)
        self.resize(wanted.boundedTo(room))
        buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()

    def text(self) -> str:
        """Return all that it says."""
        return "".join(column.text() for column in self._columns)


def _table(keys: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f"<tr><td style='padding: 2px 18px 2px 0'><b>{key}</b></td><td>{what}</td></tr>"
        for key, what in keys
    )
    return f"<table>{rows}</table>"
