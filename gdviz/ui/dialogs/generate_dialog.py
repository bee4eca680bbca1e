"""What points to generate: a line, noise, a number and a seed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from gdviz.ui.dialogs.form_dialog import FormDialog
from gdviz.ui.theme import give_margin
from gdviz.ui.words import dialogs as words


@dataclass(frozen=True)
class Recipe:
    """What the generator needs: y = slope x + intercept + noise · N(0, 1)."""

    slope: float = 2.0
    intercept: float = 1.0
    noise: float = 1.0
    n_points: int = 50
    seed: int = 0


class GenerateDialog(FormDialog):
    """Asks for a Recipe."""

    def __init__(self, parent: QWidget | None, recipe: Recipe) -> None:
        super().__init__(parent, "generateDialog", words.GENERATE_TITLE, words.GENERATE_OK)
        self._slope = _real("generateSlope", recipe.slope)
        self._intercept = _real("generateIntercept", recipe.intercept)
        self._noise = _real("generateNoise", recipe.noise, minimum=0.0)
        self._n_points = _whole("generateCount", recipe.n_points, 1, 1_000_000)
        self._seed = _whole("generateSeed", recipe.seed, 0, 2**31 - 1)
        for label, widget in zip(
            words.GENERATE_LABELS,
            (self._slope, self._intercept, self._noise, self._n_points, self._seed),
            strict=True,
        ):
            self.add_row(label, widget)

    @property
    def recipe(self) -> Recipe:
        """What was chosen."""
        return Recipe(
            self._slope.value(),
            self._intercept.value(),
            self._noise.value(),
            self._n_points.value(),
            self._seed.value(),
        )


def _real(name: str, value: float, minimum: float = -1e6) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setObjectName(name)
    give_margin(spin)
    spin.setDecimals(3)
    spin.setRange(minimum, 1e6)
    spin.setSingleStep(0.1)
    spin.setValue(value)
    return spin


def _whole(name: str, value: int, low: int, high: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(name)
    give_margin(spin)
    spin.setRange(low, high)
    spin.setValue(value)
    spin.setGroupSeparatorShown(True)
    return spin
