"""An axis whose numbers are as short as they can be, so that they never run into its name."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdviz.explain.numbers import format_count, format_power, power_of_ten
from gdviz.ui.paint_guard import PaintGuard
from gdviz.ui.theme import text_font

_WIDTH, _HEIGHT = 58, 38
# Numbers beyond these are written with a power of ten, unless that takes more digits than this.
_LARGE, _SMALL = 1e5, 1e-3
_MOST_DIGITS = 4


class Axis(pg.AxisItem):
    """Ticks outside the view, numbers with a real minus sign and powers of ten."""

    def __init__(self, side: str, line: QPen, text: QPen) -> None:
        super().__init__(side, pen=line, textPen=text)
        self._guard = PaintGuard(self)
        self.setStyle(tickFont=text_font(8.5), tickTextOffset=5, tickLength=4)
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

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the numbers at the ticks, all with the decimals that their spacing needs."""
        if self.logMode:
            return [power_of_ten(round(value)) if value == round(value) else "" for value in values]
        largest = max((abs(value) for value in values), default=0.0)
        if largest == 0 or spacing <= 0:
            return ["0"] * len(values)
        # As many digits as tell neighbours apart, however far from 0 they are.
        digits = math.floor(math.log10(largest) + 1e-9) - math.floor(math.log10(spacing) + 1e-9) + 1
        if (largest >= _LARGE or largest < _SMALL) and digits <= _MOST_DIGITS:
            return [format_power(value, digits) for value in values]
        decimals = max(0, math.ceil(-math.log10(spacing) - 1e-9))
        if decimals == 0:
            return [format_count(round(value)) for value in values]
        return [f"{value:.{decimals}f}".replace("-", "−") for value in values]
