"""When how many steps are due: so many a second, or as many as fit into a chunk of time."""

from __future__ import annotations

import math
from time import perf_counter

from gdviz.core.descent import Descent

# The worker goes back to its event loop this often, so that no command waits longer.
_CHUNK_SECONDS = 0.002
_FIRST_BLOCK = 64
# Steps that a slow machine owes are forgiven beyond this, rather than made in one burst.
_LONGEST_DEBT_SECONDS = 0.1
# A timer that fires a hair early must not lose its step.
_NEARLY_DUE = 0.99
# Up to this speed blocks are so short that the descent records each of their steps.
_EVERY_STEP_RECORDED = 2000.0
_SHORT_BLOCK, _LONG_BLOCK = 8, 1024
# At speeds above one step a tick, several steps share a tick.
_SHORTEST_TICK_MS = 4


class Pace:
    """Makes the steps of a run at a speed.

    Attributes:
        speed: steps a second; infinity means as many as possible.
        stop_at: the step at which a run ends that hurries there, whatever the speed; else None.

    """

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.stop_at: int | None = None
        self._steps_due = 0.0
        self._last_time = 0.0
        self._timed: tuple[object, ...] = ()
        self._step_seconds = math.inf

    @property
    def is_free(self) -> bool:
        """Whether it runs as fast as it can: at unlimited speed, or to the end of an epoch."""
        return math.isinf(self.speed) or self.stop_at is not None

    @property
    def tick_ms(self) -> int:
        """How long to wait from one chunk to the next."""
        return 0 if self.is_free else max(_SHORTEST_TICK_MS, round(1000 / self.speed))

    def begin(self) -> None:
        """Begin to count: the first step is due at once."""
        self._steps_due = 1.0
        self._last_time = perf_counter()

    def set_speed(self, steps_per_second: float) -> None:
        """Make so many steps a second from now on."""
        self.speed = steps_per_second
        self._steps_due = 0.0
        self._last_time = perf_counter()

    def run_chunk(self, descent: Descent) -> None:
        """Make the steps that are due, for at most one chunk's time."""
        begin, before = perf_counter(), descent.step
        timed = (descent.dataset, descent.settings)
        if len(self._timed) != 2 or any(
            a is not b for a, b in zip(timed, self._timed, strict=True)
        ):
            self._timed, self._step_seconds = timed, math.inf  # steps of another kind
        if self.is_free:
            self._run_freely(descent, begin + _CHUNK_SECONDS)
        else:
            self._run_what_is_due(descent, begin)
        made = descent.step - before
        if made:
            self._step_seconds = (perf_counter() - begin) / made

    def _most_steps(self, seconds: float) -> int:
        """Return how many steps fit into a time by how long the last ones took: at least one."""
        return max(int(seconds / self._step_seconds), 1)

    def _run_freely(self, descent: Descent, end: float) -> None:
        # One step of a million points may take longer than a chunk.
        block = min(self._most_steps(_CHUNK_SECONDS), _FIRST_BLOCK)
        while descent.can_continue and descent.step != self.stop_at:
            if self.stop_at is not None:
                block = min(block, self.stop_at - descent.step)
            started = perf_counter()
            descent.run(block)
            now = perf_counter()
            if now >= end:
                return
            # As many steps at once as fit in what is left of the chunk.
            per_step = (now - started) / block
            block = max(min(int((end - now) / per_step), 2 * block), 1)

    def _run_what_is_due(self, descent: Descent, begin: float) -> None:
        elapsed = min(begin - self._last_time, max(_LONGEST_DEBT_SECONDS, 1 / self.speed))
        self._last_time = begin
        self._steps_due += elapsed * self.speed
        # At fast speeds recording every step would be all it does.
        most = _SHORT_BLOCK if self.speed <= _EVERY_STEP_RECORDED else _LONG_BLOCK
        most = min(self._most_steps(_CHUNK_SECONDS), most)
        while self._steps_due >= _NEARLY_DUE and descent.can_continue:
            block = max(min(int(self._steps_due + 1 - _NEARLY_DUE), most), 1)
            self._steps_due -= descent.run(block)
            if perf_counter() >= begin + _CHUNK_SECONDS:
                return
