from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip

from gdviz.ui import coefficient_bars
from gdviz.ui.coefficient_bars import CoefficientBars
from gdviz.ui.coefficient_panel import CoefficientPanel
from gdviz.ui.theme import DARK, LIGHT


def bars_of(qtbot, values, best):
    bars = CoefficientBars(LIGHT)
    qtbot.addWidget(bars)
    bars.resize(400, 200)
    bars.show_problem(("b", *(f"w{j}" for j in range(1, len(best)))), np.array(best, dtype=float))
    bars.show_values(np.array(values, dtype=float))
    bars.show()
    return bars


def rows_of(bars, color, x):
    image, wanted = bars.grab().toImage(), QColor(color)
    return [
        y
        for y in range(image.height())
        if abs(image.pixelColor(x, y).hue() - wanted.hue()) < 12
        and image.pixelColor(x, y).saturation() > 100
    ]


def test_a_bar_reaches_from_zero_to_its_value(qtbot):
    bars = bars_of(qtbot, [1.0, -0.5], [2.0, -2.0])
    up, down = rows_of(bars, LIGHT.line, 100), rows_of(bars, LIGHT.line, 300)
    middle = (16 + 200 - 18) / 2
    assert max(up) == pytest.approx(middle, abs=2)
    assert min(down) == pytest.approx(middle, abs=2)
    assert len(up) == pytest.approx(2 * len(down), abs=4)


def ink_rows(bars, x, rows):
    """Return where there is dark ink within 20 pixels of a column."""
    image = bars.grab().toImage()
    return [
        y for y in rows if any(image.pixelColor(x + i, y).lightness() < 110 for i in range(-20, 20))
    ]


def test_the_number_stands_above_its_bar(qtbot, monkeypatch):
    bars = bars_of(qtbot, [1.25, -0.5], [2.0, -2.0])
    assert ink_rows(bars, 100, range(16))
    assert ink_rows(bars, 300, range(16))
    drawn = []

    class Painter(QPainter):
        def drawText(self, place, flags, text):
            drawn.append((place.center().x(), text))
            super().drawText(place, flags, text)

    monkeypatch.setattr(coefficient_bars, "QPainter", Painter)
    bars.show_values(np.array([1.25, -0.75]))
    bars.grab()
    assert (100.0, "1.25") in drawn
    assert (300.0, "−0.750") in drawn


def test_numbers_are_left_out_where_bars_are_narrow(qtbot):
    bars = bars_of(qtbot, np.full(20, 0.5), np.ones(20))
    assert not ink_rows(bars, 200, range(14))


def test_the_minimum_is_marked(qtbot):
    bars = bars_of(qtbot, [1.0, -0.5], [2.0, -2.0])
    marks = rows_of(bars, LIGHT.minimum, 100)
    bar = rows_of(bars, LIGHT.line, 100)
    middle = (16 + 200 - 18) / 2
    assert middle - np.mean(marks) == pytest.approx(2 * (middle - min(bar)), abs=4)


def test_the_scale_opens_for_what_leaves_it_and_else_stands_still(qtbot):
    bars = bars_of(qtbot, [0.0, 1.0, 1.0], [0.0, 2.0, 2.0])
    bars.show_values(np.array([0.0, 2.2, 1.0]))
    before = rows_of(bars, LIGHT.line, 333)
    bars.show_values(np.array([0.0, 1.0, 1.0]))
    assert rows_of(bars, LIGHT.line, 333) == before
    bars.show_values(np.array([0.0, 50.0, 1.0]))
    assert len(rows_of(bars, LIGHT.line, 333)) < len(before)
    assert min(rows_of(bars, LIGHT.line, 200)) > 0


def test_a_large_intercept_leaves_the_weights_their_scale(qtbot):
    bars = bars_of(qtbot, [0.0, 1.0, -0.5], [0.0, 2.0, -2.0])
    before = [rows_of(bars, LIGHT.line, x) for x in (200, 333)]
    assert min(map(len, before)) > 10
    bars.show_values(np.array([1e4, 1.0, -0.5]))
    assert [rows_of(bars, LIGHT.line, x) for x in (200, 333)] == before
    assert len(rows_of(bars, LIGHT.line, 66)) > 30
    bars.show_problem(("b", "w1", "w2"), np.array([1e6, 2.0, -2.0]))
    bars.show_values(np.array([0.0, 1.0, -0.5]))
    assert [rows_of(bars, LIGHT.line, x) for x in (200, 333)] == before


def test_it_is_said_what_the_bars_are_in(qtbot):
    panel = CoefficientPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.show_problem(("b", "w1"), np.ones(2))
    assert "scale of its own" in panel.scales.text()
    assert "units" not in panel.scales.text()
    panel.show_problem(("b", "w1"), np.ones(2), is_scaled=True)
    assert "standardised" in panel.scales.text()
    assert "its own scale" in panel.scales.text()


def test_fifty_coefficients_have_names_where_there_is_room(qtbot):
    bars = bars_of(qtbot, np.ones(51), np.ones(51))
    image = bars.grab().toImage()
    named = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 150 for y in range(184, 200))
    ]
    groups = 1 + sum(b - a > 8 for a, b in pairwise(named))
    assert 5 <= groups <= 26


def test_a_bar_tells_its_numbers(qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda *given: told.append(given[1]))
    bars = bars_of(qtbot, [1.25, -0.5], [2.0, -2.0])
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(300, 90), bars.mapToGlobal(QPoint(300, 90)))
    QApplication.sendEvent(bars, event)
    assert told == ["w1 = −0.50000, at the minimum −2.0000"]


def test_another_theme_recolours_all_of_it(qtbot):
    bars = bars_of(qtbot, [1.0, -0.5], [2.0, -2.0])
    light = bars.grab().toImage()
    bars.apply_theme(DARK)
    assert bars.grab().toImage() != light


def test_names_and_numbers_grow_with_the_formulas(qtbot):
    bars = bars_of(qtbot, [1.25, -0.5], [2.0, -2.0])
    low, high = range(182, 200), range(16)
    before = len(ink_rows(bars, 100, low)), len(ink_rows(bars, 100, high))
    bars.set_type_size(1.75)
    low, high = range(168, 200), range(28)
    assert len(ink_rows(bars, 100, low)) > 1.4 * before[0]
    assert len(ink_rows(bars, 100, high)) > 1.4 * before[1]
    assert min(rows_of(bars, LIGHT.line, 100)) > 28
    bars.resize(120, 200)  # numbers would not fit above the bars in that size
    assert ink_rows(bars, 30, range(20))
