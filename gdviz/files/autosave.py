"""Keeps unsaved points where a later start finds them if this process is killed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths

from gdviz.files import messages
from gdviz.files.errors import FileError, full_name
from gdviz.files.session import SUFFIX, Session, read_session, write_session

_LOCK = ".lock"
_BROKEN = ".broken"


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
            if not lock.tryLock(0):
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

        What cannot be read is set aside under the ending ``.broken``.
        """
        found = [orphan for path in self._files() if (orphan := self._orphan(path)) is not None]
        return sorted(found, key=lambda orphan: orphan.saved_at, reverse=True)

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from sorted(self._folder.glob(f"*{SUFFIX}"))

    def _orphan(self, path: Path) -> Orphan | None:
        if path == self._path:
            return None
        lock = _lock_of(path)
        if not lock.tryLock(0):
            return None  # its process lives, or somebody else is being offered it
        try:
            n_points = read_session(path).dataset.n_points
            saved_at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except (FileError, OSError):
            with suppress(OSError):
                path.rename(path.with_suffix(_BROKEN))
            lock.unlock()
            return None
        if n_points == 0:
            with suppress(OSError):
                path.unlink()
            lock.unlock()
            return None
        return Orphan(path, saved_at, n_points, lock)


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(_LOCK)))
    # The lock is as old as the window; only the end of its process makes it stale, never its age.
    lock.setStaleLockTime(0)
    return lock
