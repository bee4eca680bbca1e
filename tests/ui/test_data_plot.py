"""What the data plot shows: the line, residuals, the points of the last step; and its view."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton

from gdviz.core.dataset import Dataset
from gdviz.explain.numbers import equation, format_number
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.theme import LIGHT
from tests.hands import (
    child,
    click,
    double_click_at,
    drag_view,
    has_color_near,
    is_color,
    middle_of,
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


def steps(window: MainWindow, times: int = 1) -> None:
    window.cost_plot.setFocus()
    press(window, Key.Key_Right, times=times)
    settle(window)


def numbers_in(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"-?\d+\.?\d*", text.replace("−", "-"))]


# --- numbers --------------------------------------------------------------------------------------


def test_the_equation_holds_the_snapshots_numbers(window: MainWindow) -> None:
    label = child(window, QLabel, "equation")
    for _ in range(4):
        steps(window)
        b, m = window.snapshot.theta
        assert label.text() == equation(window.snapshot.theta)
        shown_m, shown_b = numbers_in(label.text().replace("− ", "-").replace("+ ", ""))
        assert shown_m == pytest.approx(m, rel=1e-3)
        assert shown_b == pytest.approx(b, rel=1e-3)


def test_the_equation_is_updated_while_it_trains(window: MainWindow) -> None:
    label = child(window, QLabel, "equation")
    window.document.change_settings(learning_rate=0.001)
    start_training(window)
    texts = {label.text()}
    wait_until(lambda: texts.add(label.text()) or len(texts) > 3)  # type: ignore[func-returns-value]


def test_readouts_are_the_snapshots_numbers(window: MainWindow) -> None:
    child(window, QComboBox, "mode").setCurrentIndex(2)
    steps(window, 23)
    shown = window.snapshot
    x, y = np.array(points_of(window)).T
    errors = shown.theta[0] + shown.theta[1] * x - y
    cost = float(np.mean(errors**2))
    fitted = np.polynomial.Polynomial.fit(x, y, 1)
    lowest = float(np.mean((fitted(x) - y) ** 2))
    steepness = float(np.hypot(2 * errors.mean(), 2 * (errors * x).mean()))
    expected = {
        "step": "23",
        "epoch": "2",
        "cost": format_number(cost),
        "gradient": format_number(steepness),
        "intercept": format_number(float(shown.theta[0])),
        "slope": format_number(float(shown.theta[1])),
    }
    for name, text in expected.items():
        assert child(window, QLabel, f"{name}Readout").text() == text
    gap = numbers_in(child(window, QLabel, "gapReadout").text())[0]
    assert gap == pytest.approx(cost - lowest, rel=1e-4)


# --- the line -------------------------------------------------------------------------------------


def test_the_line_is_the_snapshots_and_is_seen_where_it_belongs(window: MainWindow) -> None:
    steps(window, 3)
    plot = window.data_plot
    assert np.array_equal(plot.state.theta, window.snapshot.theta)
    b, m = window.snapshot.theta
    for x in (0.1, 1.0, 3.0, 4.0):
        assert has_color_near(plot, x, b + m * x, LIGHT.line)
        assert not has_color_near(plot, x, b + m * x + 0.4, LIGHT.line)


def test_the_line_visibly_falls_into_place(window: MainWindow) -> None:
    before = is_color(picture(window.data_plot), LIGHT.line)
    run_to_the_end(window)
    after = is_color(picture(window.data_plot), LIGHT.line)
    assert before.sum() > 200
    assert after.sum() > 200
    assert (before & after).sum() < 0.5 * before.sum()


def test_points_are_seen(window: MainWindow) -> None:
    click(window.data_plot, 0.9, 3.0)  # takes the hint away as well
    for x, y in points_of(window):
        assert has_color_near(window.data_plot, x, y, LIGHT.point, reach=5)


def test_a_line_out_of_sight_draws_nothing_odd(window: MainWindow) -> None:
    window.document.set_start((1e6, 3.0))
    settle(window)
    assert not is_color(picture(window.data_plot), LIGHT.line, 10).any()


def test_a_line_out_of_sight_is_said_to_be_so_where_nothing_strikes_it_through(
    window: MainWindow,
) -> None:
    plot = window.data_plot
    plot.hide_hint()
    window.document.set_start((1e6, 3.0))
    settle(window)
    shown = picture(plot)
    assert not is_color(shown, LIGHT.residual, 40).any()
    assert is_color(shown[-90:, -220:], LIGHT.field, 3).sum() > 500  # the note's ground
    window.document.set_start((1.0, 0.2))
    settle(window)
    shown = picture(plot)
    assert is_color(shown, LIGHT.residual, 40).any()
    assert not is_color(shown[-90:, -220:], LIGHT.field, 1).sum() > 500


def test_without_points_there_is_no_line(window: MainWindow) -> None:
    run_to_the_end(window)
    window.actions_["clearPoints"].trigger()
    settle(window)
    shown = picture(window.data_plot)
    assert not is_color(shown, LIGHT.line, 60).any()
    assert not is_color(shown, LIGHT.residual, 60).any()


# --- residuals ------------------------------------------------------------------------------------


def test_residuals_go_from_each_point_to_the_line_and_can_be_hidden(window: MainWindow) -> None:
    steps(window, 3)
    b, m = window.snapshot.theta
    plot = window.data_plot
    middles = [(x, (y + b + m * x) / 2) for x, y in points_of(window) if abs(y - b - m * x) > 0.5]
    assert middles
    assert all(has_color_near(plot, x, y, LIGHT.residual, 1) for x, y in middles)
    press(window, Key.Key_E)
    assert not plot.state.shows_residuals
    assert not any(has_color_near(plot, x, y, LIGHT.residual, 1) for x, y in middles)
    child(window, QToolButton, "residualsButton").click()
    assert plot.state.shows_residuals
    assert all(has_color_near(plot, x, y, LIGHT.residual, 1) for x, y in middles)


# --- a density image ------------------------------------------------------------------------------


def test_a_point_that_is_added_to_a_density_image_is_marked(window: MainWindow) -> None:
    random = np.random.default_rng(2)
    X = random.uniform(0, 10, (10_001, 1))
    window.document.open(Dataset(X, 1 + X[:, 0] + random.normal(size=10_001)), Origin("many"))
    settle(window)
    plot = window.data_plot
    assert not is_color(picture(plot), LIGHT.accent, 15).any()
    (x0, x1), (y0, y1) = view_of(plot)
    x, y = click(plot, x0 + 0.2 * (x1 - x0), y0 + 0.8 * (y1 - y0))
    settle(window)
    ring = np.argwhere(is_color(picture(plot), LIGHT.accent, 15))
    at = plot.viewport().mapTo(plot, pixel(plot, x, y))
    assert np.abs(ring.mean(axis=0) - (at.y(), at.x())).max() < 3
    assert has_color_near(plot, x, y, LIGHT.point)
    window.actions_["undo"].trigger()
    settle(window)
    assert not is_color(picture(plot), LIGHT.accent, 15).any()


# --- the points of the last step ------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "size"), [("sgd", 1), ("mini-batch", 3)])
def test_exactly_the_points_of_the_last_step_light_up(
    window: MainWindow, mode: str, size: int
) -> None:
    window.document.change_settings(mode=mode, batch_size=3, order="given", learning_rate=0.01)
    settle(window)
    n_points = window.document.dataset.n_points
    batches = [list(range(i, min(i + size, n_points))) for i in range(0, n_points, size)]
    for rows in batches:
        before = window.snapshot.theta.copy()
        steps(window)
        used = window.data_plot.state.used
        assert used is not None
        assert list(used) == rows
        # They are what made the step: η times their gradient.
        x, y = np.array(points_of(window))[rows].T
        e = before[0] + before[1] * x - y
        step = -0.01 * 2 / len(rows) * np.array((e.sum(), e @ x))
        assert np.allclose(window.snapshot.theta - before, step, rtol=1e-9)
    for i, (x, y) in enumerate(points_of(window)):
        lit = has_color_near(window.data_plot, x, y, LIGHT.used, 4)
        assert lit == (i in batches[-1])


def test_in_batch_mode_none_stands_out(window: MainWindow) -> None:
    steps(window)
    assert window.data_plot.state.used is None
    assert not is_color(picture(window.data_plot), LIGHT.used, 10).any()


def test_removing_points_while_they_are_lit_is_no_trouble(window: MainWindow) -> None:
    window.document.change_settings(mode="mini-batch", batch_size=10, learning_rate=1e-4)
    set_speed(window, np.inf)
    start_training(window)
    while points_of(window):
        window.document.remove_point(0)
        used = window.data_plot.state.used
        n_points = window.document.dataset.n_points
        assert used is None or len(used) == 0 or used.max() < n_points
        settle(window)


# --- the view -------------------------------------------------------------------------------------


def test_the_view_stays_while_points_are_edited_and_it_trains(window: MainWindow) -> None:
    view = view_of(window.data_plot)
    click(window.data_plot, 1.2, 3.2)
    run_to_the_end(window)
    window.actions_["undo"].trigger()
    assert view_of(window.data_plot) == view


def test_a_view_moved_by_hand_is_respected_until_it_is_fitted(window: MainWindow) -> None:
    plot = window.data_plot
    fitted = view_of(plot)
    left = QPoint(12, plot.viewport().height() // 2)
    for fit in (
        child(window, QToolButton, "fitViewsButton").click,
        lambda: press(window, Key.Key_F),
        lambda: double_click_at(plot, left),
    ):
        drag_view(plot, 90, 40)
        moved = view_of(plot)
        assert moved != fitted
        start_training(window)
        click(plot, *middle_of(plot))
        assert view_of(plot) == moved
        window.actions_["undo"].trigger()
        press(window, Key.Key_R)
        settle(window)
        fit()
        assert np.allclose(view_of(plot), fitted, rtol=0.02, atol=0.1)


def test_standardising_does_not_move_the_data(window: MainWindow) -> None:
    view = view_of(window.data_plot)
    child(window, QCheckBox, "standardize").click()
    (x0, x1), (y0, y1) = view_of(window.data_plot)
    assert (x0, x1) == pytest.approx(view[0])
    assert (y0, y1) == pytest.approx(view[1])


def test_in_a_narrow_window_the_equation_has_fewer_digits_and_is_whole(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Right, times=4)
    settle(window)
    window.resize(960, 540)
    settle(window)
    assert window.equation.shown.startswith("y = ")
    assert "…" not in window.equation.shown
