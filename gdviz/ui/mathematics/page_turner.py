"""What turns the pages of a derivation or of the worked example."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.widgets.run_keys import RunKeys
from gdviz.ui.words import mathematics as mathematics_words
from gdviz.ui.words import window as window_words


class PageTurner(QWidget):
    """Back, the contents and Next; beneath them a title, and which page of how many this is.

    Page Up and Page Down turn pages while the ``panel`` or a part of it has the focus.

    Signals:
        turned: a person wants another page. Carries its number, counted from 1: 0 is the page
            before the first, and one more than there are the page after the last.

    """

    turned = Signal(int)

    def __init__(self, panel: QWidget, prefix: str, contents: str, place: str) -> None:
        """Take the start of all names, what the contents are called, and how a place is said."""
        super().__init__()
        self._number, self._place_words = 1, place
        self._keys = RunKeys(self)
        self._back = self._button(f"{prefix}Back", mathematics_words.PAGE_BACK)
        self._contents = QComboBox()
        self._contents.setObjectName(f"{prefix}Contents")
        self._contents.setAccessibleName(contents)
        self._contents.setToolTip(contents)
        self._contents.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._keys.look_after(self._contents)
        self._next = self._button(f"{prefix}Next", mathematics_words.PAGE_NEXT)
        self._title, self._place = _label(f"{prefix}Chapter"), _label(f"{prefix}Place")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._back)
        row.addWidget(self._contents, 1)
        row.addWidget(self._next)
        places = QHBoxLayout()
        places.setContentsMargins(2, 0, 8, 0)
        places.addWidget(self._title, 1)
        places.addWidget(self._place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addLayout(places)
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._contents.activated.connect(self._on_chosen)
        for key, button in ((Qt.Key.Key_PageUp, self._back), (Qt.Key.Key_PageDown, self._next)):
            shortcut = QShortcut(QKeySequence(key), panel)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)  # does nothing while it is disabled

    def turn(self, *, is_forward: bool) -> None:
        """Turn a page, as the keys do."""
        (self._next if is_forward else self._back).click()

    def show_place(self, titles: Sequence[str], number: int, title: str = "") -> None:
        """Show which of the pages is open, counted from 1, and what they are part of."""
        items = [f"{place}  {page}" for place, page in enumerate(titles, 1)]
        if [self._contents.itemText(i) for i in range(self._contents.count())] != items:
            self._contents.clear()
            self._contents.addItems(items)
            self._contents.setMaxVisibleItems(len(items))
        self._number = number
        self._contents.setCurrentIndex(number - 1)
        self._title.setText(title)
        self._place.setText(self._place_words.format(number=number, count=len(items)))

    def allow(
        self,
        *,
        why_not_back: str = "",
        why_not_on: str = "",
        up_to: int = 0,
        why_not_beyond: str = "",
    ) -> None:
        """Let one turn back and on, or say why not; by the contents ``up_to`` a page only."""
        enable(self._back, mathematics_words.PAGE_BACK[1], why_not_back)
        enable(self._next, mathematics_words.PAGE_NEXT[1], why_not_on)
        model = self._contents.model()
        assert isinstance(model, QStandardItemModel)
        for place in range(model.rowCount()):
            can = not up_to or place < up_to
            model.item(place).setEnabled(can)
            model.item(place).setToolTip("" if can else why_not_beyond)

    def _button(self, name: str, text: tuple[str, str]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text[0])
        button.setAccessibleName(window_words.TOLD.format(text=text[0], tip=text[1]))
        self._keys.look_after(button)
        return button

    def _go_back(self) -> None:
        self.turned.emit(self._number - 1)

    def _go_on(self) -> None:
        self.turned.emit(self._number + 1)

    def _on_chosen(self, index: int) -> None:
        self.turned.emit(index + 1)


def enable(button: QToolButton, tip: str, why_not: str) -> None:
    """Enable a button with a tooltip, or disable it and say why there."""
    button.setEnabled(not why_not)
    button.setToolTip(why_not or tip)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", "muted")
    return label
