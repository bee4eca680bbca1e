"""The boxes of which a line of mathematics is laid: each has a width, an ascent and a descent.

The method is TeX's: boxes stand on a common baseline (Knuth, The TeXbook, 1984, chapter 11).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gdviz.explain.formula import Number, Piece, Role, Tex, Words
from gdviz.ui.mathematics.typesetter import picture, typeset
from gdviz.ui.theme import Theme, text_font
from gdviz.ui.words import window as words

AXIS = 0.26
"""The height of a fraction's line above the baseline, in type sizes."""


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

    @property
    def is_loose(self) -> bool:
        """Whether it has more room than what it shows needs."""
        return False

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw it with its left end at ``x``."""

    def renew(self, piece: Piece) -> bool:
        """Take on another piece of the same form; return whether more room is needed."""
        return False

    def veil(self, is_veiled: bool) -> None:
        """Show a question mark for what is worked out, in the same room."""


def draw_text(painter: QPainter, at: QPointF, text: str, font: QFont, color: QColor) -> None:
    """Draw a number or words with their left end on the baseline: all text in boxes comes here."""
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(at, text)


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
    the line belongs to it.
    """

    def __init__(self, piece: Number | Words, style: Style) -> None:
        self._is_number = isinstance(piece, Number)
        self._color = QColor(style.theme.muted)
        self._font = style.font()
        if isinstance(piece, Number):
            self._color = style.color(piece.role)
            self._font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self._font)
        self.ascent, self.descent = self._metrics.capHeight(), self._metrics.descent()
        self.text = ""
        self._is_worked_out = self._is_veiled = False
        self.renew(piece)

    def renew(self, piece: Piece) -> bool:
        """Show another number; return whether it is wider than all before."""
        assert isinstance(piece, (Number, Words))
        self._is_worked_out = isinstance(piece, Number) and piece.is_worked_out
        if piece.text == self.text:
            return False
        self.text = piece.text
        self._shown = self._metrics.horizontalAdvance(self.text)
        was = self.width
        self.width = max(self._shown, was)
        return self.width != was

    @property
    def is_loose(self) -> bool:
        """Whether a longer number was here."""
        return self.width > self._shown

    def veil(self, is_veiled: bool) -> None:
        """Show a question mark for a number that is worked out."""
        self._is_veiled = is_veiled

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw the text."""
        text, is_number = self.text, self._is_number and not self.is_last
        if self._is_veiled and self._is_worked_out:
            text = words.NOT_YET
            left = self.width - self._metrics.horizontalAdvance(text)
            x += left / 2 if is_number else 0.0
        elif is_number:
            x += self.width - self._shown
        draw_text(painter, QPointF(x, baseline), text, self._font, self._color)
