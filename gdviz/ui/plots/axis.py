"""An axis whose numbers are short and never run into its name or into each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdviz.explain.numbers import power_of_ten
from gdviz.ui.paint_guard import PaintGuard
from gdviz.ui.plots.ticks import (
    Levels,
    common_power,
    log_levels,
    log_texts,
    nice_spacing,
    numbers_for,
    parts_of,
)
from gdviz.ui.subscripts import with_subscripts
from gdviz.ui.theme import text_font

_WIDTH, _HEIGHT = 58, 38
# Where numbers are longer the axis is wider, by whole steps, so that it does not move with each.
_WIDTH_STEP = 10
_SPARE_STEPS = 2
_NAME = 18.0
_TICK, _TEXT_OFFSET = 4, 5
# Numbers are at least so far apart: from line to line, and from the end of one to the next.
_LINE_PIXELS, _GAP_PIXELS, _LEAST_GAP_PIXELS = 29.0, 24.0, 6.0
_LEAST_ACROSS = 46.0


class Axis(pg.AxisItem):
    """Ticks outside the view, numbers with a real minus sign, a common power of ten in the name."""

    def __init__(self, side: str, line: QPen, text: QPen) -> None:
        self._power = 0
        self._name_shown = ""
        self._least_width = _WIDTH
        self._wider = 0
        self._metrics = QFontMetricsF(text_font(8.5))
        super().__init__(side, pen=line, textPen=text)
        self._guard = PaintGuard(self)
        self.setStyle(
            tickFont=text_font(8.5),
            tickTextOffset=_TEXT_OFFSET,
            tickLength=_TICK,
            maxTextLevel=0,
        )
        self.enableAutoSIPrefix(False)
        # Painted once: whatever moves in the view touches the axes' edges, and would have their
        # numbers drawn again in every frame.
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)
        if side == "left":
            self.setWidth(_WIDTH)
        else:
            self.setHeight(_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the axis, or nothing where that goes wrong."""
        with self._guard.part(painter):
            super().paint(painter, option, widget)

    def setWidth(self, w: int | None = None) -> None:
        """Set the width that it has where its numbers have room in it."""
        self._least_width = w or _WIDTH
        self._wider = 0
        super().setWidth(self._least_width)

    def setRange(self, mn: float, mx: float) -> None:
        """Show other values; the name takes the power of ten that they have in common."""
        super().setRange(mn, mx)
        power = 0 if self.logMode else common_power(mn, mx)
        if power != self._power:
            self._power = power
            self._updateLabel()
        self._fit_width()

    def resizeEvent(self, ev: Any = None) -> None:
        """Give numbers that come with another size the room that they need."""
        super().resizeEvent(ev)
        self._fit_width()

    def labelString(self) -> str:
        """Return the name, with the power of ten in which the numbers are."""
        text = with_subscripts(str(super().labelString()))
        if self._power == 0:
            return text
        return text.replace("</span>", f" (×{power_of_ten(self._power)})</span>")

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """Return how far ticks with and without numbers are apart, and where they begin."""
        spacing = self._spacing(minVal, maxVal, size)
        return [(spacing, 0.0), (parts_of(spacing), 0.0)]

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Levels:
        """Return the ticks with numbers, and those without."""
        if self.logMode:
            low, high = sorted((minVal, maxVal))
            return log_levels(low, high, (high - low) * _LINE_PIXELS / max(size, 1.0))
        levels: Levels = super().tickValues(minVal, maxVal, size)
        return levels

    def _updateLabel(self) -> None:
        """Lay the name out where it is another one: it is asked for twenty times while starting."""
        text = self.labelString()
        if text != self._name_shown:
            self._name_shown = text
            super()._updateLabel()

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the numbers at the ticks, all with the decimals that their spacing needs."""
        return self._texts(values, spacing)

    def _texts(self, values: Sequence[float], spacing: float) -> list[str]:
        if self.logMode:
            return log_texts(values, spacing)
        numbers = numbers_for(spacing, self._power)
        return [numbers.text(value) for value in values]

    def _spacing(self, low: float, high: float, size: float) -> float:
        """Return the closest spacing at which the numbers stand clear of each other."""
        per_pixel = (high - low) / max(size, 1.0)
        if self.orientation == "left":
            return nice_spacing(_LINE_PIXELS * per_pixel)
        spacing = self._clear_spacing(low, high, per_pixel, _GAP_PIXELS)
        if spacing <= (high - low) / 2:
            return spacing
        return self._clear_spacing(low, high, per_pixel, _LEAST_GAP_PIXELS)

    def _clear_spacing(self, low: float, high: float, per_pixel: float, gap: float) -> float:
        """Return the closest spacing at which numbers have ``gap`` pixels between them."""
        spacing = nice_spacing(_LEAST_ACROSS * per_pixel)
        for _ in range(12):
            numbers = numbers_for(spacing, self._power)
            ends = (math.ceil(low / spacing) * spacing, math.floor(high / spacing) * spacing)
            longest = max(self._metrics.horizontalAdvance(numbers.text(end)) for end in ends)
            if spacing >= (longest + gap) * per_pixel:
                break
            spacing = nice_spacing(1.1 * spacing)
        return spacing

    def _fit_width(self) -> None:
        """Widen the axis where its numbers would run into its name."""
        size = self.size().height()
        if self.orientation != "left" or size < 1 or not self.isVisible():
            return
        low, high = self.range
        spacing, values = self.tickValues(low, high, size)[0]
        texts = self._texts(values, spacing)
        longest = max((self._metrics.horizontalAdvance(text) for text in texts), default=0.0)
        missing = _NAME + longest + _TICK + _TEXT_OFFSET + 2 - self._least_width
        steps = max(math.ceil(missing / _WIDTH_STEP), 0)
        if steps > self._wider or steps < self._wider - _SPARE_STEPS:
            self._wider = steps
            super().setWidth(self._least_width + _WIDTH_STEP * steps)
