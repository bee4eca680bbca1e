"""Which column of a table is the target, and which is the feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdviz.explain.numbers import format_count
from gdviz.ui.dialogs.form_dialog import FormDialog
from gdviz.ui.words import dialogs as words

PREVIEW_ROWS = 8
WIDTH = 460
MOST_FEATURES = 50
"""More columns than this are not taken all at once."""


class ImportDialog(FormDialog):
    """Asks for target and features among the columns of numbers, above a preview of them.

    The features are one column, or all but the target where these are not too many.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        names: Sequence[str],
        head: npt.NDArray[np.float64],
        n_rows: int,
        text_columns: Sequence[str] = (),
    ) -> None:
        super().__init__(parent, "importDialog", title, words.IMPORT_OK)
        self._names = tuple(names)
        self._feature = _columns("importFeature", names, 0)
        self._target = _columns("importTarget", names, len(names) - 1)
        self._one = _choice("importOne", words.IMPORT_ONE)
        n_others = len(names) - 1
        can_be_all = n_others <= MOST_FEATURES
        text = words.IMPORT_ALL if can_be_all else words.IMPORT_TOO_MANY
        self._all = _choice("importAll", text.format(n=n_others, most=MOST_FEATURES))
        self._all.setEnabled(can_be_all)
        self._all.setToolTip(words.IMPORT_ALL_TIP)
        self._one.setChecked(True)
        self.add_row(words.IMPORT_FEATURES, self._features_row())
        self._feature.setAccessibleName(words.IMPORT_FEATURE)
        self.add_row(words.IMPORT_TARGET, self._target)
        for before, after in (
            (self._one, self._feature),
            (self._feature, self._all),
            (self._all, self._target),
        ):
            self.setTabOrder(before, after)
        if text_columns:
            note = QLabel(words.IMPORT_TEXT_COLUMNS.format(names=", ".join(text_columns)))
            note.setProperty("role", "muted")
            note.setWordWrap(True)
            self.body.insertWidget(1, note)
        shown = min(len(head), PREVIEW_ROWS)
        said = words.IMPORT_ROWS if shown < n_rows else words.IMPORT_ALL_ROWS
        rows = QLabel(said.format(n=format_count(n_rows), shown=shown))
        rows.setObjectName("importRows")
        rows.setProperty("role", "muted")
        self.body.insertWidget(1, _preview(names, head))
        self.body.insertWidget(1, rows)
        self._feature.currentIndexChanged.connect(self._choose_one)
        self._target.currentIndexChanged.connect(self._check)
        self._all.toggled.connect(self._check)
        self.setMinimumWidth(WIDTH)
        self._one.setFocus()
        self._check()

    @property
    def features(self) -> list[str]:
        """The names of the columns that X is made of."""
        if self._all.isChecked():
            return [name for name in self._names if name != self.target]
        return [self._feature.currentText()]

    @property
    def target(self) -> str:
        """The name of the column that y is."""
        return self._target.currentText()

    def choose_all(self) -> None:
        """Propose all other columns as features, where there are not too many."""
        if self._all.isEnabled():
            self._all.setChecked(True)
            self._all.setFocus()

    def _features_row(self) -> QWidget:
        """Return the two choices, one above the other, with the column of the first beside it."""
        box = QWidget()
        lines, first = QVBoxLayout(box), QHBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        first.addWidget(self._one)
        first.addWidget(self._feature, 1)
        lines.addLayout(first)
        lines.addWidget(self._all)
        return box

    def _choose_one(self) -> None:
        """Take the column that was chosen."""
        self._one.setChecked(True)
        self._check()

    def _check(self) -> None:
        self.show_error(words.IMPORT_SAME if self.target in self.features else "")


def _choice(name: str, text: str) -> QRadioButton:
    button = QRadioButton(text)
    button.setObjectName(name)
    return button


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
    is_wide = table.horizontalHeader().length() > WIDTH - 40
    bar = table.horizontalScrollBar().sizeHint().height() if is_wide else 0
    height = bar + table.horizontalHeader().sizeHint().height() + rows * table.rowHeight(0) + 6
    table.setFixedHeight(height)
    return table
