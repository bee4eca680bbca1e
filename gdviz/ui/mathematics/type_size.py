"""How large formulas are written: in steps, by keys and menu, remembered from run to run."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal

from gdviz.ui.actions import Actions
from gdviz.ui.words import window as words

SHARES = (0.85, 1.0, 1.2, 1.45, 1.75)
"""The sizes there are, as shares of the normal one."""

_NORMAL = SHARES.index(1.0)
_KEY = "formulaSize"  # in per cent, so that other steps find the nearest


class TypeSize(QObject):
    """Follows the actions that make formulas larger and smaller.

    Signals:
        changed: formulas are to have another size; carries one of SHARES.

    """

    changed = Signal(float)

    def __init__(self, actions: Actions, preferences: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._preferences = actions, preferences
        self._step = _nearest(preferences.value(_KEY, 100))
        actions["largerFormulas"].triggered.connect(self._on_larger)
        actions["smallerFormulas"].triggered.connect(self._on_smaller)
        actions["normalFormulas"].triggered.connect(self._on_normal)
        self._show_what_can_be_done()

    @property
    def share(self) -> float:
        """The size in force."""
        return SHARES[self._step]

    def _on_larger(self) -> None:
        self._choose(self._step + 1)

    def _on_smaller(self) -> None:
        self._choose(self._step - 1)

    def _on_normal(self) -> None:
        self._choose(_NORMAL)

    def _choose(self, step: int) -> None:
        self._step = step
        self._preferences.setValue(_KEY, round(100 * self.share))
        self._show_what_can_be_done()
        self.changed.emit(self.share)

    def _show_what_can_be_done(self) -> None:
        is_last = self._step == len(SHARES) - 1
        self._actions.allow("largerFormulas", not is_last, words.WHY_LARGEST)
        self._actions.allow("smallerFormulas", self._step > 0, words.WHY_SMALLEST)
        self._actions.allow("normalFormulas", self._step != _NORMAL, words.WHY_NORMAL)


def _nearest(percent: object) -> int:
    """Return the step nearest to a size that may have been written by hand."""
    try:
        wanted = float(str(percent)) / 100
    except ValueError:
        return _NORMAL
    return min(range(len(SHARES)), key=lambda step: abs(SHARES[step] - wanted))
