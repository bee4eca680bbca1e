"""Points and files survive what a person does in a hurry: each of these once lost something."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings
from gdviz.files.autosave import Autosave
from gdviz.files.csv_reader import read_table
from gdviz.files.session import Session
from gdviz.ui import file_desk
from gdviz.ui.dialogs.generate_dialog import Recipe
from gdviz.ui.file_desk import FileDesk
from gdviz.ui.main_window import MainWindow
from tests.conftest import OpenWindow
from tests.hands import (
    click,
    dialog,
    holding,
    points_of,
    press_button,
    program_of,
    settle,
    wait_until,
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note when a person is asked where to save; the question is given up."""
    questions: list[str] = []

    def ask(*arguments: object) -> tuple[str, str]:
        questions.append(str(arguments[2]))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return questions


@pytest.mark.parametrize(
    "content",
    [
        "# my notes\nx,y\n1,2\n2,3\n",
        "x,y\n1,2\n# a remark\n2,3\n",
        "name,x,y\na,1,2\nb,2,3\n",
        "x;y\n1,5;2\n2;3\n",
        "x\ty\n1\t2\n2\t3\n",
    ],
)
def test_saving_never_thins_out_a_file(
    open_window: OpenWindow, tmp_path: Path, asked: list[str], content: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(content, encoding="utf-8")
    window = open_window(path)
    if window.document.dataset.n_points == 10:  # it asks for the columns
        dialog(window, "importDialog").accept()
    click(window.data_plot, 1.4, 2.4)
    window.actions_["saveFile"].trigger()
    assert asked, "it was overwritten without a question"
    assert path.read_text(encoding="utf-8") == content


def test_generated_points_do_not_overwrite_the_file_that_was_open(
    open_window: OpenWindow, tmp_path: Path, asked: list[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("x,y\n1,2\n2,3\n", encoding="utf-8")
    window = open_window(path)
    program_of(window)._desk.generate(Recipe())
    assert "mine.csv" not in window.windowTitle()
    window.actions_["saveFile"].trigger()
    assert asked
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    window.actions_["undo"].trigger()
    assert "mine.csv" in window.windowTitle()


def awaiting(window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> FileDesk:
    """Open a file as if it were big, with nobody to read it; return who waits for it."""
    desk = program_of(window)._desk
    monkeypatch.setattr(file_desk, "BIG_FILE_BYTES", 1)
    monkeypatch.setattr(desk, "load_requested", type("S", (), {"emit": lambda *_: None})())
    desk.open_path(str(path))
    return desk


@pytest.mark.parametrize("answer", ["Cancel", "Discard"])
def test_edits_made_while_a_file_is_read_are_asked_about(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    path = tmp_path / "late.csv"
    path.write_text("x,y\n1,2\n2,3\n", encoding="utf-8")
    desk = awaiting(window, path, monkeypatch)
    click(window.data_plot, 1.2, 3.3)
    before = points_of(window)
    table = read_table(path)
    desk.finish_loading(1, table, table.dataset())
    press_button(dialog(window, "discardDialog"), answer)
    assert (points_of(window) == before) == (answer == "Cancel")


def test_progress_after_another_notice_has_come_is_no_error(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.csv"
    path.write_text("x,y\n1,2\n2,3\n", encoding="utf-8")
    desk = awaiting(window, path, monkeypatch)
    desk.show_progress(1, 0.1)
    window.notice.propose("Something else.")
    desk.show_progress(1, 0.2)
    desk.give_up_loading(1)
    assert window.notice.text == "Something else."


def test_restoring_asks_about_the_points_of_this_session(
    open_window: OpenWindow, autosave_folder: Path
) -> None:
    dead = Autosave(autosave_folder)
    dead.save(Session(Dataset.from_points([(1, 2), (2, 3)]), RunSettings().as_mapping()))
    dead._lock.unlock()
    window = open_window()
    wait_until(lambda: window.notice.text != "")
    click(window.data_plot, 1.2, 3.3)
    before = points_of(window)
    press_button(window.notice, "restorePoints")
    press_button(dialog(window, "discardDialog"), "Cancel")
    assert points_of(window) == before


def test_an_ending_that_is_added_overwrites_nothing_unasked(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data.csv"
    path.write_text("precious\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "data"), ""))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    click(window.data_plot, 1.2, 3.3)
    window.actions_["saveFileAs"].trigger()
    assert path.read_text(encoding="utf-8") == "precious\n"
    assert window.isWindowModified()


def test_deleting_while_a_point_is_dragged_moves_no_other(window: MainWindow) -> None:
    x, y = points_of(window)[2]
    with holding(window.data_plot, x, y) as move:
        move(x + 0.1, y + 0.1)
        program_of(window)._editing.remove(2)
        after = points_of(window)
        move(x + 0.2, y + 0.2)
        assert points_of(window) == after


def test_a_random_start_meets_the_points_wherever_they_lie(window: MainWindow) -> None:
    x = 1e6 + np.arange(11.0)
    data = Dataset(x[:, None], np.linspace(0, 10, 11))
    window.document.replace(data, "far", window.document.origin)
    for seed in range(20):
        window.document.random_start(np.random.default_rng(seed))
        b, m = window.document.start
        assert abs(b + m * x.mean() - 5) < 30


def test_a_run_that_has_ended_does_not_begin_because_a_setting_changed(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=0.15)
    program_of(window).run_desk.speed_given.emit(float("inf"))
    window.actions_["playPause"].trigger()
    wait_until(lambda: program_of(window).trainer.latest.status == "converged")
    step = program_of(window).trainer.latest.step
    window.document.change_settings(mode="sgd")
    settle(window)
    assert program_of(window).trainer.latest.step == step
    assert program_of(window).trainer.latest.status != "training"


def test_ctrl_c_in_the_terminal_ends_the_program_quietly(tmp_path: Path) -> None:
    script = (
        "import sys; from PySide6.QtCore import QTimer; from gdviz import app;"
        "QTimer.singleShot(0, lambda: None);"
        "old = app.create_window\n"
        "def made(file=None):\n"
        "    window = old(file)\n"
        "    QTimer.singleShot(200, lambda: print('up', flush=True))\n"
        "    window.actions_['playPause'].trigger()\n"
        "    return window\n"
        "app.create_window = made\n"
        "sys.exit(app.run())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == -signal.SIGINT
        assert "Traceback" not in process.stderr.read()


def test_return_in_the_rate_gives_the_keys_back_to_the_run(window: MainWindow) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDoubleSpinBox

    spin = window.findChild(QDoubleSpinBox, "learningRate")
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "0.02")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert window.document.settings.learning_rate == 0.02
    assert window.data_plot.hasFocus()
