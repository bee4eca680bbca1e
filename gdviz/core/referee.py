"""Judges a run: what it is measured against, when it has ended, what it does until then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdviz.core.ending import Criteria
from gdviz.core.setup import Setup
from gdviz.core.snapshot import Trend
from gdviz.core.trend import TrendWatch

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """How a run stands: J − J_min, |∇J|, and the finer verdict as in a snapshot."""

    gap: float
    gradient_norm: float
    trend: Trend
    growth: float
    steps_to_go: float


class Referee:
    """Keeps what a run is measured against while its data, settings and θ change.

    'Tiny' and 'grown' are relative to a reference: the start, or where the data or θ were last
    changed. θ (n+1,) is in the coordinates of the descent.

    Attributes:
        criteria: the bounds at which the run ends, as they are under the present settings.

    """

    criteria: Criteria

    def take_on(self, setup: Setup) -> None:
        """Judge by other data or settings from now on; the reference stays."""
        self._setup = setup
        self._trend = TrendWatch(
            setup.settings, setup.cost, setup.limits, setup.sampler.steps_per_epoch
        )

    def refer_to(self, theta: FloatArray) -> None:
        """Measure from here what 'tiny' and 'grown' mean."""
        # In the person's units: other settings have other coordinates.
        self._reference = self._setup.cost.scaling.to_user(theta)
        self.refer_anew(theta)

    def refer_anew(self, theta: FloatArray) -> None:
        """Set the bounds for a run at θ by the reference of before."""
        reference = self._setup.held(self._setup.cost.scaling.from_user(self._reference))
        self.criteria = self._setup.criteria(reference, theta)

    def restart(self, theta: FloatArray) -> None:
        """Watch from here how the run goes on."""
        self._trend.restart(self._gap(theta))

    def watch(self, theta: FloatArray, n_steps: int) -> None:
        """Take note of where ``n_steps`` more steps have led."""
        self._trend.watch(self._gap(theta), n_steps)

    def judge(self, theta: FloatArray) -> Standing:
        """Return how a run stands that is at θ."""
        gap, norm = self._setup.kernel.measure(theta)
        trend = self._trend
        return Standing(
            gap,
            norm,
            trend.judge(gap, theta),
            trend.growth,
            trend.steps_to_go(gap, self.criteria.goal_gap),
        )

    def _gap(self, theta: FloatArray) -> float:
        return self._setup.kernel.measure(theta)[0]
