"""The numbers of the moment: step, epoch, J, J − J_min, |∇J|, b and m."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gdviz.core.snapshot import Snapshot
from gdviz.explain.numbers import format_count, format_number, parameter_names
from gdviz.ui.theme import text_font
from gdviz.ui.widgets.elided_label import ElidedLabel
from gdviz.ui.words import window as words

_NOTE_SIZE = 8.5  # in points
# Short numbers stand two in a row.
_FIRST_IN_ROW, _SECOND_IN_ROW = ("step", "intercept"), ("epoch", "slope")


class Readouts(QWidget):
    """Labels and numbers in two columns; the numbers in digits of one width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, ElidedLabel] = {}
        self._rounding = (0.0, 0.0)  # of J and of |∇J|
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(10)
        layout.setVerticalSpacing(3)
        row = -1
        for name, label, tip in words.READOUTS:
            title = QLabel(label)
            title.setProperty("role", "muted")
            title.setToolTip(tip)
            value = ElidedLabel()
            value.setObjectName(f"{name}Readout")
            value.setAccessibleName(tip)
            value.setFont(text_font(10))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            is_second = name in _SECOND_IN_ROW
            row += not is_second
            is_pair = is_second or name in _FIRST_IN_ROW
            layout.addWidget(title, row, 2 if is_second else 0)
            layout.addWidget(value, row, 3 if is_second else 1, 1, 1 if is_pair else 3)
            self._values[name] = value
            if name == "slope":
                self._slope_title = title
        self._units = QLabel()
        self._units.setObjectName("unitsNote")
        self._units.setProperty("role", "muted")
        self._units.setFont(text_font(_NOTE_SIZE))
        self._units.setToolTip(words.READOUTS_STANDARDISED_TIP)
        self._units.hide()
        layout.addWidget(self._units, row + 1, 0, 1, 4)
        layout.setColumnStretch(1, 1)
        layout.setColumnStretch(3, 1)

    def show_units(self, n_features: int, *, is_scaled: bool) -> None:
        """Say in which units the numbers are, where there are two kinds."""
        shown = " and ".join(parameter_names(n_features)[:2])
        self._units.setText(words.READOUTS_STANDARDISED.format(parameters=shown))
        self._units.setVisible(is_scaled)

    def show_rounding(self, of_cost: float, of_gradient: float) -> None:
        """Say of J and |∇J| that are no more than this that they are nearly 0."""
        self._rounding = (of_cost, of_gradient)

    def show_snapshot(self, snapshot: Snapshot, n_points: int) -> None:
        """Show the numbers of a snapshot; without points there is no cost."""
        shown = {
            "step": format_count(snapshot.step),
            "epoch": format_count(snapshot.epoch),
            "cost": _number(snapshot.cost, self._rounding[0]),
            "gap": _number(snapshot.gap, self._rounding[0]),
            "gradient": _number(snapshot.gradient_norm, self._rounding[1]),
            "intercept": format_number(float(snapshot.theta[0])),
            "slope": format_number(float(snapshot.theta[1])),
        }
        if n_points == 0:
            shown |= dict.fromkeys(("cost", "gap", "gradient"), words.NO_NUMBER)
        self._slope_title.setText(parameter_names(len(snapshot.theta) - 1)[1])
        for name, text in shown.items():
            self._values[name].show_text(text)


def _number(value: float, rounding: float) -> str:
    """Return a number that is never below 0 as it is shown."""
    return words.NEARLY_ZERO if 0 < value <= rounding else format_number(value)
