"""Icons from resources/icons, in the theme's colours."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gdviz.assets import resource
from gdviz.ui.theme import Theme, with_alpha

_SIZE = 22


def icon(name: str, theme: Theme, *, on_accent: bool = False) -> QIcon:
    """Return an icon drawn in black, recoloured; fainter where disabled."""
    scales = {math.ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()}
    return _icon(name, theme, on_accent, tuple(sorted(scales)))


@lru_cache(maxsize=200)
def _icon(name: str, theme: Theme, on_accent: bool, scales: tuple[int, ...]) -> QIcon:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    color = theme.accent_text if on_accent else theme.text
    result = QIcon()
    for scale in scales:
        result.addPixmap(_pixmap(svg, QColor(color), scale), QIcon.Mode.Normal)
        result.addPixmap(_pixmap(svg, with_alpha(theme.muted, 0.5), scale), QIcon.Mode.Disabled)
    return result


def window_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons", "gdviz.svg")))


def _pixmap(svg: str, color: QColor, scale: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    pixmap = QPixmap(_SIZE * scale, _SIZE * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), color)
    pixmap.setDevicePixelRatio(scale)
    return pixmap
