"""One feature, from the rules to the gradient and the update (MATHEMATICS A 10–14)."""

from __future__ import annotations

from gdviz.core.working import Working
from gdviz.explain.derivation.check import one_feature_lines
from gdviz.explain.derivation.line import parameters
from gdviz.explain.derivation.page import Convention, Highlight, Page
from gdviz.explain.derivation.pieces import (
    Point,
    Shown,
    coefficient,
    error,
    factor,
    feature,
    rate,
    slope,
    slope_sum,
    sum_of,
)
from gdviz.explain.formula import Break, Line, Role, Words, line
from gdviz.explain.ledger.sheet import Count


def pages(convention: Convention) -> tuple[Page, ...]:
    """Return the pages on the slopes of J, on variations of them, and the check."""
    return (
        _applied(convention),
        _inner(),
        _together(convention),
        _without_the_2(convention),
        _batches(convention),
        _check(),
    )


# --- applied to J ---------------------------------------------------------------------------------


def _applied(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        shown, scale = Shown(working), factor(working)
        lines: list[Line] = []
        for name, _ in parameters(working):

            def term(point: Point, name: str = name) -> Line:
                e = error(point.error, guarded=shown.guards(point, has_factor=bool(scale)))
                return line(e, rf"\cdot \frac{{\partial e_{point.name}}}{{\partial {name}}}")

            terms = sum_of(shown.terms(term), braced=bool(scale))
            lines.append(line(rf"\frac{{\partial J}}{{\partial {name}}} =", *scale, *terms))
        return tuple(lines)

    def formula(name: str) -> Line:
        inner = rf"\frac{{\partial e_i}}{{\partial {name}}}"
        result = line(rf"\frac{{\partial J}}{{\partial {name}}} =")
        result += line(rf"{convention.cost} \sum 2\,e_i\, {inner}")
        if not convention.is_half:
            return result
        return result + line(Break(), rf"= {convention.slope} \sum e_i\, {inner}")

    gone = " The 2 that comes down cancels the ½ of J." if convention.is_half else ""
    return Page(
        "Apply them to the cost",
        (formula("m"), formula("b")),
        (
            "J is a function of the errors, and each error one of m and b.",
            "Power rule for the square, chain rule for what is inside; a sum is differentiated "
            f"term by term.{gone}",
        ),
        numbers,
        frozenset({Highlight.RESIDUALS, Highlight.SQUARES, Highlight.SLICES}),
    )


def _inner() -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        lines = [
            line(rf"\frac{{\partial e_{point.name}}}{{\partial m}} = x_{point.name} =")
            + line(feature(working, point.x))
            for point in Shown(working).points
        ]
        if working.settings.fit_intercept:
            lines.append(line(r"\frac{\partial e_i}{\partial b} =", Count(1), Words("everywhere")))
        return tuple(lines)

    return Page(
        "The inner derivatives",
        (
            line(r"e_i = m\,x_i + b - y_i"),
            line(r"\frac{\partial e_i}{\partial m} = x_i, \qquad", Break())
            + line(r"\frac{\partial e_i}{\partial b} = 1"),
        ),
        (
            "Raise m by 1, and at x the line rises by x, and so does the error there.",
            "Raise b by 1, and the whole line rises by 1.",
        ),
        numbers,
        frozenset({Highlight.LINE, Highlight.POINTS}),
    )


def _together(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        shown, scale = Shown(working), factor(working)
        lines: list[Line] = []
        for name, place in parameters(working):

            def term(point: Point, place: int = place) -> Line:
                e = error(point.error, guarded=shown.guards(point, has_factor=bool(scale)))
                x = feature(working, point.x, guarded=True)
                return line(e, r"\cdot", x) if place else line(e)

            terms = sum_of(shown.terms(term), braced=bool(scale))
            first = line(rf"\frac{{\partial J}}{{\partial {name}}} =", *scale, *terms)
            result = line(Break(), "=", slope(slope_sum(working, place)))
            total = float(working.sum_error_x[0] if place else working.sum_error)
            if working.n_seen == 1 and not place and not scale:
                lines.append(line(r"\frac{\partial J}{\partial b} = e_1", *result))
            elif working.n_seen == 1:
                lines.append(first + result)
            elif scale:
                total_ = error(total, guarded=True)
                lines += [first, line("=", *scale, total_, *result)]
            else:
                lines += [first, result[1:]]
        return tuple(lines)

    return Page(
        "Together: the gradient",
        (
            line(rf"\frac{{\partial J}}{{\partial m}} = {convention.slope} \sum e_i\,x_i"),
            line(rf"\frac{{\partial J}}{{\partial b}} = {convention.slope} \sum e_i"),
        ),
        (
            "Each point pulls by its error; on the slope m it pulls the harder the farther out "
            "its x lies.",
            "The sign says which way, η how far.",
        ),
        numbers,
        frozenset({Highlight.GRADIENT, Highlight.CONTOUR, Highlight.RESIDUALS}),
    )


# --- variations -----------------------------------------------------------------------------------


def _without_the_2(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        lines: list[Line] = []
        for times in (1.0, 0.5 if convention.is_half else 2.0):
            scale = factor(working, times=1 / times)
            for name, place in parameters(working):
                total = float(working.sum_error_x[place - 1] if place else working.sum_error)
                old, new = working.theta[place], working.new_theta[place]
                lines.append(
                    line(name, r"\leftarrow", coefficient(old), Break(), "-")
                    + line(
                        rate(working, times), r"\cdot", *scale, error(total, guarded=True), Break()
                    )
                    + line("=", coefficient(new))
                )
        return tuple(lines)

    c, d = convention.slope, convention.other.slope
    eta = r"\frac{\eta}{2} \cdot" if convention.is_half else r"(2\eta)\,"
    formula = (
        line(rf"m \leftarrow m - \eta\, {c} \sum e_i\,x_i"),
        line(rf"b \leftarrow b - \eta\, {c} \sum e_i"),
        line(rf"\eta\, {c} = {eta} {d}"),
        line(r"m^1 = m^0 - e\,x\,\eta, \quad", Break(), r"b^1 = b^0 - e\,\eta"),
    )
    if convention.is_half:
        words = (
            "The ½ in J has cancelled the 2, which is easier to write.",
            "With the 2 back in the gradient, half the η would walk the same path. At the end: "
            "the step on one point.",
        )
    else:
        words = (
            "The 2 only makes every step twice as long, so it may as well go into η.",
            "Many texts leave it out and take half of J and twice the η. Last: their step on one "
            "point.",
        )
    return Page(
        "The 2 may go",
        formula,
        words,
        numbers,
        frozenset({Highlight.STEP, Highlight.GRADIENT}),
    )


def _batches(convention: Convention) -> Page:
    def numbers(working: Working) -> tuple[Line, ...]:
        point = Shown(working).points[0]
        one = (1.0 if convention.is_half else 2.0) * point.error * point.x
        head = r"\frac{\partial J}{\partial m} ="
        index = 0 if working.batch is None else int(working.batch[0])
        which = Count(index + 1, Role.POINT)
        lines = [line(Words("Point"), which, Words("alone:"), head, Break(), slope(one))]
        if working.batch is not None and working.n_seen > 1:
            count = Count(working.n_seen, Role.POINT)
            seen = slope(slope_sum(working, 1))
            lines.append(line(Words("This step's"), count, Words(":"), head, Break(), seen))
        everything, total = slope(working.gradient_of_all[1]), Count(working.dataset.n_points)
        lines.append(line(Words("All"), total, Words(":"), head, Break(), everything))
        return tuple(lines)

    return Page(
        "Batch or stochastic",
        (
            line(rf"{convention.slope} \sum_{{i=1}}^{{N}} e_i\,x_i \quad", Words("batch")),
            line(rf"{convention.some_points} \sum_{{i \in B}} e_i\,x_i \quad", Words("mini-batch")),
            line(rf"{convention.one_point}\, e_i\,x_i \quad", Words("stochastic")),
        ),
        (
            "Batch steps look at the errors of all points, stochastic ones (SGD) at one point, "
            "mini-batch steps at k of them.",
            "Fewer points make a step cheaper but noisier: it follows their slope, not that of "
            "all.",
        ),
        numbers,
        frozenset({Highlight.POINTS, Highlight.GRADIENT}),
        has_all=True,
    )


def _check() -> Page:
    return Page(
        "Check",
        (
            line(r"\frac{\partial J}{\partial m} = \frac{\Delta J}{2h},", Break())
            + line(r"\;\Delta J = J(m + h, b) - J(m - h, b)"),
        ),
        (
            "Is the formula right? Go h to either side of m and see how J changes; that "
            "needs no rules.",
            "Along one parameter J is a parabola, so the quotient is exact for any h; only "
            "rounding is left, and this h keeps it small.",
        ),
        one_feature_lines,
        frozenset({Highlight.SLICES, Highlight.DOT, Highlight.GRADIENT}),
    )
