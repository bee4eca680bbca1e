"""Symbols with a z below the line, in labels of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from gdviz.ui.main_window import MainWindow
from gdviz.ui.subscripts import has_subscripts, runs, show_with_subscripts, with_subscripts
from gdviz.ui.widgets.elided_label import ElidedLabel
from tests.conftest import OpenWindow
from tests.hands import child


def test_a_z_below_the_line_is_told_from_the_rest() -> None:
    assert runs("∂J/∂w_z₁₂ of m_z") == [
        ("∂J/∂w", False),
        ("z12", True),
        (" of m", False),
        ("z", True),
    ]
    assert with_subscripts("b_z (standardised)") == "b<sub>z</sub> (standardised)"


@pytest.mark.parametrize("text", ["", "J − Jₘᵢₙ", "size_z", "am_z", "m_zone", "m _z"])
def test_other_names_are_left_alone(text: str) -> None:
    assert not has_subscripts(text)
    assert with_subscripts(text) == text
    assert "".join(part for part, _ in runs(text)) == text


def test_a_label_shows_the_same_words(qtbot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    show_with_subscripts(label, "x < 3:\nα_z    and b_z")
    document = QTextDocument()
    document.setHtml(label.text())
    assert document.toPlainText().replace("\xa0", " ") == "x < 3:\nαz    and bz"
    show_with_subscripts(label, "x < 3")
    assert label.text() == "x < 3"
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_short_label_draws_the_z_below_the_line(qtbot) -> None:
    ends = []
    for text in ("n = m", "n = m_z"):
        label = ElidedLabel(text)
        qtbot.addWidget(label)
        label.resize(200, 24)
        label.show()
        image = label.grab().toImage()
        background = image.pixelColor(199, 0)
        ink = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y) != background
        ]
        ends.append((max(x for x, _ in ink), max(y for _, y in ink)))
    assert ends[1][0] > ends[0][0]
    assert ends[1][1] > ends[0][1]
    assert label.shown == "n = m_z"


def test_axes_and_gradient_have_it_where_x_is_standardised(window: MainWindow) -> None:
    formula = child(window, QLabel, "gradientFormula")
    window.document.change_settings(standardize=True)
    assert "<sub>z</sub>" in window.contour_plot.getAxis("left").labelString()
    assert "∂m<sub>z</sub>" in formula.text()
    window.document.change_settings(standardize=False)
    assert "_z" not in formula.text()
    assert "<sub>" not in formula.text()


def test_a_name_that_a_person_gave_is_shown_as_they_wrote_it(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "masses.csv"
    path.write_text("m_z,a<b\n1,2\n2,3\n4,4\n")
    window = open_window(path)
    told = []
    for side in ("bottom", "left"):
        document = QTextDocument()
        document.setHtml(window.data_plot.getAxis(side).labelString())
        told.append(document.toPlainText().replace("\u2060", "").strip())
    assert told == ["m_z", "a<b"]


def test_a_label_with_a_z_below_the_line_keeps_to_its_side(qtbot) -> None:
    label = ElidedLabel("y = 2 m_z + 3")
    qtbot.addWidget(label)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    label.resize(400, 24)
    image = label.grab().toImage()
    ink = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 128 for y in range(image.height()))
    ]
    assert min(ink) > 200
    assert max(ink) > 380
