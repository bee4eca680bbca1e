"""What the contour is drawn of: the cost over the plane of two parameters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost
from gdviz.core.plane import Plane
from gdviz.ui.plots.contours import Bowl

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Terrain:
    """J over two parameters, the others held where θ has them.

    cost: J over all points with b free, in the descent's coordinates: its level sets are drawn.
    constrained: the J that is descended, with b held at 0 if so set: its minimum is marked.
    start: where the run starts, θ in the person's units.
    pair: the two parameters, as indices into θ.
    """

    cost: QuadraticCost
    constrained: QuadraticCost
    start: tuple[float, ...]
    pair: tuple[int, int] = (0, 1)

    @cached_property
    def drawn(self) -> Plane:
        """The plane whose level sets are drawn."""
        return Plane(self.cost, self.pair)

    @cached_property
    def descended(self) -> Plane:
        """The plane in which the run moves."""
        return Plane(self.constrained, self.pair)

    @cached_property
    def _shape(self) -> Bowl:
        return Bowl.of(np.zeros(2), self.drawn.hessian)

    @property
    def is_slice(self) -> bool:
        """Whether other parameters are held."""
        return not self.drawn.is_whole

    @cached_property
    def goal(self) -> FloatArray | None:
        """The minimum over all parameters, seen in this plane; None where it is not one place."""
        if not self.is_slice or len(self.constrained.flat_directions):
            return None
        return self.descended.place(self.constrained.minimum)

    @property
    def holds_intercept(self) -> bool:
        """Whether b is an axis, but held at 0."""
        return self.pair[0] == 0 and not self.constrained.fit_intercept

    @property
    def has_points(self) -> bool:
        """Whether there is anything to draw."""
        return self.cost.n_points > 0

    def fits(self, theta: FloatArray | tuple[float, ...]) -> bool:
        """Whether θ has as many numbers as this cost has parameters."""
        return len(theta) == self.cost.n_features + 1

    def inside(self, theta: FloatArray) -> FloatArray:
        """Return θ, shape (…, n+1), in the descent's coordinates."""
        return self.cost.scaling.from_user(theta)

    def bowl(self, inside: FloatArray) -> Bowl:
        """Return the level sets of the slice through θ (n+1,), in the descent's coordinates."""
        return self._shape.at(self.drawn.lowest(inside))

    def theta_at(self, place: tuple[float, float], inside: FloatArray) -> tuple[float, ...]:
        """Return θ in the person's units, at a place (2,) of the slice through another θ."""
        x, y = place
        if self.holds_intercept:
            x = 0.0
        theta = self.cost.scaling.to_user(self.drawn.with_place(inside, np.array((x, y))))
        return tuple(float(value) for value in theta)
