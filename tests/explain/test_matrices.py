import numpy as np
import pytest

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings
from gdviz.core.working import Working
from gdviz.explain.formula import Matrix
from gdviz.explain.matrices import model_lines


def working(n_points, n_features, batch=None):
    generator = np.random.default_rng(5)
    X = generator.normal(size=(n_points, n_features))
    data = Dataset(X, generator.normal(size=n_points), tuple(f"x{j}" for j in range(n_features)))
    theta = generator.normal(size=n_features + 1)
    return Working.of(data, RunSettings(), make_cost(data, RunSettings()), theta, batch)


def kept(count, most, head):
    """Return which of so many are shown: all, or the first ones and the last."""
    return list(range(count)) if count <= most else [*range(head), None, count - 1]


@pytest.mark.parametrize("n_points", [1, 4, 5, 6, 100])
@pytest.mark.parametrize("n_features", [2, 6])
def test_the_matrices_are_those_of_the_model(n_points, n_features):
    step = working(n_points, n_features)
    X, y, theta = step.dataset.X, step.dataset.y, step.theta
    shown = [
        [piece for piece in pieces if isinstance(piece, Matrix)] for pieces in model_lines(step)
    ]
    prediction = (X @ theta[1:] + theta[0])[:, np.newaxis]
    expected = [
        [theta[:1, np.newaxis], X, theta[1:, np.newaxis], prediction],
        [y[:, np.newaxis], prediction, y[:, np.newaxis] - prediction, theta[np.newaxis, 1:]],
    ]
    for matrices, arrays in zip(shown, expected, strict=True):
        for matrix, array in zip(matrices, arrays, strict=True):
            assert matrix.shape == array.shape
            rows, columns = kept(len(array), 4, 2), kept(array.shape[1], 3, 1)
            assert [len(row) for row in matrix.rows] == [len(columns)] * len(rows)
            for row, i in zip(matrix.rows, rows, strict=True):
                for value, j in zip(row, columns, strict=True):
                    if i is None or j is None:
                        assert value is None
                    else:
                        assert value == pytest.approx(array[i, j], rel=1e-12)


def test_a_stochastic_step_has_one_row():
    lines = model_lines(working(50, 2, np.array([7])))
    of_u = [p.shape for p in lines[1] if isinstance(p, Matrix)]
    assert of_u == [(1, 1)] * 3 + [(1, 2)]


def test_without_points_there_is_nothing_to_show():
    data = Dataset.empty()
    step = Working.of(data, RunSettings(), make_cost(data, RunSettings()), (0.0, 0.0), None)
    assert model_lines(step) == ()
