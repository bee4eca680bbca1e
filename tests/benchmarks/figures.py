"""How the benchmarks tell their figures: as pytest-benchmark's extra info, and printed."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture


def show(benchmark: BenchmarkFixture, **figures: float) -> None:
    benchmark.extra_info.update(figures)
    print("\n  " + "\n  ".join(f"{name}: {value:.4g}" for name, value in figures.items()))
