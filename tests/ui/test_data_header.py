"""The header of the data card: title, equation, chooser and buttons with room between them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics

from gdviz.ui.main_window import MainWindow
from tests.hands import open_bundled, settle


@pytest.mark.parametrize("width", [1280, 1600])
def test_the_equation_keeps_away_from_the_chooser(window: MainWindow, width: int) -> None:
    window.resize(width, 720)
    open_bundled(window, "mtcars")
    settle(window)
    equation, chooser = window.equation, window.data_view.chooser
    room = equation.contentsRect()
    end = equation.mapTo(window, QPoint(room.right() + 1, 0)).x()
    assert chooser.mapTo(window, QPoint()).x() - end >= 8
    assert equation.shown.startswith("ŷ = b + ")
    assert QFontMetrics(equation.font()).horizontalAdvance(equation.shown) <= room.width()
