import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings
from gdviz.core.working import Working
from gdviz.explain.derivation.chapters import Chapter, Highlight
from gdviz.explain.numbers import format_number
from gdviz.ui.mathematics import boxes
from gdviz.ui.mathematics.derivation_panel import DerivationPanel
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.panels import Place
from gdviz.ui.theme import DARK, LIGHT, load_fonts, style_sheet
from tests.hands import child

Key = Qt.Key
ONE, MANY = Chapter.ONE_FEATURE, Chapter.N_FEATURES


def dataset(n_points=10, n_features=1):
    rng = np.random.default_rng(3)
    X = rng.normal(2, 3, (n_points, n_features))
    y = X @ np.arange(1.0, n_features + 1) + rng.normal(size=n_points)
    return Dataset(X, y, tuple(f"x{j + 1}" for j in range(n_features)))


DATA = dataset()


def working(theta=(0.5, -1.5), data=DATA, batch=None, **settings):
    how = RunSettings(0.05, **settings)
    indices = None if batch is None else np.array(batch)
    return Working.of(data, how, make_cost(data, how), theta, indices)


@pytest.fixture
def look(qapp):
    load_fonts()
    qapp.setStyleSheet(style_sheet(LIGHT))
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def panel(qtbot, look):
    panel = DerivationPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(400, 560)
    panel.show_working(working())
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.setFocus()
    return panel


def text(panel, name):
    label = child(panel, QLabel, name)
    return "" if label.isHidden() else re.sub("<[^>]*>", "", label.text())


def numbers(panel):
    view = child(panel, FormulaView, "derivationNumbers")
    return [] if view.isHidden() else view.numbers


def button(panel, name):
    return child(panel, QToolButton, name)


def every_page():
    return [(chapter, n + 1) for chapter in Chapter for n in range(len(chapter.pages()))]


# --- pages ---------------------------------------------------------------------------------------


def test_page_up_and_page_down_go_through_both_chapters(panel, qtbot):
    places = every_page()
    for chapter, number in places[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_PageDown)
        assert (panel.chapter, panel.page_number) == (chapter, number)
        assert text(panel, "derivationPlace") == f"page {number} of {len(chapter.pages())}"
        assert text(panel, "derivationChapter") == chapter.title
        assert text(panel, "derivationTitle") == chapter.pages()[number - 1].title
        assert panel.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_PageDown)
    assert (panel.chapter, panel.page_number) == places[-1]
    for chapter, number in reversed(places[:-1]):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_PageUp)
        assert (panel.chapter, panel.page_number) == (chapter, number)


def test_pages_turn_only_while_it_has_the_focus(qtbot, look):
    window = QWidget()
    qtbot.addWidget(window)
    panel, other = DerivationPanel(LIGHT), QLineEdit()
    layout = QHBoxLayout(window)
    layout.addWidget(panel)
    layout.addWidget(other)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    qtbot.keyClick(other, Key.Key_PageDown)
    assert panel.page_number == 1


def test_the_buttons_turn_pages_and_stop_at_the_ends(panel, qtbot):
    back, forth = button(panel, "derivationBack"), button(panel, "derivationNext")
    assert not back.isEnabled()
    assert back.toolTip() == "This is the first page"
    qtbot.mouseClick(forth, Qt.MouseButton.LeftButton)
    assert panel.page_number == 2
    forth.setFocus()
    qtbot.keyClick(forth, Key.Key_Return)
    assert panel.page_number == 3
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert panel.page_number == 2
    panel.show_page(MANY, 99)
    assert panel.page_number == 20
    assert not forth.isEnabled()
    assert forth.toolTip() == "This is the last page"


def test_the_contents_lead_to_every_page(panel, qtbot):
    contents = child(panel, QComboBox, "derivationContents")
    contents.setFocus()
    assert contents.count() == 15
    qtbot.keyClick(contents, Key.Key_End)
    assert panel.page_number == 15
    assert contents.currentText() == "15  Check"
    qtbot.keyClick(contents, Key.Key_Up)
    assert text(panel, "derivationTitle") == "Batch or stochastic"
    panel.show_page(MANY, 1)
    assert contents.count() == 20
    assert contents.currentText() == "1  The features X"


def test_each_chapter_opens_where_it_was_left(panel, qtbot):
    panel.show_page(ONE, 12)
    second = button(panel, "derivationChapter2")
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (panel.chapter, panel.page_number) == (MANY, 1)
    assert second.isChecked()
    first = button(panel, "derivationChapter1")
    assert not first.isChecked()
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Return)
    assert (panel.chapter, panel.page_number) == (ONE, 12)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.isChecked()


def test_all_of_it_is_reached_with_tab(panel, qtbot):
    reached = set()
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        reached.add(QApplication.focusWidget().objectName())
    names = {"Chapter1", "Chapter2", "Copy", "Contents", "Next", "Scroll"}
    assert {f"derivation{name}" for name in names} <= reached


def test_tab_goes_from_the_tabs_through_the_header_to_the_page(qtbot, look):
    window = QWidget()
    qtbot.addWidget(window)
    tabs, place = QTabBar(), Place(lambda: DerivationPanel(LIGHT))
    tabs.addTab("Derivation")
    layout = QVBoxLayout(window)
    layout.addWidget(tabs)
    layout.addWidget(place)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    place.panel.show_page(ONE, 2)
    tabs.setFocus()
    names = []
    for _ in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    parts = ("Chapter1", "Chapter2", "Copy", "Back", "Contents", "Next", "Scroll")
    assert names == [f"derivation{part}" for part in parts]
    place.panel.setFocus()
    assert QApplication.focusWidget().objectName() == "derivationScroll"


def test_the_keys_of_the_run_are_left_to_the_window(panel, qtbot):
    pressed = []
    wanted = [Key.Key_Space, Key.Key_R, Key.Key_Left, Key.Key_Right]
    for key in wanted:
        shortcut = QShortcut(key, panel)
        shortcut.activated.connect(lambda key=key: pressed.append(key))
    holders = [button(panel, "derivationNext"), child(panel, QScrollArea, "derivationScroll")]
    holders.append(child(panel, FormulaView, "derivationFormula"))
    for holder in holders:
        holder.setFocus()
        pressed.clear()
        for key in wanted:
            qtbot.keyClick(holder, key)
        assert pressed == wanted, holder
    assert panel.page_number == 1


# --- numbers -------------------------------------------------------------------------------------


def test_the_numbers_are_those_of_the_step(panel):
    panel.show_page(ONE, 6)
    step = working((1.0, 2.0))
    panel.show_working(step)
    expected = []
    for j in (1, 0):
        slope = format_number(float(step.gradient[j]), 4)
        slope = f"({slope})" if step.gradient[j] < 0 else slope
        new = format_number(float(step.new_theta[j]), 4)
        expected += [format_number(float(step.theta[j]), 4), "0.05", slope, new]
    assert numbers(panel) == expected


def test_other_numbers_typeset_and_lay_out_nothing(panel, monkeypatch):
    still = ("The inner derivatives", "The features X", "The target Y", "Inside: ∂u/∂β")
    view = child(panel, FormulaView, "derivationNumbers")
    # Of the same length: a longer number makes room for itself, once.
    one, other = working((0.5, -1.5)), working((0.49, -1.49))
    for chapter, number in every_page():
        panel.show_page(chapter, number)
        panel.show_working(one)
        QApplication.processEvents()
        before = view.numbers
        with monkeypatch.context() as patch:
            patch.setattr(boxes, "typeset", None)
            patch.setattr(view, "updateGeometry", None)
            panel.show_working(other)
            view.repaint()
        assert view.numbers != before or chapter.pages()[number - 1].title in still


def test_another_cost_brings_other_formulas_to_the_same_page(panel):
    panel.show_page(ONE, 12)
    view = child(panel, FormulaView, "derivationFormula")
    assert r"\frac{2}{N} \sum e_i\,x_i" in view.latex
    with_half = working(convention="half-mse")
    panel.show_working(with_half)
    assert r"\frac{1}{N} \sum e_i\,x_i" in view.latex
    assert panel.page_number == 12
    assert numbers(panel)[-1] == format_number(float(with_half.gradient[0]), 4)


def test_hidden_it_works_nothing_out_and_catches_up(panel, monkeypatch):
    panel.show_page(ONE, 5)
    panel.hide()
    before = child(panel, FormulaView, "derivationNumbers").numbers
    panel.show_working(working((9.0, 9.0)))
    newest = working((3.0, 2.0), convention="sum")
    panel.show_working(newest)
    assert child(panel, FormulaView, "derivationNumbers").numbers == before
    panel.show()
    assert numbers(panel)[0] == format_number(float(newest.gradient[1]), 4)


def test_without_points_there_is_a_sentence_instead_of_numbers(panel):
    panel.show_working(working((0.0, 0.0), Dataset.empty()))
    for chapter, number in every_page():
        panel.show_page(chapter, number)
        assert numbers(panel) == []
        assert text(panel, "derivationCaption") == ""
        assert "add some" in text(panel, "derivationNote")
        assert text(panel, "derivationWords")
    panel.show_working(working())
    assert numbers(panel)
    assert text(panel, "derivationNote") == ""
    assert "numbers" in text(panel, "derivationCaption")


def test_what_the_numbers_are_of_is_said(panel):
    panel.show_working(working(mode="sgd", batch=[4], standardize=True))
    assert "This step sees one point" in text(panel, "derivationNote")
    assert "standardised" in text(panel, "derivationNote")


# --- what else it tells --------------------------------------------------------------------------


def test_every_page_lights_up_what_it_is_about(panel):
    told = []
    panel.highlighted.connect(told.append)
    for chapter, number in every_page():
        panel.show_page(chapter, number)
        assert told[-1] == chapter.pages()[number - 1].highlight
    assert len(told) == 35
    panel.show_working(working((2.0, 2.0)))
    assert len(told) == 35
    panel.hide()
    assert told[-1] == frozenset()
    panel.show_page(ONE, 3)
    assert len(told) == 36
    panel.show()
    assert told[-1] == frozenset({Highlight.SQUARES, Highlight.COST})
    assert len(told) == 37
    assert text(panel, "derivationLooks") == "In the plots: the squares and the cost curve."


def test_what_is_lit_up_is_what_the_numbers_are_of(panel):
    told = []
    panel.highlighted.connect(told.append)
    panel.show_page(ONE, 12)
    panel.show_working(working(mode="sgd", batch=[4]))
    assert told[-1] == frozenset({Highlight.RESIDUALS})
    assert len(told) == 2
    assert text(panel, "derivationLooks") == (
        "In the plots: the residuals. The contours and the arrow downhill show J over all points; "
        "the numbers here are those of the step's one point."
    )
    panel.show_working(working(mode="sgd", batch=[5]))
    assert len(told) == 2
    panel.show_working(working())
    assert told[-1] == ONE.pages()[11].highlight


def test_the_page_is_copied_as_latex(panel, qtbot):
    panel.show_page(ONE, 12)
    qtbot.mouseClick(button(panel, "derivationCopy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert r"\frac{\partial J}{\partial m} =" in copied
    assert r"\frac{2}{10} \cdot" in copied
    assert numbers(panel)[-1].replace("−", "-") in copied
    panel.show_page(MANY, 17)
    copy = button(panel, "derivationCopy")
    copy.setFocus()
    qtbot.keyClick(copy, Key.Key_Return)
    assert r"\begin{pmatrix}" in QGuiApplication.clipboard().text()
    panel.show_page(ONE, 2)
    panel.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("% The error")
    view = child(panel, FormulaView, "derivationFormula")
    view.setFocus()
    qtbot.keyClick(view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == view.latex  # that line alone


# --- looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.85, 1.0, 1.75])
@pytest.mark.parametrize("width", [380, 440])
@pytest.mark.parametrize("n_features", [1, 6])
def test_every_page_fits(panel, qtbot, width, n_features, share):
    panel.set_type_size(share)
    panel.resize(width, 560)
    data = dataset(1000, n_features)
    panel.show_working(working(np.linspace(0.5, -1.5, n_features + 1), data))
    scroll = child(panel, QScrollArea, "derivationScroll")
    for chapter, number in every_page():
        panel.show_page(chapter, number)
        QApplication.processEvents()
        for name in ("derivationFormula", "derivationNumbers"):
            view = child(panel, FormulaView, name)
            assert view.sizeHint().width() <= view.width(), (chapter, number)
            qtbot.waitUntil(lambda v=view: v.height() == v.heightForWidth(v.width()))
        assert scroll.widget().width() <= scroll.viewport().width()
        assert share > 1 or scroll.verticalScrollBar().maximum() <= 100, (chapter, number)
        for name in ("derivationTitle", "derivationWords", "derivationNote", "derivationLooks"):
            label = child(panel, QLabel, name)
            assert label.isHidden() or label.height() >= label.heightForWidth(label.width())
    assert panel.minimumSizeHint().width() <= 380


def test_another_page_begins_at_its_top(panel):
    panel.resize(400, 300)
    panel.show_page(ONE, 12)
    QApplication.processEvents()
    bar = child(panel, QScrollArea, "derivationScroll").verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    panel.show_working(working((1.0, 1.0)))
    assert bar.value() > 0
    panel.show_page(ONE, 13)
    assert bar.value() == 0


def test_another_theme_reaches_formulas_and_numbers(panel):
    panel.show_page(ONE, 6)
    panel.apply_theme(DARK)
    image = panel.grab().toImage()
    colors = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert {DARK.line, DARK.gradient} <= colors
    assert LIGHT.line not in colors


def test_it_has_names_for_those_who_cannot_see_it(panel):
    assert panel.objectName() == "derivationPanel"
    assert panel.accessibleName()
    assert child(panel, QComboBox, "derivationContents").accessibleName()
    panel.show_page(ONE, 3)
    assert child(panel, QScrollArea, "derivationScroll").accessibleName() == "The cost"
    assert button(panel, "derivationChapter2").accessibleName() == "n features, in matrices"
