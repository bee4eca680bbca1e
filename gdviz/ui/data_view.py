"""The points: the plane in which one clicks them, or the fit of several features."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gdviz.core.dataset import Dataset
from gdviz.core.snapshot import Snapshot
from gdviz.ui.plots.data_plot import DataPlot
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.elided_combo import ElidedCombo
from gdviz.ui.words import plots as words

if TYPE_CHECKING:
    from gdviz.ui.plots.fit_plot import FitPlot

FloatArray = npt.NDArray[np.float64]

_CHOOSER_WIDTH, _LEAST_CHOOSER = 190, 96
_POPUP_MARGIN, _WIDEST_POPUP = 24, 480


class DataView(QStackedWidget):
    """Shows the data plot for one feature, the fit plot for several.

    Attributes:
        data_plot: points and line.
        chooser: what the fit plot shows; hidden with one feature.

    Signals:
        point_hovered: the mouse is over a point, or a key selected it; carries its index, or −1.

    """

    point_hovered = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fit_plot: FitPlot | None = None
        self._shows_squares, self._shows_residuals = False, True
        self._emphasis: frozenset[str] = frozenset()
        self._marked = -1
        self._looks_ahead = False
        self._snapshot: Snapshot | None = None
        self.data_plot = DataPlot(theme)
        self.data_plot.point_hovered.connect(self._on_hovered)
        self.data_plot.selection_changed.connect(self._on_selected)
        self.addWidget(self.data_plot)
        self.chooser = ElidedCombo(_CHOOSER_WIDTH)
        self.chooser.setObjectName("fitView")
        self.chooser.setAccessibleName(words.FIT_VIEW_NAME)
        self.chooser.setToolTip(words.FIT_VIEW_NAME)
        self.chooser.least = _LEAST_CHOOSER
        self.chooser.hide()
        self.chooser.currentIndexChanged.connect(self._choose)
        self._names: tuple[str, ...] = ()

    @property
    def fit_plot(self) -> FitPlot:
        """Predicted against actual, or the target against one feature; made when first needed."""
        if self._fit_plot is None:
            from gdviz.ui.plots.fit_plot import FitPlot  # most data have one feature

            plot = self._fit_plot = FitPlot(self._theme)
            plot.point_hovered.connect(self.point_hovered)
            plot.fit_requested.connect(plot.fit)
            plot.set_squares_visible(self._shows_squares)
            plot.set_residuals_visible(self._shows_residuals)
            plot.emphasise(self._emphasis)
            plot.show_mark(self._marked)
            self.addWidget(plot)
        return self._fit_plot

    @property
    def has_several_features(self) -> bool:
        """Whether the fit plot is shown."""
        return self.currentWidget() is not self.data_plot

    @property
    def _plots(self) -> tuple[DataPlot | FitPlot, ...]:
        """The plots that are there."""
        return (self.data_plot, *(() if self._fit_plot is None else (self._fit_plot,)))

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        for plot in self._plots:
            plot.apply_theme(theme)

    def show_dataset(self, dataset: Dataset, *, fit: bool) -> None:
        """Draw other points."""
        self._snapshot = None  # its points may be others
        if dataset.n_features == 1:
            self.setCurrentWidget(self.data_plot)
            self.chooser.hide()
            self.data_plot.show_dataset(dataset, fit=fit)
            if self._fit_plot is not None:
                self._fit_plot.show_dataset(dataset, fit=fit)
            return
        names = (*dataset.feature_names, dataset.target_name)
        if names != self._names or not self.has_several_features:
            self._names = names
            self._offer(dataset)
        self.setCurrentWidget(self.fit_plot)
        self.data_plot.select(-1)
        self.fit_plot.show_dataset(dataset, fit=fit)
        self.chooser.show()

    def show_theta(self, theta: FloatArray) -> None:
        """Draw the line, or the predictions, of θ."""
        if self.has_several_features:
            self.fit_plot.show_theta(theta)
        elif len(theta) == 2:
            self.data_plot.show_theta(theta)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw where the run is, and the points that its last step used, or the next one will."""
        plot = self.fit_plot if self.has_several_features else self.data_plot
        self._snapshot = snapshot
        plot.show_used(snapshot.next_batch if self._looks_ahead else snapshot.last_batch)
        self.show_theta(snapshot.theta)

    def set_looking_ahead(self, looks_ahead: bool) -> None:
        """Light up the points of the next step, or of the last."""
        if looks_ahead != self._looks_ahead:
            self._looks_ahead = looks_ahead
            if self._snapshot is not None:
                self.show_snapshot(self._snapshot)

    def show_ghost(self, theta: tuple[float, ...] | None) -> None:
        """Draw another line faintly, or none."""
        self.data_plot.show_ghost(theta if theta is not None and len(theta) == 2 else None)

    def show_mark(self, index: int) -> None:
        """Light up a point; −1 none."""
        self._marked = index
        for plot in self._plots:
            plot.show_mark(index)

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw some things stronger."""
        self._emphasis = names
        for plot in self._plots:
            plot.emphasise(names)

    def set_squares_visible(self, visible: bool) -> None:
        """Show or hide the squared errors as squares."""
        self._shows_squares = visible
        for plot in self._plots:
            plot.set_squares_visible(visible)

    def set_residuals_visible(self, visible: bool) -> None:
        """Show or hide the residuals."""
        self._shows_residuals = visible
        for plot in self._plots:
            plot.set_residuals_visible(visible)

    def return_home(self) -> None:
        """Show predictions of the start again where a run has led far away."""
        if self.has_several_features:
            self.fit_plot.return_home()

    def fit(self) -> None:
        """Show all points."""
        (self.fit_plot if self.has_several_features else self.data_plot).fit()

    def _on_hovered(self, index: int) -> None:
        """Tell of the point under the mouse; where there is none, of the selected one."""
        self.point_hovered.emit(index if index >= 0 else self.data_plot.selected)

    def _on_selected(self, index: int) -> None:
        self.point_hovered.emit(index)

    def _offer(self, dataset: Dataset) -> None:
        self.chooser.blockSignals(True)
        self.chooser.clear()
        self.chooser.addItem(words.FIT_PREDICTED, None)
        for index, name in enumerate(dataset.feature_names):
            text = words.FIT_AGAINST.format(target=dataset.target_name, name=name)
            self.chooser.addItem(text, index)
            tip = words.FIT_AGAINST_TIP
            self.chooser.setItemData(index + 1, tip, Qt.ItemDataRole.ToolTipRole)
        popup = self.chooser.view()
        popup.setMinimumWidth(min(popup.sizeHintForColumn(0) + _POPUP_MARGIN, _WIDEST_POPUP))
        self.chooser.blockSignals(False)
        self.fit_plot.show_feature(None)

    def _choose(self, _: int) -> None:
        feature = self.chooser.currentData()
        self.fit_plot.show_feature(feature)
        tip = words.FIT_VIEW_NAME
        self.chooser.setToolTip(tip if feature is None else f"{tip}. {words.FIT_AGAINST_TIP}")
