"""The points of a step as rows; only the numbers of the rows that are looked at are worked out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gdviz.core.working import Working
from gdviz.explain.formula import Role
from gdviz.explain.ledger.sheet import DIGITS, is_scaled
from gdviz.explain.ledger.table import Column, Quantity, columns, total, values
from gdviz.explain.stages import Stage
from gdviz.ui.words import mathematics as mathematics_words
from gdviz.ui.words import window as window_words

FloatArray = npt.NDArray[np.float64]
Index = QModelIndex | QPersistentModelIndex

VALUE = Qt.ItemDataRole.UserRole
_BLOCK = 16  # rows that are worked out together
_KEPT_BLOCKS = 8
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()


class RowModel(QAbstractTableModel):
    """One row for each point of the step, one column for each quantity."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.working: Working | None = None
        self.columns: tuple[Column, ...] = ()
        self.stage = Stage.UPDATE
        self._form: tuple[object, ...] = ()
        self._n_rows = 0
        self._blocks: dict[int, FloatArray] = {}

    def show_working(self, working: Working, feature: int) -> bool:
        """Show another step; return whether columns or the number of rows are others."""
        form = (working.dataset.feature_names, is_scaled(working), feature)
        n_rows = working.n_seen
        is_same_form = form == self._form
        is_same = is_same_form and n_rows == self._n_rows
        if is_same:
            first = self._first_changed(working)
            self._take(working)
            if n_rows:
                last = self.index(n_rows - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, first), last)
            return False
        if is_same_form and n_rows > self._n_rows:
            self.beginInsertRows(QModelIndex(), self._n_rows, n_rows - 1)
            self._take(working)
            self.endInsertRows()
        elif is_same_form:
            self.beginRemoveRows(QModelIndex(), n_rows, self._n_rows - 1)
            self._take(working)
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._form = form
            self.columns = columns(working, feature)
            self._take(working)
            self.endResetModel()
        return True

    def _take(self, working: Working) -> None:
        self.working = working
        self._n_rows = working.n_seen
        self._blocks.clear()

    def _first_changed(self, working: Working) -> int:
        """Return the first column whose numbers are others: of the same points the prediction."""
        before = self.working
        if before is None or working.dataset is not before.dataset:
            return 0
        if working.batch is not before.batch or working.scaling is not before.scaling:
            return 0
        quantities = [column.quantity for column in self.columns]
        return quantities.index(Quantity.PREDICTION)

    # --- numbers ---------------------------------------------------------------------------------

    def value(self, row: int, column: int) -> float:
        """Return the number in a cell."""
        block = self._blocks.get(row // _BLOCK)
        if block is None:
            assert self.working is not None
            if len(self._blocks) >= _KEPT_BLOCKS:
                self._blocks.clear()
            first = row // _BLOCK * _BLOCK
            block = values(self.working, self.columns, first, first + _BLOCK)
            self._blocks[row // _BLOCK] = block
        return float(block[row % _BLOCK, column])

    def is_reached(self, column: Column) -> bool:
        """Whether the numbers of a column are there at the stage in force."""
        return column.stage.order <= self.stage.order

    def text(self, row: int, column: int, digits: int = DIGITS) -> str:
        """Return the number in a cell as it is shown."""
        return self.columns[column].text(self.value(row, column), digits)

    def total(self, column: int) -> float | None:
        """Return the sum of a column over all rows, where there is a use for it."""
        return None if self.working is None else total(self.working, self.columns[column])

    def point(self, row: int) -> int:
        """Return which point of the data set stands in a row; −1 for no row."""
        if self.working is None or not 0 <= row < self._n_rows:
            return -1
        return row if self.working.batch is None else int(self.working.batch[row])

    def row(self, point: int) -> int:
        """Return the row of a point of the data set; −1 where the step does not see it."""
        return -1 if self.working is None or point < 0 else self.working.row_of(point)

    # --- what Qt asks for ------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many points the step sees."""
        return 0 if parent.isValid() else self._n_rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many quantities there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text or number."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            is_reached = self.is_reached(self.columns[index.column()])
            return self.text(index.row(), index.column()) if is_reached else window_words.NOT_YET
        if role == VALUE:
            return self.value(index.row(), index.column())
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a column's symbol, or what it means."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].symbol
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._meaning(self.columns[section])
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _meaning(self, column: Column) -> str:
        assert self.working is not None
        name, n = self.working.dataset.target_name, self.working.dataset.n_features
        if column.quantity is Quantity.PREDICTION and n > 1:
            return mathematics_words.LEDGER_PREDICTION.format(n=n)
        if column.quantity is Quantity.FEATURE:
            name = self.working.dataset.feature_names[column.feature]
            if not column.is_given:
                name = mathematics_words.LEDGER_STANDARDISED.format(name=name)
        return mathematics_words.LEDGER_COLUMNS[column.quantity].format(name=name)


def color_name(role: Role) -> str:
    """Return the name of the theme's colour for a role."""
    return {Role.PLAIN: "muted", Role.RATE: "accent"}.get(role, role.value)
