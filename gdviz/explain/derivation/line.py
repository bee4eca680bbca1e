"""One feature, from the points to the learning rate (MATHEMATICS A 1–6)."""

from __future__ import annotations

from gdviz.core.finite_difference import Landscape
from gdviz.core.working import Working
from gdviz.explain.derivation.page import Convention, Highlight, Page
from gdviz.explain.derivation.pieces import (
    Point,
    Shown,
    coefficient,
    cost_name,
    error,
    factor,
    feature,
    given,
    number,
    rate,
    signed,
    slope,
    slope_sum,
    sum_of,
)
from gdviz.explain.formula import Break, Line, Role, Words, line
from gdviz.explain.ledger.sheet import Count


def pages(convention: Convention) -> tuple[Page, ...]:
    """Return the pages on the line, its error and cost, and what a step is."""
    return (_points(), _error(), _cost(convention), _bowl(convention), _way(), _distance())


def parameters(working: Working) -> tuple[tuple[str, int], ...]:
    """Return the symbols of what is fitted and their places in θ: m, and b unless held at 0."""
    return (("m", 1), ("b", 0)) if working.settings.fit_intercept else (("m", 1),)


# --- what there is --------------------------------------------------------------------------------


def _points() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        points = [
            line(f"x_{point.name} =", feature(working, point.x), r"\quad")
            + line(f"y_{point.name} =", given(point.y))
            for point in Shown(working).points
        ]
        if working.n_seen > len(points):
            points.insert(-1, line(r"\vdots"))
        m, b = float(working.theta[1]), float(working.theta[0])
        equation = line("y =", coefficient(m), "x")
        if working.settings.fit_intercept:
            equation += line(Break(), *signed(b, Role.LINE))
        if working.dataset.n_features > 1:
            equation += line(Break(), "+", Words("the other features' part"))
        return (line("N =", Count(working.n_seen, Role.POINT)), *points, equation)

    return Page(
        "Points and a line",
        (line(r"(x_i, y_i), \quad i = 1, \dots, N"), line(r"y = m\,x + b")),
        (
            "Each point is one example: at this x, that y was seen.",
            "A line predicts y from x: its slope m says how steep it is, its intercept b where it "
            "meets the y axis.",
        ),
        numbers,
        frozenset({Highlight.POINTS, Highlight.LINE}),
    )


def _error() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        lines: list[Line] = []
        for point in Shown(working).points:
            lines += [
                _prediction(working, point),
                line(f"e_{point.name} =", coefficient(point.prediction), "-")
                + line(given(point.y, guarded=True), Break(), "=", error(point.error)),
            ]
        return tuple(lines)

    return Page(
        "The error",
        (line(r"\hat{y}_i = m\,x_i + b"), line(r"e_i = \hat{y}_i - y_i")),
        (
            "The line predicts ŷ. The error is predicted minus actual: above 0 where the line "
            "passes above the point, below 0 where it passes below.",
        ),
        numbers,
        frozenset({Highlight.LINE, Highlight.RESIDUALS}),
    )


def _prediction(working: Working, point: Point) -> Line:
    """Return ŷ = m x + b with numbers; of several features the others' part behind it."""
    m, b = float(working.theta[1]), float(working.theta[0])
    result = line(rf"\hat{{y}}_{point.name} =", coefficient(m), r"\cdot")
    result += line(feature(working, point.x, guarded=True))
    if working.settings.fit_intercept:
        result += line(Break(), "+", coefficient(b, guarded=True))
    if working.dataset.n_features > 1:
        others = float(point.X[1:] @ working.theta[2:])
        result += line(Break(), "+", coefficient(others, guarded=True), Words("of the others"))
    return result + line(Break(), "=", coefficient(point.prediction))


def _cost(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        squares = Shown(working).terms(lambda point: line(error(point.squared)))
        scale = factor(working, is_cost=True)
        first = line(f"{cost_name(working)} =", *scale, *sum_of(squares, braced=bool(scale)))
        if working.n_seen == 1:
            return (first + line("=", number(working.cost)),) if scale else (first,)
        if not scale:
            return (first, line("=", number(working.cost)))
        total = error(working.sum_squared)
        return (first, line("=", *scale, total, Break(), "=", number(working.cost)))

    half = "Half of e²" if convention.is_half else "e²"
    return Page(
        "The cost",
        (line(rf"J(m, b) = {convention.cost} \sum_{{i=1}}^{{N}} e_i^2"),),
        (
            f"{half} is the loss of one point; the cost J is the {convention.average} of all "
            "losses.",
            "Squares let misses on both sides count, weigh big ones more, and are easy to "
            "differentiate.",
        ),
        numbers,
        frozenset({Highlight.SQUARES, Highlight.COST}),
    )


# --- downhill -------------------------------------------------------------------------------------


def _bowl(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        J = Landscape(working)
        if J.n_points < working.n_seen:
            return (line(r"J(m, b) =", number(working.cost)),)
        return tuple(
            line(f"J({name}) =", *parabola(J, working, name, place))
            for name, place in parameters(working)
        )

    return Page(
        "A bowl",
        (
            line(r"J(m) = A\,(m - m^{\ast})^2 + C"),
            line(rf"A = {convention.cost} \sum x_i^2 \ge 0,", r"\quad", Break())
            + line(Words("for"), "b{:}", rf"\;A = {convention.count}"),
        ),
        (
            "With b held, J is a parabola in m, lowest at m*; C, the cost there, does not depend "
            "on m. With m held, it is one in b.",
            "Together they make a bowl, and the way down leads to the best line: but which way is "
            "that, and how far to go?",
        ),
        numbers,
        frozenset({Highlight.SLICES, Highlight.CONTOUR, Highlight.DOT}),
    )


def parabola(J: Landscape, working: Working, name: str, place: int) -> Line:
    """Return A (t − t*)² + C for J along one parameter t, A = ½ ∂²J/∂t², t* = t − g / 2A."""
    bend, g = float(J.curvature[place]) / 2, float(J.gradient[place])
    if not bend > 0:
        return line(number(working.cost), Words("at every"), name)
    lowest = float(working.theta[place]) - g / (2 * bend)
    there = working.theta.copy()
    there[place] = lowest
    least = J.cost(there)
    return line(number(bend), rf"\,({name}", *signed(-lowest, Role.LINE), ")^2", Break()) + line(
        "+", number(least)
    )


def _way() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        lines = []
        for name, place in parameters(working):
            g = slope_sum(working, place)
            lines.append(line(rf"\frac{{\partial J}}{{\partial {name}}} =", slope(g)))
            if g:
                lines[-1] += line(r"\quad", Break(), Words("lower" if g > 0 else "raise"), name)
        return tuple(lines)

    return Page(
        "Which way: the derivative",
        (
            line(r"\frac{\partial J}{\partial m} = \lim_{h \to 0}", Break())
            + line(r"\frac{J(m + h, b) - J(m, b)}{h}"),
        ),
        (
            "The derivative is the slope of the tangent where we stand: steep far out, flat at "
            "the bottom.",
            "Its sign says which way: where it is above 0, J grows with m, so m must be lowered; "
            "where it is below 0, raised.",
        ),
        numbers,
        frozenset({Highlight.SLICES, Highlight.GRADIENT}),
    )


def _distance() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        return tuple(update(working, name, place) for name, place in parameters(working))

    return Page(
        "How far: the learning rate",
        (
            line(r"m \leftarrow m - \eta\, \frac{\partial J}{\partial m}"),
            line(r"b \leftarrow b - \eta\, \frac{\partial J}{\partial b}"),
        ),
        (
            "One step goes against the slope, η times as far as it is steep.",
            "Too small an η takes many steps. Too large a one jumps over the bottom, and beyond a "
            "limit it climbs out.",
        ),
        numbers,
        frozenset({Highlight.STEP, Highlight.SLICES, Highlight.DOT}),
    )


def update(working: Working, name: str, place: int) -> Line:
    """Return m ← old − η · slope = new."""
    return (
        line(name, r"\leftarrow", coefficient(working.theta[place]), "-", rate(working))
        + line(r"\cdot", slope(working.gradient[place], guarded=True), Break())
        + line("=", coefficient(working.new_theta[place]))
    )
