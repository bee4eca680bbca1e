"""n features in matrices, the slopes along the weights and the update (MATHEMATICS B 15–19)."""

from __future__ import annotations

from gdviz.core.working import Working
from gdviz.explain.derivation.check import matrix_lines
from gdviz.explain.derivation.model import alpha_update, beta_update
from gdviz.explain.derivation.page import Convention, Highlight, Page
from gdviz.explain.derivation.pieces import (
    BY_BETA,
    MODEL,
    factor,
)
from gdviz.explain.formula import Break, Line, Matrix, Role, line
from gdviz.explain.matrices import Matrices, row


def pages(convention: Convention) -> tuple[Page, ...]:
    """Return the pages on ∂J/∂β, on the new α and β, and the check."""
    return (
        _chain_for_weights(),
        _u_by_beta(),
        _by_beta(convention),
        _new_alpha(convention),
        _new_beta(convention),
        _check(),
    )


# --- the weights ----------------------------------------------------------------------------------


def _chain_for_weights() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        return (
            line(rf"{BY_BETA} =", Break(), of.u_row(working.factor, Role.GRADIENT), Break())
            + line(of.table(-1.0), Break(), "=", beta_slopes(working)),
        )

    return Page(
        "The weights likewise",
        (
            line(rf"{BY_BETA} =", Break())
            + line(r"\frac{\partial J}{\partial u} \cdot \frac{\partial u}{\partial \beta}"),
            line(r"(1, N)\,(N, n) = (1, n)"),
        ),
        (
            "The same chain with β at its end; the first factor is known already.",
            "It is laid down as a row, so that the product adds up over the examples.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.GRADIENT}),
    )


def beta_slopes(working: Working) -> Matrix:
    """Return ∂J/∂β (1, n)."""
    return row(working.gradient[1:], Role.GRADIENT)


def _u_by_beta() -> Page:
    return Page(
        "Inside: ∂u/∂β",
        (
            line(rf"u = {MODEL}"),
            line(r"\frac{\partial u}{\partial \beta} = -X \qquad", Break(), r"(N, n)"),
        ),
        (
            "Raise one weight by 1, and each prediction rises by its example's value of that "
            "feature; u falls by as much.",
            "One row for each example, one column for each weight: X with a minus.",
        ),
        lambda working: (
            line(r"\frac{\partial u}{\partial \beta} =", Break(), Matrices(working).table(-1.0)),
        ),
        frozenset({Highlight.LINE, Highlight.POINTS}),
    )


def _by_beta(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        scale = factor(working)
        return (
            line(rf"{BY_BETA} = -", *scale, Break(), of.u_row(), Break(), of.x, Break(), "=")
            + line(beta_slopes(working)),
        )

    return Page(
        "The slopes ∂J/∂β",
        (
            line(rf"{BY_BETA} = -{convention.slope}\, u^{{\mathsf{{T}}}} X", Break())
            + line(rf"= {convention.slope} \left(\hat{{Y}} - Y\right)^{{\mathsf{{T}}}} X"),
            line(r"(1, N)\,(N, n) = (1, n)"),
        ),
        (
            "The row uᵀ meets each column of X: multiplied in pairs and added up, so the sum over "
            "the examples is in the product.",
            "u is transposed so that the shapes fit; out comes one slope for each weight.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.GRADIENT}),
    )


# --- the step -------------------------------------------------------------------------------------


def _new_alpha(convention: Convention) -> Page:
    return Page(
        "The new α",
        (
            line(r"\alpha \leftarrow \alpha - \eta\,", Break())
            + line(rf"{convention.slope} \sum \left(\hat{{Y}} - Y\right)"),
            line(r"(1, 1) - (1, 1)"),
        ),
        (
            "The slope put into the rule. Where the predictions are too high on the whole, the "
            "bias goes down.",
        ),
        lambda working: (alpha_update(working),),
        frozenset({Highlight.STEP, Highlight.LINE}),
    )


def _new_beta(convention: Convention) -> Page:
    return Page(
        "The new β",
        (
            line(r"\beta \leftarrow \beta - \eta\,", Break())
            + line(rf"{convention.slope} \left(\hat{{Y}} - Y\right)^{{\mathsf{{T}}}} X"),
            line(r"(1, n) - (1, n)"),
        ),
        (
            "All weights at once, each against its own slope.",
            "With the new α and β the next step begins: predict, compare, and go down again.",
        ),
        lambda working: (beta_update(working),),
        frozenset({Highlight.STEP, Highlight.LINE}),
    )


def _check() -> Page:
    return Page(
        "Check",
        (
            line(r"\frac{\partial J}{\partial \beta_j} = \frac{\Delta J}{2h},", Break())
            + line(r"\;\Delta J = J(\beta_j + h) - J(\beta_j - h)"),
        ),
        (
            "Is the formula right? Move one entry by h to either side, hold the others, and see "
            "how J changes: no rules needed.",
            "Along one entry J is a parabola, so the quotient is exact for any h; only rounding "
            "is left, and a good h keeps it small.",
        ),
        matrix_lines,
        frozenset({Highlight.SLICES, Highlight.DOT, Highlight.GRADIENT}),
    )
