"""Space is never lost: however fast it is pressed, each press undoes the one before."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt

from gdviz.ui.main_window import MainWindow
from tests.hands import about, press, set_speed, settle, wait_until


@pytest.fixture
def endless(window: MainWindow) -> MainWindow:
    """The window with a run that does not end by itself."""
    window.document.change_settings(learning_rate=1e-9, tolerance=1e-12)
    set_speed(window, math.inf)
    settle(window)
    return window


def test_as_many_presses_as_are_given_count(endless: MainWindow) -> None:
    for presses in (1, 2, 3, 4, 7, 8):
        with about(presses):
            for _ in range(presses):  # before the worker has answered any of them
                endless.actions_["playPause"].trigger()
            settle(endless)
            is_odd = presses % 2 == 1
            wait_until(lambda odd=is_odd: (endless.snapshot.status == "training") is odd)
            if is_odd:
                endless.actions_["playPause"].trigger()
                settle(endless)


def test_two_presses_of_space_while_it_trains_leave_it_training(endless: MainWindow) -> None:
    press(endless, Qt.Key.Key_Space)
    wait_until(lambda: endless.snapshot.status == "training")
    for _ in range(2):
        endless.actions_["playPause"].trigger()
    settle(endless)
    before = endless.snapshot.step
    wait_until(lambda: endless.snapshot.step > before, "it does not go on")


def test_a_press_after_the_end_starts_nothing(window: MainWindow) -> None:
    set_speed(window, math.inf)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.status == "converged")
    settle(window)
    step = window.snapshot.step
    window.actions_["playPause"].trigger()
    settle(window)
    assert window.snapshot.status == "converged"
    assert window.snapshot.step == step
