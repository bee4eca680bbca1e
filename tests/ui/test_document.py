import numpy as np
import pytest

from gdviz.core.dataset import Dataset
from gdviz.core.settings import LARGEST_START, check_theta
from gdviz.ui.document import Document, Origin


@pytest.fixture
def document(qtbot):
    document = Document()
    yield document
    document.deleteLater()


def several(n_features):
    X = np.random.default_rng(0).normal(size=(20, n_features))
    return Dataset(X, X.sum(axis=1), tuple(f"x{j}" for j in range(n_features)))


@pytest.mark.parametrize("n_features", [1, 2, 50])
def test_a_random_start_has_a_number_for_every_parameter(document, n_features):
    document.open(several(n_features), Origin("several"))
    starts = set()
    for seed in range(5):
        document.random_start(np.random.default_rng(seed))
        assert len(document.start) == n_features + 1
        assert np.isfinite(document.start).all()
        starts.add(document.start)
    assert len(starts) == 5


def test_clearing_several_features_leaves_an_empty_plane_and_comes_back(document):
    data = several(3)
    document.open(data, Origin("several"))
    start = document.start
    told = []
    document.start_changed.connect(told.append)
    document.clear()
    assert document.dataset.feature_names == ("x",)
    assert len(document.start) == 2
    document.undo_stack.undo()
    assert document.dataset is data
    assert document.start == start
    assert [len(theta) for theta in told] == [2, 4]


def test_what_is_told_last_of_unsaved_points_is_true(document):
    """While an edit is taken back the stack does not count it yet."""
    document.open(several(1), Origin("points"))
    told = []
    document.title_changed.connect(lambda: told.append(document.is_modified))
    document.clear()
    document.add_point(1.0, 2.0)
    assert told[-1]
    document.undo_stack.undo()
    assert not document.is_modified
    assert not told[-1]


def test_a_start_beyond_all_bounds_is_taken_to_the_bound(document):
    document.open(several(1), Origin("several"))
    document.set_start((-1e60, float("inf")))
    assert document.start == (-LARGEST_START, LARGEST_START)
    document.set_start((float("nan"), 0.0))
    assert document.start == (-LARGEST_START, LARGEST_START)


@pytest.mark.parametrize("low", [-1e50, -7e49])
def test_the_start_proposed_for_the_largest_points_can_be_started_from(document, low):
    for high in (low, 0.99 * low):
        document.open(Dataset.from_points([(0, low), (1, high)]), Origin("far"))
        check_theta(document.start, 1)
