"""The model of n features in matrices, with the numbers of the moment in them (MATHEMATICS B)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from gdviz.core.working import Rows, Working
from gdviz.explain.derivation.pieces import standardised
from gdviz.explain.formula import COLUMN, ONE, ROW, TABLE, Break, Line, Matrix, Role, line
from gdviz.explain.ledger.sheet import DIGITS, is_scaled

FloatArray = npt.NDArray[np.float64]

# So many rows of a matrix are shown; of more the first two and the last.
_ROWS, _HEAD = 4, 2
# So many columns, which take more room; of more the first and the last.
_COLUMNS = 3
# Digits of what a person gave; in three columns one less.
_GIVEN_DIGITS = 5


def model_lines(working: Working) -> tuple[Line, ...]:
    """Return Ŷ = α + X βᵀ and u = Y − Ŷ, with shapes, of the points that the step sees.

    They are in the coordinates of the descent: of standardised features with the symbols of those.
    """
    if working.n_seen == 0:
        return ()
    shown = Matrices(working)
    prediction = shown.prediction
    # β stands beside u where there is room: all of it is to be seen without scrolling.
    lines = (
        line(r"\hat{Y} = \alpha + X \beta^{\mathsf{T}} =", shown.alpha, "+", Break())
        + line(shown.x, shown.weights, Break(), "=", prediction),
        line(r"u = Y - \hat{Y} =", shown.y, "-", prediction, Break(), "=", shown.u(), Break())
        + line(r"\quad \beta =", shown.beta),
    )
    return lines if shown.is_given else standardised(lines)


class Matrices:
    """X, Y, α, β, Ŷ and u = Y − Ŷ of the points that a step sees; few rows of many are read."""

    def __init__(self, working: Working) -> None:
        self.working = working
        count = working.n_seen
        self.theta = working.theta
        self._count = count
        self._head = working.shown_rows(0, count if count <= _ROWS else _HEAD)
        self._last = working.shown_rows(count - 1, count) if count > _ROWS else None
        self.is_given = not is_scaled(working)

    @property
    def x(self) -> Matrix:
        """X (N, n)."""
        return self.table(1.0)

    def table(self, times: float) -> Matrix:
        """Return a multiple of X (N, n)."""
        rows = [*self._head.X, *([] if self._last is None else self._last.X)]
        return self._rows([times * row for row in rows], TABLE, Role.POINT, self.is_given)

    @property
    def y(self) -> Matrix:
        """Y (N, 1)."""
        return self._column(lambda rows: rows.y, Role.POINT, is_given=True)

    @property
    def prediction(self) -> Matrix:
        """Ŷ (N, 1)."""
        return self._column(lambda rows: rows.prediction, Role.LINE)

    def u(self, times: float = 1.0, plus: float = 0.0, role: Role = Role.RESIDUAL) -> Matrix:
        """Return u (N, 1), or times · u + plus."""
        return self._column(lambda rows: plus - times * rows.error, role)

    @property
    def squares(self) -> Matrix:
        """u² (N, 1), each number squared."""
        return self._column(lambda rows: rows.squared, Role.RESIDUAL)

    def u_row(self, times: float = 1.0, role: Role = Role.RESIDUAL) -> Matrix:
        """Return uᵀ (1, N), or a multiple of it."""
        errors = [*self._head.error, *([] if self._last is None else self._last.error)]
        shown: tuple[float | None, ...] = tuple(-times * float(e) for e in errors)
        if self._count > _COLUMNS:
            shown = (shown[0], None, shown[-1])
        return Matrix((shown,), (1, self._count), role, _digits(self._count), ("1", "N"))

    @property
    def alpha(self) -> Matrix:
        """α (1, 1)."""
        return self.one(float(self.theta[0]), Role.LINE)

    @property
    def digits(self) -> int:
        """How many digits the entries of β have, and so what stands beside them."""
        return _digits(len(self.theta) - 1)

    def one(self, value: float, role: Role) -> Matrix:
        """Return a matrix of one number (1, 1) with as many digits as β."""
        return replace(one(value, role), digits=self.digits)

    @property
    def beta(self) -> Matrix:
        """β (1, n)."""
        return row(self.theta[1:], Role.LINE)

    @property
    def weights(self) -> Matrix:
        """βᵀ (n, 1)."""
        values: list[float | None] = self.theta[1:].tolist()
        count = len(values)
        if count > _ROWS:
            values = [*values[:_HEAD], None, values[-1]]
        rows = tuple((value,) for value in values)
        return Matrix(rows, (count, 1), Role.LINE, self.digits, ("n", "1"))

    def _column(
        self, of: Callable[[Rows], FloatArray], role: Role, *, is_given: bool = False
    ) -> Matrix:
        values = of(self._head)[:, np.newaxis]
        if self._last is not None:
            values = np.concatenate((values, of(self._last)[:, np.newaxis]))
        return self._rows(list(values), COLUMN, role, is_given)

    def _rows(
        self, rows: list[FloatArray], symbols: tuple[str, str], role: Role, is_given: bool
    ) -> Matrix:
        shown = [_columns(values) for values in rows]
        if self._last is not None:
            shown.insert(_HEAD, (None,) * len(shown[0]))
        shape = (self._count, len(rows[0]))
        digits = _digits(shape[1], is_given=is_given)
        return Matrix(tuple(shown), shape, role, digits, symbols, is_given)


def one(value: float, role: Role) -> Matrix:
    """Return a matrix of one number (1, 1)."""
    return Matrix(((float(value),),), (1, 1), role, DIGITS, ONE)


def row(values: FloatArray, role: Role) -> Matrix:
    """Return a row with a number for each feature (1, n)."""
    count = len(values)
    return Matrix((_columns(values),), (1, count), role, _digits(count), ROW)


def _columns(values: FloatArray) -> tuple[float | None, ...]:
    if len(values) > _COLUMNS:
        return (float(values[0]), None, float(values[-1]))
    return tuple(values.tolist())


def _digits(n_columns: int, *, is_given: bool = False) -> int:
    """Return how many digits there is room for."""
    digits = _GIVEN_DIGITS if is_given else DIGITS
    return digits - 1 if n_columns == _COLUMNS else digits
