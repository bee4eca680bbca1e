"""The part of the plane of the parameters that a run asks to see."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdviz.ui.plots.contour_state import ContourState
from gdviz.ui.plots.terrain import Terrain
from gdviz.ui.plots.view_follower import Box

FloatArray = npt.NDArray[np.float64]

# Up to this condition number both axes can have one scale, and the gradient looks perpendicular.
_LARGEST_TRUE_SHAPE = 400.0


def home_box(state: ContourState, terrain: Terrain) -> Box:
    """Return the part of the plane that start, minimum and dot ask for."""
    plane = terrain.descended
    inside = terrain.inside(np.array(terrain.start))
    start, minimum = plane.place(inside), plane.place(terrain.constrained.minimum)
    corners = np.array((start, minimum, state.dot, state.lowest))
    center = (corners.max(axis=0) + corners.min(axis=0)) / 2
    half = (corners.max(axis=0) - corners.min(axis=0)) / 2 * 1.35
    bowl = terrain.bowl(inside)
    gap = (
        float(bowl.gaps(start[np.newaxis])[0])
        if terrain.is_slice
        else terrain.constrained.gap(inside)
    )
    if gap > 0:
        half = np.maximum(half, 0.55 * _reach(np.abs(start - minimum), bowl.extent(gap)))
    half = np.where(half > 0, half, 1.0)
    low, high = bowl.eigenvalues
    is_true_shape = low > 0 and high / low <= _LARGEST_TRUE_SHAPE
    x, y = map(float, center)
    return Box(x, y, float(half[0]), float(half[1]), bool(is_true_shape))


def _reach(distance: FloatArray, extent: FloatArray) -> FloatArray:
    """Return how far (2,) the view reaches along each axis: to the level set, within reason.

    ``extent`` is half the size of the ellipse through the start. A narrow one reaches far beyond
    the start and the minimum, which are ``distance`` apart: it is shown to three times that.
    """
    within = 3 * distance
    is_finite = np.isfinite(extent)  # it is not in a valley
    share = np.divide(within, extent, out=np.zeros(2), where=is_finite).max()
    # Along an axis on which they are not apart at all, the ellipse's own shape says how far.
    shape = np.full(2, within.max())
    np.multiply(extent, min(share, 1.0), out=shape, where=is_finite)
    return np.minimum(extent, np.where(within > 1e-6 * shape, within, shape))
