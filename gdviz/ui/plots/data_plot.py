"""The points and the line: where a person clicks, drags and removes points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from gdviz.core import screen_messages as words
from gdviz.core.dataset import LARGEST_VALUE, Dataset
from gdviz.ui.plots.density import count_points, shade
from gdviz.ui.plots.plot import Plot, clipped_line, padded
from gdviz.ui.theme import Theme, with_alpha

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

MOST_POINTS_DRAWN = 10_000
"""More points than this are drawn as a density image."""

_GRAB_PIXELS = 11.0
_CLICK_PIXELS = 4.0
_DENSITY_CELL_PIXELS = 2.0
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
# An arrow key moves a point by this share of the view; with Ctrl by a tenth of it.
_KEY_SHARE = 0.01


class DataPlot(Plot):
    """Points (x, y) and the line y = m x + b.

    Signals:
        point_added: an empty place was clicked; carries x, y.
        point_moved: a point was dragged or moved by a key; carries index, x, y and a number that is
            the same for all moves of one drag.
        point_removed: a point is to go; carries its index.
        values_requested: the numbers of a point are to be edited; carries its index.
        selection_changed: another point is selected; carries its index, or -1.

    """

    point_added = Signal(float, float)
    point_moved = Signal(int, float, float, int)
    point_removed = Signal(int)
    values_requested = Signal(int)
    selection_changed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._dataset = Dataset.empty()
        self._x: FloatArray = np.empty(0)
        self._theta: FloatArray | None = None
        self._ghost_theta: tuple[float, ...] | None = None
        self._shows_residuals = True
        self._used: IndexArray | None = None
        self._hovered = -1
        self._selected = -1
        self._dragged = -1
        self._drag_number = 0
        self._pressed_at: QPointF | None = None
        self._knows_how = False
        self._density = pg.ImageItem()
        self._residuals = pg.PlotCurveItem(connect="pairs")
        self._ghost = pg.PlotCurveItem(antialias=True)
        self._line = pg.PlotCurveItem(antialias=True)
        self._points = pg.ScatterPlotItem(pxMode=True)
        self._used_points = pg.ScatterPlotItem(pxMode=True)
        self._ring = pg.ScatterPlotItem(pxMode=True)
        self._hint = pg.TextItem(anchor=(0.0, 0.0))
        super().__init__("dataPlot", words.DATA_NAME, theme)
        layers = (
            self._density,
            self._residuals,
            self._ghost,
            self._points,
            self._line,
            self._used_points,
            self._ring,
            self._hint,
        )
        for z, item in enumerate(layers):
            item.setZValue(z)
            self.addItem(item, ignoreBounds=True)
        self._density_timer = QTimer(self, singleShot=True, interval=120)
        self._density_timer.timeout.connect(self._draw_density)
        self.view.sigRangeChanged.connect(self._on_range_changed)
        self._hint.setFlag(self._hint.GraphicsItemFlag.ItemIsSelectable, False)
        self._hint.setText(words.HINT_EMPTY)
        self._apply_pens()
        self.setMouseTracking(True)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def selected(self) -> int:
        """The index of the selected point, or -1."""
        return self._selected

    @property
    def is_density(self) -> bool:
        """Whether there are so many points that they are drawn as an image."""
        return self._dataset.n_points > MOST_POINTS_DRAWN

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        if hasattr(self, "_density_timer"):
            self._apply_pens()
            self.show_dataset(self._dataset, fit=False)

    def show_dataset(self, dataset: Dataset, *, fit: bool) -> None:
        """Draw other points; ``fit`` chooses the view anew."""
        was_density = self.is_density
        self._dataset = dataset
        self._x = dataset.X[:, 0]
        self._used = None
        self._used_points.clear()
        self._hint.setText(words.HINT_START if dataset.n_points else words.HINT_EMPTY)
        self._hint.setVisible(not self._knows_how)
        self.label_axes(dataset.feature_names[0], dataset.target_name)
        if self._selected >= dataset.n_points:
            self.select(-1)
        if self._hovered >= dataset.n_points:
            self._hovered = -1
        if fit:
            self.fit()
        if self.is_density:
            self._points.clear()
            if fit or not was_density:
                self._draw_density()
            else:
                self._density_timer.start()
        else:
            self._density.clear()
            self._points.setData(self._x, dataset.y)
        self._show_ring()
        self._draw_residuals()

    def show_theta(self, theta: FloatArray) -> None:
        """Draw the line of θ = (b, m)."""
        self._theta = theta
        self._draw_line()
        self._draw_residuals()

    def show_ghost(self, theta: tuple[float, ...] | None) -> None:
        """Draw another line faintly, or none."""
        self._ghost_theta = theta
        self._draw_ghost()

    def show_used(self, indices: IndexArray | None) -> None:
        """Light up the points that the last step used; None where it used all of them."""
        if indices is None or len(indices) == 0 or self.is_density:
            if self._used is not None:
                self._used_points.clear()
            self._used = None
            return
        if indices[-1] >= self._dataset.n_points or indices.max() >= self._dataset.n_points:
            return  # of the data before this edit
        self._used = indices
        self._used_points.setData(self._x[indices], self._dataset.y[indices])

    def set_residuals_visible(self, visible: bool) -> None:
        """Show or hide the residuals."""
        self._shows_residuals = visible
        self._draw_residuals()

    def fit(self) -> None:
        """Show all points, and the flat line at 0 where it is near."""
        dataset = self._dataset
        if dataset.n_points == 0:
            self.set_view((-0.5, 5.5), (-0.5, 8.5))
            return
        x_range = padded(float(self._x.min()), float(self._x.max()), 0.09)
        low, high = float(dataset.y.min()), float(dataset.y.max())
        if self._theta is not None and np.all(np.isfinite(self._theta)):
            ends = self._theta[0] + self._theta[1] * np.array(x_range)
            reach = (high - low) or abs(high) or 1.0
            for end in ends:  # the line itself, where it is not far off
                if low - reach <= end <= high + reach:
                    low, high = min(low, float(end)), max(high, float(end))
        self.set_view(x_range, padded(low, high, 0.09))

    def hide_hint(self) -> None:
        """Say no more where to click: the person knows."""
        self._knows_how = True
        self._hint.hide()

    def select(self, index: int) -> None:
        """Select a point; -1 selects none."""
        if index != self._selected:
            self._selected = index
            self._show_ring()
            self.selection_changed.emit(index)

    # --- the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a point, or let the view be moved."""
        self._pressed_at = None
        if event.button() is Qt.MouseButton.LeftButton and self.is_inside(event.position()):
            self._pressed_at = event.position()
            index = self.point_at(event.position())
            if index >= 0:
                self._dragged = index
                self._drag_number += 1
                self.select(index)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                event.accept()
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point that is held, or show which one could be."""
        if self._dragged >= 0:
            self._drag_to(event.position())
            event.accept()
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(self.point_at(event.position()))
            inside = self.is_inside(event.position())
            grab = Qt.CursorShape.OpenHandCursor
            shape = grab if self._hovered >= 0 else Qt.CursorShape.CrossCursor
            self.setCursor(shape) if inside else self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the point, or add one where the mouse was pressed and not moved."""
        pressed_at, self._pressed_at = self._pressed_at, None
        if self._dragged >= 0:
            self._drag_to(event.position())
            self._dragged = -1
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            event.accept()
            return
        super().mouseReleaseEvent(event)
        if pressed_at is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if (event.position() - pressed_at).manhattanLength() <= _CLICK_PIXELS:
            self.select(-1)
            self.hide_hint()
            x, y = self.to_view(event.position())
            self.point_added.emit(self._rounded(x, 0), self._rounded(y, 1))

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
        self._hover(-1)

    def point_at(self, position: QPointF) -> int:
        """Return the index of the point under a position in the widget, or -1."""
        if self.is_density or self._dataset.n_points == 0 or not self.is_inside(position):
            return -1
        x, y = self.to_view(position)
        width, height = self.pixel_size()
        away = np.hypot((self._x - x) / width, (self._dataset.y - y) / height)
        # Of points that lie over each other the one drawn last is on top.
        nearest = len(away) - 1 - int(np.argmin(away[::-1]))
        return nearest if away[nearest] <= _GRAB_PIXELS else -1

    # --- the keyboard ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the arrow keys while a point is selected; else they step the run."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._selected >= 0
            and event.key() in (*_ARROWS, Qt.Key.Key_Escape, Qt.Key.Key_Return)
        ):
            event.accept()
            return True
        handled = super().event(event)
        by_key = event.type() == QEvent.Type.FocusIn and self.property("keyboardFocus")
        if by_key and self._selected < 0 and self._dataset.n_points and not self.is_density:
            self.select(int(np.argmin(self._x)))
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select with the arrow keys, move with Shift and an arrow key, remove with Delete."""
        key, index = event.key(), self._selected
        if index < 0 or self.is_density:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._move_by_key(event)
            else:
                self._select_next(Qt.Key(key))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.point_removed.emit(index)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.values_requested.emit(index)
        elif key == Qt.Key.Key_Escape:
            self.select(-1)
        else:
            super().keyPressEvent(event)

    # --- inside ----------------------------------------------------------------------------------

    def _apply_pens(self) -> None:
        theme = self.theme
        self._points.setPen(pg.mkPen(theme.card, width=1.2))
        self._points.setBrush(pg.mkBrush(theme.point))
        self._points.setSize(10)
        self._line.setPen(pg.mkPen(theme.line, width=3))
        self._ghost.setPen(
            pg.mkPen(with_alpha(theme.line, 0.55), width=1.6, style=Qt.PenStyle.DashLine)
        )
        self._residuals.setPen(pg.mkPen(with_alpha(theme.residual, 0.8), width=1))
        self._used_points.setSize(14)
        self._used_points.setPen(pg.mkPen(theme.point, width=1.5))
        self._used_points.setBrush(pg.mkBrush(theme.used))
        self._ring.setBrush(None)
        self._hint.setColor(QColor(theme.muted))
        self._hint.fill = pg.mkBrush(with_alpha(theme.card, 0.85))

    def _draw_line(self) -> None:
        if self._theta is None:
            return
        b, m = float(self._theta[0]), float(self._theta[1])
        self._line.setData(*clipped_line(m, b, *self._beyond_view()))

    def _draw_ghost(self) -> None:
        if self._ghost_theta is None:
            self._ghost.clear()
            return
        b, m = self._ghost_theta
        self._ghost.setData(*clipped_line(m, b, *self._beyond_view()))

    def _draw_residuals(self) -> None:
        n = self._dataset.n_points
        if not self._shows_residuals or self._theta is None or n == 0 or self.is_density:
            self._residuals.clear()
            return
        _, y_range = self._beyond_view()
        x, y = np.repeat(self._x, 2), np.repeat(self._dataset.y, 2)
        y[1::2] = np.clip(self._theta[0] + self._theta[1] * self._x, *y_range)
        self._residuals.setData(x, y)

    def _draw_density(self) -> None:
        if not self.is_density:
            return
        x_range, y_range = self.view.viewRange()
        rect = self.view.sceneBoundingRect()
        shape = (
            max(int(rect.width() / _DENSITY_CELL_PIXELS), 2),
            max(int(rect.height() / _DENSITY_CELL_PIXELS), 2),
        )
        counts = count_points(self._x, self._dataset.y, tuple(x_range), tuple(y_range), shape)
        color = QColor(self.theme.point)
        self._density.setImage(
            shade(counts, (color.red(), color.green(), color.blue())), levels=(0, 255)
        )
        self._density.setRect(
            x_range[0], y_range[0], x_range[1] - x_range[0], y_range[1] - y_range[0]
        )

    def _beyond_view(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return the view's ranges, opened a little, so that cut ends are out of sight."""
        (x0, x1), (y0, y1) = self.view.viewRange()
        width, height = 0.02 * (x1 - x0), 0.02 * (y1 - y0)
        return (x0 - width, x1 + width), (y0 - height, y1 + height)

    def _on_range_changed(self, *_: object) -> None:
        (x0, x1), (y0, y1) = self.view.viewRange()
        self._hint.setPos(x0 + 0.01 * (x1 - x0), y1)
        self._draw_line()
        self._draw_ghost()
        self._draw_residuals()
        if self.is_density:
            self._density_timer.start()

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self._show_ring()
            if index >= 0:
                x, y = self._dataset.point(index)
                self.setToolTip(words.POINT_TIP.format(point=index + 1, x=x, y=y))
            else:
                self.setToolTip("")

    def _show_ring(self) -> None:
        """Ring the selected point, and faintly the one under the mouse."""
        rings = []
        for index, alpha, width in ((self._hovered, 0.5, 2.0), (self._selected, 1.0, 2.6)):
            if 0 <= index < self._dataset.n_points:
                pen = pg.mkPen(with_alpha(self.theme.accent, alpha), width=width)
                x, y = self._dataset.point(index)
                rings.append({"pos": (x, y), "size": 19, "pen": pen, "brush": None})
        self._ring.setData(rings)

    def _drag_to(self, position: QPointF) -> None:
        # A click on a point that does not move the mouse must not move the point.
        if self._pressed_at is not None:
            if (position - self._pressed_at).manhattanLength() < 2:
                return
            self._pressed_at = None
        x, y = self.to_view(position)
        if 0 <= self._dragged < self._dataset.n_points:
            self.point_moved.emit(
                self._dragged, self._rounded(x, 0), self._rounded(y, 1), self._drag_number
            )

    def _rounded(self, value: float, axis: int) -> float:
        """Return a value with no more digits than a tenth of a pixel tells, so it reads well."""
        size = self.pixel_size()[axis]
        decimals = 1 - int(np.floor(np.log10(size))) if size > 0 else 0
        rounded = round(value, decimals) if -300 < decimals < 300 else value
        return float(np.clip(rounded, -LARGEST_VALUE, LARGEST_VALUE))

    def _select_next(self, key: Qt.Key) -> None:
        """Select the next point along x (left, right) or y (down, up)."""
        values = self._x if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) else self._dataset.y
        order = np.argsort(values, kind="stable")
        place = int(np.flatnonzero(order == self._selected)[0])
        place += 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Up) else -1
        self.select(int(order[min(max(place, 0), len(order) - 1)]))

    def _move_by_key(self, event: QKeyEvent) -> None:
        (x0, x1), (y0, y1) = self.view.viewRange()
        fine = 0.1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0
        right = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        up = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}.get(Qt.Key(event.key()), 0)
        x, y = self._dataset.point(self._selected)
        if not event.isAutoRepeat():
            self._drag_number += 1
        self.point_moved.emit(
            self._selected,
            x + right * fine * _KEY_SHARE * (x1 - x0),
            y + up * fine * _KEY_SHARE * (y1 - y0),
            self._drag_number,
        )
