"""The small widgets by themselves: numbers in, numbers out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from gdviz.ui.notice import Notice
from gdviz.ui.widgets.elided_label import ElidedLabel
from gdviz.ui.widgets.log_slider import LogSlider
from gdviz.ui.widgets.scientific_spin_box import ScientificSpinBox

Valid = QValidator.State


@pytest.fixture
def spin(qtbot) -> ScientificSpinBox:
    box = ScientificSpinBox(1e-300, 1e300)
    qtbot.addWidget(box)
    return box


@pytest.fixture
def slider(qtbot) -> LogSlider:
    slider = LogSlider(1e-6, 10.0)
    qtbot.addWidget(slider)
    return slider


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.05, "0.05"),
        (1.0, "1"),
        (250.0, "250"),
        (3.4e-5, "3.4e-5"),
        (1e-12, "1e-12"),
        (1e9, "1000000000"),
        (1e300, "1e300"),
        (1 / 3, "0.333333333333"),
    ],
)
def test_numbers_are_written_short_and_read_back(
    spin: ScientificSpinBox, value: float, text: str
) -> None:
    spin.setValue(value)
    assert spin.value() == value
    assert spin.text() == text
    assert spin.valueFromText(text) == pytest.approx(value, rel=1e-11)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("0.5", Valid.Acceptable),
        ("0,5", Valid.Acceptable),
        (".5", Valid.Acceptable),
        ("1e-5", Valid.Acceptable),
        ("+2", Valid.Acceptable),
        ("", Valid.Intermediate),
        ("1e", Valid.Intermediate),
        ("1e-", Valid.Intermediate),
        ("0", Valid.Intermediate),
        (".", Valid.Intermediate),
        ("1e999", Valid.Intermediate),
        ("-1", Valid.Intermediate),
        ("x", Valid.Intermediate),
        ("nan", Valid.Intermediate),
        ("1.2.3", Valid.Intermediate),
    ],
)
def test_what_may_be_typed(spin: ScientificSpinBox, text: str, state: QValidator.State) -> None:
    assert spin.validate(text, 0)[0] == state


@pytest.mark.parametrize("text", ["-1", "0", "x", "nan", "1e999", "1.2.3"])
def test_what_is_no_positive_number_is_refused_aloud_and_the_last_value_comes_back(
    spin: ScientificSpinBox, text: str
) -> None:
    refused: list[str] = []
    spin.refused.connect(refused.append)
    spin.setValue(0.25)
    spin.selectAll()
    QTest.keyClicks(spin, text)
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert spin.value() == 0.25
    assert spin.text() == "0.25"
    assert set(refused) == {text}


def test_the_arrows_go_over_round_numbers(spin: ScientificSpinBox) -> None:
    spin.setValue(0.03)
    up = []
    for _ in range(5):
        QTest.keyClick(spin, Qt.Key.Key_Up)
        up.append(spin.value())
    assert up == [0.05, 0.1, 0.2, 0.5, 1.0]
    down = []
    for _ in range(4):
        QTest.keyClick(spin, Qt.Key.Key_Down)
        down.append(spin.value())
    assert down == [0.5, 0.2, 0.1, 0.05]


def test_arrows_up_and_down_come_back_over_the_whole_range(spin: ScientificSpinBox) -> None:
    for exponent in range(-290, 290, 29):
        spin.setValue(float(f"2e{exponent}"))
        spin.stepBy(3)
        spin.stepBy(-3)
        assert spin.value() == float(f"2e{exponent}")


def test_every_position_of_the_slider_is_its_values_position(slider: LogSlider) -> None:
    for position in range(slider.maximum() + 1):
        value = slider.value_at(position)
        assert slider.position_of(value) == position
        assert value == pytest.approx(1e-6 * 10 ** (position / 100), rel=0.006)
    assert (slider.value_at(0), slider.value_at(slider.maximum())) == (1e-6, 10.0)


def test_values_outside_show_at_the_nearer_end(slider: LogSlider) -> None:
    assert slider.position_of(1e-30) == 0
    assert slider.position_of(1e30) == slider.maximum()
    assert slider.position_of(math.inf) == slider.maximum()


def test_showing_a_value_tells_nobody_and_moving_does(slider: LogSlider) -> None:
    told: list[float] = []
    slider.value_chosen.connect(told.append)
    slider.show_value(0.01)
    assert told == []
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert told == [slider.value_at(slider.value())]


def test_a_long_text_is_cut_but_told_in_the_tooltip(qtbot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(80, 20)
    hint = label.sizeHint()
    label.show_text("a sentence that is much longer than eighty pixels")
    assert label.toolTip() == label.text()
    assert label.sizeHint() == hint  # a long text asks for no more room
    label.show_text("short")
    assert label.toolTip() == ""


def test_where_a_long_text_does_not_fit_a_short_one_is_shown_that_says_the_same(qtbot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show()
    label.resize(120, 20)
    text = "y = 0.0713 area − 0.393 rooms + 0.0165"
    label.show_text(text, "ŷ = b + Σ")
    assert (label.shown, label.toolTip(), label.text()) == ("ŷ = b + Σ", text, text)
    label.resize(20, 20)
    assert (label.shown, label.toolTip()) == ("", text)
    label.resize(600, 20)
    assert (label.shown, label.toolTip()) == (text, "")
    label.resize(120, 20)
    label.show_text(text)
    assert label.shown.endswith("…")
    assert label.toolTip() == text


def test_a_notice_shows_one_proposal_at_a_time(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    notice = Notice(parent)
    parent.show()
    done: list[str] = []
    notice.propose("first", ("a", "A", lambda: done.append("a")))
    notice.propose(
        "second", ("b", "B", lambda: done.append("b")), ("c", "C", lambda: done.append("c"))
    )
    assert notice.text == "second"
    buttons = [b for b in notice.findChildren(QPushButton) if not b.isHidden()]
    assert [b.objectName() for b in buttons] == ["b", "c"]
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert done == ["c"]
    assert notice.text == ""


def test_colors_can_be_told_apart_and_read() -> None:
    from gdviz.ui.theme import DARK, LIGHT

    def brightness(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    def contrast(one: str, other: str) -> float:
        low, high = sorted((brightness(one), brightness(other)))
        return (high + 0.05) / (low + 0.05)

    for theme in (LIGHT, DARK):
        for color in (theme.text, theme.muted):
            assert contrast(color, theme.card) >= 4.5  # WCAG 2.1, 1.4.3
        for color in (theme.line, theme.residual, theme.minimum, theme.point, theme.warning):
            assert contrast(color, theme.card) >= 3.0  # WCAG 2.1, 1.4.11
        meanings = {theme.line, theme.gradient, theme.minimum, theme.residual, theme.used}
        assert len(meanings) == 5
