"""One feature, the rules of differentiation (MATHEMATICS A 7–9)."""

from __future__ import annotations

from gdviz.core.finite_difference import Landscape
from gdviz.core.working import Working
from gdviz.explain.derivation.line import parabola, parameters
from gdviz.explain.derivation.page import Convention, Highlight, Page
from gdviz.explain.derivation.pieces import (
    Shown,
    coefficient,
    error,
    feature,
    slope,
    slope_sum,
)
from gdviz.explain.formula import Break, Line, Words, line
from gdviz.explain.ledger.sheet import Count


def pages(_: Convention) -> tuple[Page, ...]:
    """Return the pages on power rule, chain rule and partial derivatives."""
    return (_power_rule(), _chain_rule(), _partial_derivatives())


def _power_rule() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        e = Shown(working).points[0].error
        return (
            line(r"e_1 =", error(e), r"\quad e_1^2 =", error(e * e)),
            line(r"\frac{\partial (e_1^2)}{\partial e_1} = 2\,e_1 =", Break())
            + line(Count(2), r"\cdot", error(e, guarded=True), "=", error(2 * e)),
        )

    return Page(
        "Power rule",
        (
            line(r"f = x^n", Break(), r"\;\Rightarrow\;")
            + line(r"\frac{\partial f}{\partial x} = n\,x^{n-1}"),
            line(r"3x^5", r"\;\Rightarrow\;", r"15x^4", r"\qquad", Break())
            + line(r"e^2", r"\;\Rightarrow\;", r"2e"),
        ),
        (
            "The power comes down as a factor and goes down by 1; a factor in front stays: "
            "3 · 5 = 15.",
            "The square of an error turns into twice the error.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.SQUARES}),
        is_general=True,
    )


def _chain_rule() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        point = Shown(working).points[0]
        e, x = point.error, point.x
        return (
            line(r"e_1 =", error(e), r"\quad x_1 =", feature(working, x)),
            line(r"\frac{\partial (e_1^2)}{\partial m} =", Break())
            + line(r"\frac{\partial (e_1^2)}{\partial e_1} \cdot \frac{\partial e_1}{\partial m}")
            + line(r"= 2\,e_1 \cdot x_1"),
            line("=", error(2 * e), r"\cdot", feature(working, x, guarded=True), Break(), "=")
            + line(slope(2 * e * x)),
        )

    return Page(
        "Chain rule",
        (
            line(r"\frac{\partial z}{\partial x} =", Break())
            + line(r"\frac{\partial z}{\partial y} \cdot \frac{\partial y}{\partial x}"),
            line(r"y = x^2,\; x = z^2", Break(), r"\;\Rightarrow\;")
            + line(r"\frac{\partial y}{\partial z} = 2x \cdot 2z = 4z^3"),
        ),
        (
            "Where one thing depends on a second and that on a third, multiply the derivatives "
            "along the chain.",
            "Here m moves the error, and the error moves its square.",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.SQUARES}),
        is_general=True,
    )


def _partial_derivatives() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        J = Landscape(working)
        lines: list[Line] = []
        for name, place in parameters(working):
            other = "b" if place else "m"
            held = coefficient(working.theta[1 - place])
            lines.append(line(f"{other} =", held, r"\;", Words("held:")))
            if J.n_points == working.n_seen:
                lines.append(line(rf"\quad J({name}) =", *parabola(J, working, name, place)))
            lines.append(
                line(rf"\quad \frac{{\partial J}}{{\partial {name}}} =")
                + line(slope(slope_sum(working, place)), Break(), Words("at"), f"{name} =")
                + line(coefficient(working.theta[place]))
            )
        return tuple(lines)

    return Page(
        "Partial derivatives",
        (
            line(r"f = x^4 + y^7", Break(), r"\;\Rightarrow\;")
            + line(r"\frac{\partial f}{\partial x} = 4x^3,", Break(), r"\;")
            + line(r"\frac{\partial f}{\partial y} = 7y^6"),
        ),
        (
            "With two variables, differentiate by one and treat the other as a constant.",
            "So J has two slopes: along m with b held, and along b with m held.",
        ),
        numbers,
        frozenset({Highlight.SLICES, Highlight.CONTOUR}),
        is_general=True,
    )
