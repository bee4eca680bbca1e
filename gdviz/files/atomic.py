"""Writes a file so that it is either whole or as it was before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gdviz.files import messages
from gdviz.files.errors import FileError, full_name


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to; it takes the place of ``path`` when the block ends well.

    It is written in the same folder, because only within one file system a rename is atomic.
    Raises FileError where that is not possible; then, and when the block raises, ``path`` stays
    as it was.
    """
    temporary = ""
    try:
        target = path.resolve()  # a link stays a link: what it points to is replaced
        if target.is_dir():
            raise FileError(messages.IS_FOLDER.format(file=full_name(path)))
        handle, temporary = tempfile.mkstemp(".part", f".{target.name[:40]}.", target.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        Path(temporary).replace(target)
        temporary = ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(
            messages.CANNOT_WRITE.format(file=full_name(path), reason=reason)
        ) from error
    finally:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file gets."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
