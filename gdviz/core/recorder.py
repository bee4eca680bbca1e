"""Chooses which steps of a run are kept, and keeps them as a person reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from gdviz.core.history import History
from gdviz.core.rewind import State
from gdviz.core.runner import Leg
from gdviz.core.setup import Setup
from gdviz.core.snapshot import Trace

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

Witness = Callable[[IntArray, IntArray, FloatArray, FloatArray], None]
"""What is told of every step of a run: steps, epochs and costs (k,), θ (k, n+1)."""


class Recorder:
    """The record of one run, from its start on."""

    def __init__(self, n_features: int) -> None:
        self._history = History(n_features)

    def due(self, before: State, n_steps: int) -> Sequence[int]:
        """Return which of the next steps are to be kept."""
        return self._history.due(before.step, before.step + n_steps)

    def note_change(self, setup: Setup, state: State) -> None:
        """Keep where a change has left the run, and every step again from here on."""
        history = self._history
        history.mark(state.step)
        cost, theta = setup.cost.cost(state.theta), setup.cost.scaling.to_user(state.theta)
        if not history.ends_with(state.step, cost, theta):
            history.record(*setup.described([state.step], state, state.theta[np.newaxis]))

    def keep(
        self, setup: Setup, before: State, leg: Leg, due: Sequence[int], witness: Witness | None
    ) -> None:
        """Keep those of a leg's steps that are due, and its end; tell the witness of all."""
        if not leg.steps:
            return
        steps, epochs, costs, thetas = setup.described(
            leg.steps, before, np.concatenate(leg.thetas)
        )
        kept = np.ones(len(steps), dtype=bool)
        if witness is not None:
            witness(steps, epochs, costs, thetas)
            kept = np.isin(steps, due)
            kept[-1] |= leg.verdict is not None
        self._history.record(steps[kept], epochs[kept], costs[kept], thetas[kept])

    def go_back(self, step: int) -> None:
        """Forget what lies after ``step``."""
        self._history.truncate(step)
        self._history.mark(step)

    def trace(self, state: State, cost: float, theta: FloatArray) -> Trace:
        """Return a copy of the record, which ends at ``state`` with this J and the person's θ."""
        return self._history.trace(state.step, state.at.epoch, cost, theta)
