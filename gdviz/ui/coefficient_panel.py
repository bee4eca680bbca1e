"""The coefficients as bars that move, beside the model in matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdviz.core.working import Working
from gdviz.explain.derivation.chapters import Chapter, scaled_note
from gdviz.explain.formula import is_same_form
from gdviz.explain.ledger.sheet import is_scaled
from gdviz.explain.matrices import model_lines
from gdviz.ui.coefficient_bars import CoefficientBars
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.mathematics.sums_area import SumsArea
from gdviz.ui.subscripts import show_with_subscripts
from gdviz.ui.theme import Theme, text_font
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

# Of the width: the bars, and the matrices, whose lines are not to be broken.
_SHARES = (1, 2)
_NOTE_SIZE, _MATRICES_SIZE = 8.5, 14.0  # in points, in pixels


class CoefficientPanel(QWidget):
    """Bars at the left in the person's units, matrices at the right in those of the descent."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("coefficientPanel")
        self.bars = CoefficientBars(theme)
        self.matrices = FormulaView(theme, _MATRICES_SIZE)
        self.matrices.setObjectName("matrices")
        self.matrices.setAccessibleName(words.MATRICES_NAME)
        self.matrices.setToolTip(words.MATRICES_TIP)
        self.matrices.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.matrices)  # its arrow keys go to the area around it
        self.scales = QLabel(words.COEFFICIENTS_SCALES)
        self.scales.setObjectName("coefficientScales")
        self.scales.setProperty("role", "muted")
        self.scales.setFont(text_font(_NOTE_SIZE))
        self.scales.setWordWrap(True)
        self._note = ""
        self.note = QLabel()
        self.note.setObjectName("matricesNote")
        self.note.setProperty("role", "muted")
        self.note.setFont(text_font(_NOTE_SIZE))
        self.note.setWordWrap(True)
        self.note.hide()
        self.area = SumsArea(theme)
        self.area.setObjectName("matricesArea")
        self.area.setWidget(self.matrices)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.area, 1)
        right.addWidget(self.note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.bars, 1)
        left.addWidget(self.scales)
        layout.addLayout(left, _SHARES[0])
        layout.addLayout(right, _SHARES[1])

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.bars.apply_theme(theme)
        self.matrices.apply_theme(theme)
        self.area.apply_theme(theme)

    def show_problem(
        self, names: tuple[str, ...], best: FloatArray, *, is_scaled: bool = False
    ) -> None:
        """Name the parameters, and mark the minimum (n+1,), in the coordinates of the descent."""
        of_scaled = words.COEFFICIENTS_SCALES_STANDARDISED
        show_with_subscripts(self.scales, of_scaled if is_scaled else words.COEFFICIENTS_SCALES)
        self.bars.show_problem(names, best)

    def show_working(self, working: Working) -> None:
        """Show θ as the descent has it, and the matrices of the points that the step sees."""
        if self.isVisible():
            self.bars.show_values(working.theta)
            lines = model_lines(working)
            if not is_same_form(self.matrices.lines, lines):
                self.area.forget_width()
            self.matrices.show_lines(lines)
            self._show_note(working)

    def set_type_size(self, share: float) -> None:
        """Write the matrices in another size, as a share of the normal one."""
        self.area.forget_width()
        self.matrices.set_size(_MATRICES_SIZE, share)
        self.bars.set_type_size(share)
        for label in (self.note, self.scales):
            label.setStyleSheet(f"font-size: {_NOTE_SIZE * share}pt")

    def rest(self) -> None:
        """Lay the matrices out tight: the run rests."""
        self.area.forget_width()
        self.matrices.rest()

    def _show_note(self, working: Working) -> None:
        """Say what Z is, where the matrices are of standardised features."""
        has_note = is_scaled(working) and working.n_seen > 0
        note = scaled_note(Chapter.N_FEATURES, working) if has_note else ""
        if note != self._note:
            self._note = note
            show_with_subscripts(self.note, note)
            self.note.setVisible(bool(note))
