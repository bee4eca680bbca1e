"""Opening and saving a million rows, against ``numpy.loadtxt`` in the same run.

Run: python -m pytest -o addopts="" tests/benchmarks/test_open_file.py -s
"""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gdviz.core.dataset import Dataset
from gdviz.core.generate import linear_dataset
from gdviz.files.csv_reader import read_table
from gdviz.files.csv_writer import write_csv

N = 1_000_000
ROUNDS = 5


@pytest.fixture(scope="module")
def data() -> Dataset:
    return linear_dataset(slope=2, intercept=1, n_points=N, seed=0)


@pytest.fixture(scope="module")
def path(data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("million") / "points.csv"
    write_csv(path, data)
    return path


def seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def loadtxt(path: Path) -> np.ndarray:
    return np.loadtxt(path, delimiter=",", skiprows=1)


def show(benchmark: BenchmarkFixture, **figures: float) -> None:
    for name, value in figures.items():
        benchmark.extra_info[name] = value
    print("\n" + ", ".join(f"{name} {value:.3g}" for name, value in figures.items()))


def test_read_table_against_loadtxt(benchmark: BenchmarkFixture, path: Path) -> None:
    # In turns, so that a busy moment of the machine meets both.
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: loadtxt(path)))
        ours.append(seconds(lambda: read_table(path)))
    benchmark.pedantic(read_table, (path,), rounds=2)
    show(
        benchmark,
        loadtxt_s=median(theirs),
        read_table_s=median(ours),
        ratio_median=median(ours) / median(theirs),
        ratio_best=min(ours) / min(theirs),
    )
    assert np.array_equal(np.column_stack(read_table(path).columns), loadtxt(path))


@pytest.mark.parametrize("kind", ["semicolon and decimal comma", "quoted", "a column of text"])
def test_other_formats_against_loadtxt(
    benchmark: BenchmarkFixture, path: Path, tmp_path: Path, kind: str
) -> None:
    content = path.read_bytes()
    if kind == "quoted":
        content = b'"' + content.replace(b",", b'","').replace(b"\n", b'"\n"')[:-1]
    elif kind == "a column of text":
        content = content.replace(b"\n", b",abc\n")
    else:
        content = content.replace(b",", b";").replace(b".", b",")
    other = tmp_path / "other.csv"
    other.write_bytes(content)
    theirs = seconds(lambda: loadtxt(path))
    benchmark.pedantic(read_table, (other,), rounds=2)
    show(benchmark, ratio=benchmark.stats.stats.min / theirs)


def test_memory_beside_the_result(benchmark: BenchmarkFixture, path: Path) -> None:
    tracemalloc.start()
    table = benchmark.pedantic(read_table, (path,), rounds=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    result = sum(column.nbytes for column in table.columns)
    show(benchmark, result_MB=result / 1e6, peak_MB=peak / 1e6)


def test_the_main_thread_stays_alive_while_a_file_is_read(
    benchmark: BenchmarkFixture, path: Path
) -> None:
    """Pauses of a thread that wants to wake every millisecond, as a window does."""
    done = threading.Event()

    def read() -> None:
        read_table(path, lambda fraction: None)
        done.set()

    def wait() -> list[float]:
        done.clear()
        worker = threading.Thread(target=read)
        worker.start()
        pauses, before = [], time.perf_counter()
        while not done.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            pauses.append(now - before)
            before = now
        worker.join()
        return pauses

    pauses = np.array(benchmark.pedantic(wait, rounds=1)) * 1000
    show(benchmark, p95_ms=float(np.percentile(pauses, 95)), max_ms=float(pauses.max()))


def test_write_csv(benchmark: BenchmarkFixture, data: Dataset, tmp_path: Path) -> None:
    benchmark.pedantic(write_csv, (tmp_path / "saved.csv", data), rounds=2)
    show(benchmark, write_s=benchmark.stats.stats.min)
