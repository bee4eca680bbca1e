"""Whatever takes keys or a click in the window says to a screen reader what it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTabBar,
    QWidget,
)

from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.plot import Plot
from tests.hands import open_bundled, settle

KINDS = (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QTabBar,
    Plot,
)


def open_panels(window: MainWindow) -> None:
    """Build all that the window can show."""
    for place in window.panels.places.values():
        place.content()


def all_parts(window: MainWindow) -> Iterator[QWidget]:
    """Yield what a person works with; not Qt's own parts of it, such as the field of a box."""
    for widget in window.findChildren(QWidget):
        is_tab_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        takes_keys = is_tab_stop and widget.focusProxy() is None
        is_list_of_a_box = widget.window() is not window
        if widget.objectName().startswith("qt_") or is_list_of_a_box:
            continue
        if takes_keys or (isinstance(widget, KINDS) and widget.parent().objectName()[:3] != "qt_"):
            yield widget


def nameless(window: MainWindow) -> list[str]:
    """Return what says nothing of itself."""
    named = {label.buddy() for label in window.findChildren(QLabel)}
    return [
        f"{type(part).__name__} {part.objectName()!r} in {type(part.parent()).__name__}"
        for part in all_parts(window)
        if not part.accessibleName() and part not in named
    ]


@pytest.mark.parametrize("data", ["starter", "mtcars"])
def test_everything_has_a_name(window: MainWindow, data: str) -> None:
    open_bundled(window, data)
    settle(window)
    open_panels(window)
    assert len(list(all_parts(window))) > 40
    assert nameless(window) == []


def test_what_a_notice_offers_has_a_name(window: MainWindow) -> None:
    window.notice.propose("Reading…", ("cancel", "Cancel", lambda: None), has_progress=True)
    assert nameless(window) == []


def test_a_name_begins_with_what_can_be_read(window: MainWindow) -> None:
    """Who talks to the computer says what stands on a button."""
    open_panels(window)
    for button in window.findChildren(QAbstractButton):
        if button.objectName() in ("derivationBack", "derivationNext", "derivationCopy"):
            assert button.accessibleName().startswith(button.text())


def test_the_scales_of_the_cost_are_told_apart(window: MainWindow) -> None:
    names = [p.accessibleName() for p in all_parts(window)]
    scales = [name for name in names if name.startswith("Scale of the cost: ")]
    assert len(set(scales)) == 3
