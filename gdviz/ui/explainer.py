"""Shows the mathematics of the moment in every panel that can be seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from gdviz.core.cost import QuadraticCost
from gdviz.core.snapshot import Snapshot, Status
from gdviz.core.working import Working
from gdviz.explain.numbers import parameter_names
from gdviz.ui import messages as words
from gdviz.ui.document import Document
from gdviz.ui.ledger.stage_walker import StageWalker
from gdviz.ui.main_window import MainWindow

FloatArray = npt.NDArray[np.float64]

MOST_TERMS = 50
"""More points than this are not drawn as arrows or lines of their own."""


class Explainer(QObject):
    """Works out the step that is about to be made, and shows it: slices, ledger, derivation, terms.

    Only what can be seen is worked out.

    Signals:
        step_requested: the last stage of a step was asked to go on: make the step.

    """

    step_requested = Signal()

    def __init__(self, window: MainWindow, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._cost: QuadraticCost | None = None
        self._pair = (0, 1)
        self._snapshot: Snapshot | None = None
        self._marked = -1
        self._due: list[str] = []
        self._shows_pulls = False
        self._shows_lines = False
        self._emphasised: frozenset[str] = frozenset()
        self.stages = StageWalker(self)
        self.stages.step_requested.connect(self.step_requested)

    # --- what changed ----------------------------------------------------------------------------

    def show_problem(self, cost: QuadraticCost, pair: tuple[int, int], *, fit: bool) -> None:
        """Show another cost, the one that is descended, and the two parameters that are drawn."""
        window, n = self._window, cost.n_features
        self._cost, self._pair = cost, pair
        for name in ("slices", "coefficients"):
            if window.panels.is_built(name):
                self._show_problem_in(name, fit=fit)
        window.lower_pages.set_page_visible("coefficients", n > 1)
        window.page_menu.allow("coefficients", n > 1, words.WHY_ONE_FEATURE)
        self.refresh()

    def show_panel(self, name: str) -> None:
        """Show the moment in a panel that was just built."""
        if name == "ledger":
            self._window.panels.ledger.show_stage(self.stages.stage)
        if name in ("slices", "coefficients"):
            self._show_problem_in(name, fit=True)
        self.refresh()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show where the run is, many times a second."""
        self._snapshot = snapshot
        panels = self._window.panels
        sees_some = panels.is_seen("slices") and snapshot.next_batch is not None
        working = self._work_out(snapshot) if sees_some or self._has_terms else None
        if panels.is_built("slices"):
            gradient = None if working is None else working.gradient
            panels.slices.show_theta(snapshot.theta, gradient)
        if self._has_terms:
            self._show_terms(working)
        if self._due:
            self._show_in(self._due.pop(0), working or self._work_out(snapshot))
        self.stages.on_step(snapshot.step)

    def show_words(self, snapshot: Snapshot) -> None:
        """Show the numbers of the moment, as often as one can read them."""
        panels = self._window.panels
        self._snapshot = snapshot
        self.stages.set_pace(self._window.speed.speed, snapshot.status is Status.TRAINING)
        seen = [n for n in ("ledger", "derivation", "coefficients") if panels.is_seen(n)]
        if snapshot.status is Status.TRAINING:
            self._due = seen  # one a frame: all at once would take longer than a frame has
            return
        self._due = []
        working = self._work_out(snapshot) if seen else None
        for name in seen:
            self._show_in(name, working)

    def refresh(self) -> None:
        """Show everything again: other panels are visible, or the problem is another."""
        if self._snapshot is not None:
            self.show_frame(self._snapshot)
            self.show_words(self._snapshot)

    # --- what a person pointed at ----------------------------------------------------------------

    def mark(self, index: int) -> None:
        """Light up a point, its residual and its pull; −1 none."""
        self._marked = index
        self._window.data_view.show_mark(index)
        self._terms_changed()

    def set_pulls_visible(self, is_visible: bool) -> None:
        """Show or hide each point's own part of the step."""
        self._shows_pulls = is_visible
        self._terms_changed()

    def set_lines_visible(self, is_visible: bool) -> None:
        """Show or hide each point as a line in the plane of the parameters."""
        self._shows_lines = is_visible
        self._terms_changed()

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw stronger what a page of the derivation is about."""
        self._emphasised = frozenset(map(str, names))
        self._window.data_view.emphasise(self._emphasised)
        self._window.contour_plot.emphasise(self._emphasised)
        self._terms_changed()

    def stop(self) -> None:
        """Leave no timer running."""
        self.stages.stop()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _has_terms(self) -> bool:
        """Whether the contour shows terms of the step."""
        is_marked = self._marked >= 0
        return self._shows_pulls or self._shows_lines or is_marked or "step" in self._emphasised

    def _show_problem_in(self, name: str, *, fit: bool) -> None:
        cost, panels = self._cost, self._window.panels
        if cost is None:
            return
        names = parameter_names(cost.n_features)
        if name == "coefficients":
            panels.coefficients.show_problem(names, cost.minimum)
            return
        panels.slices.show_problem(cost, self._document.settings, names, fit=fit)
        if cost.n_features > 1:
            panels.slices.show_parameters(*self._pair)

    def _show_in(self, name: str, working: Working | None) -> None:
        if working is not None and self._window.panels.is_seen(name):
            getattr(self._window.panels, name).show_working(working)

    def _work_out(self, snapshot: Snapshot) -> Working | None:
        """Return the next step from a snapshot; None where it is of other data than these."""
        cost, dataset = self._cost, self._document.dataset
        if cost is None or len(snapshot.theta) != dataset.n_features + 1:
            return None
        batch = snapshot.next_batch
        if batch is not None and len(batch) and int(batch.max()) >= dataset.n_points:
            return None
        return Working.of(dataset, self._document.settings, cost, snapshot.theta, batch)

    def _terms_changed(self) -> None:
        if self._has_terms:
            self.refresh()
        else:
            self._show_terms(None)

    def _show_terms(self, working: Working | None) -> None:
        """Draw the terms of the step on the contour; none where there is no step."""
        plot, pair = self._window.contour_plot, list(self._pair)
        landing: FloatArray | None = None
        pulls, lines, next_line, marked_pull = landing, landing, landing, landing
        if working is not None and working.n_seen and np.isfinite(working.new_theta).all():
            landing = working.new_theta[pair]
            if self._shows_pulls and working.n_seen <= MOST_TERMS:
                pulls = working.pulls(0, working.n_seen)[:, pair]
            if self._shows_lines and working.dataset.n_points <= MOST_TERMS:
                lines = working.lines(self._pair, working.on_all_points())
                if working.n_seen == 1:
                    next_line = working.lines(self._pair, working.rows(0, 1))[0]
            row = working.row_of(self._marked)
            if row >= 0:
                marked_pull = working.pulls(row, row + 1)[0, pair]
        plot.show_landing(landing)
        plot.show_pulls(pulls)
        plot.show_point_lines(lines)
        plot.show_next_line(next_line)
        plot.show_marked_pull(marked_pull)
