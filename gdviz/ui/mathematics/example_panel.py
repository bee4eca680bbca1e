"""The worked example: page by page through one step of gradient descent, with numbers to change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.worked_example import BUNDLED, Entry, WorkedExample
from gdviz.explain.example.pages import latex, pages
from gdviz.ui.mathematics.copy_button import CopyButton
from gdviz.ui.mathematics.example_entry import EntryEditor
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.mathematics.page_turner import PageTurner, enable
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.run_keys import RunKeys
from gdviz.ui.words import mathematics as mathematics_words
from gdviz.ui.words import window as window_words

_LINES_SIZE, _WORDS_SIZE = 16.0, 10.0  # in pixels, in points


class ExamplePanel(QWidget):
    """Twelve pages, from X to the next steps. What is typed is worked through at once.

    Text that is no number stays where it was typed, with a sentence beneath; the number from before
    goes on counting, and nothing leads on from the page until it is mended.

    Signals:
        run_requested: go on with this example on the plots; carries the WorkedExample.

    """

    run_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("examplePanel")
        self.setAccessibleName(mathematics_words.EXAMPLE_NAME)
        self._example = BUNDLED
        self._pages = pages(BUNDLED)
        self._number = 1
        self._keys = RunKeys(self)
        self._turner = PageTurner(
            self, "example", mathematics_words.EXAMPLE_CONTENTS, mathematics_words.EXAMPLE_PLACE
        )
        self._turner.turned.connect(self.show_page)
        self._make_body(theme)
        self._make_footer()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(6)
        layout.addWidget(self._turner)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(self._footer)
        # No focus proxy: Tab would go past the header.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_page(1)

    # --- what others use -------------------------------------------------------------------------

    @property
    def example(self) -> WorkedExample:
        """The example with the numbers that are in force."""
        return self._example

    @property
    def page_number(self) -> int:
        """Which page is shown, counted from 1."""
        return self._number

    def turn_page(self, *, is_forward: bool) -> None:
        """Turn a page, if there is one."""
        self._turner.turn(is_forward=is_forward)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._lines.apply_theme(theme)
        for editor in self._editors.values():
            editor.apply_theme(theme)

    def set_type_size(self, share: float) -> None:
        """Write the page in another size, as a share of the normal one."""
        self._lines.set_size(_LINES_SIZE, share)
        # By style: another theme brings back the fonts that labels were made with.
        self._body.setStyleSheet(f"QLabel {{ font-size: {_WORDS_SIZE * share}pt; }}")
        for editor in self._editors.values():
            editor.set_type_size(share)

    def show_page(self, number: int) -> None:
        """Turn to a page, counted from 1: to the nearest, and past no text that is no number."""
        had_focus = self._scroll.isAncestorOf(self.focusWidget() or self)
        self._number = min(max(number, 1), self._bad_page or len(self._pages))
        self._turner.show_place([page.title for page in self._pages], self._number)
        self._show_page()
        self._show_whether_good()
        self._scroll.verticalScrollBar().setValue(0)
        if had_focus:
            self._focus_first_number()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Send the keys to the page."""
        self._scroll.setFocus(event.reason())

    # --- the parts -------------------------------------------------------------------------------

    def _make_body(self, theme: Theme) -> None:
        self._lead, self._follow = _sentence("exampleLead"), _sentence("exampleFollow")
        self._warning = _sentence("exampleWarning")
        self._warning.setProperty("role", "status")
        self._warning.setProperty("tone", "bad")
        self._lines = FormulaView(theme, _LINES_SIZE)
        self._lines.setObjectName("exampleLines")
        self._editors = {entry: EntryEditor(entry, theme) for entry in Entry}
        body = self._body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 0, 8, 4)
        layout.setSpacing(10)
        layout.addWidget(self._lead)
        for entry, editor in self._editors.items():
            editor.show_values(self._example.entries(entry))
            editor.number_chosen.connect(self._on_number)
            editor.text_changed.connect(self._on_text)
            layout.addWidget(editor)
        layout.addWidget(self._follow)
        layout.addWidget(self._lines)
        layout.addWidget(self._warning)
        layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("exampleScroll")
        self._scroll.setAccessibleName(mathematics_words.EXAMPLE_NAME)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)

    def _make_footer(self) -> None:
        self._reset = self._button("exampleReset", mathematics_words.EXAMPLE_RESET)
        self._run = self._button("exampleRun", mathematics_words.EXAMPLE_RUN)
        self._run.setProperty("primary", True)
        self._footer = QHBoxLayout()
        self._footer.setSpacing(6)
        copy = CopyButton(self, "exampleCopy", self._latex)
        self._keys.look_after(copy)
        self._footer.addWidget(self._reset)
        self._footer.addStretch(1)
        self._footer.addWidget(copy)
        self._footer.addWidget(self._run)
        self._reset.clicked.connect(self._on_reset)
        self._run.clicked.connect(self._on_run)
        self._show_whether_changed()

    def _button(self, name: str, text: tuple[str, str]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text[0])
        button.setToolTip(text[1])
        button.setAccessibleName(window_words.TOLD.format(text=text[0], tip=text[1]))
        self._keys.look_after(button)
        return button

    # --- pages -----------------------------------------------------------------------------------

    def _show_page(self) -> None:
        page = self._pages[self._number - 1]
        self._lead.setText(page.words[0])
        self._follow.setText("\n".join(page.words[1:]))
        self._follow.setVisible(len(page.words) > 1)
        for entry, editor in self._editors.items():
            editor.setVisible(entry is page.entry)
        # Laid out from nothing, or what made room for long numbers would stay as wide.
        self._lines.show_lines(())
        self._lines.show_lines(page.lines)
        self._warning.setText(page.warning)
        self._warning.setVisible(bool(page.warning))

    def _latex(self) -> str:
        return latex(self._example, self._pages[self._number - 1])

    def _focus_first_number(self) -> None:
        entry = self._pages[self._number - 1].entry
        if entry is None:
            self._scroll.setFocus()
            return
        first = self._editors[entry].fields[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    # --- numbers ---------------------------------------------------------------------------------

    def _on_number(self, row: int, column: int, value: float) -> None:
        editor = self.sender()
        assert isinstance(editor, EntryEditor)
        self._use(self._example.with_entry(editor.entry, row, column, value))

    def _on_reset(self) -> None:
        for entry, editor in self._editors.items():
            editor.show_values(BUNDLED.entries(entry))
        self._use(BUNDLED)
        self._on_text()

    def _on_run(self) -> None:
        self.run_requested.emit(self._example)

    def _use(self, example: WorkedExample) -> None:
        if any((example.entries(e) != self._example.entries(e)).any() for e in Entry):
            self._example = example
            self._pages = pages(example)
            self._show_page()

    def _on_text(self) -> None:
        self._show_whether_changed()
        self._show_whether_good()

    @property
    def _bad_page(self) -> int:
        """The first page with text on it that cannot be used; 0 if there is none."""
        bad = (
            number
            for number, page in enumerate(self._pages, 1)
            if page.entry is not None and self._editors[page.entry].complaint
        )
        return next(bad, 0)

    def _show_whether_good(self) -> None:
        """Let nobody go on from a page with text on it that cannot be used."""
        bad = self._bad_page
        why_bad = mathematics_words.WHY_BAD_NUMBER.format(page=bad) if bad else ""
        is_last = self._number == len(self._pages)
        self._turner.allow(
            why_not_back=mathematics_words.WHY_FIRST_PAGE if self._number == 1 else "",
            why_not_on=mathematics_words.WHY_LAST_PAGE
            if is_last
            else why_bad
            if self._number == bad
            else "",
            up_to=bad,
            why_not_beyond=why_bad,
        )
        enable(self._run, mathematics_words.EXAMPLE_RUN[1], why_bad)

    def _show_whether_changed(self) -> None:
        is_changed = any(
            editor.complaint or (self._example.entries(entry) != BUNDLED.entries(entry)).any()
            for entry, editor in self._editors.items()
        )
        why_not = "" if is_changed else mathematics_words.WHY_NOT_CHANGED
        enable(self._reset, mathematics_words.EXAMPLE_RESET[1], why_not)


def _sentence(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
