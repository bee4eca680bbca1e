"""Shows the mathematics of the moment in every panel that can be seen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gdviz.core.cost import QuadraticCost
from gdviz.core.snapshot import Snapshot, Status
from gdviz.core.working import Working
from gdviz.explain.numbers import parameter_names
from gdviz.ui import messages as words
from gdviz.ui.document import Document
from gdviz.ui.ledger.stage_walker import StageWalker
from gdviz.ui.main_window import MainWindow

MOST_PULLS = 50
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
        self._working: Working | None = None
        self._marked = -1
        self._shows_pulls = False
        self._shows_lines = False
        self.stages = StageWalker(self)
        self.stages.step_requested.connect(self.step_requested)
        self.stages.stage_changed.connect(window.ledger.show_stage)

    # --- what changed ----------------------------------------------------------------------------

    def show_problem(self, cost: QuadraticCost, pair: tuple[int, int], *, fit: bool) -> None:
        """Show another cost, the one that is descended, and the two parameters that are drawn."""
        window, n = self._window, cost.n_features
        self._cost, self._pair = cost, pair
        names = parameter_names(n)
        window.slice_panel.show_problem(cost, self._document.settings, names, fit=fit)
        if n > 1:
            window.slice_panel.show_parameters(*pair)
        window.coefficients.show_problem(names, cost.minimum)
        window.lower_pages.set_page_visible("coefficients", n > 1)
        window.page_menu.allow("coefficients", n > 1, words.WHY_ONE_FEATURE)
        self.refresh()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show where the run is, many times a second."""
        self._snapshot = snapshot
        panel = self._window.slice_panel
        sees_some = panel.isVisible() and snapshot.next_batch is not None
        working = self._work_out(snapshot) if sees_some else None
        panel.show_theta(snapshot.theta, None if working is None else working.gradient)
        self.stages.on_step(snapshot.step)

    def show_words(self, snapshot: Snapshot) -> None:
        """Show the numbers of the moment, as often as one can read them."""
        window = self._window
        self._snapshot = snapshot
        self.stages.set_pace(window.speed.speed, snapshot.status is Status.TRAINING)
        panels = (window.ledger, window.coefficients)
        seen = [panel for panel in panels if panel.isVisible()]
        has_terms = self._shows_pulls or self._shows_lines or self._marked >= 0
        if not seen and not has_terms:
            return
        self._working = self._work_out(snapshot)
        if self._working is not None:
            for panel in seen:
                panel.show_working(self._working)

    def refresh(self) -> None:
        """Show everything again: other panels are visible, or the problem is another."""
        if self._snapshot is not None:
            self.show_frame(self._snapshot)
            self.show_words(self._snapshot)

    # --- what a person pointed at ----------------------------------------------------------------

    def mark(self, index: int) -> None:
        """Light up a point, its residual and its pull; −1 none."""
        self._marked = index
        self.refresh()

    def stop(self) -> None:
        """Leave no timer running."""
        self.stages.stop()

    # --- inside ----------------------------------------------------------------------------------

    def _work_out(self, snapshot: Snapshot) -> Working | None:
        """Return the next step from a snapshot; None where it is of other data than these."""
        cost, dataset = self._cost, self._document.dataset
        if cost is None or len(snapshot.theta) != dataset.n_features + 1:
            return None
        batch = snapshot.next_batch
        if batch is not None and len(batch) and int(batch.max()) >= dataset.n_points:
            return None
        return Working.of(dataset, self._document.settings, cost, snapshot.theta, batch)
