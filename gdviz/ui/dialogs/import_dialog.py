"""Which column of a table is the target, and which is the feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gdviz.ui import messages as words
from gdviz.ui.dialogs.form_dialog import FormDialog

PREVIEW_ROWS = 8
MOST_FEATURES = 50
"""More columns than this are not taken all at once."""

_ALL = "all"


class ImportDialog(FormDialog):
    """Asks for target and features among the columns of numbers, above a preview of them.

    The last choice of features takes all columns but the target, where there are not too many.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        names: Sequence[str],
        head: npt.NDArray[np.float64],
        text_columns: Sequence[str] = (),
    ) -> None:
        super().__init__(parent, "importDialog", title, words.IMPORT_OK)
        self._names = tuple(names)
        self._feature = _columns("importFeature", names, 0)
        self._target = _columns("importTarget", names, len(names) - 1)
        n_others = len(names) - 1
        if 2 <= n_others <= MOST_FEATURES:
            self._feature.insertSeparator(len(names))
            self._feature.addItem(words.IMPORT_ALL.format(n=n_others), _ALL)
            self._feature.setItemData(
                self._feature.count() - 1, words.IMPORT_ALL_TIP, Qt.ItemDataRole.ToolTipRole
            )
        self.add_row(words.IMPORT_FEATURE, self._feature)
        self.add_row(words.IMPORT_TARGET, self._target)
        if text_columns:
            note = QLabel(words.IMPORT_TEXT_COLUMNS.format(names=", ".join(text_columns)))
            note.setProperty("role", "muted")
            note.setWordWrap(True)
            self.body.insertWidget(1, note)
        self.body.insertWidget(1, _preview(names, head))
        for combo in (self._feature, self._target):
            combo.currentIndexChanged.connect(self._check)
        self.setMinimumWidth(460)
        self._check()

    @property
    def features(self) -> list[str]:
        """The names of the columns that X is made of."""
        if self._feature.currentData() == _ALL:
            return [name for name in self._names if name != self.target]
        return [self._feature.currentText()]

    @property
    def target(self) -> str:
        """The name of the column that y is."""
        return self._target.currentText()

    def choose_all(self) -> None:
        """Propose all other columns as features, where there are not too many."""
        index = self._feature.findData(_ALL)
        if index >= 0:
            self._feature.setCurrentIndex(index)

    def _check(self) -> None:
        self.show_error(words.IMPORT_SAME if self.target in self.features else "")


def _columns(name: str, names: Sequence[str], index: int) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.addItems(list(names))
    combo.setCurrentIndex(index)
    return combo


def _preview(names: Sequence[str], head: npt.NDArray[np.float64]) -> QTableWidget:
    table = QTableWidget(min(len(head), PREVIEW_ROWS), len(names))
    table.setObjectName("importPreview")
    table.setAccessibleName(words.IMPORT_PREVIEW)
    table.setHorizontalHeaderLabels(list(names))
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for row, values in enumerate(head[:PREVIEW_ROWS]):
        for column, value in enumerate(values):
            item = QTableWidgetItem(f"{value:.6g}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, item)
    table.resizeColumnsToContents()
    rows = table.rowCount()
    height = table.horizontalHeader().sizeHint().height() + rows * table.rowHeight(0) + 6
    table.setFixedHeight(height)
    return table
