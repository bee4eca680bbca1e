"""The points and the line: where a person clicks, drags and removes points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from gdviz.core.dataset import LARGEST_VALUE, Dataset
from gdviz.ui.plots.data_layers import DataLayers
from gdviz.ui.plots.data_state import DataState
from gdviz.ui.plots.plot import Plot, padded, widened
from gdviz.ui.plots.point_keys import PointKeys
from gdviz.ui.plots.point_mouse import PointMouse
from gdviz.ui.theme import Theme
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

_GRAB_PIXELS = 11.0
# A point so far inside the edge is seen whole.
_SEEN_PIXELS = 8.0


class DataPlot(Plot):
    """Points (x, y) and the line y = m x + b.

    Signals:
        point_added: an empty place was clicked; carries x, y.
        point_moved: a point was dragged or moved by a key; carries index, x, y and a number that is
            the same for all moves of one drag.
        point_removed: a point is to go; carries its index.
        values_requested: the numbers of a point are to be edited; carries its index.
        selection_changed: another point is selected; carries its index, or -1.
        point_hovered: the mouse is over another point; carries its index, or -1.

    """

    point_added = Signal(float, float)
    point_moved = Signal(int, float, float, int)
    point_removed = Signal(int)
    values_requested = Signal(int)
    selection_changed = Signal(int)
    point_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._state = DataState(hint=words.HINT_EMPTY)
        self._layers = DataLayers(self._state, theme)
        self._knows_how = False
        self._moves = 0
        self._mouse = PointMouse(self)
        self._keys = PointKeys(self)
        super().__init__("dataPlot", words.DATA_NAME, theme)
        self.addItem(self._layers.canvas, ignoreBounds=True)
        self.setMouseTracking(True)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def state(self) -> DataState:
        """What is drawn now."""
        return self._state

    @property
    def selected(self) -> int:
        """The index of the selected point, or -1."""
        return self._state.selected

    @property
    def is_density(self) -> bool:
        """Whether there are so many points that they are drawn as an image."""
        return self._state.is_density

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        self._layers.apply_theme(theme)
        self._name_axes()

    def show_dataset(self, dataset: Dataset, *, fit: bool) -> None:
        """Draw other points; ``fit`` chooses the view anew."""
        state = self._state
        if dataset.n_points != state.dataset.n_points:  # indices mean other points now
            self._mouse.let_go()
            self.mark_hovered(-1)
            self.show_mark(-1)
            self.select(-1)
        state.dataset = dataset
        state.used = None
        self._name_axes()
        self._show_hint()
        if fit:
            self.fit()
        self._layers.points_changed()

    def show_theta(self, theta: FloatArray) -> None:
        """Draw the line of θ = (b, m)."""
        self._state.theta = theta
        self._layers.canvas.update()

    def show_ghost(self, theta: tuple[float, ...] | None) -> None:
        """Draw another line faintly, or none."""
        if theta != self._state.ghost:
            self._state.ghost = theta
            self._layers.canvas.update()

    def show_used(self, indices: IndexArray | None) -> None:
        """Light up the points that the last step used; None where it used all of them."""
        if indices is not None and len(indices) and indices.max() >= self._state.dataset.n_points:
            indices = None  # of the data before this edit
        self._state.used = indices

    def set_residuals_visible(self, visible: bool) -> None:
        """Show or hide the residuals."""
        self._state.shows_residuals = visible
        self._layers.canvas.update()

    def set_squares_visible(self, visible: bool) -> None:
        """Show or hide each residual's square; drawn of up to 300 points."""
        self._state.shows_squares = visible
        self._layers.canvas.update()

    def show_mark(self, index: int) -> None:
        """Ring a point and draw its residual wide; -1 marks none."""
        if index != self._state.marked:
            self._state.marked = index
            self._layers.canvas.update()

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw some things stronger: "points", "line", "residuals", "squares"."""
        if names != self._state.emphasis:
            self._state.emphasis = names
            self._layers.points_changed()

    def fit(self) -> None:
        """Show all points, and the line where it is near."""
        dataset, theta = self._state.dataset, self._state.theta
        if dataset.n_points == 0:
            self.set_view((-0.5, 5.5), (-0.5, 8.5))
            return
        x = self._state.x
        x_range = padded(float(x.min()), float(x.max()), 0.09)
        low, high = float(dataset.y.min()), float(dataset.y.max())
        if theta is not None:
            reach = (high - low) or abs(high) or 1.0
            for end in theta[0] + theta[1] * np.array(x_range):
                if low - reach <= end <= high + reach:  # not far off
                    low, high = min(low, float(end)), max(high, float(end))
        self.set_view(x_range, padded(low, high, 0.09))

    def reveal(self, x: float, y: float) -> None:
        """Open the view as far as the point (x, y) needs to be seen."""
        width, height = self.pixel_size()
        (x0, x1), (y0, y1) = self.view.viewRange()
        self.set_view(
            widened(x0, x1, x, _SEEN_PIXELS * width), widened(y0, y1, y, _SEEN_PIXELS * height)
        )

    def hide_hint(self) -> None:
        """Say no more where to click: the person knows."""
        self._knows_how = True
        self._show_hint()

    def select(self, index: int) -> None:
        """Select a point; -1 selects none."""
        if index != self._state.selected:
            self._state.selected = index
            self._layers.canvas.update()
            self.selection_changed.emit(index)

    # --- the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a point, or let the view be moved."""
        if self._mouse.press(event):
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point that is held, or show which one could be."""
        if self._mouse.drag(event):
            event.accept()
        else:
            super().mouseMoveEvent(event)
            self._mouse.hover(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the point, or add one where the mouse was pressed and not moved."""
        if self._mouse.release(event):
            event.accept()
        else:
            super().mouseReleaseEvent(event)
            self._mouse.click(event)

    def on_double_click(self, event: QMouseEvent) -> None:
        """Edit a point's numbers; elsewhere the first of the two clicks has added a point."""
        index = self.point_at(event.position())
        if index >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.values_requested.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the point under the mouse."""
        index = self.point_at(QPointF(event.pos()))
        if index < 0:
            return
        self.select(index)
        menu = QMenu(self)
        menu.setObjectName("pointMenu")
        menu.addAction(words.MENU_EDIT_VALUES, lambda: self.values_requested.emit(index))
        menu.addAction(words.MENU_REMOVE, lambda: self.point_removed.emit(index))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        super().leaveEvent(event)
        self.mark_hovered(-1)

    def point_at(self, position: QPointF) -> int:
        """Return the index of the point under a position in the widget, or -1."""
        if self.is_density or self._state.dataset.n_points == 0 or not self.is_inside(position):
            return -1
        x, y = self.to_view(position)
        width, height = self.pixel_size()
        away = np.hypot((self._state.x - x) / width, (self._state.dataset.y - y) / height)
        # Of points that lie over each other the one drawn last is on top.
        nearest = len(away) - 1 - int(np.argmin(away[::-1]))
        return nearest if away[nearest] <= _GRAB_PIXELS else -1

    def mark_hovered(self, index: int) -> None:
        """Mark the point under the mouse and tell its numbers; -1 for none."""
        if index != self._state.hovered:
            self._state.hovered = index
            self._layers.canvas.update()
            tip = ""
            if index >= 0:
                x, y = self._state.dataset.point(index)
                tip = words.POINT_TIP.format(point=index + 1, x=x, y=y)
            self.setToolTip(tip)
            self.point_hovered.emit(index)

    def new_move(self) -> int:
        """Return a number for the moves of one drag, or of one held key."""
        self._moves += 1
        return self._moves

    def rounded(self, x: float, y: float) -> tuple[float, float]:
        """Return a place with no more digits than a tenth of a pixel tells, so it reads well."""
        width, height = self.pixel_size()
        return _rounded(x, width), _rounded(y, height)

    # --- the keyboard ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the arrow keys while a point is selected; else they step the run."""
        if event.type() == QEvent.Type.ShortcutOverride and self._keys.claims(event):
            event.accept()
            return True
        handled = super().event(event)
        if event.type() == QEvent.Type.FocusIn and self.property("keyboardFocus"):
            self._keys.enter()
        return handled

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let the first Tab into the points, where the mouse or the start gave the focus."""
        by_mouse = self.hasFocus() and not self.property("keyboardFocus")
        if forward and by_mouse and self._keys.enter():
            self.setProperty("keyboardFocus", True)
            return True
        return bool(super().focusNextPrevChild(forward))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select with the arrow keys, move with Shift and an arrow key, remove with Delete."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    # --- inside ----------------------------------------------------------------------------------

    def _name_axes(self) -> None:
        dataset = self._state.dataset
        self.label_axes_as_typed(dataset.feature_names[0], dataset.target_name)

    def _show_hint(self) -> None:
        if self._state.dataset.n_points == 0:
            self._state.hint = words.HINT_EMPTY
        else:
            self._state.hint = "" if self._knows_how else words.HINT_START
        self._layers.canvas.update()


def _rounded(value: float, pixel: float) -> float:
    decimals = 1 - int(np.floor(np.log10(pixel))) if pixel > 0 else 0
    rounded = round(value, decimals) if -300 < decimals < 300 else value
    return float(np.clip(rounded, -LARGEST_VALUE, LARGEST_VALUE))
