"""Formulas with their numbers written out as LaTeX, for another document."""

from __future__ import annotations

from collections.abc import Sequence

from gdviz.explain.formula import (
    Break,
    Fraction,
    Line,
    Matrix,
    Number,
    Piece,
    Tex,
    Words,
    is_spaced,
)
from gdviz.explain.numbers import UNKNOWN

_DOTS = {"⋮": r"\vdots", "⋯": r"\cdots", "⋱": r"\ddots"}


def to_latex(lines: Sequence[Line]) -> str:
    """Return lines as LaTeX, numbers included, one to a row."""
    return " \\\\\n".join(map(_latex_line, lines))


def display(title: str, lines: Sequence[Line]) -> str:
    """Return lines under a title as LaTeX for a display."""
    return f"% {title}\n\\begin{{gathered}}\n{to_latex(lines)}\n\\end{{gathered}}"


def _latex_line(pieces: Line) -> str:
    shown = [piece for piece in pieces if not isinstance(piece, Break)]
    result = []
    for place, piece in enumerate(shown):
        if isinstance(piece, Words):
            # LaTeX takes no notice of spaces between pieces.
            before = place > 0 and is_spaced(shown[place - 1], piece)
            after = place + 1 < len(shown) and is_spaced(piece, shown[place + 1])
            text = f"{' ' if before else ''}{piece.text}{' ' if after else ''}"
            result.append(rf"\text{{{text}}}")
        else:
            result.append(_latex(piece))
    return " ".join(filter(None, result))


def _latex(piece: Piece) -> str:
    if isinstance(piece, Tex):
        return piece.latex
    if isinstance(piece, Number):
        return _latex_number(piece.text)
    if isinstance(piece, Fraction):
        return rf"\frac{{{to_latex((piece.top,))}}}{{{to_latex((piece.bottom,))}}}"
    if isinstance(piece, Matrix):
        return _latex_matrix(piece)
    return ""


def _latex_matrix(matrix: Matrix) -> str:
    rows = " \\\\ ".join(
        " & ".join(_DOTS.get(text) or _latex_number(text) for text in row) for row in matrix.texts
    )
    shape = rf"({matrix.shape[0]},\,{matrix.shape[1]})"
    return rf"\underset{{{shape}}}{{\begin{{pmatrix}} {rows} \end{{pmatrix}}}}"


def _latex_number(text: str) -> str:
    if text == UNKNOWN:
        return rf"\text{{{text}}}"
    plain = text.replace("−", "-").replace("∞", r"\infty ").replace("\u2009", r"\,")
    if "×10" not in plain:
        return plain
    mantissa, power = plain.split("×10")
    end = ")" if power.endswith(")") else ""
    digits = power.rstrip(")").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return rf"{mantissa} \times 10^{{{digits}}}{end}"
