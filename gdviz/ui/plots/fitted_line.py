"""The line y = m x + b in pixels, and whether it can be seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdviz.ui.plots.canvas import PixelMap
from gdviz.ui.plots.plot import clipped_line

FloatArray = npt.NDArray[np.float64]

_SHORTEST_SEEN = 12.0


def line_pixels(pixel_map: PixelMap, slope: float, intercept: float) -> FloatArray:
    """Return the pixels (2, 2) of the ends of y = m x + b, just out of sight; (0, 2) if none."""
    (x0, x1), (y0, y1) = pixel_map.ranges
    width, height = 0.02 * (x1 - x0), 0.02 * (y1 - y0)
    x, y = clipped_line(slope, intercept, (x0 - width, x1 + width), (y0 - height, y1 + height))
    return pixel_map.points(x, y)


def is_seen(pixels: FloatArray, pixel_map: PixelMap) -> bool:
    """Whether a segment, cut to a little more than the view, is long enough to be noticed in it."""
    if len(pixels) == 0:
        return False
    inside = np.clip(pixels, 0, (pixel_map.width, pixel_map.height))
    return bool(np.abs(inside[1] - inside[0]).max() > _SHORTEST_SEEN)
