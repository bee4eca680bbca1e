"""The widget that shows lines of mathematics with live numbers in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from gdviz.explain.formula import Break, Line, is_same_form, numbers_of
from gdviz.explain.latex import to_latex
from gdviz.ui.mathematics.boxes import Style
from gdviz.ui.mathematics.rows import RowBox, broken, indent, least_width, total_height
from gdviz.ui.mathematics.type_size import SHARES
from gdviz.ui.theme import Theme
from gdviz.ui.words import mathematics as words

_MARGIN = 3
# Between lines, in type sizes: as a rule, and where they would be too high else.
_GAP, _LEAST_GAP = 0.55, 0.22
_SLACK = 1.03  # type of other sizes is as wide but for rounding
# A point that is dragged while the run rests changes the numbers more often than this.
_REST_MS = 250


class FormulaView(QWidget):
    """Lines one below the other; they can be copied as LaTeX.

    Symbols are typeset when lines of another form are seen; while only numbers change, only numbers
    are drawn anew, each in the room of the longest so far: nothing jitters while they run. Where
    they come to rest they are laid out tight. Nothing is typeset before the view is first visible.
    """

    def __init__(self, theme: Theme, size: float = 16.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = Style(size, theme)
        self._size, self._share = size, 1.0
        self._lines: tuple[Line, ...] = ()
        self._dimmed: frozenset[int] = frozenset()
        self._rows: list[RowBox] = []
        self._row_lines: list[tuple[int, int]] = []
        self._laid_for = -1
        self._room: int | None = None
        self._was_seen = False
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._tighten)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    @property
    def type_size(self) -> float:
        """The type size in force, in pixels."""
        return self._style.size

    @property
    def numbers(self) -> list[str]:
        """All numbers as they are shown, in reading order."""
        return numbers_of(self._lines)

    @property
    def latex(self) -> str:
        """What is shown, as LaTeX."""
        return to_latex(self._lines)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._style = Style(self._style.size, theme)
        self._lay_out()

    def set_size(self, size: float, share: float = 1.0) -> None:
        """Use another type size in pixels, times one of SHARES.

        Lines are not enlarged beyond what fits: of the shares above 1 the largest is taken that
        leaves room for every part that is never broken.
        """
        if (size, share) != (self._size, self._share):
            self._size, self._share = size, share
            self._lay_out()

    def show_lines(self, lines: Sequence[Line], *, anew: bool = False) -> None:
        """Show other lines, or other numbers in the same ones.

        anew: numbers give up the room that longer ones before them needed.
        """
        lines = tuple(lines)
        if lines == self._lines and not anew:
            return
        self._resting.stop()
        is_same = not anew and is_same_form(self._lines, lines) and self._laid_for == self.width()
        self._lines = lines
        if not self._was_seen:
            return
        if not is_same or self._renew_numbers():
            self._lay_out()
        self.update()

    def rest(self) -> None:
        """Lay the numbers out tight, if they are still the same in a moment."""
        if self.isVisible() and any(row.is_loose for row in self._rows):
            self._resting.start()

    def dim(self, lines: frozenset[int]) -> None:
        """Show some lines faintly, and without what is worked out in them: they are to come."""
        if lines != self._dimmed:
            self._dimmed = lines
            self._veil()
            self.update()

    def _veil(self) -> None:
        for row, (number, _) in zip(self._rows, self._row_lines, strict=True):
            row.veil(number in self._dimmed)

    def showEvent(self, event: QShowEvent) -> None:
        """Typeset what came before anybody looked; be tight when seen again."""
        super().showEvent(event)
        if self._was_seen:
            self._tighten()
        else:
            self._was_seen = True
            self._lay_out()

    def place_of(self, lines: Sequence[int]) -> tuple[int, int] | None:
        """Return where some lines begin and end, from the top; None where there are none."""
        y, gap = float(_MARGIN), self._gap(self._rows, self._style) * self._style.size
        places: list[float] = []
        for row, (number, _) in zip(self._rows, self._row_lines, strict=True):
            if number in lines:
                places += (y, y + row.ascent + row.descent)
            y += row.ascent + row.descent + gap
        return (round(places[0]), round(places[-1])) if places else None

    # --- layout ----------------------------------------------------------------------------------

    @property
    def wanted_height(self) -> int:
        """How high the lines are as far apart as a rule."""
        return self._height(self._rows, _GAP, self._style)

    @property
    def least_height(self) -> int:
        """How high the lines are as near to each other as can be."""
        return self._height(self._rows, _LEAST_GAP, self._style)

    def fit_height(self, height: int) -> None:
        """Let lines stand nearer to each other where they would be higher than this."""
        if height != self._room:
            before, self._room = self._gap(self._rows, self._style), height
            if self._gap(self._rows, self._style) != before:
                self.updateGeometry()
                self.update()

    def sizeHint(self) -> QSize:
        """Return the size at the present width."""
        width = max((row.width for row in self._rows), default=0.0)
        return QSize(round(width) + 2 * _MARGIN, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the height; narrower than a row it is cut."""
        return QSize(80, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are in so much room."""
        if not self._was_seen:
            return 2 * _MARGIN
        rows, style = self._rows, self._style
        if width != self._laid_for:
            style = self._style_for(width)
            rows = self._make_rows(width, style)[0]
        return self._height(rows, self._gap(rows, style), style)

    def _height(self, rows: list[RowBox], gap: float, style: Style) -> int:
        return round(total_height(rows, gap * style.size)) + 2 * _MARGIN

    def _gap(self, rows: list[RowBox], style: Style) -> float:
        """Return how far lines are apart, in type sizes."""
        if self._room is None or len(rows) < 2:
            return _GAP
        # A pixel less than there is, since the height is rounded.
        left = self._room - 1 - 2 * _MARGIN - total_height(rows, 0.0)
        return min(max(left / (len(rows) - 1) / style.size, _LEAST_GAP), _GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def _style_for(self, width: int) -> Style:
        """Return the style for so much room; enlarged only as far as nothing is cut."""
        theme, share = self._style.theme, self._share
        normal = Style(self._size * min(share, 1.0), theme)
        if share <= 1 or not self._lines:
            return normal
        least = max(least_width(pieces, normal) for pieces in self._lines)
        room = (width - 2 * _MARGIN) / (_SLACK * least) if least else share
        fitting = [s for s in SHARES if 1 < s <= min(share, room)]
        return Style(self._size * fitting[-1], theme) if fitting else normal

    def _make_rows(self, width: int, style: Style) -> tuple[list[RowBox], list[tuple[int, int]]]:
        rows: list[RowBox] = []
        places: list[tuple[int, int]] = []
        for number, pieces in enumerate(self._lines):
            for part, row in enumerate(broken(pieces, style, width - 2 * _MARGIN)):
                rows.append(RowBox(row, style))
                places.append((number, part))
        return rows, places

    def _lay_out(self) -> None:
        if not self._was_seen:
            return
        self._style = self._style_for(self.width())
        self._rows, self._row_lines = self._make_rows(self.width(), self._style)
        self._laid_for = self.width()
        self._veil()
        self.updateGeometry()
        self.update()

    def _tighten(self) -> None:
        """Take back the room that longer numbers had."""
        if any(row.is_loose for row in self._rows):
            self._lay_out()

    def _renew_numbers(self) -> bool:
        """Put the new numbers into the boxes; return whether a line must be broken anew."""
        boxes = (box for row in self._rows for box in row.boxes)
        pieces = (p for pieces in self._lines for p in pieces if not isinstance(p, Break))
        grew = [box.renew(piece) for box, piece in zip(boxes, pieces, strict=True)]
        if not any(grew):
            return False
        for row in self._rows:
            row.measure()
        return any(row.width > self.width() - 2 * _MARGIN for row in self._rows)

    # --- events ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y = float(_MARGIN)
            gap = self._gap(self._rows, self._style) * self._style.size
            for row, (number, part) in zip(self._rows, self._row_lines, strict=True):
                painter.setOpacity(0.3 if number in self._dimmed else 1.0)
                row.paint(painter, _MARGIN + indent(part, self._style), y + row.ascent)
                y += row.ascent + row.descent + gap
            if self.hasFocus():
                painter.setOpacity(1.0)
                painter.setPen(QPen(QColor(self._style.theme.accent), 1))
                painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    def copy(self) -> None:
        """Put the lines on the clipboard, as LaTeX."""
        QGuiApplication.clipboard().setText(self.latex)
        place = self.mapToGlobal(self.rect().center())
        QToolTip.showText(place, words.COPIED, self)

    def event(self, event: QEvent) -> bool:
        """Take the usual key for copying: around the view it may copy more."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy."""
        menu = QMenu(self)
        menu.addAction(words.COPY_LATEX, self.copy)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        event.accept()
