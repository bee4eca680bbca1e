"""Special data: nothing that is drawn is ever NaN or infinite, and everything goes on working."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt

from gdviz.core.dataset import Dataset
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.cost_plot import CostScale
from tests.hands import (
    about,
    all_finite,
    click,
    drag,
    hover,
    is_shown,
    leave,
    middle_of,
    picture,
    points_of,
    press,
    set_speed,
    settle,
    view_of,
    wait_until,
)

Key = Qt.Key

ODD: dict[str, list[tuple[float, float]]] = {
    "no point": [],
    "one point": [(2.0, 3.0)],
    "one point at the origin": [(0.0, 0.0)],
    "equal x": [(2.0, 1.0), (2.0, 3.0), (2.0, 2.5)],
    "equal points": [(2.0, 1.0)] * 5,
    "x around a million": [(1e6 + i, 2.0 * i + 1) for i in range(6)],
    "y around a billionth": [(float(i), 1e-9 * (i + 0.3 * (-1) ** i)) for i in range(6)],
    "constant y": [(float(i), 7.0) for i in range(5)],
    "constant y of 0": [(float(i), 0.0) for i in range(5)],
    "a perfect line": [(float(i), 3.0 - 2.0 * i) for i in range(5)],
    "huge": [(1e49, -1e49), (-1e49, 1e49), (3e48, 0.0)],
    "tiny": [(1e-100, 1e-100), (2e-100, 1e-100), (3e-100, 5e-100)],
    "tinier": [(1e-300, 1e-300), (2e-300, 1e-300), (3e-300, 5e-300)],
    "huge and tiny": [(1e40, 1e-40), (1e-40, 1e40), (0.0, 1.0)],
}


def everything_drawn_is_finite(window: MainWindow) -> bool:
    """Whether no number that the plots draw from, or show, is NaN or infinite."""
    contour, data, cost = window.contour_plot, window.data_plot, window.cost_plot
    state = contour.state
    shown = window.snapshot
    parts = [
        *view_of(contour),
        *view_of(data),
        *view_of(cost),
        state.dot,
        state.path,
        state.downhill,
        state.pull,
        data.state.theta,
        data.state.x,
        data.state.dataset.y,
        *cost.curve,
        shown.theta,
        shown.cost,
        shown.trace.thetas,
        shown.trace.costs,
    ]
    if state.bowl is not None:
        ranges = view_of(contour)
        levels = state.bowl.levels(*ranges)
        parts += [state.bowl.center, state.bowl.eigenvalues, state.bowl.axes, levels]
        parts += [state.bowl.outline(float(level), *ranges) for level in levels]
    texts = [window.equation.text(), window.status.text(), window.hover.text()]
    return all_finite(*parts) and not any("nan" in text.lower() for text in texts)


def open_points(window: MainWindow, points: list[tuple[float, float]]) -> None:
    data = Dataset.from_points(points) if points else Dataset.empty()
    window.document.open(data, Origin("Odd"))
    settle(window)


def test_what_is_drawn_is_finite_from_start_to_end(window: MainWindow) -> None:
    set_speed(window, math.inf)
    for name, points in ODD.items():
        with about(name):
            go_through(window, points)


def go_through(window: MainWindow, points: list[tuple[float, float]]) -> None:
    open_points(window, points)
    assert everything_drawn_is_finite(window)
    if points:
        assert all(is_shown(window.data_plot, x, y) for x, y in points)
        assert is_shown(window.contour_plot, *window.contour_plot.state.dot)
    press(window, Key.Key_Right, times=2)
    settle(window)
    assert everything_drawn_is_finite(window)
    press(window, Key.Key_Space)
    wait_until(
        lambda: (
            window.snapshot.step > 300
            or window.snapshot.status in ("ready", "converged", "diverged")
        )
    )
    for scale in CostScale:
        window.cost_plot.set_scale(scale)
        assert everything_drawn_is_finite(window)
    picture(window)
    hover(window.contour_plot, *middle_of(window.contour_plot))
    assert everything_drawn_is_finite(window)
    leave(window.contour_plot)


@pytest.mark.parametrize("mode", ["batch", "sgd"])
def test_wild_rates_show_nothing_wild(window: MainWindow, mode: str) -> None:
    set_speed(window, math.inf)
    window.document.change_settings(mode=mode)
    for name in ("a perfect line", "equal x", "huge"):
        for rate in (1e-300, 1e-30, 1e3, 1e30, 1e300):
            with about((name, rate)):
                open_points(window, ODD[name])
                window.document.change_settings(learning_rate=rate)
                press(window, Key.Key_Space)
                wait_until(
                    lambda: (
                        window.snapshot.step > 100
                        or window.snapshot.status in ("converged", "diverged")
                    )
                )
                assert everything_drawn_is_finite(window)
    picture(window)


def test_points_can_be_added_moved_and_removed_there(window: MainWindow) -> None:
    for name, points in ODD.items():
        if name != "tinier":  # beyond what a screen's coordinates can tell apart
            with about(name):
                open_points(window, points)
                edit_points(window, points)


def edit_points(window: MainWindow, points: list[tuple[float, float]]) -> None:
    (x0, x1), (y0, y1) = view_of(window.data_plot)
    click(window.data_plot, x0 + 0.31 * (x1 - x0), y0 + 0.17 * (y1 - y0))
    assert window.document.dataset.n_points == len(points) + 1
    drag(
        window.data_plot,
        points_of(window)[-1],
        (x0 + 0.61 * (x1 - x0), y0 + 0.23 * (y1 - y0)),
    )
    assert points_of(window)[:-1] == points
    settle(window)
    assert everything_drawn_is_finite(window)
    while window.document.undo_stack.canUndo():
        window.document.undo_stack.undo()
    assert points_of(window) == points
    settle(window)
    assert everything_drawn_is_finite(window)


@pytest.mark.parametrize("name", ["x around a million", "y around a billionth", "constant y"])
def test_the_first_space_shows_a_line_that_moves(window: MainWindow, name: str) -> None:
    open_points(window, ODD[name])
    assert window.notice.text or name != "x around a million"
    before = picture(window.data_plot)
    set_speed(window, math.inf)
    press(window, Key.Key_Space)
    wait_until(lambda: window.snapshot.step > 50 or window.snapshot.status == "converged")
    press(window, Key.Key_Space)
    settle(window)
    assert (picture(window.data_plot) != before).any(axis=2).sum() > 200


def test_no_point_shows_a_hint(window: MainWindow) -> None:
    open_points(window, [])
    assert "Click" in window.data_plot.state.hint
    empty = picture(window.data_plot)
    window.data_plot.state.hint = ""
    window.data_plot.viewport().update()
    assert (picture(window.data_plot) != empty).any()
