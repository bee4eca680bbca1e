"""Slopes against differences of two costs: also where both are nothing but rounding."""

from __future__ import annotations

import numpy as np
import pytest

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.finite_difference import differences
from gdviz.core.settings import PARAMETERS, RunSettings
from gdviz.core.working import Working
from gdviz.files.bundled import bundled

CONVENTIONS = PARAMETERS["convention"].values


def working(data, settings, theta, batch=None):
    return Working.of(data, settings, make_cost(data, settings), theta, batch)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("mode", ["sgd", "mini-batch"])
def test_where_a_stochastic_run_ends_at_a_perfect_minimum_no_wrong_digits_are_told(
    convention, standardize, mode
):
    data = bundled("learning-rate-exercise").dataset
    settings = RunSettings(0.1, mode, 2, convention=convention, standardize=standardize)
    descent = Descent(data, settings)
    descent.run(20_000)
    snapshot = descent.snapshot()
    assert snapshot.status == "converged"
    for both in differences(working(data, settings, snapshot.theta, snapshot.next_batch)):
        assert both.is_flat or both.agreeing >= 6


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("n_points", [50, 6000])
@pytest.mark.parametrize("n_features", [1, 3])
@pytest.mark.parametrize("shift", [0.0, 3.0, -40.0])
def test_points_on_a_plane_have_slopes_of_0_there(convention, n_points, n_features, shift):
    X = np.random.default_rng(n_points).normal(shift, 1, (n_points, n_features))
    theta = np.linspace(-0.7, 1.3, n_features + 1)
    data = Dataset(X, X @ theta[1:] + theta[0], tuple(f"x{j}" for j in range(n_features)))
    for both in differences(working(data, RunSettings(convention=convention), theta)):
        assert both.is_flat


@pytest.mark.parametrize("n_points", [50, 6000])
def test_a_little_away_from_it_they_are_not_0(n_points):
    X = np.random.default_rng(1).normal(0.3, 1, (n_points, 1))
    data = Dataset(X, 2 * X[:, 0] - 1, ("x",))
    for both in differences(working(data, RunSettings(), (-1 + 1e-5, 2 - 3e-5))):
        assert not both.is_flat
        assert both.agreeing >= 4
