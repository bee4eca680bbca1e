"""How a table is written down: its separator, its cells, its header and its column names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WHITESPACE = " "
"""As a delimiter: any run of blanks and tabs."""

# Where several fit equally well the earlier wins: commas and blanks also occur inside cells.
_DELIMITERS = ("\t", ";", ",", WHITESPACE)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)

_LINE_END = r"\r\n|\r|\n|\Z"
_CELL_END = {
    "\t": re.compile(rf"{_LINE_END}|\t"),
    ";": re.compile(rf"{_LINE_END}|;"),
    ",": re.compile(rf"{_LINE_END}|,"),
    WHITESPACE: re.compile(rf"[ \t]*(?:{_LINE_END})|[ \t]+"),
}
_NEXT_LINE_END = re.compile(_LINE_END)
_INDENT = re.compile(r"[ \t]*")
_BLANKS = {"\t": re.compile(r" *"), ";": _INDENT, ",": _INDENT, WHITESPACE: _INDENT}

_SAMPLE_FOR_DELIMITER = 100
_SAMPLE_FOR_COLUMNS = 1000


@dataclass(frozen=True)
class Record:
    """One row of cells as text.

    line: number of the line on which it starts, counted from 1.
    cells: the text of each cell, without the quotes and the blanks around it.
    is_quoted: whether every cell was in quotes.
    end: where the next record starts in the text.
    """

    line: int
    cells: list[str]
    is_quoted: bool
    end: int


class UnclosedQuoteError(Exception):
    """A quoted cell goes on beyond the end of the text; ``start`` and ``line`` are its record's."""

    def __init__(self, start: int, line: int) -> None:
        super().__init__(start, line)
        self.start = start
        self.line = line


def records(text: str, delimiter: str, first_line: int = 1) -> Iterator[Record]:
    """Yield the rows of cells, without blank lines and lines that start with #.

    Quotes are doubled inside a quoted cell, which may hold separators and line ends (RFC 4180).
    Raises UnclosedQuoteError where the last record is not complete.
    """
    at, line = 0, first_line
    while at < len(text):
        match = _NEXT_LINE_END.search(text, at)
        assert match is not None
        content, end = text[at : match.start()], match.end()
        quoted = False
        if content.startswith("#") or not content.strip():
            cells: list[str] = []
        elif '"' in content:
            scanned = _scan(text, at, delimiter)
            if scanned is None:
                raise UnclosedQuoteError(at, line)
            cells, quoted, end = scanned
        elif delimiter == WHITESPACE:
            cells = content.split()
        else:
            cells = [cell.strip() for cell in content.split(delimiter)]
        if any(cells) or quoted:
            yield Record(line, cells, quoted, end)
        span = text[at:end]
        line += span.count("\n") + span.count("\r") - span.count("\r\n") if cells else 1
        at = end


def _scan(text: str, at: int, delimiter: str) -> tuple[list[str], bool, int] | None:
    """Return (cells, whether all were quoted, end) of a record with quotes; None if one is open."""
    cells = []
    all_quoted = True
    ends = _CELL_END[delimiter]
    while True:
        start = _after(_BLANKS[delimiter], text, at)
        cell = ""
        is_quoted = text.startswith('"', start)
        if is_quoted:
            start += 1
            while True:
                close = text.find('"', start)
                if close < 0:
                    return None
                cell += text[start:close]
                start = close + 1
                if not text.startswith('"', start):
                    break
                cell += '"'
                start += 1
        match = ends.search(text, start)
        assert match is not None
        tail = text[start : match.start()].strip()
        cells.append(cell + tail)
        all_quoted = all_quoted and is_quoted and not tail
        at = match.end()
        if match.start() == len(text) or match.group()[-1] in "\r\n" or at == len(text):
            if match.group() == delimiter and delimiter != WHITESPACE:
                cells.append("")
                all_quoted = False
            return cells, all_quoted, at


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def is_number(cell: str) -> bool:
    """Whether a cell reads as a number with a decimal point or a decimal comma."""
    return _NUMBER.fullmatch(cell) is not None


def is_not_finite(cell: str) -> bool:
    """Whether a cell says NaN or infinity."""
    return _NOT_FINITE.fullmatch(cell) is not None


def is_numeric(cell: str) -> bool:
    """Whether a cell speaks for a column of numbers, usable or not."""
    return is_number(cell) or is_not_finite(cell)


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that makes the largest share of the first cells numbers."""
    best, best_score = ",", (-1.0, -1.0)
    for delimiter in _DELIMITERS:
        rows = list(_sample(text, delimiter, _SAMPLE_FOR_DELIMITER))
        wide = sum(len(row.cells) > 1 for row in rows)
        if 2 * wide <= len(rows):
            continue
        body = [row for row in rows[1:] or rows if len(row.cells) > 1]
        cells = sum(len(row.cells) for row in body)
        numbers = sum(_can_be_number(cell, delimiter) for row in body for cell in row.cells)
        first = sum(len(row.cells) > 1 for row in rows[:1])
        score = (numbers / cells if cells else 0.0, float(first))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _can_be_number(cell: str, delimiter: str) -> bool:
    return is_numeric(cell) and not (delimiter == "," and "," in cell)


def _sample(text: str, delimiter: str, limit: int) -> Iterator[Record]:
    try:
        for count, record in enumerate(records(text, delimiter), 1):
            yield record
            if count == limit:
                return
    except UnclosedQuoteError:
        return  # what could be read so far is the sample


@dataclass(frozen=True)
class Layout:
    """What the first rows say about a table.

    delimiter: what separates the cells; WHITESPACE for runs of blanks and tabs.
    has_header: whether the first row holds the names.
    names: one per column, unique, none empty.
    numeric: the positions of the columns of numbers.
    first: the line of the first row, which sets the width.
    header_end: where in the text the rows of data start.
    n_sampled: how many more rows there were to judge by.
    """

    delimiter: str
    has_header: bool
    names: tuple[str, ...]
    numeric: tuple[int, ...]
    first: int
    header_end: int
    n_sampled: int

    @property
    def width(self) -> int:
        """The number of cells in each row."""
        return len(self.names)

    @property
    def text_names(self) -> tuple[str, ...]:
        """The columns that hold no numbers."""
        return tuple(name for j, name in enumerate(self.names) if j not in self.numeric)


def sniff(text: str, first_line: int = 1) -> Layout | None:
    """Return the layout of the table that begins with ``text``; None if it has no row at all.

    Raises UnclosedQuoteError where the first row is not complete.
    """
    delimiter = sniff_delimiter(text)
    first = next(records(text, delimiter, first_line), None)
    if first is None:
        return None
    rows = [row.cells for row in _sample(text[first.end :], delimiter, _SAMPLE_FOR_COLUMNS)]
    second = next(iter(_sample(text[first.end :], delimiter, 1)), None)
    # Quotes around everything tell nothing where the next row has them too.
    marked = first.is_quoted and second is not None and not second.is_quoted
    width = len(first.cells)
    columns = [[row[j] if j < len(row) else "" for row in rows] for j in range(width)]
    has_header = marked or _is_header(first.cells, columns)
    if not has_header:
        columns = [[cell, *column] for cell, column in zip(first.cells, columns, strict=True)]
    while width > 1 and not any(columns[width - 1]):
        if has_header and first.cells[width - 1]:
            break
        width -= 1  # a separator at the end of every line
    numeric = tuple(j for j in range(width) if _is_numeric_column(columns[j]))
    names = header_names(first.cells[:width]) if has_header else default_names(width, numeric)
    end = first.end if has_header else 0
    return Layout(delimiter, has_header, names, numeric, first.line, end, len(rows))


def _is_header(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it has no number, or text above numbers."""
    if not any(is_numeric(cell) for cell in first):
        return True
    return any(
        cell and not is_numeric(cell) and _is_numeric_column(column)
        for cell, column in zip(first, columns, strict=True)
    )


def _is_numeric_column(cells: Sequence[str]) -> bool:
    """Whether numbers are at least as many as texts; empty cells do not count."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and 2 * sum(map(is_numeric, filled)) >= len(filled)


def header_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the header's names, with empty ones filled in and repeated ones numbered."""
    names: list[str] = []
    taken, used = set(cells), set[str]()
    for position, cell in enumerate(cells, 1):
        wanted = cell if cell.strip() else f"column {position}"
        name, number = wanted, 2
        while name in used or (name != cell and name in taken):
            name = f"{wanted} ({number})"
            number += 1
        used.add(name)
        names.append(name)
    return tuple(names)


def default_names(width: int, numeric: Sequence[int]) -> tuple[str, ...]:
    """Return x1 … xn for the columns of numbers, y for the last; texts are "column 3"."""
    names = [f"column {position}" for position in range(1, width + 1)]
    for number, j in enumerate(numeric, 1):
        names[j] = "y" if number == len(numeric) else f"x{number}"
    return tuple(names)
