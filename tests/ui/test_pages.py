import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLabel

from gdviz.ui.pages import Page, Pages
from gdviz.ui.widgets.log_slider import LogSlider
from tests.hands import settle, wait_until


@pytest.fixture
def pages(qtbot):
    pages = Pages("lower")
    qtbot.addWidget(pages)
    for name in ("cost", "parabola", "ledger"):
        pages.add(Page(name, name.title(), QLabel(name), (QLabel(f"beside {name}"),)))
    pages.resize(600, 200)
    pages.show()
    return pages


def visible(pages):
    texts = {label.text() for label in pages.findChildren(QLabel) if label.isVisible()}
    return {text for text in texts if not text.startswith("beside")}


def test_one_page_is_shown_with_what_belongs_beside_its_tab(pages):
    assert pages.visible_pages == ("cost",)
    assert visible(pages) == {"cost"}
    shown = [label.text() for label in pages.findChildren(QLabel) if label.isVisible()]
    assert "beside cost" in shown
    assert "beside ledger" not in shown


def test_a_tab_shows_another_page(pages, qtbot):
    bar = pages.card.tabs
    with qtbot.waitSignal(pages.page_shown):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    assert visible(pages) == {"ledger"}


def test_where_there_is_room_the_first_page_stands_beside_the_others(pages):
    pages.show_page("ledger")
    pages.set_wide(True)
    assert pages.visible_pages == ("cost", "ledger")
    assert visible(pages) == {"cost", "ledger"}


@pytest.mark.parametrize("shown", ["cost", "parabola", "ledger"])
def test_growing_wide_and_narrow_again_loses_no_page(pages, shown):
    pages.show_page(shown)
    for is_wide in (True, False, True, False):
        pages.set_wide(is_wide)
        assert len(visible(pages)) == 1 + is_wide
    assert [page.name for page in pages.card.pages] == ["cost", "parabola", "ledger"]
    pages.show_page("cost")
    assert visible(pages) == {"cost"}


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("name", ["slices", "ledger"])
def test_tab_goes_through_the_window_as_the_eye_does(window, size, name):
    window.resize(*size)
    for panel in window.panels.places.values():
        panel.content()  # built late, in any order
    window.lower_pages.show_page(name)
    settle(window)
    window.activateWindow()
    window.data_plot.setFocus()
    takers = []
    while not takers or QApplication.focusWidget() is not takers[0]:
        takers.append(QApplication.focusWidget())
        while QApplication.focusWidget() is takers[-1]:  # it may go through its points first
            QTest.keyClick(takers[-1], Qt.Key.Key_Tab)
        assert len(takers) < 60
    assert all(w.accessibleName() or w.text() for w in takers)
    of_panel = [w for w in takers if window.panels.places[name].isAncestorOf(w)]
    assert of_panel
    first, last = takers.index(of_panel[0]), takers.index(of_panel[-1])
    assert of_panel == takers[first : last + 1]
    before, after = takers[first - 1], takers[last + 1]
    assert before is window.lower_pages.card.tabs
    assert window.side_pages.isAncestorOf(after)
    plots = [takers.index(plot) for plot in (window.data_plot, window.contour_plot)]
    assert 0 == plots[0] < plots[1] < first
    assert takers[-1].objectName() == "residualsButton"  # above the data plot, and before it


def test_tab_comes_to_a_notice_before_the_plots(window):
    for panel in window.panels.places.values():
        panel.content()
    settle(window)
    window.notice.propose("A sentence.", ("accept", "Do it", lambda: None))
    window.activateWindow()
    window.speed.findChild(LogSlider).setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().objectName() == "accept"


@pytest.mark.parametrize("size", [(1700, 700), (1920, 1080)])
def test_what_has_the_keys_keeps_them_where_pages_find_another_place(window, size):
    settle(window)
    window.activateWindow()
    field = window.controls.findChild(QAbstractSpinBox, "learningRate")
    field.setFocus()
    window.resize(*size)
    wait_until(lambda: window.side_pages.visible_pages == ("controls", "derivation"))
    assert QApplication.focusWidget() is field


def test_what_stands_beside_a_shortened_title_has_the_room_that_it_leaves(qtbot):
    pages = Pages("lower")
    qtbot.addWidget(pages)
    scales = tuple(QLabel(text) for text in ("J", "log J", "log of J less the lowest J"))
    pages.add(Page("cost", "A title that is much too long", QLabel("cost"), scales, "Cost"))
    long, room = pages.card.tabs.sizeHint().width(), pages.card.sizeHint().width()
    pages.resize(room - long // 3, 200)  # before it is shown, as a window is
    pages.show()
    QApplication.processEvents()
    assert pages.card.tabs.tabText(0) == "Cost"
    assert all(label.width() >= label.sizeHint().width() for label in scales[1:])
