"""Large batches: gathered once, for the step itself and for all that is told of it before."""

from __future__ import annotations

import numpy as np
import pytest
from plain import random_dataset

from gdviz.core.cost import make_cost
from gdviz.core.descent import Descent
from gdviz.core.sampling import Sampler
from gdviz.core.settings import RunSettings
from gdviz.core.window import MANY_POINTS
from gdviz.core.working import Working

N_POINTS = 2 * MANY_POINTS + 30_000
LARGE = RunSettings(0.01, "mini-batch", MANY_POINTS + 1)


@pytest.mark.parametrize("n_features", [1, 3])
@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("fit_intercept", [False, True])
def test_the_sums_of_a_large_batch_come_with_the_snapshot(
    n_features: int, standardize: bool, fit_intercept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = random_dataset(3, N_POINTS, n_features)
    settings = LARGE.with_(standardize=standardize, fit_intercept=fit_intercept)
    cost = make_cost(data, settings)
    descent = Descent(data, settings)
    for _ in range(4):  # the last batch of an epoch is a smaller one
        snapshot = descent.snapshot()
        theta, batch = snapshot.theta, snapshot.next_batch
        plain = Working.of(data, settings, cost, theta, batch)
        with monkeypatch.context() as patch:
            patch.setattr("gdviz.core.working._rows", None)
            given = Working.of(data, settings, cost, theta, batch, snapshot.next_sums)
        scale = np.abs(plain.gradient).max()
        np.testing.assert_allclose(given.gradient, plain.gradient, atol=1e-10 * scale)
        np.testing.assert_allclose(given.sum_squared, plain.sum_squared, rtol=1e-10)
        descent.run(1)
        np.testing.assert_allclose(given.new_theta_in_units, descent.theta, rtol=1e-9)


def test_sums_of_other_points_or_in_other_coordinates_are_not_taken() -> None:
    data = random_dataset(3, N_POINTS)
    snapshot = Descent(data, LARGE).snapshot()
    theta, batch, sums = snapshot.theta, snapshot.next_batch, snapshot.next_sums
    moved = data.moved(int(batch[0]), 1e4, -1e4)
    for other, settings in ((moved, LARGE), (data, LARGE.with_(standardize=True))):
        cost = make_cost(other, settings)
        plain = Working.of(other, settings, cost, theta, batch)
        given = Working.of(other, settings, cost, theta, batch, sums)
        np.testing.assert_array_equal(given.gradient, plain.gradient)
    rate = LARGE.with_(learning_rate=0.5, convention="half-sum")
    given = Working.of(data, rate, make_cost(data, rate), theta, batch, sums)
    assert given.sums is sums.sums


@pytest.mark.parametrize(
    "settings", [RunSettings(), RunSettings(mode="sgd"), LARGE.with_(batch_size=MANY_POINTS)]
)
def test_of_few_points_and_of_all_no_sums_are_sent(settings: RunSettings) -> None:
    assert Descent(random_dataset(3, N_POINTS), settings).snapshot().next_sums is None


def test_a_large_batch_is_gathered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    descent = Descent(random_dataset(3, N_POINTS), LARGE)
    gathered: list[object] = []
    batches = Sampler.batches

    def count(sampler: Sampler, *args: object) -> object:
        gathered.append(args)
        return batches(sampler, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Sampler, "batches", count)
    for rate in (0.01, 0.02, 0.03):
        descent.set_settings(LARGE.with_(learning_rate=rate))
        descent.snapshot()
    descent.set_settings(descent.settings.with_(convention="half-mse"))
    descent.snapshot()
    assert len(gathered) == 1
    descent.run(1)
    assert len(gathered) == 1
    descent.snapshot()
    assert len(gathered) == 2


def test_the_order_of_an_epoch_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    make = np.random.default_rng

    def count(seed: object) -> object:
        drawn.append(seed)
        return make(seed)  # type: ignore[arg-type]

    data = random_dataset(3, N_POINTS)
    monkeypatch.setattr(np.random, "default_rng", count)
    descent = Descent(data, LARGE)
    for _ in range(3 * descent.steps_per_epoch):
        descent.run(1)
        descent.snapshot()
        descent.snapshot()
    assert drawn == [(0, epoch) for epoch in range(4)]
