"""The button that copies a page of mathematics as LaTeX, and its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from gdviz.ui.words import mathematics as mathematics_words
from gdviz.ui.words import window as window_words


class CopyButton(QToolButton):
    """Puts what ``latex`` returns on the clipboard: by a click, or by Ctrl+C within ``panel``.

    What has a use for that key itself, such as a number field or a formula, comes first.
    """

    def __init__(self, panel: QWidget, name: str, latex: Callable[[], str]) -> None:
        super().__init__()
        self._latex = latex
        self.setObjectName(name)
        self.setText(mathematics_words.COPY_LATEX)
        self.setToolTip(mathematics_words.COPY_LATEX_TIP)
        self.setAccessibleName(
            window_words.TOLD.format(
                text=mathematics_words.COPY_LATEX, tip=mathematics_words.COPY_LATEX_TIP
            )
        )
        self.setProperty("flat", True)
        self.clicked.connect(self._copy)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), panel)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.click)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._latex())
        QToolTip.showText(self.mapToGlobal(self.rect().center()), mathematics_words.COPIED, self)
