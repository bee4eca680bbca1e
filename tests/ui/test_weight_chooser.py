"""The choice of a weight in the ledger shows the whole name wherever there is room for it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from gdviz.ui.main_window import MainWindow
from tests.hands import open_bundled, settle

ROOM_AROUND = 34  # frame, margins and arrow of the box


@pytest.mark.parametrize(("width", "side"), [(1280, "derivation"), (1920, "derivation")])
def test_the_box_uses_the_room_there_is(window: MainWindow, width: int, side: str) -> None:
    open_bundled(window, "mtcars")
    window.resize(width, 720)
    window.lower_pages.show_page("ledger")
    window.side_pages.show_page(side)
    settle(window)
    bar = window.panels.ledger.bar
    metrics = QFontMetrics(bar.weight.font())
    longest = max(metrics.horizontalAdvance(bar.weight.itemText(i)) for i in range(3))
    assert bar.weight.width() >= longest + ROOM_AROUND
    # And nothing beside it is cut for that.
    assert bar.caption.width() >= bar.caption.sizeHint().width()
    assert bar.sentence.shown == bar.sentence.text()


def test_tooltip_and_list_show_the_whole_name(window: MainWindow) -> None:
    open_bundled(window, "mtcars")
    window.lower_pages.show_page("ledger")
    settle(window)
    weight = window.panels.ledger.bar.weight
    assert weight.currentText() in weight.toolTip()
    window.panels.ledger.show_feature(2)
    assert weight.currentText() in weight.toolTip()
    weight.showPopup()
    view = weight.view()
    assert view.viewport().width() >= view.sizeHintForColumn(0)
    weight.hidePopup()
