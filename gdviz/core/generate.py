"""Makes points about a line, the same ones for the same seed."""

from __future__ import annotations

import math

import numpy as np

from gdviz.core import messages
from gdviz.core.dataset import LARGEST_VALUE, DataError, Dataset

MOST_POINTS = 10_000_000
"""More would take the memory of a small computer."""


def linear_dataset(
    slope: float = 1.0,
    intercept: float = 0.0,
    noise: float = 0.5,
    n_points: int = 50,
    seed: int = 0,
    low: float = 0.0,
    high: float = 4.0,
) -> Dataset:
    """Return points yᵢ = slope · xᵢ + intercept + noise · εᵢ.

    xᵢ is uniform on [low, high), εᵢ standard normal, all independent, drawn from
    ``numpy.random.default_rng(seed)``: first all xᵢ, then all εᵢ.

    slope, intercept: m and b of the true line.
    noise: standard deviation of y about the line, 0 or more.
    n_points: N, 1 to MOST_POINTS.
    seed: a whole number, 0 or more.
    low, high: the range of x.
    Raises DataError for a value that makes no sense.
    """
    for label, value in (
        ("The slope", slope),
        ("The intercept", intercept),
        ("The noise", noise),
        ("The smallest x", low),
        ("The largest x", high),
    ):
        if not math.isfinite(value):
            raise DataError(messages.GENERATE_NOT_FINITE.format(label=label, value=value))
    if noise < 0:
        raise DataError(messages.GENERATE_BAD_NOISE.format(value=noise))
    if not low < high or high - low > LARGEST_VALUE:
        raise DataError(messages.GENERATE_BAD_RANGE.format(low=low, high=high, limit=LARGEST_VALUE))
    if not 1 <= n_points <= MOST_POINTS:
        raise DataError(
            messages.GENERATE_BAD_COUNT.format(value=n_points, limit=f"{MOST_POINTS:,}")
        )
    if seed < 0:
        raise DataError(messages.GENERATE_BAD_SEED.format(value=seed))
    generator = np.random.default_rng(seed)
    x = generator.uniform(low, high, n_points)
    with np.errstate(over="ignore", invalid="ignore"):  # Dataset refuses what overflows
        y = slope * x + intercept + noise * generator.standard_normal(n_points)
    return Dataset(x.reshape(-1, 1), y)
