"""Reads a table of numbers from a CSV file, fast, exactly, or with a sentence that says why not."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gdviz.files import messages
from gdviz.files.csv_blocks import LONGEST_LINE, count_lines, read_blocks, where
from gdviz.files.csv_cells import CellParser, decode
from gdviz.files.csv_format import Layout, Record, UnclosedQuoteError, records, sniff
from gdviz.files.errors import FileError, file_name, quoted
from gdviz.files.table import Table

FloatArray = npt.NDArray[np.float64]
Progress = Callable[[float], None]

_ZIP_MARK = b"PK\x03\x04"
# A thread that waits for Python's lock asks for it after 5 ms without any release. Reading and
# NumPy release it for microseconds, too short to be taken and enough to start the 5 ms anew, so a
# window beside this loop stood still for 40 to 200 ms. A sleep, however short, lets it in.
_SECONDS_BETWEEN_REST = 0.003
_REST = 1e-6

__all__ = ["FileError", "Progress", "Table", "read_table"]


def read_table(path: str | os.PathLike[str], progress: Progress | None = None) -> Table:
    """Read a CSV file: header or none; comma, semicolon, tab or blanks; point or decimal comma.

    Every number is the float64 that ``float`` makes of its text. A column in which most cells are
    no numbers is left out and named in ``Table.text_columns``.

    progress: called often with the fraction read, 0 to 1, never falling; may raise to cancel.
    Raises FileError, with the line and the column, where the file is no such table.
    """
    try:
        return _Reader(Path(path)).read(progress)
    except MemoryError as error:
        raise FileError(messages.TOO_BIG.format(file=file_name(Path(path)))) from error


class _Reader:
    """One pass over one file.

    Each block of lines goes to NumPy's parser in C if it holds nothing but plain numbers; any other
    block is read cell by cell, which also finds the place of an error.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._layout: Layout | None = None
        self._parser: CellParser | None = None
        self._parts: deque[FloatArray] = deque()

    def read(self, progress: Progress | None) -> Table:
        rest, line = b"", 1
        is_background = threading.current_thread() is not threading.main_thread()
        rested = time.perf_counter()
        with closing(read_blocks(self._path)) as blocks:
            for block in blocks:
                if line == 1 and not rest and block.data.startswith(_ZIP_MARK):
                    raise FileError(messages.SPREADSHEET.format(file=file_name(self._path)))
                data = rest + block.data
                rest = self._take(data, line, block.is_last)
                line += count_lines(data[: len(data) - len(rest)])
                if progress is not None:
                    progress(block.fraction)
                if is_background and time.perf_counter() - rested > _SECONDS_BETWEEN_REST:
                    time.sleep(_REST)
                    rested = time.perf_counter()
        return self._table()

    def _take(self, data: bytes, line: int, is_last: bool) -> bytes:
        """Read lines of the file; return those that need the next ones to be understood."""
        if self._parser is None:
            head = self._begin(data, line, is_last)
            if self._parser is None:
                return data[head:]
            line += count_lines(data[:head])
            data = data[head:]
        part = self._parser.parse_fast(data)
        if part is not None:
            self._parts.append(part)
            return b""
        text = decode(self._path, data, line)
        assert self._layout is not None
        rows: list[Record] = []
        unclosed: UnclosedQuoteError | None = None
        try:
            # Not list(): the rows before an open quote count, and so do errors in them.
            for row in records(text, self._layout.delimiter, line):
                rows.append(row)
        except UnclosedQuoteError as error:
            unclosed = error
        self._parts.append(self._parser.parse(rows))
        return b"" if unclosed is None else self._unfinished(text, unclosed, is_last)

    def _begin(self, data: bytes, line: int, is_last: bool) -> int:
        """Find the layout; return how many bytes are done with: comments and header."""
        text = decode(self._path, data, line)
        try:
            layout = sniff(text, line)
        except UnclosedQuoteError as error:
            return len(data) - len(self._unfinished(text, error, is_last))
        file = file_name(self._path)
        if layout is None:
            if is_last:
                sentence = messages.NO_ROWS if data or line > 1 else messages.EMPTY
                raise FileError(sentence.format(file=file))
            return len(data)
        if layout.n_sampled == 0:
            body = text[layout.header_end :]
            try:
                next(records(body, layout.delimiter, line + _lines(text, body)), None)
            except UnclosedQuoteError as error:
                self._unfinished(body, error, is_last)
            if not is_last:
                return 0  # one row, but nothing yet to tell texts from numbers
            if layout.has_header:
                raise FileError(messages.HEADER_ONLY.format(file=file, line=layout.first))
        if layout.width < 2:
            raise FileError(messages.ONE_COLUMN.format(file=file))
        if not layout.numeric:
            raise FileError(messages.NO_NUMERIC_COLUMN.format(file=file))
        if len(layout.numeric) < 2:
            name = quoted(layout.names[layout.numeric[0]])
            raise FileError(messages.ONE_NUMERIC_COLUMN.format(file=file, name=name))
        self._layout = layout
        self._parser = CellParser(self._path, layout)
        return len(text[: layout.header_end].encode("utf-8"))

    def _unfinished(self, text: str, error: UnclosedQuoteError, is_last: bool) -> bytes:
        rest = text[error.start :].encode("utf-8")
        if is_last or len(rest) > LONGEST_LINE:
            raise FileError(messages.OPEN_QUOTE.format(where=where(self._path, error.line)))
        return rest

    def _table(self) -> Table:
        layout = self._layout
        assert layout is not None
        total = sum(map(len, self._parts))
        columns = tuple(np.empty(total) for _ in layout.numeric)
        at = 0
        while self._parts:
            part = self._parts.popleft()  # so that its memory can be used again
            for j, column in enumerate(columns):
                column[at : at + len(part)] = part[:, j]
            at += len(part)
        names = tuple(layout.names[j] for j in layout.numeric)
        return Table(self._path, names, columns, layout.text_names, layout.has_header)


def _lines(text: str, body: str) -> int:
    """Count the lines of ``text`` before ``body``, its end."""
    return count_lines(text[: len(text) - len(body)].encode("utf-8"))
