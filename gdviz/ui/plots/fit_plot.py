"""The fit of several features: predicted against actual, or the target against one feature."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter

from gdviz.core.dataset import Dataset
from gdviz.core.fit_view import FitView
from gdviz.explain.numbers import format_count
from gdviz.ui.plots.canvas import (
    Canvas,
    PixelMap,
    draw_dots,
    draw_polyline,
    draw_ringed_dots,
    make_pen,
)
from gdviz.ui.plots.data_hint import draw_corner_note
from gdviz.ui.plots.plot import Plot, clipped_line, padded
from gdviz.ui.plots.residuals import Residuals
from gdviz.ui.theme import Theme, with_alpha
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

_POINT, _USED, _RING = 7.0, 11.0, 17.0
_HALO, _LINE_HALO, _HALO_ALPHA = 17.0, 10.0, 0.26
_GRAB_PIXELS = 9.0
_PREDICTION = 2.7
# A view that predictions have left opens by this factor more than it must.
_ROOM = 1.25
# Points are ringed as long as rings do not cover the neighbours.
_MOST_RINGED = 400


class FitPlot(Plot):
    """Points that predictions move, and the line on which they would be right.

    Signals:
        point_hovered: the mouse is over a point; carries its index in the data set, or −1.

    """

    point_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._dataset = Dataset.empty()
        self._view: FitView | None = None
        self._theta: FloatArray | None = None
        self._used: IndexArray | None = None
        self._shows_residuals = True
        self._shows_squares = False
        self._emphasis: frozenset[str] = frozenset()
        self._marked = -1
        self._hovered = -1
        self._is_manual = False
        self._canvas = Canvas(
            self._draw_residuals, self._draw_line, self._draw_points, self._draw_marks
        )
        super().__init__("fitPlot", words.FIT_NAME, theme)
        self.addItem(self._canvas, ignoreBounds=True)
        self.moved_by_hand.connect(self._take_hand)
        self.setMouseTracking(True)

    @property
    def feature(self) -> int | None:
        """The feature that is shown, or None for predicted against actual."""
        return None if self._view is None else self._view.feature

    @property
    def places(self) -> tuple[FloatArray, FloatArray]:
        """Where the points are drawn, (k,) each."""
        view, theta = self._view, self._theta
        if view is None or theta is None:
            return np.empty(0), np.empty(0)
        return view.across, view.predictions(theta) if view.feature is None else view.y

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        self._name_axes()

    def show_dataset(self, dataset: Dataset, *, fit: bool) -> None:
        """Draw other points; those with one feature are for the data plot: then it has none."""
        self._hover(-1)  # indices mean other points now
        if dataset.n_features < 2:
            self._dataset, self._view = Dataset.empty(), None
            self._theta = self._used = None
            return
        self._dataset = dataset
        feature = self.feature
        if feature is not None and feature >= dataset.n_features:
            feature = None
        self._view = FitView.of(dataset, feature)
        self._used = None
        self._name_axes()
        if fit:
            self.fit()
        self._canvas.update()

    def show_feature(self, feature: int | None) -> None:
        """Show the target against one feature, or predicted against actual."""
        if self._dataset.n_features > 1 and feature != self.feature:
            self._view = FitView.of(self._dataset, feature)
            self._name_axes()
            self.fit()

    def show_theta(self, theta: FloatArray) -> None:
        """Draw the predictions of θ (n+1,)."""
        if self._view is not None and len(theta) == self._view.X.shape[1] + 1:
            self._theta = theta
            if self.feature is None and not self._is_manual:
                self._open()
            self._canvas.update()

    def show_used(self, indices: IndexArray | None) -> None:
        """Light up the points that the last step used; None where it used all of them."""
        self._used = indices

    def show_mark(self, index: int) -> None:
        """Put a ring around a point; −1 marks none."""
        if index != self._marked:
            self._marked = index
            self._canvas.update()

    def set_residuals_visible(self, visible: bool) -> None:
        """Show or hide how far predictions are off."""
        self._shows_residuals = visible
        self._canvas.update()

    def set_squares_visible(self, visible: bool) -> None:
        """Show or hide each residual's square; drawn of up to 300 points."""
        self._shows_squares = visible
        self._canvas.update()

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw some things stronger: "points", "line", "residuals", "squares"."""
        if names != self._emphasis:
            self._emphasis = names
            self._canvas.update()

    def fit(self) -> None:
        """Show all points, and room for predictions to come from."""
        view = self._view
        self._is_manual = False
        if view is None or len(view.y) == 0:
            return
        across = padded(float(view.across.min()), float(view.across.max()))
        self.set_view(across, padded(*self._heights(view)))

    def return_home(self) -> None:
        """Fit the view again; not where a person moved it."""
        if not self._is_manual:
            self.fit()

    def _heights(self, view: FitView) -> tuple[float, float]:
        """Return the lowest and the highest place of targets, and of predictions not far off."""
        low, high = float(view.y.min()), float(view.y.max())
        if self._theta is None or len(self._theta) != view.X.shape[1] + 1:
            return low, high
        reach = (high - low) or abs(high) or 1.0
        with np.errstate(all="ignore"):  # a run may have gone as far as numbers go
            predicted = np.nan_to_num(view.predictions(self._theta), nan=low)
        predicted = np.clip(predicted, low - reach, high + reach)
        return min(low, float(predicted.min())), max(high, float(predicted.max()))

    def _open(self) -> None:
        """Open the view where predictions have left it; never a little at every step."""
        view = self._view
        if view is None or len(view.y) == 0:
            return
        low, high = self._heights(view)
        across, (bottom, top) = self.view.viewRange()
        if low < bottom or high > top:
            middle, half = (low + high) / 2, _ROOM * (high - low) / 2
            self.set_view(tuple(across), (min(bottom, middle - half), max(top, middle + half)))

    # --- the mouse -------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which point is under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.point_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def point_at(self, position: QPointF) -> int:
        """Return the index in the data set of the point under a position, or −1."""
        view = self._view
        x, y = self.places
        if view is None or len(x) == 0 or not self.is_inside(position):
            return -1
        at_x, at_y = self.to_view(position)
        width, height = self.pixel_size()
        away = np.hypot((x - at_x) / width, (y - at_y) / height)
        nearest = int(np.argmin(away))
        return int(view.indices[nearest]) if away[nearest] <= _GRAB_PIXELS else -1

    def _hover(self, index: int) -> None:
        if index == self._hovered:
            return
        self._hovered = index
        tip, spot = "", self._spot(index)
        if spot is not None:
            tip = words.FIT_POINT_TIP.format(point=index + 1, actual=spot[1], predicted=spot[2])
        self.setToolTip(tip)
        self._canvas.update()
        self.point_hovered.emit(index)

    # --- drawing ---------------------------------------------------------------------------------

    def _name_axes(self) -> None:
        data, feature = self._dataset, self.feature
        if feature is None:
            self.label_axes_as_typed(
                words.AXIS_ACTUAL.format(name=data.target_name),
                words.AXIS_PREDICTED.format(name=data.target_name),
            )
        else:
            self.label_axes_as_typed(data.feature_names[feature], data.target_name)

    def _draw_residuals(self, painter: QPainter, pixel_map: PixelMap) -> None:
        view, theta = self._view, self._theta
        if view is None or theta is None:
            return
        has_strong, has_strong_squares = (
            name in self._emphasis for name in ("residuals", "squares")
        )
        has_squares = self._shows_squares or has_strong_squares
        if self._shows_residuals or has_strong or has_squares:
            predicted = view.predictions(theta)
            residuals = Residuals.of(pixel_map, view.across, view.y, predicted)
            if has_squares:
                residuals.draw_squares(painter, pixel_map, self.theme, is_strong=has_strong_squares)
            if self._shows_residuals or has_strong:
                residuals.draw(painter, pixel_map, self.theme, is_strong=has_strong)
            self._draw_marked_residual(painter, pixel_map)
            if view.feature is not None:
                self._draw_predictions(painter, pixel_map.points(view.across, predicted))
        else:
            self._draw_marked_residual(painter, pixel_map)

    def _draw_marked_residual(self, painter: QPainter, pixel_map: PixelMap) -> None:
        spot = self._spot(self._marked)
        if spot is not None:
            one = Residuals.of(pixel_map, *(np.array([value]) for value in spot))
            one.draw(painter, pixel_map, self.theme, is_strong=True)

    def _draw_predictions(self, painter: QPainter, pixels: FloatArray) -> None:
        """Mark what is predicted of each point: off the line, as its other features differ."""
        if len(pixels) > _MOST_RINGED:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(make_pen(self.theme.line, 1.3))
        painter.setBrush(QColor(self.theme.card))
        for x, y in pixels.tolist():
            painter.drawEllipse(QPointF(x, y), _PREDICTION, _PREDICTION)

    def _draw_line(self, painter: QPainter, pixel_map: PixelMap) -> None:
        view, theta = self._view, self._theta
        if view is None or theta is None:
            return
        x, y = clipped_line(*view.line(theta), *pixel_map.ranges)
        pixels = pixel_map.points(x, y)
        is_ideal = view.feature is None
        color = self.theme.muted if is_ideal else self.theme.line
        if "line" in self._emphasis:
            draw_polyline(painter, pixels, make_pen(with_alpha(color, _HALO_ALPHA), _LINE_HALO))
        draw_polyline(painter, pixels, make_pen(color, 2.0 if is_ideal else 3.0))

    def _draw_points(self, painter: QPainter, pixel_map: PixelMap) -> None:
        pixels = pixel_map.points(*self.places)
        fill = QColor(self.theme.point)
        if "points" in self._emphasis:
            draw_dots(painter, pixels, _HALO, with_alpha(self.theme.point, _HALO_ALPHA))
        if len(pixels) <= _MOST_RINGED:
            draw_ringed_dots(painter, pixels, _POINT, fill, QColor(self.theme.card))
        else:
            draw_dots(painter, pixels, _POINT - 2.5, with_alpha(self.theme.point, 0.6))
        y = pixels[:, 1]
        n_out = 0 if self._is_manual else int(((y < 0) | (y > pixel_map.height)).sum())
        if n_out:
            note = words.POINTS_OUT_OF_VIEW[min(n_out, 2) - 1].format(count=format_count(n_out))
            draw_corner_note(painter, pixel_map, note, self.theme)

    def _take_hand(self) -> None:
        self._is_manual = True

    def _draw_marks(self, painter: QPainter, pixel_map: PixelMap) -> None:
        view = self._view
        if view is None or self._theta is None:
            return
        x, y = self.places
        if self._used is not None and len(self._used):
            used = np.isin(view.indices, self._used)
            pixels = pixel_map.points(x[used], y[used])
            ring, fill = QColor(self.theme.point), QColor(self.theme.used)
            draw_ringed_dots(painter, pixels, _USED, fill, ring)
        for index, alpha in ((self._hovered, 0.55), (self._marked, 1.0)):
            spot = self._spot(index)
            if spot is not None:
                across, actual, predicted = spot
                up = predicted if view.feature is None else actual
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(make_pen(with_alpha(self.theme.accent, alpha), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(pixel_map.point(across, up), _RING / 2, _RING / 2)

    def _spot(self, index: int) -> tuple[float, float, float] | None:
        """Return a point's place across, its target and its prediction, in the sample or not."""
        data, view, theta = self._dataset, self._view, self._theta
        if view is None or theta is None or not 0 <= index < data.n_points:
            return None
        features, y = data.X[index], float(data.y[index])
        across = y if view.feature is None else float(features[view.feature])
        return across, y, float(features @ theta[1:] + theta[0])
