"""The worked example as twelve pages: formulas with its numbers, shapes, and plain sentences."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.core.worked_example import N_FEATURES, N_POINTS, Entry, WorkedExample
from gdviz.explain.example_pieces import (
    COLUMN,
    ONE,
    ROW,
    chain,
    direction,
    given,
    matrix,
    number,
    outcome,
    product,
    rate,
    rounded,
    sum_of,
    sum_of_numbers,
    warning,
)
from gdviz.explain.formula import Break, Line, Role, Words, line

_N_REPEATS = 3


@dataclass(frozen=True)
class ExamplePage:
    """One part of the calculation.

    Attributes:
        title: what it works out, in a few words.
        words: sentences that say how.
        lines: formulas with the numbers in them.
        entry: what can be changed on this page.
        warning: a sentence, where the numbers lead astray.

    """

    title: str
    words: tuple[str, ...]
    lines: tuple[Line, ...]
    entry: Entry | None = None
    warning: str = ""


def pages(example: WorkedExample) -> tuple[ExamplePage, ...]:
    """Return the twelve pages of MATHEMATICS B, "The worked example", with the example's numbers.

    The convention is ``mse`` and u = Y − α − X βᵀ: J = (1/N) Σ u², ∂J/∂α = −(2/N) Σ u, (1, 1),
    ∂J/∂β = −(2/N) uᵀ X, (1, n).
    """
    makers = (
        _x_page,
        _y_page,
        _alpha_page,
        _beta_page,
        _prediction_page,
        _cost_page,
        _gradient_alpha_page,
        _gradient_beta_page,
        _rate_page,
        _new_alpha_page,
        _new_beta_page,
        _repeat_page,
    )
    return tuple(maker(example) for maker in makers)


# --- what is given -------------------------------------------------------------------------------


def _x_page(example: WorkedExample) -> ExamplePage:
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


def _y_page(example: WorkedExample) -> ExamplePage:
    return ExamplePage(
        "The target Y",
        ("Y is what is to be predicted: one number for each row of X.",),
        (line("X =", given(example, Entry.X), Break(), r",\quad Y =", given(example, Entry.Y)),),
        Entry.Y,
    )


def _alpha_page(example: WorkedExample) -> ExamplePage:
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


def _beta_page(example: WorkedExample) -> ExamplePage:
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


# --- forward -------------------------------------------------------------------------------------


def _prediction_page(example: WorkedExample) -> ExamplePage:
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


def _cost_page(example: WorkedExample) -> ExamplePage:
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


# --- backward ------------------------------------------------------------------------------------


def _gradient_alpha_page(example: WorkedExample) -> ExamplePage:
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


def _gradient_beta_page(example: WorkedExample) -> ExamplePage:
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


# --- down ----------------------------------------------------------------------------------------


def _rate_page(example: WorkedExample) -> ExamplePage:
    limits = example.limits
    return ExamplePage(
        "The learning rate η",
        (
            "How far to go down the slope is yours to choose. Up to 1/λ no step overshoots, beyond "
            "2/λ each one goes farther out; λ is the curvature of J where it bends most.",
        ),
        (
            line(r"\frac{1}{\lambda_{\max}} =", rounded(limits.smooth, Role.RATE), Break())
            + line(r",\quad \frac{2}{\lambda_{\max}} =", rounded(limits.max, Role.RATE)),
        ),
        Entry.RATE,
        warning(example),
    )


def _new_alpha_page(example: WorkedExample) -> ExamplePage:
    slope, after = float(example.gradient_alpha[0, 0]), float(example.new_alpha[0, 0])
    step = product((example.learning_rate, Role.RATE), (slope, Role.GRADIENT))
    return ExamplePage(
        "The new α",
        ("One step against the slope: η times the slope is taken away from α.",),
        (
            line(r"\alpha \leftarrow \alpha - \eta\, \frac{\partial J}{\partial \alpha}"),
            line("=", given(example, Entry.ALPHA), Break(), "-", rate(example), r"\cdot", Break())
            + line(matrix(example.gradient_alpha, Role.GRADIENT, ONE), Break())
            + line("=", matrix(example.new_alpha, Role.LINE, ONE)),
            line(r"\alpha \;\leftarrow", number(example.alpha, Role.LINE), Break(), "-")
            + line(*step, Break(), "=", number(after, Role.LINE)),
        ),
        warning=warning(example),
    )


def _new_beta_page(example: WorkedExample) -> ExamplePage:
    rows = []
    for j in range(N_FEATURES):
        slope, after = float(example.gradient_beta[0, j]), float(example.new_beta[0, j])
        step = product((example.learning_rate, Role.RATE), (slope, Role.GRADIENT))
        before = number(example.beta[j], Role.LINE)
        rows.append(
            line(rf"\beta_{j + 1} \;\leftarrow", before, Break(), "-", *step, Break(), "=")
            + line(number(after, Role.LINE))
        )
    return ExamplePage(
        "The new β",
        ("All weights at once, each against its own slope.",),
        (
            line(r"\beta \leftarrow \beta - \eta\, \frac{\partial J}{\partial \beta}"),
            line("=", given(example, Entry.BETA), Break(), "-", rate(example), r"\cdot", Break())
            + line(matrix(example.gradient_beta, Role.GRADIENT, ROW), Break())
            + line("=", matrix(example.new_beta, Role.LINE, ROW)),
            *rows,
        ),
        warning=warning(example),
    )


def _repeat_page(example: WorkedExample) -> ExamplePage:
    states = [example.after(step) for step in range(_N_REPEATS + 1)]
    least = example.quadratic
    return ExamplePage(
        "Repeat",
        (
            "The same again from the new α and β. From left to right: the start, then three steps. "
            + outcome([state.cost for state in states]),
        ),
        (
            chain("J", (number(state.cost) for state in states)),
            chain(r"\alpha", (number(state.alpha, Role.LINE) for state in states)),
            chain(r"\beta", (matrix(state.weights, Role.LINE) for state in states)),
            chain(
                r"\frac{\partial J}{\partial \alpha}",
                (number(float(state.gradient_alpha[0, 0]), Role.GRADIENT) for state in states[:-1]),
            ),
            chain(
                r"\frac{\partial J}{\partial \beta}",
                (matrix(state.gradient_beta, Role.GRADIENT) for state in states[:-1]),
            ),
            line(r"J_{\min} =", number(least.minimum_cost, Role.MINIMUM))
            + line(Break(), Words("the least possible")),
        ),
        warning=warning(example),
    )
