"""A matrix within a line of mathematics: numbers in round brackets, the shape beneath."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gdviz.explain.formula import DOTS, Matrix, Piece
from gdviz.ui.mathematics.boxes import AXIS, Box, Style, draw_text

_COLUMN_GAP = 0.8  # in type sizes
_BRACKET = 0.34


class MatrixBox(Box):
    """Numbers in brackets, their shape beneath."""

    def __init__(self, piece: Matrix, style: Style) -> None:
        self._style = style
        self._font = style.font()
        self._font.setWeight(QFont.Weight.DemiBold)
        self._small = style.font(0.74)
        self._metrics = QFontMetricsF(self._font)
        self._columns = [0.0] * len(piece.rows[0]) if piece.rows else []
        self._color = style.color(piece.role)
        self._shape = piece.shape_text
        self._texts: tuple[tuple[str, ...], ...] = ()
        self.renew(piece)
        size = style.size
        self._pitch = self._metrics.capHeight() + 0.62 * size
        body = self._pitch * max(len(piece.rows), 1)
        self._half = body / 2 + 0.06 * size
        self._below = QFontMetricsF(self._small).height()
        self.ascent = AXIS * size + self._half
        self.descent = self._half - AXIS * size + self._below + 0.1 * size

    def renew(self, piece: Piece) -> bool:
        """Show other numbers."""
        assert isinstance(piece, Matrix)
        self._texts = piece.texts
        is_wider = False
        for row in self._texts:
            for column, text in enumerate(row):
                width = self._metrics.horizontalAdvance(text)
                if width > self._columns[column]:
                    self._columns[column] = width
                    is_wider = True
        gaps = _COLUMN_GAP * self._style.size * max(len(self._columns) - 1, 0)
        self._body = sum(self._columns) + gaps + 2 * _BRACKET * self._style.size
        shape = QFontMetricsF(self._small).horizontalAdvance(self._shape)
        self.width = max(self._body, shape)
        return is_wider

    @property
    def is_loose(self) -> bool:
        """Whether a column had longer numbers in it."""
        columns = zip(*self._texts, strict=True)
        return any(
            width > max(map(self._metrics.horizontalAdvance, texts))
            for width, texts in zip(self._columns, columns, strict=True)
        )

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw brackets, numbers and shape."""
        style = self._style
        middle = baseline - AXIS * style.size
        left = x + (self.width - self._body) / 2
        inset = _BRACKET * style.size
        painter.setPen(QPen(QColor(style.theme.text), 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for at, side in ((left, 1), (left + self._body, -1)):
            painter.drawPath(bracket(at, middle - self._half, 2 * self._half, side * inset * 0.7))
        y = middle - self._pitch * (len(self._texts) - 1) / 2 + self._metrics.capHeight() / 2
        for row in self._texts:
            right = left + inset
            for width, text in zip(self._columns, row, strict=True):
                right += width
                room = width - self._metrics.horizontalAdvance(text)
                at = right - width + (room / 2 if text in DOTS else room)
                draw_text(painter, QPointF(at, y), text, self._font, self._color)
                right += _COLUMN_GAP * style.size
            y += self._pitch
        metrics = QFontMetricsF(self._small)
        at = x + (self.width - metrics.horizontalAdvance(self._shape)) / 2
        below = QPointF(at, middle + self._half + metrics.ascent())
        draw_text(painter, below, self._shape, self._small, QColor(style.theme.muted))


def bracket(x: float, top: float, height: float, depth: float) -> QPainterPath:
    """Return a round bracket that bulges to the left for a positive ``depth``."""
    path = QPainterPath(QPointF(x + depth, top))
    path.cubicTo(
        QPointF(x, top + 0.28 * height),
        QPointF(x, top + 0.72 * height),
        QPointF(x + depth, top + height),
    )
    return path
