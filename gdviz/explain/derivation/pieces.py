"""What the pages of the derivations are put together from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from gdviz.core.convention import convention
from gdviz.core.working import Rows, Working
from gdviz.explain.formula import Break, Fraction, Line, Number, Role, Tex, Words, line
from gdviz.explain.ledger.sheet import DIGITS, Count, Given, is_scaled

FloatArray = npt.NDArray[np.float64]

# So many terms of a sum are written out; of more the first two and the last.
_TERMS, _HEAD = 3, 2

MODEL = r"Y - \alpha - X \beta^{\mathsf{T}}"
BY_ALPHA = r"\frac{\partial J}{\partial \alpha}"
BY_BETA = r"\frac{\partial J}{\partial \beta}"
BY_U = r"\frac{\partial J}{\partial u}"
"""What u is, and the derivatives of J in matrices, as LaTeX."""

# LaTeX by its words: a command, or letters that stand together; with the subscript behind it.
_WORD = re.compile(r"(\\?[a-zA-Z]+)(?:_(\w|\{\w+\}))?")
# Symbols that stand alone in a sentence, maybe transposed.
_SYMBOL = re.compile(r"(?<!\w)[xXmbαβ](?=ᵀ|\W|$)")
_OF_FEATURES = {"x": "z", "X": "Z"}
_OF_PARAMETERS = frozenset({"m", "b", r"\alpha", r"\beta"})

# --- single numbers -------------------------------------------------------------------------------


def number(value: float, role: Role = Role.PLAIN, *, guarded: bool = False) -> Number:
    """Return a number that was worked out."""
    return Number(float(value), role, DIGITS, guarded)


def error(value: float, *, guarded: bool = False) -> Number:
    """Return an e or a u."""
    return number(value, Role.RESIDUAL, guarded=guarded)


def coefficient(value: float, *, guarded: bool = False) -> Number:
    """Return an entry of θ."""
    return number(value, Role.LINE, guarded=guarded)


def slope(value: float, *, guarded: bool = False) -> Number:
    """Return a derivative of J."""
    return number(value, Role.GRADIENT, guarded=guarded)


def given(value: float, *, guarded: bool = False) -> Number:
    """Return a number out of the data."""
    return Given(float(value), Role.POINT, guarded=guarded)


def feature(working: Working, value: float, *, guarded: bool = False) -> Number:
    """Return an x: as it was given, or standardised."""
    if is_scaled(working):
        return number(value, Role.POINT, guarded=guarded)
    return given(value, guarded=guarded)


def rate(working: Working, times: float = 1.0) -> Number:
    """Return η, or a multiple of it."""
    return Number(working.settings.learning_rate * times, Role.RATE, is_given=True)


def signed(value: float, role: Role) -> Line:
    """Return + 3 or − 3."""
    return line("-" if value < 0 else "+", number(abs(value), role))


def slope_sum(working: Working, place: int) -> float:
    """Return ∂J by an entry of θ, also by b where that is held at 0."""
    return working.factor * float(working.sum_error_x[place - 1] if place else working.sum_error)


# --- sums -----------------------------------------------------------------------------------------


def factor(working: Working, *, is_cost: bool = False, times: float = 1.0) -> Line:
    """Return c = 2/N, 1/N, 2 or 1 in numbers, or s = c/2 of the cost; nothing for 1.

    ``times`` is 1, or a 2 or ½ that makes another convention's factor of it.
    """
    how = convention(working.settings.convention)
    top = how.factor(1) * times
    bottom: Line = ()
    if how.is_mean and working.n_seen > 1:
        bottom = line(Count(working.n_seen))
    if is_cost:
        top /= 2
    if top < 1:
        top *= 2
        bottom = line(Count(2), r"\cdot", *bottom) if bottom else line(Count(2))
    if bottom:
        return line(Fraction(line(Count(top)), bottom), r"\cdot")
    return line(Count(top), r"\cdot") if top > 1 else ()


def cost_name(working: Working) -> str:
    """Return what s Σ e² over the points seen is called: of one point it is the loss."""
    is_loss = working.n_seen == 1 and working.dataset.n_points > 1
    return r"\text{loss}" if is_loss else "J"


def sum_of(terms: Sequence[Line | None], *, braced: bool = True) -> Line:
    """Return (a + b + ⋯ + c); None stands for terms that are left out."""
    result: Line = ()
    for term in terms:
        shown = line(r"\cdots") if term is None else term
        result += line(Break(), "+", *shown) if result else shown
    return line("(", *result, ")") if braced and len(terms) > 1 else result


class Shown:
    """The points that are written out: all of up to three; of more the first two and the last."""

    def __init__(self, working: Working) -> None:
        count = working.n_seen
        head = working.shown_rows(0, min(_TERMS if count <= _TERMS else _HEAD, count))
        self.points = [Point(str(i + 1), head, i) for i in range(len(head.y))]
        self.is_elided = count > _TERMS
        if self.is_elided:
            self.points.append(Point("N", working.shown_rows(count - 1, count), 0))

    def terms(self, term: Callable[[Point], Line]) -> list[Line | None]:
        """Return a term for each point, and None for those left out."""
        result: list[Line | None] = [term(point) for point in self.points]
        if self.is_elided:
            result.insert(_HEAD, None)
        return result

    def guards(self, point: Point, *, has_factor: bool) -> bool:
        """Whether a number below 0 needs brackets in a sum: the first one only behind a factor."""
        return point is not self.points[0] or (has_factor and len(self.points) == 1)


class Point:
    """One point as the step sees it: its number in symbols, x (n,), y, ŷ and e."""

    def __init__(self, name: str, rows: Rows, place: int) -> None:
        self.name = name
        self.X: FloatArray = rows.X[place]
        self.x = float(self.X[0])
        self.y = float(rows.y[place])
        self.prediction = float(rows.prediction[place])
        self.error = float(rows.error[place])
        self.squared = float(rows.squared[place])


def seen(working: Working) -> tuple[Line, ...]:
    """Say which points a step sees that does not see all."""
    if working.batch is None:
        return ()
    total = Count(working.dataset.n_points)
    if working.n_seen == 1:
        which = Count(int(working.batch[0]) + 1, Role.POINT)
        return (line(Words("This step sees point"), which, Words("of"), total, Words(": N = 1")),)
    count = Count(working.n_seen, Role.POINT)
    return (line(Words("This step sees"), count, Words("points of"), total),)


# --- standardised features ------------------------------------------------------------------------


def standardised(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with the symbols of standardised features: z for x, m_z for m and so on."""
    return tuple(
        tuple(
            Tex(_WORD.sub(_renamed, piece.latex)) if isinstance(piece, Tex) else piece
            for piece in pieces
        )
        for pieces in lines
    )


def standardised_words(text: str) -> str:
    """Return a sentence with the symbols of standardised features."""
    return _SYMBOL.sub(_renamed_in_words, text)


def _renamed_in_words(symbol: re.Match[str]) -> str:
    return _OF_FEATURES.get(symbol[0], f"{symbol[0]}_z")


def _renamed(word: re.Match[str]) -> str:
    symbol, subscript = word[1], word[2] and word[2].strip("{}")
    if symbol in _OF_FEATURES:
        symbol = _OF_FEATURES[symbol]
    elif symbol in _OF_PARAMETERS:
        subscript = f"z{subscript or ''}"
    return symbol if subscript is None else f"{symbol}_{{{subscript}}}"
