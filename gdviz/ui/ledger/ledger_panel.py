"""The ledger: the step that comes next as a worked sum, and the points that it is made of."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from gdviz.core.working import Working
from gdviz.explain.formula import is_same_form
from gdviz.explain.ledger import Ledger, ledger
from gdviz.explain.ledger_sheet import is_one_point
from gdviz.explain.stages import Stage
from gdviz.ui import messages as words
from gdviz.ui.ledger.row_table import RowTable
from gdviz.ui.ledger.stage_bar import StageBar
from gdviz.ui.ledger.sums_area import SumsArea
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.theme import Theme

# Of the width beside the sums, and of the height above them.
_SHARE, _SHARE_ABOVE = 0.45, 0.46
_SUMS = 345  # a line with long numbers
_SIDE_BY_SIDE = 660
# The type of the sums: as large as the height allows for so many lines.
_TINY, _SMALL, _MEDIUM, _LARGE = 12.0, 13.0, 14.0, 17.0
_TALL, _TALL_ABOVE, _MANY_LINES = 300, 420, 6
_WIDE, _MIDDLE = 860, 750
_GAP = 12
_UNLIMITED = 16_777_215  # Qt's own


class LedgerPanel(QWidget):
    """Points at the left and their sums at the right; where it is narrow the points are above.

    A single point is always above its sums.

    Signals:
        row_selected: a person selected the row of a point of the data set; −1 for none.
        stage_chosen: a person chose a stage of the step.
        next_stage_requested: a person wants to see the next stage.

    """

    row_selected = Signal(int)
    stage_chosen = Signal(object)
    next_stage_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledgerPanel")
        self.setAccessibleName(words.LEDGER_NAME)
        self._newest: Working | None = None
        self._shown: Working | None = None
        self._ledger = Ledger((), ())
        self._features: tuple[str, ...] = ()
        self._feature = 0
        self._is_single = False
        self.stage = Stage.UPDATE
        self.bar = StageBar()
        self.table = RowTable(theme)
        self._type_share = 1.0
        self.sums = FormulaView(theme, _MEDIUM)
        self.sums.setObjectName("ledgerSums")
        self.sums.setAccessibleName(words.LEDGER_SUMS_NAME)
        self.sums.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area = SumsArea()
        self._area.setWidget(self.sums)
        self._empty = QLabel(words.LEDGER_EMPTY)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._content = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.table)
        self._row.addWidget(self._area, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self._content, 1)
        layout.addWidget(self._empty, 1)
        self._content.hide()
        self.bar.stage_chosen.connect(self._on_stage)
        self.bar.next_requested.connect(self.next_stage_requested)
        self.bar.feature_chosen.connect(self.show_feature)
        self.table.view.point_selected.connect(self.row_selected)
        self.table.view.went_on.connect(self.next_stage_requested)

    @property
    def feature(self) -> int:
        """Whose weight is worked out, from 0."""
        return self._feature

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.table.apply_theme(theme)
        self.sums.apply_theme(theme)

    def show_working(self, working: Working) -> None:
        """Show another step; while hidden it is only remembered."""
        self._newest = working
        if self.isVisible():
            self._show_newest()

    def set_type_size(self, share: float) -> None:
        """Write the sums in another size, as a share of the normal one."""
        self._type_share = share
        self._area.forget_width()
        self._choose_size()

    def rest(self) -> None:
        """Lay the sums out tight: the run rests."""
        self.sums.rest()

    def show_stage(self, stage: Stage) -> None:
        """Show faintly what a stage has not reached, without telling."""
        self.stage = stage
        self.bar.show_stage(stage)
        self.table.show_stage(stage)
        self.sums.dim(self._ledger.pending(stage))

    def show_point(self, index: int) -> None:
        """Mark the row of a point of the data set and bring it into view; −1 for none."""
        if index != self.table.view.marked:
            self.table.view.mark(index)

    def select_point(self, index: int) -> None:
        """Select the row of a point, or of none, without telling."""
        if index != self.table.view.selected:
            self.table.view.select(index)
            self.table.view.reveal(self.table.view.cells.selected_row)

    def show_feature(self, feature: int) -> None:
        """Work out the weight of another feature, from 0."""
        if feature != self._feature and 0 <= feature < max(len(self._features), 1):
            self._feature = feature
            self.bar.weight.setCurrentIndex(feature)
            self._shown = None
            if self.isVisible():
                self._show_newest()

    def sizeHint(self) -> QSize:
        """Return a wide, flat place."""
        return QSize(920, 230)

    def minimumSizeHint(self) -> QSize:
        """Return room for the buttons, a row and a line."""
        return QSize(480, 130)

    # --- inside ----------------------------------------------------------------------------------

    def _show_newest(self) -> None:
        working = self._newest
        if working is None or working is self._shown:
            return
        before, self._shown = self._shown or self.table.model.working, working
        has_points = working.n_seen > 0
        self._content.setVisible(has_points)
        self._empty.setVisible(not has_points)
        if before is not None and before.dataset.n_points != working.dataset.n_points:
            self.table.view.mark(-1)
        names = working.dataset.feature_names
        if names != self._features:
            self._features = names
            self._feature = 0
            self.bar.show_features(names)
        is_single = is_one_point(working)
        self.table.show_working(working, self._feature, is_single=is_single)
        self._is_single = is_single
        self.bar.show_seen(working.n_seen, working.dataset.n_points)
        self._ledger = ledger(working, self._feature)
        self._choose_size()
        self._show_sums()
        self._divide()

    @property
    def _is_narrow(self) -> bool:
        return self.width() < _SIDE_BY_SIDE

    def _show_sums(self) -> None:
        if not is_same_form(self.sums.lines, self._ledger.lines):
            self._area.forget_width()
        self.sums.dim(self._ledger.pending(self.stage))
        self.sums.show_lines(self._ledger.lines)

    def _choose_size(self) -> None:
        """Write the sums as large as there is room for."""
        is_long = len(self._ledger.lines) > _MANY_LINES or len(self._features) > 1
        if self._is_narrow:
            size = _MEDIUM if self.height() >= _TALL_ABOVE or self._is_single else _SMALL
        elif self.width() < _MIDDLE and not self._is_single:
            size = _TINY
        elif self.height() >= _TALL and self.width() >= _WIDE:
            size = _LARGE
        else:
            size = _SMALL if is_long or self.width() < _WIDE else _MEDIUM
        self.sums.set_size(size, self._type_share)

    def _divide(self) -> None:
        """Give the table what its columns ask for, or above the sums some rows."""
        room = self.width()
        is_above = self._is_single or self._is_narrow
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_above else directions.LeftToRight)
        width, height = _UNLIMITED, _UNLIMITED
        if self._is_single:
            height = self.table.height_of_one(room)
        elif is_above:
            left = self.height() - self.bar.sizeHint().height()
            height = self.table.height_of_share(room, _SHARE_ABOVE * left)
        else:
            wanted = max(self.table.view.wanted_width + 6, _SHARE * room)
            width = round(min(wanted, max(room - _GAP - _SUMS, self.table.least_width)))
        if (self.table.maximumWidth(), self.table.maximumHeight()) != (width, height):
            self.table.setMinimumWidth(0 if width == _UNLIMITED else width)
            self.table.setMinimumHeight(0 if height == _UNLIMITED else height)
            self.table.setMaximumSize(width, height)

    def _on_stage(self, stage: Stage) -> None:
        self.show_stage(stage)
        self.stage_chosen.emit(stage)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room anew."""
        super().resizeEvent(event)
        self.bar.arrange(self.width())
        self._choose_size()
        self._divide()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while it was hidden."""
        super().showEvent(event)
        self._show_newest()
