"""A choice among long names that needs little room: closed it shows the beginning of one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget


class ElidedCombo(QComboBox):
    """No wider than ``most`` pixels; its list is as wide as its longest name."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self.setMaximumWidth(most)

    def sizeHint(self) -> QSize:
        """Return room for the names, as far as there is."""
        return super().sizeHint().boundedTo(QSize(self._most, 10_000))

    def minimumSizeHint(self) -> QSize:
        """Return the same: names are elided here, not cut by a layout."""
        return self.sizeHint()

    def showPopup(self) -> None:
        """Show the names whole."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(view.sizeHintForColumn(0) + bar + 12)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name with an ellipsis where it is too long."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, field.width() - 4
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
