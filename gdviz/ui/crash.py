"""What happens to an exception that nobody caught: a log entry and one dialog, never two."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.ui.words import dialogs as words

_log = logging.getLogger(__name__)


class CrashDialog:
    """Replaces ``sys.excepthook``: logs the traceback, keeps the points, says so once."""

    def __init__(self, window: QWidget, keep_points: Callable[[], None]) -> None:
        self._window = window
        self._keep_points = keep_points
        self._is_busy = False
        self._previous = sys.excepthook

    def install(self) -> None:
        """Catch what nobody else does."""
        sys.excepthook = self

    def uninstall(self) -> None:
        """Leave it to whoever did before."""
        if sys.excepthook is self:
            sys.excepthook = self._previous

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        """Handle an exception that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            self._previous(kind, error, traceback)
            return
        _log.critical("Unforeseen error", exc_info=(kind, error, traceback))
        if self._is_busy or threading.current_thread() is not threading.main_thread():
            return  # no dialog from another thread
        self._is_busy = True
        try:
            self._keep_points()
        finally:
            box = QMessageBox(
                QMessageBox.Icon.Critical,
                words.CRASH_TITLE,
                words.CRASH_TEXT.format(kind=kind.__name__, error=error),
                QMessageBox.StandardButton.Ok,
                self._window,
            )
            box.setObjectName("crashDialog")
            box.finished.connect(self._on_closed)
            box.finished.connect(box.deleteLater)
            box.open()

    def _on_closed(self) -> None:
        self._is_busy = False
