"""Boxes beside each other and one over another, and how a line is broken into rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

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
from gdviz.ui.mathematics.boxes import AXIS, Box, Style, TexBox, TextBox
from gdviz.ui.mathematics.matrix_box import MatrixBox

_SPACE = 0.28  # between boxes, in type sizes


class RowBox(Box):
    """Boxes beside each other."""

    def __init__(self, pieces: Line, style: Style) -> None:
        shown = [piece for piece in pieces if not isinstance(piece, Break)]
        self.boxes = [make_box(piece, style) for piece in shown]
        # Before each box.
        self._gaps = [
            _SPACE * style.size if place and is_spaced(shown[place - 1], piece) else 0.0
            for place, piece in enumerate(shown)
        ]
        if self.boxes:
            self.boxes[-1].is_last = True
        self.measure()

    def renew_all(self, pieces: Line) -> bool:
        """Take on other pieces of the same form; return whether more room is needed."""
        shown = [piece for piece in pieces if not isinstance(piece, Break)]
        grew = [box.renew(piece) for box, piece in zip(self.boxes, shown, strict=True)]
        if any(grew):
            self.measure()
        return any(grew)

    @property
    def is_loose(self) -> bool:
        """Whether numbers have more room than they need."""
        return any(box.is_loose for box in self.boxes)

    def veil(self, is_veiled: bool) -> None:
        """Show question marks for all that is worked out."""
        for box in self.boxes:
            box.veil(is_veiled)

    def measure(self) -> None:
        """Add up the boxes."""
        self.width = sum(box.width for box in self.boxes) + sum(self._gaps)
        self.ascent = max((box.ascent for box in self.boxes), default=0.0)
        self.descent = max((box.descent for box in self.boxes), default=0.0)

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw all of them."""
        for box, gap in zip(self.boxes, self._gaps, strict=True):
            box.paint(painter, x + gap, baseline)
            x += gap + box.width


class FractionBox(Box):
    """One row over another."""

    def __init__(self, piece: Fraction, style: Style) -> None:
        self._style = style
        self._top, self._bottom = RowBox(piece.top, style), RowBox(piece.bottom, style)
        self._measure()

    def renew(self, piece: Piece) -> bool:
        """Take on other numbers."""
        assert isinstance(piece, Fraction)
        grew = [self._top.renew_all(piece.top), self._bottom.renew_all(piece.bottom)]
        if any(grew):
            self._measure()
        return any(grew)

    @property
    def is_loose(self) -> bool:
        """Whether numbers have more room than they need."""
        return self._top.is_loose or self._bottom.is_loose

    def veil(self, is_veiled: bool) -> None:
        """Show question marks for what is worked out, above and below."""
        self._top.veil(is_veiled)
        self._bottom.veil(is_veiled)

    def _measure(self) -> None:
        size = self._style.size
        gap = 0.16 * size
        self.width = max(self._top.width, self._bottom.width) + 0.4 * size
        self._over = AXIS * size + gap + self._top.descent
        self._under = self._bottom.ascent + 1.6 * gap - AXIS * size
        self.ascent = self._over + self._top.ascent
        self.descent = self._under + self._bottom.descent

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw both rows and the line between them."""
        for row, y in ((self._top, baseline - self._over), (self._bottom, baseline + self._under)):
            row.paint(painter, x + (self.width - row.width) / 2, y)
        y = baseline - AXIS * self._style.size
        painter.setPen(QPen(QColor(self._style.theme.text), 1.1))
        painter.drawLine(QPointF(x, y), QPointF(x + self.width, y))


_Made: TypeAlias = TexBox | TextBox | FractionBox | MatrixBox


def make_box(piece: Piece, style: Style) -> _Made:
    """Return the box of a piece."""
    if isinstance(piece, Tex):
        return TexBox(piece, style)
    if isinstance(piece, (Number, Words)):
        return TextBox(piece, style)
    if isinstance(piece, Fraction):
        return FractionBox(piece, style)
    assert isinstance(piece, Matrix)
    return MatrixBox(piece, style)


def broken(pieces: Line, style: Style, width: float) -> list[Line]:
    """Return the rows that a line takes in so much room, broken only where it may be."""
    parts: list[Line] = [()]
    for piece in pieces:
        if isinstance(piece, Break):
            parts.append(())
        else:
            parts[-1] += (piece,)
    rows: list[Line] = [parts[0]]
    for part in parts[1:]:
        if RowBox(rows[-1] + part, style).width <= width - indent(len(rows) - 1, style):
            rows[-1] += part
        else:
            rows.append(part)
    return rows


def least_width(pieces: Line, style: Style) -> float:
    """Return the least room that a line can be broken into."""
    rows = broken(pieces, style, 0.0)
    return max(RowBox(row, style).width + indent(i, style) for i, row in enumerate(rows))


def indent(row: int, style: Style) -> float:
    """Return how far the n-th row of a broken line stands in."""
    return 1.6 * style.size if row else 0.0


def total_height(rows: Sequence[RowBox], gap: float) -> float:
    """Return how high rows are, one below the other."""
    return sum(row.ascent + row.descent for row in rows) + gap * max(len(rows) - 1, 0)
