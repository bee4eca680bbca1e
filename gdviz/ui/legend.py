"""What the colours mean: each stands for the same thing in every plot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.ui import messages as words
from gdviz.ui.theme import Theme, text_font

_ROW = 16
_MARK = 14


class Legend(QWidget):
    """Rows of a mark and what it stands for; as many as there is room for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = words.LEGEND
        self.setAccessibleName(words.LEGEND_NAME)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def show_mode(self, mode: str) -> None:
        """Explain the points that light up, where a step uses some of them only."""
        used = () if mode == "batch" else (words.LEGEND_USED,)
        self._rows = (*used, *words.LEGEND)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of all rows."""
        return QSize(200, _ROW * (len(words.LEGEND) + 1) + 4)

    def minimumSizeHint(self) -> QSize:
        """Return nothing: where there is no room it goes first."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that fit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(8.5))
        for row, (name, text) in enumerate(self._rows):
            top = row * _ROW
            if top + _ROW > self.height():
                break
            self._draw_mark(painter, name, QRectF(12, top + (_ROW - _MARK) / 2, _MARK, _MARK))
            painter.setPen(QColor(self._theme.muted))
            place = QRectF(36, top, self.width() - 36, _ROW)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _draw_mark(self, painter: QPainter, name: str, place: QRectF) -> None:
        color = QColor(getattr(self._theme, name))
        middle = place.center()
        painter.setPen(QPen(color, 2.4 if name != "residual" else 1.6))
        painter.setBrush(color)
        if name == "line":
            painter.drawLine(QPointF(place.left(), middle.y()), QPointF(place.right(), middle.y()))
            painter.drawEllipse(middle, 3.2, 3.2)
        elif name == "gradient":
            tip = QPointF(place.right(), middle.y())
            painter.drawLine(QPointF(place.left(), middle.y()), tip - QPointF(5, 0))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon([tip, tip + QPointF(-7, -4.5), tip + QPointF(-7, 4.5)])
        elif name == "minimum":
            painter.setPen(color)
            painter.drawText(place.adjusted(-2, -2, 2, 2), Qt.AlignmentFlag.AlignCenter, "★")
        elif name == "residual":
            half = QPointF(0, _MARK / 2 - 1)
            painter.drawLine(middle - half, middle + half)
        else:
            painter.setPen(QPen(QColor(self._theme.point), 1.3))
            painter.drawEllipse(middle, 4.6, 4.6)
