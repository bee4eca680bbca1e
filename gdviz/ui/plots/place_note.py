"""What is said of the place beneath the mouse, in a corner of the plot where the mouse is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gdviz.ui.plots.note import GROUND
from gdviz.ui.plots.plot import Plot
from gdviz.ui.subscripts import draw_runs, width_of_runs
from gdviz.ui.theme import text_font, with_alpha

_OPACITY = 0.74  # colours of the cost, marks and other notes may lie beneath it
_MARGIN_X, _MARGIN_Y = 8, 4
_LEADING = 1.12
_FROM_EDGE = 6
# It goes out of the way of a mouse, and at first of a mark, that is as near as this.
_AWAY_X, _AWAY_Y = 30, 22


class PlaceNote(QWidget):
    """A few lines at the left of the plot, at the top or at the bottom.

    It stays where it is as long as the mouse keeps away from it, and as long as it is shown it does
    not become narrower: the text changes with every move of the mouse, and nothing else is to move.
    """

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot.viewport())
        self._plot = plot
        self._text, self._shown = "", ""
        self._is_low = False
        self._font = text_font(9)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def text(self) -> str:
        """Return what is said of the place, "" where nothing is."""
        return self._text

    @property
    def shown(self) -> str:
        """What can be read of it."""
        return self._shown

    def say(self, text: str, short: str, mouse: QPointF, marks: Sequence[QPointF]) -> None:
        """Say something of the place of the mouse, or something short where that does not fit.

        ``marks`` are places that are better not hidden.
        """
        self._text = text
        area = self._plot.mapFromScene(self._plot.view.sceneBoundingRect()).boundingRect()
        area.adjust(_FROM_EDGE, _FROM_EDGE, -_FROM_EDGE, -_FROM_EDGE)
        most = area.width() - 2 * _MARGIN_X
        texts = (text, short, "\n".join(short.split("  ")))
        self._shown = next((t for t in texts if self._width_of(t) <= most), "")
        if not self._shown:
            self.hide()
            return
        lines = self._shown.split("\n")
        width = round(self._width_of(self._shown)) + 2 * _MARGIN_X
        if not self.isHidden():
            width = min(max(width, self.width()), area.width())
        height = round(len(lines) * self._line_height) + 2 * _MARGIN_Y
        high = QRect(area.left(), area.top(), width, height)
        low = high.translated(0, area.height() - height)
        if self.isHidden():
            self._is_low = any(map(_around(high), marks)) and not any(map(_around(low), marks))
        if _around(low if self._is_low else high)(mouse):
            self._is_low = not self._is_low
        self.setGeometry(low if self._is_low else high)
        self.show()
        self.update()

    def be_silent(self) -> None:
        """Say nothing: the mouse is elsewhere."""
        self._text = self._shown = ""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines on their ground."""
        metrics = QFontMetricsF(self._font)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(with_alpha(GROUND, _OPACITY))
            painter.drawRoundedRect(self.rect(), 6, 6)
            painter.setPen(with_alpha(self._plot.theme.halo, 0.97))
            for number, line in enumerate(self._shown.split("\n")):
                baseline = _MARGIN_Y + metrics.ascent() + number * self._line_height
                draw_runs(painter, QPointF(_MARGIN_X, baseline), line, self._font)

    @property
    def _line_height(self) -> float:
        return _LEADING * QFontMetricsF(self._font).lineSpacing()

    def _width_of(self, text: str) -> float:
        return max(width_of_runs(line, self._font) for line in text.split("\n"))


def _around(place: QRect) -> Callable[[QPointF], bool]:
    """Return what tells whether a position is on a place or near it."""
    near = QRectF(place).adjusted(-_AWAY_X, -_AWAY_Y, _AWAY_X, _AWAY_Y)
    return near.contains
