"""Small windows: no part is painted over another, and no word is cut without saying so."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QToolButton, QWidget

from gdviz.ui.main_window import MainWindow
from gdviz.ui.widgets.elided_combo import ElidedCombo
from gdviz.ui.widgets.log_slider import LogSlider
from gdviz.ui.words import window as words
from tests.conftest import OpenWindow
from tests.hands import about, child, settle

SIZES = ((860, 480), (900, 500), (960, 540), (1100, 600), (1280, 720), (1640, 900))


def place(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


@pytest.mark.parametrize("file", [None, "mtcars"])
@pytest.mark.parametrize("side", ["controls", "derivation", "example"])
def test_nothing_overlaps_beside_the_speed_and_the_tabs(
    open_window: OpenWindow, file: str | None, side: str
) -> None:
    window = open_window(file)
    window.side_pages.show_page(side)
    tabs, speed = child(window, QTabBar, "lowerTabs"), window.speed
    for size in SIZES:
        with about(size):
            window.resize(*size)
            settle(window)
            QApplication.processEvents()
            parts = [*speed.findChildren(QLabel), child(speed, LogSlider, "speed")]
            buttons = [child(window, QToolButton, f"{n}Button") for n in ("reset", "randomStart")]
            scales = [b for a in window._scales.actions() for b in a.associatedObjects()]
            beside = [b for b in scales if isinstance(b, QToolButton)]
            for row in ([*buttons, *parts], [tabs, *beside]):
                seen = [place(window, part) for part in row if part.isVisible()]
                assert not any(a.intersects(b) for a, b in combinations(seen, 2)), seen
                assert all(window.rect().contains(rect) for rect in seen), seen
            assert tabs.width() >= tabs.sizeHint().width()
            side_place = place(window, window.side_pages)
            assert window.rect().contains(side_place)
            for label in speed.findChildren(QLabel):
                assert label.isHidden() or label.width() >= label.sizeHint().width()
    assert tabs.tabText(0) in (words.PAGES["cost"], words.PAGES["slices"])


def test_the_chooser_of_the_data_says_that_its_text_goes_on(open_window: OpenWindow) -> None:
    window = open_window("mtcars")
    assert isinstance(window.data_view.chooser, ElidedCombo)
    assert window.data_view.chooser.width() > 100
