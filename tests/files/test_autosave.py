"""Unsaved points outlive a killed process, and nobody takes those of a living one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from gdviz.core.dataset import Dataset
from gdviz.files.autosave import Autosave, default_folder
from gdviz.files.errors import FileError
from gdviz.files.session import Session

POINTS = Session(Dataset.from_points([(1, 2), (3, 4), (5, 6.5)]), {"learning_rate": 0.3})

OTHER_PROCESS = """
import sys
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
