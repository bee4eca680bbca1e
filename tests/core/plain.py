"""The formulas of DESIGN §1 written down once more, naively, as the route to check against."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import Dataset

FloatArray = npt.NDArray[np.float64]

CONVENTIONS = ("mse", "half-mse", "sum", "half-sum")


def random_dataset(seed: int, n_points: int, n_features: int = 1, noise: float = 0.3) -> Dataset:
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1.0, 2.0, (n_points, n_features))
    w = rng.uniform(-2.0, 2.0, n_features)
    y = X @ w + 1.5 + noise * rng.standard_normal(n_points)
    return Dataset(X, y, tuple(f"x{j + 1}" for j in range(n_features)))


def line_dataset(x: npt.ArrayLike, y: npt.ArrayLike) -> Dataset:
    return Dataset(np.array(x, dtype=float).reshape(-1, 1), np.array(y, dtype=float))


def plain_cost(X: FloatArray, y: FloatArray, theta: FloatArray, convention: str) -> float:
    error = theta[0] + X @ theta[1:] - y
    if convention == "mse":
        return float(np.mean(error**2))
    if convention == "half-mse":
        return float(np.mean(error**2) / 2)
    if convention == "sum":
        return float(np.sum(error**2))
    return float(np.sum(error**2) / 2)


def plain_gradient(
    X: FloatArray, y: FloatArray, theta: FloatArray, convention: str, fit_intercept: bool = True
) -> FloatArray:
    error = theta[0] + X @ theta[1:] - y
    gradient = np.append(np.sum(error), error @ X)
    if convention in ("mse", "sum"):
        gradient = 2 * gradient
    if convention in ("mse", "half-mse"):
        gradient = gradient / len(y)
    if not fit_intercept:
        gradient[0] = 0.0
    return gradient


def plain_run(
    X: FloatArray,
    y: FloatArray,
    theta: FloatArray,
    rate: float,
    batches: Iterator[npt.NDArray[np.intp]],
    n_steps: int,
    convention: str,
    fit_intercept: bool = True,
) -> FloatArray:
    """Return θ before and after each step, shape (n_steps + 1, n + 1)."""
    path = [theta]
    for _ in range(n_steps):
        rows = next(batches)
        gradient = plain_gradient(X[rows], y[rows], theta, convention, fit_intercept)
        theta = theta - rate * gradient
        path.append(theta)
    return np.array(path)


def given_batches(n_points: int, size: int) -> Iterator[npt.NDArray[np.intp]]:
    while True:
        for start in range(0, n_points, size):
            yield np.arange(start, min(start + size, n_points))
