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
        """Return the closed curve J − J_min = ``level``, (k, 2), cut far outside the view."""
        return self.outlines(np.array((level,)), x_range, y_range)[0]

    def outlines(self, levels: FloatArray, x_range: Range, y_range: Range) -> list[FloatArray]:
        """Return the closed curves J − J_min = level of levels (j,), (k, 2) each or empty.

        Only the part along the long axis that the view can see is sampled, so that ellipses a
        million times as long as wide, and the straight strips of a valley, come out smooth.
        """
        if self.eigenvalues[1] <= 0:
            return [np.empty((0, 2))] * len(levels)
        corners = np.array([(x, y) for x in x_range for y in y_range]) - self.center
        along, across = (corners @ self.axes).T
        low, high = _beyond(along)
        left, right = _beyond(across)
        half_width = np.sqrt(2 * levels / self.eigenvalues[1])[:, np.newaxis]
        if self.eigenvalues[0] > 0:
            half_length = np.sqrt(2 * levels / self.eigenvalues[0])
            ends = np.clip((low / half_length, high / half_length), -1.0, 1.0)
            first, last = np.arccos(ends)
            angle = np.linspace(first, last, _SAMPLES, axis=1)
            u, v = half_length[:, np.newaxis] * np.cos(angle), half_width * np.sin(angle)
            is_seen = ends[0] < ends[1]
        else:
            u = np.tile((low, high), (len(levels), 1))
            v = np.tile(half_width, 2)
            is_seen = np.ones(len(levels), dtype=bool)
        # Cut across as well: a raster engine walks every line of a polygon, seen or not.
        u = np.concatenate((u, u[:, ::-1]), axis=1)
        v = np.concatenate((np.clip(v, left, right), np.clip(-v[:, ::-1], left, right)), axis=1)
        curves = self.center + np.stack((u, v), axis=-1) @ self.axes.T
        return [curve if seen else curve[:0] for curve, seen in zip(curves, is_seen, strict=True)]

    def extent(self, level: float) -> FloatArray:
        """Return half the width and height (2,) of the ellipse of a level; infinite in a valley."""
        if self.eigenvalues[0] <= 0:
            return np.full(2, np.inf)
        inverse = (self.axes**2) @ (1 / self.eigenvalues)
        return np.asarray(np.sqrt(2 * level * inverse))


def _beyond(places: FloatArray) -> Range:
    """Return the range of places, a fifth wider at either end."""
    low, high = float(places.min()), float(places.max())
    reach = 0.2 * (high - low)
    return low - reach, high + reach
