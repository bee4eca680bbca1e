import math

import pytest

from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.worker import pace as pace_module
from gdviz.worker.pace import Pace

DATA = Dataset.from_points([(0.0, 1.0), (1.0, 2.0), (2.0, 2.5)])
ENDLESS = RunSettings(learning_rate=1e-9, tolerance=1e-12)


class Clock:
    """Time that passes only when it is told to, and a little with each look."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        self.now += 1e-7
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace_module, "perf_counter", clock)
    return clock


@pytest.mark.parametrize("speed", [0.25, 1.0, 20.0, 400.0, 10_000.0, 100_000.0])
def test_at_a_set_speed_so_many_steps_are_made_a_second(clock: Clock, speed: float) -> None:
    pace, descent = Pace(speed), Descent(DATA, ENDLESS)
    pace.begin()
    began = clock.now
    while clock.now < began + 8:
        pace.run_chunk(descent)
        clock.now += pace.tick_ms / 1000
    assert descent.step == pytest.approx(8 * speed, rel=0.02, abs=1.01)


@pytest.mark.parametrize("speed", [0.25, 1.0, 30.0])
def test_the_first_step_is_due_at_once(clock: Clock, speed: float) -> None:
    pace, descent = Pace(speed), Descent(DATA, ENDLESS)
    pace.begin()
    pace.run_chunk(descent)
    assert descent.step >= 1


def test_beginning_again_and_again_owes_no_more_than_the_first_step(clock: Clock) -> None:
    pace, descent = Pace(50.0), Descent(DATA, ENDLESS)
    for _ in range(5):
        pace.begin()
    pace.run_chunk(descent)
    assert descent.step == 1


def test_what_a_slow_machine_owes_is_forgiven(clock: Clock) -> None:
    pace, descent = Pace(1000.0), Descent(DATA, ENDLESS)
    pace.begin()
    clock.now += 60
    pace.run_chunk(descent)
    assert descent.step <= 101 + 1


def test_a_chunk_ends_in_time_however_slow_a_step_is(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace, descent = Pace(math.inf), Descent(DATA, ENDLESS)
    real = descent.run

    def slow(n_steps: int) -> int:
        clock.now += 1e-5 * n_steps
        return real(n_steps)

    monkeypatch.setattr(descent, "run", slow)
    pace.begin()
    began = clock.now
    pace.run_chunk(descent)
    assert clock.now - began < 0.004
    assert descent.step > 100


def test_it_hurries_to_a_step_and_not_beyond(clock: Clock) -> None:
    pace, descent = Pace(1.0), Descent(DATA, ENDLESS)
    pace.stop_at = 777
    pace.begin()
    while descent.step < 777:
        pace.run_chunk(descent)
    pace.run_chunk(descent)
    assert descent.step == 777


@pytest.mark.parametrize("speed", [20.0, 1000.0, 100_000.0, math.inf])
def test_steps_that_take_long_let_a_command_in_after_each(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, speed: float
) -> None:
    pace, descent = Pace(speed), Descent(DATA, ENDLESS)
    run = Descent.run

    seconds = [1e-6]

    def run_in_time(self: Descent, n_steps: int) -> int:
        made = run(self, n_steps)
        clock.now += seconds[0] * made
        return made

    monkeypatch.setattr(Descent, "run", run_in_time)
    pace.begin()
    for _ in range(5):  # quick ones first
        pace.run_chunk(descent)
        clock.now += 0.05
    seconds[0] = 0.03
    descent.set_settings(ENDLESS.with_(learning_rate=2e-9))
    for _ in range(20):
        began = clock.now
        pace.run_chunk(descent)
        assert clock.now - began < 0.07
        clock.now += pace.tick_ms / 1000


def test_free_runs_of_quick_steps_are_made_in_long_blocks(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace, descent = Pace(math.inf), Descent(DATA, ENDLESS)
    blocks: list[int] = []
    run = Descent.run

    def run_in_time(self: Descent, n_steps: int) -> int:
        blocks.append(n_steps)
        clock.now += 1e-6 * n_steps
        return run(self, n_steps)

    monkeypatch.setattr(Descent, "run", run_in_time)
    pace.begin()
    for _ in range(10):
        pace.run_chunk(descent)
    assert descent.step > 10 * 1500
    assert len(blocks) < 10 * 12
