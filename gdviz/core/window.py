"""The points of the batches that come next, gathered many at once."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import Dataset
from gdviz.core.sampling import Batches, Position, Sampler
from gdviz.core.scaling import Scaling
from gdviz.core.sums import Sums

FloatArray = npt.NDArray[np.float64]

MANY_POINTS = 20_000
"""To gather a batch of more points than this again takes a part of a frame's time."""

# Points gathered at once: enough to spread NumPy's overhead, too few to stall the loop.
_POINTS_AT_ONCE = 8192


@dataclass(frozen=True, eq=False)
class BatchSums:
    """The sums of a large batch, with what they were made of: they are of no use for other points.

    dataset: the points. scaling: to the coordinates that they were seen in.
    """

    dataset: Dataset
    scaling: Scaling
    sums: Sums

    def are_of(self, dataset: Dataset, scaling: Scaling) -> bool:
        """Whether they are of these points in these coordinates."""
        return self.dataset is dataset and self.scaling.equals(scaling)


class Window:
    """A stretch of batches, and the points in it, in the coordinates of the descent.

    Attributes:
        X: features of the points, (k, n).
        y: their targets, (k,).

    """

    def __init__(self, dataset: Dataset, scaling: Scaling, sampler: Sampler) -> None:
        self._dataset = dataset
        self._scaling = scaling
        self._sampler = sampler
        self._batches: Batches | None = None
        self.X: FloatArray = np.empty((0, dataset.n_features))
        self.y: FloatArray = np.empty(0)

    def find(self, at: Position) -> tuple[Batches, int]:
        """Return batches of which one begins at ``at``, and its place among them."""
        batches = self._batches
        if batches is not None:
            visit = (at.epoch - batches.first_epoch) * batches.n_points + at.offset
            place = bisect_left(batches.starts, visit)
            if place < len(batches.starts) - 1 and batches.starts[place] == visit:
                return batches, place
        batches = self._batches = self._sampler.batches(at, _POINTS_AT_ONCE)
        self.X = self._scaling.features(self._dataset.X[batches.indices])
        self.y = self._dataset.y[batches.indices]
        return batches, 0

    def rows(self, at: Position) -> tuple[FloatArray, FloatArray, Position]:
        """Return X (k, n) and y (k,) of the batch that begins at ``at``, and where it ends."""
        batches, place = self.find(at)
        starts = batches.starts
        begin, end = starts[place] - starts[0], starts[place + 1] - starts[0]
        return self.X[begin:end], self.y[begin:end], batches.position(place + 1)

    def sums(self, at: Position, theta: FloatArray) -> BatchSums | None:
        """Return the sums of the batch that begins at ``at``; None where it is not a large one.

        The step from there gathers the same points: they are not gathered twice.
        """
        if self._sampler.mode == "batch" or self._sampler.batch_size <= MANY_POINTS:
            return None
        X, y, _ = self.rows(at)
        error = X @ theta[1:] + (theta[0] - y)
        return BatchSums(self._dataset, self._scaling, Sums.of(X, error))
