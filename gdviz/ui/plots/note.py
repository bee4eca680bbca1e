"""A few small words on a dark ground, over the colours of the cost."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gdviz.ui.theme import Theme, text_font, with_alpha

GROUND, _OPACITY = "#10141a", 0.42
_MARGIN_X, _MARGIN_Y = 6.0, 2.0
# So far a note keeps away from the tip of the arrow that it is about.
_AWAY = 7.0
# And so far from other marks, if that can be.
_GAPS = (9.0, 1.0)


class NoteWriter:
    """Measures notes and writes them."""

    def __init__(self) -> None:
        self._font = text_font(8)
        self._metrics = QFontMetricsF(self._font)

    def size(self, text: str) -> QSizeF:
        """Return how large a note is, in pixels."""
        width = self._metrics.horizontalAdvance(text) + 2 * _MARGIN_X
        return QSizeF(width, self._metrics.height() + 2 * _MARGIN_Y)

    def write(
        self, painter: QPainter, place: QRectF, text: str, theme: Theme, opacity: float = _OPACITY
    ) -> None:
        """Write a note on its ground."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(GROUND, opacity))
        painter.drawRoundedRect(place, 5, 5)
        painter.setFont(self._font)
        painter.setPen(with_alpha(theme.halo, 0.95))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def beside_tip(
        self, text: str, tail: QPointF, tip: QPointF, area: QRectF, marks: list[QPointF]
    ) -> QRectF:
        """Return a place for a note at an arrow's tip: inside ``area`` and off the marks."""
        size = self.size(text)
        width, height = size.width(), size.height()
        right = 1.0 if tip.x() >= tail.x() else -1.0
        down = 1.0 if tip.y() >= tail.y() else -1.0
        spots = [(right, 0.0), (0.0, down), (-right, 0.0), (right, down), (0.0, -down)]
        places = []
        for across, along in spots:
            middle = tip + QPointF(across * (_AWAY + width / 2), along * (_AWAY + height / 2))
            place = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
            x = min(max(place.x(), area.left()), area.right() - width)
            y = min(max(place.y(), area.top()), area.bottom() - height)
            places.append(QRectF(x, y, width, height))
        for gap in _GAPS:  # where the edge of the area has pushed it, it may lie on the tip
            for place in places:
                around = place.adjusted(-gap, -gap, gap, gap)
                if not place.contains(tip) and not any(map(around.contains, marks)):
                    return place
        return places[0]
