"""Numbers that a person types into a matrix, laid out as the matrix itself."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from gdviz.core.worked_example import Entry
from gdviz.explain.example.pieces import SYMBOLS
from gdviz.explain.formula import Matrix, line
from gdviz.explain.numbers import MINUS, format_short
from gdviz.ui.mathematics.boxes import Style
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.mathematics.matrix_box import bracket
from gdviz.ui.mathematics.rows import RowBox
from gdviz.ui.theme import Theme, text_font
from gdviz.ui.words import mathematics as words

FloatArray = npt.NDArray[np.float64]

_FIELD_WIDTH, _GAP = 82, 6
_NUMBER_SIZE, _SHAPE_SIZE = 10.5, 8.5  # in points
_SYMBOL_SIZE, _SYMBOL_MARGIN, _SYMBOL_GAP = 17.0, 8, 2
_BRACKET_ROOM, _BRACKET_DEPTH = 13, 6.0
# Keys of the run that a number has no use for; in a field they go on to the window.
_NOT_IN_A_NUMBER = (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_F)


class NumberField(QLineEdit):
    """One number; ``value`` is the one in force.

    While the text cannot be used, that is the number from before the edit began, not whatever
    beginning of the text could be read: "1e9" is not taken for 1.

    Signals:
        typed: the text was changed by a person.

    """

    typed = Signal()

    def __init__(self, entry: Entry, row: int, column: int) -> None:
        super().__init__()
        self.row, self.column = row, column
        self.value = self._before = math.nan
        self.setObjectName(_object_name(entry, row, column))
        name = words.EXAMPLE_ENTRIES[entry.value]
        self.setAccessibleName(name.format(row=row + 1, column=column + 1))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(text_font(_NUMBER_SIZE, bold=True))
        self.setFixedWidth(_FIELD_WIDTH)
        self._entry = entry
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)

    @property
    def is_good(self) -> bool:
        """Whether what is typed can be used."""
        return self._entry.allows(_number(self.text()))

    @property
    def complaint(self) -> str:
        """What is wrong with the text, and which number is used instead; "" if nothing is."""
        if self.is_good:
            return ""
        text, value = self.text().strip(), format_short(self.value, 15)
        if not text:
            return words.EXAMPLE_EMPTY.format(value=value)
        is_rate = self._entry is Entry.RATE
        sentence = words.EXAMPLE_REFUSED_RATE if is_rate else words.EXAMPLE_REFUSED
        return sentence.format(text=text, value=value)

    def show_value(self, value: float) -> None:
        """Show a number that was not typed here."""
        self.value = self._before = value
        self.setText(f"{value:.15g}".replace("-", MINUS))
        self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the run to the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _NOT_IN_A_NUMBER
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back with Escape what cannot be used."""
        if event.key() == Qt.Key.Key_Escape and not self.is_good:
            self.show_value(self.value)
            self.typed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show a long number from its beginning."""
        super().focusOutEvent(event)
        self.setCursorPosition(0)

    def mark(self) -> None:
        """Have a border that says whether the text can be used."""
        if self.property("bad") != (not self.is_good):
            self.setProperty("bad", not self.is_good)
            self.style().unpolish(self)
            self.style().polish(self)

    def _on_edited(self) -> None:
        self.value = _number(self.text()) if self.is_good else self._before
        self.typed.emit()

    def _on_finished(self) -> None:
        self._before = self.value


class _Brackets(QWidget):
    """Holds a grid of fields and draws the brackets at its sides."""

    def __init__(self, theme: Theme, *, has_brackets: bool) -> None:
        super().__init__()
        self._theme = theme
        self._has_brackets = has_brackets
        self.grid = QGridLayout(self)
        room = _BRACKET_ROOM if has_brackets else 2
        self.grid.setContentsMargins(room, 4, room, 4)
        self.grid.setSpacing(_GAP)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._has_brackets:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.text), 1.4))
            for at, depth in ((2.0, _BRACKET_DEPTH), (self.width() - 2.0, -_BRACKET_DEPTH)):
                painter.drawPath(bracket(at, 1, self.height() - 2, depth))


class EntryEditor(QWidget):
    """A symbol, its numbers in brackets, the shape beneath, and what is wrong with a number.

    Signals:
        number_chosen: another number is in force; carries row, column and number.
        text_changed: a person typed something.

    """

    number_chosen = Signal(int, int, float)
    text_changed = Signal()

    def __init__(self, entry: Entry, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        latex, self._role, symbols = SYMBOLS[entry]
        self._theme = theme
        self._share = 1.0
        self._symbol = FormulaView(theme, _SYMBOL_SIZE)
        self._symbol.setObjectName("exampleSymbol")
        self._symbol.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._symbol.show_lines((line(f"{latex} ="),))
        self._is_measured = False
        self._brackets = _Brackets(theme, has_brackets=symbols is not None)
        n_rows, n_columns = entry.shape
        self.fields = [
            NumberField(entry, row, column) for row in range(n_rows) for column in range(n_columns)
        ]
        for field in self.fields:
            self._brackets.grid.addWidget(field, field.row, field.column)
            field.typed.connect(self._on_typed)
        self._complaint = QLabel()
        self._complaint.setObjectName("exampleComplaint")
        self._complaint.setProperty("role", "status")
        self._complaint.setProperty("tone", "bad")
        self._complaint.setTextFormat(Qt.TextFormat.PlainText)
        self._complaint.setWordWrap(True)
        self._complaint.setContentsMargins(2, 6, 0, 0)
        self._complaint.hide()
        self._is_above = False
        layout = self._grid = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(_SYMBOL_GAP)
        layout.setVerticalSpacing(2)
        layout.addWidget(self._symbol, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._brackets, 0, 1)
        layout.setColumnStretch(2, 1)
        self._shape = QLabel()
        self._shape.setObjectName("exampleShape")
        self._shape.setProperty("role", "muted")
        self._shape.setFont(text_font(_SHAPE_SIZE))
        layout.addWidget(self._shape, 1, 1, Qt.AlignmentFlag.AlignHCenter)
        if symbols is None:
            self._shape.hide()
        else:
            self._shape.setText(Matrix((), entry.shape, symbols=symbols).shape_text)
        layout.addWidget(self._complaint, 3, 0, 1, 3)
        self._color_fields(theme)

    @property
    def complaint(self) -> str:
        """What is wrong with the first number that cannot be used; "" if nothing is."""
        return next((field.complaint for field in self.fields if not field.is_good), "")

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._symbol.apply_theme(theme)
        self._brackets.apply_theme(theme)
        self._color_fields(theme)

    def set_type_size(self, share: float) -> None:
        """Write symbol, numbers and words in another size, as a share of the normal one."""
        self._share = share
        self._symbol.set_size(_SYMBOL_SIZE * share)
        for field in self.fields:
            field.setFixedWidth(round(_FIELD_WIDTH * share))
        self._shape.setStyleSheet(f"font-size: {_SHAPE_SIZE * share}pt")
        self._color_fields(self._theme)
        if self._is_measured:
            self._measure()
            self._arrange()

    def show_values(self, values: FloatArray) -> None:
        """Show other numbers, of the entry's shape, in place of all that was typed."""
        for field in self.fields:
            field.show_value(float(values[field.row, field.column]))
        self._show_complaint()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the symbol its width; nothing is typeset before somebody looks."""
        super().showEvent(event)
        if not self._is_measured:
            self._is_measured = True
            self._measure()
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the width of the numbers alone: where it is narrow their symbol is above."""
        width = self._brackets.minimumSizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        if self._is_measured:
            self._arrange()

    def _arrange(self) -> None:
        """Put the symbol above its numbers where both beside each other are too wide."""
        wide = self._symbol.width() + _SYMBOL_GAP + self._brackets.sizeHint().width()
        is_above = wide > self.width()
        if is_above == self._is_above:
            return
        self._is_above = is_above
        layout = self._grid
        for part in (self._symbol, self._brackets, self._shape):
            layout.removeWidget(part)
        left, center = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
        if is_above:
            layout.addWidget(self._symbol, 0, 0, 1, 2, left)
            layout.addWidget(self._brackets, 1, 0, 1, 2, left)
            layout.addWidget(self._shape, 2, 0, 1, 2, center)
        else:
            layout.addWidget(self._symbol, 0, 0, Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(self._brackets, 0, 1)
            layout.addWidget(self._shape, 1, 1, center)

    def _measure(self) -> None:
        style = Style(_SYMBOL_SIZE * self._share, self._theme)
        symbol = RowBox(self._symbol.lines[0], style)
        self._symbol.setFixedWidth(math.ceil(symbol.width) + _SYMBOL_MARGIN)

    def _on_typed(self) -> None:
        field = self.sender()
        assert isinstance(field, NumberField)
        self._show_complaint()
        self.number_chosen.emit(field.row, field.column, field.value)
        self.text_changed.emit()

    def _show_complaint(self) -> None:
        for field in self.fields:
            field.mark()
        self._complaint.setText(self.complaint)
        self._complaint.setVisible(bool(self.complaint))

    def _color_fields(self, theme: Theme) -> None:
        size = _NUMBER_SIZE * self._share
        color = Style(1.0, theme).color(self._role).name()
        self._brackets.setStyleSheet(
            f"QLineEdit {{ color: {color}; font-weight: 600; font-size: {size}pt; }}"
            f'QLineEdit[bad="true"] {{ border-color: {theme.warning}; }}'
        )


def _object_name(entry: Entry, row: int, column: int) -> str:
    places = {Entry.X: f"{row}{column}", Entry.Y: f"{row}", Entry.BETA: f"{column}"}
    return f"example{entry.value[0].upper()}{entry.value[1:]}{places.get(entry, '')}"


def _number(text: str) -> float:
    """Return a number written with a decimal point or comma; NaN for what is none."""
    try:
        return float(text.strip().replace(",", ".").replace(MINUS, "-"))
    except ValueError:
        return math.nan
