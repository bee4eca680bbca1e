"""Arrows as outlines, to be filled."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from gdviz.ui.plots.canvas import make_pen, polygon

FloatArray = npt.NDArray[np.float64]

# A head longer than this share of its arrow is drawn smaller.
_LARGEST_HEAD = 0.62
_SHORTEST = 2.0


@dataclass(frozen=True)
class ArrowShape:
    """In pixels: how long the head is, how far it and the shaft reach to either side."""

    head: float
    head_side: float
    shaft_side: float

    def times(self, factor: float) -> ArrowShape:
        """Return the shape so many times as big."""
        return replace(
            self,
            head=self.head * factor,
            head_side=self.head_side * factor,
            shaft_side=self.shaft_side * factor,
        )

    def outline(self, tail: QPointF, tip: QPointF) -> QPolygonF:
        """Return the outline of an arrow; none where it is too short to point anywhere."""
        across, down = tip.x() - tail.x(), tip.y() - tail.y()
        length = math.hypot(across, down)
        if not _SHORTEST <= length < math.inf:
            return QPolygonF()
        shape = self.times(min(1.0, _LARGEST_HEAD * length / self.head))
        neck = length - shape.head
        along, side = np.array(
            (
                (0.0, shape.shaft_side),
                (neck, shape.shaft_side),
                (neck, shape.head_side),
                (length, 0.0),
                (neck, -shape.head_side),
                (neck, -shape.shaft_side),
                (0.0, -shape.shaft_side),
            )
        ).T
        ux, uy = across / length, down / length
        return polygon(
            np.column_stack((tail.x() + along * ux - side * uy, tail.y() + along * uy + side * ux))
        )


def draw_arrow(
    painter: QPainter, outline: QPolygonF, fill: QColor, ring: QColor, width: float = 1.2
) -> None:
    """Fill an arrow's outline, with a ring that keeps it apart from what is behind."""
    if outline.isEmpty():
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(make_pen(ring, 2 * width))
    painter.setBrush(ring)
    painter.drawPolygon(outline)
    painter.setPen(make_pen(fill, 0.1))
    painter.setBrush(fill)
    painter.drawPolygon(outline)
