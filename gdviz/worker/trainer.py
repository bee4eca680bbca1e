"""The worker: runs the descent in chunks and leaves the newest snapshot for others to take."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gdviz.core import messages
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import SPEED, RunSettings
from gdviz.core.snapshot import Snapshot, Status
from gdviz.worker.pace import Pace
from gdviz.worker.publisher import Publisher
from gdviz.worker.turn import Turn

_log = logging.getLogger(__name__)

# So few steps are made within one command.
_QUICK_STEPS = 1000
# Python's lock is offered this often while training (measured: 5 ms starves the window, 10 µs
# the worker).
_TRAINING_SWITCH_INTERVAL = 3e-5
_NORMAL_SWITCH_INTERVAL = sys.getswitchinterval()

P = ParamSpec("P")


def _guarded(
    command: Callable[Concatenate[Trainer, P], None],
) -> Callable[Concatenate[Trainer, P], None]:
    """Turn an exception in a command into a stopped run with a sentence."""

    @wraps(command)
    def run(self: Trainer, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(self, *args, **kwargs)
        except Exception as error:
            self._fail(error)

    return run


class Trainer(QObject):
    """Runs a Descent in the thread it lives in.

    ``gate`` is closed while the window paints: the run then waits a little, commands hardly.

    Every slot is a command, meant to be reached through a queued connection.

    Signals:
        changed: ``latest`` was replaced for another reason than that the run went on.
        failed: an unforeseen exception ended the run; the sentence says what happened.

    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self, dataset: Dataset, settings: RunSettings, gate: threading.Event | None = None
    ) -> None:
        super().__init__()
        self._turn = Turn(gate)
        self._descent = Descent(dataset, settings)
        self._pace = Pace(float(SPEED.default))
        self._is_playing = False
        self._goes_on_when_changed = False
        self._timer: QTimer | None = None
        self._publisher = Publisher(self._descent)

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot; any thread may ask."""
        return self._publisher.latest

    # --- commands --------------------------------------------------------------------------------

    @Slot()
    @_guarded
    def play(self) -> None:
        """Run until paused, converged or diverged."""
        if self._descent.can_continue:
            self._start_running()
        self._publish()

    @Slot()
    @_guarded
    def pause(self) -> None:
        """Stop after the step that is being made."""
        self._goes_on_when_changed = False
        self._stop_running()
        self._publish()

    @Slot()
    @_guarded
    def toggle(self) -> None:
        """Pause where it runs, else run: only here is it known, at this moment, which."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    @Slot()
    @_guarded
    def step(self) -> None:
        """Make one step, and pause."""
        self._goes_on_when_changed = False
        self._stop_running()
        self._descent.run(1)
        self._publish()

    @Slot()
    @_guarded
    def finish_epoch(self) -> None:
        """Run to the end of the present pass over the points, and pause."""
        self._goes_on_when_changed = False
        self._stop_running()
        left = self._descent.steps_to_epoch_end
        if left <= _QUICK_STEPS:
            self._descent.run(left)
        elif self._descent.can_continue:  # in chunks, so that it can be paused
            self._pace.stop_at = self._descent.step + left
            self._start_running()
        self._publish()

    @Slot()
    @_guarded
    def step_back(self) -> None:
        """Take one step back, and pause."""
        self._goes_on_when_changed = False
        self._stop_running()
        self._descent.step_back()
        self._publish()

    @Slot()
    @_guarded
    def reset(self) -> None:
        """Go back to the start, and wait there."""
        self._goes_on_when_changed = False
        self._stop_running()
        self._descent.reset()
        self._publish()

    @Slot(object)
    @_guarded
    def set_dataset(self, dataset: Dataset) -> None:
        """Go on from where it is on other points."""
        if not dataset.n_points or dataset.n_features != self._descent.dataset.n_features:
            self._goes_on_when_changed = False  # what comes next is another problem
        self._descent.set_dataset(dataset)
        self._after_change()

    @Slot(object)
    @_guarded
    def set_settings(self, settings: RunSettings) -> None:
        """Use other settings from the next step on; what has ended does not begin by itself."""
        self._descent.set_settings(settings)
        if not self._descent.can_continue:
            self._stop_running()
        elif not self._is_playing:
            self._goes_on_when_changed = False  # it is paused now, and is said to be
        self._publish()

    @Slot(object)
    @_guarded
    def go_on_from(self, theta: tuple[float, ...]) -> None:
        """Go on from another θ, in the person's units; a run that is not going begins anew there.

        Only here is it known whether it is going: it may have ended since the person looked.
        """
        self._descent.set_start(theta)
        if not self._is_playing:
            self.reset()
            return
        self._descent.set_theta(theta)
        self._publish()

    @Slot(object)
    @_guarded
    def set_start(self, theta: tuple[float, ...]) -> None:
        """Start from θ at the next reset; at once where no step has been made."""
        self._descent.set_start(theta)
        if self._descent.step == 0:
            self._descent.reset()
            self._after_change()

    @Slot(object, object, object, int)
    @_guarded
    def begin(
        self,
        dataset: Dataset,
        settings: RunSettings,
        start: tuple[float, ...] | None,
        run: int = 0,
    ) -> None:
        """Begin another run: data, settings and start all at once, waiting at the start.

        ``run`` is its number, which its snapshots carry: those of the run before may still be
        on their way.
        """
        self._publisher.run = run
        self._goes_on_when_changed = False
        self._stop_running()
        self._descent = Descent(dataset, settings, start)
        self._publish()

    @Slot(float)
    @_guarded
    def set_speed(self, steps_per_second: float) -> None:
        """Make so many steps a second; infinity means as many as possible."""
        self._pace.set_speed(steps_per_second)
        if self._is_playing:
            self._set_interval()

    @Slot()
    def shut_down(self) -> None:
        """Stop for good; called in this thread before it ends."""
        self._stop_running()
        if self._timer is not None:
            self._timer.deleteLater()
            self._timer = None

    # --- the run ---------------------------------------------------------------------------------

    @Slot()
    @_guarded
    def _on_tick(self) -> None:
        if self._turn.comes(again_soon=self._pace.is_free):
            self._run_chunk()

    def _run_chunk(self) -> None:
        """Make the steps that are due, for at most one chunk's time."""
        descent = self._descent
        self._pace.run_chunk(descent)
        if descent.step == self._pace.stop_at:
            self._stop_running()
            self._publish()
        elif not descent.can_continue:
            self._goes_on_when_changed = descent.status is Status.CONVERGED
            self._stop_running()
            self._publish()
        else:
            self._publisher.publish_if_due(descent)

    def _start_running(self) -> None:
        if self._is_playing:
            return
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.timeout.connect(self._on_tick)
        self._is_playing = True
        self._pace.begin()
        sys.setswitchinterval(_TRAINING_SWITCH_INTERVAL)
        self._set_interval()
        if not self._pace.is_free:
            self._run_chunk()  # the timer's first tick is a whole step away

    def _stop_running(self) -> None:
        if not self._is_playing:
            return
        self._is_playing = False
        self._pace.stop_at = None
        assert self._timer is not None
        self._timer.stop()
        sys.setswitchinterval(_NORMAL_SWITCH_INTERVAL)

    def _set_interval(self) -> None:
        assert self._timer is not None
        is_free = self._pace.is_free
        kind = Qt.TimerType.CoarseTimer if is_free else Qt.TimerType.PreciseTimer
        self._timer.setTimerType(kind)
        self._timer.start(self._pace.tick_ms)

    def _after_change(self) -> None:
        """Go on by itself where a run had converged and the change has moved the minimum."""
        if self._goes_on_when_changed and self._descent.can_continue:
            self._goes_on_when_changed = False
            self._start_running()
        self._publish()

    def _publish(self) -> None:
        self._publisher.publish(self._descent, is_playing=self._is_playing)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        """End the run in a state that the window can show, whatever went wrong."""
        _log.exception("The run was stopped by an exception")
        self._goes_on_when_changed = False
        self._stop_running()
        message = messages.RUN_FAILED.format(kind=type(error).__name__, error=error)
        self._publisher.stop(message)
        self.changed.emit()
        self.failed.emit(message)
