"""A wide line through any number of vertices, at the cost of a thin one where there are many.

Stroking a jagged curve with a wide pen takes 100 ms at 4,000 vertices, a thin one 1 to 4. So it is
drawn thin, and the picture of it laid over itself a pixel aside.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gdviz.ui.plots.canvas import PixelMap, blank_image, draw_polyline, make_pen, polygon

FloatArray = npt.NDArray[np.float64]

_WIDTH, _HALO_WIDTH, _STROKED_HALO_WIDTH = 2.0, 4.0, 3.6
# Stroked up to so many vertices, sharp turns and pixels; a vertex takes 12 µs.
_FEW, _MOST_TURNS, _FARTHEST_STROKED = 150, 80, 2500.0
# The other way takes 9 ns for each pixel of the plot: so many pixels are worth a vertex.
_PIXELS_PER_VERTEX = 1300
_SHARP = 0.35  # radians
# Vertices that are nearer to each other, along the line, make no difference that is seen.
_APART = 2.0
# A line longer than this fills what it covers: smoothing it is not seen, and takes twice as long.
_LONGEST_SMOOTH_PIXELS = 300_000.0


def draw_line(
    painter: QPainter,
    pixel_map: PixelMap,
    pixels: FloatArray,
    color: QColor,
    halo: QColor | None = None,
) -> None:
    """Draw a line through pixels (k, 2), with a halo around it or none, in the quickest way."""
    if len(pixels) < 2:
        return
    pixels = _thinned(pixels) if len(pixels) > 2 else pixels
    if len(pixels) > 2 and _is_long_to_stroke(pixel_map, pixels):
        draw_long_line(painter, pixel_map, pixels, color, halo)
        return
    if halo is not None:
        draw_polyline(painter, pixels, make_pen(halo, _STROKED_HALO_WIDTH))
    draw_polyline(painter, pixels, make_pen(color, _WIDTH))


def draw_long_line(
    painter: QPainter,
    pixel_map: PixelMap,
    pixels: FloatArray,
    color: QColor,
    halo: QColor | None = None,
) -> None:
    """Draw a line through pixels (k, 2), as wide as a short one, with a halo around it or none."""
    if len(pixels) < 2:
        return
    thin = _thin(pixel_map, pixels, color)
    width = round(_WIDTH * pixel_map.ratio)
    line = _thickened(thin, 1, width)
    if halo is not None:
        halo_width = round(_HALO_WIDTH * pixel_map.ratio)
        around = _tinted(_thickened(line, width, halo_width), halo)
        _lay(painter, around, halo_width, pixel_map.ratio)
    _lay(painter, line, width, pixel_map.ratio)


def _is_long_to_stroke(pixel_map: PixelMap, pixels: FloatArray) -> bool:
    """Whether a line takes longer to stroke than to lay upon itself."""
    area = pixel_map.width * pixel_map.height
    if len(pixels) > max(area / _PIXELS_PER_VERTEX, _FEW):
        return True
    seen = np.clip(pixels, 0, (pixel_map.width, pixel_map.height))
    ways = np.diff(seen, axis=0)
    angles = np.arctan2(ways[:, 1], ways[:, 0])
    turns = np.abs((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi)
    is_jagged = np.count_nonzero(turns > _SHARP) > _MOST_TURNS
    return bool(is_jagged or np.hypot(*ways.T).sum() > _FARTHEST_STROKED)


def _thinned(pixels: FloatArray) -> FloatArray:
    """Return the line without vertices that are too near to the one before to make a difference."""
    along = np.cumsum(np.hypot(*np.diff(pixels, axis=0, prepend=pixels[:1]).T))
    is_kept = np.diff(np.floor(along / _APART), prepend=-1.0) > 0
    is_kept[-1] = True
    return pixels[is_kept]


def _thin(pixel_map: PixelMap, pixels: FloatArray, color: QColor) -> QImage:
    """Return a picture of the line, one of the screen's pixels wide."""
    image = blank_image(pixel_map)
    length = float(np.abs(np.diff(pixels, axis=0)).sum())
    pen = QPen(make_pen(color))
    pen.setCosmetic(True)  # thin lines have a way of their own, whatever the screen's pixels
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, length <= _LONGEST_SMOOTH_PIXELS)
        painter.setPen(pen)
        painter.drawPolyline(polygon(pixels))
    image.setDevicePixelRatio(1)
    return image


def _thickened(image: QImage, width: int, wanted: int) -> QImage:
    """Return the picture with its lines wider, to the right and downwards."""
    while width < wanted:
        aside = min(width, wanted - width)
        for shift in (QPoint(aside, 0), QPoint(0, aside)):
            both = image.copy()
            with QPainter(both) as painter:
                painter.drawImage(shift, image)
            image = both
        width += aside
    return image


def _tinted(image: QImage, color: QColor) -> QImage:
    with QPainter(image) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(image.rect(), color)
    return image


def _lay(painter: QPainter, image: QImage, width: int, ratio: float) -> None:
    """Draw the picture so that the middle of its lines is where they belong."""
    image.setDevicePixelRatio(ratio)
    aside = (width - 1) / 2 / ratio
    painter.drawImage(QPointF(-aside, -aside), image)
    image.setDevicePixelRatio(1)
