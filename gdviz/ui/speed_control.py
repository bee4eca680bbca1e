"""How many steps a second: a slider from one in some seconds to as many as possible."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gdviz.core.settings import FASTEST_SPEED, SLOWEST_SPEED, SPEED, UNLIMITED_SPEED
from gdviz.explain.numbers import format_count
from gdviz.ui.widgets.log_slider import LogSlider
from gdviz.ui.words import window as words

_FAST = 500.0


class SpeedControl(QWidget):
    """A logarithmic slider; its last position means unlimited.

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
        self._slider.setMinimumWidth(110)
        self._text = QLabel()
        self._text.setMinimumWidth(self.fontMetrics().horizontalAdvance(words.SPEED_UNLIMITED) + 6)
        self._text.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        title = QLabel(SPEED.label)
        title.setProperty("role", "muted")
        title.setBuddy(self._slider)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
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

    def _on_slider(self) -> None:
        self._show_text()
        self.speed_chosen.emit(self.speed)

    def _show_text(self) -> None:
        speed = self.speed
        if math.isinf(speed):
            self._text.setText(words.SPEED_UNLIMITED)
        elif speed < 1:
            self._text.setText(words.SPEED_SLOW.format(seconds=round(1 / speed)))
        elif speed == 1:
            self._text.setText(words.SPEED_STEP)
        else:
            self._text.setText(words.SPEED_STEPS.format(speed=format_count(int(speed))))
