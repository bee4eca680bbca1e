"""Reads a big table in the background, telling how far it is."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.core.dataset import DataError
from gdviz.files.errors import FileError

_log = logging.getLogger(__name__)

# Progress is told in so many parts: more would only flood the window.
_PARTS = 200
_NONE = 0


class _CancelledError(Exception):
    pass


class Loader(QObject):
    """Reads, in the thread it lives in, the table that was asked for last.

    Every table is asked for under a number above 0, which all signals carry first: what they tell
    may arrive after another table was asked for.

    Signals:
        progressed: the share that is read, 0 to 1.
        loaded: the table is read; carries the Table, and the Dataset where there is no choice.
        failed: it could not be read; the sentence says why.
        cancelled: it was given up, as asked or for a later one.

    """

    progressed = Signal(int, float)
    loaded = Signal(int, object, object)
    failed = Signal(int, str)
    cancelled = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._wanted = _NONE
        self._part = -1

    def expect(self, number: int) -> None:
        """Give up every table but this one; may be called from any thread."""
        self._wanted = number

    def cancel(self) -> None:
        """Give up what is being read; may be called from any thread."""
        self._wanted = _NONE

    @Slot(int, str)
    def load(self, number: int, path: str) -> None:
        """Read a table, unless it is not wanted any more."""
        from gdviz.files.csv_reader import read_table  # not at every start

        self._part = -1
        try:
            self._stop_if_unwanted(number)
            table = read_table(path, lambda fraction: self._tell(number, fraction))
            dataset = None
            if table.n_columns == 2:  # no question which is which: the sums can be made here too
                dataset = table.dataset(table.names[1], table.names[:1])
                _ = dataset.moments
            self.loaded.emit(number, table, dataset)
        except _CancelledError:
            self.cancelled.emit(number)
        except (FileError, DataError) as error:
            self.failed.emit(number, str(error))
        except Exception as error:
            _log.exception("Reading %s failed", path)
            self.failed.emit(number, f"{path}: {type(error).__name__}: {error}")

    @Slot()
    def shut_down(self) -> None:
        """Nothing is left to stop."""

    def _stop_if_unwanted(self, number: int) -> None:
        if self._wanted != number:
            raise _CancelledError

    def _tell(self, number: int, fraction: float) -> None:
        self._stop_if_unwanted(number)
        part = int(fraction * _PARTS)
        if part != self._part:
            self._part = part
            self.progressed.emit(number, fraction)
