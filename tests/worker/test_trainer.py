"""The trainer in its thread: commands while it runs, pacing, the newest snapshot, exceptions."""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QThread, Signal

from gdviz.core import descent as descent_module
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Snapshot
from gdviz.worker.thread import BackgroundThread
from gdviz.worker.trainer import Trainer
from tests.hands import wait_until

DATA = Dataset.from_points([(0.0, 1.0), (1.0, 2.5), (2.0, 2.0), (3.0, 4.5), (4.0, 4.0)])
SLOW = RunSettings(learning_rate=1e-9)  # never arrives while a test looks
FINE = RunSettings(learning_rate=0.05)


class Desk(QObject):
    """Gives commands from the main thread, as the program does."""

    play = Signal()
    toggle = Signal()
    pause = Signal()
    step = Signal()
    step_back = Signal()
    epoch = Signal()
    reset = Signal()
    dataset = Signal(object)
    settings = Signal(object)
    theta = Signal(object)
    start = Signal(object)
    begin = Signal(object, object, object)
    speed = Signal(float)

    def __init__(self, settings: RunSettings, gate: threading.Event | None = None) -> None:
        super().__init__()
        self.trainer = trainer = Trainer(DATA, settings, gate)
        self.thread_ = BackgroundThread("training", trainer, self)
        self.changes = 0
        self.told = self.trainer.latest
        self.failures: list[str] = []
        for signal, slot in (
            (self.play, trainer.play),
            (self.pause, trainer.pause),
            (self.toggle, trainer.toggle),
            (self.step, trainer.step),
            (self.step_back, trainer.step_back),
            (self.epoch, trainer.finish_epoch),
            (self.reset, trainer.reset),
            (self.dataset, trainer.set_dataset),
            (self.settings, trainer.set_settings),
            (self.theta, trainer.go_on_from),
            (self.start, trainer.set_start),
            (self.begin, trainer.begin),
            (self.speed, trainer.set_speed),
        ):
            signal.connect(slot)
        trainer.changed.connect(self._count)
        trainer.failed.connect(self._note)
        self.thread_.start()

    @property
    def latest(self) -> Snapshot:
        return self.trainer.latest

    def _count(self) -> None:
        self.changes += 1
        self.told = self.latest

    def _note(self, sentence: str) -> None:
        assert QThread.currentThread() is self.thread()
        self.failures.append(sentence)

    def do(self, signal: Any, *values: Any) -> Snapshot:
        """Give a command and wait for the answer."""
        changes = self.changes
        signal.emit(*values)
        wait_until(lambda: self.changes > changes, "no answer")
        return self.latest

    def wait_for(self, status: str) -> Snapshot:
        # Not before it was told: an answer that is still on its way would be taken for the next.
        wait_until(lambda: self.told.status == status, f"never {status}")
        return self.latest


@pytest.fixture
def make_desk(qtbot: Any) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(
        settings: RunSettings = SLOW, speed: float = math.inf, gate: threading.Event | None = None
    ) -> Desk:
        made.append(Desk(settings, gate))
        made[-1].speed.emit(speed)
        return made[-1]

    yield make
    for desk in made:
        assert desk.thread_.stop()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A trainer at unlimited speed on a run that does not end."""
    return make_desk()


def is_after(reference: Snapshot, desk: Desk) -> bool:
    return desk.latest.step > reference.step


# --- commands while it runs -----------------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 2, 5, 6])
def test_each_toggle_undoes_the_one_before(desk: Desk, times: int) -> None:
    for _ in range(times):
        desk.toggle.emit()
    wait_until(lambda: desk.changes >= times, "no answer")
    assert (desk.latest.status == "training") is (times % 2 == 1)


def test_it_runs_many_steps_and_pauses_between_two(desk: Desk) -> None:
    playing = desk.do(desk.play)
    assert playing.status == "training"
    wait_until(lambda: desk.latest.step > 10_000)
    paused = desk.do(desk.pause)
    assert paused.status == "paused"
    assert desk.do(desk.pause).step == paused.step  # and stands still


def test_every_pause_is_answered_at_unlimited_speed(desk: Desk) -> None:
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 0)  # without a step it would be ready again
    for _ in range(20):
        assert desk.do(desk.play).status == "training"
        assert desk.do(desk.pause).status == "paused"


@pytest.mark.parametrize("speed", [math.inf, 50.0])
def test_a_window_that_never_ends_to_paint_stops_neither_the_run_nor_commands(
    make_desk: Callable[..., Desk], speed: float
) -> None:
    desk = make_desk(speed=speed, gate=threading.Event())
    for _ in range(3):
        playing = desk.do(desk.play)
        wait_until(lambda before=playing.step: desk.latest.step > before)  # type: ignore[misc]
        assert desk.do(desk.pause).status == "paused"


def test_settings_take_effect_at_the_next_step_and_the_count_goes_on(desk: Desk) -> None:
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 100)
    before = desk.latest
    after = desk.do(desk.settings, FINE)
    assert after.step >= before.step
    ended = desk.wait_for("converged")
    assert ended.step > before.step
    assert ended.theta[1] == pytest.approx(np.polyfit(DATA.x, DATA.y, 1)[0], rel=1e-5)


def test_points_change_under_it_and_it_goes_on_from_where_it_is(desk: Desk) -> None:
    desk.do(desk.theta, (1.0, 1.0))
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 100)
    before = desk.latest
    after = desk.do(desk.dataset, DATA.with_point(5.0, 0.0))
    assert after.status == "training"
    assert after.step >= before.step
    assert np.allclose(after.theta, before.theta, atol=1e-2)
    wait_until(lambda: is_after(after, desk))
    x, y = np.append(DATA.x, 5.0), np.append(DATA.y, 0.0)
    now = desk.latest
    assert now.cost == pytest.approx(float(np.mean((now.theta[0] + now.theta[1] * x - y) ** 2)))


def test_the_dot_can_be_put_elsewhere_while_it_runs(desk: Desk) -> None:
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 100)
    after = desk.do(desk.theta, (5.0, -3.0))
    assert after.status == "training"
    assert np.allclose(after.theta, (5.0, -3.0), atol=1e-3)


def test_the_dot_put_elsewhere_just_as_the_run_ends_lets_it_begin_anew_there(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(FINE)
    desk.do(desk.play)
    desk.wait_for("converged")
    after = desk.do(desk.theta, (5.0, -3.0))
    assert (after.status, after.step, tuple(after.theta)) == ("ready", 0, (5.0, -3.0))


def test_reset_during_training_waits_at_the_start(desk: Desk) -> None:
    desk.do(desk.start, (2.0, 1.0))
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 1000)
    after = desk.do(desk.reset)
    assert (after.status, after.step, after.epoch) == ("ready", 0, 0)
    assert tuple(after.theta) == (2.0, 1.0)
    assert len(after.trace.steps) == 1
    assert desk.do(desk.pause).step == 0


def test_beginning_anew_during_training_takes_everything_at_once(desk: Desk) -> None:
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 1000)
    after = desk.do(desk.begin, DATA.without(0), FINE, (1.0, -1.0))
    assert (after.status, after.step, tuple(after.theta)) == ("ready", 0, (1.0, -1.0))


def test_step_epoch_and_step_back_pause(desk: Desk) -> None:
    desk.do(desk.settings, RunSettings(mode="sgd", order="given", learning_rate=0.01))
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 100)
    stepped = desk.do(desk.step)
    assert stepped.status in ("paused", "converged")
    epoch = desk.do(desk.epoch)
    assert epoch.step % 5 == 0
    assert epoch.step > stepped.step
    back = desk.do(desk.step_back)
    assert back.step == epoch.step - 1
    again = desk.do(desk.step)
    assert again.theta.tobytes() == epoch.theta.tobytes()


def test_steps_in_the_worker_are_the_formulas(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FINE)
    theta = np.zeros(2)
    for _ in range(5):
        e = theta[0] + theta[1] * DATA.x - DATA.y
        theta = theta - 0.05 * 2 / 5 * np.array((e.sum(), e @ DATA.x))
        assert np.allclose(desk.do(desk.step).theta, theta, rtol=1e-12)


def test_commands_given_in_a_burst_are_all_done_in_order(desk: Desk) -> None:
    desk.do(desk.play)
    for _ in range(50):
        desk.pause.emit()
        desk.step.emit()
        desk.reset.emit()
        desk.play.emit()
    desk.pause.emit()
    desk.reset.emit()
    changes = desk.changes
    wait_until(lambda: desk.changes >= changes + 202)
    assert (desk.latest.status, desk.latest.step) == ("ready", 0)


# --- snapshots ------------------------------------------------------------------------------------


def test_no_signal_is_sent_per_step_and_only_the_newest_snapshot_is_kept(desk: Desk) -> None:
    desk.do(desk.play)
    changes, first = desk.changes, desk.latest
    wait_until(lambda: desk.latest.step > first.step + 20_000)
    assert desk.changes == changes
    second = desk.latest
    assert second is not first
    assert first.step < second.step  # what was taken is not changed afterwards
    with pytest.raises(ValueError, match="read-only"):
        second.theta[0] = 1.0


# --- pacing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", [20.0, 400.0, 10_000.0])
def test_at_a_set_speed_it_goes_on_by_itself(make_desk: Callable[..., Desk], speed: float) -> None:
    desk = make_desk(speed=speed)
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step >= speed / 2)


def test_the_first_step_comes_at_once_even_at_one_a_second(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(speed=1.0)
    assert desk.do(desk.play).step == 1


def test_pressing_play_again_and_again_makes_it_no_faster(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(speed=200.0)
    for _ in range(5):
        desk.do(desk.play)
        desk.do(desk.pause)
    for _ in range(5):
        desk.do(desk.play)
    desk.do(desk.pause)
    slow = make_desk(speed=1.0)
    for _ in range(10):
        slow.do(slow.play)
    assert slow.latest.step <= 2


def test_a_speed_changed_during_training_holds_from_then_on(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(speed=1.0)
    desk.do(desk.play)
    desk.speed.emit(math.inf)
    wait_until(lambda: desk.latest.step > 10_000)
    assert desk.latest.status == "training"


# --- ends -----------------------------------------------------------------------------------------


def test_a_converged_run_goes_on_by_itself_when_a_point_has_moved(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(FINE)
    desk.do(desk.play)
    first = desk.wait_for("converged")
    desk.do(desk.dataset, DATA.moved(0, 0.0, 9.0))
    wait_until(lambda: is_after(first, desk) and desk.latest.status == "converged")
    y = DATA.y.copy()
    y[0] = 9.0
    assert np.allclose(desk.latest.theta[::-1], np.polyfit(DATA.x, y, 1), rtol=1e-4)


def test_a_paused_run_stays_paused_when_a_point_has_moved(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FINE)
    desk.do(desk.step)
    after = desk.do(desk.dataset, DATA.moved(0, 0.0, 9.0))
    assert (after.status, after.step) == ("paused", 1)


def test_a_diverging_run_stops_at_numbers_that_can_be_shown(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(RunSettings(learning_rate=3.0))
    desk.do(desk.play)
    ended = desk.wait_for("diverged")
    assert np.isfinite(ended.theta).all()
    assert np.isfinite(ended.trace.costs).all()
    assert not ended.can_continue
    assert desk.do(desk.play).step == ended.step
    assert desk.do(desk.settings, FINE).status == "paused"  # a better rate, and it can go on
    desk.do(desk.play)
    desk.wait_for("converged")


def test_without_points_there_is_nothing_to_play(desk: Desk) -> None:
    after = desk.do(desk.dataset, Dataset.empty())
    assert not after.can_continue
    assert desk.do(desk.play).status == "ready"
    assert desk.do(desk.step).step == 0


@pytest.mark.parametrize("command", ["step", "epoch"])
def test_after_single_steps_a_change_of_the_points_starts_nothing(
    make_desk: Callable[..., Desk], command: str
) -> None:
    desk = make_desk(FINE)
    desk.do(desk.play)
    desk.wait_for("converged")
    assert desk.do(desk.settings, FINE.with_(convention="half-mse")).status == "paused"
    desk.do(getattr(desk, command))
    assert desk.do(desk.dataset, DATA.moved(0, 5.0, 5.0)).status == "paused"


def test_what_is_shown_as_paused_does_not_begin_by_itself(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FINE)
    desk.do(desk.play)
    desk.wait_for("converged")
    assert desk.do(desk.settings, FINE.with_(convention="half-mse")).status == "paused"
    assert desk.do(desk.dataset, DATA.moved(0, 5.0, 5.0)).status == "paused"


def test_the_first_point_after_all_were_removed_starts_nothing(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(FINE)
    desk.do(desk.play)
    desk.wait_for("converged")
    desk.do(desk.dataset, Dataset.empty())
    assert desk.do(desk.dataset, Dataset.from_points([(1.0, 2.0)])).status != "training"


# --- exceptions -----------------------------------------------------------------------------------


@pytest.fixture
def break_steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let every step raise from now on."""

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError("the wheels came off")

    return lambda: monkeypatch.setattr(descent_module.Descent, "run", fail)


@pytest.mark.parametrize("command", ["play", "step"])
def test_an_exception_ends_the_run_with_a_sentence_and_it_can_be_used_again(
    desk: Desk,
    break_steps: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    command: str,
) -> None:
    desk.do(desk.step)
    if command == "play":
        desk.do(desk.play)
    break_steps()
    if command == "step":
        desk.step.emit()
    wait_until(lambda: bool(desk.failures))
    assert len(desk.failures) == 1
    assert "the wheels came off" in desk.failures[0]
    assert desk.latest.status == "stopped"
    assert desk.latest.message == desk.failures[0]
    assert "the wheels came off" in caplog.text  # with the traceback
    monkeypatch.undo()
    assert desk.do(desk.reset).status == "ready"
    desk.do(desk.play)
    wait_until(lambda: desk.latest.step > 10)
    assert desk.thread_.is_running()


def test_an_exception_while_the_points_are_taken_on_is_told_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("no way")

    monkeypatch.setattr(Descent, "set_dataset", fail)
    desk.dataset.emit(DATA.without(0))
    wait_until(lambda: bool(desk.failures))
    assert desk.latest.status == "stopped"


# --- the interpreter and the end ------------------------------------------------------------------


def test_the_switch_interval_is_short_only_while_it_runs(desk: Desk) -> None:
    normal = sys.getswitchinterval()
    desk.do(desk.play)
    assert sys.getswitchinterval() < normal / 10
    desk.do(desk.pause)
    assert sys.getswitchinterval() == pytest.approx(normal)


def test_the_thread_ends_during_training(desk: Desk) -> None:
    normal = sys.getswitchinterval()
    desk.do(desk.play)
    assert desk.thread_.stop()
    assert not desk.thread_.is_running()
    assert sys.getswitchinterval() == pytest.approx(normal)
    assert desk.thread_.stop()  # once more is no harm
