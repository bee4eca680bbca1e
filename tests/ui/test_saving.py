"""Saving, the mark of unsaved points, and what is asked before they go."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gdviz.core.dataset import Dataset
from gdviz.files.session import read_session
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from tests.conftest import OpenWindow
from tests.hands import (
    CONTROL,
    SHIFT,
    click,
    dialog,
    drag,
    open_dialogs,
    points_of,
    press,
    press_button,
    program_of,
    settle,
    start_training,
    wait_until,
)

# No decimals are enough for these but the 17 that Python writes.
AWKWARD = [(0.1 + 0.2, 1 / 3), (1e-300, -1.7976931348623157e49), (np.pi, np.nextafter(1, 2))]


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Give a function that lets the next question where to save be answered."""

    def answer(name: str) -> Path:
        path = str(tmp_path / name) if name else ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
        return tmp_path / name

    return answer


def edit(window: MainWindow) -> None:
    click(window.data_plot, 1.2, 3.3)


@pytest.mark.parametrize("name", ["points.csv", "session.gdviz"])
def test_what_is_saved_opens_again_to_the_last_bit(
    open_window: OpenWindow, save_as, name: str
) -> None:
    window = open_window()
    for x, y in AWKWARD:
        window.document.add_point(x, y)
    path = save_as(name)
    press(window, Qt.Key.Key_S, CONTROL)
    assert path.exists()
    before = window.document.dataset
    assert not window.isWindowModified()
    again = open_window(path).document.dataset
    assert again.X.tobytes() == before.X.tobytes()
    assert again.y.tobytes() == before.y.tobytes()
    assert again.feature_names == before.feature_names
    assert again.target_name == before.target_name


def test_a_session_brings_settings_and_start_back(open_window: OpenWindow, save_as) -> None:
    window = open_window()
    chosen = {
        "learning_rate": 0.0123,
        "mode": "mini-batch",
        "batch_size": 3,
        "order": "given",
        "seed": 7,
        "convention": "half-sum",
    }
    window.document.change_settings(**chosen)
    window.document.set_start((2.5, -1.25))
    path = save_as("all.gdviz")
    press(window, Qt.Key.Key_S, CONTROL | SHIFT)
    again = open_window(path)
    for name, value in chosen.items():
        assert getattr(again.document.settings, name) == value
    assert again.document.start == (2.5, -1.25)
    settle(again)
    assert tuple(again.snapshot.theta) == (2.5, -1.25)


def test_a_session_is_whole_even_before_the_run_has_caught_up_with_the_points(
    open_window: OpenWindow, save_as, tmp_path: Path
) -> None:
    window = open_window()
    points = Dataset([[1.0, 2.0], [3.0, 5.0], [2.0, 2.0]], [1.0, 2.0, 4.0], ("p", "q"), "r")
    window.document.open(points, Origin("Two features"))
    assert len(window.snapshot.theta) == 2  # still that of the line before
    path = save_as("two.gdviz")
    window.actions_["saveFile"].trigger()
    session = read_session(path)
    assert session.dataset.n_features == 2
    assert session.theta is None


def test_save_goes_where_the_points_came_from(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("x,y\n1,1\n2,3\n")
    window = open_window(path)
    window.document.add_point(5.0, 6.0)
    press(window, Qt.Key.Key_S, CONTROL)
    assert path.read_text().split() == ["x,y", "1.0,1.0", "2.0,3.0", "5.0,6.0"]
    assert not window.isWindowModified()


def test_a_name_without_an_ending_gets_one(window: MainWindow, save_as, tmp_path: Path) -> None:
    save_as("plain")
    press(window, Qt.Key.Key_S, CONTROL)
    assert (tmp_path / "plain.csv").exists()


def test_giving_up_the_question_saves_nothing(window: MainWindow, save_as) -> None:
    edit(window)
    save_as("")
    press(window, Qt.Key.Key_S, CONTROL)
    assert window.isWindowModified()


def test_a_place_that_cannot_be_written_is_told(window: MainWindow, save_as) -> None:
    edit(window)
    save_as("no-such-folder/points.csv")
    press(window, Qt.Key.Key_S, CONTROL)
    box = dialog(window, "errorDialog")
    assert "no-such-folder" in box.text()  # type: ignore[attr-defined]
    press_button(box, "OK")
    assert window.isWindowModified()


def test_the_mark_of_unsaved_points_comes_and_goes_with_undo(window: MainWindow, save_as) -> None:
    assert not window.isWindowModified()
    edit(window)
    assert window.isWindowModified()
    press(window, Qt.Key.Key_Z, CONTROL)
    assert not window.isWindowModified()
    window.actions_["redo"].trigger()
    assert window.isWindowModified()
    save_as("points.csv")
    press(window, Qt.Key.Key_S, CONTROL)
    assert not window.isWindowModified()
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.isWindowModified()


def test_training_and_settings_leave_nothing_to_save(window: MainWindow) -> None:
    start_training(window)
    window.document.change_settings(learning_rate=0.01)
    window.close()
    assert not open_dialogs(window)
    assert not window.isVisible()


def test_an_emptied_plot_is_nothing_to_lose(window: MainWindow) -> None:
    window.actions_["clearPoints"].trigger()
    window.close()
    assert not open_dialogs(window)
    assert not window.isVisible()


# --- before unsaved points go ---------------------------------------------------------------------


def test_cancel_keeps_the_window_and_the_run(window: MainWindow) -> None:
    start_training(window)
    edit(window)
    window.close()
    asked = dialog(window, "discardDialog")
    press_button(asked, "Cancel")
    assert window.isVisible()
    settle(window)
    assert program_of(window).trainer.latest.status == "training"
    assert window.isWindowModified()


def test_the_window_stays_alive_while_it_asks(window: MainWindow) -> None:
    start_training(window)
    edit(window)
    window.close()
    dialog(window, "discardDialog")
    step = window.snapshot.step
    wait_until(lambda: window.snapshot.step > step)
    window.close()  # asked again, it asks no second time
    assert len(open_dialogs(window)) == 1


def test_discard_closes(window: MainWindow, autosave_folder: Path) -> None:
    edit(window)
    window.close()
    press_button(dialog(window, "discardDialog"), "Discard")
    assert not window.isVisible()
    assert not list(autosave_folder.glob("*.gdviz"))


def test_save_saves_and_closes(window: MainWindow, save_as) -> None:
    edit(window)
    path = save_as("kept.csv")
    window.close()
    press_button(dialog(window, "discardDialog"), "Save")
    assert not window.isVisible()
    assert len(path.read_text().split()) == 12


def test_save_that_is_given_up_keeps_the_window(window: MainWindow, save_as) -> None:
    edit(window)
    save_as("")
    window.close()
    press_button(dialog(window, "discardDialog"), "Save")
    assert window.isVisible()
    assert window.isWindowModified()


@pytest.mark.parametrize("answer", ["Discard", "Cancel"])
def test_opening_other_data_asks_first(window: MainWindow, answer: str) -> None:
    edit(window)
    before = points_of(window)
    next(
        a for a in window.menus.bundled_menu.actions() if a.objectName() == "bundled-women"
    ).trigger()
    asked = dialog(window, "discardDialog")
    assert points_of(window) == before
    press_button(asked, answer)
    assert (points_of(window) == before) == (answer == "Cancel")


def test_a_moved_point_is_something_to_lose(window: MainWindow) -> None:
    drag(window.data_plot, points_of(window)[2], (1.9, 3.2))
    window.close()
    press_button(dialog(window, "discardDialog"), "Cancel")
    assert window.isVisible()
