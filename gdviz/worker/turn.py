"""Whose turn it is: that of the window, which paints, or that of the run."""

from __future__ import annotations

import threading

# A frame that takes longer than this has to share.
_LONGEST_FRAME_SECONDS = 0.008
# Commands wait no longer than for a chunk of steps.
_LONGEST_WAIT_SECONDS = 0.002


class Turn:
    """Waits for a gate that is closed while the window paints.

    Two threads that want the interpreter at once are both slower than one after the other.
    """

    def __init__(self, gate: threading.Event | None) -> None:
        self._gate = gate
        self._waited = 0.0

    def comes(self, *, again_soon: bool) -> bool:
        """Wait a little; return whether the window has painted, or takes too long.

        again_soon: somebody asks again at once, and hears of commands before; who does not gets
        the turn after this one wait.
        """
        if self._gate is not None and not self._gate.wait(_LONGEST_WAIT_SECONDS):
            self._waited += _LONGEST_WAIT_SECONDS
            if again_soon and self._waited < _LONGEST_FRAME_SECONDS:
                return False
        self._waited = 0.0
        return True
