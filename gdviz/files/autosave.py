"""Keeps unsaved points where a later start finds them if this process is killed."""

from __future__ import annotations

import os
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths

from gdviz.files import messages
from gdviz.files.atomic import PART_SUFFIX, parts_of
from gdviz.files.errors import FileError, full_name
from gdviz.files.session import SUFFIX, Session, read_session, write_session

_LOCK = ".lock"
_BROKEN = ".broken"
_LONGEST_WAIT_MS = 1000
_BROKEN_SECONDS = 30 * 86_400.0


def default_folder() -> Path:
    """Return where the system keeps a program's data: Linux ~/.local/share/gdviz/autosave."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(data) / "autosave"


@dataclass(frozen=True, eq=False)
class Orphan:
    """Unsaved points of a process that is gone.

    While this object lives no other process is offered them. Neither read nor discarded, they are
    offered again at the next start.

    path: the session file.
    saved_at: when they were last kept, local time.
    n_points: how many points there are.
    lock: keeps other processes away from the file.
    """

    path: Path
    saved_at: datetime
    n_points: int
    lock: QLockFile = field(repr=False)

    def read(self) -> Session:
        """Return the session. Raises FileError if the file has gone or changed since."""
        return read_session(self.path)

    def discard(self) -> None:
        """Delete the points for good."""
        with suppress(OSError):
            self.path.unlink()
        self.lock.unlock()

    def release(self) -> None:
        """Leave the points for another start."""
        self.lock.unlock()


class Autosave:
    """The unsaved points of this process, in a file of its own in ``folder``.

    A lock file beside it, held as long as the process lives, tells a later start whether the file
    is an orphan. Of two windows at the same time neither takes the other's.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = default_folder() if folder is None else folder
        self._path = self._folder / f"{uuid.uuid4().hex}{SUFFIX}"
        self._lock: QLockFile | None = None

    @property
    def path(self) -> Path:
        """The file that holds this process's points, if any are kept."""
        return self._path

    def save(self, session: Session) -> None:
        """Keep the session in place of the one before. Raises FileError where nothing can be."""
        if self._lock is None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise FileError(
                    messages.CANNOT_WRITE.format(
                        file=full_name(self._folder), reason=error.strerror or str(error)
                    )
                ) from error
            # Before the file: a later start must never see it without its lock.
            lock = _lock_of(self._path)
            # A start of another process that looks whether this one lives holds it for an instant.
            if not lock.tryLock(_LONGEST_WAIT_MS):
                raise FileError(
                    messages.CANNOT_WRITE.format(
                        file=full_name(self._path), reason="it cannot be locked"
                    )
                )
            self._lock = lock
        write_session(self._path, session)

    def discard(self) -> None:
        """Delete what is kept: there is nothing unsaved, or the window closes in peace."""
        if self._lock is None:  # nothing was kept
            return
        with suppress(OSError):
            self._path.unlink()
        self._lock.unlock()
        self._lock = None

    def adopt(self, orphan: Orphan) -> None:
        """Go on keeping the points of a process that is gone as those of this one."""
        self.discard()
        self._path, self._lock = orphan.path, orphan.lock

    def orphans(self) -> list[Orphan]:
        """Return the unsaved points of processes that are gone, newest first; never raises.

        What else they left is cleared away. What cannot be read is set aside for a while under the
        ending ``.broken``.
        """
        self._clear_away_broken()
        found = [orphan for path in self._paths() if (orphan := self._orphan(path)) is not None]
        return sorted(found, key=lambda orphan: orphan.saved_at, reverse=True)

    def _paths(self) -> list[Path]:
        """Return where processes keep or kept points, also those that did not come to it."""
        with suppress(OSError):
            stems = {stem for path in self._folder.iterdir() if (stem := _stem(path.name))}
            return [self._folder / f"{stem}{SUFFIX}" for stem in sorted(stems)]
        return []

    def _orphan(self, path: Path) -> Orphan | None:
        if path == self._path:
            return None
        lock = _lock_of(path)
        if not lock.tryLock(0):
            return None  # its process lives, or somebody else is being offered it
        for part in parts_of(path):
            with suppress(OSError):
                part.unlink()
        orphan = _read_orphan(path, lock)
        if orphan is None:
            lock.unlock()
        return orphan

    def _clear_away_broken(self) -> None:
        oldest = time.time() - _BROKEN_SECONDS
        for path in self._folder.glob(f"*{_BROKEN}"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _stem(name: str) -> str:
    """Return the common part of the names of one process's files; "" for other files."""
    if name.startswith(".") and name.endswith(PART_SUFFIX):
        return name[1:].partition(SUFFIX)[0]
    for suffix in (SUFFIX, _LOCK):
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return ""


def _read_orphan(path: Path, lock: QLockFile) -> Orphan | None:
    """Return the points at ``path``; what holds none goes, what is no session is set aside."""
    if not path.exists():
        return None
    try:
        n_points = read_session(path).dataset.n_points
        saved_at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (FileError, OSError):
        _set_aside(path)
        return None
    if n_points:
        return Orphan(path, saved_at, n_points, lock)
    with suppress(OSError):
        path.unlink()
    return None


def _set_aside(path: Path) -> None:
    """Keep a file that cannot be read: somebody may yet make sense of it."""
    with suppress(OSError):
        aside = path.rename(path.with_suffix(_BROKEN))
        os.utime(aside)  # its time there begins now


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(_LOCK)))
    # The lock is as old as the window; only the end of its process makes it stale, never its age.
    lock.setStaleLockTime(0)
    return lock
