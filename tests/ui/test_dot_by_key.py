"""The contour's dot by the keyboard: Shift and an arrow, tapped and held, at rest and in a run."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from gdviz.core.snapshot import Status
from gdviz.ui.main_window import MainWindow
from tests.hands import (
    CONTROL,
    NO_MODIFIER,
    SHIFT,
    is_shown,
    middle_of,
    mouse,
    open_bundled,
    pixel,
    press,
    set_speed,
    settle,
    start_training,
    view_of,
    wait_until,
)

Key = Qt.Key


def in_pixels(window: MainWindow, before: tuple[float, float]) -> tuple[float, float]:
    """Return how far the dot has moved, to the right and up."""
    plot = window.contour_plot
    width, height = plot.pixel_size()
    return (plot.state.dot[0] - before[0]) / width, (plot.state.dot[1] - before[1]) / height


def send(
    window: MainWindow,
    kind: QEvent.Type,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = SHIFT,
    *,
    repeat: bool = False,
) -> bool:
    """Send one event of a key, held with Shift; return whether the plot takes it for itself."""
    event = QKeyEvent(kind, key, modifiers, "", repeat)
    event.ignore()  # as a desktop asks whether a shortcut is wanted otherwise
    QApplication.sendEvent(window.contour_plot, event)
    return event.isAccepted()


def repeat(window: MainWindow, key: Qt.Key) -> None:
    """Repeat a held key, as a desktop does: released and pressed again, both marked as such."""
    send(window, QEvent.Type.KeyRelease, key, repeat=True)
    send(window, QEvent.Type.KeyPress, key, repeat=True)


@pytest.mark.parametrize(
    ("key", "way"),
    [
        (Key.Key_Right, (1, 0)),
        (Key.Key_Left, (-1, 0)),
        (Key.Key_Up, (0, 1)),
        (Key.Key_Down, (0, -1)),
    ],
)
def test_shift_and_an_arrow_move_the_dot_by_a_few_pixels(
    window: MainWindow, key: Qt.Key, way: tuple[int, int]
) -> None:
    plot = window.contour_plot
    plot.setFocus()
    before, step = plot.state.dot, window.snapshot.step
    press(window, key, SHIFT)
    settle(window)
    assert in_pixels(window, before) == pytest.approx((4 * way[0], 4 * way[1]))
    assert window.document.start == pytest.approx(plot.state.dot)
    assert window.snapshot.theta == pytest.approx(plot.state.dot)
    assert window.snapshot.step == step == 0  # Shift+→ did not run to the end of the epoch
    press(window, key, SHIFT | CONTROL)
    assert in_pixels(window, before) == pytest.approx((4.4 * way[0], 4.4 * way[1]))


def test_without_shift_the_arrows_belong_to_the_run(window: MainWindow) -> None:
    window.contour_plot.setFocus()
    press(window, Key.Key_Right)
    settle(window)
    assert window.snapshot.step == 1


def test_without_the_focus_shift_and_the_arrow_end_the_epoch(window: MainWindow) -> None:
    window.data_plot.setFocus()
    press(window, Key.Key_Right, SHIFT)
    settle(window)
    assert window.snapshot.epoch == 1


def test_without_points_there_is_no_dot_to_move(window: MainWindow) -> None:
    window.actions_["clearPoints"].trigger()
    window.contour_plot.setFocus()
    start = window.document.start
    press(window, Key.Key_Right, SHIFT)
    assert window.document.start == start


def test_in_a_run_a_held_key_moves_the_dot_evenly(window: MainWindow) -> None:
    plot = window.contour_plot
    window.document.change_settings(learning_rate=0.01)  # slow: the view rests
    plot.setFocus()
    start_training(window)
    send(window, QEvent.Type.KeyPress, Key.Key_Up)
    places = [plot.state.dot]
    for _ in range(6):
        # Frames and steps come in between, and the dot stays where the key has put it.
        before = window.snapshot.step
        wait_until(lambda before=before: window.snapshot.step > before)  # type: ignore[misc]
        assert plot.state.dot == places[-1]
        repeat(window, Key.Key_Up)
        places.append(plot.state.dot)
    height = plot.pixel_size()[1]
    moves = np.diff(np.array(places), axis=0)
    assert moves[:, 0] == pytest.approx(0.0, abs=1e-9)
    assert moves[:, 1] == pytest.approx(4 * height)
    send(window, QEvent.Type.KeyRelease, Key.Key_Up)
    wait_until(lambda: plot.state.dot != places[-1], "the run does not go on from there")


def test_the_dot_is_let_go_when_the_keys_go_elsewhere(window: MainWindow) -> None:
    plot = window.contour_plot
    plot.setFocus()
    start_training(window)
    send(window, QEvent.Type.KeyPress, Key.Key_Up)
    held = plot.state.dot
    window.data_plot.setFocus()
    wait_until(lambda: plot.state.dot != held, "the dot is held by a key that nobody holds")


@pytest.mark.parametrize("way", ["key", "mouse", "focus"])
def test_a_dot_that_is_held_while_the_run_ends_is_then_where_the_run_is(
    window: MainWindow, way: str
) -> None:
    plot = window.contour_plot
    plot.setFocus()
    start_training(window)
    set_speed(window, 1500)
    if way == "mouse":
        at = pixel(plot, *plot.state.dot)
        mouse(plot, QEvent.Type.MouseButtonPress, at)
    else:
        send(window, QEvent.Type.KeyPress, Key.Key_Right)
    held = plot.state.dot
    wait_until(lambda: window.snapshot.status is Status.CONVERGED)
    settle(window)
    assert plot.state.dot == held
    if way == "mouse":
        mouse(plot, QEvent.Type.MouseButtonRelease, at)
    elif way == "key":
        send(window, QEvent.Type.KeyRelease, Key.Key_Right)
    else:
        window.data_plot.setFocus()
    assert plot.state.dot == pytest.approx(window.snapshot.theta, rel=1e-9)


def test_what_the_run_told_before_a_move_does_not_bring_the_dot_back(window: MainWindow) -> None:
    plot = window.contour_plot
    plot.setFocus()
    send(window, QEvent.Type.KeyPress, Key.Key_Up)
    settle(window)
    plot.show_snapshot(window.snapshot)
    repeat(window, Key.Key_Up)
    moved = plot.state.dot
    send(window, QEvent.Type.KeyRelease, Key.Key_Up)
    assert plot.state.dot == moved


def test_a_dot_that_is_held_while_other_data_are_opened_is_at_their_start(
    window: MainWindow,
) -> None:
    plot = window.contour_plot
    plot.setFocus()
    send(window, QEvent.Type.KeyPress, Key.Key_Up)
    settle(window)
    plot.show_snapshot(window.snapshot)
    open_bundled(window, "outlier")
    send(window, QEvent.Type.KeyRelease, Key.Key_Up)
    assert plot.state.dot == pytest.approx(window.document.start)


def test_an_arrow_that_is_held_longer_than_shift_does_not_step(window: MainWindow) -> None:
    plot = window.contour_plot
    plot.setFocus()
    claim, key_press = QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress
    assert send(window, claim, Key.Key_Right)
    assert send(window, key_press, Key.Key_Right)
    send(window, QEvent.Type.KeyRelease, Key.Key_Shift)
    moved = plot.state.dot
    for _ in range(3):
        send(window, QEvent.Type.KeyRelease, Key.Key_Right, NO_MODIFIER, repeat=True)
        assert send(window, claim, Key.Key_Right, NO_MODIFIER, repeat=True)
        assert send(window, key_press, Key.Key_Right, NO_MODIFIER, repeat=True)
    assert plot.state.dot == moved
    assert not send(window, claim, Key.Key_Left, NO_MODIFIER)  # another key is another matter
    send(window, QEvent.Type.KeyRelease, Key.Key_Right, NO_MODIFIER)
    assert not send(window, claim, Key.Key_Right, NO_MODIFIER)
    assert not send(window, claim, Key.Key_Right, NO_MODIFIER, repeat=True)


def test_the_view_follows_a_dot_that_keys_move_out_of_it(window: MainWindow) -> None:
    plot = window.contour_plot
    plot.setFocus()
    view = view_of(plot)
    send(window, QEvent.Type.KeyPress, Key.Key_Down)
    for _ in range(100):
        repeat(window, Key.Key_Down)
    send(window, QEvent.Type.KeyRelease, Key.Key_Down)
    assert not view[1][0] <= plot.state.dot[1] <= view[1][1]
    wait_until(lambda: is_shown(plot, *plot.state.dot))


def test_of_several_features_it_moves_the_two_that_are_shown(window: MainWindow) -> None:
    open_bundled(window, "mtcars")
    settle(window)
    plot = window.contour_plot
    plot.setFocus()
    before, middle = plot.state.dot, middle_of(plot)
    press(window, Key.Key_Left, SHIFT)
    press(window, Key.Key_Down, SHIFT)
    settle(window)
    assert in_pixels(window, before) == pytest.approx((-4, -4))
    assert middle_of(plot) == middle
    assert window.snapshot.theta[3] == window.document.start[3] == 0  # held


def test_the_keys_are_named_in_the_help_and_to_a_screen_reader(window: MainWindow) -> None:
    from gdviz.ui.words import dialogs as words

    assert any("contour" in what for _, what in words.KEYS_TEXT)
    assert "Shift" in window.contour_plot.accessibleName()
