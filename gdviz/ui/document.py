"""The document: points, settings and start, owned by the GUI thread, with an undo stack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.proposal import flat_start, propose_rate
from gdviz.core.settings import RunSettings
from gdviz.ui import messages as words

Theta = tuple[float, ...]


@dataclass(frozen=True)
class Origin:
    """Where the points come from: a title, and the file where there is one."""

    title: str
    path: Path | None = None


class Document(QObject):
    """What a person makes: the data set, the settings of the run and where it starts.

    Attributes:
        undo_stack: every edit of the points.

    Signals:
        dataset_changed: the points changed; carries the new Dataset.
        settings_changed: carries the new RunSettings.
        start_changed: carries the new start, θ in the person's units.
        opened: other data were opened: dataset, settings and start changed together, as one.
        title_changed: the title, or whether there is something to save, changed.

    """

    dataset_changed = Signal(object)
    settings_changed = Signal(object)
    start_changed = Signal(object)
    opened = Signal()
    title_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dataset = Dataset.empty()
        self._settings = RunSettings()
        self._start: Theta = (0.0, 0.0)
        self._origin = Origin("")
        self._was_restored = False
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(10_000)
        self.undo_stack.cleanChanged.connect(self._tell_title)

    @property
    def dataset(self) -> Dataset:
        """The points as they are now."""
        return self._dataset

    @property
    def settings(self) -> RunSettings:
        """The settings of the run."""
        return self._settings

    @property
    def start(self) -> Theta:
        """Where a run starts: (b, m) in the person's units."""
        return self._start

    @property
    def origin(self) -> Origin:
        """Where the points come from."""
        return self._origin

    @property
    def is_modified(self) -> bool:
        """Whether there are points that no file holds."""
        changed = self._was_restored or not self.undo_stack.isClean()
        return changed and self._dataset.n_points > 0

    # --- opening and saving ----------------------------------------------------------------------

    def open(
        self,
        dataset: Dataset,
        origin: Origin,
        changes: dict[str, Any] | None = None,
        start: Theta | None = None,
        *,
        is_saved: bool = True,
    ) -> None:
        """Show other data, with a proposed learning rate and start, and nothing to undo.

        ``changes`` are settings that come with the data; a learning rate among them is kept.
        """
        kept = {
            name: getattr(self._settings, name)
            for name in ("mode", "batch_size", "order", "seed", "convention")
        }
        settings = RunSettings(**{**kept, **(changes or {})})
        if "learning_rate" not in (changes or {}):
            settings = settings.with_(learning_rate=propose_rate(dataset, settings))
        self._dataset = dataset
        self._settings = settings
        self._start = start or flat_start(dataset, settings)
        self._origin = origin
        self._was_restored = not is_saved
        self.undo_stack.clear()
        self.opened.emit()
        self._tell_title()

    def mark_saved(self, origin: Origin) -> None:
        """Remember that ``origin`` now holds these points."""
        self._origin = origin
        self._was_restored = False
        self.undo_stack.setClean()
        self._tell_title()

    # --- settings --------------------------------------------------------------------------------

    def change_settings(self, **changes: Any) -> None:
        """Change some settings. Raises SettingsError where a value is out of bounds."""
        settings = self._settings.with_(**changes)
        if settings != self._settings:
            self._settings = settings
            if not settings.fit_intercept and self._start[0] != 0:
                self.set_start((0.0, *self._start[1:]))
            self.settings_changed.emit(settings)

    def set_start(self, theta: Theta) -> None:
        """Start from θ from now on."""
        if not self._settings.fit_intercept:
            theta = (0.0, *theta[1:])
        if theta != self._start:
            self._start = theta
            self.start_changed.emit(theta)

    def random_start(self, generator: np.random.Generator) -> None:
        """Start from a random line that crosses the data's surroundings."""
        cost = QuadraticCost(self._dataset.moments, fit_intercept=self._settings.fit_intercept)
        spread = np.sqrt(np.diag(self._dataset.moments.scatter) / max(self._dataset.n_points, 1))
        x_spread, y_spread = float(spread[0]) or 1.0, float(spread[1]) or 1.0
        slope, height = generator.normal(size=2) * 1.5 * y_spread
        # The slope first: far from x = 0 its rounding moves the line by more than its spread.
        m = round_to(float(cost.minimum[1]) + slope / x_spread, y_spread / x_spread)
        b = round_to(float(cost.y_mean) + height - m * float(cost.x_mean[0]), y_spread)
        self.set_start((b, m))

    # --- points ----------------------------------------------------------------------------------

    def add_point(self, x: float, y: float) -> None:
        """Add a point. Raises DataError where a value is not finite or too large."""
        after = self._dataset.with_point(x, y)
        index = after.n_points - 1
        self.undo_stack.push(_Add(self, index, (x, y), after))

    def move_point(self, index: int, x: float, y: float, drag: int = 0) -> None:
        """Move a point; moves with the same ``drag`` above 0 are undone as one."""
        before = self._dataset.point(index)
        if before == (x, y):
            return
        after = self._dataset.moved(index, x, y)
        self.undo_stack.push(_Move(self, index, before, (x, y), drag, after))

    def remove_point(self, index: int) -> None:
        """Remove a point."""
        point = self._dataset.point(index)
        self.undo_stack.push(_Remove(self, index, point, self._dataset.without(index)))

    def clear(self) -> None:
        """Remove all points."""
        if self._dataset.n_points:
            empty = Dataset(
                np.empty((0, 1)),
                np.empty(0),
                self._dataset.feature_names,
                self._dataset.target_name,
            )
            self.undo_stack.push(_Replace(self, self._dataset, empty, words.UNDO_CLEAR))

    def replace(self, dataset: Dataset, what: str, origin: Origin) -> None:
        """Put other points in the place of these, undoably; ``what`` names it in the menu.

        They come from elsewhere, so that saving them does not overwrite the file of these.
        """
        self.undo_stack.push(_Replace(self, self._dataset, dataset, what, origin))

    def show(self, dataset: Dataset, origin: Origin | None = None) -> None:
        """Take on a data set that a command made; commands only."""
        self._dataset = dataset
        self._origin = origin or self._origin
        self.dataset_changed.emit(dataset)
        self._tell_title()

    def _tell_title(self) -> None:
        self.title_changed.emit()


def round_to(value: float, scale: float) -> float:
    """Return ``value`` rounded to a hundredth of the power of ten of ``scale``."""
    decimals = 2 - int(np.floor(np.log10(scale))) if scale > 0 else 2
    return round(value, decimals)


class _Edit(QUndoCommand):
    """An edit of one point: it remembers the point, not the data set."""

    def __init__(self, document: Document, index: int, text: str, after: Dataset) -> None:
        super().__init__(text)
        self._document = document
        self._index = index
        self._first: Dataset | None = after  # made already, while checking

    def redo(self) -> None:
        after = self._first if self._first is not None else self._make()
        self._first = None
        self._document.show(after)

    def _make(self) -> Dataset:
        raise NotImplementedError


class _Add(_Edit):
    def __init__(
        self, document: Document, index: int, point: tuple[float, float], after: Dataset
    ) -> None:
        super().__init__(document, index, words.UNDO_ADD, after)
        self._point = point

    def _make(self) -> Dataset:
        return self._document.dataset.with_point(*self._point, index=self._index)

    def undo(self) -> None:
        self._document.show(self._document.dataset.without(self._index))


class _Remove(_Edit):
    def __init__(
        self, document: Document, index: int, point: tuple[float, float], after: Dataset
    ) -> None:
        super().__init__(document, index, words.UNDO_REMOVE, after)
        self._point = point

    def _make(self) -> Dataset:
        return self._document.dataset.without(self._index)

    def undo(self) -> None:
        self._document.show(self._document.dataset.with_point(*self._point, index=self._index))


class _Move(_Edit):
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
        return 1 if self._drag else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Move) or (other._drag, other._index) != (self._drag, self._index):
            return False
        self._after = other._after
        return True

    def _make(self) -> Dataset:
        return self._document.dataset.moved(self._index, *self._after)

    def undo(self) -> None:
        self._document.show(self._document.dataset.moved(self._index, *self._before))


class _Replace(QUndoCommand):
    def __init__(
        self,
        document: Document,
        before: Dataset,
        after: Dataset,
        text: str,
        origin: Origin | None = None,
    ) -> None:
        super().__init__(text)
        self._document, self._before, self._after = document, before, after
        self._origin_before = document.origin
        self._origin_after = origin or document.origin

    def redo(self) -> None:
        self._document.show(self._after, self._origin_after)

    def undo(self) -> None:
        self._document.show(self._before, self._origin_before)
