"""What a step is made of, drawn into the plots: its points, pulls and lines; what stands out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from gdviz.core.working import Working
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.contour_terms import MOST_TERMS

FloatArray = npt.NDArray[np.float64]


class Terms(QObject):
    """Owns which terms of a step are drawn, and which point is marked.

    Signals:
        changed: others are to be drawn; whoever has the step shows it again.
        marked_changed: another point is marked; carries its index, or −1.

    """

    changed = Signal()
    marked_changed = Signal(int)

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._marked = -1
        self._shows_mark = False
        self._shows_pulls = False
        self._shows_lines = False
        self._emphasised: frozenset[str] = frozenset()
        self._of_page = self._of_stage = self._emphasised

    @property
    def marked(self) -> int:
        """The index of the marked point, or −1."""
        return self._marked

    @property
    def are_drawn(self) -> bool:
        """Whether the contour shows any that a step has to be worked out for."""
        has_mark = self._shows_mark and self._marked >= 0
        return self._shows_pulls or self._shows_lines or has_mark or "step" in self._emphasised

    def mark(self, index: int) -> None:
        """Mark a point, its residual and its pull; −1 none."""
        if index != self._marked:
            self._marked = index
            self._show_mark()
            self.marked_changed.emit(index)

    def set_mark_visible(self, is_visible: bool) -> None:
        """Draw the mark only while there is a place that says what it is."""
        if is_visible != self._shows_mark:
            self._shows_mark = is_visible
            self._show_mark()

    def set_pulls_visible(self, is_visible: bool) -> None:
        """Show or hide each point's own part of the step."""
        self._shows_pulls = is_visible
        self.changed.emit()

    def set_lines_visible(self, is_visible: bool) -> None:
        """Show or hide each point as a line in the plane of the parameters."""
        self._shows_lines = is_visible
        self.changed.emit()

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw stronger what a page of the derivation is about."""
        self._of_page = frozenset(map(str, names))
        self.refresh_emphasis()

    def emphasise_stage(self, names: frozenset[str]) -> None:
        """Draw stronger what a stage of the ledger is about; this goes before the page."""
        self._of_stage = names
        self.refresh_emphasis()

    def refresh_emphasis(self) -> None:
        """Draw stronger what it is about in the mode that is in force now."""
        names, settings = self._of_stage, self._window.document.settings
        if settings.mode != "batch" and "gradient" in names:
            names = frozenset({"points"})  # the arrow downhill is that of all points
        self._show_emphasis(names or self._of_page)

    @property
    def emphasised(self) -> frozenset[str]:
        """What is drawn stronger."""
        return self._emphasised

    def show(self, working: Working | None, pair: tuple[int, int]) -> None:
        """Draw the terms of a step on the contour over two parameters; none where there is none."""
        plot, columns = self._window.contour_plot, list(pair)
        landing: FloatArray | None = None
        pulls, lines, next_line, marked_pull = landing, landing, landing, landing
        if working is not None and working.n_seen and np.isfinite(working.new_theta).all():
            landing = working.new_theta[columns]
            if self._shows_pulls and working.n_seen <= MOST_TERMS:
                pulls = working.pulls(0, working.n_seen)[:, columns]
            if self._shows_lines and working.dataset.n_points <= MOST_TERMS:
                lines = working.lines(pair, working.on_all_points())
            if self._shows_lines and working.n_seen == 1:
                next_line = working.lines(pair, working.rows(0, 1))[0]
            row = working.row_of(self._marked) if self._shows_mark else -1
            if row >= 0:
                marked_pull = working.pulls(row, row + 1)[0, columns]
        plot.show_landing(landing)
        plot.show_pulls(pulls)
        plot.show_point_lines(lines)
        plot.show_next_line(next_line)
        plot.show_marked_pull(marked_pull)

    def _show_mark(self) -> None:
        self._window.data_view.show_mark(self._marked if self._shows_mark else -1)
        self.changed.emit()

    def _show_emphasis(self, names: frozenset[str]) -> None:
        if names == self._emphasised:
            return
        self._emphasised = names
        window, panels = self._window, self._window.panels
        window.data_view.emphasise(self._emphasised)
        window.contour_plot.emphasise(self._emphasised)
        window.cost_plot.emphasise(self._emphasised)
        if panels.is_built("slices"):
            panels.slices.emphasise(self._emphasised)
        self.changed.emit()
