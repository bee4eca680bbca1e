"""A slider over powers of ten."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from gdviz.ui.paint_guard import PaintGuard
from gdviz.ui.theme import Theme, text_font, with_alpha

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

    def _tell(self, position: int) -> None:
        if not self._is_showing:
            self.value_chosen.emit(self.value_at(position))


class RateZones(QWidget):
    """A thin band under a learning-rate slider: where it is smooth, oscillates and diverges."""

    def __init__(self, slider: LogSlider, theme: Theme) -> None:
        super().__init__(slider.parentWidget())
        self._slider = slider
        self._theme = theme
        self._limits = (math.inf, math.inf)
        self._labels = ("", "")
        self._beyond = ""
        self._guard = PaintGuard(self)
        self.setFixedHeight(24)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def show_limits(self, smooth: float, most: float, labels: tuple[str, str], beyond: str) -> None:
        """Mark two rates, from which on it oscillates and diverges.

        ``beyond`` is said where the slider's whole range diverges.
        """
        if (smooth, most) != self._limits or labels != self._labels:
            self._limits = (smooth, most)
            self._labels = labels
            self._beyond = beyond
            self.update()

    def sizeHint(self) -> QSize:
        """Return as wide as the slider."""
        return QSize(self._slider.sizeHint().width(), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the band, faint to strong, and the names of its borders."""
        with QPainter(self) as painter, self._guard.part(painter):
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left, right = self._x_of(0), self._x_of(self._slider.maximum())
        smooth, most = (self._x_at(rate) for rate in self._limits)
        theme = self._theme
        zones = (
            (left, smooth, with_alpha(theme.muted, 0.25)),
            (smooth, most, with_alpha(theme.warning, 0.35)),
            (most, right, with_alpha(theme.warning, 0.95)),
        )
        for begin, end, color in zones:
            if end > begin:
                painter.setBrush(color)
                painter.drawRect(QRect(begin, 2, end - begin, 4))
        painter.setFont(text_font(8))
        painter.setPen(QColor(theme.muted))
        metrics = painter.fontMetrics()
        if self._slider.position_of(self._limits[1]) == 0:
            painter.drawText(0, self.height() - 4, self._beyond)
            return
        taken = -1
        for x, label in zip((smooth, most), self._labels, strict=True):
            width = metrics.horizontalAdvance(label)
            at = min(max(x - width // 2, 0), self.width() - width)
            if left < x < right and at > taken:
                painter.drawText(at, self.height() - 4, label)
                taken = at + width + 4

    def _x_at(self, rate: float) -> int:
        return self._x_of(self._slider.position_of(rate))

    def _x_of(self, position: int) -> int:
        """Return where the middle of the slider's handle is at a position."""
        option = QStyleOptionSlider()
        self._slider.initStyleOption(option)
        style = self._slider.style()
        handle = style.pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self._slider)
        span = self._slider.width() - handle
        return handle // 2 + QStyle.sliderPositionFromValue(
            0, self._slider.maximum(), position, span
        )
