"""LaTeX to pictures, each made once.

A formula takes milliseconds to typeset, so only what never changes is: numbers are laid beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_VIEW_BOX = re.compile(rb'viewBox="([^"]+)"')
# What ziamath is asked to draw in; every picture gets the colour that is wanted.
_INK = "#123456"


@dataclass(frozen=True, eq=False)
class Typeset:
    """A formula as SVG: its size and how far it reaches above the baseline, in pixels."""

    svg: bytes
    left: float
    width: float
    ascent: float
    height: float

    @property
    def descent(self) -> float:
        """How far it reaches below the baseline."""
        return self.height - self.ascent


@lru_cache(maxsize=2000)
def typeset(latex: str, size: float) -> Typeset:
    """Return a formula at a type size in pixels. Raises ValueError for what is no LaTeX."""
    # Not before the first formula is shown.
    from ziafont.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # Qt draws no glyphs that SVG 2 lets others refer to
    try:
        svg = Latex(latex, size=size, color=_INK).svg().encode()
    except Exception as error:  # whatever the parser stumbles over
        raise ValueError(f"{latex!r} cannot be typeset: {error}") from error
    found = _VIEW_BOX.search(svg)
    if found is None:
        raise ValueError(f"{latex!r} cannot be typeset: it came out without a size")
    left, top, width, height = map(float, found.group(1).split())
    return Typeset(svg, left, width, -top, height)


@lru_cache(maxsize=4000)
def picture(latex: str, size: float, color: str, ratio: float) -> QPixmap:
    """Return a formula as a picture for a screen of so many pixels per unit."""
    formula = typeset(latex, size)
    pixmap = QPixmap(
        max(round(formula.width * ratio), 1) + 1, max(round(formula.height * ratio), 1) + 1
    )
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(formula.svg.replace(_INK.encode(), color.encode())))
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, formula.width, formula.height))
    return pixmap
