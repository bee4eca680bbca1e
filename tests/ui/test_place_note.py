"""What the contour says of the place beneath the mouse: whole, calm, and not where the mouse is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect

from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.place_note import PlaceNote
from tests.hands import hover, leave, open_bundled, pixel, settle, view_of


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
