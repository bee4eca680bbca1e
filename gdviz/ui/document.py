"""The document: points, settings and start, owned by the GUI thread, with an undo stack."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.proposal import flat_start, propose_rate
from gdviz.core.settings import RunSettings, nearest_start
from gdviz.ui import edits
from gdviz.ui.edits import Origin
from gdviz.ui.words import window as words

__all__ = ["Document", "Origin", "Theta", "round_to"]

Theta = tuple[float, ...]


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
        self.undo_stack.indexChanged.connect(self._tell_title)

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
        """Where a run starts: (b, w₁ … wₙ) in the person's units."""
        return self._start

    @property
    def origin(self) -> Origin:
        """Where the points come from."""
        return self._origin

    @property
    def is_modified(self) -> bool:
        """Whether there are points that no file holds, or that only Undo can bring back."""
        if self._dataset.n_points == 0:
            return self.has_removed_own_points
        return self._was_restored or not self.undo_stack.isClean()

    @property
    def has_removed_own_points(self) -> bool:
        """Whether all points are gone, and a person had made some of them."""
        stack = self.undo_stack
        if self._dataset.n_points or stack.isClean():
            return False
        first = max(stack.cleanIndex(), 0)
        made = (stack.command(index) for index in range(first, stack.index()))
        return self._was_restored or any(edits.makes_points(command) for command in made)

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

    def set_start(self, theta: Theta) -> bool:
        """Start from θ from now on; from the bound where a number of it is too large to start from.

        What is no number is passed over: a plot that shows such places has none to point at.
        Returns whether it is a place to start from.
        """
        if any(map(math.isnan, theta)):
            return False
        theta = nearest_start(theta)
        if not self._settings.fit_intercept:
            theta = (0.0, *theta[1:])
        if theta != self._start:
            self._start = theta
            self.start_changed.emit(theta)
        return True

    def random_start(self, generator: np.random.Generator) -> None:
        """Start from a random line, or plane, that crosses the data's surroundings."""
        dataset, n = self._dataset, self._dataset.n_features
        cost = QuadraticCost(dataset.moments, fit_intercept=self._settings.fit_intercept)
        spread = np.sqrt(np.diag(dataset.moments.scatter) / max(dataset.n_points, 1))
        spread = np.where(spread > 0, spread, 1.0)
        y_spread = float(spread[n])
        tilts = generator.normal(size=n) * 1.5 * y_spread / math.sqrt(n)
        height = generator.normal() * 1.5 * y_spread
        # The slopes first: far from x = 0 their rounding moves the line by more than its spread.
        slopes = [
            round_to(float(cost.minimum[1 + j] + tilts[j] / spread[j]), y_spread / float(spread[j]))
            for j in range(n)
        ]
        level = float(cost.y_mean - np.dot(slopes, cost.x_mean)) + height
        self.set_start((round_to(level, y_spread), *slopes))

    # --- points ----------------------------------------------------------------------------------

    def add_point(self, x: float, y: float) -> None:
        """Add a point. Raises DataError where a value is not finite or too large."""
        after = self._dataset.with_point(x, y)
        index = after.n_points - 1
        self.undo_stack.push(edits.Add(self, index, (x, y), after))

    def move_point(self, index: int, x: float, y: float, drag: int = 0) -> None:
        """Move a point; moves with the same ``drag`` above 0 are undone as one."""
        before = self._dataset.point(index)
        if before == (x, y):
            return
        after = self._dataset.moved(index, x, y)
        self.undo_stack.push(edits.Move(self, index, before, (x, y), drag, after))

    def remove_point(self, index: int) -> None:
        """Remove a point."""
        point = self._dataset.point(index)
        self.undo_stack.push(edits.Remove(self, index, point, self._dataset.without(index)))

    def clear(self) -> None:
        """Remove all points."""
        if self._dataset.n_points:
            names = self._dataset.feature_names
            is_one = len(names) == 1
            empty = Dataset(
                np.empty((0, 1)),
                np.empty(0),
                names if is_one else Dataset.empty().feature_names,
                self._dataset.target_name if is_one else Dataset.empty().target_name,
            )
            self.undo_stack.push(edits.Replace(self, self._dataset, empty, words.UNDO_CLEAR))

    def replace(self, dataset: Dataset, what: str, origin: Origin) -> None:
        """Put other points in the place of these, undoably; ``what`` names it in the menu.

        They come from elsewhere, so that saving them does not overwrite the file of these.
        """
        self.undo_stack.push(edits.Replace(self, self._dataset, dataset, what, origin))

    def show(self, dataset: Dataset, origin: Origin | None = None) -> None:
        """Take on a data set that a command made; commands only."""
        has_other_features = dataset.n_features != self._dataset.n_features
        self._dataset = dataset
        self._origin = origin or self._origin
        if has_other_features:
            self._start = flat_start(dataset, self._settings)
        self.dataset_changed.emit(dataset)
        if has_other_features:
            self.start_changed.emit(self._start)
        self._tell_title()

    def _tell_title(self) -> None:
        self.title_changed.emit()


def round_to(value: float, scale: float) -> float:
    """Return ``value`` rounded to a hundredth of the power of ten of ``scale``."""
    decimals = 2 - int(np.floor(np.log10(scale))) if scale > 0 else 2
    return round(value, decimals)
