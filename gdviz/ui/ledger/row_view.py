"""The table of the points: columns of one width while numbers change, a million rows as one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from gdviz.explain.formula import Role
from gdviz.explain.ledger.table import Column, Quantity, widest
from gdviz.explain.stages import Stage
from gdviz.ui.ledger.cells import PADDING, ROW_HEIGHT, CellDelegate, Cells, SymbolHeader
from gdviz.ui.ledger.row_model import Index, RowModel
from gdviz.ui.mathematics.type_size import SHARES
from gdviz.ui.theme import Theme

# Columns of numbers that are worked out have room for this at least.
_SHORT = "−12.34"


class RowView(QTableView):
    """Shows the rows of a model; a person selects one by mouse or keys.

    Signals:
        point_selected: a person selected the row of a point of the data set; −1 for none.
        went_on: Enter was pressed.
        columns_moved: columns are elsewhere, or have another width.

    """

    point_selected = Signal(int)
    went_on = Signal()
    columns_moved = Signal()

    def __init__(self, theme: Theme, model: RowModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.cells = Cells(theme, model)
        self.selected = self.marked = -1  # points
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self.cells, self))
        self.setHorizontalHeader(SymbolHeader(self.cells, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAutoScroll(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.horizontalScrollBar().valueChanged.connect(self.columns_moved)
        self._style()

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.cells.theme = theme
        self._style()
        self.viewport().update()

    def set_type_size(self, share: float, room: float) -> bool:
        """Write in another size, but no larger than fits the room; return whether it is another.

        share: of the normal size; of those between, the largest is taken in which all columns
        have room.
        """
        before = self.cells.share
        for self.cells.share in sorted((s for s in SHARES if s <= share), reverse=True):
            if self.cells.share <= 1 or self.least_width <= room:
                break
        if self.cells.share == before:
            return False
        top = self.rowAt(0)
        self.verticalHeader().setDefaultSectionSize(self.cells.row_height)
        self.verticalScrollBar().setSingleStep(self.cells.row_height)
        self.horizontalHeader().setFixedHeight(self.cells.header_height)
        self.updateGeometries()
        self.verticalScrollBar().setValue(max(top, 0) * self.cells.row_height)
        self.size_columns()
        self.viewport().update()
        return True

    def show_stage(self, stage: Stage) -> None:
        """Show the columns faintly that a stage has not reached, and no numbers in them."""
        self.rows.stage = stage
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def follow(self) -> None:
        """Look for the rows of the selected and the marked point, in another step."""
        self.cells.selected_row = self.rows.row(self.selected)
        self.cells.marked_row = self.rows.row(self.marked)
        self._show_current()

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        """Paint anew the columns whose numbers are others, and no more.

        Qt would paint all of them. It also tells assistive technology: where that listens, it may.
        """
        if QAccessible.isActive():
            super().dataChanged(topLeft, bottomRight, roles)
            return
        place = QRect(self.viewport().rect())
        place.setLeft(self.columnViewportPosition(topLeft.column()))
        self.viewport().update(place)

    # --- points ----------------------------------------------------------------------------------

    def select(self, point: int) -> None:
        """Select a point's row, without telling."""
        self.selected = point
        self.cells.selected_row = self.rows.row(point)
        self._show_current()
        self.viewport().update()

    def mark(self, point: int) -> None:
        """Mark a point's row and bring it into view; −1 for none."""
        self.marked = point
        self.cells.marked_row = self.rows.row(point)
        self.reveal(self.cells.marked_row)
        self.viewport().update()

    def reveal(self, row: int) -> None:
        """Bring a row into view."""
        if row < 0:
            return
        self.executeDelayedItemsLayout()  # or the bar would not reach rows that are new
        bar, height = self.verticalScrollBar(), self.viewport().height()
        pitch = self.cells.row_height
        top = row * pitch - bar.value()
        if top < 0:
            bar.setValue(row * pitch)
        elif top + pitch > height:
            bar.setValue((row + 1) * pitch - height)

    def _choose(self, row: int) -> None:
        point = self.rows.point(row)
        self.reveal(row)
        if point != self.selected or row != self.cells.selected_row:
            self.select(point)
            self.point_selected.emit(point)

    def _show_current(self) -> None:
        """Let assistive technology know the row, too."""
        index = (
            self.rows.index(self.cells.selected_row, 0)
            if self.cells.selected_row >= 0
            else QModelIndex()
        )
        if index == self.currentIndex():
            return
        flags = QItemSelectionModel.SelectionFlag
        how = flags.ClearAndSelect | flags.Rows if index.isValid() else flags.Clear
        self.selectionModel().setCurrentIndex(index, how)

    # --- columns ---------------------------------------------------------------------------------

    def width_of(self, column: Column) -> int:
        """Return how wide a column is at least."""
        working = self.rows.working
        if working is None:
            text = ""
        elif column.quantity is Quantity.POINT:
            text = column.text(max(working.dataset.n_points, 10))
        else:
            text = widest(working, column)
        return self._room(column, text)

    def narrow_width_of(self, column: Column) -> int:
        """Return how wide a column is where room is short: numbers get fewer digits."""
        is_worked_out = column.role in (Role.LINE, Role.RESIDUAL)
        full = self.width_of(column)
        return min(full, self._room(column, _SHORT)) if is_worked_out else full

    def _room(self, column: Column, text: str) -> int:
        metrics = self.cells.metrics
        return round(max(map(metrics.horizontalAdvance, (text, column.symbol)))) + PADDING + 4

    @property
    def least_width(self) -> int:
        """How wide all columns are together, at least."""
        return sum(map(self.narrow_width_of, self.rows.columns))

    @property
    def wanted_width(self) -> int:
        """How wide the table is that shows all columns."""
        bar = self.verticalScrollBar().sizeHint().width()
        return sum(map(self.width_of, self.rows.columns)) + bar

    def size_columns(self) -> None:
        """Give every column its width; what is left is spread over all but the first."""
        widths = [self.width_of(column) for column in self.rows.columns]
        room = self.viewport().width()
        left = room - sum(widths)
        if left < 0:
            widths = self._narrowed(widths, -left)
        elif left > 0 and len(widths) > 1:
            share, more = divmod(left, len(widths) - 1)
            widths = [
                width + (share + (place <= more) if place else 0)
                for place, width in enumerate(widths)
            ]
        for place, width in enumerate(widths):
            if self.columnWidth(place) != width:
                self.setColumnWidth(place, width)
        self.columns_moved.emit()

    def _narrowed(self, widths: list[int], too_wide: int) -> list[int]:
        """Return widths that are together as much less, if that can be."""
        least = [self.narrow_width_of(column) for column in self.rows.columns]
        spare = sum(widths) - sum(least)
        share = max(1 - too_wide / spare, 0.0) if spare else 0.0
        return [low + int((high - low) * share) for low, high in zip(least, widths, strict=True)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.size_columns()

    # --- hands -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select rows up and down; all other keys belong to the window."""
        page = max(self.viewport().height() // self.cells.row_height - 1, 1)
        last = self.rows.rowCount() - 1
        at = self.cells.selected_row
        targets = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_PageUp: at - page,
            Qt.Key.Key_PageDown: at + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif key in targets and last >= 0:
            self._choose(min(max(targets[key], 0), last))
        elif key == Qt.Key.Key_Escape and self.selected >= 0:
            self._choose(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the row under the mouse; none beside the rows."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.rowAt(round(event.position().y())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a button held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            row = self.rowAt(round(event.position().y()))
            if row >= 0:
                self._choose(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do what a click does."""
        self.mousePressEvent(event)

    def _style(self) -> None:
        theme = self.cells.theme
        self.setStyleSheet(
            "QTableView { border: none; background: transparent; "
            "selection-background-color: transparent; } "
            "QAbstractScrollArea::corner { background: transparent; border: none; } "
            "QScrollBar:horizontal { background: transparent; height: 10px; } "
            f"QScrollBar::handle:horizontal {{ background: {theme.border}; border-radius: 5px; "
            "min-width: 24px; } "
            "QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal { width: 0; }"
        )
