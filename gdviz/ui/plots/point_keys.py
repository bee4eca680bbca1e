"""What the arrow keys mean for points: the next one along an axis, or a small move."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gdviz.core.dataset import Dataset

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
# An arrow key moves a point by this share of the view; with Ctrl by a tenth of it.
_SHARE = 0.01

Range = tuple[float, float]


def next_point(dataset: Dataset, selected: int, key: int) -> int:
    """Return the index of the next point along x (left, right) or y (down, up)."""
    is_along_x = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    order = np.argsort(dataset.x if is_along_x else dataset.y, kind="stable")
    place = int(np.flatnonzero(order == selected)[0])
    place += 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Up) else -1
    return int(order[min(max(place, 0), len(order) - 1)])


def move_of(event: QKeyEvent, x_range: Range, y_range: Range) -> tuple[float, float]:
    """Return how far a key moves a point along x and y, in the plot's units."""
    share = _SHARE * (0.1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0)
    right = {Qt.Key.Key_Left: -share, Qt.Key.Key_Right: share}.get(Qt.Key(event.key()), 0.0)
    up = {Qt.Key.Key_Down: -share, Qt.Key.Key_Up: share}.get(Qt.Key(event.key()), 0.0)
    return right * (x_range[1] - x_range[0]), up * (y_range[1] - y_range[0])
