"""Which keys belong to the run while a field or a button has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QToolButton, QWidget

# A number has no use for these; E may begin an exponent.
_NOT_IN_A_NUMBER = (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_F)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RunKeys(QObject):
    """Lets number fields pass on the keys of the run, and give up the focus when they are done.

    Buttons and choices take the focus from Tab only, so that after a click on one of them Space
    still starts and pauses. A check box keeps Space; a tool button is pressed with Enter.

    Signals:
        done: Enter or Escape was pressed in a number field: what was typed is taken or given up.

    """

    done = Signal()

    def look_after(self, *widgets: QWidget) -> None:
        """Handle the keys of these widgets."""
        for widget in widgets:
            if isinstance(widget, QToolButton | QCheckBox | QComboBox):
                widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(widget, QToolButton | QCheckBox | QAbstractSpinBox):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide who gets a key."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._override(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            return self._press(watched, event)
        return False

    def _override(self, watched: QObject, event: QKeyEvent) -> bool:
        if isinstance(watched, QCheckBox) and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        if isinstance(watched, QAbstractSpinBox) and event.key() in _NOT_IN_A_NUMBER:
            if event.modifiers() != Qt.KeyboardModifier.NoModifier:
                return False  # a menu's letter, or a shortcut
            event.ignore()
            return True
        return False

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        if isinstance(watched, QToolButton) and event.key() in _ENTER:
            watched.click()
            return True
        if isinstance(watched, QAbstractSpinBox):
            if event.key() == Qt.Key.Key_Escape:
                watched.lineEdit().setText(watched.textFromValue(watched.value()))  # type: ignore[attr-defined]
                self.done.emit()
                return True
            if event.key() in _ENTER:
                watched.interpretText()
                self.done.emit()
                return True
        return False
