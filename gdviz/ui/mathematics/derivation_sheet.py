"""The page of a derivation: title, formula, words, numbers, and where to look."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gdviz.core.working import Working
from gdviz.explain.derivation.chapters import Chapter, Highlight, Page, notes
from gdviz.explain.ledger.sheet import is_scaled
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.subscripts import show_with_subscripts
from gdviz.ui.theme import Theme, text_font
from gdviz.ui.words import mathematics as words

_PANELS = {Highlight.COST: "cost", Highlight.SLICES: "slices"}
FORMULA_SIZE, NUMBERS_SIZE = 20.0, 15.5
"""The type sizes in pixels: what is derived is larger than what is put in."""

_TITLE_SIZE, _WORDS_SIZE = 13.0, 10.0  # in points


class DerivationSheet(QScrollArea):
    """Shows one page. While only numbers change nothing is typeset or laid out anew.

    Signals:
        page_requested: a person wants to see a panel that the page names; carries its name.

    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("derivationScroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chapter, self._page = Chapter.ONE_FEATURE, Chapter.ONE_FEATURE.pages()[0]
        self._is_scaled = False
        self._title = _label("derivationTitle", "title")
        self._title.setFont(text_font(_TITLE_SIZE, bold=True))
        self._formula = FormulaView(theme, FORMULA_SIZE)
        self._formula.setObjectName("derivationFormula")
        self._words = _label("derivationWords")
        self._caption = _label("derivationCaption", "muted")
        self._caption.setText(words.DERIVATION_NUMBERS)
        self._numbers = FormulaView(theme, NUMBERS_SIZE)
        self._numbers.setObjectName("derivationNumbers")
        self._notes = ""
        self._note = _label("derivationNote", "muted")
        self._looks = _label("derivationLooks", "muted")
        self._looks.setTextFormat(Qt.TextFormat.RichText)
        self._looks.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._looks.linkActivated.connect(self.page_requested)
        body = self._body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 8, 4)
        layout.setSpacing(0)
        for part, space in (
            (self._title, 0),
            (self._formula, 6),
            (self._words, 10),
            (self._caption, 12),
            (self._numbers, 4),
            (self._note, 10),
            (self._looks, 6),
        ):
            layout.addSpacing(space)
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(body)

    def show_page(self, chapter: Chapter, page: Page) -> None:
        """Show a page from its beginning, as yet without numbers."""
        self._chapter, self._page = chapter, page
        self._title.setText(page.title)
        self.setAccessibleName(page.title)
        self._show_rule()
        # Laid out from nothing, or what made room for long numbers would stay as wide.
        self._numbers.show_lines(())
        self.verticalScrollBar().setValue(0)

    def _show_rule(self) -> None:
        page, scaled = self._page, self._is_scaled
        show_with_subscripts(self._words, " ".join(page.sentences(is_scaled=scaled)))
        self._formula.show_lines(page.rule(is_scaled=scaled))

    def show_working(self, working: Working | None) -> None:
        """Put the numbers of a step in, and have the rule in the letters in which they stand."""
        if working is not None and is_scaled(working) is not self._is_scaled:
            self._is_scaled = not self._is_scaled
            self._show_rule()
        lines = () if working is None else self._page.lines(working)
        self._numbers.show_lines(lines)
        self._caption.setVisible(bool(lines))
        self._numbers.setVisible(bool(lines))
        note = "\n".join(notes(self._chapter, working))
        if note != self._notes:
            self._notes = note
            show_with_subscripts(self._note, note)
        self._note.setVisible(bool(note))
        looks = _linked(self._page.looks(working))
        if looks != self._looks.text():
            self._looks.setText(looks)
        self._looks.setVisible(bool(looks))

    def rest(self) -> None:
        """Lay the numbers out tight: they stand."""
        self._numbers.rest()

    def set_type_size(self, share: float) -> None:
        """Write all of it in another size, as a share of the normal one."""
        self._formula.set_size(FORMULA_SIZE, share)
        self._numbers.set_size(NUMBERS_SIZE, share)
        # By style: another theme brings back the fonts that labels were made with.
        title = f"QLabel#{self._title.objectName()} {{ font-size: {_TITLE_SIZE * share}pt; }}"
        self._body.setStyleSheet(f"QLabel {{ font-size: {_WORDS_SIZE * share}pt; }} {title}")

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._formula.apply_theme(theme)
        self._numbers.apply_theme(theme)


def _linked(looks: str) -> str:
    """Return where to look, with links to the panels that may be hidden."""
    for highlight, page in _PANELS.items():
        looks = looks.replace(highlight.label, f'<a href="{page}">{highlight.label}</a>')
    return looks


def _label(name: str, role: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
