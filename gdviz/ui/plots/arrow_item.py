"""An arrow of a fixed size in pixels, pointing along a direction of the plot."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

_SHORTEST = 14.0
_HEAD = 13.0
_HEAD_HALF_WIDTH = 7.0
_SHAFT_HALF_WIDTH = 2.2


class ArrowItem(QGraphicsPathItem):
    """A filled arrow from its position; length and direction are given in pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._tip = (math.nan, math.nan)

    def set_colors(self, fill: str, halo: str) -> None:
        """Use a colour, and another around it."""
        self.setBrush(QColor(fill))
        self.setPen(QPen(QColor(halo), 1.0))

    def point_to(self, right: float, down: float) -> None:
        """Let the arrow end so many pixels to the right and down; a short one is hidden under the dot."""
        length = math.hypot(right, down)
        if not length >= _SHORTEST:
            self.hide()
            return
        tip = (round(right, 1), round(down, 1))
        if tip != self._tip:
            self._tip = tip
            self.setPath(_arrow(right / length, down / length, length))
        self.show()


def _arrow(ux: float, uy: float, length: float) -> QPainterPath:
    head = min(_HEAD, 0.6 * length)
    half = _HEAD_HALF_WIDTH * head / _HEAD
    outline = (
        (0.0, _SHAFT_HALF_WIDTH),
        (length - head, _SHAFT_HALF_WIDTH),
        (length - head, half),
        (length, 0.0),
        (length - head, -half),
        (length - head, -_SHAFT_HALF_WIDTH),
        (0.0, -_SHAFT_HALF_WIDTH),
    )
    path = QPainterPath()
    path.moveTo(QPointF(*_turned(ux, uy, *outline[0])))
    for along, across in outline[1:]:
        path.lineTo(QPointF(*_turned(ux, uy, along, across)))
    path.closeSubpath()
    return path


def _turned(ux: float, uy: float, along: float, across: float) -> tuple[float, float]:
    return along * ux - across * uy, along * uy + across * ux
