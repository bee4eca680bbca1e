"""Points with the keyboard alone: select, move, remove, add."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gdviz.ui.main_window import MainWindow
from tests.hands import (
    CONTROL,
    SHIFT,
    about,
    child,
    click,
    dialog,
    points_of,
    press,
    program_of,
    set_speed,
    settle,
    start_training,
    view_of,
    wait_until,
)

Key = Qt.Key


def tab_to_the_plot(window: MainWindow) -> None:
    window.contour_plot.setFocus()
    for _ in range(60):
        if window.data_plot.hasFocus():
            return
        press(window, Key.Key_Tab)
    pytest.fail("Tab never comes to the data plot")


def test_tab_comes_to_the_plot_and_selects_a_point(window: MainWindow) -> None:
    tab_to_the_plot(window)
    assert window.data_plot.selected == int(np.argmin(window.document.dataset.x))


def test_arrows_go_to_the_next_point_along_that_axis(window: MainWindow) -> None:
    points = points_of(window)
    for key, axis, sign in (
        (Key.Key_Right, 0, 1),
        (Key.Key_Left, 0, -1),
        (Key.Key_Up, 1, 1),
        (Key.Key_Down, 1, -1),
    ):
        with about(key):
            order = sorted(range(len(points)), key=lambda i, axis=axis: points[i][axis])
            middle = len(order) // 2
            click(window.data_plot, *points[order[middle]])
            press(window, key)
            assert window.data_plot.selected == order[middle + sign]
            press(window, key, times=12)
            assert window.data_plot.selected == order[-1 if sign > 0 else 0]
            assert points_of(window) == points
    settle(window)
    assert window.snapshot.step == 0


def test_shift_and_an_arrow_move_the_point(window: MainWindow) -> None:
    (x0, x1), (y0, y1) = view_of(window.data_plot)
    click(window.data_plot, *points_of(window)[4])
    for key, right, up in (
        (Key.Key_Right, 1, 0),
        (Key.Key_Left, -1, 0),
        (Key.Key_Up, 0, 1),
        (Key.Key_Down, 0, -1),
    ):
        with about(key):
            before = points_of(window)[4]
            press(window, key, SHIFT)
            x, y = points_of(window)[4]
            assert x - before[0] == pytest.approx(0.01 * right * (x1 - x0))
            assert y - before[1] == pytest.approx(0.01 * up * (y1 - y0))
            press(window, key, SHIFT | CONTROL)
            fine_x, fine_y = points_of(window)[4]
            assert fine_x - x == pytest.approx(0.001 * right * (x1 - x0))
            assert fine_y - y == pytest.approx(0.001 * up * (y1 - y0))


def test_every_key_press_is_one_undo_and_a_held_key_too(window: MainWindow) -> None:
    before = points_of(window)
    click(window.data_plot, *before[4])
    press(window, Key.Key_Up, SHIFT)
    once = points_of(window)
    press(window, Key.Key_Up, SHIFT)
    twice = points_of(window)
    for is_repeat in (False, True, True, True):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, SHIFT, "", is_repeat)
        QApplication.sendEvent(window.data_plot, held)
    assert points_of(window)[4][0] > twice[4][0]
    assert window.document.undo_stack.count() == 3
    for state in (twice, once, before):
        press(window, Key.Key_Z, CONTROL)
        assert points_of(window) == state


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_and_backspace_remove(window: MainWindow, key: Qt.Key) -> None:
    before = points_of(window)
    tab_to_the_plot(window)
    selected = window.data_plot.selected
    press(window, key)
    assert points_of(window) == before[:selected] + before[selected + 1 :]


def test_deleting_all_points_one_by_one_leaves_no_selection(window: MainWindow) -> None:
    tab_to_the_plot(window)
    for _ in range(40):
        if not points_of(window):
            break
        if window.data_plot.selected < 0:
            tab_to_the_plot(window)
            window.data_plot.select(0)
        press(window, Key.Key_Delete)
    settle(window)
    assert points_of(window) == []
    assert window.data_plot.selected == -1
    assert not window.actions_["removePoint"].isEnabled()


def test_enter_edits_the_numbers(window: MainWindow) -> None:
    click(window.data_plot, *points_of(window)[4])
    press(window, Key.Key_Return)
    asked = dialog(window, "pointDialog")
    QTest.keyClicks(child(asked, QLineEdit, "pointX"), "2.125")
    QTest.keyClick(child(asked, QLineEdit, "pointX"), Key.Key_Return)
    assert points_of(window)[4][0] == 2.125


def test_insert_adds_a_point_by_its_numbers(window: MainWindow) -> None:
    press(window, Key.Key_Insert)
    asked = dialog(window, "pointDialog")
    QTest.keyClicks(child(asked, QLineEdit, "pointX"), "-1.5")
    QTest.keyClicks(child(asked, QLineEdit, "pointY"), "7e-1")
    QTest.keyClick(child(asked, QLineEdit, "pointY"), Key.Key_Return)
    assert points_of(window)[-1] == (-1.5, 0.7)


def test_escape_gives_the_arrows_back_to_the_run(window: MainWindow) -> None:
    click(window.data_plot, *points_of(window)[4])
    press(window, Key.Key_Right)
    settle(window)
    assert window.snapshot.step == 0
    press(window, Key.Key_Escape)
    assert window.data_plot.selected == -1
    press(window, Key.Key_Right)
    settle(window)
    assert window.snapshot.step == 1


def test_points_move_by_key_while_it_trains_and_the_run_goes_on(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=0.0002)
    set_speed(window, 2000)
    start_training(window, 30)
    click(window.data_plot, *points_of(window)[4])
    step, theta = window.snapshot.step, window.snapshot.theta
    press(window, Key.Key_Up, SHIFT, times=3)
    settle(window)
    first = program_of(window).trainer.latest
    assert first.status == "training"
    assert first.step >= step
    assert np.linalg.norm(first.theta) > 0.9 * np.linalg.norm(theta) > 0
    wait_until(lambda: window.snapshot.step > first.step)
