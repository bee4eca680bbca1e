"""Every wrong file: one sentence in a dialog, and the data on screen stay as they are."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gdviz.ui.main_window import MainWindow
from tests.hands import (
    CONTROL,
    about,
    dialog,
    open_dialogs,
    points_of,
    press,
    press_button,
    settle,
    start_training,
    view_of,
    wait_until,
)


def _session(path: Path, content: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("session.json", content)


BROKEN: dict[str, tuple[str, Callable[[Path], object], list[str]]] = {
    "missing": ("gone.csv", lambda p: None, ["no file", "gone.csv"]),
    "a folder": ("folder.csv", lambda p: p.mkdir(), ["folder"]),
    "empty": ("a.csv", lambda p: p.write_text(""), ["a.csv", "empty"]),
    "header only": ("a.csv", lambda p: p.write_text("x,y\n"), ["a.csv", "header", "line 1"]),
    "text in a column": (
        "a.csv",
        lambda p: p.write_text("x,y\n1,2\n3,four\n5,6\n"),
        ["Line 3 of a.csv", "column 2", "'four'"],
    ),
    "NaN": ("a.csv", lambda p: p.write_text("x,y\n1,2\nnan,3\n"), ["Line 3", "column 1", "nan"]),
    "inf": ("a.csv", lambda p: p.write_text("x,y\n1,2\n3,inf\n"), ["Line 3", "column 2", "inf"]),
    "ragged": ("a.csv", lambda p: p.write_text("x,y\n1,2\n3\n5,6\n"), ["Line 3 of a.csv"]),
    "binary": ("a.csv", lambda p: p.write_bytes(b"1,2\n\x00\x01,3\n"), ["Line 2", "NUL"]),
    "one endless line": (
        "a.csv",
        lambda p: p.write_bytes(b"1," * 50_000_000),
        ["Line 1 of a.csv", "longer"],
    ),
    "wrong encoding": (
        "a.csv",
        lambda p: p.write_bytes(b"x,y\n1,2\n\xe9,3\n"),
        ["Line 3", "UTF-8"],
    ),
    "no numeric column": (
        "a.csv",
        lambda p: p.write_text("a,b\nc,d\ne,f\n"),
        ["no numeric column"],
    ),
    "1e308": ("a.csv", lambda p: p.write_text("x,y\n1,2\n1e308,3\n"), ["Line 3", "1e308"]),
    "no session": ("a.gdviz", lambda p: p.write_text("hello"), ["a.gdviz", "not a gdviz session"]),
    "missing session": ("gone.gdviz", lambda p: None, ["no file", "gone.gdviz"]),
    "a newer session": (
        "a.gdviz",
        lambda p: _session(p, json.dumps({"what": "gdviz session", "format": 99})),
        ["a.gdviz", "newer"],
    ),
    "a damaged session": ("a.gdviz", lambda p: _session(p, "{"), ["a.gdviz"]),
}


def test_a_wrong_file_gets_a_sentence_and_changes_nothing(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.document.change_settings(learning_rate=1e-9)  # so that it trains throughout
    start_training(window)
    before, view, title = points_of(window), view_of(window.data_plot), window.windowTitle()
    for number, (case, (name, make, words)) in enumerate(BROKEN.items()):
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        make(path)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, p=path: (str(p), ""))
        with about(case):
            press(window, Qt.Key.Key_O, CONTROL)
            box = dialog(window, "errorDialog")
            assert isinstance(box, QMessageBox)
            for word in words:
                assert word in box.text()
            assert box.text().endswith(".")
            assert "\n" not in box.text()
            assert "Traceback" not in box.text()
            assert len(open_dialogs(window)) == 1
            press_button(box, "OK")
            assert points_of(window) == before
            assert view_of(window.data_plot) == view
            assert window.windowTitle() == title
            assert not window.document.is_modified
            # Not even the run was disturbed.
            step = window.snapshot.step
            wait_until(lambda step=step: window.snapshot.step > step)


def test_a_session_with_impossible_settings_is_refused_with_a_sentence(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gdviz.core.dataset import Dataset
    from gdviz.files.session import Session, write_session

    path = tmp_path / "odd.gdviz"
    for settings in ({"learning_rate": -1.0}, {"mode": "magic"}, {"learning_rate": "fast"}):
        with about(settings):
            write_session(path, Session(Dataset.from_points([(1, 2), (3, 4)]), settings))
            before = points_of(window)
            monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
            press(window, Qt.Key.Key_O, CONTROL)
            press_button(dialog(window, "errorDialog"), "OK")
            assert points_of(window) == before
            settle(window)
            assert window.snapshot.status == "ready"
