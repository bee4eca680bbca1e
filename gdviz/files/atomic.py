"""Writes a file so that it is either whole or as it was before."""

from __future__ import annotations

import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gdviz.files import messages
from gdviz.files.errors import FileError, full_name

PART_SUFFIX = ".part"
"""How the names of files end that are being written; they begin with a dot."""

_STALE_SECONDS = 86_400.0  # nothing is written for a day
_NEW_MODE = 0o666  # of which the process's mask takes its share


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to; it takes the place of ``path`` when the block ends well.

    It is written in the same folder, because only within one file system a rename is atomic. A link
    stays a link: what it leads to is replaced.
    Raises FileError where that is not possible; then, and when the block raises, ``path`` stays
    as it was.
    """
    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        mode = _mode(path, target)
        _clear_away_stale(target)
        part = target.parent / f"{_prefix(target)}{secrets.token_hex(4)}{PART_SUFFIX}"
        with _create(part, _NEW_MODE if mode is None else mode) as file:
            temporary = part
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            part.chmod(mode)  # the process's mask took its share
        part.replace(target)
        temporary = None
    except (OSError, ValueError) as error:
        raise _refusal(path, getattr(error, "strerror", None) or str(error)) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _mode(path: Path, target: Path) -> int | None:
    """Return the permissions of the file that is to be replaced; None where there is none.

    A rename would replace anything, so what may not be written is refused here.
    """
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise FileError(messages.IS_FOLDER.format(file=full_name(path)))
    if stat.S_ISLNK(mode):
        raise _refusal(path, messages.LINKS_IN_A_CIRCLE)
    if not stat.S_ISREG(mode):
        raise _refusal(path, messages.NO_ORDINARY_FILE)
    # The bits too: an administrator, who may write everything, has not asked to overwrite this.
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise _refusal(path, messages.READ_ONLY)
    return mode & 0o777


def parts_of(target: Path) -> list[Path]:
    """Return the files that are being written to take the place of ``target``, or once were."""
    begin = _prefix(target)
    with suppress(OSError), os.scandir(target.parent) as entries:
        return [
            Path(entry.path)
            for entry in entries
            if entry.name.startswith(begin) and entry.name.endswith(PART_SUFFIX)
        ]
    return []


def _clear_away_stale(target: Path) -> None:
    """Remove what processes left that were killed while they wrote."""
    oldest = time.time() - _STALE_SECONDS
    for part in parts_of(target):
        with suppress(OSError):
            if part.stat().st_mtime < oldest:
                part.unlink()


def _prefix(target: Path) -> str:
    """Return how the names of the files begin that are to take the place of ``target``."""
    return f".{target.name[:40]}."


def _create(path: Path, mode: int) -> BinaryIO:
    """Open a new file that nobody may read who may not read what it is to become."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, mode), "wb")


def _refusal(path: Path, reason: str) -> FileError:
    return FileError(messages.CANNOT_WRITE.format(file=full_name(path), reason=reason))
