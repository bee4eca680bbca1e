"""Replacing a file: whole or not at all, and nothing that a person has forbidden."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from gdviz.files.atomic import replacing
from gdviz.files.errors import FileError

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"old")
    return path


def write(path: Path, content: bytes = b"new") -> None:
    with replacing(path) as file:
        file.write(content)


def test_a_file_that_is_read_only_stays_as_it_is(path: Path) -> None:
    path.chmod(0o444)
    with pytest.raises(FileError, match=r"mine\.csv cannot be written: it is read-only\."):
        write(path)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_a_link_to_a_read_only_file_does_not_help(path: Path) -> None:
    path.chmod(0o444)
    link = path.with_name("link.csv")
    link.symlink_to(path)
    with pytest.raises(FileError, match="it is read-only"):
        write(link)
    assert path.read_bytes() == b"old"


def test_what_a_chain_of_links_leads_to_is_replaced(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    first, second = elsewhere / "first.csv", tmp_path / "second.csv"
    first.symlink_to(Path("..") / path.name)
    second.symlink_to(first)
    write(second)
    assert first.is_symlink()
    assert second.is_symlink()
    assert path.read_bytes() == b"new"
    assert list(elsewhere.iterdir()) == [first]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "later.csv")
    write(link)
    assert link.is_symlink()
    assert (tmp_path / "later.csv").read_bytes() == b"new"


def test_links_in_a_circle_are_a_sentence(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(FileError, match=r"one\.csv cannot be written: its links go in a circle\."):
        write(one)
    assert one.is_symlink()


def test_what_killed_processes_left_beside_a_file_goes_when_it_is_written_again(
    path: Path,
) -> None:
    left, fresh, of_another = (
        path.with_name(name)
        for name in (".mine.csv.0011aabb.part", ".mine.csv.2233ccdd.part", ".other.csv.4455.part")
    )
    for part in (left, fresh, of_another):
        part.touch()
    two_days_ago = time.time() - 2 * 86_400
    for part in (left, of_another):
        os.utime(part, (two_days_ago, two_days_ago))
    write(path)
    assert set(path.parent.iterdir()) == {path, fresh, of_another}


@posix
def test_what_is_no_ordinary_file_is_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(FileError, match="it is no ordinary file"):
        write(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777])
def test_permissions_stay_and_are_never_wider_meanwhile(path: Path, mode: int) -> None:
    path.chmod(mode)
    with replacing(path) as file:
        file.write(b"new")
        (part,) = set(path.parent.iterdir()) - {path}
        assert part.stat().st_mode & 0o777 & ~mode == 0
    assert path.stat().st_mode & 0o777 == mode
    assert path.read_bytes() == b"new"


@posix
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_a_new_file_gets_the_permissions_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: int
) -> None:
    path = tmp_path / "new.csv"
    before = os.umask(mask)
    try:
        # To ask for the mask is to change it, for all threads.
        monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the mask was changed"))
        write(path)
        monkeypatch.undo()
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
