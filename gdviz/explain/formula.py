"""Formulas as data: typeset symbols and the numbers that stand in them, for any part to lay out.

A line is a tuple of pieces. Symbols are LaTeX and never change while a run goes on; numbers do, and
carry the role of what they are counterparts of, so that they can have its colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from gdviz.explain.numbers import format_number, format_short

FloatArray = npt.NDArray[np.float64]

# A matrix shows this many rows and columns from its beginning, and its last.
_HEAD_ROWS, _HEAD_COLUMNS = 3, 3
# By whether a whole row, and a whole column, is left out.
_DOTS = {(True, False): "⋮", (False, True): "⋯", (True, True): "⋱", (False, False): "⋯"}
COLUMN, ROW, ONE, TABLE = ("N", "1"), ("1", "n"), ("1", "1"), ("N", "n")
"""The shapes of Y, β, α and X, in symbols."""
DOTS = frozenset(("⋮", "⋯", "⋱"))
"""What stands for numbers that are left out."""
# What nothing stands before, as it follows a number or a word, and what nothing stands behind.
_CLOSING, _OPENING = (",", ":", ";", ")"), ("(",)


class Role(StrEnum):
    """What a number is the counterpart of in the plots."""

    PLAIN = "plain"
    LINE = "line"
    GRADIENT = "gradient"
    RESIDUAL = "residual"
    POINT = "point"
    MINIMUM = "minimum"
    RATE = "rate"


@dataclass(frozen=True)
class Tex:
    """Typeset symbols, as LaTeX."""

    latex: str


@dataclass(frozen=True)
class Words:
    """A few words within a line."""

    text: str


@dataclass(frozen=True)
class Number:
    """A number with ``digits`` significant digits; one below 0 in brackets where ``guarded``.

    ``is_given`` is for numbers that a person gave and that stand still: no trailing zeros.
    """

    value: float
    role: Role = Role.PLAIN
    digits: int = 4
    guarded: bool = False
    is_given: bool = False

    @property
    def text(self) -> str:
        """The number as it is shown."""
        # What a person gave is shown as it was given, unless that is very long.
        text = (
            format_short(self.value, max(self.digits, 6))
            if self.is_given
            else format_number(self.value, self.digits)
        )
        return f"({text})" if self.guarded and self.value < 0 else text

    @property
    def is_worked_out(self) -> bool:
        """Whether it is found by calculation, so that one can predict it."""
        return not self.is_given


@dataclass(frozen=True)
class Fraction:
    """One line over another."""

    top: Line
    bottom: Line


@dataclass(frozen=True)
class Break:
    """A place where a long line may go on below, indented."""


@dataclass(frozen=True)
class Matrix:
    """Numbers in brackets with their shape beneath; None stands for those left out.

    Where a whole row is left out ⋮ stands for it, for a column ⋯, and ⋱ where both are.

    Attributes:
        rows: the numbers that are shown.
        shape: how many rows and columns there are.
        role: what the numbers are counterparts of.
        symbols: the shape in symbols: ("N", "1").
        is_given: the numbers stand still: no trailing zeros.

    """

    rows: tuple[tuple[float | None, ...], ...]
    shape: tuple[int, int]
    role: Role = Role.PLAIN
    digits: int = 4
    symbols: tuple[str, str] | None = None
    is_given: bool = False

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        role: Role = Role.PLAIN,
        digits: int = 4,
        symbols: tuple[str, str] | None = None,
        *,
        is_given: bool = False,
    ) -> Matrix:
        """Return the matrix of an array (k, l), all but its first and last numbers left out."""
        array = np.asarray(values, dtype=np.float64)
        n_rows, n_columns = array.shape
        rows, columns = _kept(n_rows, _HEAD_ROWS), _kept(n_columns, _HEAD_COLUMNS)
        return cls(
            tuple(
                tuple(
                    None if row is None or column is None else float(array[row, column])
                    for column in columns
                )
                for row in rows
            ),
            (n_rows, n_columns),
            role,
            digits,
            symbols,
            is_given,
        )

    @property
    def form(self) -> tuple[object, ...]:
        """All but its numbers: shape, role, digits, and which places are shown."""
        places = tuple(tuple(value is None for value in row) for row in self.rows)
        return self.shape, self.symbols, self.role, self.digits, self.is_given, places

    @property
    def shape_text(self) -> str:
        """The shape: (N, 1) = (10, 1)."""
        numbers = f"({self.shape[0]}, {self.shape[1]})"
        if self.symbols is None or self.symbols == tuple(map(str, self.shape)):
            return numbers
        return f"({self.symbols[0]}, {self.symbols[1]}) = {numbers}"

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """What is shown in every row: numbers and, where some are left out, dots."""
        no_row = [all(value is None for value in row) for row in self.rows]
        no_column = [
            all(value is None for value in column) for column in zip(*self.rows, strict=True)
        ]
        return tuple(
            tuple(
                _DOTS[no_row[i], no_column[j]] if value is None else self.text(value)
                for j, value in enumerate(row)
            )
            for i, row in enumerate(self.rows)
        )

    def text(self, value: float) -> str:
        """Return one of its numbers as it is shown."""
        show = format_short if self.is_given else format_number
        return show(value, self.digits)


Piece: TypeAlias = Tex | Words | Number | Fraction | Break | Matrix
Line: TypeAlias = tuple[Piece, ...]


def line(*pieces: Piece | str) -> Line:
    """Return a line; strings are LaTeX."""
    return tuple(Tex(piece) if isinstance(piece, str) else piece for piece in pieces)


def numbers_of(lines: Iterable[Line]) -> list[str]:
    """Return all numbers of some lines as they are shown, in reading order."""
    result: list[str] = []
    for piece in (piece for pieces in lines for piece in pieces):
        if isinstance(piece, Number):
            result.append(piece.text)
        elif isinstance(piece, Fraction):
            result += numbers_of((piece.top, piece.bottom))
        elif isinstance(piece, Matrix):
            result += [text for row in piece.texts for text in row]
    return result


def is_spaced(before: Piece, after: Piece) -> bool:
    """Whether there is a space between two pieces: none before "," ":" ")" and behind "("."""
    return not (_symbols(after).startswith(_CLOSING) or _symbols(before).endswith(_OPENING))


def _symbols(piece: Piece) -> str:
    if isinstance(piece, Tex):
        return piece.latex
    return piece.text if isinstance(piece, Words) else ""


def _kept(count: int, head: int) -> list[int | None]:
    """Return the indices that are shown of so many, None where some are left out."""
    if count <= head + 2:
        return list(range(count))
    return [*range(head), None, count - 1]


def is_same_form(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether two groups of lines differ in their numbers only."""
    return len(before) == len(after) and all(
        len(a) == len(b) and all(map(_is_same_form, a, b))
        for a, b in zip(before, after, strict=True)
    )


def _is_same_form(before: Piece, after: Piece) -> bool:
    if type(before) is not type(after):
        return False
    if isinstance(before, Fraction) and isinstance(after, Fraction):
        return is_same_form((before.top, before.bottom), (after.top, after.bottom))
    if isinstance(before, Matrix) and isinstance(after, Matrix):
        return before.form == after.form
    if isinstance(before, Number) and isinstance(after, Number):
        return (before.role, before.digits) == (after.role, after.digits)
    return before == after


def is_finite(lines: Iterable[Line]) -> bool:
    """Whether all numbers of some lines are finite."""
    for piece in (piece for pieces in lines for piece in pieces):
        if isinstance(piece, Number) and not math.isfinite(piece.value):
            return False
        if isinstance(piece, Fraction) and not is_finite((piece.top, piece.bottom)):
            return False
    return True
