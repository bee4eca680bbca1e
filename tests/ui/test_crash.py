"""What nobody foresaw: a sentence, the points are kept, the window goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from gdviz.core.descent import Descent
from gdviz.files.session import read_session
from gdviz.ui.main_window import MainWindow
from tests.hands import (
    click,
    dialog,
    open_dialogs,
    points_of,
    press,
    press_button,
    program_of,
    set_speed,
    settle,
    start_training,
    wait_until,
)

Key = Qt.Key


def ticking(program: QObject) -> list[QTimer]:
    return [timer for timer in program.findChildren(QTimer) if timer.isActive()]


def test_an_exception_in_the_worker_is_a_sentence_and_the_window_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = points_of(window)
    start_training(window)

    def fail(*_: object) -> None:
        raise RuntimeError("the kernel gave up")

    monkeypatch.setattr(Descent, "run", fail)
    box = dialog(window, "errorDialog")
    assert isinstance(box, QMessageBox)
    assert "the kernel gave up" in box.text()
    assert "Traceback" not in box.text()
    press_button(box, "OK")
    settle(window)
    assert window.snapshot.status == "stopped"
    assert "the kernel gave up" in window.status.text()
    monkeypatch.undo()
    assert points_of(window) == before
    click(window.data_plot, 1.2, 3.2)
    assert len(points_of(window)) == len(before) + 1
    press(window, Key.Key_R)
    settle(window)
    assert window.snapshot.status == "ready"
    start_training(window)
    assert len(open_dialogs(window)) == 0


def test_an_exception_in_the_window_is_told_once_and_the_points_are_kept(
    window: MainWindow, autosave_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    click(window.data_plot, 1.2, 3.2)
    crash = program_of(window)._crash
    for text in ("first", "second"):
        try:
            raise ValueError(text)
        except ValueError as error:
            crash(ValueError, error, error.__traceback__)
    box = dialog(window, "crashDialog")
    assert isinstance(box, QMessageBox)
    assert "first" in box.text()
    assert len(open_dialogs(window)) == 1
    assert "second" in caplog.text  # logged, if not shown
    (kept,) = autosave_folder.glob("*.gdviz")
    assert read_session(kept).dataset.n_points == 11
    press_button(box, "OK")
    start_training(window)


def test_the_hook_is_put_back_when_the_window_closes(window: MainWindow) -> None:
    crash = program_of(window)._crash
    before = sys.excepthook
    crash.install()
    assert sys.excepthook is crash
    window.close()
    assert sys.excepthook is not crash
    sys.excepthook = before


def test_closing_during_training_ends_the_thread(window: MainWindow) -> None:
    start_training(window)
    program = program_of(window)
    window.close()
    assert not window.isVisible()
    assert not program._training.is_running()
    assert not ticking(program)


def test_closing_at_full_speed_with_big_steps_ends_the_thread(window: MainWindow) -> None:
    window.document.change_settings(mode="sgd", learning_rate=0.002)
    set_speed(window, float("inf"))
    start_training(window, 10_000)
    window.close()
    wait_until(lambda: not program_of(window)._training.is_running())


def test_nothing_ticks_when_nothing_happens(window: MainWindow) -> None:
    settle(window)
    wait_until(lambda: not ticking(program_of(window)), "a timer never rests")
    press(window, Key.Key_Right)  # and it wakes up again
    wait_until(lambda: window.snapshot.step == 1)
