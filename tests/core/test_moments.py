"""The updated sums against fresh ones, and against exact rational arithmetic."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from plain import line_dataset

from gdviz.core.dataset import Dataset
from gdviz.core.moments import Moments


def exact_scatter(columns: list[np.ndarray]) -> np.ndarray:
    """Return Σ (z − mean)(z − mean)ᵀ of the doubles as they are, in rational numbers."""
    table = [[Fraction(float(value)) for value in column] for column in columns]
    centred = [[value - sum(column) / len(column) for value in column] for column in table]
    return np.array(
        [
            [float(sum(p * q for p, q in zip(one, other, strict=True))) for other in centred]
            for one in centred
        ]
    )


def assert_equal_scatter(got: np.ndarray, wanted: np.ndarray, rel: float) -> None:
    scale = np.sqrt(np.outer(np.diag(wanted), np.diag(wanted)))
    assert np.all(np.abs(got - wanted) <= rel * scale)


def test_ten_thousand_edits_leave_the_sums_as_if_added_afresh() -> None:
    rng = np.random.default_rng(12)
    data = Dataset.from_points([(150.0 + k, 60.0 + k * 0.7) for k in range(5)])
    for edit in range(10_000):
        kind = rng.integers(3)
        wild = 10.0 ** rng.integers(3, 40) if rng.random() < 0.02 else 1.0
        x, y = 170 + 10 * wild * rng.normal(), 70 + 8 * wild * rng.normal()
        n = data.n_points
        if kind == 0 or n < 3:
            data = data.with_point(x, y, int(rng.integers(n + 1)))
        elif kind == 1 and n > 40:
            # The wildest goes, which takes with it almost all of the sums.
            data = data.without(int(np.argmax(np.abs(data.x - 170))))
        elif kind == 1:
            data = data.without(int(rng.integers(n)))
        else:
            data = data.moved(int(rng.integers(n)), x, y)
        if edit % 7 == 0 or edit > 9990:
            fresh = Moments.of(data.X, data.y)
            assert data.moments.count == fresh.count == data.n_points
            assert_equal_scatter(data.moments.scatter, fresh.scatter, 1e-10)
            std = np.sqrt(np.diag(fresh.scatter) / max(fresh.count, 1))
            assert np.all(
                np.abs(data.moments.mean - fresh.mean) <= 1e-10 * (np.abs(fresh.mean) + std)
            )


def test_a_wild_outlier_added_and_removed_leaves_no_trace() -> None:
    points = [(0.1 * k, 1.0 - 0.3 * k) for k in range(20)]
    data = Dataset.from_points(points)
    back = data.with_point(1e40, -1e45).without(20)
    assert_equal_scatter(back.moments.scatter, data.moments.scatter, 1e-10)
    assert back.moments.mean == pytest.approx(data.moments.mean, rel=1e-10)


@pytest.mark.parametrize("shift", [0.0, 1e3, 1e6, 1e9])
def test_shifted_data_lose_only_what_their_own_rounding_loses(shift: float) -> None:
    rng = np.random.default_rng(5)
    x = rng.uniform(0, 4, 50) + shift
    y = 2 * (x - shift) + rng.normal(0, 0.3, 50) + shift
    wanted = exact_scatter([x, y])
    assert_equal_scatter(Moments.of(x.reshape(-1, 1), y).scatter, wanted, 1e-14)
    data = line_dataset(x[:10], y[:10])
    for k in range(10, 50):
        data = data.with_point(float(x[k]), float(y[k]))
    assert_equal_scatter(data.moments.scatter, wanted, 1e-11)


def test_a_million_rows_added_in_blocks_equal_the_textbook_sums() -> None:
    rng = np.random.default_rng(8)
    X, y = rng.normal(size=(200_001, 2)) + 50, rng.normal(size=200_001)
    z = np.column_stack((X, y))
    wanted = np.cov(z, rowvar=False, bias=True) * len(y)
    assert_equal_scatter(Moments.of(X, y).scatter, wanted, 1e-12)


def test_removing_the_last_point_leaves_no_points() -> None:
    data = Dataset.empty().with_point(3.0, 4.0).without(0)
    assert data.n_points == 0
    assert data.moments.count == 0
    assert not data.moments.scatter.any()
    assert data.with_point(1.0, 2.0).moments.mean.tolist() == [1.0, 2.0]
