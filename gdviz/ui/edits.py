"""Edits of the points, each of which can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from gdviz.core.dataset import Dataset
from gdviz.ui.words import window as words

if TYPE_CHECKING:
    from gdviz.ui.document import Document


@dataclass(frozen=True)
class Origin:
    """Where the points come from: a title, and the file where there is one."""

    title: str
    path: Path | None = None


class Edit(QUndoCommand):
    """An edit of one point: it remembers the point, not the data set."""

    def __init__(self, document: Document, index: int, text: str, after: Dataset) -> None:
        super().__init__(text)
        self._document = document
        self._index = index
        self._first: Dataset | None = after  # made already, while checking

    def redo(self) -> None:
        """Make the edit."""
        after = self._first if self._first is not None else self._make()
        self._first = None
        self._document.show(after)

    def _make(self) -> Dataset:
        raise NotImplementedError


class Add(Edit):
    """A point is added."""

    def __init__(
        self, document: Document, index: int, point: tuple[float, float], after: Dataset
    ) -> None:
        super().__init__(document, index, words.UNDO_ADD, after)
        self._point = point

    def _make(self) -> Dataset:
        return self._document.dataset.with_point(*self._point, index=self._index)

    def undo(self) -> None:
        """Take the edit back."""
        self._document.show(self._document.dataset.without(self._index))


class Remove(Edit):
    """A point is removed."""

    def __init__(
        self, document: Document, index: int, point: tuple[float, float], after: Dataset
    ) -> None:
        super().__init__(document, index, words.UNDO_REMOVE, after)
        self._point = point

    def _make(self) -> Dataset:
        return self._document.dataset.without(self._index)

    def undo(self) -> None:
        """Take the edit back."""
        self._document.show(self._document.dataset.with_point(*self._point, index=self._index))


class Move(Edit):
    """A point is moved; the moves of one drag are one."""

    def __init__(
        self,
        document: Document,
        index: int,
        before: tuple[float, float],
        after: tuple[float, float],
        drag: int,
        dataset: Dataset,
    ) -> None:
        super().__init__(document, index, words.UNDO_MOVE, dataset)
        self._before, self._after, self._drag = before, after, drag

    def id(self) -> int:
        """Return 1 for what may be merged."""
        return 1 if self._drag else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the next move of the same drag."""
        if not isinstance(other, Move) or (other._drag, other._index) != (self._drag, self._index):
            return False
        self._after = other._after
        return True

    def _make(self) -> Dataset:
        return self._document.dataset.moved(self._index, *self._after)

    def undo(self) -> None:
        """Take the edit back."""
        self._document.show(self._document.dataset.moved(self._index, *self._before))


class Replace(QUndoCommand):
    """All points are replaced by others."""

    def __init__(
        self,
        document: Document,
        before: Dataset,
        after: Dataset,
        text: str,
        origin: Origin | None = None,
    ) -> None:
        super().__init__(text)
        self._document, self._before, self.after = document, before, after
        self._origin_before = document.origin
        self._origin_after = origin or document.origin

    def redo(self) -> None:
        """Make the edit."""
        self._document.show(self.after, self._origin_after)

    def undo(self) -> None:
        """Take the edit back."""
        self._document.show(self._before, self._origin_before)


def makes_points(command: QUndoCommand) -> bool:
    """Whether an edit makes points that were not there, or moves some."""
    if isinstance(command, Replace):
        return command.after.n_points > 0
    return isinstance(command, Add | Move)
