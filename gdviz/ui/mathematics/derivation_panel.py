"""The derivations: two chapters that one pages through, with the numbers of a step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.working import Working
from gdviz.explain.derivations import Chapter, Highlight, Page, latex
from gdviz.ui import messages as words
from gdviz.ui.mathematics.derivation_sheet import DerivationSheet
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.run_keys import RunKeys


class DerivationPanel(QWidget):
    """One page of a derivation at a time: formula, words, and the same with the run's numbers.

    Page Up and Page Down turn pages while it has the focus; after the last page of a chapter comes
    the first of the next. While it is hidden nothing is worked out.

    Signals:
        highlighted: what in the plots shows the page's numbers, as a frozenset of Highlight; again
            when the step comes to see all points or some only; empty when the panel is hidden.

    """

    highlighted = Signal(object)

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
        self._title, self._place = _label("derivationChapter"), _label("derivationPlace")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(6)
        layout.addLayout(self._make_chapters())
        layout.addLayout(self._make_turning())
        places = QHBoxLayout()
        places.setContentsMargins(2, 0, 8, 0)
        places.addWidget(self._title, 1)
        places.addWidget(self._place)
        layout.addLayout(places)
        layout.addWidget(self._sheet, 1)
        for key, turn in ((Qt.Key.Key_PageUp, self._go_back), (Qt.Key.Key_PageDown, self._go_on)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(turn)
        self.setFocusProxy(self._sheet)
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
        self._working = working
        if self.isVisible():
            self._fill()
            if self._lit != self.page.lit(working):
                self._light()

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
        copy = self._button("derivationCopy")
        copy.setText(words.COPY_LATEX)
        copy.setToolTip(words.DERIVATION_COPY_TIP)
        copy.setProperty("flat", True)
        copy.clicked.connect(self._on_copy)
        row.addWidget(copy)
        return row

    def _make_turning(self) -> QHBoxLayout:
        self._back = self._button("derivationBack")
        self._back.setText(words.DERIVATION_BACK[0])
        self._back.clicked.connect(self._go_back)
        self._next = self._button("derivationNext")
        self._next.setText(words.DERIVATION_NEXT[0])
        self._next.clicked.connect(self._go_on)
        self._contents = QComboBox()
        self._contents.setObjectName("derivationContents")
        self._contents.setAccessibleName(words.DERIVATION_CONTENTS)
        self._contents.setToolTip(words.DERIVATION_CONTENTS)
        self._contents.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._contents.activated.connect(self._on_chosen)
        self._keys.look_after(self._contents)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._back)
        row.addWidget(self._contents, 1)
        row.addWidget(self._next)
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
        titles = [f"{number}  {page.title}" for number, page in enumerate(pages, 1)]
        if [self._contents.itemText(i) for i in range(self._contents.count())] != titles:
            self._contents.clear()
            self._contents.addItems(titles)
            self._contents.setMaxVisibleItems(len(titles))
        self._contents.setCurrentIndex(self._number - 1)
        for chapter, button in self._chapters.items():
            button.setChecked(chapter is self._chapter)
        self._title.setText(self._chapter.title)
        self._place.setText(words.DERIVATION_PLACE.format(number=self._number, count=len(titles)))
        is_first = self._chapter is Chapter.ONE_FEATURE and self._number == 1
        is_last = self._chapter is Chapter.N_FEATURES and self._number == len(titles)
        _enable(self._back, not is_first, words.DERIVATION_BACK[1], words.WHY_FIRST_PAGE)
        _enable(self._next, not is_last, words.DERIVATION_NEXT[1], words.WHY_LAST_PAGE)
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

    def _go_back(self) -> None:
        if self._number > 1:
            self.show_page(self._chapter, self._number - 1)
        elif self._chapter is Chapter.N_FEATURES:
            self.show_page(Chapter.ONE_FEATURE, len(Chapter.ONE_FEATURE.pages()))

    def _go_on(self) -> None:
        if self._number < len(self._chapter.pages()):
            self.show_page(self._chapter, self._number + 1)
        elif self._chapter is Chapter.ONE_FEATURE:
            self.show_page(Chapter.N_FEATURES, 1)

    def _on_chapter(self) -> None:
        chapter = next(c for c, button in self._chapters.items() if button is self.sender())
        self.show_page(chapter, self._last_read[chapter])

    def _on_chosen(self, index: int) -> None:
        self.show_page(self._chapter, index + 1)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(latex(self.page, self._working))
        QToolTip.showText(QCursor.pos(), words.COPIED, self)

    # --- events ----------------------------------------------------------------------------------

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


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", "muted")
    return label


def _enable(button: QToolButton, can: bool, tip: str, why_not: str) -> None:
    button.setEnabled(can)
    button.setToolTip(tip if can else why_not)
