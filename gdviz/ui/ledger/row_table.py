"""The table of the points with the sums of its columns beneath it, in one frame."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gdviz.core.working import Working
from gdviz.explain.stages import Stage
from gdviz.ui.ledger.cells import HEADER_HEIGHT, PADDING, ROW_HEIGHT, TOTALS_HEIGHT
from gdviz.ui.ledger.row_model import RowModel
from gdviz.ui.ledger.row_view import RowView
from gdviz.ui.theme import Theme
from gdviz.ui.words import mathematics as words

_RADIUS = 6
_FRAME = 2
LEAST, FRAMES = HEADER_HEIGHT + ROW_HEIGHT + TOTALS_HEIGHT, 2 * _FRAME + 2
"""How high it is with one row in the normal type size, and the frame and rounding, in pixels."""
LOWEST = LEAST + ROW_HEIGHT
"""The same with two rows."""


class RowTable(QWidget):
    """Rows, and Σ e, Σ e² and Σ e·x over all of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = RowModel(self)
        self.view = RowView(theme, self.model)
        self.view.setObjectName("ledgerTable")
        self.view.setAccessibleName(words.LEDGER_TABLE_NAME)
        self.view.installEventFilter(self)
        self.view.horizontalScrollBar().rangeChanged.connect(self._fit_rows)
        self.totals = _Totals(self.view)
        self._is_single = self._is_low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.totals, 0)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.view.apply_theme(theme)
        self.update()

    def set_type_size(self, share: float, room: float) -> None:
        """Write in another size, as a share of the normal one, if the columns fit the room so."""
        if self.view.set_type_size(share, room - self._margins):
            self.totals.setMinimumHeight(self.view.cells.totals_height)
            self._fit_rows()
            self.updateGeometry()

    def show_stage(self, stage: Stage) -> None:
        """Show faintly what a stage has not reached."""
        self.view.show_stage(stage)
        self.totals.update()

    def show_working(self, working: Working, feature: int, *, is_single: bool) -> None:
        """Show the points of another step; one by itself has no sums."""
        before = self.model.columns
        n_points = self.model.working.dataset.n_points if self.model.working is not None else -1
        self.model.show_working(working, feature)
        if self.model.columns is not before or n_points != working.dataset.n_points:
            self.view.size_columns()
        self.view.follow()
        self._is_single = is_single
        self._show_totals()
        self.totals.update()

    def set_low(self, is_low: bool) -> None:
        """Do without the sums, where the place is too low for them and a row."""
        self._is_low = is_low
        self._show_totals()

    def _show_totals(self) -> None:
        is_shown = not self._is_single and not self._is_low
        if self.totals.isHidden() == is_shown:
            self.totals.setVisible(is_shown)
            self._fit_rows()

    def height_of_one(self, width: int, *, has_sums: bool = False) -> int:
        """Return how high it is with a single row, without sums or with them."""
        totals = self.view.cells.totals_height if has_sums else 0
        return self._fixed_height(width) + self.view.cells.row_height + totals

    @property
    def least_width(self) -> int:
        """How wide it is with narrow columns and a scroll bar."""
        return self.view.least_width + self._margins

    @property
    def normal_widths(self) -> tuple[int, int]:
        """How wide it is at least, and wants to be, in the normal type size."""
        with self.view.cells.in_normal_size():
            return self.least_width, self.view.wanted_width

    @property
    def _margins(self) -> int:
        """How much wider it is than its columns."""
        return self.view.verticalScrollBar().sizeHint().width() + 2 * _FRAME

    def height_of_share(self, width: int, height: float) -> int:
        """Return how high it is with whole rows and sums in about so much room."""
        working = self.model.working
        bar = self.view.verticalScrollBar().sizeHint().width()
        totals = 0 if self._is_low else self.view.cells.totals_height
        fixed = self._fixed_height(width - bar) + totals
        room = max(int(height - fixed) // self.view.cells.row_height, 1)
        n_rows = room if working is None else min(room, working.dataset.n_points)
        return fixed + n_rows * self.view.cells.row_height

    def _fixed_height(self, width: int) -> int:
        is_wider = self.view.least_width > width - 2 * _FRAME
        bar = self.view.horizontalScrollBar().sizeHint().height() if is_wider else 0
        return self.view.cells.header_height + 2 * _FRAME + bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show whole rows only."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        totals = 0 if self.totals.isHidden() else self.view.cells.totals_height
        bar = self.view.horizontalScrollBar()
        pitch, fixed = self.view.cells.row_height, self.view.cells.header_height
        fixed += bar.sizeHint().height() if bar.maximum() > 0 else 0
        left = self.height() - 2 * _FRAME - totals - fixed
        self.view.setMaximumHeight(fixed + max(left // pitch, 1) * pitch)

    def minimumSizeHint(self) -> QSize:
        """Return room for the head and a row."""
        return QSize(200, self.view.cells.header_height + self.view.cells.row_height + 2 * _FRAME)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show in the frame whether the keys go to the table."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(theme.field))
            color = theme.accent if self.view.hasFocus() else theme.border
            painter.setPen(QPen(QColor(color), 1))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS
            )


class _Totals(QWidget):
    """The sums, each beneath its column."""

    def __init__(self, view: RowView) -> None:
        super().__init__()
        self._view = view
        self.setObjectName("ledgerTotals")
        self.setMinimumHeight(view.cells.totals_height)
        view.columns_moved.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sums of the columns that can be seen."""
        view, cells = self._view, self._view.cells
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(cells.theme.border), 1))
            painter.drawLine(0, 0, self.width(), 0)
            painter.setFont(cells.bold)
            painter.setClipRect(0, 0, view.viewport().width(), self.height())
            for place, column in enumerate(view.rows.columns):
                rect = QRect(
                    view.columnViewportPosition(place), 1, view.columnWidth(place), self.height()
                )
                if not rect.intersects(self.rect()):
                    continue
                if place == 0:
                    cells.write(painter, rect, column, words.LEDGER_TOTAL)
                total = view.rows.total(place)
                if total is not None:
                    room = rect.width() - PADDING
                    text = cells.fitted(column, total, room, bold=True)
                    cells.write(painter, rect, column, text)
