"""Where lines of mathematics are scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gdviz.ui.theme import Theme, with_alpha

_FADE_HEIGHT = 22
_CHEVRON = QPointF(5, 3)  # half its width, and its height


class SumsArea(QScrollArea):
    """Scrolls up and down by keys; left and right belong to the run.

    Sideways it scrolls only where a part of a line that is never broken is wider than it. Where
    lines are below its lower end they fade there, above an arrow.

    Signals:
        resized: there is other room.
        lines_changed: the lines were laid out anew.

    """

    resized = Signal()
    lines_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more = _More(theme, self)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._show_more)
        bar.rangeChanged.connect(self._show_more)

    @property
    def shows_more(self) -> bool:
        """Whether it says that there are lines below."""
        return not self._more.isHidden()

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._more.theme = theme
        self._more.update()

    def forget_width(self) -> None:
        """Try with no more width than there is, for other lines."""
        lines = self.widget()
        if lines is not None and lines.minimumWidth():
            lines.setMinimumWidth(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines for other room."""
        self.forget_width()
        super().resizeEvent(event)
        self._ask_for_width()
        self._show_more()
        self.resized.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow lines that were laid out anew."""
        result = super().viewportEvent(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_width()
            self.lines_changed.emit()
        return result

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow lines that were laid out anew."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_width()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ask_for_width(self) -> None:
        lines = self.widget()
        if lines is None:
            return
        wanted = lines.sizeHint().width()
        least = wanted if wanted > self.viewport().width() else 0
        if least > lines.minimumWidth():
            lines.setMinimumWidth(least)

    def _show_more(self) -> None:
        bar, place = self.verticalScrollBar(), self.viewport().geometry()
        top = place.bottom() + 1 - _FADE_HEIGHT
        self._more.setGeometry(place.left(), top, place.width(), _FADE_HEIGHT)
        self._more.setVisible(bar.value() < bar.maximum())


class _More(QWidget):
    """Fades what is cut at the lower end, and points down."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the fade and the arrow."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fade = QLinearGradient(0, 0, 0, self.height())
            fade.setColorAt(0, with_alpha(self.theme.card, 0.0))
            fade.setColorAt(0.7, QColor(self.theme.card))
            painter.fillRect(self.rect(), fade)
            pen = QPen(QColor(self.theme.accent), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            tip = QPointF(self.width() / 2, self.height() - 4)
            for side in (-1, 1):
                end = tip + QPointF(side * _CHEVRON.x(), -_CHEVRON.y() - 1)
                painter.drawLine(tip, end)
