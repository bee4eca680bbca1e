"""The numbers of one point."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QLineEdit, QWidget

from gdviz.core.dataset import LARGEST_VALUE
from gdviz.ui.dialogs.form_dialog import FormDialog
from gdviz.ui.words import dialogs as words


class PointDialog(FormDialog):
    """Asks for x and y; any finite number is fine, with a decimal point or comma."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        names: tuple[str, str],
        point: tuple[float, float] | None,
    ) -> None:
        super().__init__(parent, "pointDialog", title, words.OK)
        self._x, self._y = QLineEdit(), QLineEdit()
        for edit, name, object_name, value in (
            (self._x, names[0], "pointX", point[0] if point else None),
            (self._y, names[1], "pointY", point[1] if point else None),
        ):
            edit.setObjectName(object_name)
            edit.setMinimumWidth(180)
            if value is not None:
                edit.setText(repr(value))
            edit.textChanged.connect(self._check)
            self.add_row(name, edit)
        self._x.selectAll()
        self._check()

    @property
    def point(self) -> tuple[float, float]:
        """What was typed."""
        return _number(self._x.text()), _number(self._y.text())

    def _check(self) -> None:
        for edit in (self._x, self._y):
            if edit.text().strip() == "":
                self.show_error(words.POINT_NEEDS_BOTH)
                return
            value = _number(edit.text())
            if not abs(value) <= LARGEST_VALUE:
                self.show_error(words.POINT_NOT_A_NUMBER.format(text=edit.text().strip()))
                return
        self.show_error("")


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        return math.nan
