"""What the menus look like: icons that can be seen, and a check mark at what is on."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QIcon, QImage
from PySide6.QtWidgets import QMenu, QToolButton

from gdviz.ui.main_window import MainWindow
from gdviz.ui.theme import DARK, LIGHT, Theme, ThemeChoice
from tests.hands import about, child, is_color, picture, settle, start_training


def menu_with(window: MainWindow, action: QAction) -> QMenu:
    return next(
        menu.menu()  # type: ignore[misc]
        for menu in window.menuBar().actions()
        if action in menu.menu().actions()  # type: ignore[attr-defined]
    )


def middle_color(icon: QIcon) -> str:
    image: QImage = icon.pixmap(22, 22).toImage()
    return image.pixelColor(image.width() * 9 // 20, image.height() // 2).name()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_play_is_seen_on_the_menu_and_on_its_button(window: MainWindow, theme: Theme) -> None:
    choice = ThemeChoice.DARK if theme.is_dark else ThemeChoice.LIGHT
    window.menus.theme_chosen.emit(choice)
    settle(window)
    button = child(window, QToolButton, "playPauseButton")
    action = window.actions_["playPause"]
    assert middle_color(action.icon()) == theme.text
    assert middle_color(button.icon()) == theme.accent_text
    playing = button.icon().cacheKey()
    start_training(window)
    assert button.icon().cacheKey() not in (playing, action.icon().cacheKey())
    window.actions_["reset"].trigger()
    settle(window)
    assert middle_color(button.icon()) == theme.accent_text


def test_what_is_on_has_a_check_mark_in_the_menu(window: MainWindow) -> None:
    for name in ("residuals", "squares", "pulls", "pointLines"):
        with about(name):
            action = window.actions_[name]
            menu = menu_with(window, action)
            place = menu.actionGeometry(action)
            marks = []
            for is_on in (True, False):
                action.setChecked(is_on)
                shown = picture(menu)
                left = shown[place.top() : place.bottom(), place.left() : place.left() + 30]
                marks.append(is_color(left, LIGHT.text, 60).sum())
            assert marks[0] > 10
            assert marks[1] == 0
