"""A slice of the cost, against sums over the points written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.slices import Slice, StepKind
from gdviz.core.working import Working
from tests.core.plain import CONVENTIONS, plain_cost, random_dataset

CASES = [
    (convention, standardize, fit_intercept, n_features)
    for convention in CONVENTIONS
    for standardize in (False, True)
    for fit_intercept in (False, True)
    for n_features in (1, 3)
]


def start_of(n_features: int, fit_intercept: bool) -> np.ndarray:
    theta = np.linspace(0.7, -1.1, n_features + 1)
    theta[0] *= fit_intercept
    return theta


@pytest.mark.parametrize(("convention", "standardize", "fit_intercept", "n_features"), CASES)
def test_the_curve_is_the_cost_with_the_others_held(
    convention, standardize, fit_intercept, n_features
):
    data = random_dataset(5, 12, n_features)
    settings = RunSettings(
        convention=convention, standardize=standardize, fit_intercept=fit_intercept
    )
    cost = make_cost(data, settings)
    X = cost.scaling.features(data.X)
    theta = start_of(n_features, fit_intercept)
    inside = cost.scaling.from_user(theta)
    for parameter in range(0 if fit_intercept else 1, n_features + 1):
        curve = Slice.of(cost, theta, parameter, 0.05)
        tiny = 1e-5
        for t in (-3.0, 0.0, curve.here, curve.lowest, 4.5):
            there = inside.copy()
            there[parameter] = t
            plain = plain_cost(X, data.y, there, convention)
            assert curve.at(t) == pytest.approx(plain, rel=1e-11)
            assert curve.moved(t).theta_in_units == pytest.approx(
                tuple(cost.scaling.to_user(there)), abs=1e-12
            )
            rise = []
            for aside in (-tiny, tiny):
                there[parameter] = t + aside
                rise.append(plain_cost(X, data.y, there, convention))
            assert curve.slope_at(t) == pytest.approx((rise[1] - rise[0]) / (2 * tiny), abs=1e-6)
        assert curve.gradient == pytest.approx(curve.slope_at(curve.here), abs=1e-11)
        assert curve.lowest_cost <= min(curve.at(curve.lowest + s) for s in (-1e-3, 1e-3))
        assert curve.at(curve.lowest + curve.reach(curve.cost)) == pytest.approx(curve.cost)


@pytest.mark.parametrize(("convention", "standardize", "fit_intercept", "n_features"), CASES)
def test_it_lands_where_a_step_of_the_descent_leads(
    convention, standardize, fit_intercept, n_features
):
    data = random_dataset(8, 9, n_features)
    theta = start_of(n_features, fit_intercept)
    for mode, batch in (("batch", None), ("sgd", [0]), ("mini-batch", [0, 1, 2])):
        settings = RunSettings(
            0.01,
            mode,
            3,
            order="given",
            convention=convention,
            standardize=standardize,
            fit_intercept=fit_intercept,
        )
        cost = make_cost(data, settings)
        indices = None if batch is None else np.array(batch)
        working = Working.of(data, settings, cost, theta, indices)
        descent = Descent(data, settings, theta)
        descent.run(1)
        landed = cost.scaling.from_user(descent.theta)
        for parameter in range(0 if fit_intercept else 1, n_features + 1):
            gradient = None if batch is None else working.gradient
            curve = Slice.of(cost, theta, parameter, 0.01, gradient)
            assert curve.landing == pytest.approx(float(landed[parameter]), rel=1e-9)
            assert curve.landing_cost == pytest.approx(curve.at(curve.landing))
            assert curve.follows_tangent == (batch is None)


def test_a_step_of_few_points_leaves_the_tangent_as_it_is():
    data = random_dataset(2, 10)
    settings = RunSettings(0.1, "sgd")
    cost = make_cost(data, settings)
    own = Working.of(data, settings, cost, (0.5, 0.5), np.array([3])).gradient
    every = Slice.of(cost, np.array((0.5, 0.5)), 1, 0.1)
    few = Slice.of(cost, np.array((0.5, 0.5)), 1, 0.1, own)
    assert few.gradient == every.gradient
    assert few.step == pytest.approx(-0.1 * own[1])
    assert few.step != pytest.approx(every.step)


def parabola(curvature: float, rate: float, here: float = 1.0) -> Slice:
    """J = ½ h t², the only parameter being m."""
    x = np.sqrt(curvature / 2)
    data = Dataset(np.array([[x], [x]]), np.zeros(2))
    settings = RunSettings(rate, fit_intercept=False)
    return Slice.of(make_cost(data, settings), np.array((0.0, here)), 1, rate)


@pytest.mark.parametrize(
    ("rate", "kind"),
    [
        (0.02, StepKind.TINY),
        (0.3, StepKind.SMOOTH),
        (0.85, StepKind.SMOOTH),
        (0.95, StepKind.LANDS),
        (1.0, StepKind.LANDS),
        (1.05, StepKind.LANDS),
        (1.5, StepKind.OVERSHOOTS),
        (1.99, StepKind.OVERSHOOTS),
        (2.01, StepKind.CLIMBS_OUT),
        (50.0, StepKind.CLIMBS_OUT),
    ],
)
@pytest.mark.parametrize("curvature", [0.625, 8.0, 1e4])
def test_the_kind_of_step_goes_by_rate_times_curvature(rate, kind, curvature):
    curve = parabola(curvature, rate / curvature)
    assert curve.kind is kind
    assert curve.factor == pytest.approx(1 - rate)
    assert curve.landing == pytest.approx(1 - rate, abs=1e-12)


@given(
    st.floats(0.01, 100),
    st.floats(0.001, 3),
    st.floats(-1e6, 1e6).filter(lambda t: abs(t) > 1e-6),
)
def test_a_step_keeps_its_factor_of_the_distance(curvature, share, here):
    curve = parabola(curvature, share / curvature, here)
    assert curve.landing - curve.lowest == pytest.approx(
        curve.factor * (curve.here - curve.lowest), rel=1e-9, abs=1e-9 * abs(here)
    )


def test_the_bottom_is_known_as_such():
    assert parabola(2.0, 0.1, 0.0).is_at_lowest
    assert not parabola(2.0, 0.1, 1e-9).is_at_lowest


def test_a_flat_slice_has_no_slope_and_no_step():
    data = Dataset(np.zeros((3, 1)), np.array((1.0, 2.0, 3.0)))
    settings = RunSettings(0.1, fit_intercept=False)
    curve = Slice.of(make_cost(data, settings), np.array((0.0, 4.0)), 1, 0.1)
    assert (curve.kind, curve.gradient, curve.step) == (StepKind.FLAT, 0.0, 0.0)
    assert curve.lowest == curve.here == curve.landing == 4.0
    assert curve.at(-7.0) == curve.cost == pytest.approx(14 / 3)
    assert curve.reach(curve.cost + 1) == np.inf


def test_in_a_valley_the_goal_is_the_nearest_minimum():
    data = Dataset(np.array([[2.0], [2.0]]), np.array((1.0, 3.0)))
    cost = make_cost(data, RunSettings())
    curve = Slice.of(cost, np.array((5.0, -2.0)), 0, 0.1)
    goal = Slice.of(cost, np.array((5.0, -2.0)), 1, 0.1).goal
    assert curve.goal + 2 * goal == pytest.approx(2.0)  # on the valley b + 2m = 2
    assert (curve.goal - 5.0) * 2 == pytest.approx(goal + 2.0)  # straight across from θ


@pytest.mark.parametrize("far", [1e40, 1e80, 1e200, 1e308])
def test_far_out_it_says_whether_it_can_be_drawn(far):
    cost = make_cost(random_dataset(1, 6), RunSettings())
    curve = Slice.of(cost, np.array((far, -far)), 1, 0.5)
    assert curve.is_finite == (far < 1e150)
