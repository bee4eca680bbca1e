"""Steps of the descent, against the same steps in plain NumPy in the same run.

Run: python -m pytest -o addopts="" tests/benchmarks/test_steps.py -s
"""

from __future__ import annotations

import time
import tracemalloc
from statistics import median

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.generate import linear_dataset
from gdviz.core.settings import RunSettings
from tests.benchmarks.figures import show

ROUNDS = 5
# So small that it never arrives, and so goes on as long as it is measured.
SLOW = 1e-9


def steps_per_second(dataset: Dataset, mode: str, n_steps: int) -> float:
    descent = Descent(dataset, RunSettings(mode=mode, learning_rate=SLOW, tolerance=1e-12))
    descent.run(10_000)
    began = time.perf_counter()
    assert descent.run(n_steps) == n_steps
    return n_steps / (time.perf_counter() - began)


def numpy_batch_steps_per_second(dataset: Dataset, n_steps: int) -> float:
    x, y = dataset.x, dataset.y
    b = m = 0.0
    began = time.perf_counter()
    for _ in range(n_steps):
        error = b + m * x - y
        b -= SLOW * 2 * error.mean()
        m -= SLOW * 2 * (error * x).mean()
    return n_steps / (time.perf_counter() - began)


def numpy_sgd_steps_per_second(dataset: Dataset, n_steps: int) -> float:
    x, y = dataset.x, dataset.y
    order = np.random.default_rng(0).integers(0, dataset.n_points, n_steps)
    b = m = 0.0
    began = time.perf_counter()
    for i in order:
        error = b + m * x[i] - y[i]
        b -= SLOW * 2 * error
        m -= SLOW * 2 * error * x[i]
    return n_steps / (time.perf_counter() - began)


def test_steps_against_numpy(benchmark: BenchmarkFixture) -> None:
    data = linear_dataset(n_points=200)
    rounds = [
        (
            steps_per_second(data, "batch", 1_000_000),
            numpy_batch_steps_per_second(data, 20_000),
            steps_per_second(data, "sgd", 1_000_000),
            numpy_sgd_steps_per_second(data, 100_000),
            steps_per_second(data, "mini-batch", 300_000),
        )
        for _ in range(ROUNDS)
    ]
    batch, numpy_batch, sgd, numpy_sgd, mini = (
        median(column) for column in zip(*rounds, strict=True)
    )
    benchmark.pedantic(steps_per_second, (data, "batch", 100_000), rounds=1)
    show(
        benchmark,
        batch_million_steps_per_s=batch / 1e6,
        batch_against_numpy=batch / numpy_batch,
        sgd_million_points_per_s=sgd / 1e6,
        sgd_against_numpy=sgd / numpy_sgd,
        mini_batch_million_steps_per_s=mini / 1e6,
    )


def test_batch_step_at_ten_and_at_a_million_points(benchmark: BenchmarkFixture) -> None:
    few, many = linear_dataset(n_points=10), linear_dataset(n_points=1_000_000)
    ratios = [
        steps_per_second(few, "batch", 500_000) / steps_per_second(many, "batch", 500_000)
        for _ in range(ROUNDS)
    ]
    benchmark.pedantic(steps_per_second, (many, "batch", 100_000), rounds=1)
    show(benchmark, time_at_a_million_over_time_at_ten=median(ratios))


@pytest.mark.parametrize("mode", ["batch", "sgd"])
def test_memory_of_a_hundred_million_steps(benchmark: BenchmarkFixture, mode: str) -> None:
    descent = Descent(
        linear_dataset(n_points=200), RunSettings(mode=mode, learning_rate=1e-10, tolerance=1e-12)
    )
    tracemalloc.start()
    descent.run(1_000_000)
    after_a_million = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()  # it slows every step down; the rest needs only its end
    descent.run(98_000_000)
    tracemalloc.start()
    snapshot = tracemalloc.take_snapshot()
    descent.run(1_000_000)
    grown = sum(
        stat.size_diff for stat in tracemalloc.take_snapshot().compare_to(snapshot, "filename")
    )
    tracemalloc.stop()
    benchmark.pedantic(lambda: None, rounds=1)
    show(
        benchmark,
        million_steps=descent.step / 1e6,
        kilobytes_after_a_million=after_a_million / 1e3,
        kilobytes_kept_of_the_hundredth_million=grown / 1e3,
        vertices=len(descent.snapshot().trace.steps),
    )
