"""A spin box for any positive number, however small, shown as short as it can be."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from gdviz.ui.theme import give_margin

_NUMBER = re.compile(r"\s*\+?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*")
_MOST_DECIMALS = 323  # as many as a double can have


class ScientificSpinBox(QDoubleSpinBox):
    """Takes 0.05, 3.4e-5 or 1e-12; the arrows go from round number to round number.

    Signals:
        refused: what was typed is not a number that it takes; carries the text.

    """

    refused = Signal(str)

    def __init__(self, minimum: float, maximum: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(_MOST_DECIMALS)
        self.setRange(minimum, maximum)
        self.setKeyboardTracking(False)
        give_margin(self)

    def textFromValue(self, value: float) -> str:
        """Return the number with up to 12 significant digits."""
        text = f"{value:.12g}"
        if "e" in text:
            mantissa, exponent = text.split("e")
            text = f"{mantissa}e{int(exponent)}"
        return text

    def valueFromText(self, text: str) -> float:
        """Read a number; a decimal comma is one too."""
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accept a positive number; while it is typed it may be anything."""
        state = QValidator.State.Intermediate
        if _NUMBER.fullmatch(text):
            value = float(text.replace(",", "."))
            if self.minimum() <= value <= self.maximum():
                state = QValidator.State.Acceptable
        return state, text, position

    def fixup(self, text: str) -> str:
        """Say that what was typed is no such number; the last value comes back."""
        self.refused.emit(text.strip())
        return text

    def stepBy(self, steps: int) -> None:
        """Go to the next of 1, 2, 5, 10, 20 … times a power of ten."""
        value = self.value()
        for _ in range(abs(steps)):
            value = _next_round(value) if steps > 0 else _previous_round(value)
        self.setValue(value)


def _next_round(value: float) -> float:
    exponent = math.floor(math.log10(value)) if value > 0 else -300
    for digit in (1, 2, 5, 10):
        candidate = float(f"{digit}e{exponent}")
        if candidate > value * (1 + 1e-9):
            return candidate
    return float(f"2e{exponent + 1}")


def _previous_round(value: float) -> float:
    exponent = math.floor(math.log10(value)) if value > 0 else -300
    for digit in (5, 2, 1):
        candidate = float(f"{digit}e{exponent}")
        if candidate < value * (1 - 1e-9):
            return candidate
    return float(f"5e{exponent - 1}")
