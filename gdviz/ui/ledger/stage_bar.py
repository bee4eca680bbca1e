"""The four stages of a step as buttons, and what happens in the one in force."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QWidget

from gdviz.explain.numbers import parameter_names
from gdviz.explain.stages import Stage
from gdviz.ui import messages as words
from gdviz.ui.widgets.elided_label import ElidedLabel
from gdviz.ui.widgets.run_keys import RunKeys


class StageBar(QWidget):
    """Buttons for the stages, one to go on, and a choice of the weight where there are several.

    Signals:
        stage_chosen: a person chose a stage.
        next_requested: a person wants to go on.
        feature_chosen: a person chose the weight of another feature, from 0.

    """

    stage_chosen = Signal(object)
    next_requested = Signal()
    feature_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._keys = RunKeys(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        self.buttons: dict[Stage, QToolButton] = {}
        for stage in Stage:
            button = QToolButton()
            button.setObjectName(f"stage{stage.label}")
            button.setText(stage.label)
            button.setToolTip(stage.sentence)
            button.setAccessibleName(f"{stage.label}: {stage.sentence}")
            button.setCheckable(True)
            button.setProperty("flat", True)
            button.clicked.connect(self._on_stage)
            self._group.addButton(button)
            self.buttons[stage] = button
            row.addWidget(button)
        self.next_button = QToolButton()
        self.next_button.setObjectName("stageNext")
        text, tip = words.LEDGER_NEXT
        self.next_button.setText(text)
        self.next_button.setToolTip(tip)
        self.next_button.setAccessibleName(f"{text}: {tip}")
        self.next_button.clicked.connect(self.next_requested)
        self.sentence = ElidedLabel()
        self.sentence.setProperty("role", "muted")
        self.weight = QComboBox()
        self.weight.setObjectName("ledgerWeight")
        self.weight.setAccessibleName(words.LEDGER_WEIGHT_NAME)
        self.weight.setToolTip(words.LEDGER_WEIGHT_NAME)
        self.weight.setMaximumWidth(190)
        self.weight.activated.connect(self.feature_chosen)
        self.weight.hide()
        row.addSpacing(5)
        row.addWidget(self.next_button)
        row.addSpacing(9)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.weight)
        self._keys.look_after(*self.buttons.values(), self.next_button, self.weight)
        self.show_stage(Stage.UPDATE)

    def show_stage(self, stage: Stage) -> None:
        """Show which stage is in force, without telling."""
        self.buttons[stage].setChecked(True)
        self.sentence.show_text(stage.sentence)

    def show_features(self, names: tuple[str, ...]) -> None:
        """Offer the weights of some features."""
        weights = parameter_names(len(names))[1:]
        self.weight.clear()
        self.weight.addItems(
            [
                words.LEDGER_WEIGHT.format(weight=weight, name=name)
                for weight, name in zip(weights, names, strict=True)
            ]
        )
        self.weight.setVisible(len(names) > 1)

    def _on_stage(self) -> None:
        pressed = self._group.checkedButton()
        for stage, button in self.buttons.items():
            if button is pressed:
                self.sentence.show_text(stage.sentence)
                self.stage_chosen.emit(stage)
