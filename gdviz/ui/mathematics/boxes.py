"""The boxes of which a line of mathematics is laid: each has a width, an ascent and a descent.

The method is TeX's: boxes stand on a common baseline (Knuth, The TeXbook, 1984, chapter 11).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gdviz.explain.formula import (
    DOTS,
    Break,
    Fraction,
    Line,
    Matrix,
    Number,
    Piece,
    Role,
    Tex,
    Words,
    is_spaced,
)
from gdviz.ui.mathematics.typesetter import picture, typeset
from gdviz.ui.theme import Theme, text_font

_SPACE = 0.28  # between boxes, in type sizes
_AXIS = 0.26  # the height of a fraction's line above the baseline, in type sizes
_ROW_GAP, _COLUMN_GAP = 0.34, 0.8
_BRACKET = 0.34


@dataclass(frozen=True)
class Style:
    """How boxes look: the type size in pixels, the colours, and the font of the numbers."""

    size: float
    theme: Theme

    def color(self, role: Role) -> QColor:
        """Return the colour of what has a role."""
        names = {Role.PLAIN: "text", Role.RATE: "text"}  # η is nowhere in the plots
        return QColor(getattr(self.theme, names.get(role, role.value)))

    def font(self, share: float = 1.0) -> QFont:
        """Return the font of numbers and words, in digits of one width."""
        font = text_font()
        font.setPixelSize(max(round(self.size * share * 0.92), 1))
        return font


class Box:
    """Something that stands on the baseline."""

    width = 0.0
    ascent = 0.0
    descent = 0.0
    is_last = False
    """Nothing stands to the right of it."""

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw it with its left end at ``x``."""

    def renew(self, piece: Piece) -> bool:
        """Take on another piece of the same form; return whether more room is needed."""
        return False


class TexBox(Box):
    """Typeset symbols."""

    def __init__(self, piece: Tex, style: Style) -> None:
        self._piece, self._style = piece, style
        formula = typeset(piece.latex, style.size)
        self.width = formula.width
        self.ascent, self.descent = formula.ascent, max(formula.descent, 0.0)

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw the picture."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        ink = self._style.theme.text
        pixmap = picture(self._piece.latex, self._style.size, ink, ratio)
        # On whole pixels, or it would be blurred.
        at = QPointF(round(x * ratio) / ratio, round((baseline - self.ascent) * ratio) / ratio)
        painter.drawPixmap(at, pixmap)


class TextBox(Box):
    """A number or words. Its room never gets narrower, so that nothing beside it jitters.

    A number that is shorter than others were stands at the right of its room: what follows it in
    the line belongs to it. Only a 0, with which a run begins, gives up the room of the last run.
    """

    def __init__(self, piece: Number | Words, style: Style) -> None:
        self._is_number = is_number = isinstance(piece, Number)
        self._color = style.color(piece.role) if isinstance(piece, Number) else None
        self._color = self._color or QColor(style.theme.muted)
        self._font = style.font()
        if is_number:
            self._font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self._font)
        self.ascent, self.descent = self._metrics.capHeight(), self._metrics.descent()
        self.text = ""
        self.renew(piece)

    def renew(self, piece: Piece) -> bool:
        """Show another number; return whether it is wider than all before, or needs no room."""
        assert isinstance(piece, (Number, Words))
        if piece.text == self.text:
            return False
        self.text = piece.text
        self._shown = self._metrics.horizontalAdvance(self.text)
        was = self.width
        is_zero = isinstance(piece, Number) and piece.value == 0
        self.width = self._shown if is_zero else max(self._shown, was)
        return self.width != was

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw the text."""
        if self._is_number and not self.is_last:
            x += self.width - self._shown
        painter.setFont(self._font)
        painter.setPen(self._color)
        painter.drawText(QPointF(x, baseline), self.text)


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

    def _measure(self) -> None:
        size = self._style.size
        gap = 0.16 * size
        self.width = max(self._top.width, self._bottom.width) + 0.4 * size
        self._over = _AXIS * size + gap + self._top.descent
        self._under = self._bottom.ascent + 1.6 * gap - _AXIS * size
        self.ascent = self._over + self._top.ascent
        self.descent = self._under + self._bottom.descent

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw both rows and the line between them."""
        for row, y in ((self._top, baseline - self._over), (self._bottom, baseline + self._under)):
            row.paint(painter, x + (self.width - row.width) / 2, y)
        y = baseline - _AXIS * self._style.size
        painter.setPen(QPen(QColor(self._style.theme.text), 1.1))
        painter.drawLine(QPointF(x, y), QPointF(x + self.width, y))


class MatrixBox(Box):
    """Numbers in brackets, their shape beneath."""

    def __init__(self, piece: Matrix, style: Style) -> None:
        self._style = style
        self._font = style.font()
        self._font.setWeight(QFont.Weight.DemiBold)
        self._small = style.font(0.74)
        self._metrics = QFontMetricsF(self._font)
        self._columns = [0.0] * len(piece.rows[0]) if piece.rows else []
        self._color = style.color(piece.role)
        self._shape = piece.shape_text
        self._texts: tuple[tuple[str, ...], ...] = ()
        self.renew(piece)
        size = style.size
        self._pitch = self._metrics.capHeight() + 0.62 * size
        body = self._pitch * max(len(piece.rows), 1)
        self._half = body / 2 + 0.06 * size
        self._below = QFontMetricsF(self._small).height()
        self.ascent = _AXIS * size + self._half
        self.descent = self._half - _AXIS * size + self._below + 0.1 * size

    def renew(self, piece: Piece) -> bool:
        """Show other numbers."""
        assert isinstance(piece, Matrix)
        self._texts = piece.texts
        is_wider = False
        for row in self._texts:
            for column, text in enumerate(row):
                width = self._metrics.horizontalAdvance(text)
                if width > self._columns[column]:
                    self._columns[column] = width
                    is_wider = True
        gaps = _COLUMN_GAP * self._style.size * max(len(self._columns) - 1, 0)
        self._body = sum(self._columns) + gaps + 2 * _BRACKET * self._style.size
        shape = QFontMetricsF(self._small).horizontalAdvance(self._shape)
        self.width = max(self._body, shape)
        return is_wider

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw brackets, numbers and shape."""
        style = self._style
        middle = baseline - _AXIS * style.size
        left = x + (self.width - self._body) / 2
        inset = _BRACKET * style.size
        painter.setPen(QPen(QColor(style.theme.text), 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for at, side in ((left, 1), (left + self._body, -1)):
            painter.drawPath(_bracket(at, middle - self._half, 2 * self._half, side * inset * 0.7))
        painter.setFont(self._font)
        painter.setPen(self._color)
        y = middle - self._pitch * (len(self._texts) - 1) / 2 + self._metrics.capHeight() / 2
        for row in self._texts:
            right = left + inset
            for width, text in zip(self._columns, row, strict=True):
                right += width
                room = width - self._metrics.horizontalAdvance(text)
                at = right - width + (room / 2 if text in DOTS else room)
                painter.drawText(QPointF(at, y), text)
                right += _COLUMN_GAP * style.size
            y += self._pitch
        painter.setFont(self._small)
        painter.setPen(QColor(style.theme.muted))
        place = QRectF(x, middle + self._half, self.width, self._below)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._shape)


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


def indent(row: int, style: Style) -> float:
    """Return how far the n-th row of a broken line stands in."""
    return 1.6 * style.size if row else 0.0


def _bracket(x: float, top: float, height: float, depth: float) -> QPainterPath:
    """Return a round bracket that bulges to the left for a positive ``depth``."""
    path = QPainterPath(QPointF(x + depth, top))
    path.cubicTo(
        QPointF(x, top + 0.28 * height),
        QPointF(x, top + 0.72 * height),
        QPointF(x + depth, top + height),
    )
    return path


def total_height(rows: Sequence[RowBox], gap: float) -> float:
    """Return how high rows are, one below the other."""
    return sum(row.ascent + row.descent for row in rows) + gap * max(len(rows) - 1, 0)
