"""What a run looks like at one moment: all that crosses from the worker to the window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.window import BatchSums

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
IndexArray = npt.NDArray[np.intp]


class Status(StrEnum):
    """What a run is doing."""

    READY = "ready"
    TRAINING = "training"
    PAUSED = "paused"
    CONVERGED = "converged"
    STOPPED = "stopped"
    DIVERGED = "diverged"


class Trend(StrEnum):
    """The finer verdict on a run that has not ended."""

    NONE = "none"
    OSCILLATING = "oscillating"
    DIVERGING = "diverging"
    WANDERING = "wandering"


@dataclass(frozen=True, eq=False)
class Trace:
    """The recorded history: steps, epochs, costs (k,) and θ (k, n+1) in the person's units.

    The arrays become read-only: they cross threads.
    """

    steps: IntArray
    epochs: IntArray
    costs: FloatArray
    thetas: FloatArray

    def __post_init__(self) -> None:
        self.steps.setflags(write=False)
        self.epochs.setflags(write=False)
        self.costs.setflags(write=False)
        self.thetas.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The newest state of a run. Its arrays become read-only: they cross threads.

    Attributes:
        step: parameter updates made.
        epoch: passes completed over all points.
        theta: (b, w₁ … wₙ) in the person's units.
        cost: J over all points.
        gap: J − J_min.
        gradient: ∇J over all points (n+1,), in the coordinates of the descent.
        gradient_norm: |∇J|.
        status: what the run is doing.
        trend: the finer verdict.
        growth: by how much |θ − θ*| grows or shrinks per step of late; 1 where unknown.
        steps_to_go: steps until converged at the present rate; infinite where it never will be,
            NaN where nobody knows, as in stochastic descent.
        can_continue: whether another step would do anything useful.
        can_step_back: whether a step can be taken back.
        last_batch: the indices of the points that the last step used; None for all of them, and
            none where the data, the settings or θ were changed since.
        next_batch: the indices of the points that the next step will use; None for all of them.
        next_sums: the sums over those points, where they are so many that they are not to be
            gathered again.
        trace: path and costs so far.
        message: why the run ended, where it ended for an unforeseen reason.
        run: which run this is of, counted by whoever began it.

    """

    step: int
    epoch: int
    theta: FloatArray
    cost: float
    gap: float
    gradient: FloatArray
    gradient_norm: float
    status: Status
    trend: Trend
    growth: float
    steps_to_go: float
    can_continue: bool
    can_step_back: bool
    last_batch: IndexArray | None
    trace: Trace
    next_batch: IndexArray | None = None
    next_sums: BatchSums | None = None
    message: str = ""
    run: int = 0

    def __post_init__(self) -> None:
        self.theta.setflags(write=False)
        self.gradient.setflags(write=False)
        if self.last_batch is not None:
            self.last_batch.setflags(write=False)
        if self.next_batch is not None:
            self.next_batch.setflags(write=False)

    def with_status(self, status: Status, message: str = "") -> Self:
        """Return the snapshot with another status."""
        return replace(self, status=status, message=message)

    def of_run(self, run: int) -> Self:
        """Return the snapshot as one of the run with this number."""
        return replace(self, run=run)
