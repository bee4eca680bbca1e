"""Keeps an exception while painting from ending the program, and tells it once.

Qt paints from C++: an exception that leaves a paint method leaves the painter open, and Qt aborts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPainter


class PaintGuard:
    """Leaves out what cannot be painted, and hands the exception on once the painting is over.

    What failed is tried again at the next paint, sixty times a second maybe: the same kind of
    exception from the same part is told only the first time.
    """

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._told: set[tuple[object, type[Exception]]] = set()

    @contextmanager
    def part(self, painter: QPainter, name: object = None) -> Iterator[None]:
        """Paint a part inside, from which the painter comes back as it was."""
        painter.save()
        try:
            yield
        except Exception as error:
            self._tell(name, error)
        finally:
            painter.restore()

    def _tell(self, name: object, error: Exception) -> None:
        if (name, type(error)) in self._told:
            return
        self._told.add((name, type(error)))

        def tell() -> None:
            sys.excepthook(type(error), error, error.__traceback__)

        # Whoever is told may open a dialog, which must not be painted amid this.
        QTimer.singleShot(0, self._owner, tell)
