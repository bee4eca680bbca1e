"""The worked example, what is given: X, Y, α and β (MATHEMATICS B)."""

from __future__ import annotations

from gdviz.core.worked_example import N_FEATURES, N_POINTS, Entry, WorkedExample
from gdviz.explain.example.pieces import ExamplePage, given, matrix, number
from gdviz.explain.formula import ROW, Break, Role, Words, line


def pages(example: WorkedExample) -> tuple[ExamplePage, ...]:
    """Return the pages on X, Y, α and β."""
    return (_x(example), _y(example), _alpha(example), _beta(example))


def _x(example: WorkedExample) -> ExamplePage:
    third = matrix(example.X[2:3], Role.POINT, ROW)
    return ExamplePage(
        "The features X",
        (
            "Each row of X is an example, each column a feature. Type other numbers, and "
            "everything that follows is worked out anew.",
        ),
        (
            line("N =", number(N_POINTS), Words("examples"), r",\quad n =")
            + line(number(N_FEATURES), Words("features")),
            line("x_3 =", third, Break(), Words("the third example")),
        ),
        Entry.X,
    )


def _y(example: WorkedExample) -> ExamplePage:
    return ExamplePage(
        "The target Y",
        ("Y is what is to be predicted: one number for each row of X.",),
        (line("X =", given(example, Entry.X), Break(), r",\quad Y =", given(example, Entry.Y)),),
        Entry.Y,
    )


def _alpha(example: WorkedExample) -> ExamplePage:
    alpha = number(example.alpha, Role.LINE)
    return ExamplePage(
        "The bias α",
        (
            "The bias is added to every prediction. It usually starts at 0.",
            "Where all features are 0, it is the whole prediction:",
        ),
        (line(r"x = (0,\,0) \;\Rightarrow\; \hat{y} = \alpha =", Break(), alpha),),
        Entry.ALPHA,
    )


def _beta(example: WorkedExample) -> ExamplePage:
    return ExamplePage(
        "The weights β",
        (
            "One weight for each feature: when the feature grows by 1, the prediction grows by "
            "its weight. Start them where you like.",
            "Stood on end it fits behind X, for the product X βᵀ:",
        ),
        (line(r"\beta^{\mathsf{T}} =", matrix(example.weights.T, Role.LINE, ("n", "1"))),),
        Entry.BETA,
    )
