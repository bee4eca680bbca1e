"""The worked example, backward: the slopes of the cost (MATHEMATICS B)."""

from __future__ import annotations

from gdviz.core.worked_example import N_FEATURES, N_POINTS, Entry, WorkedExample
from gdviz.explain.example.pieces import (
    ExamplePage,
    direction,
    given,
    matrix,
    number,
    product,
    sum_of,
    sum_of_numbers,
)
from gdviz.explain.formula import ONE, ROW, Break, Role, line


def pages(example: WorkedExample) -> tuple[ExamplePage, ...]:
    """Return the pages on ∂J/∂α and ∂J/∂β."""
    return (_gradient_alpha(example), _gradient_beta(example))


def _gradient_alpha(example: WorkedExample) -> ExamplePage:
    return ExamplePage(
        "The slope ∂J/∂α",
        (
            "How fast the cost changes when α grows: −2 times the mean of u.",
            direction(float(example.gradient_alpha[0, 0]), "α"),
        ),
        (
            line(r"\frac{\partial J}{\partial \alpha} = -\frac{2}{N} \sum u"),
            line(r"= -\frac{2}{4}", Break(), *sum_of_numbers(example.u[:, 0], Role.RESIDUAL)),
            line(r"= -\frac{2}{4} \cdot", number(example.sum_u, Role.RESIDUAL, guarded=True))
            + line(Break(), "=", matrix(example.gradient_alpha, Role.GRADIENT, ONE)),
        ),
    )


def _gradient_beta(example: WorkedExample) -> ExamplePage:
    columns = []
    for j in range(N_FEATURES):
        terms = [
            product((example.u[i, 0], Role.RESIDUAL), (example.X[i, j], Role.POINT), guarded=i > 0)
            for i in range(N_POINTS)
        ]
        result = number(example.u_times_X[0, j], Role.RESIDUAL)
        columns.append(
            line(rf"\left(u^{{\mathsf{{T}}}} X\right)_{j + 1} =", *sum_of(terms), Break())
            + line("=", result)
        )
    return ExamplePage(
        "The slopes ∂J/∂β",
        (
            "One slope for each weight. The row uᵀ meets each column of X, so that the sum over "
            "the examples is in the product.",
        ),
        (
            line(r"\frac{\partial J}{\partial \beta} = -\frac{2}{N}\, u^{\mathsf{T}} X"),
            line(
                r"= -\frac{2}{4}", Break(), matrix(example.u.T, Role.RESIDUAL, ("1", "N")), Break()
            )
            + line(given(example, Entry.X)),
            *columns,
            line(r"\frac{\partial J}{\partial \beta} =", Break(), r"-\frac{2}{4}")
            + line(matrix(example.u_times_X, Role.RESIDUAL, ROW), Break())
            + line("=", matrix(example.gradient_beta, Role.GRADIENT, ROW)),
        ),
    )
