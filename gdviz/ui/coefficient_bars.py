"""The coefficients as bars that move."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gdviz.explain.numbers import format_number
from gdviz.ui.mathematics.type_size import SHARES
from gdviz.ui.subscripts import draw_runs, width_of_runs
from gdviz.ui.theme import Theme, text_font, with_alpha
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

_LABEL, _VALUE = 18.0, 16.0  # their heights in the normal type size, in pixels
_TEXT_SIZE = 8.5  # in points
_GAP = 4.0  # to either side of the line behind the intercept
_NARROWEST_WITH_VALUE = 46.0


class CoefficientBars(QWidget):
    """One bar per parameter from 0 to its value, and a mark where its value is best.

    The first, the intercept, has a scale of its own, behind a line: it is in the units of the
    target, and may be so large that beside it no weight would be seen. A scale grows when a bar
    leaves it, and is chosen anew by ``fit`` only: nothing else moves.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._values: FloatArray = np.empty(0)
        self._best: FloatArray = np.empty(0)
        self._reach = np.ones(2)  # of the intercept, and of all weights
        self._still: QPixmap | None = None
        self.set_type_size(1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.COEFFICIENTS_NAME)

    @property
    def values(self) -> FloatArray:
        """What the bars show, (k,)."""
        return self._values

    @property
    def best(self) -> FloatArray:
        """Where the minimum is marked, (k,)."""
        return self._best

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._still = None
        self.update()

    def set_type_size(self, share: float) -> None:
        """Write names and numbers in another size, as far as numbers have room above the bars."""
        self._share = share
        self._choose_font()

    def _choose_font(self) -> None:
        fitting = [s for s in SHARES if _NARROWEST_WITH_VALUE * s <= self._pitch]
        has_numbers = self._pitch >= _NARROWEST_WITH_VALUE
        share = min(self._share, fitting[-1]) if has_numbers else self._share
        self._font = text_font(_TEXT_SIZE * share)
        self._label, self._value = _LABEL * share, _VALUE * share
        self._narrowest = _NARROWEST_WITH_VALUE * share
        self._still = None
        self.update()

    def show_problem(self, names: tuple[str, ...], best: FloatArray) -> None:
        """Name the parameters, and mark where they are at the minimum, (k,)."""
        is_same = names == self._names and np.allclose(best, self._best, 1e-9, 0.0)
        self._names, self._best = names, best
        self._choose_font()
        if not is_same:  # the values of other data say nothing of these
            self._values = np.zeros(len(best))
            self.fit()

    def show_values(self, values: FloatArray) -> None:
        """Move the bars, (k,)."""
        if len(values) != len(self._names):
            return
        self._values = values
        largest = _largest(values)
        if (largest > self._reach).any():
            self._reach = np.where(largest > self._reach, 1.5 * largest, self._reach)
            self._still = None
        self.update()

    def fit(self) -> None:
        """Choose the scale anew."""
        largest = 1.15 * np.maximum(_largest(self._values), _largest(self._best))
        self._reach = np.where(largest > 0, largest, 1.0)
        self._still = None
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(360, 160)

    def event(self, event: QEvent) -> bool:
        """Tell a bar's name and number under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = int(event.pos().x() // self._pitch)
            if 0 <= index < len(self._names):
                text = words.COEFFICIENT_TIP.format(
                    name=self._names[index],
                    value=format_number(float(self._values[index])),
                    best=format_number(float(self._best[index])),
                )
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().event(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw everything anew."""
        super().resizeEvent(event)
        self._choose_font()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars between what stands still: names and axis behind, marks in front."""
        still = self._still = self._still or self._draw_still()
        middle, (scale, scale_of_weights) = self._middle, self._scales
        with QPainter(self) as painter:
            bars, pitch = [], self._pitch
            half = self._center(0)[1]
            for index, value in enumerate(self._values.tolist()):
                left = (index + 0.5) * pitch - half
                end = middle - min(max(value * scale, -1e4), 1e4)
                bars.append(QRectF(left, min(end, middle), 2 * half, abs(end - middle)))
                scale = scale_of_weights
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(with_alpha(self._theme.line, 0.85))
            painter.drawRects(bars)
            painter.drawPixmap(0, 0, still)
            if pitch < self._narrowest:
                return
            painter.setFont(self._font)
            painter.setPen(QColor(self._theme.text))
            for index, value in enumerate(self._values.tolist()):
                place = QRectF(index * pitch, 0, pitch, self._value)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, format_number(value, 3))

    @property
    def _pitch(self) -> float:
        return self.width() / max(len(self._names), 1)

    @property
    def _middle(self) -> float:
        return (self._value + self.height() - self._label) / 2

    @property
    def _scales(self) -> tuple[float, float]:
        """Pixels to a unit, of the intercept and of the weights."""
        half = (self.height() - self._label - self._value) / 2
        return half / float(self._reach[0]), half / float(self._reach[1])

    def _center(self, index: int) -> tuple[float, float]:
        """Return the middle of a bar and half its width."""
        return (index + 0.5) * self._pitch, min(0.32 * self._pitch, 22.0)

    def _draw_still(self) -> QPixmap:
        theme, ratio, pitch = self._theme, self.devicePixelRatioF(), self._pitch
        pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        metrics = QFontMetricsF(self._font)
        widest = max((width_of_runs(name, self._font) for name in self._names), default=0.0) + 6
        every = max(math.ceil(widest / pitch), 1)  # as many names as there is room for
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font)
            painter.setPen(QPen(QColor(theme.border), 1))
            gap = _GAP if len(self._names) > 1 else 0.0
            for left, right in ((0.0, pitch - gap), (pitch + gap, float(self.width()))):
                painter.drawLine(QPointF(left, self._middle), QPointF(right, self._middle))
            if gap:
                painter.drawLine(
                    QPointF(pitch, self._value), QPointF(pitch, self.height() - self._label)
                )
            for index, (name, best) in enumerate(zip(self._names, self._best, strict=True)):
                center, half = self._center(index)
                y = self._middle - float(best) * self._scales[index > 0]
                painter.setPen(QPen(QColor(theme.minimum), 2.4))
                painter.drawLine(QPointF(center - half - 3, y), QPointF(center + half + 3, y))
                if index % every == 0:
                    painter.setPen(QColor(theme.muted))
                    left = min(max(center - widest / 2, 0.0), self.width() - widest)
                    x = left + (widest - width_of_runs(name, self._font)) / 2
                    y = self.height() - (self._label - metrics.capHeight()) / 2
                    draw_runs(painter, QPointF(x, y), name, self._font)
        return pixmap


def _largest(values: FloatArray) -> FloatArray:
    """Return how far an intercept, and the weights behind it, are from 0, (2,)."""
    sizes = np.abs(values)
    return np.array([sizes[:1].max(initial=0.0), sizes[1:].max(initial=0.0)])
