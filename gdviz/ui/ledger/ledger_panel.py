"""The ledger: the step that comes next as a worked sum, and the points that it is made of."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from gdviz.core.dataset import Dataset
from gdviz.core.working import Working
from gdviz.explain.formula import is_same_form
from gdviz.explain.ledger.sheet import is_one_point
from gdviz.explain.ledger.sums import Ledger, ledger
from gdviz.explain.stages import Stage
from gdviz.ui.ledger.cells import TOTALS_HEIGHT
from gdviz.ui.ledger.row_table import FRAMES, LEAST, LOWEST, RowTable
from gdviz.ui.ledger.stage_bar import StageBar
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.mathematics.sums_area import SumsArea
from gdviz.ui.theme import Theme
from gdviz.ui.words import mathematics as words

# Of the width beside the sums, and of the height above them.
_SHARE, _SHARE_ABOVE = 0.45, 0.46
_SUMS = 345  # a line with long numbers
_SIDE_BY_SIDE = 660
# The type of the sums: the largest in which they are all seen.
_SIZES = (17.0, 14.0, 13.0, 12.0, 11.0)
_LARGE, _MEDIUM, _SMALL, _TINY, _ = _SIZES
_WIDE, _MIDDLE = 860, 750
_GAP = 12
_LOW_GAP, _BELOW_BAR = 4, 4
# So much of the sums is seen at least: two lines and what fades beneath them.
_LEAST_SUMS = 44
_UNLIMITED = 16_777_215  # Qt's own


class LedgerPanel(QWidget):
    """Points at the left and their sums at the right; where it is narrow the points are above.

    A single point is always above its sums.

    Signals:
        row_selected: a person selected the row of a point of the data set; −1 for none.
        stage_chosen: a person chose a stage of the step.
        next_stage_requested: a person wants to see the next stage.
        emphasised: what in the plots the stage is about; nothing while the ledger is hidden.

    """

    row_selected = Signal(int)
    stage_chosen = Signal(object)
    next_stage_requested = Signal()
    emphasised = Signal(object)

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
        self._is_anew = False
        self._rows_due = False
        self._emphasis: frozenset[str] = frozenset()
        self.stage = Stage.UPDATE
        self.bar = StageBar()
        self.table = RowTable(theme)
        self._size, self._type_share = _MEDIUM, 1.0
        self.sums = FormulaView(theme, _MEDIUM)
        self.sums.setObjectName("ledgerSums")
        self.sums.setAccessibleName(words.LEDGER_SUMS_NAME)
        self.sums.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area = SumsArea(theme)
        self._area.setWidget(self.sums)
        self._area.setMinimumHeight(1)  # what it asks for otherwise is more than a low place has
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
        layout.setSpacing(_BELOW_BAR)
        layout.addWidget(self.bar)
        layout.addWidget(self._content, 1)
        layout.addWidget(self._empty, 1)
        self._content.hide()
        self.bar.stage_chosen.connect(self._on_stage)
        self.bar.next_requested.connect(self.next_stage_requested)
        self.bar.feature_chosen.connect(self.show_feature)
        self.table.view.point_selected.connect(self.row_selected)
        self.table.view.went_on.connect(self.next_stage_requested)
        # Within a layout's own turn another size would be lost on it.
        self._sizing = QTimer(self, singleShot=True)
        self._sizing.timeout.connect(self._choose_size)
        self._area.resized.connect(self._sizing.start)
        self._area.lines_changed.connect(self._fit_sums)

    @property
    def feature(self) -> int:
        """Whose weight is worked out, from 0."""
        return self._feature

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.table.apply_theme(theme)
        self.sums.apply_theme(theme)
        self._area.apply_theme(theme)

    def show_working(self, working: Working, *, rows_later: bool = False) -> None:
        """Show another step; while hidden it is only remembered.

        rows_later: where only numbers change, those of the points wait for ``show_rows``: all of it
        is more than a frame of a fast run has time for.
        """
        self._newest = working
        if self.isVisible():
            self._show_newest(rows_later=rows_later)
            if not rows_later:
                self.show_rows()

    def show_rows(self) -> None:
        """Show the points of the step whose sums are shown."""
        if self._rows_due and self._shown is not None:
            self._rows_due = False
            self.table.show_working(self._shown, self._feature, is_single=self._is_single)

    def set_type_size(self, share: float) -> None:
        """Write table and sums in another size, as a share of the normal one."""
        self._type_share = share
        self._area.forget_width()
        self._divide()
        self._choose_size()

    def rest(self) -> None:
        """Lay the sums out tight: the run rests."""
        self.sums.rest()

    def begin_anew(self) -> None:
        """Forget how long numbers were: a run begins again; its first ones may be shown already."""
        self._is_anew = True
        if self.isVisible() and self._shown is not None:
            self._show_sums(anew=True)
            self._choose_size()

    def show_stage(self, stage: Stage) -> None:
        """Show what a stage has not reached faintly, its numbers as "?", without telling."""
        self.stage = stage
        self.bar.show_stage(stage)
        self.table.show_stage(stage)
        self.sums.dim(self._ledger.pending(stage))
        self._reveal_stage()

    def _reveal_stage(self) -> None:
        """Scroll to the lines of the stage, where not all are seen."""
        numbers = [n for n, of in enumerate(self._ledger.stages) if of is self.stage]
        place = self.sums.place_of(numbers)
        if place is not None:
            middle, half = (place[0] + place[1]) // 2, (place[1] - place[0]) // 2 + 2
            self._area.ensureVisible(0, middle, 0, half)

    def show_emphasis(self, names: frozenset[str]) -> None:
        """Have the plots show what the stage is about, as long as the ledger is seen."""
        self._emphasis = names
        if self.isVisible():
            self.emphasised.emit(names)

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

    def _show_newest(self, *, rows_later: bool = False) -> None:
        working = self._newest
        if working is None or working is self._shown:
            return
        before, self._shown = self._shown or self.table.model.working, working
        has_points = working.n_seen > 0
        self._content.setVisible(has_points)
        self._empty.setVisible(not has_points)
        if before is not None and before.dataset.n_points != working.dataset.n_points:
            self.table.view.mark(-1)
        if before is not None and _are_others(before.dataset, working.dataset):
            for place in (self.table.view, self._area):
                place.verticalScrollBar().setValue(0)
        is_anew = self._is_anew or before is None or not _has_same_problem(before, working)
        self._is_anew = False
        names = working.dataset.feature_names
        if names != self._features:
            self._features = names
            self._feature = 0
            self.bar.show_features(names)
        is_single = is_one_point(working)
        has_same_rows = before is not None and before.n_seen == working.n_seen
        is_same = has_same_rows and not is_anew and is_single == self._is_single
        self._rows_due = rows_later and is_same
        self._is_single = is_single
        if not self._rows_due:
            self.table.show_working(working, self._feature, is_single=is_single)
        self.bar.show_seen(working.n_seen, working.dataset.n_points)
        self._ledger = ledger(working, self._feature)
        if self._show_sums(anew=is_anew):
            self._divide()
            self._choose_size()

    @property
    def _is_narrow(self) -> bool:
        return self.width() < _SIDE_BY_SIDE

    def _show_sums(self, *, anew: bool) -> bool:
        """Show the lines; return whether they were laid out anew."""
        if not is_same_form(self.sums.lines, self._ledger.lines):
            anew = True
        if anew:
            self._area.forget_width()
        self.sums.dim(self._ledger.pending(self.stage))
        self.sums.show_lines(self._ledger.lines, anew=anew)
        return anew

    def _choose_size(self) -> None:
        """Write the sums as large as there is room for, times what a person has chosen."""
        largest = self._largest_size
        room = self._area.viewport().height()
        # Chosen as if nobody had enlarged them: larger is to be larger.
        before = self._size
        for self._size in (size for size in _SIZES if size <= largest):
            self.sums.set_size(self._size)
            height = self.sums.wanted_height if self._size > _SMALL else self.sums.least_height
            if height <= room:
                break
        if self._size != before:
            self._area.forget_width()
        self.sums.set_size(self._size, self._type_share)
        self.sums.fit_height(room)

    @property
    def _largest_size(self) -> float:
        """The largest type for the width."""
        if self._is_narrow:
            return _MEDIUM
        if self.width() < _MIDDLE and not self._is_single:
            return _TINY
        return _LARGE if self.width() >= _WIDE else _SMALL

    def _fit_sums(self) -> None:
        """Write the sums anew where they have come to be cut.

        What a person has enlarged is scrolled instead.
        """
        room = self._area.viewport().height()
        if self._type_share <= 1 and self.sums.least_height > room and self._size > _SIZES[-1]:
            self._choose_size()
        else:
            self.sums.fit_height(room)

    def _divide(self) -> None:
        """Give the table what its columns ask for, or above the sums some rows."""
        room = self.width()
        is_above = self._is_single or self._is_narrow
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_above else directions.LeftToRight)
        width, height, share = _UNLIMITED, _UNLIMITED, self._type_share
        left = self._height_left(is_low=False)
        if not is_above:
            # Larger type takes no room from the sums, which would be smaller for it.
            least, normal = self.table.normal_widths
            wanted = max(normal + 6, _SHARE * room)
            width = round(min(wanted, max(room - _GAP - _SUMS, least)))
            share = min(share, max((left - FRAMES) / LEAST, 1.0))
        else:  # some rows are to be seen
            rows = LEAST - TOTALS_HEIGHT if self._is_single else LOWEST
            share = min(share, max((_SHARE_ABOVE * left - FRAMES) / rows, 1.0))
        self.table.set_type_size(share, min(width, room))
        left = self._make_room(room, is_above=is_above)
        if self._is_single:
            height = self.table.height_of_one(room)
        elif is_above:
            most = left - self._row.spacing() - _LEAST_SUMS
            height = self.table.height_of_share(room, min(_SHARE_ABOVE * left, most))
        if (self.table.maximumWidth(), self.table.maximumHeight()) != (width, height):
            self.table.setMinimumWidth(0 if width == _UNLIMITED else width)
            self.table.setMinimumHeight(0 if height == _UNLIMITED else height)
            self.table.setMaximumSize(width, height)

    def _make_room(self, room: int, *, is_above: bool) -> int:
        """Leave out what a low place has no room for; return what height is left below the bar.

        The words beneath the buttons go first, then the sums of the table: both are said elsewhere.
        """
        left, is_low, is_lowest = self._height_left(is_low=False), False, False
        self._row.setSpacing(_GAP)
        if is_above:
            has_sums = not self._is_single
            one = self.table.height_of_one(room, has_sums=has_sums) + _LEAST_SUMS
            if left < one + _GAP:
                left, is_low = self._height_left(is_low=True), True
                self._row.setSpacing(_LOW_GAP)
            is_lowest = is_low and left < one + _LOW_GAP
        self.bar.set_low(is_low)
        self.table.set_low(is_lowest)
        return left

    def _height_left(self, *, is_low: bool) -> int:
        return self.height() - self.bar.height_when(is_low=is_low) - _BELOW_BAR

    def _on_stage(self, stage: Stage) -> None:
        self.show_stage(stage)
        self.stage_chosen.emit(stage)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room anew."""
        super().resizeEvent(event)
        self.bar.arrange(self.width())
        self._divide()
        self._choose_size()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while it was hidden."""
        super().showEvent(event)
        self._show_newest()
        self.show_rows()
        self.emphasised.emit(self._emphasis)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the plots be as they are without it."""
        super().hideEvent(event)
        self.emphasised.emit(frozenset())


def _has_same_problem(before: Working, after: Working) -> bool:
    """Whether a run goes on as it was: numbers are as long as they were, then."""
    return before.settings == after.settings and _has_same_points(before.dataset, after.dataset)


def _has_same_points(before: Dataset, after: Dataset) -> bool:
    """Whether points have the numbers that they had, maybe moved."""
    return not _are_others(before, after) and before.n_points == after.n_points


def _are_others(before: Dataset, after: Dataset) -> bool:
    """Whether a data set has nothing to do with the one before."""
    return before.token is not after.token and after.edit is None
