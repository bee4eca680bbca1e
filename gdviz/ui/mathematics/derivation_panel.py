"""The derivations: two chapters that one pages through, with the numbers of a step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.working import Working
from gdviz.explain.derivation.chapters import Chapter, Highlight, Page, latex
from gdviz.ui.mathematics.copy_button import CopyButton
from gdviz.ui.mathematics.derivation_sheet import DerivationSheet
from gdviz.ui.mathematics.page_turner import PageTurner
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.run_keys import RunKeys
from gdviz.ui.words import mathematics as words


class DerivationPanel(QWidget):
    """One page of a derivation at a time: formula, words, and the same with the run's numbers.

    Page Up and Page Down turn pages while it has the focus; after the last page of a chapter comes
    the first of the next. While it is hidden nothing is worked out.

    Signals:
        highlighted: what in the plots shows the page's numbers, as a frozenset of Highlight; again
            when the step comes to see all points or some only; empty when the panel is hidden.
        page_requested: a person wants to see a panel that the page names; carries its name.

    """

    highlighted = Signal(object)
    page_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("derivationPanel")
        self.setAccessibleName(words.DERIVATION_NAME)
        self._chapter, self._number = Chapter.ONE_FEATURE, 1
        self._last_read = dict.fromkeys(Chapter, 1)
        self._convention = "mse"
        self._working: Working | None = None
        self._lit: frozenset[Highlight] | None = None
        self._keys = RunKeys(self)
        self._sheet = DerivationSheet(theme)
        self._turner = PageTurner(
            self, "derivation", words.DERIVATION_CONTENTS, words.DERIVATION_PLACE
        )
        self._turner.turned.connect(self._on_turned)
        self._sheet.page_requested.connect(self.page_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(6)
        layout.addLayout(self._make_chapters())
        layout.addWidget(self._turner)
        layout.addWidget(self._sheet, 1)
        # No focus proxy: Tab would go past the header.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._show_page()

    # --- what others use -------------------------------------------------------------------------

    @property
    def chapter(self) -> Chapter:
        """The chapter that is shown."""
        return self._chapter

    @property
    def page_number(self) -> int:
        """Which of its pages is shown, counted from 1."""
        return self._number

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._chapter.pages(self._convention)[self._number - 1]

    def show_working(self, working: Working) -> None:
        """Put the numbers of another step in; symbols are set anew only for another cost."""
        is_first, self._working = self._working is None, working
        if is_first and working.dataset.n_features > 1 and self._number == 1:
            self.show_page(Chapter.N_FEATURES, 1)  # it is of these that it tells
        if self.isVisible():
            self._fill()
            if self._lit != self.page.lit(working):
                self._light()

    def rest(self) -> None:
        """Lay the numbers out tight: the run rests."""
        self._sheet.rest()

    def set_type_size(self, share: float) -> None:
        """Write the page in another size, as a share of the normal one."""
        self._sheet.set_type_size(share)

    def turn_page(self, *, is_forward: bool) -> None:
        """Turn a page, if there is one."""
        self._turner.turn(is_forward=is_forward)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._sheet.apply_theme(theme)

    def show_page(self, chapter: Chapter, number: int) -> None:
        """Turn to a page of a chapter, counted from 1; to the nearest where there is none."""
        self._chapter = chapter
        self._number = min(max(number, 1), len(chapter.pages()))
        self._last_read[chapter] = self._number
        self._show_page()
        self._light()

    # --- the parts -------------------------------------------------------------------------------

    def _make_chapters(self) -> QHBoxLayout:
        self._chapters: dict[Chapter, QToolButton] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        for chapter in Chapter:
            button = self._button(f"derivationChapter{len(self._chapters) + 1}")
            button.setText(chapter.short_title)
            button.setToolTip(chapter.title)
            button.setAccessibleName(chapter.title)
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.clicked.connect(self._on_chapter)
            self._chapters[chapter] = button
            row.addWidget(button)
        row.addStretch(1)
        copy = CopyButton(self, "derivationCopy", lambda: latex(self.page, self._working))
        self._keys.look_after(copy)
        row.addWidget(copy)
        return row

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        self._keys.look_after(button)
        return button

    # --- pages -----------------------------------------------------------------------------------

    def _show_page(self) -> None:
        """Show the page from its beginning."""
        pages = self._chapter.pages()
        titles = [page.title for page in pages]
        self._turner.show_place(titles, self._number, self._chapter.title)
        for chapter, button in self._chapters.items():
            button.setChecked(chapter is self._chapter)
        is_first = self._chapter is Chapter.ONE_FEATURE and self._number == 1
        is_last = self._chapter is Chapter.N_FEATURES and self._number == len(pages)
        self._turner.allow(
            why_not_back=words.WHY_FIRST_PAGE if is_first else "",
            why_not_on=words.WHY_LAST_PAGE if is_last else "",
        )
        self._sheet.show_page(self._chapter, self.page)
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Put the newest numbers into the page."""
        working = self._working
        if working is not None and working.settings.convention != self._convention:
            self._convention = working.settings.convention
            self._sheet.show_page(self._chapter, self.page)
        self._sheet.show_working(working)

    def _light(self) -> None:
        """Say what in the plots is to be lit up."""
        if self.isVisible():
            self._lit = self.page.lit(self._working)
            self.highlighted.emit(self._lit)

    def _on_turned(self, number: int) -> None:
        """Go from chapter to chapter beyond the ends of each."""
        count = len(self._chapter.pages())
        if number < 1 and self._chapter is Chapter.N_FEATURES:
            self.show_page(Chapter.ONE_FEATURE, len(Chapter.ONE_FEATURE.pages()))
        elif number > count and self._chapter is Chapter.ONE_FEATURE:
            self.show_page(Chapter.N_FEATURES, 1)
        else:
            self.show_page(self._chapter, number)

    def _on_chapter(self) -> None:
        chapter = next(c for c, button in self._chapters.items() if button is self.sender())
        self.show_page(chapter, self._last_read[chapter])

    # --- events ----------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Send the keys to the page."""
        self._sheet.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while it was hidden."""
        super().showEvent(event)
        self._fill()
        self._light()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what is lit up in the plots."""
        super().hideEvent(event)
        self._lit = None
        self.highlighted.emit(frozenset())
