"""The cost along one parameter, all others held: a parabola, and what a step does on it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost
from gdviz.core.scaling import Scaling

FloatArray = npt.NDArray[np.float64]

# A factor this near to 0 lands at the bottom, as far as an eye can tell; ηh below it hardly moves.
_NEAR = 0.1
# Closer to the bottom than this, relative to where it lies, is at the bottom.
_SAME = 1e-13


class StepKind(StrEnum):
    """What a step does along one parameter, by its factor 1 − ηh."""

    FLAT = "flat"
    TINY = "tiny"
    SMOOTH = "smooth"
    LANDS = "lands"
    OVERSHOOTS = "overshoots"
    CLIMBS_OUT = "climbs out"

    @classmethod
    def of(cls, factor: float, curvature: float) -> Self:
        """Return the kind of a step that leaves ``factor`` of the distance to the bottom."""
        if curvature <= 0:
            return cls("flat")
        if abs(factor) < _NEAR:
            return cls("lands")
        if factor < 0:
            return cls("climbs out" if factor < -1 else "overshoots")
        return cls("tiny" if factor > 1 - _NEAR else "smooth")


@dataclass(frozen=True, eq=False)
class Slice:
    """J(t) = J(t*) + ½ h (t − t*)², t being one parameter in the coordinates of the descent.

    It is the Taylor series J(t₀) + g (t − t₀) + ½ h (t − t₀)², which for a quadratic ends there,
    about its own lowest place t* = t₀ − g/h, where it can be taken without cancellation.

    Source: Boyd and Vandenberghe, Convex Optimization (2004), §9.1 and A.1.

    Attributes:
        parameter: which entry of θ varies.
        theta: where the descent is, (n+1,), in its coordinates.
        scaling: from the person's units to those.
        here: t₀, the entry of θ.
        cost: J(θ).
        gradient: g = ∂J/∂t over all points: the slope of the tangent.
        step_gradient: the same over the points that the step sees; it is what the step follows.
        curvature: h = ∂²J/∂t².
        lowest: t*; t₀ where the slice is flat.
        lowest_cost: J(t*).
        goal: this parameter at the minimum of J over all parameters; of a valley, the nearest one.
        goal_cost: J there.
        rate: η.

    """

    parameter: int
    theta: FloatArray
    scaling: Scaling
    here: float
    cost: float
    gradient: float
    step_gradient: float
    curvature: float
    lowest: float
    lowest_cost: float
    goal: float
    goal_cost: float
    rate: float

    @classmethod
    def of(
        cls,
        cost: QuadraticCost,
        theta: FloatArray,
        parameter: int,
        rate: float,
        step_gradient: FloatArray | None = None,
    ) -> Self:
        """Cut J along a parameter through ``theta`` (n+1,), which is in the person's units.

        ``step_gradient`` (n+1,), in the coordinates of the descent, is that of the points which the
        step sees; None where it sees all of them.
        """
        with np.errstate(all="ignore"):  # a run may have gone as far as numbers go
            inside = cost.scaling.from_user(np.array(theta, dtype=np.float64))
            if not cost.fit_intercept:
                inside[0] = 0.0
            gradient = float(cost.gradient(inside)[parameter])
            curvature = float(cost.hessian[parameter, parameter])
            here = float(inside[parameter])
            bottom = inside.copy()
            if curvature > 0:
                bottom[parameter] -= gradient / curvature
            goal = cost.minimum
            for flat in cost.flat_directions:
                goal = goal + flat * float(flat @ (inside - goal))
            return cls(
                parameter=parameter,
                theta=inside,
                scaling=cost.scaling,
                here=here,
                cost=cost.cost(inside),
                gradient=gradient,
                step_gradient=gradient
                if step_gradient is None
                else float(step_gradient[parameter]),
                curvature=curvature,
                lowest=float(bottom[parameter]),
                lowest_cost=cost.cost(bottom),
                goal=float(goal[parameter]),
                goal_cost=cost.minimum_cost,
                rate=rate,
            )

    # --- the parabola ----------------------------------------------------------------------------

    def at(self, t: float) -> float:
        """J(t)."""
        away = t - self.lowest
        return self.lowest_cost + 0.5 * self.curvature * away * away

    def slope_at(self, t: float) -> float:
        """J'(t) = h (t − t*)."""
        return self.curvature * (t - self.lowest)

    def reach(self, level: float) -> float:
        """Return how far from t* the parabola has risen to ``level``; infinite if it never does."""
        if level <= self.lowest_cost:
            return 0.0
        if self.curvature <= 0:
            return math.inf
        return math.sqrt(2 * (level - self.lowest_cost) / self.curvature)

    @property
    def is_finite(self) -> bool:
        """Whether it can be drawn: beyond 10³⁰⁸ there are no numbers."""
        return all(
            map(math.isfinite, (self.here, self.cost, self.gradient, self.lowest, self.lowest_cost))
        )

    # --- the step --------------------------------------------------------------------------------

    @property
    def step(self) -> float:
        """−η times the gradient of the points that the step sees."""
        return -self.rate * self.step_gradient

    @property
    def landing(self) -> float:
        """Where the step leads: t₀ − ηg."""
        return self.here + self.step

    @property
    def landing_cost(self) -> float:
        """J there, the other parameters held."""
        return self.at(self.landing)

    @property
    def factor(self) -> float:
        """1 − ηh: what a step along J's own gradient leaves of the distance to the bottom."""
        return 1 - self.rate * self.curvature

    @property
    def kind(self) -> StepKind:
        """What such a step does."""
        return StepKind.of(self.factor, self.curvature)

    @property
    def follows_tangent(self) -> bool:
        """Whether the step sees all points, so that it goes down the tangent that is drawn."""
        return math.isclose(self.step_gradient, self.gradient, rel_tol=1e-9)

    @property
    def is_at_lowest(self) -> bool:
        """Whether t₀ is the lowest place, up to rounding."""
        size = max(abs(self.here), abs(self.lowest), abs(self.goal))
        return abs(self.here - self.lowest) <= _SAME * size

    # --- other places on it ----------------------------------------------------------------------

    def moved(self, t: float) -> Self:
        """Return the same slice with t₀ elsewhere on it, the step seeing all points."""
        theta = self.theta.copy()
        theta[self.parameter] = t
        gradient = self.slope_at(t)
        return replace(
            self,
            theta=theta,
            here=t,
            cost=self.at(t),
            gradient=gradient,
            step_gradient=gradient,
        )

    @property
    def theta_in_units(self) -> tuple[float, ...]:
        """θ as a person knows it."""
        return tuple(float(value) for value in self.scaling.to_user(self.theta))
