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
        self.numbers: list[int] = []
        loader.progressed.connect(lambda _, fraction: self.progress.append(fraction))
        loader.loaded.connect(lambda n, table, data: self.note(n, "loaded", (table, data)))
        loader.failed.connect(lambda n, text: self.note(n, "failed", text))
        loader.cancelled.connect(lambda n: self.note(n, "cancelled", None))

    def note(self, number: int, end: str, what: object) -> None:
        self.numbers.append(number)
        self.ends.append((end, what))


@pytest.fixture
def loader(qapp: object) -> Loader:
    return Loader()


def load(loader: Loader, path: Path, number: int = 1) -> None:
    loader.expect(number)
    loader.load(number, str(path))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n" + "1,2\n" * 50_000)
    return path


def test_a_table_comes_with_rising_progress_and_its_points(loader: Loader, path: Path) -> None:
    notes = Notes(loader)
    load(loader, path)
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
    load(loader, path)
    assert notes.ends[0][1][1] is None  # type: ignore[index]


def test_a_wrong_file_fails_with_its_sentence(loader: Loader, tmp_path: Path) -> None:
    notes = Notes(loader)
    load(loader, tmp_path / "gone.csv")
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
    load(loader, path)
    ((end, text),) = notes.ends
    assert end == "failed"
    assert "a comet" in str(text)


def test_a_cancel_counts_until_the_next_table_is_expected(loader: Loader, path: Path) -> None:
    notes = Notes(loader)
    loader.expect(1)
    loader.cancel()
    loader.load(1, str(path))
    load(loader, path, 2)
    assert [end for end, _ in notes.ends] == ["cancelled", "loaded"]
    assert notes.numbers == [1, 2]


def test_a_table_is_given_up_for_a_later_one_before_it_is_read(
    loader: Loader, tmp_path: Path, path: Path
) -> None:
    notes = Notes(loader)
    loader.expect(1)
    loader.expect(2)
    loader.load(1, str(tmp_path / "gone.csv"))
    loader.load(2, str(path))
    assert [end for end, _ in notes.ends] == ["cancelled", "loaded"]
    assert notes.numbers == [1, 2]


def test_a_table_is_given_up_for_a_later_one_while_it_is_read(loader: Loader, path: Path) -> None:
    notes = Notes(loader)
    loader.progressed.connect(lambda number, _: loader.expect(number + 1))
    load(loader, path)
    assert [end for end, _ in notes.ends] == ["cancelled"]
    assert len(notes.progress) == 1
