"""The menu bar: every action by its place, the bundled data sets and the themes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from gdviz.ui.theme import ThemeChoice
from gdviz.ui.words import window as words

_FILE = ("saveFile", "saveFileAs", "", "quit")
_EDIT = ("undo", "redo", "", "addPoint", "editPoint", "removePoint", "", "clearPoints")
_RUN = ("playPause", "step", "stepBack", "stepEpoch", "", "reset", "randomStart")
_VIEW = ("fitViews", "", "residuals", "squares", "pulls", "pointLines")
_TYPE = ("largerFormulas", "smallerFormulas", "normalFormulas")
_HELP = ("keys", "about")


class Menus(QObject):
    """Fills a window's menu bar.

    Attributes:
        bundled_menu: the bundled data sets.

    Signals:
        theme_chosen: carries a ThemeChoice.
        bundled_chosen: a bundled data set was chosen; carries its name.

    """

    theme_chosen = Signal(object)
    bundled_chosen = Signal(str)

    def __init__(
        self, window: QMainWindow, named: dict[str, QAction], scales: list[QAction]
    ) -> None:
        super().__init__(window)
        bar = window.menuBar()
        file = bar.addMenu(words.MENU_FILE)
        file.addAction(named["openFile"])
        self.bundled_menu = file.addMenu(words.MENU_BUNDLED)
        file.addAction(named["generate"])
        file.addSeparator()
        _fill(file, named, _FILE)
        _fill(bar.addMenu(words.MENU_EDIT), named, _EDIT)
        _fill(bar.addMenu(words.MENU_RUN), named, _RUN)
        view = bar.addMenu(words.MENU_VIEW)
        _fill(view, named, _VIEW)
        view.addSeparator()
        view.addActions(scales)
        view.addSeparator()
        _fill(view, named, _TYPE)
        view.addSeparator()
        self._themes = QActionGroup(self)
        themes = view.addMenu(words.MENU_THEME)
        for choice in ThemeChoice:
            action = self._themes.addAction(words.THEMES[choice.value])
            action.setCheckable(True)
            action.setData(choice)
            action.triggered.connect(lambda _=False, c=choice: self.theme_chosen.emit(c))
            themes.addAction(action)
        _fill(bar.addMenu(words.MENU_HELP), named, _HELP)

    def show_theme(self, choice: ThemeChoice) -> None:
        """Check the theme in force."""
        for action in self._themes.actions():
            action.setChecked(action.data() == choice)

    def offer_bundled(self, sets: list[tuple[str, str, str]]) -> None:
        """Offer bundled data: name, title and description of each."""
        for name, title, description in sets:
            action = self.bundled_menu.addAction(title)
            action.setObjectName(f"bundled-{name}")
            action.setToolTip(description)
            action.triggered.connect(lambda _=False, n=name: self.bundled_chosen.emit(n))
        self.bundled_menu.setToolTipsVisible(True)


def _fill(menu: QMenu, named: dict[str, QAction], names: tuple[str, ...]) -> None:
    """Add actions; an empty name is a separator."""
    for name in names:
        if name:
            menu.addAction(named[name])
        else:
            menu.addSeparator()
    menu.setToolTipsVisible(True)
