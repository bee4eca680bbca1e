"""Shows the mathematics of the moment in every panel that can be seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from gdviz.core.cost import QuadraticCost
from gdviz.core.snapshot import Snapshot, Status
from gdviz.core.working import Working
from gdviz.explain.numbers import parameter_names
from gdviz.ui.document import Document
from gdviz.ui.ledger.stage_walker import StageWalker
from gdviz.ui.main_window import MainWindow
from gdviz.ui.terms import Terms
from gdviz.ui.words import window as words

FloatArray = npt.NDArray[np.float64]

# These tell of the step that comes next.
_LOOK_AHEAD = ("slices", "ledger", "derivation")
_WITH_NUMBERS = ("ledger", "derivation", "coefficients")
_ROWS = "rows of the ledger"


class Explainer(QObject):
    """Works out the step that is about to be made, once a snapshot, and has it shown.

    Only what can be seen is worked out.

    Attributes:
        terms: draws the step into the plots.
        stages: which stage of the step is shown.

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
        self._theta: FloatArray = np.zeros(2)
        self._snapshot: Snapshot | None = None
        self._told: Snapshot | None = None
        self._due: list[str] = []
        self._worked: tuple[object, ...] = ()
        self._working: Working | None = None
        self.terms = Terms(window, self)
        self.terms.changed.connect(self._show_terms)
        self.stages = StageWalker(self)
        self.stages.step_requested.connect(self.step_requested)
        self.stages.stage_changed.connect(self._allow_next)

    # --- what changed ----------------------------------------------------------------------------

    def begin(self, theta: FloatArray) -> None:
        """Take it that the run is at θ (n+1,), until the first snapshot from there comes."""
        self._theta = theta
        self._snapshot = self._told = None
        self._due.clear()

    def begin_anew(self, theta: FloatArray) -> None:
        """Forget all that belongs to the data before; the run is at θ (n+1,)."""
        self.begin(theta)
        self.terms.mark(-1)
        self.stages.begin_anew()

    def show_problem(self, cost: QuadraticCost, pair: tuple[int, int], *, fit: bool) -> None:
        """Show another cost, the one that is descended, and the two parameters that are drawn."""
        window, n = self._window, cost.n_features
        self._cost, self._pair = cost, pair
        self.terms.refresh_emphasis()
        for name in ("slices", "coefficients"):
            if window.panels.is_built(name):
                self._show_problem_in(name, fit=fit)
        window.lower_pages.set_page_visible("coefficients", n > 1)
        window.page_menu.allow("coefficients", n > 1, words.WHY_ONE_FEATURE)
        self.refresh()

    def show_panel(self, name: str) -> None:
        """Show the moment in a panel that was just built."""
        panels = self._window.panels
        if name == "ledger":
            panels.ledger.show_stage(self.stages.stage)
            panels.ledger.show_emphasis(self.stages.emphasis)
            panels.ledger.select_point(self.terms.marked)
        if name == "slices":
            panels.slices.emphasise(self.terms.emphasised)
        if name in ("slices", "coefficients"):
            self._show_problem_in(name, fit=True)
        self.refresh()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show where the run is, many times a second."""
        self._snapshot, self._theta = snapshot, snapshot.theta
        panels = self._window.panels
        if panels.is_built("slices"):
            sees_some = panels.is_seen("slices") and snapshot.next_batch is not None
            working = self._work_out(snapshot) if sees_some else None
            gradient = None if working is None else working.gradient
            is_fast = snapshot.status is Status.TRAINING and self._window.speed.is_fast
            panels.slices.show_theta(snapshot.theta, gradient, in_turn=is_fast)
        if self.terms.are_drawn:
            self._show_terms()

    def show_words(self, snapshot: Snapshot, *, at_once: bool) -> None:
        """Show the numbers of the moment, as often as one can read them.

        All at once would take longer than a frame of a fast run has: then a panel a frame.
        """
        self._told = snapshot
        self._due = list(_WITH_NUMBERS)
        while at_once and self._due:
            self._show_next(at_once=True)
        self._allow_next()

    def advance(self) -> None:
        """Go a frame further: with the panels that are due, and with the stages of the step."""
        if self._due:
            self._show_next()
        if self._snapshot is not None:
            is_training = self._snapshot.status is Status.TRAINING
            self.stages.set_pace(self._window.speed.speed, is_training)
            self.stages.on_step(self._snapshot.step)

    def refresh(self) -> None:
        """Show everything again: other panels are visible, or the problem is another."""
        panels = self._window.panels
        looks_ahead = any(map(panels.is_seen, _LOOK_AHEAD))
        self._window.data_view.set_looking_ahead(looks_ahead)
        self._window.controls.legend.show_ahead(looks_ahead)
        self.terms.set_mark_visible(panels.is_seen("ledger"))
        if self._snapshot is not None:
            self.show_frame(self._snapshot)
            self.show_words(self._snapshot, at_once=True)

    def stop(self) -> None:
        """Leave no timer running."""
        self.stages.stop()

    # --- inside ----------------------------------------------------------------------------------

    def _show_problem_in(self, name: str, *, fit: bool) -> None:
        cost, panels = self._cost, self._window.panels
        if cost is None:
            return
        names = parameter_names(cost.n_features, is_scaled=not cost.scaling.is_identity)
        if name == "coefficients":
            is_scaled = not cost.scaling.is_identity
            panels.coefficients.show_problem(names, cost.minimum, is_scaled=is_scaled)
            return
        panels.slices.show_theta(self._theta)  # before the views are fitted to it
        panels.slices.show_problem(cost, self._document.settings, names, fit=fit)
        if cost.n_features > 1:
            panels.slices.show_parameters(*self._pair)

    def _allow_next(self) -> None:
        """Offer the next stage; behind the last one only where a step can be made."""
        window, step = self._window, self._window.actions_["step"]
        self.stages.allow_step(step.isEnabled())
        can = self.stages.can_go_on and self._document.dataset.n_points > 0
        window.page_menu.allow_next_stage(can, step.toolTip())
        if window.panels.is_built("ledger"):
            window.panels.ledger.bar.allow_next(can, step.toolTip())

    def _show_next(self, *, at_once: bool = False) -> None:
        """Show the first panel that is due and can be seen; of the ledger first the sums."""
        panels = self._window.panels
        while self._due:
            name = self._due.pop(0)
            if name == _ROWS and panels.is_seen("ledger"):
                panels.ledger.show_rows()
                return
            if name != _ROWS and panels.is_seen(name):
                panel, told = getattr(panels, name), self._told
                working = None if told is None else self._work_out(told)
                if told is not None and working is not None:
                    if name == "ledger" and not at_once:
                        panels.ledger.show_working(working, rows_later=True)
                        self._due.insert(0, _ROWS)
                    else:
                        panel.show_working(working)
                    if told.status is not Status.TRAINING:
                        panel.rest()
                return

    def _show_terms(self) -> None:
        is_needed = self.terms.are_drawn and self._snapshot is not None
        working = self._work_out(self._snapshot) if is_needed and self._snapshot else None
        self.terms.show(working, self._pair)

    def _work_out(self, snapshot: Snapshot) -> Working | None:
        """Return the next step from a snapshot; None where it is of other data than these."""
        cost, dataset, settings = self._cost, self._document.dataset, self._document.settings
        worked = (snapshot, cost, dataset, settings)
        if len(self._worked) == len(worked) and all(map(_is, worked, self._worked)):
            return self._working
        self._worked, self._working = worked, None
        if cost is None or len(snapshot.theta) != dataset.n_features + 1:
            return None
        batch = snapshot.next_batch
        if batch is not None and len(batch) and int(batch.max()) >= dataset.n_points:
            return None
        self._working = Working.of(
            dataset, settings, cost, snapshot.theta, batch, snapshot.next_sums
        )
        return self._working


def _is(one: object, other: object) -> bool:
    return one is other
