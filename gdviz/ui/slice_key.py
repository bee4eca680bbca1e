"""What the marks in the parabolas are, in one line beside the tabs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.ui.plots.star import star
from gdviz.ui.theme import Theme, text_font
from gdviz.ui.words import plots as words

_MARK, _AFTER_MARK, _GAP = 12.0, 5.0, 16.0
_HEIGHT = 22


class SliceKey(QWidget):
    """A row of marks and words; where room is short the marks that explain themselves go first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sees_all = True
        self._font = text_font(8.5)
        self._metrics = QFontMetricsF(self._font)
        self.setObjectName("sliceKey")
        self.setAccessibleName(words.SLICE_KEY_NAME)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._tell()

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def show_mode(self, mode: str) -> None:
        """Explain the second tangent where a step sees some points only."""
        self._sees_all = mode == "batch"
        self._tell()
        self.update()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The marks, by name, and the words beside them; the least needed first."""
        return tuple(row for row in words.SLICE_KEY if row[0] != "slope" or not self._sees_all)

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """Those that there is room for."""
        rows = self.rows
        while rows and self._length(rows) > self.width():
            rows = rows[1:]
        return rows

    def sizeHint(self) -> QSize:
        """Return a height; the width is whatever there is."""
        return QSize(60, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in a tooltip what no longer fits."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits, at the right."""
        rows = self.shown
        x, middle = self.width() - self._length(rows), self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font)
            for name, text in rows:
                self._draw_mark(painter, name, QPointF(x + _MARK / 2, middle))
                painter.setPen(QColor(self._theme.muted))
                width = self._metrics.horizontalAdvance(text)
                place = QRectF(x + _MARK + _AFTER_MARK, 0, width + 2, self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
                x += _MARK + _AFTER_MARK + width + _GAP

    def _draw_mark(self, painter: QPainter, name: str, at: QPointF) -> None:
        """Draw a mark as it is in the plots."""
        theme = self._theme
        if name in ("now", "landing"):
            painter.setPen(QPen(QColor(theme.line), 1.8))
            painter.setBrush(QColor(theme.line if name == "now" else theme.card))
            painter.drawEllipse(at, 3.8, 3.8)
        elif name == "lowest":
            painter.setPen(QPen(QColor(theme.muted), 3.0))
            painter.drawLine(at - QPointF(0, 4.5), at + QPointF(0, 4.5))
        elif name == "minimum":
            painter.setPen(QPen(QColor(theme.minimum), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(at, at + QPointF(0, 10))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.minimum))
            painter.drawPolygon(star(at - QPointF(0, 1), 5.5))
        else:
            pen = QPen(QColor(theme.gradient), 1.6)
            pen.setDashPattern([2.6, 2.0])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(at - QPointF(6.5, 3.5), at + QPointF(6.5, 3.5))

    def _length(self, rows: tuple[tuple[str, str], ...]) -> float:
        texts = sum(self._metrics.horizontalAdvance(text) for _, text in rows)
        return texts + (_MARK + _AFTER_MARK + _GAP) * len(rows) - (_GAP if rows else 0.0) + 2

    def _tell(self) -> None:
        all_of_them = [words.SLICE_KEY_MARKS[name].format(text=text) for name, text in self.rows]
        self.setAccessibleDescription("; ".join(all_of_them))
        self.setToolTip("" if self.shown == self.rows else "\n".join(all_of_them))
