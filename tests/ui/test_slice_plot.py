"""The parabola view, looked at and handled as a person does."""

from __future__ import annotations

import itertools
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.slices import Slice
from gdviz.core.working import Working
from gdviz.explain.numbers import format_number
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.frame_glide import FrameGlide
from gdviz.ui.plots.label_place import LabelPlace
from gdviz.ui.plots.slice_view import Frame, SliceView
from gdviz.ui.slice_panel import SlicePanel
from gdviz.ui.theme import DARK, LIGHT
from tests.core.plain import random_dataset
from tests.hands import (
    CONTROL,
    SHIFT,
    all_finite,
    double_click,
    double_click_at,
    drag,
    drag_view,
    has_color_near,
    holding,
    is_color,
    is_shown,
    picture,
    pixel,
    press,
    settle,
    view_of,
    wait_until,
)

X = np.linspace(0.3, 3.8, 10)
DATA = Dataset(X[:, np.newaxis], 0.8 * X + 0.6 + 0.3 * np.cos(9 * X))
NAMES = ("b", "m")
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def panel(qtbot):
    panel = SlicePanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(920, 230)
    panel.show()
    panel.activateWindow()
    show(panel)
    return panel


def show(panel, settings=None, data=DATA, theta=None, names=NAMES):
    """Show a problem as when it is opened; return its cost."""
    settings = settings or RunSettings(0.05)
    cost = make_cost(data, settings)
    panel.show_theta(np.zeros(data.n_features + 1) if theta is None else np.array(theta))
    panel.show_problem(cost, settings, names, fit=True)
    return cost


def whole(panel, factor, theta=(0.0, -1.0)):
    """Show a cost of m alone with its bottom at 2, at the rate that has this factor per step."""
    data = Dataset(np.array([[0.5], [0.6], [-0.55]]), 2 * np.array((0.5, 0.6, -0.55)))
    settings = RunSettings(fit_intercept=False)
    curvature = float(make_cost(data, settings).hessian[1, 1])
    settings = settings.with_(learning_rate=(1 - factor) / curvature)
    return data, settings, show(panel, settings, data, theta)


def run(panel, data, settings, start, n_steps):
    """Make steps and show each of them."""
    descent = Descent(data, settings, start)
    for _ in range(n_steps):
        descent.run(1)
        panel.show_theta(descent.theta)
        arrive(panel)
        yield descent


def arrive(panel):
    """Let the views be where they are going."""
    for plot in panel.plots:
        plot.arrive()


def chosen(panel):
    """Note what is chosen."""
    thetas = []
    panel.start_chosen.connect(thetas.append)
    return thetas


# --- what is drawn --------------------------------------------------------------------------------


def test_it_is_found_by_its_name_and_says_what_it_is(panel):
    assert panel.objectName() == "slicePlot"
    assert panel.accessibleName()
    for plot, name in zip(panel.plots, ("m", "b"), strict=True):
        assert f"along {name}." in plot.accessibleName()


def test_slope_and_intercept_stand_side_by_side(panel):
    show(panel, theta=(0.25, -0.5))
    first, second = panel.plots
    assert first.isVisible()
    assert second.isVisible()
    assert first.state.curve.parameter == 1
    assert second.state.curve.parameter == 0
    assert panel.titles == ("J along m, b held at 0.2500", "J along b, m held at −0.5000")
    assert first.getAxis("bottom").labelText == "slope m"
    assert second.getAxis("bottom").labelText == "intercept b"
    assert first.getAxis("left").labelText == "J"


def test_curve_dot_lowest_and_landing_place_are_seen(panel):
    show(panel, RunSettings(0.1))
    for plot in panel.plots:
        curve = plot.state.curve
        assert has_color_near(plot, curve.here, curve.cost, LIGHT.line, 2)
        assert has_color_near(plot, curve.landing, curve.landing_cost, LIGHT.line, 6)
        assert not has_color_near(plot, curve.landing, curve.landing_cost, LIGHT.line, 1)
        assert has_color_near(plot, curve.lowest, curve.lowest_cost, LIGHT.muted, 3)
        assert not has_color_near(plot, curve.lowest, curve.lowest_cost, LIGHT.minimum, 3)
        left, right = view_of(plot)[0]
        for share in (0.35, 0.7, 0.88):
            t = left + share * (right - left)
            assert has_color_near(plot, t, curve.at(t), LIGHT.muted, 2)


def test_the_minimum_is_below_the_curve_until_its_lowest_place_is_there(panel):
    show(panel, RunSettings(0.1))
    for plot in panel.plots:
        curve = plot.state.curve
        assert curve.goal_cost < curve.at(curve.goal)
        assert has_color_near(plot, curve.goal, curve.goal_cost, LIGHT.minimum, 2)
    show(panel, RunSettings(0.1), theta=tuple(make_cost(DATA, RunSettings()).minimum))
    for plot in panel.plots:
        curve = plot.state.curve
        assert has_color_near(plot, curve.lowest, curve.lowest_cost, LIGHT.minimum, 12)


def test_with_one_parameter_the_lowest_place_is_the_minimum(panel):
    show(panel, RunSettings(0.1, fit_intercept=False))
    curve = panel.plots[0].state.curve
    assert has_color_near(panel.plots[0], curve.lowest, curve.lowest_cost, LIGHT.minimum, 2)


def test_the_tangent_is_seen_along_the_slope(panel):
    plot = panel.plots[0]
    curve = plot.state.curve
    width, _ = plot.pixel_size()
    for away in (-30, 30):
        t = curve.here + away * width
        height = curve.cost + curve.gradient * (t - curve.here)
        if is_shown(plot, t, height):
            assert has_color_near(plot, t, height, LIGHT.gradient, 3)


def test_the_numbers_in_it_are_those_of_the_slice(panel):
    show(panel, RunSettings(0.1), theta=(0.3, 2.5))
    for plot in panel.plots:
        picture(plot)
        curve = plot.state.curve
        sign = "+" if curve.step > 0 else ""
        assert plot.state.labels["slope"][0] == f"slope {format_number(curve.gradient, 3)}"
        assert plot.state.labels["step"][0] == f"step {sign}{format_number(curve.step, 3)}"


@pytest.mark.parametrize("size", [(920, 230), (640, 200), (1100, 380)])
def test_the_labels_stay_inside_and_off_the_dot(panel, size, qtbot):
    panel.resize(*size)
    plot = panel.plots[0]
    for factor in (0.9, 0.2, -0.8):
        whole(panel, factor)
        for place in np.linspace(-1.0, 5.0, 25):
            panel.show_theta((0.0, place))
            plot.repaint()
            picture(plot)
            area = plot.view.sceneBoundingRect()
            inside = QRectF(0, 0, area.width(), area.height())
            dot = plot.view.mapViewToScene(QPointF(place, plot.state.curve.cost)) - area.topLeft()
            text, rect = plot.state.labels["slope"]
            assert inside.contains(rect), text
            assert not rect.intersects(QRectF(dot.x() - 8, dot.y() - 8, 16, 16)), text
            assert inside.contains(plot.state.labels["step"][1])


@given(st.floats(0, 180), st.floats(0, 50), st.sampled_from((-1.0, 1.0)), st.floats(-3, 3))
def test_even_in_little_room_a_label_is_off_the_dot(x, y, inward, steepness):
    area, dot = QRectF(0, 0, 180, 50), QPointF(x, y)
    along = QPointF(20.0, 20.0 * steepness)
    rect = LabelPlace().choose(
        area, (70, 13), dot, inward, (dot - along, dot + along), QPointF(70, 35), lambda _: 38.0
    )
    assert rect is not None
    assert area.contains(rect)
    assert not rect.intersects(QRectF(x - 8, y - 8, 16, 16))


def test_the_step_lies_along_the_axis(panel):
    plot = panel.plots[0]
    whole(panel, 0.3)
    curve = plot.state.curve
    shown = picture(plot)
    area = plot.view.sceneBoundingRect()
    lane = shown[int(area.bottom()) - 22 : int(area.bottom()) - 1]
    ink = np.flatnonzero(is_color(lane, LIGHT.gradient, 30).sum(axis=0) >= 2)
    at = [plot.viewport().mapTo(plot, pixel(plot, t, 0)).x() for t in (curve.here, curve.landing)]
    assert ink.min() == pytest.approx(at[0], abs=2)
    assert {*range(at[0] + 2, at[1] - 2)} <= set(ink)


@pytest.mark.parametrize("width", [300, 420, 920])
@pytest.mark.parametrize("factor", [-1.05, -0.8, -0.3, 0.1, 0.5, 0.9])
def test_the_length_of_the_step_never_lies_on_the_arrow_head(panel, factor, width):
    panel.resize(width, 230)
    whole(panel, factor)
    plot = panel.plots[0]
    wait_until(lambda: plot.width() > 0.8 * width)
    picture(plot)
    _, rect = plot.state.labels["step"]
    curve = plot.state.curve
    area = plot.view.sceneBoundingRect()
    (left, right), _ = view_of(plot)
    tip = (curve.landing - left) / (right - left) * area.width()
    head = QRectF(tip - 11 if curve.step > 0 else tip, area.height() - 17, 11, 12)
    assert not rect.intersects(head)
    assert 0 <= rect.left() <= rect.right() <= area.width()


def test_the_step_of_one_point_does_not_follow_the_tangent(panel):
    settings = RunSettings(0.05, "sgd", order="given")
    cost = show(panel, settings)
    working = Working.of(DATA, settings, cost, (0.0, 0.0), np.array([2]))
    panel.show_theta(np.zeros(2), working.gradient)
    panel.fit()
    plot = panel.plots[0]
    assert plot.state.curve.landing == pytest.approx(working.new_theta[1])
    assert plot.state.curve.gradient == pytest.approx(cost.gradient(np.zeros(2))[1])
    wait_until(lambda: "by this step's point" in panel.captions[0])
    assert format_number(working.gradient[1], 3) in panel.captions[0]
    assert format_number(plot.state.curve.gradient, 3) in panel.captions[0]


def test_the_slope_that_the_step_follows_is_drawn_as_well(panel):
    show(panel, RunSettings(0.05, "sgd"), theta=(0.3, 0.3))
    plot = panel.plots[0]
    curve = plot.state.curve
    width, height = plot.pixel_size()
    uphill = 30 * height / (30 * width)  # 45 degrees on the screen, where no tangent is
    places = [(curve.here + s * width, curve.cost + s * width * uphill) for s in range(12, 30)]
    assert not any(has_color_near(plot, *place, LIGHT.gradient, 1) for place in places)
    panel.show_theta((0.3, 0.3), np.array((uphill, uphill)))
    assert sum(has_color_near(plot, *place, LIGHT.gradient, 1) for place in places) > 3


def test_a_batch_sees_all_points_whatever_it_is_told(panel):
    panel.show_theta(np.zeros(2), np.array((5.0, 5.0)))
    assert panel.plots[0].state.curve.follows_tangent


# --- what it says ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (0.98, "goes 2.0 % of the way"),
        (0.62, "goes 38 % of the way"),
        (0.06, "one step lands all but at the bottom"),
        (0.0, "one step lands at the bottom"),
        (-0.75, "too large: overshoots, 0.75 as far on the other side"),
        (-1.4, "far too large: climbs out, 1.40 times as far each step"),
    ],
)
def test_the_step_is_told_in_words(panel, factor, words):
    whole(panel, factor)
    assert panel.captions[0].endswith(words)
    assert panel.plots[0].accessibleDescription() == panel.captions[0]


def test_at_the_bottom_there_is_no_step(panel):
    whole(panel, 0.5, theta=(0.0, 2.0))
    assert "the slope is 0" in panel.captions[0]
    picture(panel.plots[0])
    assert panel.plots[0].state.labels["slope"][0] == "slope 0"


def test_a_flat_valley_is_said_to_be_flat(panel):
    data = Dataset(np.zeros((3, 1)), np.array((1.0, 2.0, 4.0)))
    show(panel, RunSettings(fit_intercept=False), data, (0.0, 3.0))
    assert "flat: J does not depend on m" in panel.captions[0]
    plot = panel.plots[0]
    assert is_shown(plot, 3.0, 7.0)
    assert has_color_near(plot, 3.5, 7.0, LIGHT.muted)


def test_words_change_only_a_few_times_a_second_and_the_last_ones_stay(panel):
    seen = set()
    for step in range(200):
        panel.show_theta((0.001 * step, 0.0))
        seen.add(panel.titles[0])
    assert len(seen) < 100
    wait_until(lambda: panel.titles[0] == "J along m, b held at 0.1990")


def test_without_points_it_asks_for_some(panel):
    empty = Dataset(np.empty((0, 1)), np.empty(0))
    show(panel, RunSettings(), empty)
    assert not panel.plots[0].isVisible()
    assert panel.plots[0].state.curve is None
    show(panel)
    assert panel.plots[0].isVisible()


# --- other problems -------------------------------------------------------------------------------


def test_with_the_intercept_held_the_curve_is_the_whole_cost(panel):
    whole(panel, 0.5)
    first, second = panel.plots
    assert not second.isVisible()
    wait_until(lambda: first.width() > 800)
    assert panel.titles[0] == "J along m: the curve is the whole cost"
    show(panel)
    assert second.isVisible()


def test_standardised_axes_say_so_and_theta_is_in_the_persons_units(panel):
    data = Dataset(DATA.X * 30 + 170, DATA.y)
    settings = RunSettings(0.1, standardize=True)
    cost = show(panel, settings, data, (1.0, 0.02), ("b_z", "m_z"))
    first, second = panel.plots
    assert first.getAxis("bottom").labelText == "m_z (standardised)"
    assert second.getAxis("bottom").labelText == "b_z (standardised)"
    inside = cost.scaling.from_user(np.array((1.0, 0.02)))
    assert first.state.curve.here == pytest.approx(inside[1])
    assert panel.titles[0] == f"J along m_z, b_z held at {format_number(float(inside[0]), 4)}"
    thetas = chosen(panel)
    curve = second.state.curve
    at, _ = drag(second, (curve.here, curve.cost), (curve.lowest, curve.lowest_cost))
    assert cost.scaling.from_user(np.array(thetas[-1])) == pytest.approx((at, inside[1]))


def test_of_many_parameters_two_are_shown(panel):
    data = random_dataset(4, 20, 3)
    names = ("b", "w1", "w2", "w3")
    theta = np.array((0.1, 0.2, 0.3, 0.4))
    cost = show(panel, RunSettings(), data, theta, names)
    panel.show_parameters(3, 0)
    for plot, parameter in zip(panel.plots, (3, 0), strict=True):
        curve = plot.state.curve
        assert curve.parameter == parameter
        assert curve.gradient == pytest.approx(cost.gradient(theta)[parameter])
        assert plot.getAxis("bottom").labelText == names[parameter]
        assert is_shown(plot, curve.here, curve.cost)
    assert panel.titles == ("J along w3, all others held", "J along b, all others held")
    thetas = chosen(panel)
    curve = panel.plots[0].state.curve
    at, _ = drag(panel.plots[0], (curve.here, curve.cost), (curve.lowest, curve.lowest_cost))
    assert thetas[-1] == pytest.approx((0.1, 0.2, 0.3, at))


def test_other_data_with_fewer_parameters_drop_a_choice_that_is_gone(panel):
    show(panel, RunSettings(), random_dataset(4, 20, 5), names=("b", *(f"w{j}" for j in range(5))))
    panel.show_parameters(5, 4)
    show(panel, RunSettings(), random_dataset(4, 20, 2), names=("b", "w1", "w2"))
    assert [plot.state.curve.parameter for plot in panel.plots] == [1, 2]


# --- hands ----------------------------------------------------------------------------------------


def test_dragging_the_dot_chooses_theta(panel):
    thetas = chosen(panel)
    plot, other = panel.plots
    curve = plot.state.curve
    to = curve.lowest + 0.5 * (curve.lowest - curve.here)
    view = view_of(plot)
    at, _ = drag(plot, (curve.here, curve.cost), (to, curve.at(to)))
    assert thetas[-1] == pytest.approx((0.0, at))
    assert len(thetas) > 2
    assert plot.state.curve.here == pytest.approx(at)
    assert other.state.curve.theta[1] == pytest.approx(at)
    assert view_of(plot) == view


def test_a_dragged_dot_never_leaves_the_view(panel):
    thetas = chosen(panel)
    plot = panel.plots[0]
    curve = plot.state.curve
    (left, right), (low, high) = view_of(plot)
    drag(plot, (curve.here, curve.cost), (right + (right - left), high))
    assert is_shown(plot, thetas[-1][1], plot.state.curve.cost * (1 - 1e-9))
    assert view_of(plot) == ((left, right), (low, high))


def test_a_click_on_the_dot_moves_nothing(panel):
    thetas = chosen(panel)
    plot = panel.plots[0]
    curve = plot.state.curve
    QTest.mouseClick(
        plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel(plot, curve.here, curve.cost)
    )
    assert thetas == []


def test_while_the_dot_is_held_the_run_does_not_take_it_away(panel):
    plot = panel.plots[0]
    curve = plot.state.curve
    with holding(plot, curve.here, curve.cost) as drag_to:
        drag_to(curve.lowest, curve.lowest_cost)
        held = plot.state.curve.here
        panel.show_theta((9.0, 9.0))
        assert plot.state.curve.here == held
    panel.show_theta((0.5, 0.5))
    assert plot.state.curve.here == 0.5


def test_a_double_click_starts_there(panel):
    thetas = chosen(panel)
    plot = panel.plots[1]
    curve = plot.state.curve
    at, _ = double_click(plot, curve.lowest, curve.cost)
    assert thetas == [pytest.approx((at, 0.0))]


def test_with_the_intercept_held_it_stays_0(panel):
    whole(panel, 0.5)
    thetas = chosen(panel)
    double_click(panel.plots[0], 3.0, 1.0)
    assert thetas[0][0] == 0.0


@pytest.mark.parametrize(("key", "side"), [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, -1)])
def test_shift_and_an_arrow_key_move_the_dot(panel, key, side):
    thetas = chosen(panel)
    plot = panel.plots[0]
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    wait_until(plot.hasFocus)
    (left, right), _ = view_of(plot)
    QTest.keyClick(panel.windowHandle(), key, SHIFT)
    assert thetas == [pytest.approx((0.0, side * 0.01 * (right - left)))]
    QTest.keyClick(panel.windowHandle(), key)
    assert len(thetas) == 1
    QTest.keyClick(panel.windowHandle(), Qt.Key.Key_Up, SHIFT)  # the cost is no choice
    assert len(thetas) == 1


def test_with_ctrl_as_well_the_dot_moves_in_small_steps(panel):
    thetas = chosen(panel)
    plot = panel.plots[0]
    plot.setFocus()
    wait_until(plot.hasFocus)
    (left, right), _ = view_of(plot)
    QTest.keyClick(panel.windowHandle(), Qt.Key.Key_Right, SHIFT | CONTROL)
    QTest.keyClick(panel.windowHandle(), Qt.Key.Key_Right, SHIFT | KEYPAD)
    small = 0.001 * (right - left)
    assert thetas == [pytest.approx((0.0, small)), pytest.approx((0.0, 11 * small))]


def test_what_the_run_tells_while_a_key_holds_the_dot_is_shown_when_it_is_let_go(panel):
    plot = panel.plots[0]
    plot.setFocus()
    wait_until(plot.hasFocus)
    QTest.keyPress(panel.windowHandle(), Qt.Key.Key_Right, SHIFT)
    held = plot.state.curve.here
    panel.show_theta((0.4, 0.3))
    assert plot.state.curve.here == held
    QTest.keyRelease(panel.windowHandle(), Qt.Key.Key_Right, SHIFT)
    assert plot.state.curve.here == 0.3


# --- the view -------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [0.98, 0.5, 0.0, -0.8, -1.4, -4.0])
def test_dot_bottom_and_landing_place_are_in_view_at_first(panel, factor):
    whole(panel, factor)
    plot = panel.plots[0]
    curve = plot.state.curve
    for t in (curve.here, curve.lowest, curve.landing):
        assert is_shown(plot, t, curve.at(t))


def test_the_view_seldom_moves_while_a_run_goes_down(panel):
    settings = RunSettings(0.1)
    show(panel, settings)
    views = [[view_of(plot)] for plot in panel.plots]
    for _ in run(panel, DATA, settings, (0.0, 0.0), 300):
        for seen, plot in zip(views, panel.plots, strict=True):
            if view_of(plot) != seen[-1]:
                seen.append(view_of(plot))
    assert max(map(len, views)) <= 25  # a move in a dozen steps


@pytest.mark.parametrize("n_features", [1, 4])
@pytest.mark.parametrize("standardize", [False, True])
def test_the_curve_is_a_parabola_all_the_way_down(panel, n_features, standardize):
    data = random_dataset(3, 30, n_features)
    data = Dataset(data.X * 10, data.y + 40, data.feature_names)
    names = ("b", *(f"w{j}" for j in range(n_features)))
    settings = RunSettings(0.1 if standardize else 0.0005, standardize=standardize)
    start = np.zeros(n_features + 1)
    show(panel, settings, data, start, names)
    for _ in run(panel, data, settings, start, 30):
        for plot in panel.plots:
            curve = plot.state.curve
            (left, right), (low, high) = view_of(plot)
            edges = min(curve.at(left), curve.at(right))
            assert min(edges, high) - curve.lowest_cost > 0.45 * (high - low)
            if standardize and n_features == 1:  # elsewhere a dot may well cross the bottom
                assert abs(curve.here - curve.lowest) > 0.07 * (right - left)


def test_the_view_does_not_breathe_with_single_points(panel):
    settings = RunSettings(0.05, "sgd", seed=4)
    cost = show(panel, settings)
    descent = Descent(DATA, settings, (0.0, 0.0))
    views = []
    for step in range(400):
        descent.run(1)
        working = Working.of(DATA, settings, cost, descent.theta, np.array([step % 10]))
        panel.show_theta(descent.theta, working.gradient)
        arrive(panel)
        views.append(tuple(map(view_of, panel.plots)))
    assert sum(a != b for a, b in pairwise(views)) <= 6


def test_a_view_closes_in_when_all_has_become_a_speck(panel):
    data, settings, _ = whole(panel, 0.9)
    plot = panel.plots[0]
    widths = [np.diff(view_of(plot)[0])[0]]
    for _ in run(panel, data, settings, (0.0, -1.0), 200):
        width = np.diff(view_of(plot)[0])[0]
        if width != widths[-1]:
            widths.append(width)
    assert 4 <= len(widths) <= 7
    assert all(after < 0.4 * before for before, after in pairwise(widths))


@pytest.mark.parametrize("factor", [-0.6, 0.2, 0.5])
def test_at_a_slow_speed_no_step_is_left_a_speck(panel, factor):
    data, settings, cost = whole(panel, factor)
    seconds = itertools.count(step=4.0)
    view = SliceView(panel.plots[0]._glide, lambda: next(seconds))
    descent = Descent(data, settings, (0.0, -1.0))
    view.fit(Slice.of(cost, descent.theta, 1, settings.learning_rate))
    for _ in range(3):
        descent.run(1)
        curve = Slice.of(cost, descent.theta, 1, settings.learning_rate)
        view.follow(curve)
        arrive(panel)
        (left, right), _ = view_of(panel.plots[0])
        away = max(abs(curve.here - curve.lowest), abs(curve.landing - curve.lowest))
        assert away > 0.1 * (right - left)


@pytest.mark.parametrize("factor", [-1.2, -1.4, -3.0])
def test_a_run_that_climbs_out_is_followed_in_big_steps(panel, factor):
    data, settings, _ = whole(panel, factor)
    plot = panel.plots[0]
    views, n_steps = [view_of(plot)], 0
    for _ in run(panel, data, settings, (0.0, -1.0), 12):
        n_steps += 1
        curve = plot.state.curve
        assert is_shown(plot, curve.here, curve.cost)
        assert is_shown(plot, curve.landing, curve.landing_cost)
        if view_of(plot) != views[-1]:
            views.append(view_of(plot))
    widths = [right - left for (left, right), _ in views]
    assert all(after > 1.9 * before for before, after in pairwise(widths))
    if factor > -2:
        assert len(views) <= n_steps / 2 + 1


def test_the_view_glides_where_a_run_makes_it_go(panel):
    data, settings, _ = whole(panel, -1.4)
    plot = panel.plots[0]
    views = [view_of(plot)]
    steps = run_without_arriving(panel, data, settings)
    while not plot._glide.is_moving:
        next(steps)
    wait_until(lambda: views.append(view_of(plot)) or not plot._glide.is_moving)
    widths = [right - left for (left, right), _ in dict.fromkeys(views)]
    assert 8 <= len(widths) <= 40
    assert widths == sorted(widths)
    assert max(b / a for a, b in pairwise(widths)) < 1.45
    assert not plot._glide._timer.isActive()
    curve = plot.state.curve
    assert is_shown(plot, curve.landing, curve.landing_cost)
    assert is_shown(plot, curve.here, curve.cost)


def run_without_arriving(panel, data, settings):
    QTest.qWait(1)  # it is laid out for good
    descent = Descent(data, settings, (0.0, -1.0))
    while True:
        descent.run(1)
        panel.show_theta(descent.theta)
        yield


def test_all_that_was_and_will_be_in_view_is_in_view_on_the_way(panel):
    a, b = Frame(3.0, 10.0, 1.0, 200.0), Frame(5.0, 0.02, 2.0, 2.5)
    for one, other in ((a, b), (b, a), (a, a.moved_to(panel.plots[0].state.curve))):
        shown = []
        glide = FrameGlide(shown.append, panel)
        glide.jump(one)
        glide.glide(other)
        while glide.is_moving:
            glide.advance()
        assert shown[-1] == other
        assert len(shown) < 60
        for frame in shown:
            assert frame.center - frame.half <= max(f.center - f.half for f in (one, other)) + 1e-9
            assert frame.center + frame.half >= min(f.center + f.half for f in (one, other)) - 1e-9
            assert frame.low <= max(one.low, other.low) + 1e-9
            assert frame.high >= min(one.high, other.high) - 1e-9


def test_a_view_that_a_person_fits_or_whose_problem_changes_is_there_at_once(panel):
    data, settings, cost = whole(panel, -1.4)
    plot = panel.plots[0]
    steps = run_without_arriving(panel, data, settings)
    while not plot._glide.is_moving:
        next(steps)
    panel.fit()
    assert not plot._glide.is_moving
    panel.show_problem(cost, settings.with_(learning_rate=1e-3), NAMES, fit=False)
    assert not plot._glide.is_moving


def test_a_held_dot_stops_the_view_and_hiding_it_ends_the_way(panel):
    data, settings, _ = whole(panel, -1.4)
    plot = panel.plots[0]
    steps = run_without_arriving(panel, data, settings)
    while not plot._glide.is_moving:
        next(steps)
    while not is_shown(plot, plot.state.curve.here, plot.state.curve.cost):
        plot._glide.advance()
    curve = plot.state.curve
    before = view_of(plot)
    with holding(plot, curve.here, curve.cost):
        QTest.qWait(60)
        assert view_of(plot) == before
    assert plot._glide.is_moving
    panel.hide()
    assert not plot._glide.is_moving
    assert not plot._glide._timer.isActive()
    assert view_of(plot) != before


def test_going_back_to_the_start_brings_the_first_view_back(panel):
    data, settings, _ = whole(panel, -1.4)
    view = view_of(panel.plots[0])
    for _ in run(panel, data, settings, (0.0, -1.0), 12):
        pass
    assert view_of(panel.plots[0]) != view
    panel.return_home()
    panel.show_theta((0.0, -1.0))
    panel.return_home()
    np.testing.assert_allclose(view_of(panel.plots[0]), view)


def test_a_view_moved_by_hand_stays_until_it_is_fitted(panel):
    plot = panel.plots[0]
    first = view_of(plot)
    drag_view(plot, 60, -20)
    moved = view_of(plot)
    assert moved != first
    panel.show_theta((40.0, 40.0))
    panel.return_home()
    assert view_of(plot) == moved
    panel.show_theta((0.0, 0.0))
    double_click_at(plot, QPoint(200, plot.viewport().height() - 6))
    assert view_of(plot)[0] == pytest.approx(first[0])


def test_no_nan_and_no_infinity_reach_the_plot(panel):
    for far in (1e10, 1e20, 1e40, 1e100, 1e160, 1e300, np.inf, np.nan):
        panel.show_theta((far, -far))
        picture(panel)
        for plot in panel.plots:
            curve = plot.state.curve
            assert all_finite(view_of(plot), curve.here, curve.cost, curve.gradient, curve.lowest)
            (left, right), (low, high) = view_of(plot)
            assert left < right
            assert low < high
    show(panel, RunSettings(1e300))
    picture(panel)
    panel.fit()
    assert all_finite(*map(view_of, panel.plots))


def test_at_1e40_the_dot_is_still_seen(panel):
    panel.show_theta((1e40, -1e40))
    arrive(panel)
    for plot in panel.plots:
        curve = plot.state.curve
        assert has_color_near(plot, curve.here, curve.cost, LIGHT.line, 2)


# --- the rest -------------------------------------------------------------------------------------


def test_a_run_leaves_its_steps_on_the_whole_curve(panel):
    data, settings, _ = whole(panel, -0.75)
    states = [-1.0, *(float(d.theta[1]) for d in run(panel, data, settings, (0.0, -1.0), 4))]
    plot = panel.plots[0]
    assert plot.state.trail == pytest.approx(states[:-1])
    curve = plot.state.curve
    assert has_color_near(plot, states[1], curve.at(states[1]), LIGHT.line, 2)
    panel.show_theta((0.0, states[-2]))
    assert plot.state.trail == pytest.approx(states[:-2])
    panel.show_theta((0.0, 0.123))
    assert plot.state.trail == []


def test_what_came_while_it_was_hidden_is_shown_with_it(panel):
    panel.hide()
    panel.show_theta((0.75, 0.5))
    assert panel.plots[0].state.curve.here == 0.0
    panel.show()
    assert panel.plots[0].state.curve.here == 0.5
    assert panel.titles[0] == "J along m, b held at 0.7500"


def test_another_theme_has_other_colours(panel):
    panel.apply_theme(DARK)
    plot = panel.plots[0]
    curve = plot.state.curve
    assert has_color_near(plot, curve.here, curve.cost, DARK.line, 2)
    assert not is_color(picture(plot), LIGHT.gradient, 8).any()
    assert plot.getAxis("left").textPen().color().name() == DARK.muted


def test_there_are_no_ticks_where_no_cost_is(panel):
    axis = panel.plots[0].getAxis("left")
    ticks = [value for _, row in axis.tickValues(-3.0, 10.0, 200) for value in row]
    assert min(ticks) == 0
    assert max(ticks) >= 8


def test_along_a_flat_curve_that_sinks_with_each_step_the_dot_stays_in_view(
    window: MainWindow,
) -> None:
    window.lower_pages.show_page("slices")
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.step > 8)
    for y in (1.5, 2.0, 2.42):  # a person drags a point meanwhile, and J is another one
        window.document.move_point(3, 1.4, y, 3)
        settle(window)
    seen = []
    for _ in range(8):
        before = window.snapshot.step
        wait_until(lambda before=before: window.snapshot.step > before)  # type: ignore[misc]
        for plot in window.panels.slices.plots:
            curve = plot.state.curve
            (left, right), (bottom, top) = view_of(plot)
            seen.append(left <= curve.here <= right and bottom <= curve.cost <= top)
    assert all(seen)
    press(window, Qt.Key.Key_Space)
