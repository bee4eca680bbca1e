import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import PARAMETERS, RunSettings
from gdviz.core.working import Working

CONVENTIONS = PARAMETERS["convention"].values


def dataset(n_points=7, n_features=2, seed=3):
    generator = np.random.default_rng(seed)
    X = generator.normal(2, 3, (n_points, n_features))
    y = X @ np.arange(1.0, n_features + 1) + generator.normal(size=n_points)
    return Dataset(X, y, tuple(f"x{j + 1}" for j in range(n_features)))


def working(data, settings, theta, batch=None):
    return Working.of(data, settings, make_cost(data, settings), theta, batch)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("fit_intercept", [False, True])
@pytest.mark.parametrize("n_features", [1, 3])
def test_it_leads_where_a_step_of_the_descent_leads(
    convention, standardize, fit_intercept, n_features
):
    data = dataset(n_features=n_features)
    start = np.linspace(0.5, 2, n_features + 1)
    start[0] *= fit_intercept
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
        descent = Descent(data, settings, start)
        descent.run(1)
        indices = None if batch is None else np.array(batch)
        step = working(data, settings, start, indices)
        np.testing.assert_allclose(step.new_theta_in_units, descent.theta, rtol=1e-10)


@given(st.integers(1, 30), st.integers(1, 4), st.integers(0, 1000))
def test_the_sums_are_those_of_its_rows(n_points, n_features, seed):
    data = dataset(n_points, n_features, seed)
    step = working(data, RunSettings(), np.ones(n_features + 1))
    rows = step.rows(0, n_points)
    scale = np.abs(rows.error).max() * np.abs(rows.X).max() * n_points + 1
    np.testing.assert_allclose(step.sum_error, rows.error.sum(), atol=1e-11 * scale)
    np.testing.assert_allclose(step.sum_error_x, rows.error @ rows.X, atol=1e-11 * scale)
    np.testing.assert_allclose(step.sum_squared, rows.squared.sum(), rtol=1e-9)
    np.testing.assert_allclose(rows.prediction - rows.y, rows.error)


@given(st.integers(1, 12), st.sampled_from(CONVENTIONS), st.booleans())
def test_the_pulls_of_its_points_add_up_to_the_step(n_points, convention, fit_intercept):
    data = dataset(n_points)
    settings = RunSettings(0.3, convention=convention, fit_intercept=fit_intercept)
    step = working(data, settings, (0.0, 1.0, -1.0))
    total = step.pulls(0, n_points).sum(axis=0)
    np.testing.assert_allclose(total, step.new_theta - step.theta, rtol=1e-9, atol=1e-9)


def test_it_finds_a_point_among_those_it_sees():
    data = dataset()
    step = working(
        data, RunSettings(mode="mini-batch", batch_size=2), np.zeros(3), np.array([4, 1])
    )
    assert [step.row_of(index) for index in (4, 1, 2)] == [0, 1, -1]
    everything = working(data, RunSettings(), np.zeros(3))
    assert [everything.row_of(index) for index in (0, 6, 7)] == [0, 6, -1]


def test_a_step_without_points_goes_nowhere():
    data = Dataset.empty()
    step = working(data, RunSettings(), (1.0, 2.0))
    np.testing.assert_array_equal(step.new_theta, (1.0, 2.0))
    assert step.cost == 0


def test_a_million_points_are_summed_from_their_moments(monkeypatch):
    data = dataset(100_000, 1)
    settings = RunSettings()
    cost = make_cost(data, settings)
    monkeypatch.setattr("gdviz.core.working._rows", None)
    step = Working.of(data, settings, cost, (0.0, 1.0), None)
    error = data.X[:, 0] - data.y
    np.testing.assert_allclose(step.gradient[0], 2 * error.mean(), rtol=1e-10)


@given(st.integers(1, 8), st.sampled_from([(0, 1), (1, 2), (0, 2)]), st.integers(0, 50))
def test_on_its_line_a_point_has_no_error(n_points, pair, seed):
    data = dataset(n_points, 2, seed)
    theta = np.array([0.5, -1.0, 2.0])
    step = working(data, RunSettings(), theta)
    for index, (a, c, d) in enumerate(step.lines(pair, step.on_all_points())):
        for x in (-1.0, 3.0):
            y = (d - a * x) / c
            moved = theta.copy()
            moved[list(pair)] = x, y
            error = working(data, RunSettings(), moved).rows(index, index + 1).error
            np.testing.assert_allclose(error, 0, atol=1e-9 * (1 + abs(y)) * 30)


def test_with_one_feature_the_lines_stand_still():
    data = dataset(6, 1)
    first, then = (working(data, RunSettings(), theta) for theta in ((0.1, 0.2), (3.0, -1e5)))
    lines = [step.lines((0, 1), step.on_all_points()) for step in (first, then)]
    np.testing.assert_array_equal(*lines)
    np.testing.assert_array_equal(lines[0][:, 2], data.y)


def test_a_stochastic_step_is_perpendicular_to_its_points_line():
    data = dataset(6, 1)
    step = working(data, RunSettings(mode="sgd"), (0.3, -2.0), np.array([4]))
    (a, c, _), moved = step.lines((0, 1), step.rows(0, 1))[0], step.new_theta - step.theta
    along = np.array([-c, a])
    assert abs(along @ moved) < 1e-12 * np.linalg.norm(along) * np.linalg.norm(moved)


@pytest.mark.parametrize("batch", [None, [0], [0, 1, 2]])
def test_points_far_out_and_the_largest_rate_overflow_in_silence(batch):
    data = Dataset.from_points([(1e50, -1e50), (-1e50, 1e50), (1e50, 1e50), (0.0, 1e50)])
    mode = "batch" if batch is None else "mini-batch"
    settings = RunSettings(1e300, mode, 3, order="given")
    indices = None if batch is None else np.array(batch)
    step = working(data, settings, (1e50, 1e50), indices)
    assert not np.isfinite(step.new_theta).all()
    step.pulls(0, 3)
    assert step.new_theta_in_units.shape == (2,)
    step.lines((0, 1), step.on_all_points())


def test_sums_of_a_few_points_have_the_errors_of_their_rows_however_far_out_others_are():
    x = np.array((0.0, 1e6, 2e6))
    data = Dataset(x[:, np.newaxis], 2 * x + 0.001)
    step = working(data, RunSettings(0.1, "sgd"), (0.001 + 1e-9, 2.0), batch=np.array((0,)))
    (error,) = step.shown_rows(0, 1).error
    assert error == pytest.approx(1e-9, rel=1e-3)
    assert step.sum_error == error
    assert step.new_theta[0] < step.theta[0]


@pytest.mark.parametrize("batch", [None, np.array((1,)), np.array((0, 2))])
def test_what_is_only_rounding_is_no_error_in_rows_and_sums_alike(batch):
    data = Dataset.from_points([(1.0, 3.0), (2.0, 5.0), (3.0, 7.0)])
    step = working(data, RunSettings(0.1), (1.0 + 1e-15, 2.0), batch)
    assert not step.shown_rows(0, 3).error.any()
    assert not step.gradient.any()
    assert not step.gradient_of_all.any()


def test_the_gradient_of_all_is_that_of_a_batch_step():
    data = dataset()
    theta = (0.3, -0.7, 1.1)
    of_one = working(data, RunSettings(0.1, "sgd"), theta, np.array((2,)))
    np.testing.assert_allclose(
        of_one.gradient_of_all, working(data, RunSettings(0.1), theta).gradient, rtol=1e-12
    )


def test_given_sums_of_points_on_the_line_are_nothing():
    x = np.linspace(0.0, 1.0, 60_000)
    data = Dataset(x[:, np.newaxis], 0.1 * x + 0.3)
    settings = RunSettings(0.1, "mini-batch", 30_000, order="given")
    descent = Descent(data, settings, (0.3, 0.1))
    snapshot = descent.snapshot()
    assert snapshot.next_sums is not None
    step = Working.of(
        data,
        settings,
        make_cost(data, settings),
        snapshot.theta,
        snapshot.next_batch,
        snapshot.next_sums,
    )
    assert not step.shown_rows(0, 100).error.any()
    assert not step.gradient.any()
