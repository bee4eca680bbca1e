"""One item per plot that paints everything which moves, in pixels, with few calls.

A scene of many items costs more in bookkeeping than in paint: measured with a training thread that
wants the interpreter as well, a dozen pyqtgraph items take 9 ms of a frame, one canvas 2 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
import shiboken6
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdviz.ui.paint_guard import PaintGuard

FloatArray = npt.NDArray[np.float64]
T = TypeVar("T")

# From so many discs on, copies of one picture are faster.
_MANY_DOTS = 100
_MIDDLE = np.zeros((1, 2))
_RING = 2.4
# Pixels beyond this are cut: Qt's coordinates are not made for more.
_FAR = 1e6


@dataclass(frozen=True)
class PixelMap:
    """From a plot's units to the pixels of its canvas: x ↦ left + (x − x0) across, and so on."""

    x0: float
    y1: float
    across: float
    down: float
    width: float
    height: float
    ratio: float

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The ranges of x and y that the canvas shows."""
        x1 = self.x0 + self.width / self.across
        y0 = self.y1 + self.height / self.down
        return (self.x0, x1), (y0, self.y1)

    def points(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Return pixels (k, 2) of points, none of them absurdly far away."""
        pixels = np.empty((len(x), 2))
        np.multiply(x - self.x0, self.across, out=pixels[:, 0])
        np.multiply(y - self.y1, self.down, out=pixels[:, 1])
        return np.clip(pixels, -_FAR, _FAR, out=pixels)

    def point(self, x: float, y: float) -> QPointF:
        """Return the pixel of one point."""
        return QPointF(
            min(max((x - self.x0) * self.across, -_FAR), _FAR),
            min(max((y - self.y1) * self.down, -_FAR), _FAR),
        )


Layer = Callable[[QPainter, PixelMap], None]


class Canvas(pg.GraphicsObject):
    """Calls its layers in order whenever the plot is painted."""

    def __init__(self, *layers: Layer) -> None:
        super().__init__()
        self._layers = layers
        self._rect = QRectF()
        self._guard = PaintGuard(self)

    def boundingRect(self) -> QRectF:
        """Return the whole view."""
        if self._rect.isNull():
            view = self.getViewBox()
            if view is not None:
                self._rect = QRectF(view.viewRect())
        return self._rect

    def viewTransformChanged(self) -> None:
        """Follow the view."""
        self.prepareGeometryChange()
        self._rect = QRectF()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint all layers in pixels, the view's top left corner being (0, 0)."""
        view = self.boundingRect()
        area = painter.worldTransform().mapRect(view)
        if not area.isValid() or view.width() <= 0 or view.height() <= 0:
            return
        device = painter.device()
        pixel_map = PixelMap(
            view.left(),
            view.bottom(),  # a plot's y grows upwards: the rectangle's bottom is the largest y
            area.width() / view.width(),
            -area.height() / view.height(),
            area.width(),
            area.height(),
            device.devicePixelRatioF() if device is not None else 1.0,
        )
        for place, layer in enumerate(self._layers):
            with self._guard.part(painter, place):
                painter.resetTransform()
                painter.translate(area.topLeft())
                layer(painter, pixel_map)


class CachedLayer:
    """Keeps what a layer paints as an image, until it is told that it changed or the view moves."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._image: QImage | None = None
        self._map: PixelMap | None = None

    def invalidate(self) -> None:
        """Paint anew next time."""
        self._image = None

    def __call__(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Draw the image, painted anew where it has to be."""
        if self._image is None or pixel_map != self._map:
            self._map = pixel_map
            self._image = self._render(pixel_map)
        painter.drawImage(QPointF(0, 0), self._image)

    def _render(self, pixel_map: PixelMap) -> QImage:
        image = blank_image(pixel_map)
        with QPainter(image) as painter:
            self._layer(painter, pixel_map)
        return image


def blank_image(pixel_map: PixelMap) -> QImage:
    """Return a transparent image that covers the canvas."""
    image = QImage(
        max(round(np.ceil(pixel_map.width) * pixel_map.ratio), 1),
        max(round(np.ceil(pixel_map.height) * pixel_map.ratio), 1),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(pixel_map.ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def polygon(pixels: FloatArray) -> QPolygonF:
    """Return a polygon of pixels (k, 2), filled without a loop over its points."""
    result: QPolygonF = pg.functions.create_qpolygonf(len(pixels))
    pg.functions.ndarray_from_qpolygonf(result)[:] = pixels
    return result


def draw_polyline(painter: QPainter, pixels: FloatArray, pen: QPen) -> None:
    """Draw a line through pixels (k, 2); smooth where it is wide."""
    if len(pixels) < 2:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, pen.widthF() > 1)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(polygon(pixels))


def draw_segments(
    painter: QPainter, pixels: FloatArray, pen: QPen, *, smooth: bool = False
) -> None:
    """Draw separate segments: pixels (2k, 2) are their ends, two by two; slanted ones smooth."""
    if len(pixels) == 0:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    pen = QPen(pen)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # round ones take a hundred times as long
    painter.setPen(pen)
    lines = np.ascontiguousarray(pixels)
    painter.drawLines(_first_in(lines, QLineF), len(lines) // 2)


def draw_boxes(painter: QPainter, boxes: FloatArray, fill: QColor) -> None:
    """Fill rectangles (k, 4): left, top, width and height. Ten times as fast as a pen."""
    if len(boxes) == 0:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    rows = np.ascontiguousarray(boxes)
    painter.drawRects(_first_in(rows, QRectF), len(rows))


def draw_dots(painter: QPainter, pixels: FloatArray, diameter: float, fill: QColor) -> None:
    """Draw discs around pixels (k, 2)."""
    if len(pixels) > _MANY_DOTS:
        _draw_stamps(painter, pixels, diameter, lambda at: draw_dots(at, _MIDDLE, diameter, fill))
    elif len(pixels):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(fill, diameter)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(polygon(pixels))


def draw_ringed_dots(
    painter: QPainter, pixels: FloatArray, diameter: float, fill: QColor, ring: QColor
) -> None:
    """Draw discs with a ring around them that keeps them apart from what is behind."""

    def draw(at: QPainter, where: FloatArray) -> None:
        draw_dots(at, where, diameter + _RING, ring)
        draw_dots(at, where, diameter, fill)

    if len(pixels) > _MANY_DOTS:
        _draw_stamps(painter, pixels, diameter + _RING, lambda at: draw(at, _MIDDLE))
    else:
        draw(painter, pixels)


def _draw_stamps(
    painter: QPainter, pixels: FloatArray, size: float, draw: Callable[[QPainter], None]
) -> None:
    """Draw one small picture around each of the pixels: 0.1 µs each, where a disc takes 10."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    side = 2 * int(np.ceil(size / 2)) + 2  # even: the middle is where whole pixels meet
    stamp = QPixmap(round(side * ratio), round(side * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    with QPainter(stamp) as at:
        at.translate(stamp.width() / ratio / 2, stamp.height() / ratio / 2)
        draw(at)
    # A fragment: x, y, the part of the stamp (4), scale (2), rotation, opacity.
    fragments = np.empty((len(pixels), 10))
    fragments[:, :2] = pixels
    fragments[:, 2:] = (0, 0, stamp.width(), stamp.height(), 1 / ratio, 1 / ratio, 0, 1)
    first = _first_in(fragments, QPainter.PixmapFragment)
    painter.drawPixmapFragments(first, len(fragments), stamp)


def _first_in(table: FloatArray, kind: type[T]) -> T:
    """Return the first row's memory as a Qt value: Qt takes an array by its first element.

    The table has to live for as long as the value is used.
    """
    return cast(T, shiboken6.wrapInstance(table.ctypes.data, kind))


def make_pen(
    color: QColor | str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QPen:
    """Return a pen with round joins; copy it to change it, for others have it as well."""
    return _pen(color if isinstance(color, str) else color.rgba(), width, style)


@lru_cache(maxsize=500)
def _pen(color: int | str, width: float, style: Qt.PenStyle) -> QPen:
    """Keep pens: a frame uses dozens, and making one takes as long as drawing a line with it."""
    pen = QPen(QColor(color) if isinstance(color, str) else QColor.fromRgba(color), width, style)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
