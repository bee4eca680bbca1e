"""The window while the worker runs at full speed, against the same window at rest.

Run: python -m pytest -o addopts="" tests/benchmarks/test_window.py -s
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from gdviz import app
from gdviz.core.dataset import Dataset
from gdviz.core.generate import linear_dataset
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.presenter import FRAME_MS
from tests.benchmarks.figures import show
from tests.benchmarks.test_steps import steps_per_second
from tests.hands import set_speed

SECONDS = 3.0


class Paints(QObject):
    """Notes when a widget is painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.times: list[float] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False


class Probe(QObject):
    """Lives in the worker's thread and notes how late a command arrives there."""

    def __init__(self) -> None:
        super().__init__()
        self.delays: list[float] = []

    @Slot(float)
    def receive(self, sent: float) -> None:
        self.delays.append(time.perf_counter() - sent)


class Sender(QObject):
    sent = Signal(float)


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


@pytest.fixture
def program(open_window: Callable[[], MainWindow], qapp: QApplication) -> app.Program:
    window = open_window()
    window.resize(1280, 720)
    wait(0.5)
    return next(
        child
        for child in qapp.children()
        if isinstance(child, app.Program) and child.window is window
    )


def open_points(program: app.Program, dataset: Dataset, mode: str) -> None:
    """Open points with a rate so small that the run never ends; plots move all the same."""
    rate = 1e-9 if mode == "batch" else 1e-5
    changes = {"mode": mode, "learning_rate": rate, "tolerance": 1e-12}
    program.document.open(dataset, Origin("benchmark"), changes)
    wait(0.5)


def frames(
    program: app.Program, go: Callable[[], None], viewports: Sequence[QObject] | None = None
) -> list[float]:
    """Return the milliseconds between the paints of the plots while ``go`` is in force."""
    window = program.window
    plots = (window.data_plot, window.contour_plot, window.cost_plot)
    watched = [Paints(viewport) for viewport in viewports or [p.viewport() for p in plots]]
    go()
    wait(1.0)
    for paints in watched:
        paints.times.clear()
    wait(SECONDS)
    # A frame is complete once its slowest plot is painted; the plot painted least counts.
    fewest = min((paints.times for paints in watched), key=len)
    return list(np.diff(fewest) * 1000)


def rest(program: app.Program) -> Callable[[], None]:
    """Return what makes the window paint its plots in every frame without any training."""

    def start() -> None:
        timer = QTimer(program, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: program.window.show_run(program.trainer.latest))
        timer.start()
        QTimer.singleShot(round(1000 * (SECONDS + 1.0)), timer.stop)

    return start


def train(program: app.Program) -> Callable[[], None]:
    def start() -> None:
        set_speed(program.window, math.inf)
        program.window.actions_["playPause"].trigger()

    return start


@pytest.mark.parametrize("mode", ["batch", "sgd"])
@pytest.mark.parametrize("n_points", [200, 1_000_000])
def test_frames_at_full_speed(
    benchmark: BenchmarkFixture, program: app.Program, mode: str, n_points: int
) -> None:
    dataset = linear_dataset(n_points=n_points)
    open_points(program, dataset, mode)
    alone = median(steps_per_second(dataset, mode, 1_000_000) for _ in range(3))
    idle = frames(program, rest(program))
    wait(0.5)
    train(program)()
    wait(0.5)
    before, began = program.trainer.latest.step, time.perf_counter()
    busy = frames(program, lambda: None)
    steps = (program.trainer.latest.step - before) / (time.perf_counter() - began)
    program.run_desk.pause_requested.emit()
    benchmark.pedantic(lambda: None, rounds=1)
    show(
        benchmark,
        frames_per_s=1000 / float(np.mean(busy)),
        frame_p95_ms=float(np.percentile(busy, 95)),
        frame_p95_at_rest_ms=float(np.percentile(idle, 95)),
        frame_p95_over_rest=float(np.percentile(busy, 95) / np.percentile(idle, 95)),
        million_steps_per_s=steps / 1e6,
        steps_over_the_loop_alone=steps / alone,
    )


@pytest.mark.parametrize("mode", ["batch", "sgd"])
def test_commands_at_full_speed(
    benchmark: BenchmarkFixture, program: app.Program, mode: str
) -> None:
    open_points(program, linear_dataset(n_points=200), mode)
    probe, sender = Probe(), Sender()
    probe.moveToThread(program.trainer.thread())
    sender.sent.connect(probe.receive)
    train(program)()
    wait(0.5)
    for _ in range(300):
        sender.sent.emit(time.perf_counter())
        wait(0.007)
    program.run_desk.pause_requested.emit()
    wait(0.2)
    delays = np.array(probe.delays) * 1000
    benchmark.pedantic(lambda: None, rounds=1)
    show(
        benchmark,
        command_p50_ms=float(np.percentile(delays, 50)),
        command_p95_ms=float(np.percentile(delays, 95)),
        command_max_ms=float(delays.max()),
    )


@pytest.mark.parametrize("n_points", [10, 10_000, 1_000_000])
def test_edit_until_the_contour_is_painted(
    benchmark: BenchmarkFixture, program: app.Program, n_points: int
) -> None:
    open_points(program, linear_dataset(n_points=n_points), "batch")
    document, plot = program.document, program.window.contour_plot
    paints = Paints(plot.viewport())
    took = []
    for move in range(60):
        wait(0.05)
        began = time.perf_counter()
        document.move_point(3, 2.0, 1.0 + 0.01 * move, 1)
        edited = time.perf_counter()
        plot.viewport().repaint()
        assert paints.times[-1] > began
        took.append((edited - began, time.perf_counter() - began))
    edit, painted = (np.array(column) * 1000 for column in zip(*took, strict=True))
    benchmark.pedantic(lambda: None, rounds=1)
    document.undo_stack.setClean()
    show(
        benchmark,
        edit_ms=float(np.median(edit)),
        edit_to_contour_painted_ms=float(np.median(painted)),
        edit_to_contour_painted_p95_ms=float(np.percentile(painted, 95)),
    )
