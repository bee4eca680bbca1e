"""When a run ends: the bounds on J − J_min and |∇J| at which it has converged or diverged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost
from gdviz.core.kernels import Kernel
from gdviz.core.sampling import Position, Sampler
from gdviz.core.snapshot import Status
from gdviz.core.stability import LearningRateLimits

FloatArray = npt.NDArray[np.float64]

# J − J_min may grow by this factor before a run counts as diverged.
_DIVERGED = 1e8
# A start nearer to the minimum than this share of the data's own spread has no scale of its own:
# shrinking a rounding error a millionfold would take forever.
_NEAR = 1e-12
# Stochastic runs are judged at the end of an epoch, where all points had their say, but not after
# fewer steps than this: judging costs as much as ten steps.
_STEPS_BETWEEN_JUDGEMENTS = 200


@dataclass(frozen=True)
class Criteria:
    """The bounds for one stretch of a run.

    Attributes:
        goal_gap: converged where J − J_min is at most this …
        goal_norm: … and |∇J| at most this.
        largest_gap: diverged where J − J_min is above this.

    """

    goal_gap: float
    goal_norm: float
    largest_gap: float

    @classmethod
    def measured(
        cls,
        kernel: Kernel,
        cost: QuadraticCost,
        limit: LearningRateLimits,
        tolerance: float,
        reference: FloatArray,
        now: FloatArray,
    ) -> Self:
        """Return bounds relative to what is measured at ``reference`` and at ``now``, θ (n+1,)."""
        gap, norm = kernel.measure(reference)
        spread = cost.weight * float(cost.moments.scatter[-1, -1])
        floor = max(tolerance**2 * _NEAR * spread, cost.rounding_gap)
        # |∇J|² ≤ 2 λ_max (J − J_min): what the floor means for the gradient.
        floor_norm = math.sqrt(2 * limit.lambda_max) * math.sqrt(floor)
        return cls(
            goal_gap=max(tolerance**2 * gap, floor),
            goal_norm=max(tolerance * norm, floor_norm),
            largest_gap=_DIVERGED
            * max(gap, kernel.measure(now)[0], spread, cost.rounding_gap, 1e-280),
        )

    def judge(self, gap: float, norm: float, may_converge: bool) -> Status | None:
        """Return CONVERGED, DIVERGED or, where the run goes on, None."""
        if not gap <= self.largest_gap or not math.isfinite(norm):
            return Status.DIVERGED
        if may_converge and gap <= self.goal_gap and norm <= self.goal_norm:
            return Status.CONVERGED
        return None

    def may_end_among(self, gaps: FloatArray) -> bool:
        """Whether the run may end at one of these J − J_min, shape (k,)."""
        inside = (gaps > 2 * self.goal_gap) & (gaps < 0.5 * self.largest_gap)
        return not bool(inside.all())


class Judgements:
    """At which steps a run is judged, so that it ends at the same step however it is run."""

    def __init__(self, sampler: Sampler, is_batch: bool) -> None:
        self._sampler = sampler
        self._is_batch = is_batch
        self._epochs = 1 if is_batch else -(-_STEPS_BETWEEN_JUDGEMENTS // sampler.steps_per_epoch)

    def may_converge(self, at: Position) -> bool:
        """Whether a run that stands at ``at`` is looked at for convergence."""
        return self._is_batch or (at.offset == 0 and at.epoch % self._epochs == 0)

    def steps_to_next(self, at: Position) -> int:
        """Return after how many steps a stochastic run is judged next."""
        sampler = self._sampler
        epochs = self._epochs - 1 - at.epoch % self._epochs
        return sampler.steps_left(at) + epochs * sampler.steps_per_epoch
