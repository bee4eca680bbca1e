"""Reads a big table in the background, telling how far it is."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.core.dataset import DataError
from gdviz.files.errors import FileError

_log = logging.getLogger(__name__)

# Progress is told in so many parts: more would only flood the window.
_PARTS = 200


class _CancelledError(Exception):
    pass


class Loader(QObject):
    """Reads one table at a time in the thread it lives in.

    Signals:
        progressed: the share that is read, 0 to 1.
        loaded: the table is read; carries the Table, and the Dataset where there is no choice.
        failed: it could not be read; the sentence says why.
        cancelled: it was given up, as asked.

    """

    progressed = Signal(float)
    loaded = Signal(object, object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cancel = threading.Event()
        self._part = -1

    def expect(self) -> None:
        """Forget an earlier cancel: another table is about to be read."""
        self._cancel.clear()

    def cancel(self) -> None:
        """Give up what is being read; may be called from any thread."""
        self._cancel.set()

    @Slot(str)
    def load(self, path: str) -> None:
        """Read a table."""
        from gdviz.files.csv_reader import read_table  # not at every start

        self._part = -1
        try:
            table = read_table(path, self._tell)
            dataset = None
            if table.n_columns == 2:  # no question which is which: the sums can be made here too
                dataset = table.dataset(table.names[1], table.names[:1])
                _ = dataset.moments
            self.loaded.emit(table, dataset)
        except _CancelledError:
            self.cancelled.emit()
        except (FileError, DataError) as error:
            self.failed.emit(str(error))
        except Exception as error:
            _log.exception("Reading %s failed", path)
            self.failed.emit(f"{path}: {type(error).__name__}: {error}")

    @Slot()
    def shut_down(self) -> None:
        """Nothing is left to stop."""

    def _tell(self, fraction: float) -> None:
        if self._cancel.is_set():
            raise _CancelledError
        part = int(fraction * _PARTS)
        if part != self._part:
            self._part = part
            self.progressed.emit(fraction)
