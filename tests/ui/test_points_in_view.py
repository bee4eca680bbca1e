"""A point that was put out of view by its numbers or by keys is brought into view, calmly."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gdviz.core.dataset import Dataset
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.plot import Plot
from gdviz.ui.theme import LIGHT
from tests.hands import (
    SHIFT,
    about,
    child,
    click,
    dialog,
    has_color_near,
    is_shown,
    pixel,
    points_of,
    press,
    press_button,
    settle,
    view_of,
    wait_until,
)

Key = Qt.Key


def type_point(window: MainWindow, action: str, x: float, y: float) -> None:
    window.actions_[action].trigger()
    asked = dialog(window, "pointDialog")
    child(asked, QLineEdit, "pointX").setText(repr(x))
    child(asked, QLineEdit, "pointY").setText(repr(y))
    press_button(asked, "OK")
    assert points_of(window)[window.data_plot.selected] == (x, y)
    assert window.focusWidget() is window.data_plot
    settle(window)


def room_around(plot: Plot, x: float, y: float) -> int:
    """Return how many pixels a place is away from the nearest edge of the view."""
    at, (x_range, y_range) = pixel(plot, x, y), view_of(plot)
    first, last = pixel(plot, x_range[0], y_range[1]), pixel(plot, x_range[1], y_range[0])
    return min(at.x() - first.x(), last.x() - at.x(), at.y() - first.y(), last.y() - at.y())


@pytest.mark.parametrize("action", ["addPoint", "editPoint"])
def test_numbers_out_of_view_open_the_view_as_far_as_needed(
    window: MainWindow, action: str
) -> None:
    plot = window.data_plot
    for place in ((9.0, 3.0), (-6.0, 4.0), (2.0, 40.0), (12.0, -30.0)):
        with about(place):
            plot.select(4)
            before = view_of(plot)
            assert not is_shown(plot, *place)
            type_point(window, action, *place)
            assert has_color_near(plot, *place, LIGHT.point, 5)
            for (low, high), (low_before, high_before), value in zip(
                view_of(plot), before, place, strict=True
            ):
                assert low <= low_before
                assert high >= high_before
                assert low == low_before or value < low_before
                assert high == high_before or value > high_before
                needed = max(high_before, value) - min(low_before, value)
                assert high - low <= 1.15 * needed
            window.actions_["undo"].trigger()
            plot.set_view(*before)


def test_numbers_in_view_leave_the_view_alone(window: MainWindow) -> None:
    before = view_of(window.data_plot)
    type_point(window, "addPoint", 2.0, 2.5)
    assert view_of(window.data_plot) == before


def test_numbers_just_inside_the_edge_are_seen_whole(window: MainWindow) -> None:
    (x0, _), (y0, y1) = view_of(window.data_plot)
    place = (x0 + 1e-6, (y0 + y1) / 2)
    type_point(window, "addPoint", *place)
    assert room_around(window.data_plot, *place) >= 7


def test_a_point_moved_by_keys_stays_in_view(window: MainWindow) -> None:
    plot = window.data_plot
    x, y = max(points_of(window))
    click(plot, x, y)
    views = set()
    for _ in range(40):
        press(window, Key.Key_Right, SHIFT)
        at = points_of(window)[plot.selected]
        assert room_around(plot, *at) >= 4
        views.add(view_of(plot))
    assert 1 < len(views) < 10  # now and then, not at every press


def test_however_far_it_is_it_is_seen(window: MainWindow) -> None:
    for far in (1e50, -1e50, 1e-300):
        with about(far):
            type_point(window, "addPoint", far, far)
            assert is_shown(window.data_plot, far, far)
            assert is_shown(window.data_plot, *points_of(window)[0])
            window.actions_["undo"].trigger()
            window.data_plot.fit()


def test_the_first_point_of_an_empty_plot_is_seen(window: MainWindow) -> None:
    window.document.open(Dataset.empty(), Origin("nothing"))
    type_point(window, "addPoint", 500.0, 1e6)
    assert room_around(window.data_plot, 500.0, 1e6) >= 7


def test_a_dragged_point_does_not_move_the_view(window: MainWindow) -> None:
    before = view_of(window.data_plot)
    window.data_plot.point_moved.emit(0, 30.0, 30.0, 1)
    settle(window)
    assert view_of(window.data_plot) == before


def test_where_an_edit_throws_the_minimum_out_of_view_the_contour_opens(
    window: MainWindow,
) -> None:
    type_point(window, "addPoint", 2.0, 1000.0)
    plot = window.contour_plot

    def is_seen() -> bool:
        x_range, y_range = view_of(plot)
        (x, y) = plot.state.lowest
        return bool(x_range[0] < x < x_range[1] and y_range[0] < y < y_range[1])

    wait_until(is_seen, "the minimum stays out of view")


def test_who_has_made_a_step_needs_no_hint(window: MainWindow) -> None:
    assert window.data_plot.state.hint
    press(window, Key.Key_Right)
    settle(window)
    assert not window.data_plot.state.hint


def test_dragging_a_point_leaves_the_view_of_the_contour_alone(window: MainWindow) -> None:
    window.document.clear()
    for x, y in ((1.0, 1.0), (4.0, 3.0)):
        window.document.add_point(x, y)
    settle(window)
    before = view_of(window.contour_plot)
    for x in (2.0, 1.02, 1.0001, 4.0):
        window.document.move_point(1, x, 3.0, 7)
        settle(window)
    assert view_of(window.contour_plot) == before
