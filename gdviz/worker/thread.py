"""A background thread for one worker, with a bounded end."""

from __future__ import annotations

import logging
from typing import Protocol, cast

from PySide6.QtCore import QObject, Qt, QThread

_log = logging.getLogger(__name__)

_LONGEST_WAIT_MS = 5000


class Worker(Protocol):
    """What lives in a background thread."""

    def shut_down(self) -> None:
        """Stop for good; called in the thread itself, after its event loop."""


class BackgroundThread(QObject):
    """Owns a thread in which ``worker`` lives; the worker is to be reached by queued signals."""

    def __init__(self, name: str, worker: QObject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        worker.moveToThread(self._thread)
        # Emitted in the thread itself, after its event loop: timers must end where they live.
        self._thread.finished.connect(
            cast(Worker, worker).shut_down, Qt.ConnectionType.DirectConnection
        )

    def start(self) -> None:
        """Start the worker's event loop, if it is not running."""
        if not self.is_running():
            self._thread.start()

    def is_running(self) -> bool:
        """Whether the thread is alive."""
        return self._thread.isRunning()

    def stop(self) -> bool:
        """End the thread after what it is doing now; return whether it ended in time."""
        if not self.is_running():
            return True
        self._thread.quit()
        ended = self._thread.wait(_LONGEST_WAIT_MS)
        if not ended:
            _log.error(
                "The %s thread did not end in %d ms", self._thread.objectName(), _LONGEST_WAIT_MS
            )
        return ended
