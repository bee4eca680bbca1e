"""Reads a text file in blocks of whole lines, as UTF-8 bytes, whatever its encoding mark says."""

from __future__ import annotations

import codecs
import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gdviz.files import messages
from gdviz.files.errors import FileError, file_name, full_name

BLOCK_BYTES = 65_536
"""Parsing one block in C holds Python's lock for 1 to 2 ms; larger blocks are no faster."""

LONGEST_LINE = 1_000_000
"""Bytes in one line or one quoted cell; a file of one endless line must not fill the memory."""

_UTF16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class Block:
    """Some whole lines of a file.

    first_line: the number of the first of them, counted from 1.
    data: UTF-8 bytes (unless the file is in another encoding), line ends as in the file.
    is_last: whether the file ends here; only then may the last line lack its end.
    fraction: how much of the file has been read, 0 to 1.
    """

    first_line: int
    data: bytes
    is_last: bool
    fraction: float


def count_lines(data: bytes) -> int:
    """Count the line ends: LF, CR LF or CR."""
    if b"\r" not in data:
        return data.count(b"\n")
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def where(path: Path, line: int) -> str:
    """Return "Line 3 of points.csv"."""
    return f"Line {line} of {file_name(path)}"


def read_blocks(path: Path) -> Generator[Block, None, None]:
    """Yield the file's lines in blocks; the last one is marked, and may be empty.

    Raises FileError where the file cannot be read or a line is longer than LONGEST_LINE.
    """
    try:
        with path.open("rb") as file:
            yield from _split(path, file)
    except FileNotFoundError as error:
        raise FileError(messages.MISSING.format(file=full_name(path))) from error
    except IsADirectoryError as error:
        raise FileError(messages.IS_FOLDER.format(file=full_name(path))) from error
    except PermissionError as error:
        # Windows says so too where the path is a folder.
        text = messages.IS_FOLDER if path.is_dir() else messages.NO_PERMISSION
        raise FileError(text.format(file=full_name(path))) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(messages.CANNOT_READ.format(file=full_name(path), reason=reason)) from error


def _split(path: Path, file: BinaryIO) -> Generator[Block, None, None]:
    size = os.fstat(file.fileno()).st_size  # 0 for a pipe, whose end nobody knows
    line = 1
    rest = b""
    for chunk, read in _utf8_chunks(path, file):
        data = rest + chunk
        # A CR at the very end may be half of a CR LF: it stays for the next block.
        cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, max(len(data) - 1, 0))) + 1
        rest = data[cut:]
        if cut:
            data = data[:cut]
            yield Block(line, data, False, min(read / size, 1.0) if size else 0.0)
            line += count_lines(data)
        if len(rest) > LONGEST_LINE:
            text = messages.BINARY if b"\0" in rest else messages.LONG_LINE
            raise FileError(text.format(where=where(path, line), limit=f"{LONGEST_LINE:,}"))
    yield Block(line, rest, True, 1.0)


def _utf8_chunks(path: Path, file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield (UTF-8 bytes, bytes read so far); UTF-16 with its mark is translated."""
    start = file.read(BLOCK_BYTES)
    encoding = _UTF16_MARKS.get(start[:2])
    if start[:4] == codecs.BOM_UTF32_LE:
        encoding = None
    if encoding is None:
        read = len(start)
        yield start.removeprefix(codecs.BOM_UTF8), read
        while chunk := file.read(BLOCK_BYTES):
            read += len(chunk)
            yield chunk, read
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    chunk, read = start[2:], len(start)
    try:
        while chunk:
            yield decoder.decode(chunk).encode("utf-8"), read
            chunk = file.read(BLOCK_BYTES)
            read += len(chunk)
        yield decoder.decode(b"", final=True).encode("utf-8"), read
    except UnicodeError as error:
        raise FileError(messages.NOT_UTF16.format(file=file_name(path))) from error
