"""A sentence over the data plot, where it hides neither points nor line."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from gdviz.ui.plots.canvas import PixelMap
from gdviz.ui.plots.data_state import DataState
from gdviz.ui.plots.fitted_line import line_pixels
from gdviz.ui.theme import Theme, text_font, with_alpha

FloatArray = npt.NDArray[np.float64]

_CENTERED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_MARGIN = 8  # no more room than was measured, or lines would be broken elsewhere


def draw_hint(painter: QPainter, pixel_map: PixelMap, state: DataState, theme: Theme) -> None:
    """Write the hint where there is one, and room for it."""
    if not state.hint:
        return
    painter.setFont(text_font(9))
    size = balanced_size(state.hint, round(max(0.55 * pixel_map.width, 120)))
    place = _free_place(pixel_map, state, size.width() + 2 * _MARGIN + 2, size.height() + 10)
    if place is not None:
        draw_note(painter, place, state.hint, theme)


@lru_cache(maxsize=8)  # measured once, drawn with every frame
def balanced_size(text: str, most: int) -> QSize:
    """Return how large a text is in so few lines as ``most`` pixels allow, about equally long."""
    metrics = QFontMetrics(text_font(9))

    def size(width: int) -> QSize:
        return metrics.boundingRect(QRect(0, 0, width, 1000), _CENTERED.value, text).size()

    least, height = 1, size(most).height()
    while least < most:
        middle = (least + most) // 2
        if size(middle).height() > height or size(middle).width() > middle:
            least = middle + 1
        else:
            most = middle
    return size(most)


def draw_corner_note(painter: QPainter, pixel_map: PixelMap, text: str, theme: Theme) -> None:
    """Write a text into the corner at the bottom right."""
    painter.setFont(text_font(9))
    size = painter.fontMetrics().size(0, text)
    width, height = size.width() + 2 * _MARGIN + 2, size.height() + 6
    place = QRectF(pixel_map.width - width - 6, pixel_map.height - height - 5, width, height)
    draw_note(painter, place, text, theme)


def draw_note(painter: QPainter, place: QRectF, text: str, theme: Theme) -> None:
    """Write a text on a pale ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(with_alpha(theme.field, 0.94))
    painter.drawRoundedRect(place, 7, 7)
    painter.setPen(QColor(theme.muted))
    painter.drawText(place.adjusted(_MARGIN, 0, -_MARGIN, 0), _CENTERED, text)


def _free_place(
    pixel_map: PixelMap, state: DataState, width: float, height: float
) -> QRectF | None:
    """Return where a box hides neither points nor line: a corner, or else an edge."""
    right, bottom = pixel_map.width - width - 8, pixel_map.height - height - 6
    middle = right / 2
    if state.dataset.n_points == 0:
        return QRectF(middle, bottom / 2, width, height)
    if state.is_density:
        return QRectF(8, 6, width, height)
    pixels = pixel_map.points(state.x, state.dataset.y)
    if state.theta is not None:
        b, m = state.theta
        ends = line_pixels(pixel_map, float(m), float(b))
        if len(ends):
            along = np.linspace(0, 1, 60)[:, None]
            pixels = np.concatenate((pixels, ends[0] + along * (ends[1] - ends[0])))
    for left, top in (
        (8, 6),
        (right, bottom),
        (right, 6),
        (8, bottom),
        (middle, 6),
        (middle, bottom),
        (middle, bottom / 2),
    ):
        place = QRectF(left, top, width, height)
        near = place.adjusted(-8, -8, 8, 8)
        hidden = (
            (pixels[:, 0] > near.left())
            & (pixels[:, 0] < near.right())
            & (pixels[:, 1] > near.top())
            & (pixels[:, 1] < near.bottom())
        )
        if not hidden.any():
            return place
    return None
