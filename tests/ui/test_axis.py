"""The numbers at the axes: short, all with the same decimals, clear of the name and each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QApplication

from gdviz.ui.plots.axis import Axis
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.ticks import common_power, log_levels, log_texts, numbers_for
from gdviz.ui.theme import LIGHT
from tests.hands import about

RANGES = (
    (0.0, 1.0),
    (-1.2, 2.3),
    (0.0, 8.3),
    (-2e-8, 3e-8),
    (1e-8, 1.1e-8),
    (-4e7, 3.1e7),
    (-1200.0, 12.0),
    (123_456.0, 123_470.0),
    (100_000_000.0, 100_000_010.0),
    (-9e-4, 9e-4),
    (3e200, 7e200),
    (0.0, 1e-300),
    (-0.05, 12.0),
)


@pytest.fixture
def plot(qtbot: Any) -> Plot:
    shown = Plot("plot", "a plot", LIGHT)
    qtbot.addWidget(shown)
    shown.resize(420, 320)
    shown.label_axes("across", "upwards")
    shown.show()
    return shown


def texts_of(axis: Axis) -> list[tuple[QRectF, str]]:
    """Return where the axis writes which numbers."""
    QApplication.processEvents()  # the layout comes after the range
    recorder = QPicture()
    with QPainter(recorder) as painter:
        _, _, texts = axis.generateDrawSpecs(painter)
    return [(rect, text) for rect, _, text in texts]


@pytest.mark.parametrize("size", [(420, 320), (220, 120), (900, 700)])
@pytest.mark.parametrize("values", RANGES)
def test_numbers_stand_clear_of_each_other_and_of_the_name(
    plot: Plot, values: tuple[float, float], size: tuple[int, int]
) -> None:
    plot.resize(*size)
    plot.set_view(values, values)
    for side in ("left", "bottom"):
        with about(side):
            axis = plot.getAxis(side)
            rects = [rect for rect, _ in texts_of(axis)]
            assert rects or size[0] < 300
            name = axis.label.mapRectToParent(axis.label.boundingRect()).adjusted(4, 4, -4, -4)
            for number, rect in enumerate(rects):
                assert not rect.intersects(name)
                assert not any(rect.intersects(other) for other in rects[:number])


@pytest.mark.parametrize("values", RANGES)
def test_all_numbers_of_an_axis_have_the_same_decimals(
    plot: Plot, values: tuple[float, float]
) -> None:
    plot.set_view(values, values)
    for side in ("left", "bottom"):
        decimals = {len(text.partition(".")[2]) for _, text in texts_of(plot.getAxis(side))}
        assert len(decimals) == 1


def test_a_common_power_of_ten_is_in_the_name_once(plot: Plot) -> None:
    axis = plot.getAxis("left")
    for values, power in (((-4e7, 3e7), "10⁷"), ((0.0, 2.5e-8), "10⁻⁸"), ((0.0, 5.0), "")):
        plot.set_view((0.0, 1.0), values)
        assert not any("10" in text and "×" in text for _, text in texts_of(axis))
        assert (power in axis.labelString()) if power else ("×" not in axis.labelString())
        assert axis.labelText == "upwards"


def test_the_axis_does_not_change_its_width_with_each_number(plot: Plot) -> None:
    widths = []
    for top in np.geomspace(1, 90_000, 400):
        plot.set_view((0.0, 1.0), (-top, top))
        widths.append(plot.getAxis("left").fixedWidth)
    assert widths == sorted(widths)
    assert len(set(widths)) <= 4
    for top in np.geomspace(80_000, 99_000, 50):  # about where a number gets longer
        plot.set_view((0.0, 1.0), (-top, top))
        widths.append(plot.getAxis("left").fixedWidth)
    assert len(set(widths[400:])) == 1


finite = st.floats(-1e12, 1e12)


@given(finite, st.floats(1e-9, 1e12), st.integers(2, 12))
def test_numbers_tell_what_their_ticks_are(low: float, span: float, n_ticks: int) -> None:
    span = max(span, 1e-9 * abs(low))
    power = common_power(low, low + span)
    spacing = 10.0 ** np.floor(np.log10(span / n_ticks))
    numbers = numbers_for(spacing, power)
    for place in range(3):
        value = (np.ceil(low / spacing) + place) * spacing
        text = numbers.text(value).replace("−", "-").replace("\u2009", "")
        assert float(text) * 10.0**power == pytest.approx(value, abs=0.01 * spacing)
        assert text not in ("-0", "-0.0", "-0.00")


@pytest.mark.parametrize("low", [-12.0, -0.9, 0.31, 2.05])
@pytest.mark.parametrize("span", [0.6, 1.4, 3.0, 16.0])
def test_logarithms_have_numbers_wherever_one_looks(low: float, span: float) -> None:
    spacing, places = log_levels(low, low + span, span / 10)[0]
    assert len(places) >= 1
    assert places == sorted(set(places))
    assert all(low <= place <= low + span for place in places)
    texts = log_texts(places, spacing)
    assert len(set(texts)) == len(texts)
