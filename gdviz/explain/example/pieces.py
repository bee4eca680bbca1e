"""What the pages of the worked example are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gdviz.core.worked_example import Entry, WorkedExample
from gdviz.explain.formula import COLUMN, ONE, ROW, TABLE, Break, Line, Matrix, Number, Role, line
from gdviz.explain.numbers import format_short

FloatArray = npt.NDArray[np.float64]

SYMBOLS: dict[Entry, tuple[str, Role, tuple[str, str] | None]] = {
    Entry.X: ("X", Role.POINT, TABLE),
    Entry.Y: ("Y", Role.POINT, COLUMN),
    Entry.ALPHA: (r"\alpha", Role.LINE, ONE),
    Entry.BETA: (r"\beta", Role.LINE, ROW),
    Entry.RATE: (r"\eta", Role.RATE, None),
}
"""What a person chooses: as LaTeX, its role, and its shape in symbols (η is no matrix)."""

_DIGITS = 6
# A row of numbers with more characters than this shows its ends only.
_LONG_ROW = 20


@dataclass(frozen=True)
class ExamplePage:
    """One part of the calculation.

    Attributes:
        title: what it works out, in a few words.
        words: sentences that say how.
        lines: formulas with the numbers in them.
        entry: what can be changed on this page.
        warning: a sentence, where the numbers lead astray.

    """

    title: str
    words: tuple[str, ...]
    lines: tuple[Line, ...]
    entry: Entry | None = None
    warning: str = ""


def number(value: float, role: Role = Role.PLAIN, *, guarded: bool = False) -> Number:
    """Return a number as one would write it by hand: without trailing zeros."""
    return Number(float(value), role, _DIGITS, guarded, is_given=True)


def rounded(value: float, role: Role) -> Number:
    """Return a number that is not exact in any case."""
    return Number(value, role, 3)


def rate(example: WorkedExample) -> Number:
    """Return η."""
    return number(example.learning_rate, Role.RATE)


def matrix(values: FloatArray, role: Role, symbols: tuple[str, str] | None = None) -> Matrix:
    """Return a matrix without trailing zeros; a row of more than two long numbers by its ends."""
    whole = Matrix.of(values, role, _DIGITS, symbols, is_given=True)
    row = whole.rows[0]
    if len(row) <= 2 or sum(len(text) for text in whole.texts[0]) <= _LONG_ROW:
        return whole
    return replace(whole, rows=tuple((row[0], None, row[-1]) for row in whole.rows))


def given(example: WorkedExample, entry: Entry) -> Matrix:
    """Return what a person chose."""
    _, role, symbols = SYMBOLS[entry]
    return matrix(example.entries(entry), role, symbols)


def given_line(example: WorkedExample, entry: Entry) -> Line:
    """Return X = and its numbers, or the same of another entry."""
    chosen = rate(example) if entry is Entry.RATE else given(example, entry)
    return line(f"{SYMBOLS[entry][0]} =", chosen)


def product(first: tuple[float, Role], second: tuple[float, Role], *, guarded: bool = True) -> Line:
    """Return a·b, the first number in brackets below 0 where something stands before it."""
    return line(number(*first, guarded=guarded), r"\cdot", number(*second, guarded=True))


def sum_of(terms: Sequence[Line]) -> Line:
    """Return a + b + …."""
    result = terms[0]
    for term in terms[1:]:
        result += line(Break(), "+", *term)
    return result


def sum_of_numbers(values: FloatArray, role: Role) -> Line:
    """Return (a + b + …), negative numbers but the first in brackets."""
    terms = [line(number(value, role, guarded=i > 0)) for i, value in enumerate(values)]
    return line("(", *sum_of(terms), ")")


def chain(symbol: str, pieces: Iterable[Number | Matrix]) -> Line:
    """Return what something is at the start and after each step: J: 9 → 5.04 → …."""
    result = line(rf"{symbol}{{:}}")
    for place, piece in enumerate(pieces):
        result += line(Break(), r"\to", piece) if place else (piece,)
    return result


# --- words ---------------------------------------------------------------------------------------


def direction(slope: float, symbol: str) -> str:
    """Say which way is down."""
    if slope == 0:
        return f"It is 0 here, so {symbol} stays."
    sign, way = ("negative", "raise") if slope < 0 else ("positive", "lower")
    return f"It is {sign} here: {way} {symbol} and the cost falls."


def outcome(costs: Sequence[float]) -> str:
    """Say what the cost does from step to step."""
    if all(later < earlier for earlier, later in pairwise(costs)):
        return "The cost goes down."
    if all(later == costs[0] for later in costs):
        return "The cost stays: this is the minimum."
    return "The cost does not go down at every step."


def warning(example: WorkedExample) -> str:
    """Say where η is too large, and what would do; "" where it is not."""
    if not example.diverges:
        return ""
    chosen, most = format_short(example.learning_rate, _DIGITS), format_short(example.limits.max, 3)
    return f"η = {chosen} diverges: steps go farther out in the end. Below {most} it converges."
