"""The thread that the trainer lives in, with a bounded end."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Qt, QThread

from gdviz.worker.trainer import Trainer

_log = logging.getLogger(__name__)

_LONGEST_WAIT_MS = 5000


class TrainingThread(QObject):
    """Owns the background thread; ``trainer`` is to be reached by queued signals only."""

    def __init__(self, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.trainer = trainer
        self._thread = QThread(self)
        self._thread.setObjectName("training")
        trainer.moveToThread(self._thread)
        # Emitted in the thread itself, after its event loop: timers must end where they live.
        self._thread.finished.connect(trainer.shut_down, Qt.ConnectionType.DirectConnection)

    def start(self) -> None:
        """Start the trainer's event loop."""
        self._thread.start()

    def is_running(self) -> bool:
        """Whether the thread is alive."""
        return self._thread.isRunning()

    def stop(self) -> bool:
        """Stop the trainer and end the thread; return whether it ended in time."""
        if not self._thread.isRunning():
            return True
        self._thread.quit()
        ended = self._thread.wait(_LONGEST_WAIT_MS)
        if not ended:
            _log.error("The training thread did not end within %d ms", _LONGEST_WAIT_MS)
        return ended
