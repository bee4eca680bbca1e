"""What to propose when data are opened: a learning rate, a start, whether to standardise."""

from __future__ import annotations

import numpy as np

from gdviz.core.convention import convention
from gdviz.core.dataset import Dataset
from gdviz.core.problem import Problem
from gdviz.core.settings import RunSettings, nearest_start
from gdviz.core.stability import steps_to_go

MANY_STEPS = 10_000
"""A descent that would take more steps than this is worth standardising."""


def propose_rate(dataset: Dataset, settings: RunSettings) -> float:
    """Return a round learning rate just below 1/λ_max.

    Where a step sees one point or a few, the steepest single point counts instead, since it is the
    one that throws the line out: 1/(c (1 + max |x|²)).
    """
    return Problem.of(dataset, settings).proposed_rate


def would_take_many_steps(dataset: Dataset, settings: RunSettings) -> bool:
    """Whether batch descent on x as it is takes more than 10,000 steps at the rate proposed."""
    raw = settings.with_(standardize=False, mode="batch")
    problem = Problem.of(dataset, raw)
    limit = problem.limits
    factor = limit.slowest_factor(problem.proposed_rate)
    return limit.lambda_max > 0 and steps_to_go(1.0, raw.tolerance**2, factor) > MANY_STEPS


def flat_start(dataset: Dataset, settings: RunSettings) -> tuple[float, ...]:
    """Return a flat line that can be seen together with the points.

    It is at height 0 where that is at most the data's height away, else a round number just below
    the lowest point.
    """
    zeros = (0.0,) * (dataset.n_features + 1)
    if dataset.n_points == 0 or not settings.fit_intercept:
        return zeros
    low, high = float(dataset.y.min()), float(dataset.y.max())
    height = high - low
    if low - height <= 0 <= high + height:
        return zeros
    if height == 0:
        return nearest_start((low - 0.5 * abs(low), *zeros[1:]))
    unit = 10.0 ** np.floor(np.log10(height)) / 2
    return nearest_start((np.floor((low - 0.1 * height) / unit) * unit, *zeros[1:]))


def same_path_rate(before: RunSettings, after: str, n_points: int) -> float | None:
    """Return the η with which the cost convention ``after`` makes the same steps as ``before``.

    ∇J = 2s Σ e x̃, and s depends on the convention and on how many points k a step sees, so
    η' = η s(before) / s(after). None where there is no such η: a last mini-batch that is
    smaller than the rest counts the less in a sum, and as much in a mean.
    """
    sizes = {"batch": n_points, "mini-batch": before.batch_size, "sgd": 1}
    n_seen = sizes[before.for_points(n_points).mode]
    one, other = convention(before.convention), convention(after)
    if n_points % n_seen and one.is_mean != other.is_mean:
        return None
    return before.learning_rate * one.weight(n_seen) / other.weight(n_seen)
