"""A wide line through thousands of vertices, at the cost of a thin one.

Stroking a jagged curve with a wide pen takes 100 ms at 4,000 vertices, a thin one 1 to 4. So it is
drawn thin, and the picture of it laid over itself a pixel aside.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gdviz.ui.plots.canvas import PixelMap, blank_image, make_pen, polygon

FloatArray = npt.NDArray[np.float64]

_WIDTH, _HALO_WIDTH = 2.0, 4.0
# A line longer than this fills what it covers: smoothing it is not seen, and takes twice as long.
_LONGEST_SMOOTH_PIXELS = 300_000.0


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
