"""J, ∇J, the Hessian and the minimum, by direct sums, finite differences, SVD and NIST."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain import CONVENTIONS, line_dataset, plain_cost, plain_gradient, random_dataset

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings

NORRIS = Path(__file__).parents[1] / "data" / "norris.csv"


@pytest.mark.parametrize("n_features", [1, 2, 6, 50])
@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_cost_gradient_and_hessian_equal_direct_sums(
    n_features: int, convention: str, fit_intercept: bool
) -> None:
    data = random_dataset(3, 60, n_features)
    cost = make_cost(data, RunSettings(convention=convention, fit_intercept=fit_intercept))
    rng = np.random.default_rng(0)
    thetas = rng.normal(size=(5, n_features + 1))
    if not fit_intercept:
        thetas[:, 0] = 0.0
    direct = [plain_cost(data.X, data.y, theta, convention) for theta in thetas]
    assert cost.costs(thetas) == pytest.approx(direct, rel=1e-12)
    assert cost.gaps(thetas) == pytest.approx(cost.costs(thetas) - cost.minimum_cost, rel=1e-11)
    for theta, value in zip(thetas, direct, strict=True):
        assert cost.cost(theta) == pytest.approx(value, rel=1e-12)
        wanted = plain_gradient(data.X, data.y, theta, convention, fit_intercept)
        assert np.abs(cost.gradient(theta) - wanted).max() <= 1e-12 * np.abs(wanted).max()
    design = np.column_stack((np.ones(60) * fit_intercept, data.X))
    scale = {"mse": 2 / 60, "half-mse": 1 / 60, "sum": 2.0, "half-sum": 1.0}[convention]
    assert cost.hessian == pytest.approx(scale * design.T @ design, rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("standardize", [False, True])
def test_gradient_equals_finite_differences_of_the_cost(convention: str, standardize: bool) -> None:
    data = random_dataset(4, 30, 3)
    cost = make_cost(data, RunSettings(convention=convention, standardize=standardize))
    theta = np.array([0.3, -1.0, 2.0, 0.5])
    h = 1e-3  # J is a quadratic: central differences have no error but rounding's
    numeric = [
        (cost.cost(theta + h * unit) - cost.cost(theta - h * unit)) / (2 * h) for unit in np.eye(4)
    ]
    assert cost.gradient(theta) == pytest.approx(numeric, rel=1e-9)


@pytest.mark.parametrize("n_features", [1, 2, 6, 50])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_minimum_equals_least_squares_by_svd(n_features: int, fit_intercept: bool) -> None:
    data = random_dataset(6, 80, n_features)
    cost = make_cost(data, RunSettings(fit_intercept=fit_intercept))
    design = np.column_stack((np.ones(80), data.X)) if fit_intercept else data.X
    wanted = np.linalg.lstsq(design, data.y)[0]
    got = cost.minimum if fit_intercept else cost.minimum[1:]
    assert got == pytest.approx(wanted, rel=1e-10)
    assert np.linalg.norm(cost.gradient(cost.minimum)) < 1e-12
    assert cost.minimum_cost == pytest.approx(
        plain_cost(data.X, data.y, cost.minimum, "mse"), rel=1e-10
    )


def test_minimum_is_the_certified_one_of_nist_norris() -> None:
    table = np.loadtxt(NORRIS, delimiter=",", skiprows=4)
    assert table.shape == (36, 2)
    cost = make_cost(line_dataset(table[:, 0], table[:, 1]), RunSettings(convention="sum"))
    assert cost.minimum[1] == pytest.approx(1.00211681802045, rel=1e-12)
    assert cost.minimum[0] == pytest.approx(-0.262323073774029, rel=1e-12)
    residual_sd = np.sqrt(cost.minimum_cost / (36 - 2))
    assert residual_sd == pytest.approx(0.884796396144373, rel=1e-10)


COLLINEAR = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [5.0, 10.0]])


@pytest.mark.parametrize(
    ("X", "y", "n_flat"),
    [
        pytest.param(COLLINEAR, [1.0, 2.0, 2.5, 4.0], 1, id="collinear features"),
        pytest.param(np.full((4, 1), 0.1), [1.0, 2.0, 3.0, 4.0], 1, id="all x equal"),
        pytest.param(np.full((3, 1), 1e6 + 0.1), [1.0, 2.0, 3.0], 1, id="all x equal, far away"),
        pytest.param([[3.0]], [2.0], 1, id="one point"),
        pytest.param([[3.0, 1.0]], [2.0], 2, id="one point, two features"),
        pytest.param([[3.0], [3.0]], [2.0, 2.0], 1, id="equal points"),
        pytest.param(np.eye(3)[:2], [1.0, 2.0], 2, id="fewer points than features"),
    ],
)
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_of_a_valley_of_minima_the_nearest_to_zero_is_taken(
    X: np.ndarray, y: list[float], n_flat: int, fit_intercept: bool
) -> None:
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    names = tuple(f"x{j}" for j in range(X.shape[1]))
    cost = make_cost(Dataset(X, y, names), RunSettings(fit_intercept=fit_intercept))
    design = np.column_stack((np.ones(len(y)), X)) if fit_intercept else X
    wanted = np.linalg.lstsq(design, y)[0]
    got = cost.minimum if fit_intercept else cost.minimum[1:]
    assert np.abs(got - wanted).max() <= 1e-9 * np.abs(wanted).max()
    flat = cost.flat_directions
    if fit_intercept:
        assert len(flat) == n_flat
    assert flat @ flat.T == pytest.approx(np.eye(len(flat)), abs=1e-12)
    for direction in flat:
        away = cost.minimum + 3 * direction
        moved = np.append(1.0, X[0]) @ (away - cost.minimum)
        assert abs(moved) <= 1e-9 * np.abs(X).max()


def test_without_points_the_cost_is_zero_everywhere() -> None:
    cost = make_cost(Dataset.empty(), RunSettings())
    assert cost.cost(np.array([3.0, -2.0])) == 0.0
    assert not cost.gradient(np.array([3.0, -2.0])).any()
    assert not cost.hessian.any()
    assert len(cost.flat_directions) == 2


def test_points_on_a_line_have_a_minimum_cost_of_exactly_zero() -> None:
    x = np.linspace(-3, 7, 23)
    assert make_cost(line_dataset(x, 0.3 * x - 1.7), RunSettings()).minimum_cost == 0.0


@given(
    st.lists(
        st.tuples(st.floats(-100, 100), st.floats(-100, 100)),
        min_size=1,
        max_size=20,
    ),
    st.tuples(st.floats(-10, 10), st.floats(-10, 10)),
)
def test_cost_equals_the_direct_sum_for_any_points(
    points: list[tuple[float, float]], theta: tuple[float, float]
) -> None:
    data = Dataset.from_points(points)
    cost = make_cost(data, RunSettings())
    at = np.array(theta)
    direct = plain_cost(data.X, data.y, at, "mse")
    size = float(np.mean((np.abs(at[0]) + np.abs(data.X[:, 0] * at[1]) + np.abs(data.y)) ** 2))
    assert cost.cost(at) == pytest.approx(direct, rel=1e-12, abs=1e-13 * size)
