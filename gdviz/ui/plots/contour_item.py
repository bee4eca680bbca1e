"""Draws the level sets of the cost, filled, in the view."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdviz.ui.plots.contours import BANDS_PER_DECADE, DECADES, Bowl

FloatArray = npt.NDArray[np.float64]

# Where on viridis the bands lie: bright in the valley, dark on the heights.
_LOWEST, _HIGHEST = 0.98, 0.06


class ContourItem(pg.GraphicsObject):
    """Bands of viridis between exact ellipses, evenly spaced in log(J − J_min).

    The picture is kept as an image until the bowl or the view changes, since the dot that moves
    over it would otherwise have it painted again in every frame.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bowl: Bowl | None = None
        self._image: QImage | None = None
        self._key: tuple[object, ...] = ()
        self._line_color = QColor(255, 255, 255, 60)
        map_ = pg.colormap.get("viridis")
        count = int(DECADES * BANDS_PER_DECADE)
        self._colors = map_.map(np.linspace(_HIGHEST, _LOWEST, count + 1), mode="qcolor")
        self._empty = QColor("#80808020")

    def set_bowl(self, bowl: Bowl | None, empty: QColor) -> None:
        """Show other level sets; ``empty`` is the colour where there are none."""
        self._bowl = bowl
        self._empty = empty
        self._key = ()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole view: the bands fill it."""
        view = self.getViewBox()
        return QRectF(view.viewRect()) if view is not None else QRectF()

    def viewTransformChanged(self) -> None:
        """Paint again when the view moves."""
        self.prepareGeometryChange()
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the image, made anew where bowl, view or size have changed."""
        view = self.getViewBox()
        transform = painter.worldTransform()
        ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        rect = transform.mapRect(QRectF(view.viewRect()))
        key = (id(self._bowl), transform, rect.width(), rect.height(), ratio)
        if key != self._key or self._image is None:
            self._key = key
            self._image = self._render(rect, ratio)
        painter.save()
        painter.resetTransform()
        painter.drawImage(rect.topLeft(), self._image)
        painter.restore()

    def _render(self, rect: QRectF, ratio: float) -> QImage:
        size = (max(int(np.ceil(rect.width())), 1), max(int(np.ceil(rect.height())), 1))
        image = QImage(
            round(size[0] * ratio),
            round(size[1] * ratio),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(ratio)
        bowl = self._bowl
        (x0, x1), (y0, y1) = self.getViewBox().viewRange()
        levels = bowl.levels((x0, x1), (y0, y1)) if bowl is not None else np.empty(0)
        if bowl is None or len(levels) == 0:
            image.fill(self._empty)
            return image
        image.fill(self._colors[0])
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._line_color, 1.0))
        scale = np.array((size[0] / (x1 - x0), -size[1] / (y1 - y0)))
        origin = np.array((x0, y1))
        for color, level in zip(self._colors[1:], levels, strict=True):
            outline = bowl.outline(float(level), (x0, x1), (y0, y1))
            if len(outline) == 0:
                continue
            painter.setBrush(QBrush(color))
            painter.drawPolygon(_polygon((outline - origin) * scale), Qt.FillRule.OddEvenFill)
        painter.end()
        return image


def _polygon(points: FloatArray) -> QPolygonF:
    """Return a polygon of pixels (k, 2), filled without a loop over its points."""
    polygon: QPolygonF = pg.functions.create_qpolygonf(len(points))
    memory = pg.functions.ndarray_from_qpolygonf(polygon)
    memory[:] = points
    return polygon
