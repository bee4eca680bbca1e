"""The model of n features in matrices, with the numbers of the moment in them (MATHEMATICS B)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdviz.core.working import Working
from gdviz.explain.formula import Break, Line, Matrix, Role, line

FloatArray = npt.NDArray[np.float64]

# So many rows a matrix shows whole; of more it leaves out those between its first and its last.
_WHOLE = 5


def model_lines(working: Working) -> tuple[Line, ...]:
    """Return Ŷ = α + X βᵀ and u = Y − Ŷ with shapes beneath, of the points that the step sees."""
    k = working.n_seen
    if k == 0:
        return ()
    head = working.rows(0, min(_WHOLE, k))
    last = working.rows(k - 1, k)

    def column(first: FloatArray, end: FloatArray, role: Role, *, is_given: bool = False) -> Matrix:
        return _elided(first[:, np.newaxis], end[:, np.newaxis], k, role, ("N", "1"), is_given)

    X = _elided(head.X, last.X, k, Role.POINT, ("N", "n"), True)
    alpha = Matrix.of([[working.theta[0]]], Role.LINE, symbols=("1", "1"))
    beta = Matrix.of(working.theta[np.newaxis, 1:], Role.LINE, symbols=("1", "n"))
    weights = Matrix.of(working.theta[1:, np.newaxis], Role.LINE, symbols=("n", "1"))
    prediction = column(head.prediction, last.prediction, Role.LINE)
    y = column(head.y, last.y, Role.POINT, is_given=True)
    u = column(-head.error, -last.error, Role.RESIDUAL)
    return (
        line(r"\alpha =", alpha, r",\quad \beta =", beta),
        line(r"\hat{Y} = \alpha + X \beta^{\mathsf{T}} =", alpha, "+", Break(), X, weights)
        + line(Break(), "=", prediction),
        line(r"u = Y - \hat{Y} =", y, "-", prediction, Break(), "=", u),
    )


def _elided(
    head: FloatArray,
    last: FloatArray,
    n_rows: int,
    role: Role,
    symbols: tuple[str, str],
    is_given: bool,
) -> Matrix:
    """Return a matrix of so many rows, of which only the first and the last are known."""
    if n_rows <= len(head):
        return Matrix.of(head, role, symbols=symbols, is_given=is_given)
    ends = np.concatenate((head, last))
    matrix = Matrix.of(ends, role, symbols=symbols, is_given=is_given)
    shape = (n_rows, head.shape[1])
    return Matrix(matrix.rows, shape, role, matrix.digits, symbols, is_given)
