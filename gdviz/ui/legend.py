"""What the colours mean: each stands for the same thing in every plot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.ui.plots.star import star
from gdviz.ui.theme import Theme, text_font, with_alpha
from gdviz.ui.words import plots as words

_ROW, _CLOSE_ROW = 16, 13
_MARK = 14
_COLORS = {"lowest": "minimum", "square": "residual", "pull": "residual", "pointLine": "residual"}


class Legend(QWidget):
    """Rows of a mark and what it stands for: of what is shown, and of nothing else."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mode = "batch"
        self._has_slices = False
        self._looks_ahead = False
        self._terms: frozenset[str] = frozenset({"residual"})
        self.setAccessibleName(words.LEGEND_NAME)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The marks that are explained, by name, and the words beside them."""
        used: tuple[tuple[str, str], ...] = ()
        if self._mode != "batch":
            used = (words.LEGEND_USED_NEXT if self._looks_ahead else words.LEGEND_USED,)
        terms = tuple(row for row in words.LEGEND_TERMS if row[0] in self._terms)
        slices = (words.LEGEND_SLICE,) if self._has_slices else ()
        return (*used, *words.LEGEND, *slices, *terms)

    def show_mode(self, mode: str) -> None:
        """Explain the points that light up, where a step uses some of them only."""
        self._mode = mode
        self._change()

    def show_ahead(self, looks_ahead: bool) -> None:
        """Explain the points that light up as those of the next step, not of the last."""
        self._looks_ahead = looks_ahead
        self._change()

    def show_slices(self, has_slices: bool) -> None:
        """Explain the lowest place of a slice, where the contour is one."""
        self._has_slices = has_slices
        self._change()

    def show_terms(self, names: frozenset[str]) -> None:
        """Explain which of "residual", "square", "pull" and "pointLine" are shown."""
        self._terms = names
        self._change()

    def sizeHint(self) -> QSize:
        """Return the size of all rows."""
        return QSize(200, _ROW * len(self.rows) + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the height of all rows, set closer: in a still lower window the panel scrolls."""
        return QSize(0, _CLOSE_ROW * len(self.rows))

    def _change(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(text_font(8.5))
            pitch = min(max(self.height() // len(self.rows), _CLOSE_ROW), _ROW)
            for row, (name, text) in enumerate(self.rows):
                top = row * pitch
                self._draw_mark(painter, name, QRectF(12, top + (pitch - _MARK) / 2, _MARK, _MARK))
                painter.setPen(QColor(self._theme.muted))
                place = QRectF(36, top, self.width() - 36, pitch)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_mark(self, painter: QPainter, name: str, place: QRectF) -> None:
        color = QColor(getattr(self._theme, _COLORS.get(name, name)))
        left, middle = QPointF(place.left(), place.center().y()), place.center()
        right = QPointF(place.right(), middle.y())
        half = QPointF(0, _MARK / 2 - 1)
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(color)
        if name == "line":
            painter.setPen(QPen(color, 2.4))
            painter.drawLine(left, right)
            painter.drawEllipse(middle, 3.2, 3.2)
        elif name in ("gradient", "pull"):
            is_thin = name == "pull"
            length, side = (5.0, 3.2) if is_thin else (7.0, 4.5)
            painter.setPen(QPen(color, 1.4 if is_thin else 2.4))
            painter.drawLine(left, right - QPointF(5, 0))
            painter.setPen(Qt.PenStyle.NoPen)
            back = right - QPointF(length, 0)
            painter.drawPolygon([right, back - QPointF(0, side), back + QPointF(0, side)])
        elif name in ("minimum", "lowest"):
            if name == "lowest":
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, 1.2))
            painter.drawPolygon(star(middle, 5.5))
        elif name == "residual":
            painter.drawLine(middle - half, middle + half)
        elif name == "square":
            painter.setPen(QPen(color, 1.0))
            painter.setBrush(with_alpha(color.name(), 0.2))
            painter.drawRect(QRectF(middle - QPointF(5, 5), middle + QPointF(5, 5)))
        elif name == "pointLine":
            painter.drawLine(middle - QPointF(6, 3.5), middle + QPointF(6, 3.5))
        else:
            painter.setPen(QPen(QColor(self._theme.point), 1.3))
            painter.drawEllipse(middle, 4.6, 4.6)
