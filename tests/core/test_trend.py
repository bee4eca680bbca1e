"""The verdict in words on a run that goes on."""

from __future__ import annotations

import numpy as np
import pytest
from plain import line_dataset, random_dataset

from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Trend


def trends(descent: Descent, n_steps: int, piece: int) -> list[Trend]:
    result = []
    while descent.step < n_steps and descent.run(piece):
        if piece > 1 or n_steps <= 1000 or descent.step % 23 == 1:
            result.append(descent.snapshot().trend)
    return result


def test_a_smooth_descent_has_no_finer_verdict() -> None:
    descent = Descent(random_dataset(1, 20), RunSettings(learning_rate=0.05))
    assert set(trends(descent, 200, 1)) == {Trend.NONE}


def test_beyond_half_the_limit_it_oscillates_until_that_part_has_died_out() -> None:
    data = random_dataset(1, 20)
    rate = Descent(data).limits.max * 0.9
    assert Descent(data, RunSettings(learning_rate=rate)).snapshot().trend is Trend.OSCILLATING
    quick = Descent(data, RunSettings(learning_rate=Descent(data).limits.max * 0.55))
    quick.run(30)
    assert quick.snapshot().trend is Trend.NONE


def test_beyond_the_limit_it_diverges_and_says_how_fast() -> None:
    data = random_dataset(1, 20)
    limit = Descent(data).limits
    descent = Descent(data, RunSettings(learning_rate=limit.max * 1.1))
    descent.run(10)
    snapshot = descent.snapshot()
    assert snapshot.trend is Trend.DIVERGING
    assert snapshot.growth == pytest.approx(1.2)


@pytest.mark.parametrize("piece", [5, 64, 1000])
@pytest.mark.parametrize("convention", ["mse", "half-sum"])
@pytest.mark.parametrize(("mode", "rate"), [("sgd", 0.02), ("mini-batch", 0.05)])
def test_stochastic_descent_with_a_constant_rate_wanders_on_noisy_data(
    piece: int, convention: str, mode: str, rate: float
) -> None:
    rate = rate if convention == "mse" else rate / 4
    settings = RunSettings(learning_rate=rate, mode=mode, batch_size=5, convention=convention)
    descent = Descent(random_dataset(1, 40), settings)
    n_steps = max(10_000, 200 * piece)
    said = trends(descent, n_steps, piece)
    assert Trend.DIVERGING not in said
    # At the noise floor it is said, and goes on to be said.
    late = said[len(said) * 2 // 3 :]
    assert late.count(Trend.WANDERING) > 0.9 * len(late)
    assert said[0] is Trend.NONE


@pytest.mark.parametrize("piece", [5, 64, 1000])
def test_it_does_not_wander_while_it_creeps_down_a_narrow_valley(piece: int) -> None:
    # The steep direction is at rest after a few steps, the shallow one takes 10⁵.
    x = np.random.default_rng(3).uniform(3, 5, 30)
    data = line_dataset(x, 3 * x - 40)
    rate = 0.2 / (2 * (1 + 5**2))
    descent = Descent(data, RunSettings(learning_rate=rate, mode="sgd"))
    slow = 1 / (rate * descent.limits.lambda_min)
    assert slow > 3000
    said = trends(descent, int(2.5 * slow), piece)
    assert set(said) == {Trend.NONE}


@pytest.mark.parametrize("seed", range(5))
def test_sgd_on_points_of_one_line_comes_to_rest_and_never_wanders(seed: int) -> None:
    data = random_dataset(seed, 20, noise=0.0)
    descent = Descent(data, RunSettings(learning_rate=0.05, mode="sgd", seed=seed))
    said = trends(descent, 20_000, 100)
    assert Trend.WANDERING not in said
    assert not descent.can_continue


def test_sgd_that_is_thrown_out_ever_farther_diverges() -> None:
    data = Dataset.from_points([(-3.0, 1.0), (2.0, 5.0), (4.0, -1.0)])
    descent = Descent(data, RunSettings(learning_rate=0.2, mode="sgd"))
    said = trends(descent, 1000, 1)
    assert Trend.DIVERGING in said
    assert descent.snapshot().growth > 1


def test_a_change_begins_the_verdict_anew() -> None:
    descent = Descent(random_dataset(1, 40), RunSettings(learning_rate=0.02, mode="sgd"))
    assert trends(descent, 50_000, 100)[-1] is Trend.WANDERING
    descent.set_dataset(descent.dataset.moved(0, 2.0, 30.0))
    assert descent.snapshot().trend is Trend.NONE


def test_noise_about_the_minimum_is_not_divergence() -> None:
    x = np.linspace(0, 4, 10)
    y = 0.75 * x + 0.5 + 0.4 * np.sin(9 * x)
    data = Dataset(x[:, None], y)
    best = Descent(data).cost.minimum
    run = Descent(data, RunSettings(mode="sgd", learning_rate=0.01), best + 1e-4)
    for _ in range(60):
        run.run(25)
        assert run.snapshot().trend is not Trend.DIVERGING
