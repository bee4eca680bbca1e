"""The band under the learning rate's slider: where it is smooth, oscillates and diverges."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gdviz.ui.paint_guard import PaintGuard
from gdviz.ui.theme import Theme, text_font, with_alpha
from gdviz.ui.widgets.log_slider import LogSlider

_BAND_TOP, _BAND_HEIGHT = 2, 4
_TICK = 5
_FONT_SIZE = 8
# Between two words, so that they do not read as one; between a tick and its label.
_SPACE, _NEAR = 7, 3


class ZoneWords(NamedTuple):
    """What is written under the band.

    ticks: the names of the two rates at which a zone ends; names: those of the three zones;
    beyond: said instead of all that where the slider's whole range diverges.
    """

    ticks: tuple[str, str] = ("", "")
    names: tuple[str, str, str] = ("", "", "")
    beyond: str = ""


class Word(NamedTuple):
    """A word, and from where to where it goes."""

    text: str
    left: int
    right: int


class RateZones(QWidget):
    """Marks two rates, from which on it oscillates and diverges, and names what lies between."""

    def __init__(self, slider: LogSlider, theme: Theme) -> None:
        super().__init__(slider.parentWidget())
        self.setObjectName("rateZones")
        self._slider = slider
        self._theme = theme
        self._limits = (math.inf, math.inf)
        self._words = ZoneWords()
        self._guard = PaintGuard(self)
        self._metrics = QFontMetrics(text_font(_FONT_SIZE))
        self._row = self._metrics.ascent() + 1
        height = _BAND_TOP + _BAND_HEIGHT + _TICK + 2 * self._row + self._metrics.descent()
        self.setFixedHeight(height)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def show_limits(self, smooth: float, most: float, words: ZoneWords) -> None:
        """Mark two rates; infinity where there is no limit."""
        if (smooth, most) != self._limits or words != self._words:
            self._limits = (smooth, most)
            self._words = words
            self.update()

    def sizeHint(self) -> QSize:
        """Return as wide as the slider."""
        return QSize(self._slider.sizeHint().width(), self.height())

    def tick_labels(self) -> list[Word]:
        """Return the labels of the ticks: outwards, since the zone between them is narrow."""
        left, smooth, most, right = self._borders()
        first, last = (self._width_of(text) for text in self._words.ticks)
        labels = []
        if left < smooth < right and smooth - _NEAR - first >= 0:
            labels.append(Word(self._words.ticks[0], smooth - _NEAR - first, smooth - _NEAR))
        if left < most < right and most + _NEAR + last <= self.width():
            labels.append(Word(self._words.ticks[1], most + _NEAR, most + _NEAR + last))
        return labels

    def zone_names(self) -> list[Word]:
        """Return the names of the zones that have room, each at its zone."""
        if math.isinf(self._limits[1]):
            return []
        left, smooth, most, right = self._borders()
        first, _, last = self._words.names
        found: list[Word] = []
        first_end, last_start = smooth, most
        if most > smooth:
            word = self._between_neighbours(left < smooth, most < right)
            found.append(word)
            first_end, last_start = word.left - _SPACE, word.right + _SPACE
        if left < smooth:
            until = min(max(smooth, self._width_of(first)), first_end)
            found = [*self._within(first, 0, until), *found]
        if most < right:
            start = max(min(most, self.width() - self._width_of(last)), last_start)
            found += self._within(last, start, self.width())
        return found

    def _between_neighbours(self, has_left: bool, has_right: bool) -> Word:
        """Return the name of the narrow zone: at it, but aside where a neighbour needs the room."""
        _, smooth, most, _ = self._borders()
        first, text, last = self._words.names
        width = self._width_of(text)
        lowest = self._width_of(first) + _SPACE if has_left else 0
        highest = self.width() - width
        if has_right:
            highest -= self._width_of(last) + _SPACE
        at = min(max((smooth + most - width) // 2, lowest), highest)
        at = min(max(at, smooth - width, 0), most, self.width() - width)
        return Word(text, at, at + width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the band, faint to strong, and what is written under it."""
        with QPainter(self) as painter, self._guard.part(painter):
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        left, smooth, most, right = self._borders()
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        for begin, end, color in (
            (left, smooth, with_alpha(theme.muted, 0.25)),
            (smooth, most, with_alpha(theme.warning, 0.35)),
            (most, right, with_alpha(theme.warning, 0.95)),
        ):
            if end > begin:
                painter.setBrush(color)
                painter.drawRect(QRect(begin, _BAND_TOP, end - begin, _BAND_HEIGHT))
        painter.setFont(text_font(_FONT_SIZE))
        painter.setPen(QColor(theme.muted))
        top = _BAND_TOP + _BAND_HEIGHT + _TICK
        if self._slider.position_of(self._limits[1]) == 0:
            painter.drawText(0, top + self._row, self._words.beyond)
            return
        for x in (smooth, most):
            if left < x < right:
                painter.drawLine(x, _BAND_TOP - 1, x, top + self._row // 2)
        for row, words in enumerate((self.tick_labels(), self.zone_names()), start=1):
            for word in words:
                painter.drawText(word.left, top + row * self._row - 2, word.text)

    def _borders(self) -> tuple[int, int, int, int]:
        """Return where the band begins, its two marks are and it ends."""
        smooth, most = (self._slider.position_of(rate) for rate in self._limits)
        left, smooth, most, right = map(
            self._slider.x_of, (0, smooth, most, self._slider.maximum())
        )
        return left, smooth, most, right

    def _width_of(self, text: str) -> int:
        return self._metrics.horizontalAdvance(text)

    def _within(self, text: str, left: int, right: int) -> list[Word]:
        """Return a word in the middle of its room; none where it has no room."""
        width = self._width_of(text)
        if width > right - left:
            return []
        at = (left + right - width) // 2
        return [Word(text, at, at + width)]
