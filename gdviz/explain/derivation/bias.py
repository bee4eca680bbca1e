"""n features in matrices, the slope of J along the bias (MATHEMATICS B 8–14)."""

from __future__ import annotations

from gdviz.core.finite_difference import Landscape
from gdviz.core.working import Working
from gdviz.explain.derivation.line import parabola
from gdviz.explain.derivation.model import cost_lines
from gdviz.explain.derivation.page import Convention, Highlight, Page
from gdviz.explain.derivation.pieces import (
    BY_ALPHA,
    BY_U,
    MODEL,
    Point,
    Shown,
    coefficient,
    error,
    factor,
    number,
    slope,
    sum_of,
)
from gdviz.explain.formula import Break, Line, Number, Role, Words, line
from gdviz.explain.matrices import Matrices, one


def pages(convention: Convention) -> tuple[Page, ...]:
    """Return the pages from the chain rule to ∂J/∂α."""
    return (
        _bias_first(convention),
        _u(),
        _cost_of_u(convention),
        _chain(),
        _by_u(convention),
        _u_by_alpha(),
        _by_alpha(convention),
    )


def _bias_first(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        J = Landscape(working)
        of = Matrices(working)
        alpha = Number(float(working.theta[0]), Role.LINE, of.digits)
        bowl: tuple[Line, ...] = ()
        if J.n_points == working.n_seen:
            bowl = (line(r"J(\alpha) =", *parabola(J, working, r"\alpha", 0)),)
        return (
            line(r"\beta =", Break(), of.beta, Break(), Words("held")),
            *bowl,
            line(r"\alpha =", alpha, r"\quad J =", Break()) + line(number(working.cost)),
        )

    return Page(
        "First the bias",
        (
            line(rf"{BY_ALPHA} = \frac{{\partial}}{{\partial \alpha}}", Break())
            + line(rf"{convention.cost} \sum \left({MODEL}\right)^2"),
        ),
        (
            "How does J change when α grows a little and β is held?",
            "As a function of α alone J is a parabola; the slope is that of its tangent.",
        ),
        numbers,
        frozenset({Highlight.SLICES, Highlight.DOT}),
    )


def _u() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        return (
            line(
                "u =",
                of.y,
                "-",
                of.alpha,
                Break(),
                "-",
                Break(),
                of.x,
                Break(),
                of.weights,
                Break(),
            )
            + line("=", of.u()),
        )

    return Page(
        "Name the error: u",
        (line(rf"u = {MODEL}"), line(r"u: \quad (N, 1)")),
        (
            "What the prediction lacks, actual minus predicted, gets a short name: one number for "
            "each example.",
            "It is the error with the other sign, u = −e; the square does not mind.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS}),
    )


def _cost_of_u(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        squares = of.squares
        return (line("u =", of.u(), r"\quad", Break(), "u^2 =", squares), *cost_lines(working))

    return Page(
        "The cost of u",
        (line(rf"J = {convention.cost} \sum u^2"),),
        (
            "The same cost, written shorter: J depends on u, and u on α and β.",
            "u² means each number squared.",
        ),
        numbers,
        frozenset({Highlight.SQUARES, Highlight.COST}),
    )


def _chain() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        def symbols(point: Point) -> Line:
            u = f"u_{point.name}"
            outer, inner = (
                rf"\frac{{\partial J}}{{\partial {u}}}",
                rf"\frac{{\partial {u}}}{{\partial \alpha}}",
            )
            return line(rf"{outer} \cdot {inner}")

        shown = Shown(working)

        def term(point: Point) -> Line:
            guarded = shown.guards(point, has_factor=False)
            return line(slope(-working.factor * point.error, guarded=guarded), r"\cdot ({-}1)")

        g = working.factor * working.sum_error
        return (
            line(rf"{BY_ALPHA} =", *sum_of(shown.terms(symbols), braced=False)),
            line("=", *sum_of(shown.terms(term), braced=False)),
            line("=", slope(g)),
        )

    return Page(
        "Chain rule",
        (
            line(rf"{BY_ALPHA} =", Break())
            + line(r"\frac{\partial J}{\partial u} \cdot \frac{\partial u}{\partial \alpha}"),
        ),
        (
            "α moves every u, and every u moves J: multiply along the chain, and add up what "
            "comes from all examples.",
            "The two factors are worked out on the next two pages.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.GRADIENT}),
    )


def _by_u(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        scale = factor(working)
        result = of.u(working.factor, role=Role.GRADIENT)
        if not scale:
            return (line(rf"{BY_U} = u =", result),)
        return (line(rf"{BY_U} =", *scale, of.u(), Break(), "=", result),)

    half = " and cancels the ½" if convention.is_half else ""
    of_mean = ", and the mean divides by N" if convention.is_mean else ""
    return Page(
        "Outside: ∂J/∂u",
        (line(rf"{BY_U} = {convention.slope}\, u"), line(r"(N, 1)")),
        (
            f"Power rule: the 2 of u² comes down{half}{of_mean}.",
            "There is one slope for each example, so the shape is that of u.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.SQUARES}),
    )


def _u_by_alpha() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        of = Matrices(working)
        return (
            line("u =", of.u(), Break(), Words("at"), r"\alpha =", coefficient(working.theta[0])),
            line("u =", of.u(plus=-1.0), Break(), Words("at"), r"\alpha =")
            + line(coefficient(float(working.theta[0]) + 1)),
        )

    return Page(
        "Inside: ∂u/∂α",
        (line(rf"u = {MODEL}"), line(r"\frac{\partial u}{\partial \alpha} = -1")),
        (
            "Y and X βᵀ do not contain α: for this derivative they are constants.",
            "Raise α by 1, and every prediction rises by 1, so every u falls by 1:",
        ),
        numbers,
        frozenset({Highlight.LINE, Highlight.RESIDUALS}),
    )


def _by_alpha(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        scale = factor(working)
        shown = Shown(working)
        terms = shown.terms(
            lambda point: line(error(-point.error, guarded=shown.guards(point, has_factor=True)))
        )
        g = one(working.factor * working.sum_error, Role.GRADIENT)
        lines = [
            line(rf"{BY_ALPHA} = -", *scale, *sum_of(terms, braced=True)),
            line("= -", *scale, error(-working.sum_error, guarded=True), Break(), "=", g),
        ]
        return tuple(lines)

    return Page(
        "The slope ∂J/∂α",
        (
            line(rf"{BY_ALPHA} = -{convention.slope} \sum u", Break())
            + line(rf"= {convention.slope} \sum \left(\hat{{Y}} - Y\right)"),
        ),
        (
            "Both factors together: the sum of all u, with the sign turned round.",
            "Turned into predicted minus actual, the minus is gone. One number, (1, 1), like α.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.GRADIENT}),
    )
