"""What the contour shows: bands, minimum, path, dot, gradient, hover; and how its view follows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton

from gdviz.core.dataset import Dataset
from gdviz.core.snapshot import Trace
from gdviz.explain.numbers import format_number
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.theme import LIGHT
from tests.hands import (
    child,
    click,
    double_click_at,
    drag,
    drag_view,
    has_color_near,
    hover,
    is_color,
    is_shown,
    leave,
    picture,
    pixel,
    points_of,
    press,
    run_to_the_end,
    set_speed,
    settle,
    start_training,
    view_of,
    wait_until,
)

Key = Qt.Key


def cost_at(window: MainWindow, b: float, m: float) -> float:
    x, y = np.array(points_of(window)).T
    return float(np.mean((b + m * x - y) ** 2))


def minimum_of(window: MainWindow) -> tuple[float, float]:
    x, y = np.array(points_of(window)).T
    m, b = np.polyfit(x, y, 1)
    return float(b), float(m)


# --- what is drawn --------------------------------------------------------------------------------


def test_bands_are_levels_of_the_cost_in_viridis(window: MainWindow) -> None:
    shown = picture(window.contour_plot)
    viridis = pg.colormap.get("viridis").map(np.linspace(0.06, 0.98, 19), mode="qcolor")
    areas = [int(is_color(shown, color.name(), 3).sum()) for color in viridis]
    assert sum(area > 100 for area in areas) >= 8


def test_level_sets_are_lines_of_equal_cost(window: MainWindow) -> None:
    bowl = window.contour_plot.state.bowl
    assert bowl is not None
    view = view_of(window.contour_plot)
    lowest = cost_at(window, *minimum_of(window))
    levels = bowl.levels(*view)
    assert len(levels) > 10
    assert np.allclose(np.diff(np.log(levels)), np.diff(np.log(levels))[0])
    wide = (-100.0, 100.0)
    for level in levels[::3]:
        for b, m in bowl.outline(float(level), wide, wide)[::17]:
            assert cost_at(window, b, m) - lowest == pytest.approx(level, rel=1e-6)


def test_minimum_dot_and_arrow_are_seen(window: MainWindow) -> None:
    plot = window.contour_plot
    assert has_color_near(plot, *minimum_of(window), LIGHT.minimum, 2)
    assert has_color_near(plot, *plot.state.dot, LIGHT.line, 2)
    assert is_color(picture(plot), LIGHT.gradient, 12).sum() > 50


@pytest.mark.parametrize("n_vertices", [50, 2000])
def test_the_path_is_clearly_seen_however_long_it_is(window: MainWindow, n_vertices: int) -> None:
    plot = window.contour_plot
    (b0, b1), (m0, m1) = view_of(plot)
    m = m0 + 0.3 * (m1 - m0)
    steps = np.arange(n_vertices)
    thetas = np.column_stack((np.linspace(b0, b1, n_vertices), np.full(n_vertices, m)))
    before = is_color(picture(plot), LIGHT.line, 90)
    trace = Trace(steps, steps, np.ones(n_vertices), thetas)
    plot.show_snapshot(replace(window.snapshot, trace=trace))
    after = is_color(picture(plot), LIGHT.line, 90) & ~before
    thickness = np.median(after.sum(axis=0)[after.any(axis=0)])
    assert 2 <= thickness <= 3


@pytest.mark.parametrize("n_steps", [300, 3000])
def test_where_the_path_only_wanders_it_hides_neither_ground_nor_minimum(
    window: MainWindow, n_steps: int
) -> None:
    plot = window.contour_plot
    b, m = minimum_of(window)
    (b0, b1), (m0, m1) = view_of(plot)
    size = 0.08 * np.array((b1 - b0, m1 - m0))
    cloud = np.random.default_rng(0).uniform(-1, 1, (n_steps, 2)) * size + (b, m)
    thetas = np.vstack((np.linspace(window.document.start, (b, m), 20), cloud))
    steps = np.arange(len(thetas))
    trace = Trace(steps, steps, np.ones(len(thetas)), thetas)
    dot = np.array((b, m)) + 1.6 * size
    plot.show_snapshot(replace(window.snapshot, trace=trace, theta=dot))
    shown = picture(plot)
    low, high = pixel(plot, *(np.array((b, m)) - size)), pixel(plot, *(np.array((b, m)) + size))
    inside = shown[high.y() : low.y(), low.x() : high.x()]
    assert 0.02 < is_color(inside, LIGHT.line, 40).mean() < 0.5  # the last steps, and no block
    assert has_color_near(plot, b, m, LIGHT.minimum, 2)
    way = window.document.start + 0.5 * (np.array((b, m)) - window.document.start)
    assert has_color_near(plot, *way, LIGHT.line, 2)


def test_minimum_and_dot_are_both_seen_where_the_dot_has_arrived(window: MainWindow) -> None:
    plot = window.contour_plot
    away = is_color(picture(plot), LIGHT.line, 25).sum()
    plot.show_theta(np.array(minimum_of(window)))
    at = pixel(plot, *plot.state.dot)
    spot = picture(plot)[at.y() - 9 : at.y() + 10, at.x() - 9 : at.x() + 10]
    assert is_color(spot, LIGHT.minimum, 25).sum() > 8
    assert is_color(spot, LIGHT.line, 25).sum() > 0.5 * away  # no path yet: only the dot is orange


def test_it_is_said_where_angles_look_different_from_what_they_are(window: MainWindow) -> None:
    plot = window.contour_plot

    def note() -> int:
        """Return how much writing is in the corner at the bottom right."""
        corner = pixel(plot, view_of(plot)[0][1], view_of(plot)[1][0])
        near = picture(plot)[corner.y() - 26 : corner.y() - 4, corner.x() - 150 : corner.x() - 6]
        return int(is_color(near, "#e0e0e0", 40).sum())

    assert note() == 0
    (b0, b1), (m0, m1) = view_of(plot)
    plot.set_view((b0, b1), (m0, m0 + 1.5 * (m1 - m0)))
    assert note() > 60
    before = is_color(picture(plot), LIGHT.line, 10).sum()
    plot.show_theta(np.array((b1 - 0.1 * (b1 - b0), m0 + 0.08 * (m1 - m0))))  # not over the dot
    assert is_color(picture(plot), LIGHT.line, 10).sum() > 0.9 * before
    plot.show_theta(np.array(window.document.start))
    plot.fit()
    assert note() == 0


def test_the_arrow_is_the_negative_gradient(window: MainWindow) -> None:
    press(window, Key.Key_Right)
    settle(window)
    b, m = window.snapshot.theta
    tiny = 1e-6
    numeric = -np.array(
        [
            (cost_at(window, b + tiny, m) - cost_at(window, b - tiny, m)) / (2 * tiny),
            (cost_at(window, b, m + tiny) - cost_at(window, b, m - tiny)) / (2 * tiny),
        ]
    )
    assert window.contour_plot.state.downhill is not None
    assert np.allclose(window.contour_plot.state.downhill, numeric, rtol=1e-5)


def test_the_dot_is_where_the_run_is_and_the_path_ends_there(window: MainWindow) -> None:
    state = window.contour_plot.state
    for _ in range(5):
        press(window, Key.Key_Right)
        settle(window)
        assert state.dot == pytest.approx(tuple(window.snapshot.theta))
        assert tuple(state.path[-1]) == pytest.approx(state.dot)
    assert tuple(state.path[0]) == window.document.start
    assert len(state.path) == 6
    press(window, Key.Key_Left)
    settle(window)
    assert len(state.path) == 5
    assert tuple(state.path[-1]) == pytest.approx(state.dot)


def test_the_path_is_seen(window: MainWindow) -> None:
    run_to_the_end(window)
    state = window.contour_plot.state
    for b, m in state.path[1:4]:
        if is_shown(window.contour_plot, b, m):
            assert has_color_near(window.contour_plot, b, m, LIGHT.line, 3)


def test_a_long_run_draws_a_bounded_path(window: MainWindow) -> None:
    window.document.change_settings(mode="sgd", learning_rate=0.002)
    set_speed(window, np.inf)
    press(window, Key.Key_Space)
    wait_until(lambda: window.snapshot.step > 100_000)
    press(window, Key.Key_Space)
    settle(window)
    assert len(window.contour_plot.state.path) < 10_000
    assert len(window.cost_plot.curve[0]) < 3000


def test_without_points_there_is_neither_path_nor_dot(window: MainWindow) -> None:
    press(window, Key.Key_Right, times=6)
    settle(window)
    assert is_color(picture(window.contour_plot), LIGHT.line, 60).any()
    window.actions_["clearPoints"].trigger()
    settle(window)
    shown = picture(window.contour_plot)
    for color in (LIGHT.line, LIGHT.minimum, LIGHT.gradient):
        assert not is_color(shown, color, 60).any()
    start = window.document.start
    (b0, b1), (m0, m1) = view_of(window.contour_plot)
    drag(window.contour_plot, start, ((b0 + b1) / 2, (m0 + m1) / 2))
    assert window.document.start == start  # there is no dot to drag


# --- hover ----------------------------------------------------------------------------------------


def test_hovering_shows_b_m_and_the_cost_and_the_line_there(window: MainWindow) -> None:
    b, m = hover(window.contour_plot, 1.5, 0.4)
    text = window.hover.text()
    for part in (
        f"b = {format_number(b, 4)}",
        f"m = {format_number(m, 4)}",
        f"J = {format_number(cost_at(window, b, m), 4)}",
    ):
        assert part in text
    assert window.data_plot.state.ghost == pytest.approx((b, m))
    shown = picture(window.data_plot)
    leave(window.contour_plot)
    assert window.data_plot.state.ghost is None
    assert window.hover.text() == ""
    assert not np.array_equal(shown, picture(window.data_plot))  # it was faint, but there


def test_with_standardised_x_title_axes_and_hover_tell_of_the_same(window: MainWindow) -> None:
    titles = [label.text() for label in window.findChildren(QLabel)]
    assert "Cost J(b, m)" in titles
    window.document.change_settings(standardize=True)
    titles = [label.text() for label in window.findChildren(QLabel)]
    assert "Cost J(b_z, m_z)" in titles
    plot = window.contour_plot
    assert [plot.getAxis(side).labelText for side in ("bottom", "left")] == [
        "b_z (standardised)",
        "m_z (standardised)",
    ]
    assert "b_z" in plot.accessibleName()
    (x0, x1), (y0, y1) = view_of(plot)
    x, y = hover(plot, x0 + 0.6 * (x1 - x0), y0 + 0.3 * (y1 - y0))
    ghost = window.data_plot.state.ghost
    assert ghost is not None
    text = window.hover.text()
    assert text.startswith(f"b_z = {format_number(x, 4)}   m_z = {format_number(y, 4)}   J = ")
    assert f"J = {format_number(cost_at(window, *ghost), 4)}" in text
    in_units = (
        f"b = {format_number(ghost[0], 3)}   m = {format_number(ghost[1], 3)}   in your units"
    )
    assert in_units in text.split("\n")
    assert window.hover.shown.startswith("b_z = ")


def test_hovering_over_nothing_says_nothing(window: MainWindow) -> None:
    window.actions_["clearPoints"].trigger()
    hover(window.contour_plot, *window.contour_plot.state.dot)
    assert window.hover.text() == ""
    assert window.data_plot.state.ghost is None


# --- the view -------------------------------------------------------------------------------------


def test_start_and_minimum_are_in_view_at_first(window: MainWindow) -> None:
    assert is_shown(window.contour_plot, *window.document.start)
    assert is_shown(window.contour_plot, *minimum_of(window))


def test_the_view_does_not_move_while_the_dot_is_inside(window: MainWindow) -> None:
    view = view_of(window.contour_plot)
    views = set()
    window.document.change_settings(learning_rate=0.02)
    set_speed(window, 200)
    start_training(window, 1)
    wait_until(
        lambda: (
            views.add(view_of(window.contour_plot))  # type: ignore[func-returns-value]
            or window.snapshot.step > 30
        )
    )
    assert views == {view}


def test_the_view_opens_calmly_when_the_dot_leaves_and_holds_it(window: MainWindow) -> None:
    (x0, x1), (y0, y1) = view_of(window.contour_plot)
    before = x1 - x0
    widths: list[float] = []

    def look() -> bool:
        (left, right), _ = view_of(window.contour_plot)
        if not widths or right - left != widths[-1]:
            widths.append(right - left)
        return len(widths) > 3 and is_shown(window.contour_plot, *window.contour_plot.state.dot)

    window.document.set_start((x1 + 3 * (x1 - x0), y1 + 3 * (y1 - y0)))
    wait_until(look)
    assert widths == sorted(widths)  # it never jitters
    assert widths[-1] > before
    assert max(b / a for a, b in pairwise(widths)) < 3  # nor jumps


def test_the_view_follows_a_diverging_run_to_its_end(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=0.5)
    run_to_the_end(window)
    assert window.snapshot.status == "diverged"
    wait_until(lambda: is_shown(window.contour_plot, *window.contour_plot.state.dot))
    assert np.isfinite(view_of(window.contour_plot)).all()


def test_a_view_moved_by_hand_is_respected_until_it_is_fitted(window: MainWindow) -> None:
    plot = window.contour_plot
    bottom = QPoint(plot.viewport().width() // 2, plot.viewport().height() - 8)
    for far, fit in enumerate(
        (
            child(window, QToolButton, "fitViewsButton").click,
            lambda: press(window, Key.Key_F),
            lambda: double_click_at(plot, bottom),
        )
    ):
        drag_view(plot, 70, -50)
        moved = view_of(plot)
        start = (50.0 + 50.0 * far, 50.0)
        window.document.set_start(start)
        settle(window)
        press(window, Key.Key_R)
        settle(window)
        run_to_the_end(window)
        assert view_of(plot) == moved
        fit()
        assert is_shown(plot, *start)
        assert is_shown(plot, *minimum_of(window))


def test_a_double_click_on_an_axis_is_no_start(window: MainWindow) -> None:
    before = window.document.start
    plot = window.contour_plot
    double_click_at(plot, QPoint(10, plot.viewport().height() // 2))
    assert window.document.start == before


def test_editing_points_keeps_the_view(window: MainWindow) -> None:
    view = view_of(window.contour_plot)
    drag(window.data_plot, points_of(window)[3], (1.9, 2.4))
    click(window.data_plot, 1.2, 3.2)
    assert view_of(window.contour_plot) == view


def test_another_convention_keeps_minimum_and_view(window: MainWindow) -> None:
    view = view_of(window.contour_plot)
    child(window, QComboBox, "convention").setCurrentIndex(2)
    bowl = window.contour_plot.state.bowl
    assert bowl is not None
    assert tuple(bowl.center) == pytest.approx(minimum_of(window))
    assert view_of(window.contour_plot) == view


def test_in_a_valley_the_arrow_goes_when_the_dot_has_reached_it(window: MainWindow) -> None:
    data = Dataset.from_points([(1.0, 2.0), (1.0, 4.0)])
    window.document.open(data, Origin("valley"))
    settle(window)
    assert is_color(picture(window.contour_plot), LIGHT.gradient, 10).any()
    run_to_the_end(window)
    assert not is_color(picture(window.contour_plot), LIGHT.gradient, 10).any()
