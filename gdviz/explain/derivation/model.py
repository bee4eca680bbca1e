"""n features in matrices, from the data to the rules (MATHEMATICS B 1–7)."""

from __future__ import annotations

from gdviz.core.working import Working
from gdviz.explain.derivation.page import Convention, Highlight, Page
from gdviz.explain.derivation.pieces import (
    Shown,
    cost_name,
    error,
    factor,
    number,
    rate,
    sum_of,
)
from gdviz.explain.formula import Break, Line, Role, Words, line
from gdviz.explain.ledger.sheet import Count
from gdviz.explain.matrices import Matrices, row


def pages(convention: Convention) -> tuple[Page, ...]:
    """Return the pages on X, Y, α, β, Ŷ, J and the two rules."""
    return (_x(), _y(), _alpha(), _beta(), _prediction(), _cost(convention), _rules())


# --- the matrices ---------------------------------------------------------------------------------


def _x() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        counts = line("N =", Count(working.n_seen, Role.POINT), r"\quad n =")
        counts += line(Count(working.dataset.n_features, Role.POINT))
        return (counts, line("X =", Break(), Matrices(working).x))

    return Page(
        "The features X",
        (line(r"X: \quad (N, n)"),),
        (
            "N examples, one to a row; n features, one to a column.",
            "Beneath every matrix stands its shape: rows, then columns.",
        ),
        numbers,
        frozenset({Highlight.POINTS}),
    )


def _y() -> Page:
    return Page(
        "The target Y",
        (line(r"Y: \quad (N, 1)"),),
        ("What is to be predicted: one number for each row of X, in one column.",),
        lambda working: (line("Y =", Matrices(working).y),),
        frozenset({Highlight.POINTS}),
    )


def _alpha() -> Page:
    return Page(
        "The bias α",
        (line(r"\alpha: \quad (1, 1)"),),
        ("One number that is added to every prediction. With one feature it is the intercept b.",),
        lambda working: (line(r"\alpha =", Matrices(working).alpha),),
        frozenset({Highlight.LINE, Highlight.DOT}),
    )


def _beta() -> Page:
    return Page(
        "The weights β",
        (line(r"\beta: \quad (1, n)"),),
        (
            "One weight for each feature, in a row: how much the prediction grows when that "
            "feature grows by 1. With one feature it is the slope m.",
        ),
        lambda working: (line(r"\beta =", Break(), Matrices(working).beta),),
        frozenset({Highlight.LINE, Highlight.DOT}),
    )


def _prediction() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        return (
            line(r"\hat{Y} =", of.alpha, "+", Break(), of.x, Break(), of.weights, Break())
            + line("=", of.prediction),
        )

    return Page(
        "The prediction Ŷ",
        (
            line(r"\hat{Y} = \alpha + X \beta^{\mathsf{T}}"),
            line(r"(1, 1) + (N, n)\,(n, 1) = (N, 1)"),
        ),
        (
            "Each row of X is multiplied with the weights, number by number, and added up; then "
            "α is added to every row.",
            "β is transposed, stood on end, so that the shapes fit: n columns meet n rows.",
        ),
        numbers,
        frozenset({Highlight.LINE}),
    )


# --- the cost -------------------------------------------------------------------------------------


def _cost(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        return (
            line(r"Y - \hat{Y} =", of.y, "-", Break(), of.prediction, Break(), "=", of.u()),
            *cost_lines(working),
        )

    made = f"{'half ' if convention.is_half else ''}the {convention.average} of the squares"
    return Page(
        "The cost J",
        (line(rf"J = {convention.cost} \sum \left(Y - \hat{{Y}}\right)^2"),),
        (
            f"Actual minus predicted, each number squared; {made} is the cost.",
            "J is a scalar: one number for all examples together.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.SQUARES, Highlight.COST}),
    )


def cost_lines(working: Working) -> tuple[Line, ...]:
    """Return J = s (u₁² + u₂² + ⋯) = its value; of one point (u₁)²."""
    scale = factor(working, is_cost=True)
    if working.n_seen == 1 and not scale:
        u = error(-Shown(working).points[0].error)
        name = f"{cost_name(working)} ="
        return (line(name, "(", u, ")^2", Break(), "=", number(working.cost)),)
    squares = Shown(working).terms(lambda point: line(error(point.squared)))
    terms = sum_of(squares, braced=bool(scale))
    return (line(f"{cost_name(working)} =", *scale, *terms, Break(), "=", number(working.cost)),)


def _rules() -> Page:
    return Page(
        "The two rules",
        (
            line(r"\alpha \leftarrow \alpha - \eta\, \frac{\partial J}{\partial \alpha}", Break())
            + line(r"\quad (1, 1)"),
            line(r"\beta \leftarrow \beta - \eta\, \frac{\partial J}{\partial \beta}", Break())
            + line(r"\quad (1, n)"),
        ),
        (
            "Bias and weights go against their slopes, all at once, η times as far.",
            "Each slope has the shape of what it changes. How to work them out is what follows.",
        ),
        lambda working: (alpha_update(working), beta_update(working)),
        frozenset({Highlight.STEP, Highlight.GRADIENT}),
    )


def alpha_update(working: Working) -> Line:
    """Return α ← old − η · slope = new, each (1, 1)."""
    of = Matrices(working)
    if not working.settings.fit_intercept:
        return line(r"\alpha =", of.alpha, Words("held"))
    slope = of.one(working.gradient[0], Role.GRADIENT)
    new = of.one(working.new_theta[0], Role.LINE)
    return line(r"\alpha", r"\leftarrow", of.alpha, "-", rate(working), r"\cdot", slope) + line(
        Break(), "=", new
    )


def beta_update(working: Working) -> Line:
    """Return β ← old − η · slope = new, each (1, n)."""
    slope, new = row(working.gradient[1:], Role.GRADIENT), row(working.new_theta[1:], Role.LINE)
    return line(r"\beta", r"\leftarrow", Break(), Matrices(working).beta, Break(), "-") + line(
        rate(working), r"\cdot", Break(), slope, Break(), "=", new
    )
