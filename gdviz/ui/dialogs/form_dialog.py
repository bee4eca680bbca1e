"""What the dialogs share: a form, a line for what is wrong, and two buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget


class FormDialog(QDialog):
    """A form above OK and Cancel; ``error`` says what is wrong and keeps OK from being pressed."""

    def __init__(self, parent: QWidget | None, name: str, title: str, ok_text: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(8)
        self._error = QLabel()
        self._error.setProperty("tone", "bad")
        self._error.setWordWrap(True)
        self._error.hide()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(ok_text)
        ok.setDefault(True)
        # Enter means OK or, while OK cannot be, nothing: it must not throw away what was typed.
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 16, 18, 14)
        self.body.setSpacing(12)
        self.body.addLayout(self.form)
        self.body.addWidget(self._error)
        self.body.addWidget(self.buttons)

    def add_row(self, label: str, widget: QWidget) -> None:
        """Add a labelled row; the first one has the keyboard, the buttons come last."""
        title = QLabel(label)
        title.setBuddy(widget)
        widget.setAccessibleName(label)
        self.form.addRow(title, widget)
        for button in reversed(self.buttons.buttons()):
            self.setTabOrder(widget, button)
        if self.form.rowCount() == 1:
            widget.setFocus()

    def show_error(self, text: str) -> None:
        """Say what is wrong, or that nothing is with ""."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not text)
