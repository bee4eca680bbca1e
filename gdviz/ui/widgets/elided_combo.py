"""A choice among long names that needs little room: closed it shows the beginning of one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

_MARGINS = 46  # to the left of a name, and with the arrow to the right


class ElidedCombo(QComboBox):
    """No wider than ``most`` pixels; its list is as wide as its longest name.

    Attributes:
        least: how wide it is where there is no more room.

    """

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.least = self._most = most
        self.setMaximumWidth(most)

    def allow(self, most: int) -> None:
        """Be as wide as its names, up to so many pixels; never narrower than at first."""
        most = max(most, self.least)
        if most != self._most:
            self._most = most
            self.setMaximumWidth(most)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for the names, as far as there is."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        names = [self.itemText(place) for place in range(self.count())]
        widest = max(map(metrics.horizontalAdvance, names), default=0)
        # Qt forgets a part of the padding that the style sheet has.
        wanted = max(hint.width(), widest + _MARGINS)
        return QSize(min(wanted, self._most), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same, up to ``least``: what was allowed must not keep a window wide."""
        return self.sizeHint().boundedTo(QSize(self.least, 10_000))

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
