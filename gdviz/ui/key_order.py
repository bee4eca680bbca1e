"""The order in which Tab goes through the window: that of the eye, whatever was built when."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def order_keys(regions: Sequence[QWidget]) -> None:
    """Let Tab go from region to region, and within each as its widgets were laid out.

    Qt's own order is that in which widgets were made, and panels are made late. (It is not asked
    for: where PySide 6.11 walks along the focus chain, menus lose their actions.)
    """
    takers = [
        widget
        for region in regions
        for widget in (region, *region.findChildren(QWidget))
        if _takes_tab(widget) and widget.window() is region.window()  # no list of a combo box
    ]
    for one, next_one in pairwise(takers):
        QWidget.setTabOrder(one, next_one)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
