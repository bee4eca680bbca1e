"""The buttons that make the run go, its speed, and a sentence on what it is doing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from gdviz.explain.verdicts import Verdict
from gdviz.ui.actions import Actions
from gdviz.ui.speed_control import SpeedControl
from gdviz.ui.widgets.elided_label import ElidedLabel
from gdviz.ui.words import window as words

_BUTTONS = ("reset", "stepBack", "playPause", "step", "stepEpoch", "randomStart")


class Transport(QFrame):
    """A card above the plots.

    Attributes:
        speed: how fast the run is to go.
        status: what it is doing.

    """

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.speed = SpeedControl()
        self.status = ElidedLabel()
        self.status.setObjectName("status")
        self.status.setProperty("role", "status")
        self.status.setAccessibleName(words.STATUS_NAME)
        buttons = QHBoxLayout()
        buttons.setSpacing(5)
        for name in _BUTTONS:
            buttons.addWidget(tool_button(actions, name, is_primary=name == "playPause"))
        buttons.addStretch(1)
        buttons.addWidget(self.speed)
        status = QHBoxLayout()
        status.setContentsMargins(4, 0, 0, 0)
        status.addWidget(self.status)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 12, 5)
        layout.setSpacing(5)
        layout.addLayout(buttons)
        layout.addLayout(status)

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what the run is doing, in the tone that it asks for."""
        self.status.show_text(verdict.text)
        if self.status.property("tone") != verdict.tone.value:
            self.status.setProperty("tone", verdict.tone.value)
            self.status.style().unpolish(self.status)
            self.status.style().polish(self.status)


def tool_button(actions: Actions, name: str, *, is_primary: bool = False) -> QToolButton:
    """Return a button for an action; the primary one has words beside its icon."""
    button = QToolButton()
    button.setDefaultAction(actions[name])
    button.setObjectName(f"{name}Button")
    button.setAccessibleName(words.ACTIONS[name][0])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if is_primary:
        button.setProperty("primary", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setMinimumWidth(88)
    return button
