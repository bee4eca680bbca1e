import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.plane import Plane, default_pair
from gdviz.core.settings import RunSettings


def cost_of(n_points, n_features, seed, **settings):
    generator = np.random.default_rng(seed)
    X = generator.normal(1, 2, (n_points, n_features))
    names = tuple(f"x{j}" for j in range(n_features))
    return make_cost(Dataset(X, generator.normal(size=n_points), names), RunSettings(**settings))


@given(st.integers(5, 20), st.integers(2, 5), st.integers(0, 100), st.data())
def test_the_slice_is_the_quadratic_it_says(n_points, n_features, seed, data):
    cost = cost_of(n_points, n_features, seed)
    pair = tuple(data.draw(st.permutations(range(n_features + 1)))[:2])
    plane = Plane(cost, pair)
    theta = np.random.default_rng(seed + 1).normal(size=n_features + 1)
    lowest = plane.lowest(theta)
    low = cost.cost(plane.with_place(theta, lowest))
    for place in np.random.default_rng(seed + 2).normal(size=(5, 2)) * 3:
        away = place - lowest
        expected = low + 0.5 * away @ plane.hessian @ away
        assert cost.cost(plane.with_place(theta, place)) == pytest.approx(expected, rel=1e-9)


def test_with_one_feature_the_plane_is_all_there_is():
    cost = cost_of(9, 1, 0)
    plane = Plane(cost, default_pair(1))
    assert plane.is_whole
    np.testing.assert_array_equal(plane.lowest(np.zeros(2)), cost.minimum)
    np.testing.assert_array_equal(plane.hessian, cost.hessian)


def test_the_lowest_place_moves_with_the_other_parameters():
    cost = cost_of(9, 3, 0)
    plane = Plane(cost, (1, 2))
    before, after = plane.lowest(np.zeros(4)), plane.lowest(np.array([0, 0, 0, 1.0]))
    assert np.linalg.norm(after - before) > 1e-3
    np.testing.assert_allclose(plane.lowest(cost.minimum), cost.minimum[[1, 2]])


def test_collinear_features_make_a_valley_of_the_plane():
    x = np.arange(5.0)
    data = Dataset(np.column_stack((x, 2 * x, x**2)), x, ("a", "b", "c"))
    plane = Plane(make_cost(data, RunSettings()), (1, 2))
    assert plane.flat_directions.shape == (1, 2)
    np.testing.assert_allclose(abs(plane.flat_directions[0] @ [1, 2]), 0, atol=1e-6)
    assert np.isfinite(plane.lowest(np.ones(4))).all()
