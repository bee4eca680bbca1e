"""The path of the dot: crisp where it goes somewhere, a veil where it only wanders about."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QPainter

from gdviz.ui.plots.canvas import (
    CachedLayer,
    PixelMap,
    draw_ringed_dots,
)
from gdviz.ui.plots.contour_state import ContourState
from gdviz.ui.plots.long_line import draw_line, draw_long_line
from gdviz.ui.theme import Theme, with_alpha

FloatArray = npt.NDArray[np.float64]

_MOST_VERTEX_DOTS = 120
# A path so many times as long as it reaches begins to fade, and is faintest from there on.
_FADES_FROM, _FADES_TO = 4.0, 14.0
_FAINTEST = 0.36
# The way to where it wanders stays, and so do the last steps.
_WAY_THERE = 1.3
_LAST_STEPS = 24


class PathLayers:
    """Paints the path of a ContourState: as recorded, and from there to the dot."""

    def __init__(self, state: ContourState, theme: Theme) -> None:
        self._state = state
        self.theme = theme
        self.recorded = CachedLayer(self._draw_recorded)

    def draw_last_way(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the way from the last recorded step to the dot."""
        if len(self._state.path):
            ends = np.array((self._state.path[-1], self._state.dot))
            self._draw_way(painter, pixel_map, pixel_map.points(ends[:, 0], ends[:, 1]))

    def _draw_recorded(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the path up to the last recorded step; kept as an image until there is more."""
        path = self._state.path
        pixels = pixel_map.points(path[:, 0], path[:, 1])
        if len(path) <= _MOST_VERTEX_DOTS:
            self._draw_way(painter, pixel_map, pixels)
            ring = with_alpha(self.theme.halo, 0.9)
            draw_ringed_dots(painter, pixels, 4.0, QColor(self.theme.line), ring)
            return
        opacity, way_there = _wandering(pixels)
        if opacity == 1:
            self._draw_way(painter, pixel_map, pixels)
            return
        self._draw_way(painter, pixel_map, pixels[:way_there])
        painter.setOpacity(opacity)
        draw_long_line(painter, pixel_map, pixels[max(way_there - 1, 0) :], QColor(self.theme.line))
        painter.setOpacity(1)
        self._draw_way(painter, pixel_map, pixels[max(way_there - 1, len(pixels) - _LAST_STEPS) :])

    def _draw_way(self, painter: QPainter, pixel_map: PixelMap, pixels: FloatArray) -> None:
        halo, color = with_alpha(self.theme.halo, 0.5), QColor(self.theme.line)
        draw_line(painter, pixel_map, pixels, color, halo)


def _wandering(pixels: FloatArray) -> tuple[float, int]:
    """Return how opaque a path through pixels (k, 2) is where it wanders, and from which vertex on.

    It wanders where it is many times as long as it reaches.
    """
    lengths = np.hypot(*np.diff(pixels, axis=0).T)
    reach = float(np.hypot(*np.ptp(pixels, axis=0)))
    if reach <= 0:
        return 1.0, 0
    so_far = np.cumsum(lengths) / reach
    share = (float(so_far[-1]) - _FADES_FROM) / (_FADES_TO - _FADES_FROM)
    opacity = 1 - (1 - _FAINTEST) * min(max(share, 0.0), 1.0)
    return opacity, int(np.searchsorted(so_far, _WAY_THERE)) + 1
