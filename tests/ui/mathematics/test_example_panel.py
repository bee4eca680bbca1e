import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QWidget,
)

from gdviz.core.worked_example import BUNDLED
from gdviz.explain.numbers import format_short
from gdviz.ui.mathematics.example_panel import ExamplePanel
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.theme import DARK, LIGHT, load_fonts, style_sheet
from tests.hands import child

Key = Qt.Key


@pytest.fixture
def look(qapp):
    load_fonts()
    qapp.setStyleSheet(style_sheet(LIGHT))
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def panel(qtbot, look):
    panel = ExamplePanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(400, 560)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.setFocus()
    return panel


def field(panel, name):
    return child(panel, QLineEdit, name)


def numbers(panel, page):
    panel.show_page(page)
    return child(panel, FormulaView, "exampleLines").numbers


def text(panel, name):
    label = child(panel, QLabel, name)
    return "" if label.isHidden() else label.text()


def complaint(panel):
    labels = panel.findChildren(QLabel, "exampleComplaint")
    return " ".join(label.text() for label in labels if label.isVisible())


def type_in(qtbot, panel, name, typed):
    edit = field(panel, name)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Key.Key_Delete)
    qtbot.keyClicks(edit, typed)


def place(panel):
    return child(panel, QLabel, "examplePlace").text()


# --- the bundled numbers, by hand ----------------------------------------------------------------


def test_the_numbers_that_are_given(panel):
    X = [[field(panel, f"exampleX{i}{j}").text() for j in range(2)] for i in range(4)]
    assert X == [["0", "1"], ["1", "0"], ["1", "2"], ["2", "1"]]
    assert [field(panel, f"exampleY{i}").text() for i in range(4)] == ["1", "6", "6", "7"]
    assert field(panel, "exampleAlpha").text() == "0"
    assert [field(panel, f"exampleBeta{j}").text() for j in range(2)] == ["1", "2"]
    assert field(panel, "exampleRate").text() == "0.1"


def test_the_prediction(panel):
    shown = numbers(panel, 5)
    # α, X, βᵀ, Ŷ
    assert shown[:15] == ["0", *"01101221", "1", "2", *"2154"]
    # ŷ = 0 + x₁·1 + x₂·2 for the rows (0, 1), (1, 0), (1, 2), (2, 1)
    assert shown[15:] == [*"001122", *"011021", *"011225", *"021124"]


def test_the_error_and_the_cost(panel):
    assert numbers(panel, 6) == [
        *("1", "6", "6", "7"),
        *("2", "1", "5", "4"),
        *("−1", "5", "1", "3"),  # 1 − 2, 6 − 1, 6 − 5, 7 − 4
        *("1", "25", "1", "9"),
        *("1", "25", "1", "9"),
        "36",  # 1 + 25 + 1 + 9
        "9",  # 36/4
    ]


def test_the_slope_along_alpha(panel):
    # −(2/4)(−1 + 5 + 1 + 3) = −(2/4)·8 = −4
    assert numbers(panel, 7) == ["−1", "5", "1", "3", "8", "−4"]


def test_the_slopes_along_beta(panel):
    assert numbers(panel, 8) == [
        *("−1", "5", "1", "3"),
        *("0", "1", "1", "0", "1", "2", "2", "1"),
        *("−1", "0", "5", "1", "1", "1", "3", "2", "12"),  # 0 + 5 + 1 + 6
        *("−1", "1", "5", "0", "1", "2", "3", "1", "4"),  # −1 + 0 + 2 + 3
        *("12", "4"),
        *("−6", "−2"),  # −(2/4)·12, −(2/4)·4
    ]


def test_the_step(panel):
    # 0 − 0.1·(−4) = 0.4
    assert numbers(panel, 10) == ["0", "0.1", "−4", "0.4", "0", "0.1", "(−4)", "0.4"]
    assert numbers(panel, 11) == [
        *("1", "2", "0.1", "−6", "−2", "1.6", "2.2"),
        *("1", "0.1", "(−6)", "1.6"),  # 1 + 0.6
        *("2", "0.1", "(−2)", "2.2"),  # 2 + 0.2
    ]


def test_the_second_and_the_third_step(panel):
    assert numbers(panel, 12) == [
        # 9; (2.56 + 16 + 0.16 + 1.44)/4; then u = (−1.7, 3.54, −0.74, 0.5):
        # (2.89 + 12.5316 + 0.5476 + 0.25)/4 = 16.2192/4; the last to six digits.
        *("9", "5.04", "4.0548", "3.49576"),
        # 0.4 + 0.1·1.6, 0.56 + 0.1·0.8
        *("0", "0.4", "0.56", "0.64"),
        # 1.6 + 0.1·3, 2.2 − 0.1·0.6; 1.9 + 0.1·1.9, 2.14 − 0.1·1.34
        *("1", "2", "1.6", "2.2", "1.9", "2.14", "2.09", "2.006"),
        # −½·(−1.6 + 4 − 0.4 + 1.2) = −½·3.2; −½·(−1.7 + 3.54 − 0.74 + 0.5) = −½·1.6
        *("−4", "−1.6", "−0.8"),
        # −½·(4 − 0.4 + 2.4), −½·(−1.6 − 0.8 + 1.2); −½·(3.54 − 0.74 + 1), −½·(−1.7 − 1.48 + 0.5)
        *("−6", "−2", "−3", "0.6", "−1.9", "1.34"),
        # Y − (2 + 3 x₁) = (−1, 1, 1, −1): no line does better.
        "1",
    ]
    assert "The cost goes down." in text(panel, "exampleLead")


# --- numbers that are typed ----------------------------------------------------------------------


def test_a_typed_number_changes_everything_at_once(panel, qtbot):
    panel.show_page(1)
    type_in(qtbot, panel, "exampleX20", "-3.5")
    assert panel.example.X[2, 0] == -3.5
    # ŷ₃ = 0 + (−3.5)·1 + 2·2
    assert numbers(panel, 5)[27:33] == ["0", "(−3.5)", "1", "2", "2", "0.5"]
    assert numbers(panel, 6)[8:12] == ["−1", "5", "5.5", "3"]


def test_the_page_itself_follows_what_is_typed(panel, qtbot):
    panel.show_page(2)
    type_in(qtbot, panel, "exampleY3", "12")
    assert child(panel, FormulaView, "exampleLines").numbers[-4:] == ["1", "6", "6", "12"]


@pytest.mark.parametrize(
    ("name", "page", "read"),
    [
        ("exampleX31", 1, lambda e: e.X[3, 1]),
        ("exampleY0", 2, lambda e: e.y[0]),
        ("exampleAlpha", 3, lambda e: e.alpha),
        ("exampleBeta1", 4, lambda e: e.beta[1]),
        ("exampleRate", 9, lambda e: e.learning_rate),
    ],
)
@pytest.mark.parametrize(("typed", "value"), [("0,25", 0.25), ("1e6", 1e6), ("3e-4", 3e-4)])
def test_every_field_takes_numbers_as_people_write_them(
    panel, qtbot, name, page, read, typed, value
):
    panel.show_page(page)
    type_in(qtbot, panel, name, typed)
    assert read(panel.example) == value
    assert complaint(panel) == ""


def test_any_numbers_give_what_numpy_gives(panel, qtbot):
    rng = np.random.default_rng(7)
    X, y, beta = rng.integers(-99, 99, (4, 2)) / 10, rng.integers(-99, 99, 4) / 10, [1.3, -0.7]
    panel.show_page(1)
    for i, j in np.ndindex(4, 2):
        type_in(qtbot, panel, f"exampleX{i}{j}", str(X[i, j]))
    panel.show_page(2)
    for i in range(4):
        type_in(qtbot, panel, f"exampleY{i}", str(y[i]))
    panel.show_page(4)
    for j in range(2):
        type_in(qtbot, panel, f"exampleBeta{j}", str(beta[j]))
    u = y - X @ beta
    assert numbers(panel, 6)[-1] == format_short(float(np.mean(u**2)), 6)
    assert numbers(panel, 7)[-1] == format_short(float(-2 * u.mean()), 6)
    gradient = -0.5 * u @ X
    assert numbers(panel, 8)[-2:] == [format_short(float(g), 6) for g in gradient]
    after = np.array(beta) - 0.1 * gradient
    assert numbers(panel, 11)[5:7] == [format_short(float(b), 6) for b in after]


@pytest.mark.parametrize("typed", ["abc", "inf", "nan", "1e400", "2000000", "1 2", "--3"])
def test_what_is_no_number_keeps_the_last_good_value(panel, qtbot, typed):
    panel.show_page(4)
    type_in(qtbot, panel, "exampleBeta0", "7")
    edit = field(panel, "exampleBeta0")
    edit.selectAll()
    edit.insert("")
    qtbot.keyClicks(edit, typed)
    assert edit.text() == typed
    assert f"“{typed}” is not a number" in complaint(panel)
    last_good = panel.example.beta[0]
    assert f"; {format_short(last_good)} is used instead" in complaint(panel)
    assert np.isfinite(last_good)
    assert panel.example.beta[1] == 2


def test_an_empty_field_is_spoken_of(panel, qtbot):
    panel.show_page(3)
    edit = field(panel, "exampleAlpha")
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Key.Key_Backspace)
    assert complaint(panel) == "A field is empty; 0 is used instead. Type a number, as 1.5 or −2."
    assert panel.example.alpha == 0


@pytest.mark.parametrize("typed", ["0", "-0.1", "x"])
def test_a_rate_that_is_not_above_0_is_refused(panel, qtbot, typed):
    panel.show_page(9)
    type_in(qtbot, panel, "exampleRate", typed)
    assert "not a number above 0" in complaint(panel)
    assert panel.example.learning_rate == 0.1


def test_bad_text_loses_nothing_that_is_typed_elsewhere(panel, qtbot):
    panel.show_page(2)
    type_in(qtbot, panel, "exampleY0", "bad")
    type_in(qtbot, panel, "exampleY1", "9")
    panel.show_page(1)
    assert complaint(panel) == ""
    type_in(qtbot, panel, "exampleX11", "8")
    panel.show_page(2)
    assert field(panel, "exampleY0").text() == "bad"
    assert "bad" in complaint(panel)
    assert field(panel, "exampleY1").text() == "9"
    assert panel.example.y[0] == 1
    assert (panel.example.X[1, 1], panel.example.y[1]) == (8, 9)


def test_escape_takes_bad_text_back(panel, qtbot):
    panel.show_page(3)
    type_in(qtbot, panel, "exampleAlpha", "4x")
    qtbot.keyClick(field(panel, "exampleAlpha"), Key.Key_Escape)
    assert field(panel, "exampleAlpha").text() == "0"
    assert panel.example.alpha == 0
    assert complaint(panel) == ""
    assert child(panel, QToolButton, "exampleRun").isEnabled()


@pytest.mark.parametrize("typed", ["1e9", "12345678", "5x", "-"])
def test_the_beginning_of_bad_text_is_not_taken_for_the_number(panel, qtbot, typed):
    panel.show_page(3)
    type_in(qtbot, panel, "exampleAlpha", "2.5")
    qtbot.keyClick(field(panel, "exampleAlpha"), Key.Key_Return)
    type_in(qtbot, panel, "exampleAlpha", typed)
    assert panel.example.alpha == 2.5
    assert "; 2.5 is used instead" in complaint(panel)
    panel.show_page(4)
    panel.show_page(3)
    assert panel.example.alpha == 2.5
    type_in(qtbot, panel, "exampleAlpha", "1e5")
    assert panel.example.alpha == 1e5


@pytest.mark.parametrize("name", ["exampleRun", "exampleNext"])
def test_nothing_leads_on_from_a_page_with_bad_text(panel, qtbot, name):
    panel.show_page(3)
    button = child(panel, QToolButton, name)
    tip = button.toolTip()
    assert button.isEnabled()
    type_in(qtbot, panel, "exampleAlpha", "4x")
    assert not button.isEnabled()
    assert "cannot be used" in button.toolTip()
    qtbot.keyClick(field(panel, "exampleAlpha"), Key.Key_PageDown)
    assert panel.page_number == 3
    qtbot.keyClick(field(panel, "exampleAlpha"), Key.Key_Backspace)
    assert button.isEnabled()
    assert button.toolTip() == tip


def test_no_page_behind_bad_text_is_reached_and_the_old_number_is_not_run(panel, qtbot):
    panel.show_page(2)
    type_in(qtbot, panel, "exampleY1", "abc")
    contents, run = (
        child(panel, QComboBox, "exampleContents"),
        child(panel, QToolButton, "exampleRun"),
    )
    contents.setFocus()
    for key in (Key.Key_Down, Key.Key_End, Key.Key_Down):
        qtbot.keyClick(contents, key)
        assert place(panel) == "step 2 of 12"
    assert contents.currentIndex() == 1
    model = contents.model()
    able = [bool(model.index(i, 0).flags() & Qt.ItemFlag.ItemIsEnabled) for i in range(12)]
    assert able == [True] * 2 + [False] * 10
    assert "on page 2" in model.index(4, 0).data(Qt.ItemDataRole.ToolTipRole)
    panel.show_page(5)
    assert place(panel) == "step 2 of 12"
    # One may go back, and on again as far as to the text.
    onward = child(panel, QToolButton, "exampleNext")
    qtbot.mouseClick(child(panel, QToolButton, "exampleBack"), Qt.MouseButton.LeftButton)
    assert place(panel) == "step 1 of 12"
    assert not run.isEnabled()
    assert "on page 2" in run.toolTip()
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    assert onward.isEnabled()
    qtbot.mouseClick(onward, Qt.MouseButton.LeftButton)
    assert place(panel) == "step 2 of 12"
    assert not onward.isEnabled()
    type_in(qtbot, panel, "exampleY1", "4")
    assert run.isEnabled()
    assert onward.isEnabled()
    assert model.index(11, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    panel.show_page(5)
    assert place(panel) == "step 5 of 12"


def test_bad_text_on_an_earlier_page_keeps_from_the_later_one(panel, qtbot):
    panel.show_page(4)
    type_in(qtbot, panel, "exampleBeta0", "?")
    panel.show_page(1)
    type_in(qtbot, panel, "exampleX00", "?")
    panel.show_page(4)
    assert place(panel) == "step 1 of 12"
    qtbot.mouseClick(child(panel, QToolButton, "exampleReset"), Qt.MouseButton.LeftButton)
    panel.show_page(4)
    assert place(panel) == "step 4 of 12"
    assert complaint(panel) == ""


def test_tab_goes_through_the_header_the_page_and_the_footer(qtbot, look):
    window = QWidget()
    qtbot.addWidget(window)
    before, panel = QLineEdit(), ExamplePanel(LIGHT)
    layout = QHBoxLayout(window)
    layout.addWidget(before)
    layout.addWidget(panel)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    panel.show_page(2)
    before.setFocus()
    names = []
    for _ in range(10):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    header = ["exampleBack", "exampleContents", "exampleNext", "exampleScroll"]
    assert names[:9] == [*header, *(f"exampleY{i}" for i in range(4)), "exampleCopy"]
    assert names[9] == "exampleRun"
    panel.setFocus()
    assert QApplication.focusWidget().objectName() == "exampleScroll"


def test_reset_brings_the_numbers_back(panel, qtbot):
    reset = child(panel, QToolButton, "exampleReset")
    assert not reset.isEnabled()
    assert "came with" in reset.toolTip()
    panel.show_page(1)
    type_in(qtbot, panel, "exampleX00", "123456.789")
    type_in(qtbot, panel, "exampleX01", "bad")
    wide = child(panel, FormulaView, "exampleLines").sizeHint().width()
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert (panel.example.entries("X") == BUNDLED.X).all()
    assert field(panel, "exampleX00").text() == "0"
    assert complaint(panel) == ""
    assert not reset.isEnabled()
    assert child(panel, FormulaView, "exampleLines").sizeHint().width() <= wide


def test_formulas_take_no_more_room_after_long_numbers(panel, qtbot):
    panel.show_page(2)
    width = child(panel, FormulaView, "exampleLines").sizeHint().width()
    type_in(qtbot, panel, "exampleY0", "-0.0000123456")
    assert child(panel, FormulaView, "exampleLines").sizeHint().width() > width
    type_in(qtbot, panel, "exampleY0", "1")
    assert child(panel, FormulaView, "exampleLines").sizeHint().width() == width


def test_a_rate_that_diverges_is_warned_of(panel, qtbot):
    panel.show_page(9)
    assert text(panel, "exampleWarning") == ""
    type_in(qtbot, panel, "exampleRate", "0.3")
    # λ_max = 6.7016, 2/λ_max = 0.29844
    assert text(panel, "exampleWarning") == (
        "η = 0.3 diverges: steps go farther out in the end. Below 0.298 it converges."
    )
    type_in(qtbot, panel, "exampleRate", "0.29")
    assert text(panel, "exampleWarning") == ""


def test_run_hands_over_the_example(panel, qtbot):
    panel.show_page(4)
    type_in(qtbot, panel, "exampleBeta0", "5")
    with qtbot.waitSignal(panel.run_requested) as caught:
        qtbot.mouseClick(child(panel, QToolButton, "exampleRun"), Qt.MouseButton.LeftButton)
    assert caught.args == [panel.example]
    assert caught.args[0].start == (0, 5, 2)


# --- pages ---------------------------------------------------------------------------------------


def test_page_up_and_page_down_turn_pages(panel, qtbot):
    assert place(panel) == "step 1 of 12"
    for number in range(2, 14):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_PageDown)
        assert place(panel) == f"step {min(number, 12)} of 12"
        assert panel.isAncestorOf(QApplication.focusWidget())
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_PageUp)
    assert place(panel) == "step 1 of 12"


def test_pages_turn_only_while_it_has_the_focus(qtbot, look):
    window = QWidget()
    qtbot.addWidget(window)
    panel, other = ExamplePanel(LIGHT), QLineEdit()
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
    back, forth = child(panel, QToolButton, "exampleBack"), child(panel, QToolButton, "exampleNext")
    assert not back.isEnabled()
    assert back.toolTip() == "This is the first page"
    forth.setFocus()
    qtbot.keyClick(forth, Key.Key_Return)
    assert place(panel) == "step 2 of 12"
    assert back.isEnabled()
    panel.show_page(99)
    assert place(panel) == "step 12 of 12"
    assert not forth.isEnabled()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert place(panel) == "step 11 of 12"


def test_the_contents_lead_to_every_page(panel, qtbot):
    contents = child(panel, QComboBox, "exampleContents")
    assert contents.count() == 12
    contents.setFocus()
    qtbot.keyClick(contents, Key.Key_End)
    assert place(panel) == "step 12 of 12"
    assert contents.currentText() == "12  Repeat"


def test_the_first_number_of_a_page_is_ready_to_be_typed_over(panel, qtbot):
    field(panel, "exampleX20").setFocus()
    qtbot.keyClick(field(panel, "exampleX20"), Key.Key_PageDown)
    assert QApplication.focusWidget() is field(panel, "exampleY0")
    qtbot.keyClicks(QApplication.focusWidget(), "3")
    assert panel.example.y[0] == 3


def test_the_keys_of_the_run_are_left_to_the_window(panel, qtbot):
    pressed = []
    for key in (Key.Key_Space, Key.Key_R, Key.Key_Left, Key.Key_Right):
        shortcut = QShortcut(key, panel)
        shortcut.activated.connect(lambda key=key: pressed.append(key))
    edit = field(panel, "exampleX00")
    edit.setFocus()
    qtbot.keyClick(edit, Key.Key_Space)
    qtbot.keyClick(edit, Key.Key_R)
    assert edit.text() == "0"
    panel.show_page(5)
    panel.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Left)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Right)
    assert pressed == [Key.Key_Space, Key.Key_R, Key.Key_Left, Key.Key_Right]
    qtbot.keyClick(edit, Key.Key_Space)
    letter = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_E, Qt.KeyboardModifier.NoModifier, "e")
    edit.event(letter)
    assert letter.isAccepted()  # 1e5


@pytest.mark.parametrize("number", range(1, 13))
def test_the_page_is_copied_as_latex_with_its_numbers(panel, qtbot, number):
    panel.show_page(4)
    type_in(qtbot, panel, "exampleBeta1", "2.5")
    panel.show_page(number)
    copy = child(panel, QToolButton, "exampleCopy")
    copy.setFocus()
    qtbot.keyClick(copy, Key.Key_Return)
    copied = QGuiApplication.clipboard().text()
    title = child(panel, QComboBox, "exampleContents").currentText().split("  ")[1]
    assert copied.startswith(f"% {title}\n\\begin{{gathered}}")
    assert child(panel, FormulaView, "exampleLines").latex in copied
    if number == 4:
        assert r"\beta = \underset{(1,\,2)}{\begin{pmatrix} 1 & 2.5 \end{pmatrix}}" in copied
    if number == 9:
        assert r"\eta = 0.1" in copied


def test_the_usual_key_copies_the_page_and_in_a_field_its_text(panel, qtbot):
    panel.show_page(6)
    panel.setFocus()
    focused = QApplication.focusWidget()
    qtbot.keyClick(focused, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("% ")
    panel.show_page(3)
    edit = field(panel, "exampleAlpha")
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0"


# --- looks ---------------------------------------------------------------------------------------


def test_every_symbol_has_its_room(panel):
    for number in (1, 2, 3, 4, 9):
        panel.show_page(number)
        QApplication.processEvents()
        shown = [
            view for view in panel.findChildren(FormulaView, "exampleSymbol") if view.isVisible()
        ]
        assert len(shown) == 1
        assert 25 < shown[0].sizeHint().width() <= shown[0].width()
        assert 10 < shown[0].sizeHint().height() <= shown[0].height()


@pytest.mark.parametrize("share", [0.85, 1.0, 1.75])
@pytest.mark.parametrize("width", [380, 440])
def test_every_page_fits(panel, qtbot, width, share):
    panel.set_type_size(share)
    panel.resize(width, 560)
    scroll = child(panel, QScrollArea, "exampleScroll")
    view = child(panel, FormulaView, "exampleLines")
    for number in range(1, 13):
        panel.show_page(number)
        QApplication.processEvents()
        assert view.sizeHint().width() <= view.width()
        assert scroll.widget().width() <= scroll.viewport().width()
        assert share > 1 or scroll.verticalScrollBar().maximum() <= 40, number
        for edit in panel.findChildren(QLineEdit):
            if edit.isVisible():
                right = edit.mapTo(scroll.viewport(), edit.rect().topRight()).x()
                assert right < scroll.viewport().width()
                text_width = edit.fontMetrics().horizontalAdvance("−123456.7")
                assert text_width < edit.width()


@pytest.mark.parametrize(
    ("kind", "name"), [(QLineEdit, "exampleBeta1"), (FormulaView, "exampleLines")]
)
def test_another_theme_reaches_symbols_and_fields(panel, kind, name):
    panel.show_page(4)
    for theme in (LIGHT, DARK):
        panel.apply_theme(theme)
        image = child(panel, kind, name).grab().toImage()
        colors = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
        }
        assert theme.line in colors


def test_every_field_has_a_name_for_those_who_cannot_see_it(panel):
    names = [edit.accessibleName() for edit in panel.findChildren(QLineEdit) if edit.objectName()]
    assert "X, row 3, column 2" in names
    assert len(set(names)) == len(names) == 16
