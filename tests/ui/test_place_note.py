"""What the contour says of the place beneath the mouse: whole, calm, and not where the mouse is."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.hovered_place import SOON_MS
from gdviz.ui.plots.place_note import PlaceNote
from tests.hands import (
    about,
    hover,
    leave,
    open_bundled,
    pixel,
    place,
    press,
    set_speed,
    settle,
    view_of,
    wait_until,
)


def at_share(window: MainWindow, across: float, up: float) -> QPoint:
    """Hover over a place given as shares of the view; return its pixel."""
    plot = window.contour_plot
    (x0, x1), (y0, y1) = view_of(plot)
    x, y = x0 + across * (x1 - x0), y0 + up * (y1 - y0)
    hover(plot, x, y)
    return pixel(plot, x, y)


def area_of(window: MainWindow) -> QRect:
    plot = window.contour_plot
    return plot.mapFromScene(plot.view.sceneBoundingRect()).boundingRect()


@pytest.mark.parametrize("data", ["starter", "women", "mtcars"])
@pytest.mark.parametrize("size", [(1280, 720), (860, 480)])
def test_all_of_it_is_seen_inside_the_axes(
    window: MainWindow, data: str, size: tuple[int, int]
) -> None:
    open_bundled(window, data)
    window.resize(*size)
    settle(window)
    at_share(window, 0.7, 0.4)
    note = window.hover
    assert note.isVisible()
    assert "J = " in note.shown
    assert area_of(window).contains(note.geometry())
    if size == (1280, 720):
        assert note.shown == note.text()


@pytest.mark.parametrize("data", ["women", "mtcars"])
def test_the_mouse_is_never_on_it_and_it_seldom_moves(window: MainWindow, data: str) -> None:
    open_bundled(window, data)
    settle(window)
    moves, before = 0, None
    for up in (0.05, 0.5, 0.95):
        for across in np.linspace(0.02, 0.98, 25):
            mouse = at_share(window, float(across), up)
            place = window.hover.geometry()
            assert not place.contains(mouse)
            if before is not None:
                assert place.left() == before.left()
                assert place.width() >= before.width()
                moves += place.top() != before.top()
            before = place
    assert moves <= 2


def test_it_hides_neither_the_dot_nor_the_minimum_at_first(window: MainWindow) -> None:
    plot = window.contour_plot
    (x0, x1), (y0, y1) = view_of(plot)
    window.document.set_start((x0 + 0.1 * (x1 - x0), y0 + 0.95 * (y1 - y0)))
    settle(window)
    at_share(window, 0.8, 0.5)
    assert not window.hover.geometry().contains(pixel(plot, *plot.state.dot))
    assert not window.hover.geometry().contains(pixel(plot, *plot.state.lowest))


def test_it_goes_with_the_mouse_and_moves_nothing(window: MainWindow) -> None:
    open_bundled(window, "mtcars")
    settle(window)
    before = window.plane.geometry(), window.contour_plot.geometry()
    at_share(window, 0.5, 0.5)
    assert (window.plane.geometry(), window.contour_plot.geometry()) == before
    leave(window.contour_plot)
    assert window.hover.isHidden()
    assert window.hover.text() == window.hover.shown == ""


def test_the_mouse_goes_through_it_to_the_plot(window: MainWindow) -> None:
    at_share(window, 0.8, 0.5)
    note = window.contour_plot.findChild(PlaceNote)
    assert note is not None
    inside = note.geometry().center()
    assert window.contour_plot.viewport().childAt(inside) is None


def says_the_truth(window: MainWindow, at: QPoint) -> bool:
    """Tell whether the note and the faint line are those of the place beneath the mouse."""
    told = window.hover.text(), window.data_view.data_plot.state.ghost
    hover(window.contour_plot, *place(window.contour_plot, at))
    return told == (window.hover.text(), window.data_view.data_plot.state.ghost)


def test_it_tells_of_the_landscape_that_is_there_now(window: MainWindow) -> None:
    document = window.document
    at = at_share(window, 0.7, 0.4)
    changes = {
        "standardised": lambda: document.change_settings(standardize=True),
        "another convention": lambda: document.change_settings(convention="half-mse"),
        "in units": lambda: document.change_settings(standardize=False),
        "other data": lambda: open_bundled(window, "outlier"),
        "a point moved": lambda: document.move_point(0, 1.0, 30.0),
    }
    for name, change in changes.items():
        with about(name):
            before = window.hover.text()
            change()
            assert window.hover.text() != before
            assert says_the_truth(window, at)


def test_without_points_it_is_silent_until_there_are_some_again(window: MainWindow) -> None:
    at = at_share(window, 0.7, 0.4)
    window.actions_["clearPoints"].trigger()
    assert window.hover.isHidden()
    assert window.data_plot.state.ghost is None
    window.actions_["undo"].trigger()
    assert window.hover.isVisible()
    assert says_the_truth(window, at)
    leave(window.contour_plot)
    window.document.change_settings(standardize=True)
    assert window.hover.isHidden()


def test_it_tells_of_the_place_that_a_moved_view_puts_beneath_the_mouse(
    window: MainWindow,
) -> None:
    plot = window.contour_plot
    at = at_share(window, 0.7, 0.4)
    before = window.hover.text()
    (x0, x1), (y0, y1) = view_of(plot)
    plot.set_view((x0, x1 + (x1 - x0)), (y0, y1))
    wait_until(lambda: window.hover.text() != before)
    assert says_the_truth(window, at)


def test_in_a_running_slice_it_is_told_anew_no_more_often_than_one_reads(
    window: MainWindow,
) -> None:
    open_bundled(window, "mtcars")
    window.document.change_settings(learning_rate=1e-7)
    settle(window)
    plot = window.contour_plot
    at = at_share(window, 0.7, 0.4)
    told: list[object] = []
    plot.hovered.connect(told.append)
    since, before = time.monotonic(), window.hover.text()
    set_speed(window, math.inf)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: len(told) >= 4)
    assert len(told) <= 1 + (time.monotonic() - since) / (0.9 * SOON_MS / 1000)
    press(window, Qt.Key.Key_Space)
    settle(window)
    QTest.qWait(2 * SOON_MS)
    assert window.hover.text() != before
    assert says_the_truth(window, at)
