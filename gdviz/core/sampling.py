"""Which points a step sees: all of them, a few, or one; as given or shuffled every epoch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IndexArray = npt.NDArray[np.intp]

# Orders are drawn for so many points at once: seeding a generator costs as much as 100 points.
_POINTS_AT_ONCE = 4096


@dataclass(frozen=True)
class Position:
    """Where a run stands: passes completed over all points, and points seen in this one."""

    epoch: int = 0
    offset: int = 0


@dataclass(frozen=True, eq=False)
class Batches:
    """A run of consecutive batches.

    starts (k+1,): where each batch begins among the visits counted from epoch ``first_epoch``, and
    where the last one ends. indices: the points visited between starts[0] and starts[k].
    """

    first_epoch: int
    n_points: int
    starts: list[int]
    indices: IndexArray

    def position(self, n_steps: int) -> Position:
        """Return the position after the first ``n_steps`` of these batches."""
        epochs, offset = divmod(self.starts[n_steps], self.n_points)
        return Position(self.first_epoch + epochs, offset)


class Sampler:
    """The order in which the steps of a run visit N points.

    An epoch is one pass over all points; its last mini-batch takes what is left. The shuffled
    order of an epoch is a permutation that depends on N, the seed and the epoch's number alone, so
    any step can be made again without running all those before it.
    """

    def __init__(
        self, n_points: int, mode: str, batch_size: int = 32, order: str = "shuffled", seed: int = 0
    ) -> None:
        self.n_points = n_points
        self.mode = mode
        self.seed = seed
        self.is_shuffled = order == "shuffled" and mode != "batch"
        sizes = {"batch": n_points, "mini-batch": min(batch_size, n_points), "sgd": 1}
        self.batch_size = max(sizes[mode], 1)
        self._epochs_at_once = max(_POINTS_AT_ONCE // max(n_points, 1), 1)
        # The newest two: at the beginning of an epoch both it and the one before are asked for.
        self._groups: list[tuple[int, IndexArray]] = []

    @property
    def steps_per_epoch(self) -> int:
        """How many steps one pass over all points takes."""
        return -(-self.n_points // self.batch_size) if self.n_points else 1

    def steps_left(self, at: Position) -> int:
        """Return how many steps the present pass over the points still takes."""
        return max(-(-(self.n_points - at.offset) // self.batch_size), 1)

    def order(self, epoch: int) -> IndexArray:
        """Return the point indices of one epoch, in the order of the visits, shape (N,)."""
        first, visits = self._visits(epoch)
        start = (epoch - first) * self.n_points
        return visits[start : start + self.n_points]

    def batches(self, at: Position, max_points: int) -> Batches:
        """Return the batches from ``at`` on: at least one, else at most ``max_points`` visits."""
        first, visits = self._visits(at.epoch)
        n, size = self.n_points, self.batch_size
        begin = (at.epoch - first) * n + at.offset
        end = min(max(begin + max_points, begin + size), len(visits))
        starts: list[int] = []
        epoch_start = begin - at.offset
        while epoch_start < end:
            epoch_end = epoch_start + n
            starts.extend(range(max(begin, epoch_start), min(epoch_end, end), size))
            epoch_start = epoch_end
        last_end = min(starts[-1] + size, starts[-1] - starts[-1] % n + n)
        starts.append(last_end)
        return Batches(first, n, starts, visits[begin:last_end])

    def last_batch(self, at: Position, since: Position) -> IndexArray:
        """Return the indices that the step before ``at`` used; none before the first.

        ``since`` is a place where one of these batches began: where the size was changed within an
        epoch, the batches of the rest of it begin elsewhere than those of a whole one.
        """
        if at.offset:
            return self.order(at.epoch)[max(at.offset - self.batch_size, 0) : at.offset]
        if at.epoch == 0 or self.n_points == 0:
            return np.empty(0, dtype=np.intp)
        begun = since if since.epoch == at.epoch - 1 else Position(at.epoch - 1)
        first = begun.offset + (self.steps_left(begun) - 1) * self.batch_size
        return self.order(at.epoch - 1)[first:]

    def next_batch(self, at: Position) -> IndexArray:
        """Return the indices that the step from ``at`` will use."""
        return self.order(at.epoch)[at.offset : at.offset + self.batch_size]

    def fit(self, at: Position) -> Position:
        """Return ``at``, or the next epoch's beginning where this one has become shorter."""
        return at if at.offset < self.n_points or at.offset == 0 else Position(at.epoch + 1)

    def _visits(self, epoch: int) -> tuple[int, IndexArray]:
        """Return the first epoch of the group that holds ``epoch``, and all visits of the group."""
        many = self._epochs_at_once
        first = epoch - epoch % many
        for group in self._groups:
            if group[0] == first:
                return group
        if not self.is_shuffled:
            visits = np.tile(np.arange(self.n_points), many)
        elif many == 1:
            visits = np.random.default_rng((self.seed, epoch)).permutation(self.n_points)
        else:
            rows = np.tile(np.arange(self.n_points), (many, 1))
            generator = np.random.default_rng((self.seed, first))
            visits = generator.permuted(rows, axis=1).reshape(-1)
        self._groups = [(first, visits), *self._groups[:1]]
        return self._groups[0]
