"""The points: an immutable table of features and target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import numpy.typing as npt

from gdviz.core import messages
from gdviz.core.moments import Moments
from gdviz.core.recycling import Recycler

FloatArray = npt.NDArray[np.float64]

LARGEST_VALUE = 1e50
"""Beyond this the fourth powers in the learning-rate limits come near to overflowing."""

_recycler = Recycler()


class DataError(ValueError):
    """Data that cannot be used; the text is a sentence for the person who gave it."""


@dataclass(frozen=True)
class Edit:
    """How a data set came of another one by a change of one point.

    parent: the other's ``token``; removed, added: (x, y) of the point before and after, or None.
    """

    parent: object
    removed: tuple[float, float] | None
    added: tuple[float, float] | None


@dataclass(frozen=True, eq=False)
class Dataset:
    """N examples of n features and a target.

    X: features, shape (N, n), float64, read-only.
    y: target, shape (N,), float64, read-only.
    feature_names, target_name: column names, with the unit where the file gives one: "height (in)".
    name: what the data set is called; "" for points that were clicked.
    edit: the change of one point that made it of another; None where it came otherwise.
    token: an identity that can be kept without keeping the points.

    Raises DataError where shapes differ, or a value is not finite or larger than LARGEST_VALUE.
    """

    X: FloatArray
    y: FloatArray
    feature_names: tuple[str, ...] = ("x",)
    target_name: str = "y"
    name: str = ""
    _moments: Moments | None = field(default=None, repr=False)
    edit: Edit | None = field(default=None, repr=False)
    token: object = field(default_factory=object, repr=False)

    def __post_init__(self) -> None:
        X = np.ascontiguousarray(self.X, dtype=np.float64)
        y = np.ascontiguousarray(self.y, dtype=np.float64)
        if X.ndim != 2 or y.ndim != 1 or len(X) != len(y):
            raise DataError(messages.SHAPES_DIFFER.format(rows=len(X), targets=len(y)))
        if len(self.feature_names) != X.shape[1]:
            raise DataError(
                messages.NAMES_DIFFER.format(names=len(self.feature_names), n=X.shape[1])
            )
        if self._moments is None:  # edits check the one row that they change
            for j, name in enumerate(self.feature_names):
                _check(X[:, j], name)
            _check(y, self.target_name)
        X.setflags(write=False)
        y.setflags(write=False)
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "y", y)

    @classmethod
    def empty(cls) -> Self:
        """No points, one feature."""
        return cls(np.empty((0, 1)), np.empty(0))

    @classmethod
    def from_points(cls, points: Sequence[tuple[float, float]], name: str = "") -> Self:
        """Make a one-feature data set of (x, y) pairs."""
        table = np.array(points, dtype=np.float64).reshape(-1, 2)
        return cls(table[:, :1].copy(), table[:, 1].copy(), name=name)

    @property
    def n_points(self) -> int:
        """N, the number of examples."""
        return len(self.y)

    @property
    def n_features(self) -> int:
        """n, the number of features."""
        return int(self.X.shape[1])

    @property
    def x(self) -> FloatArray:
        """The only feature, shape (N,). Raises DataError where there are several."""
        self._need_one_feature()
        return self.X[:, 0]

    @property
    def moments(self) -> Moments:
        """Count, mean and scatter of the rows (x, y); carried through edits."""
        if self._moments is None:
            object.__setattr__(self, "_moments", Moments.of(self.X, self.y))
        assert self._moments is not None
        return self._moments

    def point(self, index: int) -> tuple[float, float]:
        """Return (x, y) of one point."""
        self._need_point(index)
        return float(self.x[index]), float(self.y[index])

    def with_point(self, x: float, y: float, index: int | None = None) -> Self:
        """Return a data set with (x, y) added, last or before ``index``."""
        self._need_one_feature()
        _check_value(x, self.feature_names[0], self.n_points)
        _check_value(y, self.target_name, self.n_points)
        at = self.n_points if index is None else index
        if not 0 <= at <= self.n_points:
            raise DataError(messages.NO_SUCH_POINT.format(index=at, n_points=self.n_points))
        X = _inserted(self.X[:, 0], at, x).reshape(-1, 1)
        moments = self.moments.added(np.array([x, y]))
        return self._edited(X, _inserted(self.y, at, y), moments, None, (x, y))

    def without(self, index: int) -> Self:
        """Return a data set without one point."""
        gone = self.point(index)
        X = np.concatenate((self.X[:index], self.X[index + 1 :]))
        y = np.concatenate((self.y[:index], self.y[index + 1 :]))
        return self._edited(X, y, self.moments.removed(np.array(gone)), gone, None)

    def moved(self, index: int, x: float, y: float) -> Self:
        """Return a data set with one point moved to (x, y)."""
        before = self.point(index)
        _check_value(x, self.feature_names[0], index)
        _check_value(y, self.target_name, index)
        X, target = _recycler.copy(self.X), _recycler.copy(self.y)
        X[index, 0] = x
        target[index] = y
        moments = self.moments.moved(np.array(before), np.array([x, y]))
        return self._edited(X, target, moments, before, (x, y))

    def _edited(
        self,
        X: FloatArray,
        y: FloatArray,
        moments: Moments,
        removed: tuple[float, float] | None,
        added: tuple[float, float] | None,
    ) -> Self:
        if not moments.is_reliable:
            moments = Moments.of(X, y)
        edit = Edit(self.token, removed, added)
        return type(self)(X, y, self.feature_names, self.target_name, self.name, moments, edit)

    def _need_one_feature(self) -> None:
        if self.n_features != 1:
            raise DataError(messages.NEEDS_ONE_FEATURE.format(n=self.n_features))

    def _need_point(self, index: int) -> None:
        if not 0 <= index < self.n_points:
            raise DataError(messages.NO_SUCH_POINT.format(index=index, n_points=self.n_points))


def _inserted(values: FloatArray, at: int, value: float) -> FloatArray:
    result = np.empty(len(values) + 1)
    result[:at] = values[:at]
    result[at] = value
    result[at + 1 :] = values[at:]
    return result


def _check(values: FloatArray, name: str) -> None:
    """Raise DataError at the first value that is not finite or too large."""
    # min and max carry a NaN through and need no array of flags a million long.
    if len(values) == 0 or max(-float(values.min()), float(values.max())) <= LARGEST_VALUE:
        return
    bad = int(np.argmin(np.abs(values) <= LARGEST_VALUE))
    _check_value(float(values[bad]), name, bad)


def _check_value(value: float, name: str, index: int) -> None:
    if not np.isfinite(value):
        raise DataError(messages.NOT_FINITE.format(name=name, point=index + 1, value=value))
    if abs(value) > LARGEST_VALUE:
        raise DataError(
            messages.TOO_LARGE.format(name=name, point=index + 1, value=value, limit=LARGEST_VALUE)
        )
