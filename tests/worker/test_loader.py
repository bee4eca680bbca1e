"""The loader: progress, its ends, and being cancelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from gdviz.files import csv_reader
from gdviz.worker.loader import Loader


class Notes(QObject):
    def __init__(self, loader: Loader) -> None:
        super().__init__()
        self.progress: list[float] = []
        self.ends: list[tuple[str, object]] = []
        loader.progressed.connect(self.progress.append)
        loader.loaded.connect(lambda table, data: self.ends.append(("loaded", (table, data))))
        loader.failed.connect(lambda text: self.ends.append(("failed", text)))
        loader.cancelled.connect(lambda: self.ends.append(("cancelled", None)))


@pytest.fixture
def loader(qapp: object) -> Loader:
    return Loader()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n" + "1,2\n" * 50_000)
    return path


def test_a_table_comes_with_rising_progress_and_its_points(loader: Loader, path: Path) -> None:
    notes = Notes(loader)
    loader.load(str(path))
    ((end, (table, data)),) = notes.ends  # type: ignore[misc]
    assert end == "loaded"
    assert table.names == ("x", "y")
    assert data.n_points == 50_000
    assert notes.progress == sorted(notes.progress)
    assert notes.progress[-1] == 1
    assert len(notes.progress) <= 202


def test_of_several_columns_none_is_chosen(loader: Loader, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3\n4,5,6\n")
    notes = Notes(loader)
    loader.load(str(path))
    assert notes.ends[0][1][1] is None  # type: ignore[index]


def test_a_wrong_file_fails_with_its_sentence(loader: Loader, tmp_path: Path) -> None:
    notes = Notes(loader)
    loader.load(str(tmp_path / "gone.csv"))
    ((end, text),) = notes.ends
    assert end == "failed"
    assert "gone.csv" in str(text)


def test_what_nobody_foresaw_fails_with_a_sentence_too(
    loader: Loader, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a comet")

    monkeypatch.setattr(csv_reader, "read_table", fail)
    notes = Notes(loader)
    loader.load(str(path))
    ((end, text),) = notes.ends
    assert end == "failed"
    assert "a comet" in str(text)


def test_a_cancel_counts_until_the_next_table_is_expected(loader: Loader, path: Path) -> None:
    notes = Notes(loader)
    loader.cancel()
    loader.load(str(path))
    loader.expect()
    loader.load(str(path))
    assert [end for end, _ in notes.ends] == ["cancelled", "loaded"]
