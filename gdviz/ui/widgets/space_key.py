"""Who gets the space bar: the run, wherever the mouse was used last; a button, where Tab led."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QWidget


class SpaceKey(QObject):
    """Lets a number field pass Space on, and a button that has the focus keep it.

    Buttons and choices take the focus from Tab only, so that after a click on one of them Space
    still starts and pauses.
    """

    def settle(self, *widgets: QWidget) -> None:
        """Look after these widgets."""
        for widget in widgets:
            if isinstance(widget, QAbstractButton | QComboBox):
                widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(widget, QAbstractButton | QAbstractSpinBox):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide who gets Space before shortcuts are looked at."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        ):
            event.setAccepted(isinstance(watched, QAbstractButton))
            return True
        return False
