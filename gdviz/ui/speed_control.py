"""How many steps a second: a slider from one in some seconds to as many as possible."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gdviz.core.settings import FASTEST_SPEED, SLOWEST_SPEED, SPEED, UNLIMITED_SPEED
from gdviz.explain.numbers import format_count
from gdviz.ui.widgets.log_slider import LogSlider
from gdviz.ui.words import window as words

_FAST = 500.0
_SLIDER, _LEAST_SLIDER, _GAP = 110, 60, 8


class SpeedControl(QWidget):
    """A logarithmic slider; its last position means unlimited.

    Where room is short it stands without its title, and then without its number.

    Signals:
        speed_chosen: a person chose another speed, in steps a second; infinity is unlimited.

    """

    speed_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = LogSlider(SLOWEST_SPEED, FASTEST_SPEED)
        self._slider.setMaximum(self._slider.maximum() + 25)
        self._slider.setObjectName("speed")
        self._slider.setAccessibleName(SPEED.label)
        self._slider.setToolTip(SPEED.tooltip)
        self._slider.setMinimumWidth(_LEAST_SLIDER)
        self._text = QLabel()
        self._text.setMinimumWidth(self.fontMetrics().horizontalAdvance(words.SPEED_UNLIMITED) + 6)
        self._text.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        title = self._title = QLabel(SPEED.label)
        title.setProperty("role", "muted")
        title.setBuddy(self._slider)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(title)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._text)
        self._slider.valueChanged.connect(self._on_slider)
        self.show_speed(float(SPEED.default))

    @property
    def speed(self) -> float:
        """Steps a second; infinity is unlimited."""
        if self._slider.value() == self._slider.maximum():
            return UNLIMITED_SPEED
        speed = self._slider.value_at(self._slider.value())
        # Whole seconds a step, or whole steps a second, to two digits.
        speed = 1 / round(1 / speed) if speed < 1 else round(float(f"{speed:.2g}"))
        return min(speed, FASTEST_SPEED)

    @property
    def is_fast(self) -> bool:
        """Whether steps are made so fast that no eye follows, and leave the window little time."""
        return self.speed > _FAST

    def show_speed(self, speed: float) -> None:
        """Show the speed in force, without telling."""
        self._slider.blockSignals(True)
        if math.isinf(speed):
            self._slider.setValue(self._slider.maximum())
        else:
            self._slider.setValue(self._slider.position_of(speed))
        self._slider.blockSignals(False)
        self._show_text()

    def sizeHint(self) -> QSize:
        """Return room for everything, whatever of it is shown."""
        parts = self._title.sizeHint().width() + self._text_width + 2 * _GAP
        return QSize(parts + _SLIDER, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for the slider."""
        return QSize(_LEAST_SLIDER, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        left = self.width() - _LEAST_SLIDER - self._text_width - _GAP
        self._text.setVisible(left >= 0)
        self._title.setVisible(left >= self._title.sizeHint().width() + _GAP)

    @property
    def _text_width(self) -> int:
        """How wide the longest text is."""
        return self._text.minimumWidth()

    def _on_slider(self) -> None:
        self._show_text()
        self.speed_chosen.emit(self.speed)

    def _show_text(self) -> None:
        speed = self.speed
        if math.isinf(speed):
            text = words.SPEED_UNLIMITED
        elif speed < 1:
            text = words.SPEED_SLOW.format(seconds=round(1 / speed))
        elif speed == 1:
            text = words.SPEED_STEP
        else:
            text = words.SPEED_STEPS.format(speed=format_count(int(speed)))
        self._text.setText(text)
        self._slider.setToolTip(f"{text}\n{SPEED.tooltip}")
