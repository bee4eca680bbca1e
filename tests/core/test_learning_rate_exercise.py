"""The famous exercise of MATHEMATICS A: 81 steps, 6, 1, and never."""

from __future__ import annotations

import numpy as np
import pytest
from plain import line_dataset

from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Status

X = np.array([0.25, 0.5, 0.5, np.sqrt(1.25 - 0.0625 - 0.25 - 0.25)])


def exercise(rate: float) -> Descent:
    settings = RunSettings(fit_intercept=False, tolerance=0.0055, learning_rate=rate)
    return Descent(line_dataset(X, 3.2 * X), settings)


def test_the_curvature_is_five_eighths() -> None:
    assert exercise(0.1).limits.lambda_max == pytest.approx(0.625, rel=1e-14)


@pytest.mark.parametrize(("rate", "steps"), [(0.1, 81), (1.0, 6), (1.6, 1)])
def test_the_published_rates_take_the_published_steps(rate: float, steps: int) -> None:
    descent = exercise(rate)
    assert descent.run(1000) == steps
    assert descent.status is Status.CONVERGED
    away = abs(descent.theta[1] - 3.2) / 3.2
    assert away <= 0.0055
    assert descent.theta[0] == 0.0


def test_at_four_it_never_arrives_and_each_step_is_larger_than_the_last() -> None:
    descent = exercise(4.0)
    path = [descent.theta[1]]
    while descent.run(1):
        path.append(descent.theta[1])
    assert descent.status is Status.DIVERGED
    assert np.all(np.diff(np.abs(np.diff(path))) > 0)
    assert descent.snapshot().growth == pytest.approx(1.5)
