"""What the data and the settings imply, and what of it another learning rate leaves alone."""

from __future__ import annotations

import numpy as np
import pytest
from plain import line_dataset, random_dataset

from gdviz.core import problem as problem_module
from gdviz.core.dataset import Dataset
from gdviz.core.problem import Problem
from gdviz.core.settings import RunSettings
from gdviz.core.stability import steepest_step


@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
@pytest.mark.parametrize("standardize", [False, True])
def test_another_rate_alone_leaves_the_cost_and_its_limits(
    mode: str, standardize: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = random_dataset(3, 17, 3)
    settings = RunSettings(0.1, mode, 4, standardize=standardize)
    before = Problem.of(data, settings)
    monkeypatch.setattr(problem_module, "steepest_step", None)
    after = Problem.of(data, settings.with_(learning_rate=0.5), before)
    assert after.settings == settings.with_(learning_rate=0.5)
    assert after.cost is before.cost
    assert (after.limits, after.steepest) == (before.limits, before.steepest)
    assert after.proposed_rate == before.proposed_rate


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "mini-batch"},
        {"convention": "sum"},
        {"standardize": True},
        {"fit_intercept": False},
        {"mode": "mini-batch", "batch_size": 3, "convention": "sum", "learning_rate": 0.3},
    ],
)
def test_any_other_change_makes_all_of_it_anew(changes: dict[str, object]) -> None:
    data = random_dataset(3, 170)
    settings = RunSettings(0.1, "sgd")
    before = Problem.of(data, settings)
    after, fresh = (Problem.of(data, settings.with_(**changes), kept) for kept in (before, None))
    assert after.cost is not before.cost
    assert (after.settings, after.limits) == (fresh.settings, fresh.limits)
    assert after.steepest == fresh.steepest
    assert after.steepest == steepest_step(data.X, fresh.cost, fresh.limits, fresh.settings)
    moved = Problem.of(data.moved(0, 50.0, 0.0), settings, before)
    assert moved.steepest > before.steepest


def test_the_free_cost_differs_only_where_b_is_held() -> None:
    data = random_dataset(3, 17)
    for fits in (True, False):
        problem = Problem.of(data, RunSettings(fit_intercept=fits, standardize=True))
        assert (problem.free_cost is problem.cost) is fits
        assert problem.free_cost.fit_intercept
        assert problem.free_cost.scaling is problem.cost.scaling
        assert problem.free_cost.minimum_cost <= problem.cost.minimum_cost


def test_it_knows_a_valley_and_no_points() -> None:
    assert not Problem.of(random_dataset(3, 17), RunSettings()).is_valley
    valley = Problem.of(line_dataset([2.0, 2.0], [1.0, 3.0]), RunSettings())
    assert valley.is_valley
    empty = Problem.of(Dataset.empty(), RunSettings())
    assert (empty.n_points, empty.steepest) == (0, 0.0)
    assert np.isfinite(empty.proposed_rate)
