"""The ledger's table of a million rows, and the numbers of a frame, against less of the same.

Run: python -m pytest -o addopts="" tests/benchmarks/test_ledger.py -s
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from gdviz import app
from gdviz.core.cost import make_cost
from gdviz.core.generate import linear_dataset
from gdviz.core.working import Working
from gdviz.ui.ledger.cells import ROW_HEIGHT
from gdviz.ui.ledger.row_view import RowView
from tests.benchmarks.figures import show
from tests.benchmarks.test_window import open_points, program, wait

__all__ = ["program"]


def open_ledger(program: app.Program, n_points: int) -> RowView:
    open_points(program, linear_dataset(n_points=n_points), "batch")
    program.window.lower_pages.show_page("ledger")
    wait(0.5)
    return program.window.panels.ledger.table.view


def ms_of(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def repaints(view: RowView, places: list[int]) -> list[float]:
    """Return the milliseconds that it takes to scroll to each place and to paint it."""

    def go_to(place: int) -> None:
        view.verticalScrollBar().setValue(place)
        view.viewport().repaint()

    return [ms_of(lambda place=place: go_to(place)) for place in places]  # type: ignore[misc]


def test_scroll_a_million_rows(
    benchmark: BenchmarkFixture, program: app.Program, qapp: QApplication
) -> None:
    few = repaints(open_ledger(program, 10), [0, 1] * 100)
    view = open_ledger(program, 1_000_000)
    bar = view.verticalScrollBar()
    assert bar.maximum() > 20_000_000
    rows = repaints(view, [ROW_HEIGHT * row for row in range(200)])
    leaps = repaints(view, list(map(int, np.linspace(0, bar.maximum(), 200))))
    benchmark.pedantic(lambda: None, rounds=1)
    show(
        benchmark,
        repaint_of_ten_rows_ms=median(few),
        repaint_row_by_row_ms=median(rows),
        repaint_row_by_row_p95_ms=float(np.percentile(rows, 95)),
        repaint_of_a_leap_ms=median(leaps),
        row_by_row_over_ten_rows=median(rows) / median(few),
        a_leap_over_ten_rows=median(leaps) / median(few),
    )


@pytest.mark.parametrize("n_points", [10, 1_000_000])
@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
def test_numbers_of_a_frame(
    benchmark: BenchmarkFixture, program: app.Program, mode: str, n_points: int
) -> None:
    data = linear_dataset(n_points=n_points)
    open_points(program, data, mode)
    window = program.window
    window.lower_pages.show_page("ledger")
    window.side_pages.show_page("derivation")
    wait(0.5)
    settings = window.document.settings
    cost = make_cost(data, settings)
    generator = np.random.default_rng(0)
    size = {"batch": 0, "mini-batch": min(32, n_points), "sgd": 1}[mode]
    took: dict[str, list[float]] = {"work_out": [], "ledger": [], "derivation": []}
    for step in range(200):
        batch = np.sort(generator.choice(n_points, size, replace=False)) if size == 1 else None
        batch = generator.integers(0, n_points, size) if size > 1 else batch
        theta = np.array([0.1 + 0.01 * step, 1 - 0.003 * step])
        made: list[Working] = []
        took["work_out"].append(
            ms_of(lambda: made.append(Working.of(data, settings, cost, theta, batch)))  # noqa: B023
        )
        for name in ("ledger", "derivation"):
            panel = getattr(window.panels, name)

            def show_it(panel: object = panel, working: Working = made[0]) -> None:
                panel.show_working(working)  # type: ignore[attr-defined]
                panel.repaint()  # type: ignore[attr-defined]

            took[name].append(ms_of(show_it))
    benchmark.pedantic(lambda: None, rounds=1)
    show(
        benchmark,
        work_out_ms=median(took["work_out"]),
        ledger_ms=median(took["ledger"]),
        ledger_p95_ms=float(np.percentile(took["ledger"], 95)),
        derivation_ms=median(took["derivation"]),
        derivation_p95_ms=float(np.percentile(took["derivation"], 95)),
    )
