"""The window at full speed with the views of the mathematics open, against the same at rest.

Run: python -m pytest -o addopts="" tests/benchmarks/test_mathematics.py -s
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from gdviz import app
from gdviz.core.dataset import Dataset
from gdviz.core.generate import linear_dataset
from tests.benchmarks.figures import show
from tests.benchmarks.test_window import frames, open_points, program, rest, train, wait

__all__ = ["program"]

_SMALL, _LARGE = (1280, 720), (1920, 1080)
_TERMS = ("squares", "pulls", "pointLines")


def several(n_features: int) -> Dataset:
    generator = np.random.default_rng(1)
    X = generator.normal(size=(200, n_features))
    return Dataset(X, X.sum(axis=1), tuple(f"x{j + 1}" for j in range(n_features)))


@pytest.mark.parametrize("mode", ["batch", "sgd"])
@pytest.mark.parametrize(
    ("data", "size", "lower", "terms"),
    [
        pytest.param(lambda: linear_dataset(n_points=200), _SMALL, "ledger", (), id="ledger"),
        pytest.param(lambda: linear_dataset(n_points=200), _SMALL, "slices", (), id="parabola"),
        pytest.param(lambda: linear_dataset(n_points=50), _SMALL, "ledger", _TERMS, id="terms"),
        pytest.param(lambda: several(6), _SMALL, "coefficients", (), id="six features"),
        pytest.param(lambda: several(50), _SMALL, "coefficients", (), id="fifty features"),
        pytest.param(lambda: linear_dataset(n_points=50), _LARGE, "ledger", _TERMS, id="large"),
    ],
)
def test_frames_with_the_mathematics_open(
    benchmark: BenchmarkFixture,
    program: app.Program,
    qapp: QApplication,
    data: Callable[[], Dataset],
    size: tuple[int, int],
    lower: str,
    terms: tuple[str, ...],
    mode: str,
) -> None:
    window = program.window
    window.resize(*size)
    open_points(program, data(), mode)
    window.lower_pages.show_page(lower)
    window.side_pages.show_page("derivation")
    for name in terms:
        window.actions_[name].setChecked(True)
    wait(0.5)
    plots = [window.data_view.currentWidget().viewport(), window.contour_plot.viewport()]
    idle = frames(program, rest(program), plots)
    train(program)()
    wait(0.5)
    before, began = program.trainer.latest.step, time.perf_counter()
    busy = frames(program, lambda: None, plots)
    steps = (program.trainer.latest.step - before) / (time.perf_counter() - began)
    program.run_desk.pause_requested.emit()
    assert window.panels.derivation.isVisible()
    benchmark.pedantic(lambda: None, rounds=1)
    show(
        benchmark,
        frames_per_s=1000 / float(np.mean(busy)),
        frame_p95_over_rest=float(np.percentile(busy, 95) / np.percentile(idle, 95)),
        million_steps_per_s=steps / 1e6,
    )
