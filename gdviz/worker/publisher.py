"""Leaves the newest snapshot of a run for others to take, no more often than it can be shown."""

from __future__ import annotations

from time import perf_counter

from gdviz.core.descent import Descent
from gdviz.core.snapshot import Snapshot, Status

# Snapshots are made at most this often while it runs freely: twice a frame is plenty.
_PUBLISH_SECONDS = 0.008
# A long record changes little from frame to frame: it is copied, and drawn anew, less often.
_TRACE_SECONDS = 0.08
_SHORT_TRACE = 600


class Publisher:
    """Makes snapshots of a descent.

    Attributes:
        latest: the newest one. It may be read from any thread: it is replaced as a whole and never
            changed.
        run: the number of the run, which snapshots carry.

    """

    def __init__(self, descent: Descent) -> None:
        self.run = 0
        self._published_at = 0.0
        self._traced_at = 0.0
        self.latest: Snapshot = descent.snapshot()

    def publish(self, descent: Descent, *, is_playing: bool) -> None:
        """Make a snapshot of this moment."""
        self._make(descent, is_playing, keeps_trace=False)

    def publish_if_due(self, descent: Descent) -> None:
        """Make a snapshot of a run that goes on, if the last one is old enough."""
        now = perf_counter()
        if now - self._published_at < _PUBLISH_SECONDS:
            return
        is_long = len(self.latest.trace.steps) > _SHORT_TRACE
        is_due = now - self._traced_at >= _TRACE_SECONDS
        self._make(descent, True, keeps_trace=is_long and not is_due)

    def stop(self, message: str) -> None:
        """Say that the run was stopped, and why, in whatever state it is."""
        self.latest = self.latest.with_status(Status.STOPPED, message).of_run(self.run)

    def _make(self, descent: Descent, is_playing: bool, *, keeps_trace: bool) -> None:
        trace = self.latest.trace if keeps_trace else None
        self.latest = descent.snapshot(is_playing, trace).of_run(self.run)
        self._published_at = perf_counter()
        if not keeps_trace:
            self._traced_at = self._published_at
