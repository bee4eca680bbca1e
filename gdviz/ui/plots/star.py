"""The star that marks a minimum."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from gdviz.ui.plots.canvas import polygon

_ANGLES = np.pi * (np.arange(10) / 5 - 0.5)
_REACHES = np.where(np.arange(10) % 2, 0.45, 1.0)
_UNIT = np.column_stack((_REACHES * np.cos(_ANGLES), _REACHES * np.sin(_ANGLES)))


def star(center: QPointF, radius: float) -> QPolygonF:
    """Return a star with five points."""
    return polygon((center.x(), center.y()) + radius * _UNIT)
