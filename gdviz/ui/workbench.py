"""Where everything stands in the window, at any of its sizes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.pages import Pages

# From this width on the first page stands beside the others.
_WIDE_LOWER, _WIDE_SIDE = 1500, 1640
# From this height on, in a window that is as wide as that, the lower pages have all its width:
# above them there is room for the side pages, as much as a window 720 pixels high has.
_HIGH = 920
# How much of the height below the transport the lower pages have, where nobody has moved the
# border; and of all of it, where they have all the width, but no more than they can use.
_COST_SHARE, _LOWER_SHARE = 0.30, 0.45
_SPANNING_SHARE, _LEAST_SPANNING, _MOST_SPANNING = 0.34, 280, 400
# So high are the longest pages at the side.
_SIDE_PAGE = 660
CONTROLS_WIDTH, TEXT_WIDTH = 320, 430
# The page beside the first one is given this much before that has more than its share of it.
_LOWER_TEXT, _FIRST_SHARE = 900, 0.4
_GAP = 8


class Workbench(QWidget):
    """Two plots above the lower pages, the side pages at the right, the transport on top.

    In a large window the lower pages reach beneath the side pages, which need less height than it
    has, and the first of them is as wide as the plot above it.
    """

    def __init__(
        self,
        transport: QWidget,
        notice: QWidget,
        plots: tuple[QWidget, QWidget],
        lower: Pages,
        side: Pages,
    ) -> None:
        super().__init__()
        self._lower, self._side = lower, side
        self._shares: dict[str, float] = {}
        self._is_spanning = False
        self._upper = QWidget()
        self._upper.setMinimumWidth(1)  # what stands beside it is not to leave a small window
        row = QHBoxLayout(self._upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for plot in plots:
            row.addWidget(plot, 1)
        left = QVBoxLayout()
        left.setSpacing(_GAP)
        left.addWidget(transport)
        left.addWidget(notice)
        left.addWidget(self._upper, 1)
        above = QWidget()
        self._above = QHBoxLayout(above)
        self._above.setContentsMargins(0, 0, 0, 0)
        self._above.setSpacing(_GAP)
        self._above.addLayout(left, 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setObjectName("plotSplitter")
        self._splitter.setHandleWidth(_GAP)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(above)
        self._splitter.addWidget(lower)
        self._splitter.splitterMoved.connect(self._remember)
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(8, 2, 8, 8)
        self._columns.setSpacing(_GAP)
        self._columns.addWidget(self._splitter, 1)
        self._columns.addWidget(side)
        lower.page_shown.connect(self._divide)
        side.page_shown.connect(self._size_side)
        self._size_side()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        focus = QApplication.focusWidget()
        self._lower.set_wide(width >= _WIDE_LOWER)
        self._side.set_wide(width >= _WIDE_SIDE)
        self._set_spanning(width >= _WIDE_SIDE and height >= _HIGH)
        if focus is not None and not focus.hasFocus() and focus.isVisibleTo(self):
            focus.setFocus()  # it was lost with its page's place
        self._size_lower()
        if event.oldSize().height() != height:
            self._divide()

    def _set_spanning(self, is_spanning: bool) -> None:
        """Let the lower pages reach beneath the side pages, or stand beside them."""
        if is_spanning != self._is_spanning:
            self._is_spanning = is_spanning
            self._shares.clear()  # they are of another height
            (self._above if is_spanning else self._columns).addWidget(self._side)
            self._side.show()  # else only the next turn of the event loop would
            self._divide()

    def _divide(self) -> None:
        """Give the lower pages the height that what they show asks for."""
        height = max(self._splitter.height(), 100)
        share = self._shares.get(self._lower.card.current)
        if share is None and self._is_spanning:
            room = max(height - _GAP - _SIDE_PAGE, _LEAST_SPANNING)
            share = min(_SPANNING_SHARE * height, room, _MOST_SPANNING) / height
        elif share is None:
            is_cost = self._lower.visible_pages == ("cost",)
            share = _COST_SHARE if is_cost else _LOWER_SHARE
            share *= 1 - self._upper.geometry().top() / height
        self._splitter.setSizes([round(height * (1 - share)), round(height * share)])

    def _remember(self, position: int, _: int) -> None:
        share = 1 - position / max(self._splitter.height(), 1)
        self._shares[self._lower.card.current] = share

    def _size_side(self) -> None:
        self._side.setFixedWidth(self._side_width)
        self._size_lower()

    @property
    def _side_width(self) -> int:
        shown = self._side.visible_pages
        widths = [CONTROLS_WIDTH if name == "controls" else TEXT_WIDTH for name in shown]
        return sum(widths) + _GAP * (len(shown) - 1)

    def _size_lower(self) -> None:
        """Make the first of the lower pages as wide as the plot above it, or as it needs to be."""
        margins = self._columns.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        beside = width - self._side_width - _GAP
        if self._is_spanning:
            first = (beside - _GAP) // 2
        else:
            width = beside
            first = round(min(_FIRST_SHARE * width, max(width - _GAP - _LOWER_TEXT, 1)))
        self._lower.set_widths(first, max(width - _GAP - first, 1))


def scrolling(panel: QWidget) -> QScrollArea:
    """Return the panel in a frame that scrolls where the window is too low for it."""
    area = QScrollArea()
    area.setObjectName("controlsArea")
    area.setWidget(panel)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFixedWidth(panel.width())
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def in_card(content: QWidget) -> QFrame:
    """Return a frame without a title around ``content``."""
    frame = QFrame()
    frame.setProperty("card", True)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(12, 8, 8, 8)
    layout.addWidget(content)
    return frame


def card(title: str | QLabel, content: QWidget, *beside_title: QWidget) -> QFrame:
    """Return a frame with a title row above ``content``."""
    frame = QFrame()
    frame.setProperty("card", True)
    heading = QLabel(title) if isinstance(title, str) else title
    heading.setProperty("role", "title")
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(heading)
    row.addSpacing(8)
    for index, widget in enumerate(beside_title):
        row.addWidget(widget, 1 if index == 0 else 0)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(12, 7, 8, 6)
    layout.setSpacing(3)
    layout.addLayout(row)
    layout.addWidget(content, 1)
    return frame


def spacer() -> QWidget:
    """Return a widget that takes the room that is left in a row."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget
