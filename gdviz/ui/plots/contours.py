"""Exact level sets of a quadratic: ellipses, or strips where the cost is a valley."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Range = tuple[float, float]

_SAMPLES = 96
# Colour bands run over so many powers of ten below the highest cost in view.
DECADES = 4.5
BANDS_PER_DECADE = 4


@dataclass(frozen=True, eq=False)
class Bowl:
    """J − J_min = ½ dᵀ H d around ``center`` in the plane of two parameters.

    center (2,), H (2, 2); eigenvalues (2,) ascending and ``axes`` (2, 2), columns. An eigenvalue of
    0 makes a valley.
    """

    center: FloatArray
    hessian: FloatArray
    eigenvalues: FloatArray
    axes: FloatArray

    @classmethod
    def of(cls, center: FloatArray, hessian: FloatArray) -> Bowl:
        """Return the bowl of a Hessian."""
        values, axes = np.linalg.eigh(hessian)
        largest = float(values[-1])
        values = np.where(values > 1e-15 * largest, values, 0.0)
        return cls(np.asarray(center), np.asarray(hessian), values, axes)

    def at(self, center: FloatArray) -> Bowl:
        """Return the same bowl around another place."""
        return replace(self, center=center)

    def gaps(self, points: FloatArray) -> FloatArray:
        """Return J − J_min at points (k, 2), shape (k,)."""
        along = (points - self.center) @ self.axes
        return np.asarray(0.5 * (along**2 @ self.eigenvalues))

    def levels(self, x_range: Range, y_range: Range) -> FloatArray:
        """Return levels of J − J_min, descending, evenly spaced in the logarithm.

        They are the same numbers for every view, so that lines stay where they are while the view
        moves; which of them are drawn depends on the highest cost in view.
        """
        corners = np.array([(x, y) for x in x_range for y in y_range])
        highest = float(self.gaps(corners).max())
        if not 0 < highest < np.inf:
            return np.empty(0)
        top = np.floor(np.log10(highest) * BANDS_PER_DECADE)
        count = int(DECADES * BANDS_PER_DECADE)
        return np.asarray(10.0 ** ((top - np.arange(count)) / BANDS_PER_DECADE))

    def outline(self, level: float, x_range: Range, y_range: Range) -> FloatArray:
        """Return the closed curve J − J_min = ``level``, (k, 2), cut far outside the view.

        Only the part along the long axis that the view can see is sampled, so that ellipses a
        million times as long as wide, and the straight strips of a valley, come out smooth.
        """
        if self.eigenvalues[1] <= 0:
            return np.empty((0, 2))
        half_width = np.sqrt(2 * level / self.eigenvalues[1])
        corners = np.array([(x, y) for x in x_range for y in y_range])
        along = (corners - self.center) @ self.axes[:, 0]
        reach = float(along.max() - along.min()) * 0.2
        low, high = float(along.min()) - reach, float(along.max()) + reach
        if self.eigenvalues[0] > 0:
            half_length = np.sqrt(2 * level / self.eigenvalues[0])
            low, high = max(low, -half_length), min(high, half_length)
            if low >= high:
                return np.empty((0, 2))
            angle = np.linspace(
                np.arccos(low / half_length), np.arccos(high / half_length), _SAMPLES
            )
            u, v = half_length * np.cos(angle), half_width * np.sin(angle)
        else:
            u = np.array((low, high))
            v = np.full(2, half_width)
        # Cut across as well: a raster engine walks every line of a polygon, seen or not.
        across = (corners - self.center) @ self.axes[:, 1]
        beyond = float(across.max() - across.min()) * 0.2
        top = np.clip(v, across.min() - beyond, across.max() + beyond)
        bottom = np.clip(-v, across.min() - beyond, across.max() + beyond)
        u, v = np.concatenate((u, u[::-1])), np.concatenate((top, bottom[::-1]))
        return np.asarray(self.center + np.outer(u, self.axes[:, 0]) + np.outer(v, self.axes[:, 1]))

    def extent(self, level: float) -> FloatArray:
        """Return half the width and height (2,) of the ellipse of a level; infinite in a valley."""
        if self.eigenvalues[0] <= 0:
            return np.full(2, np.inf)
        inverse = (self.axes**2) @ (1 / self.eigenvalues)
        return np.asarray(np.sqrt(2 * level * inverse))
