"""Colours, fonts and the style sheet, light and dark. One colour per meaning, everywhere.

The colours with a meaning are Okabe and Ito's, which colour-blind people can tell apart
(https://jfly.uni-koeln.de/color/, 2008), lightened or darkened where a background asks for it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache, lru_cache
from string import Template

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from gdviz.assets import resource

# In the preferences.
_KEY = "theme"


class ThemeChoice(StrEnum):
    """Which theme a person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as #rrggbb."""

    is_dark: bool
    window: str  # behind the cards
    card: str  # behind plots and controls
    border: str
    grid: str
    text: str
    muted: str  # labels and axes
    field: str  # behind input
    hover: str
    accent: str  # what can be pressed
    accent_text: str
    line: str  # the line, the dot, the path: θ in all its guises
    gradient: str  # −∇J
    minimum: str
    residual: str
    point: str
    used: str  # the points that the last step used
    halo: str  # around marks that lie on the contour's colours
    warning: str
    good: str  # good news in words, where the minimum's own colour would be too faint
    notice: str  # behind a proposal


LIGHT = Theme(
    is_dark=False,
    window="#eef1f5",
    card="#ffffff",
    border="#d7dde5",
    grid="#e6eaef",
    text="#1b2430",
    muted="#5b6878",
    field="#f5f7fa",
    hover="#e6ebf2",
    accent="#1f5fbf",
    accent_text="#ffffff",
    line="#d55e00",
    gradient="#b8478c",
    minimum="#009e73",
    residual="#0072b2",
    point="#28323f",
    used="#f0c400",
    halo="#ffffff",
    warning="#b03a00",
    good="#00734f",
    notice="#fff6da",
)

DARK = Theme(
    is_dark=True,
    window="#12161c",
    card="#1a2028",
    border="#2c3541",
    grid="#262e39",
    text="#e8edf3",
    muted="#9aa7b6",
    field="#222a34",
    hover="#2a3440",
    accent="#5b9bf0",
    accent_text="#0c1420",
    line="#ff7a1a",
    gradient="#e58fc4",
    minimum="#1fc796",
    residual="#56b4e9",
    point="#dfe6ee",
    used="#f0e442",
    halo="#ffffff",
    warning="#ff9a66",
    good="#1fc796",
    notice="#332d18",
)


class ThemeKeeper(QObject):
    """Keeps the theme in force and applies it to the application; what was chosen stays chosen.

    Signals:
        changed: another theme is in force; carries the Theme.

    """

    changed = Signal(object)

    def __init__(self, preferences: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        value = str(preferences.value(_KEY, ThemeChoice.SYSTEM.value))
        known = value in list(ThemeChoice)
        self._choice = ThemeChoice(value) if known else ThemeChoice.SYSTEM
        self._theme = self._wanted()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._theme

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Use another theme, at the next start as well."""
        self._choice = choice
        self._preferences.setValue(_KEY, choice.value)
        self._update()

    def apply(self) -> None:
        """Give palette, font and style sheet to the application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        sheet = style_sheet(self._theme)
        if app.styleSheet() == sheet:
            return  # in force: setting it again would polish every widget anew
        if app.style().objectName().lower() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(_palette(self._theme))
        app.setStyleSheet(sheet)

    def _follow_system(self) -> None:
        self._update()

    def _update(self) -> None:
        theme = self._wanted()
        if theme is not self._theme:
            self._theme = theme
            self.apply()
            self.changed.emit(theme)

    def _wanted(self) -> Theme:
        if self._choice is ThemeChoice.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice is ThemeChoice.DARK else LIGHT


def load_fonts() -> None:
    """Load the fonts that the program brings, so that it looks the same everywhere."""
    for name in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
        _load_font(name)
    QApplication.setFont(text_font())


@cache
def _load_font(name: str) -> None:
    """Load a font, once: with each further time Qt forgets how wide any text is."""
    QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def text_font(points: float = 10.0, *, bold: bool = False) -> QFont:
    """Return the interface font with digits that are all equally wide."""
    font = QFont("Inter")
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setFeature(QFont.Tag("calt"), 0)  # it turns the x of 2 x1 into a sign of multiplication
    return font


def give_margin(spin: QAbstractSpinBox) -> None:
    """Keep the number off the border; the style sheet's padding does not reach it."""
    spin.lineEdit().setTextMargins(5, 0, 0, 0)


@lru_cache(maxsize=200)
def with_alpha(color: str, alpha: float) -> QColor:
    """Return ``color`` with an opacity from 0 to 1; others have it as well."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of resources/style/app.qss with the theme's colours in it."""
    template = Template(resource("style", "app.qss").read_text(encoding="utf-8"))
    icons = resource("icons").as_posix()
    shade = "dark" if theme.is_dark else "light"
    return template.substitute(asdict(theme), icons=icons, shade=shade)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, color in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.card),
        (role.Text, theme.text),
        (role.Button, theme.card),
        (role.ButtonText, theme.text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.accent_text),
        (role.ToolTipBase, theme.card),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Link, theme.accent),
    ):
        palette.setColor(where, QColor(color))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, with_alpha(theme.muted, 0.55))
    return palette
