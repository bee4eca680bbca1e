"""The worked example, forward: the prediction and its cost (MATHEMATICS B)."""

from __future__ import annotations

from gdviz.core.worked_example import N_FEATURES, N_POINTS, Entry, WorkedExample
from gdviz.explain.example.pieces import (
    ExamplePage,
    given,
    matrix,
    number,
    product,
    sum_of,
    sum_of_numbers,
)
from gdviz.explain.formula import COLUMN, Break, Role, Words, line


def pages(example: WorkedExample) -> tuple[ExamplePage, ...]:
    """Return the pages on Ŷ and J."""
    return (_prediction(example), _cost(example))


def _prediction(example: WorkedExample) -> ExamplePage:
    rows = []
    for i in range(N_POINTS):
        products = [
            product((example.X[i, j], Role.POINT), (example.beta[j], Role.LINE))
            for j in range(N_FEATURES)
        ]
        terms = sum_of([line(number(example.alpha, Role.LINE)), *products])
        result = number(example.prediction[i, 0], Role.LINE)
        rows.append(line(rf"\hat{{y}}_{i + 1} =", *terms, Break(), "=", result))
    return ExamplePage(
        "The prediction Ŷ",
        ("Each row of X meets the column βᵀ: multiply in pairs, add up, add α.",),
        (
            line(r"\hat{Y} = \alpha + X \beta^{\mathsf{T}}"),
            line("=", given(example, Entry.ALPHA), Break(), "+", given(example, Entry.X), Break())
            + line(matrix(example.weights.T, Role.LINE, ("n", "1")), Break())
            + line("=", matrix(example.prediction, Role.LINE, COLUMN)),
            *rows,
        ),
    )


def _cost(example: WorkedExample) -> ExamplePage:
    return ExamplePage(
        "The cost J",
        (
            "u is what the predictions lack: actual minus predicted. The cost is the mean of its "
            "squares, a single number.",
        ),
        (
            line(r"u = Y - \hat{Y}"),
            line("=", given(example, Entry.Y), Break(), "-")
            + line(matrix(example.prediction, Role.LINE, COLUMN), Break())
            + line("=", matrix(example.u, Role.RESIDUAL, COLUMN)),
            line("u^2 =", matrix(example.u_squared, Role.RESIDUAL, COLUMN), Break())
            + line(Words("each number squared")),
            line(r"J = \frac{1}{N} \sum u^2 = \frac{1}{4}", Break())
            + sum_of_numbers(example.u_squared[:, 0], Role.RESIDUAL),
            line(r"= \frac{1}{4} \cdot", number(example.sum_squared, Role.RESIDUAL), Break())
            + line("=", number(example.cost)),
        ),
    )
