"""Symbols of standardised features in labels: m_z is shown as m with a small z below the line.

Unicode has small digits, and the letters of min and max, but no z that stands below the line.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QLabel

_SYMBOL = re.compile(r"(?<!\w)([mbwαβ])_(z[₀-₉ⱼ]*)(?!(?!ᵀ)\w)")
# Of no width: what it stands in is no symbol.
_JOINER = "\u2060"
# Of the size of the letters before it, and of their height.
_SMALL, _DROP = 0.75, 0.3
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ⱼ", "0123456789j")


def runs(text: str) -> list[tuple[str, bool]]:
    """Return the parts of a text, each with whether it stands below the line."""
    result, end = [], 0
    for found in _SYMBOL.finditer(text):
        result += [(text[end : found.end(1)], False), (found[2].translate(_DIGITS), True)]
        end = found.end()
    return [*result, (text[end:], False)] if end < len(text) else result


def as_typed(name: str) -> str:
    """Return a name that a person gave, to be shown as it is: their m_z is no symbol of ours."""
    return name.replace("_", f"_{_JOINER}") if has_subscripts(name) else name


def has_subscripts(text: str) -> bool:
    """Whether some part of a text stands below the line."""
    return "_z" in text and _SYMBOL.search(text) is not None


def draw_runs(painter: QPainter, at: QPointF, text: str, font: QFont) -> None:
    """Draw a text with small letters below the line; ``at`` is where its baseline begins."""
    small = _small(font)
    drop = _DROP * QFontMetricsF(font).capHeight()
    x = at.x()
    for part, is_below in runs(text):
        its_font = small if is_below else font
        painter.setFont(its_font)
        painter.drawText(QPointF(x, at.y() + (drop if is_below else 0.0)), part)
        x += QFontMetricsF(its_font).horizontalAdvance(part)


def width_of_runs(text: str, font: QFont) -> float:
    """Return how wide such a text is."""
    metrics = QFontMetricsF(font), QFontMetricsF(_small(font))
    return sum(metrics[is_below].horizontalAdvance(part) for part, is_below in runs(text))


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(_SMALL * font.pointSizeF())
    return small


def with_subscripts(markup: str) -> str:
    """Return rich text with its symbols marked up."""
    return _SYMBOL.sub(lambda found: f"{found[1]}<sub>{found[2].translate(_DIGITS)}</sub>", markup)


def show_with_subscripts(label: QLabel, text: str) -> None:
    """Have a label show a text, as rich text where that is needed."""
    if has_subscripts(text):
        markup = html.escape(text, quote=False).replace("\n", "<br>").replace("  ", "&nbsp; ")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setText(with_subscripts(markup))
    else:
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(text)
