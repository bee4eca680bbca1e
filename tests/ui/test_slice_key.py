"""The key to the parabolas: it names every mark, and fits the windows that people have."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gdviz.ui.main_window import MainWindow
from gdviz.ui.slice_key import SliceKey
from gdviz.ui.theme import DARK, LIGHT
from tests.hands import CONTROL, is_color, picture, press, settle, wait_until


@pytest.mark.parametrize("size", [(1280, 720), (1600, 900), (1920, 1080)])
@pytest.mark.parametrize("mode", ["batch", "sgd"])
def test_it_stands_whole_beside_the_tab(
    window: MainWindow, size: tuple[int, int], mode: str
) -> None:
    window.resize(*size)
    window.document.change_settings(mode=mode)
    press(window, Qt.Key.Key_2, CONTROL)
    settle(window)
    key = window.slice_key
    wait_until(lambda: key.isVisible() and key.shown == key.rows, "it is cut")
    names = {name for name, _ in key.rows}
    assert {"landing", "lowest", "minimum"} <= names
    assert ("slope" in names) == (mode == "sgd")
    press(window, Qt.Key.Key_3, CONTROL)
    assert not key.isVisible()


def test_where_room_is_short_the_least_plain_marks_stay(qtbot) -> None:
    key = SliceKey(LIGHT)
    qtbot.addWidget(key)
    key.resize(700, 22)
    assert key.shown == key.rows
    assert not key.toolTip()
    key.resize(260, 22)
    key.show()
    assert 0 < len(key.shown) < len(key.rows)
    assert key.shown[-1][0] == "lowest"
    for _, text in key.rows:
        assert text in key.toolTip()
        assert text in key.accessibleDescription()
    key.resize(10, 22)
    assert key.shown == ()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_marks_have_the_colours_that_they_have_in_the_plots(qtbot, theme) -> None:
    key = SliceKey(theme)
    qtbot.addWidget(key)
    key.show_mode("sgd")
    key.resize(700, 22)
    key.show()
    shown = picture(key)
    for color in (theme.line, theme.gradient, theme.minimum, theme.muted):
        assert is_color(shown, color, 40).any()
