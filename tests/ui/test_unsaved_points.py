"""Unsaved points of a killed process are kept, and offered at the next start."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gdviz.core.dataset import Dataset
from gdviz.files import autosave
from gdviz.files.autosave import Autosave
from gdviz.files.session import Session, read_session, write_session
from gdviz.ui.main_window import MainWindow
from tests.conftest import OpenWindow
from tests.hands import (
    CONTROL,
    click,
    dialog,
    open_bundled,
    open_dialogs,
    points_of,
    press,
    press_button,
    program_of,
    settle,
    start_training,
    wait_until,
)

POINTS = [(1.0, 2.0), (2.0, 2.5), (4.0, 3.0)]


@pytest.fixture
def kept(autosave_folder: Path) -> Path:
    """What a killed process has left: a session, and a lock that nobody holds."""
    autosave_folder.mkdir(parents=True)
    path = autosave_folder / "0123.gdviz"
    write_session(path, Session(Dataset.from_points(POINTS), {"learning_rate": 0.025}))
    return path


def offered(window: MainWindow) -> str:
    wait_until(lambda: window.notice.text != "", "nothing is offered")
    return window.notice.text


def test_points_are_kept_soon_after_an_edit(window: MainWindow, autosave_folder: Path) -> None:
    assert not list(autosave_folder.glob("*.gdviz"))
    click(window.data_plot, 1.2, 3.3)
    wait_until(lambda: bool(list(autosave_folder.glob("*.gdviz"))))
    data = read_session(next(autosave_folder.glob("*.gdviz"))).dataset
    assert data.X.tobytes() == window.document.dataset.X.tobytes()
    assert data.y.tobytes() == window.document.dataset.y.tobytes()


def test_what_is_kept_goes_when_the_points_are_saved(
    window: MainWindow,
    autosave_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    click(window.data_plot, 1.2, 3.3)
    wait_until(lambda: bool(list(autosave_folder.glob("*.gdviz"))))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    press(window, Qt.Key.Key_S, CONTROL)
    assert not list(autosave_folder.glob("*.gdviz"))


class SlowDisk:
    """Holds up everything that is written until it is let go."""

    def __init__(self) -> None:
        self.writers: list[threading.Thread] = []
        self.began = threading.Event()
        self.go_on = threading.Event()

    def write(self, path: Path, session: Session) -> None:
        self.writers.append(threading.current_thread())
        self.began.set()
        assert self.go_on.wait(5)
        write_session(path, session)


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    disk = SlowDisk()
    monkeypatch.setattr(autosave, "write_session", disk.write)
    yield disk
    disk.go_on.set()


def test_the_window_goes_on_while_the_disk_is_slow(
    window: MainWindow, slow_disk: SlowDisk, autosave_folder: Path
) -> None:
    keep_soon = program_of(window)._safe._keep_soon
    for x in (1.2, 1.6, 2.0):
        click(window.data_plot, x, 3.3)
        keep_soon()
        wait_until(slow_disk.began.is_set)
    start_training(window)
    assert threading.main_thread() not in slow_disk.writers
    slow_disk.go_on.set()
    program_of(window)._safe.finish()
    assert len(slow_disk.writers) == 2  # what came meanwhile was overtaken by the newest
    (path,) = autosave_folder.glob("*.gdviz")
    assert read_session(path).dataset.n_points == window.document.dataset.n_points


def test_what_is_being_written_goes_when_the_points_were_saved_meanwhile(
    window: MainWindow,
    slow_disk: SlowDisk,
    autosave_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    click(window.data_plot, 1.2, 3.3)
    wait_until(slow_disk.began.is_set)
    press(window, Qt.Key.Key_S, CONTROL)
    assert not window.isWindowModified()
    slow_disk.go_on.set()
    program_of(window)._safe.finish()
    assert not list(autosave_folder.iterdir())


def test_what_is_restored_while_the_disk_is_slow_is_kept_in_the_end(
    kept: Path, window: MainWindow, slow_disk: SlowDisk, autosave_folder: Path
) -> None:
    offered(window)
    click(window.data_plot, 1.2, 3.3)
    wait_until(slow_disk.began.is_set)
    press_button(window.notice, "restorePoints")
    press_button(dialog(window, "discardDialog"), "Discard")
    assert points_of(window) == POINTS
    assert kept.exists()
    slow_disk.go_on.set()
    program_of(window)._safe.finish()
    assert list(autosave_folder.glob("*.gdviz")) == [kept]


def test_an_edit_just_before_the_end_is_kept(window: MainWindow, autosave_folder: Path) -> None:
    click(window.data_plot, 1.2, 3.3)
    program_of(window).stop()
    (path,) = autosave_folder.glob("*.gdviz")
    assert read_session(path).dataset.n_points == window.document.dataset.n_points


def test_closing_without_saving_keeps_nothing_of_what_is_being_written(
    window: MainWindow, slow_disk: SlowDisk, autosave_folder: Path
) -> None:
    click(window.data_plot, 1.2, 3.3)
    wait_until(slow_disk.began.is_set)
    window.close()
    asked = dialog(window, "discardDialog")
    slow_disk.go_on.set()
    press_button(asked, "Discard")
    assert not window.isVisible()
    assert not list(autosave_folder.iterdir())


def test_without_leftovers_nothing_is_offered(window: MainWindow) -> None:
    settle(window)
    assert window.notice.text == ""


def test_a_single_point_is_offered_as_one(autosave_folder: Path, open_window: OpenWindow) -> None:
    autosave_folder.mkdir(parents=True)
    one = Session(Dataset.from_points(POINTS[:1]), {})
    write_session(autosave_folder / "0123.gdviz", one)
    window = open_window()
    assert "1 unsaved point (" in offered(window)
    press_button(window.notice, "discardPoints")


def test_restoring_brings_points_and_settings_back_as_unsaved(
    kept: Path, window: MainWindow, autosave_folder: Path
) -> None:
    assert "3 unsaved points" in offered(window)
    press_button(window.notice, "restorePoints")
    assert points_of(window) == POINTS
    assert window.document.settings.learning_rate == 0.025
    assert window.isWindowModified()
    assert window.notice.text == ""
    # The copy on disk is this window's now: there is no moment without one.
    assert list(autosave_folder.glob("*.gdviz")) == [kept]
    assert not Autosave(autosave_folder).orphans()
    window.close()
    press_button(dialog(window, "discardDialog"), "Cancel")


def test_discarding_deletes_them(kept: Path, window: MainWindow) -> None:
    before = points_of(window)
    offered(window)
    press_button(window.notice, "discardPoints")
    assert not kept.exists()
    assert points_of(window) == before
    assert not window.isWindowModified()


def test_left_unanswered_they_are_offered_again(kept: Path, open_window: OpenWindow) -> None:
    first = open_window()
    offered(first)
    first.close()
    assert kept.exists()


def test_a_damaged_leftover_is_no_obstacle(autosave_folder: Path, open_window: OpenWindow) -> None:
    autosave_folder.mkdir(parents=True)
    (autosave_folder / "bad.gdviz").write_bytes(b"nothing of the kind")
    window = open_window()
    settle(window)
    assert window.notice.text == ""
    assert points_of(window)


_KILLED = """
import os, signal, sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from gdviz.app import create_window

window = create_window()
window.show()
folder = os.environ["GDVIZ_AUTOSAVE_FOLDER"]

def wait_until(condition):
    while not condition():
        QTest.qWait(5)

def is_kept():
    return os.path.isdir(folder) and any(n.endswith(".gdviz") for n in os.listdir(folder))

def edit():
    window.data_plot.point_added.emit(1.25, 3.5)
    wait_until(is_kept)

def restore():
    wait_until(lambda: window.notice.text)
    window.notice.findChild(QPushButton, "restorePoints").click()

def save():
    QFileDialog.getSaveFileName = lambda *_: (os.path.join(folder, "saved.csv"), "")
    window.actions_["saveFile"].trigger()

for deed in sys.argv[1:]:
    locals()[deed]()
os.kill(os.getpid(), signal.SIGKILL)
"""


def be_killed_after(*deeds: str) -> None:
    """Let another process do these things and be killed at once."""
    root = str(Path(__file__).parents[2])
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, *deeds],
        env={**os.environ, "PYTHONPATH": root},
        timeout=30,
    )
    assert killed.returncode == -9


def test_the_points_of_a_killed_process_are_offered(open_window: OpenWindow) -> None:
    be_killed_after("edit")
    window = open_window()
    assert "11 unsaved points" in offered(window)
    press_button(window.notice, "restorePoints")
    assert points_of(window)[-1] == (1.25, 3.5)


def test_restored_points_of_a_killed_process_are_offered_again(
    kept: Path, open_window: OpenWindow
) -> None:
    be_killed_after("restore")
    window = open_window()
    assert "3 unsaved points" in offered(window)
    press_button(window.notice, "restorePoints")
    assert points_of(window) == POINTS


@pytest.mark.parametrize("deeds", [("edit", "save"), ("restore", "save")], ids=" ".join)
def test_points_that_a_killed_process_has_saved_are_not_offered(
    request: pytest.FixtureRequest,
    open_window: OpenWindow,
    autosave_folder: Path,
    deeds: tuple[str, ...],
) -> None:
    if "restore" in deeds:
        request.getfixturevalue("kept")
    be_killed_after(*deeds)
    assert (autosave_folder / "saved.csv").exists()
    assert not list(autosave_folder.glob("*.gdviz"))
    window = open_window()
    settle(window)
    assert window.notice.text == ""


@pytest.mark.parametrize("instead", ["save", "open"])
def test_what_was_restored_is_kept_no_longer_than_it_is_unsaved(
    kept: Path,
    window: MainWindow,
    autosave_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    instead: str,
) -> None:
    offered(window)
    press_button(window.notice, "restorePoints")
    if instead == "save":
        path = str(tmp_path / "a.csv")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
        press(window, Qt.Key.Key_S, CONTROL)
    else:
        open_bundled(window, "women")
        press_button(dialog(window, "discardDialog"), "Discard")
    assert not list(autosave_folder.glob("*.gdviz"))


def test_clearing_ones_own_points_and_closing_brings_them_back(window: MainWindow) -> None:
    click(window.data_plot, 0.5, 3.0)
    before = points_of(window)
    press(window, Qt.Key.Key_Backspace, CONTROL)
    assert points_of(window) == []
    assert window.isWindowModified()
    window.close()
    box = dialog(window, "discardDialog")
    assert "Bring them back?" in box.text()  # type: ignore[attr-defined]
    press_button(box, "Bring them back")
    assert window.isVisible()
    assert points_of(window) == before


def test_clearing_bundled_points_is_nothing_to_ask_about(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Backspace, CONTROL)
    assert not window.document.is_modified
    window.close()
    assert not open_dialogs(window)
    assert not window.isVisible()
