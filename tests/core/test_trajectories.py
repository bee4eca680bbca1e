"""Every step of every mode against the formulas written down in plain NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from plain import CONVENTIONS, given_batches, line_dataset, plain_run, random_dataset

from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.sampling import Position, Sampler
from gdviz.core.settings import RunSettings

SIZES = {"batch": 10**9, "mini-batch": 4, "sgd": 1}


def walk(descent: Descent, n_steps: int) -> np.ndarray:
    path = [descent.theta]
    for _ in range(n_steps):
        assert descent.run(1) == 1
        path.append(descent.theta)
    return np.array(path)


def assert_same_path(got: np.ndarray, wanted: np.ndarray) -> None:
    scale = np.abs(wanted).max(axis=0)
    assert np.all(np.abs(got - wanted) <= 1e-12 * scale)


def safe_rate(X: np.ndarray, convention: str) -> float:
    """Return a rate at which not even a single point is overshot."""
    rate = 0.4 / (1 + (X**2).sum(axis=1).max())
    return rate if convention.endswith("mse") else rate / len(X)


@pytest.mark.parametrize("n_features", [1, 2, 6, 50])
@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_steps_in_given_order_equal_the_formulas(
    n_features: int, convention: str, mode: str, fit_intercept: bool
) -> None:
    data = random_dataset(n_features, 11, n_features)  # 11 = 4 + 4 + 3: a short last batch
    rate = safe_rate(data.X, convention)
    start = np.linspace(0.5, -1.0, n_features + 1)
    if not fit_intercept:
        start[0] = 0.0
    settings = RunSettings(
        learning_rate=rate,
        mode=mode,
        batch_size=4,
        order="given",
        convention=convention,
        fit_intercept=fit_intercept,
        tolerance=1e-12,
    )
    got = walk(Descent(data, settings, start), 40)
    batches = given_batches(11, min(SIZES[mode], 11))
    wanted = plain_run(data.X, data.y, start, rate, batches, 40, convention, fit_intercept)
    assert_same_path(got, wanted)


@pytest.mark.parametrize("n_features", [1, 2, 6, 50])
@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_standardised_steps_equal_the_formulas_on_z_scores(
    n_features: int, mode: str, fit_intercept: bool
) -> None:
    raw = random_dataset(n_features, 11, n_features)
    data = Dataset(raw.X * 30 + 170, raw.y, raw.feature_names)
    shift = data.X.mean(axis=0) if fit_intercept else np.zeros(n_features)
    std = data.X.std(axis=0)
    Z = (data.X - shift) / std
    rate = safe_rate(Z, "mse") / 4
    settings = RunSettings(
        learning_rate=rate,
        mode=mode,
        batch_size=4,
        order="given",
        standardize=True,
        fit_intercept=fit_intercept,
        tolerance=1e-12,
    )
    got = walk(Descent(data, settings), 40)
    batches = given_batches(11, min(SIZES[mode], 11))
    start = np.zeros(n_features + 1)
    inside = plain_run(Z, data.y, start, rate, batches, 40, "mse", fit_intercept)
    wanted = inside.copy()
    wanted[:, 1:] = inside[:, 1:] / std
    wanted[:, 0] = inside[:, 0] - wanted[:, 1:] @ shift
    assert_same_path(got, wanted)


@pytest.mark.parametrize("mode", ["mini-batch", "sgd"])
@pytest.mark.parametrize("n_features", [1, 3])
def test_shuffled_steps_equal_the_formulas_on_the_samplers_order(
    mode: str, n_features: int
) -> None:
    data = random_dataset(5, 11, n_features)
    size = SIZES[mode]
    settings = RunSettings(learning_rate=0.02, mode=mode, batch_size=4, seed=7)
    sampler = Sampler(11, mode, 4, "shuffled", 7)

    def batches():
        for epoch in range(1000):
            order = sampler.order(epoch)
            for start in range(0, 11, size):
                yield order[start : start + size]

    got = walk(Descent(data, settings), 40)
    start = np.zeros(n_features + 1)
    assert_same_path(got, plain_run(data.X, data.y, start, 0.02, batches(), 40, "mse"))


def test_the_classroom_sketch_is_half_mse_sgd_in_given_order() -> None:
    xs, ys = [0.1, 0.35, 0.5, 0.9], [0.2, 0.4, 0.9, 0.8]  # as clicked on a unit canvas
    m, b, rate = 0.0, 0.0, 0.05
    descent = Descent(
        line_dataset(xs, ys),
        RunSettings(learning_rate=rate, mode="sgd", order="given", convention="half-mse"),
    )
    for _ in range(25):
        for x, y in zip(xs, ys, strict=True):
            guess = m * x + b
            error = guess - y
            m = m - error * x * rate
            b = b - error * rate
            descent.run(1)
            assert descent.theta == pytest.approx([b, m], rel=1e-13)


def test_epochs_and_batches_seen_are_counted_with_the_short_last_batch() -> None:
    descent = Descent(
        random_dataset(1, 11), RunSettings(mode="mini-batch", batch_size=4, order="given")
    )
    seen = []
    for _ in range(6):
        descent.run(1)
        snapshot = descent.snapshot()
        assert snapshot.last_batch is not None
        seen.append((snapshot.epoch, snapshot.last_batch.tolist()))
    epoch = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10]]
    seen_in = [0, 0, 1, 1, 1, 2]
    assert seen == [(seen_in[k], epoch[k % 3]) for k in range(6)]


def test_one_sgd_step_lands_on_its_points_line_when_its_factor_is_zero() -> None:
    descent = Descent(
        line_dataset([2.0, 1.0], [3.0, -4.0]),
        RunSettings(learning_rate=1 / (2 * (1 + 4)), mode="sgd", order="given"),
        (0.7, -0.2),
    )
    descent.run(1)
    b, m = descent.theta
    assert b + m * 2.0 == pytest.approx(3.0, rel=1e-14)


@pytest.mark.parametrize("mode", ["mini-batch", "sgd"])
@pytest.mark.parametrize("n_points", [1, 7, 100, 5000])
def test_each_shuffled_epoch_is_another_permutation_and_the_seed_repeats_it(
    mode: str, n_points: int
) -> None:
    one = Sampler(n_points, mode, 32, "shuffled", 3)
    same = Sampler(n_points, mode, 32, "shuffled", 3)
    other = Sampler(n_points, mode, 32, "shuffled", 4)
    orders = [one.order(epoch) for epoch in range(6)]
    for order in orders:
        assert np.array_equal(np.sort(order), np.arange(n_points))
    # In any sequence of asking, since any step may be taken back.
    for epoch in (5, 0, 3):
        assert np.array_equal(same.order(epoch), orders[epoch])
    if n_points > 7:
        assert len({order.tobytes() for order in orders}) == 6
        assert not np.array_equal(other.order(0), orders[0])


def test_every_point_comes_first_equally_often() -> None:
    sampler = Sampler(5, "sgd", seed=1)
    firsts = np.bincount([sampler.order(epoch)[0] for epoch in range(5000)], minlength=5)
    assert np.all(np.abs(firsts - 1000) < 5 * np.sqrt(1000 * 0.8))


def test_batches_may_be_asked_for_from_the_middle_of_an_epoch() -> None:
    sampler = Sampler(10, "mini-batch", 4, "given")
    batches = sampler.batches(Position(2, 4), 12)
    assert batches.position(0) == Position(2, 4)
    assert batches.position(1) == Position(2, 8)
    assert batches.position(2) == Position(3, 0)
    assert batches.indices[:6].tolist() == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
def test_finish_epoch_ends_where_the_pass_over_the_points_ends(mode: str) -> None:
    descent = Descent(
        random_dataset(2, 11), RunSettings(learning_rate=1e-3, mode=mode, batch_size=4)
    )
    descent.run(2)
    before = descent.epoch
    descent.finish_epoch()
    assert descent.epoch == before + 1
    assert descent.finish_epoch() == descent.steps_per_epoch
    assert descent.epoch == before + 2
