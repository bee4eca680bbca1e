"""Turns the rows of a table into numbers: in C where the text is plain, cell by cell elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import LARGEST_VALUE
from gdviz.files import messages
from gdviz.files.csv_blocks import BLOCK_BYTES, count_lines, where
from gdviz.files.csv_format import WHITESPACE, Layout, Record, is_not_finite, is_number
from gdviz.files.errors import FileError, quoted

FloatArray = npt.NDArray[np.float64]

# float() of a million digits takes seconds; no float64 needs more than 770.
_LONGEST_NUMBER = 1000
_PLAIN = b'0123456789+-.eE \r\n"'


def decode(path: Path, data: bytes, first_line: int) -> str:
    """Return UTF-8 bytes as text. Raises FileError at a NUL byte or at what is not UTF-8."""
    nul = data.find(b"\0")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not 0 <= nul < error.start:
            line = first_line + count_lines(data[: error.start])
            raise FileError(
                messages.NOT_UTF8.format(where=where(path, line), byte=data[error.start])
            ) from error
    else:
        if nul < 0:
            return text
    raise FileError(messages.BINARY.format(where=where(path, first_line + count_lines(data[:nul]))))


class CellParser:
    """Parses the rows of one table; remembers which decimal mark it uses."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path = path
        self._layout = layout
        self._decimal = "." if layout.delimiter == "," else None
        self._has_text = len(layout.numeric) < layout.width
        # Letters would let through nan, inf and what is no number at all.
        self._plain = _PLAIN + layout.delimiter.encode("ascii")
        if layout.delimiter == WHITESPACE:
            self._plain += b"\t"
        if layout.delimiter != ",":
            self._plain += b","

    def parse_fast(self, data: bytes) -> FloatArray | None:
        """Return the numbers in whole lines, shape (rows, numeric columns).

        None where the lines need `parse`: an error, or anything unusual.
        """
        layout = self._layout
        if len(data) > 4 * BLOCK_BYTES:  # an endless number would hold Python's lock for seconds
            return None
        if b"#" in data:
            data = b"\n".join(line for line in data.splitlines() if not line.startswith(b"#"))
        if self._has_text:
            if layout.delimiter == WHITESPACE or b"\0" in data:
                return None
        elif data.translate(None, self._plain):
            return None
        has_comma = layout.delimiter != "," and b"," in data
        has_point = b"." in data
        if has_comma:
            if has_point or self._decimal == "." or self._has_text:
                return None
            data = data.replace(b",", b".")
        elif has_point and self._decimal == ",":
            return None
        part = self._load(data)
        if part is None or not len(part):
            return part
        # Written so that a NaN fails.
        if not (-part.min() <= LARGEST_VALUE and part.max() <= LARGEST_VALUE):
            return None
        if has_comma:
            self._decimal = ","
        elif has_point and (not self._has_text or bool((part != np.floor(part)).any())):
            self._decimal = "."  # a point in a text alone says nothing
        return part

    def _load(self, data: bytes) -> FloatArray | None:
        layout = self._layout
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        # A separator at the end of each line; if it stands for an empty cell the count is wrong.
        if layout.delimiter != WHITESPACE and text.endswith(layout.delimiter + "\n"):
            text = text.replace(layout.delimiter + "\n", "\n")
        lines = text.split("\n")
        if not any(lines):
            return np.empty((0, len(layout.numeric)))
        quotes = '"' in text
        # Quoted line ends, and quotes after a blank, which loadtxt takes for a part of the cell.
        if quotes and (' "' in text or '\t"' in text or any(line.count('"') % 2 for line in lines)):
            return None
        if self._has_text:
            # loadtxt does not count the cells beyond those that it is asked for.
            counts = {line.count(layout.delimiter) for line in lines if line}
            if counts != {layout.width - 1}:
                return None
        try:
            part: FloatArray = np.loadtxt(
                lines,
                comments=None,
                delimiter=None if layout.delimiter == WHITESPACE else layout.delimiter,
                quotechar='"' if quotes else None,
                usecols=layout.numeric if self._has_text else None,
                ndmin=2,
            )
        except (ValueError, UserWarning):  # the warning: lines of blanks only
            return None
        return part if part.shape[1] == len(layout.numeric) else None

    def parse(self, rows: Sequence[Record]) -> FloatArray:
        """Return the numbers of rows, shape (len(rows), numeric columns).

        Raises FileError at the first cell that cannot be used.
        """
        numeric = self._layout.numeric
        part = np.empty((len(rows), len(numeric)))
        for i, row in enumerate(rows):
            cells = self._checked(row)
            part[i] = [self._number(cells[j], row, j) for j in numeric]
        return part

    def _checked(self, row: Record) -> list[str]:
        """Return the row's cells, as many as the table has columns."""
        width = self._layout.width
        cells = row.cells
        if len(cells) > width and not any(cells[width:]):
            return cells[:width]
        if len(cells) != width:
            raise FileError(
                messages.RAGGED.format(
                    where=where(self._path, row.line),
                    count=len(cells),
                    first=self._layout.first,
                    width=width,
                    column=min(len(cells), width) + 1,
                )
            )
        return cells

    def _number(self, cell: str, row: Record, j: int) -> float:
        cell = cell.strip()  # blanks inside the quotes
        if not is_number(cell) or len(cell) > _LONGEST_NUMBER:
            if not cell:
                self._fail(messages.MISSING_VALUE, cell, row, j)
            self._fail(
                messages.NOT_FINITE if is_not_finite(cell) else messages.NOT_A_NUMBER, cell, row, j
            )
        mark = "," if "," in cell else "." if "." in cell else None
        if mark is not None and mark != self._decimal:
            if self._layout.delimiter == ",":
                self._fail(messages.NOT_A_NUMBER, cell, row, j)
            if self._decimal is not None:
                self._fail(messages.MIXED_DECIMALS, cell, row, j, mark)
            self._decimal = mark
        value = float(cell.replace(",", "."))
        if abs(value) > LARGEST_VALUE:
            self._fail(messages.VALUE_TOO_LARGE, cell, row, j)
        return value

    def _fail(self, text: str, cell: str, row: Record, j: int, mark: str | None = None) -> NoReturn:
        words = {".": "point", ",": "comma", None: ""}
        raise FileError(
            text.format(
                where=where(self._path, row.line),
                column=f"{j + 1} ({quoted(self._layout.names[j])})",
                cell=quoted(cell),
                limit=LARGEST_VALUE,
                mark=words[mark],
                other=words[self._decimal],
            )
        )
