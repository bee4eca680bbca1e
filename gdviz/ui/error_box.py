"""A sentence in a dialog that holds nothing up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.ui.words import dialogs as words


def show_error(window: QWidget, text: str) -> None:
    """Say over the window what went wrong, and come back at once."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, words.ERROR_TITLE, text, QMessageBox.StandardButton.Ok, window
    )
    box.setTextFormat(Qt.TextFormat.PlainText)  # it may quote a file
    box.setObjectName("errorDialog")
    box.finished.connect(box.deleteLater)
    box.open()
