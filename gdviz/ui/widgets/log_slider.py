"""A slider over powers of ten."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

_STEPS_PER_DECADE = 100


class LogSlider(QSlider):
    """Positions are 100 to the power of ten; values in between are given to three digits.

    Signals:
        value_chosen: a person moved the slider; carries the value.

    """

    value_chosen = Signal(float)

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._low = low
        self.setRange(0, round(math.log10(high / low) * _STEPS_PER_DECADE))
        self.setMinimumHeight(24)
        self.setSingleStep(5)
        self.setPageStep(50)
        self.valueChanged.connect(self._tell)
        self._is_showing = False

    def show_value(self, value: float) -> None:
        """Go to the position of ``value``, or to the end that is nearest, without telling."""
        self._is_showing = True
        self.setValue(self.position_of(value))
        self._is_showing = False

    def position_of(self, value: float) -> int:
        """Return the position of a value, the end that is nearest where it lies beyond."""
        if value <= self._low:
            return 0
        if math.isinf(value):
            return self.maximum()
        return min(round(math.log10(value / self._low) * _STEPS_PER_DECADE), self.maximum())

    def value_at(self, position: int) -> float:
        """Return the value of a position, to three digits."""
        return float(f"{self._low * 10 ** (position / _STEPS_PER_DECADE):.3g}")

    def x_of(self, position: int) -> int:
        """Return where the middle of the handle is at a position."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
        span = self.width() - handle
        return handle // 2 + QStyle.sliderPositionFromValue(0, self.maximum(), position, span)

    def _tell(self, position: int) -> None:
        if not self._is_showing:
            self.value_chosen.emit(self.value_at(position))
