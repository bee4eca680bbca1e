"""Every action of the window: its name, text, key and icon, made once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QToolButton

from gdviz.core.snapshot import Snapshot, Status
from gdviz.ui.icons import icon
from gdviz.ui.plots.contour_terms import MOST_TERMS
from gdviz.ui.plots.residuals import MOST_SQUARES
from gdviz.ui.theme import Theme
from gdviz.ui.words import window as words

_KEYS: dict[str, tuple[str | QKeySequence.StandardKey, ...]] = {
    "playPause": ("Space",),
    "step": ("Right",),
    "stepBack": ("Left",),
    "stepEpoch": ("Shift+Right",),
    "reset": ("R",),
    "randomStart": ("N",),
    "undo": (QKeySequence.StandardKey.Undo,),
    "redo": ("Ctrl+Shift+Z", "Ctrl+Y"),  # both wherever it runs, as the help says
    "openFile": (QKeySequence.StandardKey.Open,),
    "saveFile": (QKeySequence.StandardKey.Save,),
    "saveFileAs": (QKeySequence.StandardKey.SaveAs,),
    "generate": ("Ctrl+G",),
    "addPoint": ("Insert",),
    "fitViews": ("F",),
    "largerFormulas": ("Ctrl++", "Ctrl+="),  # the plus without Shift, too
    "smallerFormulas": ("Ctrl+-",),
    "normalFormulas": ("Ctrl+0",),
    "residuals": ("E",),
    "squares": ("Q",),
    "pulls": ("P",),
    "pointLines": ("L",),
    "clearPoints": ("Ctrl+Backspace",),
    "quit": ("Ctrl+Q",),  # the standard key is this one on some desktops, and none on others
    "keys": ("F1",),
}
_ICONS = {
    "playPause": "play",
    "step": "step",
    "stepBack": "step-back",
    "stepEpoch": "epoch",
    "reset": "reset",
    "randomStart": "random",
    "fitViews": "fit",
    "residuals": "residuals",
    "squares": "squares",
    "pulls": "pulls",
    "pointLines": "point-lines",
}
_TOGGLES = {"residuals": True, "squares": False, "pulls": False, "pointLines": False}
_IN_LEGEND = {
    "residuals": "residual",
    "squares": "square",
    "pulls": "pull",
    "pointLines": "pointLine",
}


class Actions(QObject):
    """The actions by name, as attributes of ``by_name``; children of the window.

    Signals:
        terms_changed: other pictures of the terms are shown; carries their names in the legend, as
            a frozenset.

    """

    terms_changed = Signal(object)

    def __init__(self, window: QObject, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self.by_name: dict[str, QAction] = {}
        for name, (text, tip) in words.ACTIONS.items():
            action = QAction(text, window)
            action.setObjectName(name)
            action.setToolTip(tip)
            action.setShortcuts([QKeySequence(key) for key in _KEYS.get(name, ())])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self.by_name[name] = action
        for name, is_on in _TOGGLES.items():
            self[name].setCheckable(True)
            self[name].setChecked(is_on)
            self[name].setIconVisibleInMenu(False)  # it would stand where the check mark is
            self[name].changed.connect(self._tell_terms)
        self._terms = frozenset({"residual"})
        for name in ("playPause", "randomStart", "reset"):
            self[name].setAutoRepeat(False)
        self._is_playing = False
        self._play_on_accent = QIcon()
        self["playPause"].changed.connect(self._dress_play_button)
        self.apply_theme(theme)

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def apply_theme(self, theme: Theme) -> None:
        """Draw the icons in other colours."""
        self._theme = theme
        for name, picture in _ICONS.items():
            if name == "playPause":
                self._show_play_icon()
            else:
                self[name].setIcon(icon(picture, theme))

    def show_snapshot(self, snapshot: Snapshot, n_points: int) -> None:
        """Enable what can be done now; say of the rest why not."""
        is_playing = snapshot.status is Status.TRAINING
        if is_playing != self._is_playing:
            self._is_playing = is_playing
            self._show_play_icon()
            self["playPause"].setText(
                words.PAUSE[0] if is_playing else words.ACTIONS["playPause"][0]
            )
        self._dress_play_button()
        why = ""
        if n_points == 0:
            why = words.WHY_NO_POINTS
        elif snapshot.status is Status.CONVERGED:
            why = words.WHY_AT_MINIMUM
        elif snapshot.status is Status.DIVERGED:
            why = words.WHY_DIVERGED
        self.allow("playPause", not why, why, words.PAUSE[1] if is_playing else None)
        self.allow("step", not why, why)
        self.allow("stepEpoch", not why, why)
        self.allow("stepBack", snapshot.can_step_back, words.WHY_NO_STEP_BACK)
        self.allow("reset", snapshot.step > 0 or is_playing, words.WHY_AT_START)
        self.allow("randomStart", n_points > 0, words.WHY_NO_POINTS)
        self.allow("clearPoints", n_points > 0, words.WHY_NOTHING_TO_CLEAR)
        self.allow("squares", n_points <= MOST_SQUARES, words.WHY_MANY_SQUARES)
        n_seen = n_points if snapshot.next_batch is None else len(snapshot.next_batch)
        self.allow("pulls", n_seen <= MOST_TERMS, words.WHY_MANY_TERMS)
        # Of many points the line of the next one is drawn, where a step sees one.
        has_lines = n_points <= MOST_TERMS or n_seen == 1
        self.allow("pointLines", has_lines, words.WHY_MANY_LINES)

    def _tell_terms(self) -> None:
        shown = frozenset(
            word
            for name, word in _IN_LEGEND.items()
            if self[name].isChecked() and self[name].isEnabled()
        )
        if shown != self._terms:
            self._terms = shown
            self.terms_changed.emit(shown)

    def _show_play_icon(self) -> None:
        picture = "pause" if self._is_playing else "play"
        self._play_on_accent = icon(picture, self._theme, on_accent=True)
        self["playPause"].setIcon(icon(picture, self._theme))

    def _dress_play_button(self) -> None:
        """Give buttons on the accent colour an icon that is seen there; they took the menu's."""
        icon_key = self._play_on_accent.cacheKey()
        for owner in self["playPause"].associatedObjects():
            if isinstance(owner, QToolButton) and owner.icon().cacheKey() != icon_key:
                owner.setIcon(self._play_on_accent)

    def allow(self, name: str, allowed: bool, why_not: str, tip: str | None = None) -> None:
        """Enable an action, or disable it and say why in its tooltip."""
        action = self[name]
        text = (tip or words.ACTIONS[name][1]) if allowed else why_not
        if action.isEnabled() != allowed:
            action.setEnabled(allowed)
        if action.toolTip() != text:
            action.setToolTip(text)
