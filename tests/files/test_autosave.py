"""Unsaved points outlive a killed process, and nobody takes those of a living one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QStandardPaths

from gdviz.core.dataset import Dataset
from gdviz.files.autosave import Autosave, default_folder
from gdviz.files.errors import FileError
from gdviz.files.session import Session

POINTS = Session(Dataset.from_points([(1, 2), (3, 4), (5, 6.5)]), {"learning_rate": 0.3})

NO_PROCESS = "4194999"  # beyond the largest number that Linux gives

OTHER_PROCESS = """
import sys
import time
from pathlib import Path
from gdviz.core.dataset import Dataset
from gdviz.files.autosave import Autosave
from gdviz.files.session import Session

autosave = Autosave(Path(sys.argv[1]))
autosave.save(Session(Dataset.from_points([(1, 2), (3, 4), (5, 6.5)]), {"learning_rate": 0.3}))
print("saved", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "autosave"


def other_process(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"saved"
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def test_points_of_a_killed_process_are_offered_and_those_of_a_living_one_are_not(
    folder: Path,
) -> None:
    process = other_process(folder)
    try:
        here = Autosave(folder)
        assert here.orphans() == []
    finally:
        end(process)
    (orphan,) = here.orphans()
    assert orphan.n_points == 3
    assert abs(orphan.saved_at - datetime.now().astimezone()) < timedelta(minutes=1)
    session = orphan.read()
    assert session.dataset.y.tolist() == [2, 4, 6.5]
    assert session.settings == {"learning_rate": 0.3}
    # Another window that starts now is not offered the same points.
    assert Autosave(folder).orphans() == []
    orphan.discard()
    assert Autosave(folder).orphans() == []
    assert list(folder.iterdir()) == []


def test_an_orphan_left_alone_is_offered_again(folder: Path) -> None:
    end(other_process(folder))
    (orphan,) = Autosave(folder).orphans()
    orphan.release()
    (again,) = Autosave(folder).orphans()
    del orphan
    assert again.path.exists()
    del again
    assert len(Autosave(folder).orphans()) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGTERM") or os.name == "nt", reason="POSIX signals")
def test_terminated_processes_leave_orphans_too(folder: Path) -> None:
    processes = [other_process(folder) for _ in range(2)]
    for process in processes:
        process.terminate()
        process.communicate()
    found = Autosave(folder).orphans()
    assert len(found) == 2
    assert found[0].saved_at >= found[1].saved_at


def test_own_points_are_replaced_and_discarded(folder: Path) -> None:
    here, beside = Autosave(folder), Autosave(folder)
    here.save(Session(Dataset.from_points([(0, 0)])))
    here.save(POINTS)
    assert len(list(folder.glob("*.gdviz"))) == 1
    assert here.orphans() == []
    assert beside.orphans() == []
    here.discard()
    assert list(folder.iterdir()) == []
    here.discard()
    here.save(POINTS)
    assert here.path.exists()
    here.discard()


def test_an_adopted_orphan_takes_the_place_of_ones_own_points(folder: Path) -> None:
    end(other_process(folder))
    here = Autosave(folder)
    here.save(Session(Dataset.from_points([(0, 0)])))
    (orphan,) = here.orphans()
    here.adopt(orphan)
    assert list(folder.glob("*.gdviz")) == [orphan.path]
    assert Autosave(folder).orphans() == []
    here.save(Session(Dataset.from_points([(7, 7)])))
    assert list(folder.glob("*.gdviz")) == [orphan.path]
    here.discard()
    assert list(folder.iterdir()) == []


def test_a_broken_orphan_is_set_aside_and_breaks_nothing(folder: Path) -> None:
    end(other_process(folder))
    (folder / "broken.gdviz").write_bytes(b"PK\x03\x04 half a file")
    (folder / "empty.gdviz").touch()
    (folder / "folder.gdviz").mkdir()
    (orphan,) = Autosave(folder).orphans()
    assert orphan.n_points == 3
    assert (folder / "broken.broken").exists()
    assert (folder / "empty.broken").exists()


def leftovers(folder: Path, stem: str) -> list[Path]:
    """Make what a process leaves that is killed while it writes its points the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{stem}.gdviz.0011aabb.part"
    part.write_bytes(b"half a file")
    lock = QLockFile(str(folder / f"{stem}.lock"))
    assert lock.tryLock(0)
    content = (folder / f"{stem}.lock").read_text()
    lock.unlock()
    (folder / f"{stem}.lock").write_text(content.replace(str(os.getpid()), NO_PROCESS, 1))
    return [part, folder / f"{stem}.lock"]


def test_what_killed_processes_left_is_cleared_away(folder: Path) -> None:
    leftovers(folder, "0123")
    (folder / ".4567.gdviz.2233ccdd.part").touch()  # its lock has gone already
    assert Autosave(folder).orphans() == []
    assert list(folder.iterdir()) == []


def test_what_was_left_beside_points_goes_and_the_points_are_offered(folder: Path) -> None:
    end(other_process(folder))
    (path,) = folder.glob("*.gdviz")
    part = folder / f".{path.name}.0011aabb.part"
    part.touch()
    (orphan,) = Autosave(folder).orphans()
    assert not part.exists()
    assert orphan.path == path


def test_what_a_living_process_is_writing_is_left_alone(folder: Path) -> None:
    process = other_process(folder)
    try:
        (path,) = folder.glob("*.gdviz")
        part = folder / f".{path.name}.0011aabb.part"
        part.touch()
        before = set(folder.iterdir())
        assert Autosave(folder).orphans() == []
        assert set(folder.iterdir()) == before
    finally:
        end(process)


def test_own_files_are_left_alone(folder: Path) -> None:
    here = Autosave(folder)
    here.save(POINTS)
    before = set(folder.iterdir())
    assert here.orphans() == []
    assert set(folder.iterdir()) == before


def test_what_could_not_be_read_is_set_aside_for_a_month(folder: Path) -> None:
    folder.mkdir(parents=True)
    path = folder / "bad.gdviz"
    path.write_bytes(b"nothing of the kind")
    days_ago(path, 40)
    assert Autosave(folder).orphans() == []
    aside = folder / "bad.broken"
    for age, is_there in ((0, True), (29, True), (31, False)):
        if age:
            days_ago(aside, age)
        Autosave(folder).orphans()
        assert aside.exists() == is_there


def days_ago(path: Path, days: float) -> None:
    moment = time.time() - 86_400 * days
    os.utime(path, (moment, moment))


def test_orphans_without_points_are_not_worth_offering(folder: Path) -> None:
    gone = Autosave(folder)
    gone.save(Session(Dataset.empty()))
    del gone
    assert Autosave(folder).orphans() == []
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    here = Autosave(tmp_path / "file" / "autosave")
    assert here.orphans() == []
    with pytest.raises(FileError, match="cannot be written"):
        here.save(POINTS)
    here.discard()


def test_default_folder_is_in_the_programs_data() -> None:
    QStandardPaths.setTestModeEnabled(True)
    try:
        assert default_folder().name == "autosave"
        assert default_folder().is_absolute()
    finally:
        QStandardPaths.setTestModeEnabled(False)
