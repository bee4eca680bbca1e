"""What the keys do in the data plot: select the next point, move it a little, remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from gdviz.core.dataset import Dataset

if TYPE_CHECKING:
    from gdviz.ui.plots.data_plot import DataPlot

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# An arrow key moves a point by this share of the view; with Ctrl by a tenth of it.
_SHARE = 0.01

Range = tuple[float, float]


class PointKeys:
    """Turns keys into what a data plot tells; while points are an image there is none to select."""

    def __init__(self, plot: DataPlot) -> None:
        self._plot = plot
        self._move = 0

    def claims(self, event: QEvent) -> bool:
        """Whether a key that is also a shortcut is for the selected point."""
        keys = (*_ARROWS, Qt.Key.Key_Escape, Qt.Key.Key_Return)
        return isinstance(event, QKeyEvent) and self._plot.selected >= 0 and event.key() in keys

    def enter(self) -> bool:
        """Select the first point where none is selected; return whether that was possible."""
        state = self._plot.state
        if state.selected >= 0 or state.dataset.n_points == 0 or state.is_density:
            return False
        self._plot.select(int(np.argmin(state.x)))
        return True

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means for the selected point; return whether it means anything."""
        plot, key, index = self._plot, event.key(), self._plot.selected
        if index < 0 or plot.is_density:
            return False
        if key in _ARROWS:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._move_point(event)
            else:
                plot.select(_next_point(plot.state.dataset, index, key))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            plot.point_removed.emit(index)
        elif key in _ENTER:
            plot.values_requested.emit(index)
        elif key == Qt.Key.Key_Escape:
            plot.select(-1)
        else:
            return False
        return True

    def _move_point(self, event: QKeyEvent) -> None:
        """Move the selected point; what a held key does is undone as one."""
        plot, index = self._plot, self._plot.selected
        right, up = _move_of(event, *plot.view.viewRange())
        x, y = plot.state.dataset.point(index)
        if not event.isAutoRepeat():
            self._move = plot.new_move()
        plot.point_moved.emit(index, x + right, y + up, self._move)
        plot.reveal(*plot.state.dataset.point(index))


def _next_point(dataset: Dataset, selected: int, key: int) -> int:
    """Return the index of the next point along x (left, right) or y (down, up)."""
    is_along_x = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    order = np.argsort(dataset.x if is_along_x else dataset.y, kind="stable")
    place = int(np.flatnonzero(order == selected)[0])
    place += 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Up) else -1
    return int(order[min(max(place, 0), len(order) - 1)])


def _move_of(event: QKeyEvent, x_range: Range, y_range: Range) -> tuple[float, float]:
    """Return how far a key moves a point along x and y, in the plot's units."""
    share = _SHARE * (0.1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0)
    right = {Qt.Key.Key_Left: -share, Qt.Key.Key_Right: share}.get(Qt.Key(event.key()), 0.0)
    up = {Qt.Key.Key_Down: -share, Qt.Key.Key_Up: share}.get(Qt.Key(event.key()), 0.0)
    return right * (x_range[1] - x_range[0]), up * (y_range[1] - y_range[0])
