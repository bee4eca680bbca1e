"""The four stages of a step as buttons, and what happens in the one in force."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.explain.numbers import format_count, parameter_names
from gdviz.explain.stages import Stage
from gdviz.ui.mathematics.page_turner import enable
from gdviz.ui.widgets.elided_combo import ElidedCombo
from gdviz.ui.widgets.elided_label import ElidedLabel
from gdviz.ui.widgets.run_keys import RunKeys
from gdviz.ui.words import mathematics as words

_GAP, _BETWEEN = 9, 2
_WEIGHT_WIDTH = 112
_INDENT = 8  # as the text of the first button
_PLACE, _ALL = 7, 1000  # of the sentence, behind the buttons


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
        self._keys = RunKeys(self)
        self._upper, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        self._upper.setLayout(row)
        self._row = row
        self.buttons: dict[Stage, QToolButton] = {}
        for stage in Stage:
            button = QToolButton()
            button.setObjectName(f"stage{stage.label}")
            button.setText(stage.label)
            button.setToolTip(stage.sentence)
            button.setAccessibleName(f"{stage.label}: {stage.sentence}")
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.clicked.connect(self._on_stage)
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
        self.weight = ElidedCombo(_WEIGHT_WIDTH)
        self.weight.setObjectName("ledgerWeight")
        self.weight.setAccessibleName(words.LEDGER_WEIGHT_NAME)
        self.weight.currentTextChanged.connect(self._tell_weight)
        self.weight.activated.connect(self.feature_chosen)
        self.weight.hide()
        self.caption = QLabel(words.LEDGER_OF_NEXT)
        self.caption.setObjectName("ledgerCaption")
        self.caption.setProperty("role", "muted")
        self.caption.setToolTip(words.LEDGER_OF_NEXT_TIP)
        self._lower, self._second = QWidget(), QHBoxLayout()
        self._second.setContentsMargins(_INDENT, 0, 0, 0)
        self._lower.setLayout(self._second)
        self._lower.hide()
        row.addSpacing(5)
        row.addWidget(self.next_button)
        row.addSpacing(_GAP)
        row.addStretch(1)
        row.addWidget(self.weight)
        self._where = (False, False)
        self._is_low = False
        self._row.insertWidget(_PLACE, self.sentence, _ALL)
        self._row.addWidget(self.caption)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_BETWEEN)
        layout.addWidget(self._upper)
        layout.addWidget(self._lower)
        self._keys.look_after(*self.buttons.values(), self.next_button, self.weight)
        self.show_stage(Stage.UPDATE)

    def allow_next(self, allowed: bool, why_not: str) -> None:
        """Enable going on, or disable it and say why."""
        enable(self.next_button, words.LEDGER_NEXT[1], "" if allowed else why_not)

    def show_stage(self, stage: Stage) -> None:
        """Show which stage is in force, without telling."""
        # No button group: of one Tab reaches one button only, and the arrows belong to the run.
        for of, button in self.buttons.items():
            button.setChecked(of is stage)
        self.sentence.show_text(stage.sentence)

    def show_seen(self, n_seen: int, n_points: int) -> None:
        """Say that it is about the step that comes next, and how many points that sees."""
        text = words.LEDGER_OF_NEXT
        if n_seen < n_points:
            seen, of_all = format_count(n_seen), format_count(n_points)
            sees = words.LEDGER_OF_NEXT_SEES_ONE if n_seen == 1 else words.LEDGER_OF_NEXT_SEES
            text = sees.format(seen=seen, all=of_all)
        if text != self.caption.text():
            self.caption.setText(text)
            self.arrange(self.width())

    def arrange(self, width: int) -> None:
        """Put words on a second row where they would be cut beside the buttons."""
        metrics = self.sentence.fontMetrics()
        said = max(metrics.horizontalAdvance(stage.sentence) for stage in Stage)
        caption = metrics.horizontalAdvance(self.caption.text()) + _GAP
        buttons = [*self.buttons.values(), self.next_button]
        left = width - sum(b.sizeHint().width() + 3 for b in buttons) - 2 * _GAP
        if not self.weight.isHidden():
            left -= min(self.weight.least, self.weight.sizeHint().width()) + 3
        is_short = said + caption > left
        where = (is_short, is_short and caption > left)
        # What the words leave is for the name.
        taken = (0 if where[0] else said) + (0 if where[1] else caption)
        self.weight.allow(self.weight.least + left - taken)
        if where == self._where:
            return
        self._where = where
        for widget in (self.sentence, self.caption):
            self._row.removeWidget(widget)
            self._second.removeWidget(widget)
        if where[0]:
            self._second.addWidget(self.sentence, 1)
        else:
            self._row.insertWidget(_PLACE, self.sentence, _ALL)
        (self._second if where[1] else self._row).addWidget(self.caption)
        self._lower.setVisible(where[0] and not self._is_low)

    def height_when(self, *, is_low: bool) -> int:
        """Return how high it is with the words of the second row, or without them."""
        second = self._where[0] and not is_low
        lower = self._lower.sizeHint().height() + _BETWEEN if second else 0
        return self._upper.sizeHint().height() + lower

    def set_low(self, is_low: bool) -> None:
        """Do without the second row, whose words the buttons have in their tooltips."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._lower.setVisible(self._where[0] and not is_low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self.arrange(self.width())

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
        self.arrange(self.width())

    def _tell_weight(self, text: str) -> None:
        self.weight.setToolTip(f"{text}\n{words.LEDGER_WEIGHT_NAME}")

    def _on_stage(self) -> None:
        pressed = self.sender()
        stage = next(stage for stage, button in self.buttons.items() if button is pressed)
        self.show_stage(stage)
        self.stage_chosen.emit(stage)
