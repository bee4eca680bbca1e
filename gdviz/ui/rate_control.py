"""The learning rate: a spin box, a slider over powers of ten, and what the rate will do."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QToolTip, QVBoxLayout, QWidget

from gdviz.core.settings import LEARNING_RATE_SLIDER, PARAMETERS
from gdviz.explain.numbers import format_short
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.log_slider import LogSlider
from gdviz.ui.widgets.rate_zones import RateZones, ZoneWords
from gdviz.ui.widgets.scientific_spin_box import ScientificSpinBox
from gdviz.ui.words import window as words

_SMALLEST = 1e-300


class RateControl(QWidget):
    """Spin box and slider always agree; the band under the slider shows the limits.

    Signals:
        rate_chosen: a person chose another rate; carries it.

    """

    rate_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = PARAMETERS["learning_rate"]
        self._proposal = 0.0
        self._title = title = QLabel(row.label)
        title.setProperty("role", "title")
        self._spin = ScientificSpinBox(_SMALLEST, row.maximum)
        self._spin.setObjectName("learningRate")
        self._spin.setAccessibleName(row.label)
        self._spin.setToolTip(row.tooltip)
        self._spin.setMinimumWidth(84)
        self._spin.setMaximumWidth(96)
        title.setBuddy(self._spin)
        self._slider = LogSlider(*LEARNING_RATE_SLIDER)
        self._slider.setObjectName("learningRateSlider")
        self._slider.setAccessibleName(f"{row.label}, slider")
        self._slider.setToolTip(row.tooltip)
        self._zones = RateZones(self._slider, theme)
        self._same_path_rate: float | None = None
        self._propose = QToolButton()
        self._propose.setObjectName("proposeRate")
        self._propose.setToolTip(words.RATE_PROPOSE_TIP)
        policy = self._propose.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what is below must not jump
        self._propose.setSizePolicy(policy)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self._propose)
        top.addWidget(self._spin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._slider)
        layout.addWidget(self._zones)
        self._spin.valueChanged.connect(self._on_spin)
        self._spin.refused.connect(self._on_refused)
        self._slider.value_chosen.connect(self._on_slider)
        self._propose.clicked.connect(self._on_propose)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._zones.apply_theme(theme)

    def show_rate(self, rate: float) -> None:
        """Show the rate in force."""
        if self._spin.value() != rate:
            self._spin.blockSignals(True)
            self._spin.setValue(rate)
            self._spin.blockSignals(False)
        if self._slider.value_at(self._slider.value()) != rate:
            self._slider.show_value(rate)
        self._show_proposal()

    def offer_same_path(self, rate: float | None, times: float = 1.0) -> None:
        """Offer the rate that walks the same path as before the cost changed; None offers none.

        ``times`` is by how much the gradient has grown.
        """
        self._same_path_rate = rate
        self._same_path_tip = words.RATE_SAME_PATH_TIP.format(
            times=format_short(times, 3), rate=format_short(rate or 0.0)
        )
        self._show_proposal()

    def show_limits(self, smooth: float, most: float, proposal: float, *, is_batch: bool) -> None:
        """Show from which rates on it overshoots and diverges, and the rate that is proposed."""
        names = words.RATE_NAMES_BATCH if is_batch else words.RATE_NAMES_POINTS
        beyond = words.RATE_BEYOND.format(most=format_short(most, 2))
        self._zones.show_limits(smooth, most, ZoneWords(words.RATE_TICKS, names, beyond))
        text = words.RATE_ZONES_BATCH if is_batch else words.RATE_ZONES_POINTS
        tip = text.format(smooth=format_short(smooth, 3), most=format_short(most, 3))
        self._zones.setToolTip(tip if most < math.inf else "")
        self._proposal = proposal
        self._show_proposal()

    def _show_proposal(self) -> None:
        """Say on the button which rate it would choose; hide it where that is in force."""
        rate, text, tip = self._proposal, words.RATE_PROPOSE, words.RATE_PROPOSE_TIP
        if self._same_path_rate is not None:
            rate, text, tip = self._same_path_rate, words.RATE_SAME_PATH, self._same_path_tip
        is_long = self._same_path_rate is not None  # the button needs the room
        self._title.setText(words.RATE_SHORT if is_long else PARAMETERS["learning_rate"].label)
        text = text.format(rate=format_short(rate, 3))
        self._propose.setText(text)
        self._propose.setToolTip(tip)
        self._propose.setAccessibleName(words.TOLD.format(text=text, tip=tip))
        self._propose.setVisible(rate > 0 and not math.isclose(self._spin.value(), rate))

    def _on_spin(self, rate: float) -> None:
        self._slider.show_value(rate)
        self.rate_chosen.emit(rate)

    def _on_refused(self, text: str) -> None:
        sentence = words.RATE_REFUSED.format(text=text, rate=format_short(self._spin.value(), 12))
        place = self._spin.mapToGlobal(self._spin.rect().bottomLeft())
        QToolTip.showText(place, sentence, self._spin)

    def _on_slider(self, rate: float) -> None:
        self._spin.blockSignals(True)
        self._spin.setValue(rate)
        self._spin.blockSignals(False)
        self.rate_chosen.emit(rate)

    def _on_propose(self) -> None:
        is_pending = self._same_path_rate is not None
        self.rate_chosen.emit(self._same_path_rate if is_pending else self._proposal)
