"""Where everything stands in the window, at any of its sizes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
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
# How much of the height the lower pages have, where nobody has moved the border.
_COST_SHARE, _LOWER_SHARE = 0.30, 0.45
CONTROLS_WIDTH, TEXT_WIDTH = 320, 430
_GAP = 8


class Workbench(QWidget):
    """Two plots above the lower pages, the side pages at the right, the transport on top."""

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
        upper = QWidget()
        row = QHBoxLayout(upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for plot in plots:
            row.addWidget(plot, 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setObjectName("plotSplitter")
        self._splitter.setHandleWidth(_GAP)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(upper)
        self._splitter.addWidget(lower)
        self._splitter.splitterMoved.connect(self._remember)
        left = QVBoxLayout()
        left.setSpacing(_GAP)
        left.addWidget(transport)
        left.addWidget(notice)
        left.addWidget(self._splitter, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.setSpacing(_GAP)
        layout.addLayout(left, 1)
        layout.addWidget(side)
        lower.page_shown.connect(self._divide)
        side.page_shown.connect(self._size_side)
        self._size_side()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        width = event.size().width()
        self._lower.set_wide(width >= _WIDE_LOWER)
        self._side.set_wide(width >= _WIDE_SIDE)
        if event.oldSize().height() != event.size().height():
            self._divide()

    def _divide(self) -> None:
        """Give the lower pages the height that what they show asks for."""
        shown = self._lower.visible_pages
        share = self._shares.get(self._lower.card.current)
        if share is None:
            share = _COST_SHARE if shown == ("cost",) else _LOWER_SHARE
        height = max(self._splitter.height(), 100)
        self._splitter.setSizes([round(height * (1 - share)), round(height * share)])

    def _remember(self, position: int, _: int) -> None:
        share = 1 - position / max(self._splitter.height(), 1)
        self._shares[self._lower.card.current] = share

    def _size_side(self) -> None:
        width = 0
        shown = self._side.visible_pages
        for name in shown:
            width += CONTROLS_WIDTH if name == "controls" else TEXT_WIDTH
        self._side.setFixedWidth(width + _GAP * (len(shown) - 1))


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
