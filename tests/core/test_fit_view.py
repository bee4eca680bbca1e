import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.dataset import Dataset
from gdviz.core.fit_view import MOST_POINTS_SHOWN, FitView


def dataset(n_points, n_features=3):
    generator = np.random.default_rng(1)
    X = generator.normal(2, 1, (n_points, n_features))
    return Dataset(X, generator.normal(size=n_points), tuple("abc"[:n_features]))


@given(st.integers(1, 50), st.integers(0, 2))
def test_the_line_is_the_model_with_the_other_features_at_their_means(n_points, feature):
    data = dataset(n_points)
    theta = np.array([0.5, -1.0, 2.0, 3.0])
    slope, height = FitView.of(data, feature).line(theta)
    for value in (-1.0, 4.0):
        x = data.X.mean(axis=0)
        x[feature] = value
        np.testing.assert_allclose(slope * value + height, theta[0] + x @ theta[1:], atol=1e-9)


def test_predicted_against_actual():
    data = dataset(10)
    view = FitView.of(data, None)
    theta = np.array([0.5, -1.0, 2.0, 3.0])
    np.testing.assert_array_equal(view.across, data.y)
    np.testing.assert_allclose(view.predictions(theta), data.X @ theta[1:] + 0.5)
    assert view.line(theta) == (1.0, 0.0)


def test_of_many_points_a_fixed_sample_is_shown():
    data = dataset(MOST_POINTS_SHOWN * 3)
    first, again = FitView.of(data, None), FitView.of(data, 0)
    np.testing.assert_array_equal(first.indices, again.indices)
    assert len(np.unique(first.indices)) == MOST_POINTS_SHOWN
    np.testing.assert_array_equal(first.y, data.y[first.indices])
