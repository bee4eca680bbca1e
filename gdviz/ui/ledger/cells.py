"""How the table of the points is written: numbers in their colours, symbols above them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gdviz.explain.formula import Role
from gdviz.explain.ledger.sheet import DIGITS
from gdviz.explain.ledger.table import Column
from gdviz.ui.ledger.row_model import RowModel, color_name
from gdviz.ui.theme import Theme, text_font, with_alpha
from gdviz.ui.words import window as words

PADDING = 7
_POINTS = 8.5
_FAINT, _MARK = 0.3, 0.22
HEADER_HEIGHT, ROW_HEIGHT, TOTALS_HEIGHT = 24, 21, 23
"""In the normal type size, in pixels."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Cells:
    """How numbers, symbols and sums are written, and which rows stand out.

    Attributes:
        row_height, header_height, totals_height: in pixels, in the type size in force.

    """

    def __init__(self, theme: Theme, rows: RowModel) -> None:
        self.rows = rows
        self._colors: dict[tuple[Role, bool], QColor] = {}
        self.theme = theme
        self.selected_row = self.marked_row = -1
        self.share = 1.0

    def color(self, column: Column) -> QColor:
        """Return a column's colour, faint where it is not reached yet."""
        key = (column.role, self.rows.is_reached(column))
        if key not in self._colors:
            name = getattr(self.theme, color_name(column.role))
            self._colors[key] = QColor(name) if key[1] else with_alpha(name, _FAINT)
        return self._colors[key]

    @property
    def share(self) -> float:
        """The type size, as a share of the normal one."""
        return self._share

    @share.setter
    def share(self, share: float) -> None:
        self._share = share
        self.font = text_font(_POINTS * share)
        self.bold = text_font(_POINTS * share, bold=True)
        self.metrics = QFontMetricsF(self.font)
        self._bold_metrics = QFontMetricsF(self.bold)
        self.row_height = round(ROW_HEIGHT * share)
        self.header_height = round(HEADER_HEIGHT * share)
        self.totals_height = round(TOTALS_HEIGHT * share)

    @contextmanager
    def in_normal_size(self) -> Iterator[None]:
        """Measure as if nobody had chosen another size."""
        share, self.share = self.share, 1.0
        try:
            yield
        finally:
            self.share = share

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self._theme

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._theme = theme
        self._colors.clear()

    def fitted(self, column: Column, value: float, width: float, *, bold: bool = False) -> str:
        """Return a number with as many digits as there is room for; a question mark before."""
        if not self.rows.is_reached(column):
            return words.NOT_YET
        metrics = self._bold_metrics if bold else self.metrics
        for digits in range(DIGITS, 1, -1):
            text = column.text(value, digits)
            if metrics.horizontalAdvance(text) <= width:
                return text
        return metrics.elidedText(column.text(value, 1), Qt.TextElideMode.ElideRight, width)

    def write(self, painter: QPainter, place: QRect, column: Column, text: str) -> None:
        """Write a text at the right of a cell."""
        painter.setPen(self.color(column))
        painter.drawText(place.adjusted(0, 0, -PADDING, 0), _RIGHT, text)


class CellDelegate(QStyledItemDelegate):
    """Writes a number in its colour, on the colour of a row that stands out."""

    def __init__(self, cells: Cells, parent: QObject) -> None:
        super().__init__(parent)
        self._cells = cells

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        cells, row, place = self._cells, index.row(), index.column()
        rect: QRect = option.rect
        if row == cells.marked_row:
            painter.fillRect(rect, with_alpha(cells.theme.used, _MARK))
        if row == cells.selected_row:
            painter.fillRect(rect, with_alpha(cells.theme.accent, 0.16))
            if place == 0:
                bar = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(bar, QColor(cells.theme.accent))
        column = cells.rows.columns[place]
        text = cells.fitted(column, cells.rows.value(row, place), rect.width() - PADDING)
        painter.setFont(cells.font)
        cells.write(painter, rect, column, text)


class SymbolHeader(QHeaderView):
    """The symbols above the columns, in their colours."""

    def __init__(self, cells: Cells, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._cells = cells
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(20)
        self.setFixedHeight(cells.header_height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one symbol."""
        cells = self._cells
        if logicalIndex >= len(cells.rows.columns):
            return
        painter.setFont(cells.bold)
        column = cells.rows.columns[logicalIndex]
        cells.write(painter, rect, column, column.symbol)
        painter.setPen(QPen(QColor(cells.theme.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
