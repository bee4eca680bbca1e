"""The generator makes the line that it is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gdviz.core.dataset import DataError
from gdviz.core.generate import linear_dataset


def test_without_noise_the_points_lie_on_the_line() -> None:
    data = linear_dataset(slope=-2.5, intercept=7, noise=0, n_points=100, low=-3, high=10)
    assert data.n_points == 100
    assert data.y == pytest.approx(-2.5 * data.x + 7, abs=1e-12)
    assert -3 <= data.x.min() < -1
    assert 8 < data.x.max() < 10


def test_noise_has_the_standard_deviation_asked_for() -> None:
    data = linear_dataset(slope=3, intercept=-1, noise=0.25, n_points=200_000, seed=5)
    off = data.y - (3 * data.x - 1)
    assert off.std() == pytest.approx(0.25, rel=0.01)
    assert off.mean() == pytest.approx(0, abs=0.003)
    assert np.corrcoef(off, data.x)[0, 1] == pytest.approx(0, abs=0.01)


def test_the_seed_alone_decides() -> None:
    assert linear_dataset(seed=3).y.tobytes() == linear_dataset(seed=3).y.tobytes()
    assert linear_dataset(seed=3).y.tobytes() != linear_dataset(seed=4).y.tobytes()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"slope": float("nan")}, "slope is nan"),
        ({"intercept": float("inf")}, "intercept is inf"),
        ({"noise": -1}, "noise is -1"),
        ({"n_points": 0}, "number of points is 0"),
        ({"n_points": 10**12}, "number of points"),
        ({"seed": -1}, "seed is -1"),
        ({"low": 2, "high": 2}, "x goes from 2 to 2"),
        ({"low": -1e308, "high": 1e308}, "x goes from"),
        ({"slope": 1e60}, "y of point 1"),
        ({"slope": 1e308, "noise": 1e308}, "y of point 1"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(DataError, match=words):
        linear_dataset(**wrong)
