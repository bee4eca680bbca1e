"""Limits of the learning rate: against eigvalsh, exact arithmetic, and what runs really do."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from plain import CONVENTIONS, line_dataset, plain_gradient, random_dataset

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Status
from gdviz.core.stability import eigenvalues, limits, round_rate, steepest_step, steps_to_go


@pytest.mark.parametrize("n_features", [1, 2, 6, 50])
@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_eigenvalues_equal_those_of_the_explicit_hessian(
    n_features: int, convention: str, fit_intercept: bool
) -> None:
    data = random_dataset(9, 120, n_features)
    cost = make_cost(data, RunSettings(convention=convention, fit_intercept=fit_intercept))
    design = np.column_stack((np.ones(120), data.X)) if fit_intercept else data.X
    scale = {"mse": 2 / 120, "half-mse": 1 / 120, "sum": 2.0, "half-sum": 1.0}[convention]
    wanted = np.linalg.eigvalsh(scale * design.T @ design)
    assert eigenvalues(cost) == pytest.approx(wanted, rel=1e-10)


def exact_eigenvalues(x: np.ndarray) -> tuple[float, float]:
    """Return those of (2/N) [[N, Σx], [Σx, Σx²]] for the doubles as they are, to 1e-15."""
    values = [Fraction(float(value)) for value in x]
    n = len(values)
    trace = 2 * (1 + sum(v * v for v in values) / n)
    determinant = 4 * (sum(v * v for v in values) / n - (sum(values) / n) ** 2)
    root = Fraction(math.isqrt(int((trace**2 - 4 * determinant) * 10**40)), 10**20)
    largest = (trace + root) / 2
    return float(determinant / largest), float(largest)


@pytest.mark.parametrize("centre", [0.0, 1.0, 170.0, 1e6])
def test_the_small_eigenvalue_keeps_its_digits_far_from_zero(centre: float) -> None:
    x = np.random.default_rng(2).uniform(-1, 1, 12) + centre
    cost = make_cost(line_dataset(x, np.zeros(12)), RunSettings())
    assert eigenvalues(cost) == pytest.approx(exact_eigenvalues(x), rel=1e-13)


@pytest.mark.parametrize("centre", [1.0, 170.0, 1e6])
def test_so_it_does_with_several_features(centre: float) -> None:
    # A second feature with mean 0, uncorrelated with the first, adds its variance as an eigenvalue.
    x = np.repeat(np.random.default_rng(2).uniform(-1, 1, 8) + centre, 2)
    z = np.tile([-0.5, 0.5], 8)
    cost = make_cost(Dataset(np.column_stack((x, z)), np.zeros(16), ("x", "z")), RunSettings())
    wanted = sorted([*exact_eigenvalues(x), 2 * 0.25])
    assert eigenvalues(cost) == pytest.approx(wanted, rel=1e-9)


def test_the_closed_form_of_mathematics_c() -> None:
    x = np.array([0.5, 2.0, 3.5, 4.0])
    mean, square = x.mean(), (x**2).mean()
    limit = limits(make_cost(line_dataset(x, x), RunSettings()))
    root = math.sqrt((1 - square) ** 2 + 4 * mean**2)
    assert limit.lambda_max == pytest.approx(1 + square + root)
    assert limit.lambda_min == pytest.approx(1 + square - root)
    assert limit.best == pytest.approx(1 / (1 + square))
    assert limit.max == pytest.approx(2 / limit.lambda_max)


def test_heights_have_a_narrow_valley_and_z_scores_none() -> None:
    x = np.linspace(150, 190, 41)
    raw = limits(make_cost(line_dataset(x, x), RunSettings()))
    assert raw.condition_number == pytest.approx(6e6, rel=0.1)
    assert raw.max == pytest.approx(3.4e-5, rel=0.02)
    data = line_dataset(x, 0.9 * x - 90 + np.sin(x))
    scaled = limits(make_cost(data, RunSettings(standardize=True)))
    assert scaled.condition_number == pytest.approx(1.0)
    descent = Descent(data, RunSettings(standardize=True, learning_rate=0.5))
    descent.run(100)
    assert (descent.step, descent.status) == (1, Status.CONVERGED)


@pytest.mark.parametrize("data", [Dataset.empty(), line_dataset([0.0], [1.0])])
def test_where_nothing_moves_any_rate_is_stable(data: Dataset) -> None:
    limit = limits(make_cost(data, RunSettings(fit_intercept=False)))
    assert limit.lambda_max == limit.lambda_min == 0.0
    assert limit.max == limit.best == math.inf


def test_a_valley_of_minima_has_a_zero_eigenvalue_and_a_finite_best_rate() -> None:
    limit = limits(make_cost(line_dataset([0.1, 0.1, 0.1], [1.0, 2.0, 4.0]), RunSettings()))
    assert limit.lambda_min == 0.0
    assert limit.condition_number == 1.0
    assert limit.best == pytest.approx(1 / (2 * (1 + 0.01)))


points = st.lists(
    st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=2, max_size=12, unique_by=lambda p: p[0]
)


@given(points)
def test_just_below_the_limit_converges_and_just_above_diverges(
    pairs: list[tuple[float, float]],
) -> None:
    data = Dataset.from_points(pairs)
    assume(data.x.std() > 0.1)
    limit = Descent(data).limits
    # A start off the minimum along every direction.
    start = Descent(data).cost.minimum + np.array([1.0, 2.0])
    below = Descent(data, RunSettings(learning_rate=limit.max * 0.999), start)
    assume(limit.condition_number < 3e4)
    below.run(600_000)
    assert below.status is Status.CONVERGED
    above = Descent(data, RunSettings(learning_rate=limit.max * 1.001), start)
    above.run(600_000)
    assert above.status is Status.DIVERGED


@pytest.mark.parametrize("n_features", [2, 6])
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_limit_holds_for_several_features_too(n_features: int, convention: str) -> None:
    data = random_dataset(1, 40, n_features)
    for share, wanted in ((0.99, Status.CONVERGED), (1.01, Status.DIVERGED)):
        settings = RunSettings(convention=convention)
        rate = Descent(data, settings).limits.max * share
        descent = Descent(data, settings.with_(learning_rate=rate))
        descent.run(20_000)
        assert descent.status is wanted


def test_the_gradient_may_point_away_from_the_minimum_by_as_much_as_the_valley_is_narrow() -> None:
    data = line_dataset(np.array([-4.0, 4.0]), np.array([0.0, 0.0]))  # κ = 16
    cost = make_cost(data, RunSettings())
    assert limits(cost).condition_number == pytest.approx(16)
    turns = np.linspace(0, math.pi, 20_001)
    angles = []
    for turn in turns:
        theta = np.array([math.cos(turn), math.sin(turn)])
        gradient = plain_gradient(data.X, data.y, theta, "mse")
        angles.append(math.acos(theta @ gradient / np.linalg.norm(gradient)))
    assert math.degrees(max(angles)) == pytest.approx(math.degrees(math.asin(15 / 17)), abs=1e-3)


@pytest.mark.parametrize(
    ("rate", "wanted"),
    [
        (0.1, 0.1),
        (0.123, 0.1),
        (0.2, 0.2),
        (0.3, 0.2),
        (0.99, 0.5),
        (3.4e-5, 2e-5),
        (1.0, 1.0),
        (999.0, 500.0),
        (math.inf, 0.1),
        (0.0, 0.1),
    ],
)
def test_a_round_rate_is_one_two_or_five_times_a_power_of_ten(rate: float, wanted: float) -> None:
    assert round_rate(rate) == wanted


@given(st.floats(1e-300, 1e300))
def test_a_round_rate_is_never_above_and_never_less_than_a_third_of_it(rate: float) -> None:
    assert rate / 3 < round_rate(rate) <= rate * (1 + 1e-9)


def test_steps_to_go_are_those_that_the_slowest_direction_takes() -> None:
    assert steps_to_go(1.0, 1e-12, 0.5) == pytest.approx(math.log(1e6) / math.log(2))
    assert steps_to_go(1e-13, 1e-12, 0.5) == 0.0
    assert steps_to_go(1.0, 1e-12, 0.0) == 1.0
    assert steps_to_go(1.0, 1e-12, -1.5) == math.inf
    assert steps_to_go(1.0, 0.0, 0.5) == math.inf


def test_steps_to_go_tell_when_a_run_converges() -> None:
    data = random_dataset(2, 30)
    descent = Descent(data, RunSettings(learning_rate=0.05))
    descent.run(20)
    said = descent.step + descent.snapshot().steps_to_go
    descent.run(10**6)
    assert descent.status is Status.CONVERGED
    assert descent.step == pytest.approx(said, rel=0.1)


@pytest.mark.parametrize("convention", ["mse", "half-mse", "sum", "half-sum"])
@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
def test_below_the_steepest_steps_limit_no_batch_is_overshot(mode: str, convention: str) -> None:
    x = np.array([0.5, -2.0, 3.0, 1.0, 2.5, -1.5, 0.0])
    data = Dataset(x[:, None], 2 * x + 1)
    settings = RunSettings(mode=mode, batch_size=3, convention=convention)
    cost = make_cost(data, settings)
    steepest = steepest_step(data.X, cost, limits(cost), settings)
    size = {"batch": 7, "mini-batch": 3, "sgd": 1}[mode]
    for rows in itertools.combinations(range(7), size):
        rows_x = np.column_stack((np.ones(size), x[list(rows)]))
        scale = 1.0 if convention.startswith("half") else 2.0
        hessian = scale * rows_x.T @ rows_x / (size if convention.endswith("mse") else 1)
        assert np.linalg.eigvalsh(hessian)[-1] <= steepest * (1 + 1e-9)
