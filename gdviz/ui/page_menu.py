"""The menu of the mathematics: every panel by a key, and the stages of a step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from gdviz.ui.pages import Pages
from gdviz.ui.words import window as words


class PageMenu(QMenu):
    """Shows panels, numbered as their keys are: Ctrl+1, Ctrl+2 and so on.

    Attributes:
        next_stage: goes to the next stage of the step in the ledger.

    """

    def __init__(self, window: QMainWindow, *places: Pages) -> None:
        super().__init__(words.MENU_MATHEMATICS, window)
        self._actions: dict[str, QAction] = {}
        for place in places:
            for name in place.names:
                action = self.addAction(words.PAGES[name])
                action.setObjectName(f"page-{name}")
                action.setShortcut(QKeySequence(f"Ctrl+{len(self._actions) + 1}"))
                action.triggered.connect(
                    lambda _=False, p=place, n=name: p.show_page(n, focus=True)
                )
                self._actions[name] = action
            self.addSeparator()
        self.next_stage = self.addAction(words.NEXT_STAGE)
        self.next_stage.setObjectName("nextStage")
        self.next_stage.setShortcut(QKeySequence(Qt.Key.Key_S))
        self.next_stage.setToolTip(words.NEXT_STAGE_TIP)
        self.setToolTipsVisible(True)
        window.addActions([*self._actions.values(), self.next_stage])

    def allow(self, name: str, allowed: bool, why_not: str) -> None:
        """Enable a panel, or disable it and say why."""
        self._actions[name].setEnabled(allowed)
        self._actions[name].setToolTip(words.PAGES[name] if allowed else why_not)

    def allow_next_stage(self, allowed: bool, why_not: str) -> None:
        """Enable going on with the step, or disable it and say why."""
        tip = words.NEXT_STAGE_TIP if allowed else why_not
        if (self.next_stage.isEnabled(), self.next_stage.toolTip()) != (allowed, tip):
            self.next_stage.setEnabled(allowed)
            self.next_stage.setToolTip(tip)
