"""Pages behind tabs; the first stands beside the others where there is room."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

_TAB_GAP = 4
_LEAST_WIDTH = 200


@dataclass(frozen=True)
class Page:
    """One page: its name in code, the title on its tab, and what stands beside the tabs."""

    name: str
    title: str
    content: QWidget
    beside: tuple[QWidget, ...] = ()
    short: str = ""
    """The title where room is short, if there is another."""


class Card(QFrame):
    """A frame with tabs above the page that is shown.

    Signals:
        chosen: a person chose a tab; carries the page's name.

    """

    chosen = Signal(str)

    def __init__(self, name: str, accessible_name: str, *, is_framed: bool = True) -> None:
        super().__init__()
        self._pages: list[Page] = []
        self.tabs = QTabBar()
        self.tabs.setObjectName(f"{name}Tabs")
        self.tabs.setAccessibleName(accessible_name)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._beside = QStackedWidget()
        self._contents = QStackedWidget()
        self._is_short = False
        row = QHBoxLayout()
        row.setSpacing(_TAB_GAP)
        row.addWidget(self.tabs)
        row.addWidget(self._beside, 1)
        layout = QVBoxLayout(self)
        if is_framed:
            self.setProperty("card", True)
            layout.setContentsMargins(12, 6, 8, 6)
        else:
            layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(row)
        layout.addWidget(self._contents, 1)
        self.tabs.currentChanged.connect(self._on_tab)

    @property
    def key_regions(self) -> tuple[QWidget, ...]:
        """Tabs, what stands beside them, and the pages."""
        return self.tabs, self._beside, self._contents

    @property
    def pages(self) -> list[Page]:
        """The pages in the order of their tabs."""
        return list(self._pages)

    @property
    def current(self) -> str:
        """The name of the page that is shown."""
        index = self.tabs.currentIndex()
        return self._pages[index].name if 0 <= index < len(self._pages) else ""

    def insert(self, place: int, page: Page) -> None:
        """Add a page before the one at ``place``."""
        self._pages.insert(place, page)
        self._contents.insertWidget(place, page.content)
        self._beside.insertWidget(place, _beside(page))
        self.tabs.blockSignals(True)
        self.tabs.insertTab(place, self._title(page))
        self.tabs.blockSignals(False)
        self._show_current()
        self._fit_row()

    def take(self, name: str) -> Page:
        """Remove a page and return it; its widgets live on."""
        place = self._place(name)
        page = self._pages.pop(place)
        for widget in page.beside:
            widget.setParent(None)
        self._contents.removeWidget(page.content)
        holder = self._beside.widget(place)
        if holder is not None:
            self._beside.removeWidget(holder)
            holder.deleteLater()
        self.tabs.blockSignals(True)
        self.tabs.removeTab(place)
        self.tabs.blockSignals(False)
        self._show_current()
        self._fit_row()
        return page

    def show_page(self, name: str) -> None:
        """Show a page."""
        self.tabs.setCurrentIndex(self._place(name))

    def focus_page(self) -> None:
        """Send the keys to the first part of the page that takes them."""
        content = self._contents.currentWidget()
        if content is None:
            return
        proxy = content.focusProxy() or content
        if proxy.focusPolicy() == Qt.FocusPolicy.NoFocus:
            takers = (w for w in proxy.findChildren(QWidget) if _takes_keys(w))
            proxy = next(takers, self.tabs)
        proxy.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_page_visible(self, name: str, is_visible: bool) -> None:
        """Offer a page, or take its tab away; another one is shown then."""
        self.tabs.setTabVisible(self._place(name), is_visible)
        self.tabs.updateGeometry()  # it does not do so by itself
        self._fit_row()

    def minimumSizeHint(self) -> QSize:
        """Return a height; the width is whatever there is."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten titles, or leave out what stands beside the tabs, where room is short."""
        super().resizeEvent(event)
        self._fit_row()

    def _fit_row(self) -> None:
        margins = self.contentsMargins()
        layout = self.layout()
        if layout is not None:
            margins += layout.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        beside = self._beside.minimumSizeHint().width() + _TAB_GAP
        self._show_titles(is_short=False)
        if self.tabs.sizeHint().width() + beside > room:
            self._show_titles(is_short=True)
        self._beside.setVisible(self.tabs.sizeHint().width() + beside <= room)

    def _show_titles(self, *, is_short: bool) -> None:
        self._is_short = is_short
        for place, page in enumerate(self._pages):
            if self.tabs.tabText(place) != self._title(page):
                self.tabs.setTabText(place, self._title(page))
                self.tabs.setTabToolTip(place, page.title if is_short else "")
                self.tabs.updateGeometry()  # its own is lost before it is shown

    def _title(self, page: Page) -> str:
        return (page.short if self._is_short else "") or page.title

    def _place(self, name: str) -> int:
        return next(i for i, page in enumerate(self._pages) if page.name == name)

    def _on_tab(self, _: int) -> None:
        self._show_current()
        self.chosen.emit(self.current)

    def _show_current(self) -> None:
        index = self.tabs.currentIndex()
        self._contents.setCurrentIndex(index)
        self._beside.setCurrentIndex(index)


class Pages(QWidget):
    """Pages behind tabs; the first has a place of its own where ``is_wide``.

    ``shares`` are of the width then: of the first page and of the others.

    Signals:
        page_shown: other pages are visible now.

    """

    page_shown = Signal()

    def __init__(
        self,
        name: str,
        accessible_name: str = "",
        *,
        is_framed: bool = True,
        first_at_end: bool = False,
        shares: tuple[int, int] = (1, 1),
    ) -> None:
        super().__init__()
        self._names: list[str] = []
        self._is_wide = False
        self._first_at_end = first_at_end
        self._own = Card(f"{name}First", accessible_name, is_framed=is_framed)
        self.card = Card(name, accessible_name, is_framed=is_framed)
        self._own.hide()
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        parts = [(self._own, shares[0]), (self.card, shares[1])]
        for part, share in reversed(parts) if first_at_end else parts:
            layout.addWidget(part, share)
        self.card.chosen.connect(self._on_chosen)

    @property
    def key_regions(self) -> tuple[QWidget, ...]:
        """Tabs, what stands beside them, and the pages, as the eye goes through them."""
        cards = (self.card, self._own) if self._first_at_end else (self._own, self.card)
        return tuple(region for card in cards for region in card.key_regions)

    @property
    def visible_pages(self) -> tuple[str, ...]:
        """The names of the pages that can be seen."""
        own = (self._own.current,) if self._is_wide else ()
        return tuple(name for name in (*own, self.card.current) if name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all pages, in the order of their tabs."""
        return tuple(self._names)

    @property
    def is_wide(self) -> bool:
        """Whether the first page stands beside the others."""
        return self._is_wide

    def add(self, page: Page) -> None:
        """Add a page behind the others."""
        self._names.append(page.name)
        self.card.insert(len(self.card.pages), page)

    def show_page(self, name: str, *, focus: bool = False) -> None:
        """Show a page, if it is not visible anyway; ``focus`` sends the keys there."""
        if name not in self.visible_pages:
            self.card.show_page(name)
        if focus:
            part = self._own if self._own.current == name else self.card
            part.focus_page()

    def set_page_visible(self, name: str, is_visible: bool) -> None:
        """Offer a page, or take its tab away; the first always stays."""
        self.card.set_page_visible(name, is_visible)

    def set_wide(self, is_wide: bool) -> None:
        """Give the first page a place of its own, or put it among the others again."""
        if is_wide == self._is_wide or len(self._names) < 2:
            return
        first = self._names[0]
        self._is_wide = is_wide
        if is_wide:
            shown = self.card.current
            self._own.insert(0, self.card.take(first))
            self.card.show_page(self._names[1] if shown == first else shown)
        else:
            self.card.insert(0, self._own.take(first))
        self._own.setVisible(is_wide)
        self.page_shown.emit()

    def set_widths(self, first: int, others: int) -> None:
        """Give the first page and the others these widths, as far as both have room, where wide."""
        self._row.setStretchFactor(self._own, first)
        self._row.setStretchFactor(self.card, others)

    def _on_chosen(self, _: str) -> None:
        self.page_shown.emit()


def _takes_keys(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isVisible() and widget.isEnabled()


def _beside(page: Page) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(8, 0, 0, 0)
    row.setSpacing(4)
    for index, widget in enumerate(page.beside):
        row.addWidget(widget, 1 if index == 0 else 0)
    return holder
