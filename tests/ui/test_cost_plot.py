"""The cost against the steps: the full cost, on three scales, in a view that follows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QToolButton

from gdviz.core.snapshot import Trace
from gdviz.ui.main_window import MainWindow
from gdviz.ui.theme import LIGHT
from tests.hands import (
    about,
    all_finite,
    double_click_at,
    drag_view,
    has_color_near,
    is_color,
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
SCALES = ("linear", "log", "gap")


def scale_button(window: MainWindow, scale: str) -> QToolButton:
    action = window.findChild(QAction, f"costScale{scale.capitalize()}")
    return next(b for b in window.findChildren(QToolButton) if b.defaultAction() is action)


def expected_costs(window: MainWindow) -> np.ndarray:
    x, y = np.array(points_of(window)).T
    thetas = window.snapshot.trace.thetas
    return np.mean((thetas[:, :1] + thetas[:, 1:] * x - y) ** 2, axis=1)


def test_the_curve_is_the_full_cost_at_every_step_in_every_mode(window: MainWindow) -> None:
    for mode in ("batch", "sgd", "mini-batch"):
        with about(mode):
            window.document.change_settings(mode=mode, batch_size=3, learning_rate=0.01)
            press(window, Key.Key_Right, times=15)
            settle(window)
            steps, heights = window.cost_plot.curve
            assert list(steps[:16]) == list(range(16))
            assert np.allclose(heights[:16], expected_costs(window)[:16], rtol=1e-9)
            assert heights[-1] == pytest.approx(window.snapshot.cost)
            press(window, Key.Key_R)
            settle(window)


def test_the_scale_is_chosen_by_a_button(window: MainWindow) -> None:
    press(window, Key.Key_Right, times=15)
    settle(window)
    costs = expected_costs(window)
    x, y = np.array(points_of(window)).T
    lowest = np.mean((np.polyval(np.polyfit(x, y, 1), x) - y) ** 2)
    wanted = {"log": np.log10(costs), "gap": np.log10(costs - lowest), "linear": costs}
    for scale, expected in wanted.items():
        with about(scale):
            scale_button(window, scale).click()
            assert window.cost_plot.scale == scale
            steps, heights = window.cost_plot.curve
            assert np.allclose(heights[: len(expected)], expected, rtol=1e-6)
            (x0, x1), (y0, y1) = view_of(window.cost_plot)
            assert x0 <= steps.min()
            assert steps.max() <= x1
            assert y0 <= heights.min()
            assert heights.max() <= y1
            assert scale_button(window, scale).isChecked()
            assert sum(scale_button(window, other).isChecked() for other in SCALES) == 1
            for i in (1, 5, 10, -1):
                assert has_color_near(window.cost_plot, steps[i], heights[i], LIGHT.line)
            assert is_color(picture(window.cost_plot), LIGHT.line).sum() > 100


def test_the_curve_keeps_its_weight_however_long_it_is(window: MainWindow) -> None:
    for n_steps in (200, 900, 20_000):
        with about(n_steps):
            plot = window.cost_plot
            steps = np.arange(n_steps)
            costs = 3 + 5 * np.exp(-steps / n_steps)
            trace = Trace(steps, steps, costs, np.zeros((n_steps, 2)))
            plot.show_minimum_cost(0.0)
            plot.show_snapshot(
                replace(window.snapshot, trace=trace, step=n_steps - 1, cost=costs[-1])
            )
            shown = picture(plot)
            right = pixel(plot, 0.9 * n_steps, 4).x()
            inside = shown[:, pixel(plot, 0.05 * n_steps, 4).x() : right].astype(float)
            # How much of each pixel the line covers: from the blue that it takes from white.
            covered = (255 - inside[..., 2]) / (255 - QColor(LIGHT.line).blue())
            covered[~is_color(inside.astype(np.uint8), LIGHT.line, 200)] = 0
            thickness = np.where(covered > 0.05, covered, 0).sum(axis=0)
            assert np.median(thickness) == pytest.approx(2.2, abs=0.5)
            assert ((covered > 0.15) & (covered < 0.85)).any(axis=0).mean() > 0.3  # it is smooth


def test_the_lowest_possible_cost_is_marked(window: MainWindow) -> None:
    x, y = np.array(points_of(window)).T
    lowest = float(np.mean((np.polyval(np.polyfit(x, y, 1), x) - y) ** 2))
    marked = sum(
        has_color_near(window.cost_plot, step, lowest, LIGHT.minimum) for step in range(5, 20)
    )
    assert marked > 3


def test_the_view_grows_with_the_run_and_never_jitters(window: MainWindow) -> None:
    rights: list[float] = []
    set_speed(window, 400)
    window.document.change_settings(learning_rate=0.001)
    start_training(window)

    def look() -> bool:
        (_, right), _ = view_of(window.cost_plot)
        if not rights or right != rights[-1]:
            rights.append(right)
        return window.snapshot.step > 200

    wait_until(look)
    assert rights == sorted(rights)
    assert len(rights) < 20  # in a few leaps, not at every frame
    assert rights[-1] >= window.snapshot.step


def test_a_view_moved_by_hand_is_respected_until_the_axis_is_double_clicked(
    window: MainWindow,
) -> None:
    plot = window.cost_plot
    drag_view(plot, 40, 10)
    moved = view_of(plot)
    run_to_the_end(window)
    assert view_of(plot) == moved
    double_click_at(plot, QPoint(12, plot.viewport().height() // 2))
    assert view_of(plot)[0][1] >= window.snapshot.step


@pytest.mark.parametrize("scale", SCALES)
def test_a_perfect_fit_and_a_diverged_run_are_finite_on_every_scale(
    window: MainWindow, scale: str
) -> None:
    scale_button(window, scale).click()
    window.actions_["clearPoints"].trigger()
    for x in (0.0, 1.0, 2.0):
        window.document.add_point(x, 2 * x)
    window.document.change_settings(learning_rate=0.1, tolerance=1e-9)
    settle(window)
    run_to_the_end(window)
    assert all_finite(*window.cost_plot.curve, *view_of(window.cost_plot))
    window.document.change_settings(learning_rate=50.0)
    window.document.set_start((3.0, 3.0))
    press(window, Key.Key_R)
    settle(window)
    run_to_the_end(window)
    assert window.snapshot.status == "diverged"
    assert all_finite(*window.cost_plot.curve, *view_of(window.cost_plot))
    picture(window.cost_plot)


def test_the_axis_says_what_it_shows(window: MainWindow) -> None:
    assert window.cost_plot.getAxis("bottom").labelText == "step"
    assert window.cost_plot.getAxis("left").labelText == "J"
    scale_button(window, "gap").click()
    assert "Jₘᵢₙ" in window.cost_plot.getAxis("left").labelText


def test_without_points_there_is_no_curve(window: MainWindow) -> None:
    for is_run in (False, True):
        with about(is_run):
            if is_run:
                run_to_the_end(window)
            assert is_color(picture(window.cost_plot), LIGHT.line, 60).any()
            window.actions_["clearPoints"].trigger()
            settle(window)
            assert not is_color(picture(window.cost_plot), LIGHT.line, 60).any()
            window.actions_["undo"].trigger()
            settle(window)


@pytest.mark.parametrize("share", [0.97, 1.07, 1.6])
def test_the_dot_is_seen_whole_wherever_the_run_begins(window: MainWindow, share: float) -> None:
    for scale in SCALES:
        with about(scale):
            plot = window.cost_plot
            scale_button(window, scale).click()
            before = window.snapshot
            trace = Trace(
                *(np.zeros(1, dtype=np.int64),) * 2,
                np.array([share * before.cost]),
                np.zeros((1, 2)),
            )
            plot.show_snapshot(replace(before, trace=trace, cost=share * before.cost))
            steps, heights = plot.curve
            at = plot.viewport().mapTo(plot, pixel(plot, steps[-1], heights[-1]))
            top = plot.viewport().mapTo(plot, pixel(plot, 0, view_of(plot)[1][1])).y()
            assert at.y() - top >= 5
            dot = is_color(
                picture(plot)[at.y() - 5 : at.y() + 6, at.x() - 5 : at.x() + 6], LIGHT.line, 60
            )
            assert dot[:5].sum() >= 0.8 * dot[6:].sum()
            assert dot[:, :5].sum() >= 0.8 * dot[:, 6:].sum()


@pytest.mark.parametrize("n_steps", [30, 3000])
def test_where_j_becomes_another_without_a_step_the_line_breaks(
    window: MainWindow, n_steps: int
) -> None:
    plot, third = window.cost_plot, n_steps // 3
    steps = np.concatenate(
        (np.arange(third + 1), np.arange(third, 2 * third + 1), np.arange(2 * third, n_steps))
    )
    costs = np.repeat((8.0, 2.0, 6.0), (third + 1, third + 1, n_steps - 2 * third))
    trace = Trace(steps, steps, costs, np.zeros((len(steps), 2)))
    plot.show_minimum_cost(0.0)
    for present, cost in ((n_steps, 6.0), (n_steps - 1, 1.0)):
        plot.show_snapshot(replace(window.snapshot, trace=trace, step=present, cost=cost))
        for step, height in ((third / 2, 8.0), (1.5 * third, 2.0), (2.5 * third, 6.0)):
            assert has_color_near(plot, step, height, LIGHT.line)
        for step, height in ((third, 5.0), (2 * third, 4.0), (n_steps - 1, 3.0)):
            assert not has_color_near(plot, step, height, LIGHT.line, 2)
