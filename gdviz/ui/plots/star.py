"""The star that marks a minimum."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF


def star(center: QPointF, radius: float) -> QPolygonF:
    """Return a star with five points."""
    corners = QPolygonF()
    for corner in range(10):
        angle = math.pi * (corner / 5 - 0.5)
        reach = radius if corner % 2 == 0 else 0.45 * radius
        corners.append(center + QPointF(reach * math.cos(angle), reach * math.sin(angle)))
    return corners
