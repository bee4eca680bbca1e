"""Whatever the data and the rate: every number that can be shown is finite."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain import line_dataset

from gdviz.core.cost import make_cost
from gdviz.core.dataset import LARGEST_VALUE, DataError, Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Snapshot, Status

FAR = np.random.default_rng(0).uniform(1e6 - 2, 1e6 + 2, 20)
SPECIAL = {
    "no points": Dataset.empty(),
    "one point": line_dataset([2.0], [3.0]),
    "the origin": line_dataset([0.0], [0.0]),
    "all x equal": line_dataset([0.1] * 4, [1.0, 2.0, 3.0, 4.0]),
    "equal points": line_dataset([2.0] * 3, [5.0] * 3),
    "x around 1e6": line_dataset(FAR, 2 * FAR + 1),
    "y around 1e-9": line_dataset(np.linspace(0, 4, 9), 1e-9 * np.cos(np.arange(9))),
    "constant y": line_dataset(np.linspace(0, 4, 9), [7.0] * 9),
    "tiny": line_dataset([1e-200, 2e-200, 5e-200], [1e-200, 3e-200, 4e-200]),
    "huge": line_dataset([-1e50, 1e50, 3e49], [1e50, -1e50, 2e49]),
    "two features, collinear": Dataset(
        np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), np.array([1.0, 2.0, 2.0]), ("a", "b")
    ),
}


def assert_finite(snapshot: Snapshot) -> None:
    assert np.all(np.isfinite(snapshot.theta))
    assert np.all(np.isfinite(snapshot.gradient))
    for value in (snapshot.cost, snapshot.gap, snapshot.gradient_norm, snapshot.growth):
        assert math.isfinite(value)
        assert value >= 0
    assert np.all(np.isfinite(snapshot.trace.costs))
    assert np.all(np.isfinite(snapshot.trace.thetas))


@pytest.mark.parametrize("data", SPECIAL.values(), ids=SPECIAL.keys())
@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
@pytest.mark.parametrize("rate", [1e-300, 0.1, 1e6, 1e300])
def test_special_data_never_show_a_nan(data: Dataset, mode: str, rate: float) -> None:
    for changes in (
        {},
        {"standardize": True},
        {"fit_intercept": False},
        {"convention": "sum"},
        {"standardize": True, "fit_intercept": False},
    ):
        settings = RunSettings(learning_rate=rate, mode=mode, batch_size=2, **changes)
        descent = Descent(data, settings)
        assert_finite(descent.snapshot())
        for n_steps in (1, 1, 3, 400):
            descent.run(n_steps)
            assert_finite(descent.snapshot())
        descent.finish_epoch()
        descent.step_back()
        assert_finite(descent.snapshot())
        descent.set_settings(settings.with_(learning_rate=0.01, standardize=False))
        descent.run(50)
        assert_finite(descent.snapshot())


def test_without_points_nothing_can_be_done_and_nothing_happens() -> None:
    descent = Descent(Dataset.empty())
    assert not descent.can_continue
    assert descent.run(10) == descent.finish_epoch() == descent.step == 0
    assert not descent.step_back()
    assert descent.status is Status.READY


@pytest.mark.parametrize(
    "data",
    [SPECIAL["one point"], SPECIAL["all x equal"], SPECIAL["equal points"]],
    ids=["one point", "all x equal", "equal points"],
)
def test_a_valley_of_minima_is_reached(data: Dataset) -> None:
    descent = Descent(data, RunSettings(learning_rate=0.05))
    descent.run(10_000)
    assert descent.status is Status.CONVERGED
    height = descent.theta[0] + descent.theta[1] * data.x[0]
    assert height == pytest.approx(data.y.mean(), rel=1e-5)
    assert len(make_cost(data, RunSettings()).flat_directions) == 1


numbers = st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1e-300, -1e50, 1e50, 1e-9])


@given(
    st.lists(st.tuples(numbers, numbers), max_size=8),
    st.floats(1e-300, 1e300) | st.floats(1e-6, 10),
    st.sampled_from(["batch", "mini-batch", "sgd"]),
    st.sampled_from(["mse", "half-sum"]),
    st.booleans(),
    st.booleans(),
    st.tuples(numbers, numbers),
)
def test_random_wild_runs_never_show_a_nan(
    points: list[tuple[float, float]],
    rate: float,
    mode: str,
    convention: str,
    standardize: bool,
    fit_intercept: bool,
    start: tuple[float, float],
) -> None:
    settings = RunSettings(
        learning_rate=rate,
        mode=mode,
        batch_size=3,
        convention=convention,
        standardize=standardize,
        fit_intercept=fit_intercept,
    )
    descent = Descent(Dataset.from_points(points), settings, start)
    assert_finite(descent.snapshot())
    for n_steps in (1, 2, 40, 1500):
        descent.run(n_steps)
        assert_finite(descent.snapshot())
    descent.set_dataset(descent.dataset.with_point(1.0, 1.0))
    descent.run(20)
    assert_finite(descent.snapshot())


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (math.nan, 1.0, ["x of point 3", "nan", "finite"]),
        (1.0, math.inf, ["y of point 3", "inf", "finite"]),
        (1e51, 1.0, ["x of point 3", "1e+51", "larger unit"]),
    ],
)
def test_points_that_cannot_be_are_refused_with_their_place(
    x: float, y: float, words: list[str]
) -> None:
    data = Dataset.from_points([(0.0, 0.0), (1.0, 1.0)])
    for attempt in (
        lambda: data.with_point(x, y),
        lambda: Dataset.from_points([(0.0, 0.0), (1.0, 1.0), (x, y)]),
        lambda: data.with_point(2.0, 2.0).moved(2, x, y),
    ):
        with pytest.raises(DataError) as caught:
            attempt()
        for word in words:
            assert word in str(caught.value)


def test_the_largest_values_are_accepted() -> None:
    data = Dataset.from_points([(LARGEST_VALUE, -LARGEST_VALUE)])
    assert data.point(0) == (LARGEST_VALUE, -LARGEST_VALUE)


def test_a_dataset_cannot_be_changed_in_place() -> None:
    data = Dataset.from_points([(1.0, 2.0)])
    with pytest.raises(ValueError, match="read-only"):
        data.X[0, 0] = 5.0
    edited = data.with_point(3.0, 4.0, index=0).moved(1, 9.0, 9.0)
    assert data.x.tolist() == [1.0]
    assert edited.x.tolist() == [3.0, 9.0]
    assert edited.without(0).y.tolist() == [9.0]
