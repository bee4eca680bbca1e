"""The coefficients as bars that move, beside the model in matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QToolTip, QWidget

from gdviz.core.working import Working
from gdviz.explain.matrices import model_lines
from gdviz.explain.numbers import format_number
from gdviz.ui import messages as words
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.theme import Theme, text_font, with_alpha

FloatArray = npt.NDArray[np.float64]

_LABEL, _VALUE = 18.0, 16.0
_NARROWEST_WITH_VALUE = 46.0


class CoefficientBars(QWidget):
    """One bar per parameter from 0 to its value, and a mark where its value is best.

    The scale grows when a bar leaves it, and is chosen anew by ``fit`` only: nothing else moves.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._values: FloatArray = np.empty(0)
        self._best: FloatArray = np.empty(0)
        self._reach = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.COEFFICIENTS_NAME)

    @property
    def values(self) -> FloatArray:
        """What the bars show, (k,)."""
        return self._values

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def show_problem(self, names: tuple[str, ...], best: FloatArray) -> None:
        """Name the parameters, and mark where they are at the minimum, (k,)."""
        self._names, self._best = names, best
        if len(self._values) != len(best):
            self._values = np.zeros(len(best))
        self.fit()

    def show_values(self, values: FloatArray) -> None:
        """Move the bars, (k,)."""
        if len(values) != len(self._names):
            return
        self._values = values
        largest = float(np.abs(values).max(initial=0.0))
        if largest > self._reach:
            self._reach = 1.5 * largest
        self.update()

    def fit(self) -> None:
        """Choose the scale anew."""
        both = np.concatenate((self._values, self._best))
        self._reach = 1.15 * float(np.abs(both).max(initial=0.0)) or 1.0
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(360, 160)

    def _column(self, index: int) -> QRectF:
        width = self.width() / max(len(self._names), 1)
        return QRectF(index * width, 0, width, self.height())

    def event(self, event: QEvent) -> bool:
        """Tell a bar's name and number under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = int(event.pos().x() // (self.width() / max(len(self._names), 1)))
            if 0 <= index < len(self._names):
                text = words.COEFFICIENT_TIP.format(
                    name=self._names[index],
                    value=format_number(float(self._values[index])),
                    best=format_number(float(self._best[index])),
                )
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = text_font(8.5)
            painter.setFont(font)
            metrics = QFontMetricsF(font)
            top, bottom = _VALUE, self.height() - _LABEL
            middle = (top + bottom) / 2
            scale = (bottom - top) / 2 / self._reach
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
            for index, name in enumerate(self._names):
                column = self._column(index)
                value, best = float(self._values[index]), float(self._best[index])
                half = min(0.32 * column.width(), 22.0)
                center = column.center().x()
                end = middle - np.clip(value * scale, -1e4, 1e4)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(with_alpha(theme.line, 0.85))
                painter.drawRect(
                    QRectF(center - half, min(end, middle), 2 * half, abs(end - middle))
                )
                y = middle - best * scale
                painter.setPen(QPen(QColor(theme.minimum), 2.4))
                painter.drawLine(QPointF(center - half - 4, y), QPointF(center + half + 4, y))
                painter.setPen(QColor(theme.muted))
                label = metrics.elidedText(
                    name, Qt.TextElideMode.ElideRight, max(column.width() - 4, 8)
                )
                place = QRectF(column.left(), bottom, column.width(), _LABEL)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label)
                if column.width() >= _NARROWEST_WITH_VALUE:
                    painter.setPen(QColor(theme.text))
                    place = QRectF(column.left(), 0, column.width(), _VALUE)
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, format_number(value, 3))


class CoefficientPanel(QWidget):
    """Bars at the left, matrices at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("coefficientPanel")
        self.bars = CoefficientBars(theme)
        self.matrices = FormulaView(theme, 14)
        area = QScrollArea()
        area.setWidget(self.matrices)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.bars, 5)
        layout.addWidget(area, 6)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.bars.apply_theme(theme)
        self.matrices.apply_theme(theme)

    def show_problem(self, names: tuple[str, ...], best: FloatArray) -> None:
        """Name the parameters, and mark where they are at the minimum, (n+1,)."""
        self.bars.show_problem(names, best)

    def show_working(self, working: Working) -> None:
        """Show θ, and the matrices of the points that the step sees."""
        if self.isVisible():
            self.bars.show_values(working.theta)
            self.matrices.show_lines(model_lines(working))
