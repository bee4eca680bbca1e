"""The step that is about to be made, as a worked sum (MATHEMATICS A 2–14, B 5–19).

All sums come ready from the working: the time does not depend on how many points there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from gdviz.core.convention import convention
from gdviz.core.working import Working
from gdviz.explain.formula import Break, Fraction, Line, Number, Piece, Role, Words, line
from gdviz.explain.ledger.sheet import DIGITS, Count, Given, Sheet, is_one_point
from gdviz.explain.stages import Stage

# So many features of a prediction are written out; of more the first ones.
_WHOLE, _FIRST = 3, 2


@dataclass(frozen=True)
class Ledger:
    """The lines of a worked sum, and the stage that each belongs to."""

    lines: tuple[Line, ...]
    stages: tuple[Stage, ...]

    def pending(self, stage: Stage) -> frozenset[int]:
        """Return the numbers of the lines that are not reached at a stage."""
        return frozenset(number for number, of in enumerate(self.stages) if of.order > stage.order)


def ledger(working: Working, feature: int = 0) -> Ledger:
    """Return the worked sum of a step; of several weights that of one ``feature``, from 0.

    Without points there is none.
    """
    if working.n_seen == 0:
        return Ledger((), ())
    sheet = Sheet(working, feature)
    with np.errstate(over="ignore", invalid="ignore"):  # far out squares overflow
        parts = _one_point(sheet) if is_one_point(working) else _many_points(sheet)
        stages, lines = zip(*(*parts, *_ending(sheet)), strict=True)
    return Ledger(lines, stages)


_Part: TypeAlias = tuple[Stage, Line]


# --- one point ------------------------------------------------------------------------------------


def _one_point(sheet: Sheet) -> Iterator[_Part]:
    """Predict, compare, and go: every line with the numbers of the one point."""
    working = sheet.working
    row = working.shown_rows(0, 1)
    x, error = row.X[0], float(row.error[0])
    prediction = Number(float(row.prediction[0]), Role.LINE, DIGITS)
    terms: list[Line] = [
        line(sheet.coefficient(j), r"\cdot", sheet.feature_value(x[j]))
        for j in _written(sheet.n_features)
    ]
    yield (
        Stage.PREDICT,
        (
            *sheet.standardised(),
            *_model(sheet),
            *_sum(sheet, terms),
            Break(),
            *line("=", prediction),
        ),
    )
    y = Given(float(row.y[0]), Role.POINT, guarded=True)
    yield (
        Stage.ERROR,
        line(r"e = \hat{y} - y =", prediction, "-", y, "=", _error(error), r"\quad", Break())
        + line(r"e^2 =", Number(float(row.squared[0]), Role.RESIDUAL, DIGITS)),
    )
    double = working.factor == 2
    gradients = []
    for parameter in sheet.parameters:
        symbols = f"e\\,{sheet.x}" if parameter else "e"
        symbols = f"2\\,{symbols}" if double else symbols
        factors: list[Piece] = [_error(error, guarded=double)]
        if double:
            factors = [Given(2.0), *line(r"\cdot"), *factors]
        if parameter:
            factors += line(r"\cdot", sheet.feature_value(float(x[sheet.feature])))
        # Where nothing multiplies e, the slope is e itself.
        sum_ = line("=", *factors) if parameter or double else ()
        gradients.append(
            line(f"{_partial(sheet, parameter)} = {symbols}", Break(), *sum_)
            + line(Break(), "=", sheet.gradient(parameter))
        )
    yield Stage.GRADIENT, _beside(gradients)
    yield Stage.UPDATE, _beside([_update(sheet, parameter) for parameter in sheet.parameters])


# --- many points ----------------------------------------------------------------------------------


def _many_points(sheet: Sheet) -> Iterator[_Part]:
    """Predict, then what all points together say: sums, and the means where J is a mean."""
    working = sheet.working
    terms: list[Line] = [
        line(sheet.coefficient(j), sheet.feature_symbol(j)) for j in _written(sheet.n_features)
    ]
    yield Stage.PREDICT, (*sheet.standardised(), *_model(sheet), *_sum(sheet, terms))
    squared = Number(working.sum_squared, Role.RESIDUAL, DIGITS)
    # Of some points only, the mean of e² is not the cost.
    name = "J =" if working.batch is None else ""
    symbols, numbers = _factor(working, is_cost=True)
    yield (
        Stage.ERROR,
        line(r"e = \hat{y} - y", r"\quad", Break())
        + line(rf"{name} {symbols} \sum e^2 =".strip())
        + _times(numbers, squared, Number(working.cost, Role.PLAIN, DIGITS)),
    )
    symbols, numbers = _factor(working, is_cost=False)
    for parameter in sheet.parameters:
        total = working.sum_error_x[sheet.feature] if parameter else working.sum_error
        of = rf"\sum e\,{sheet.x}" if parameter else r"\sum e"
        yield (
            Stage.GRADIENT,
            line(f"{_partial(sheet, parameter)} = {symbols} {of} =", Break())
            + _times(
                numbers,
                Number(float(total), Role.RESIDUAL, DIGITS, guarded=bool(numbers)),
                sheet.gradient(parameter),
            ),
        )
    for parameter in sheet.parameters:
        yield Stage.UPDATE, _update(sheet, parameter)


def _factor(working: Working, *, is_cost: bool) -> tuple[str, Line]:
    """Return what a sum is multiplied by, in symbols and in numbers; nothing for 1."""
    how = convention(working.settings.convention)
    top = 1 if is_cost or how.is_half else 2
    is_halved = is_cost and how.is_half
    if how.is_mean:
        count = "N" if working.batch is None else "k"
        bottom: Line = (Count(working.n_seen),)
        if is_halved:
            bottom = line(Count(2), r"\cdot", *bottom)
        symbols = rf"\frac{{{top}}}{{{'2' if is_halved else ''}{count}}}"
        return symbols, (Fraction((Count(top),), bottom),)
    if is_halved:
        return r"\frac{1}{2}", (Fraction((Count(1),), (Count(2),)),)
    return ("2", (Count(2),)) if top == 2 else ("", ())


def _times(factor: Line, total: Number, result: Number) -> Line:
    """Return factor · total = result; where there is no factor the total is the result."""
    if not factor:
        return (Number(result.value, result.role, result.digits),)
    return (*factor, *line(r"\cdot", total, Break(), "=", result))


# --- what both have in common ---------------------------------------------------------------------


def _model(sheet: Sheet) -> Line:
    """Return ŷ = m x + b =, or ŷ = b + w₁ x₁ + … =."""
    n = sheet.n_features
    if n == 1:
        end = f" + {sheet.symbol(0)}" if sheet.has_intercept else ""
        return line(rf"\hat{{y}} = {sheet.symbol(1)}\,{sheet.x}{end} =")
    terms = [sheet.symbol(0)] if sheet.has_intercept else []
    shown = range(n) if n <= _WHOLE else range(1)
    terms += [rf"{sheet.symbol(j + 1)} {sheet.feature_symbol(j)}" for j in shown]
    if n > _WHOLE:
        terms += [r"\cdots", rf"{sheet.symbol(n)} {sheet.feature_symbol(n - 1)}"]
    return (*line(rf"\hat{{y}} = {' + '.join(terms)} ="), Break())


def _written(n_features: int) -> range:
    """Return the features whose terms are written out."""
    return range(n_features if n_features <= _WHOLE else _FIRST)


def _sum(sheet: Sheet, terms: list[Line]) -> Line:
    """Return the terms with the intercept: behind them of one feature, else before them."""
    if sheet.n_features == 1:
        intercept = line("+", sheet.theta(0, guarded=True)) if sheet.has_intercept else ()
        return terms[0] + intercept
    result: Line = (sheet.theta(0),) if sheet.has_intercept else ()
    for term in terms:
        result += (line(Break(), "+") if result else ()) + term
    more = sheet.n_features - len(terms)
    return result + (line("+", Words(f"{more} more")) if more else ())


def _error(value: float, *, guarded: bool = False) -> Number:
    return Number(value, Role.RESIDUAL, DIGITS, guarded)


def _partial(sheet: Sheet, parameter: int) -> str:
    return rf"\frac{{\partial J}}{{\partial {sheet.symbol(parameter)}}}"


def _update(sheet: Sheet, parameter: int) -> Line:
    """Return m ← m − η ∂J/∂m = old − η · gradient = new."""
    symbol = sheet.symbol(parameter)
    rate = Number(sheet.working.settings.learning_rate, Role.RATE, is_given=True)
    new = Number(float(sheet.working.new_theta[parameter]), Role.LINE, DIGITS)
    return (
        line(rf"{symbol} \leftarrow {symbol} - \eta\,\partial J/\partial {symbol} =", Break())
        + line(sheet.theta(parameter), "-", rate, r"\cdot")
        + line(sheet.gradient(parameter, guarded=True), Break(), "=", new)
    )


def _beside(lines: list[Line]) -> Line:
    """Return lines as one, which is broken between them where there is no room."""
    result = lines[0]
    for further in lines[1:]:
        result += (*line(r"\qquad"), Break(), *further)
    return result


def _ending(sheet: Sheet) -> Iterator[_Part]:
    """Say what the rest does not: the person's units, b held at 0."""
    if sheet.is_scaled:
        theta = sheet.working.new_theta_in_units
        units: Line = (Words("That is, in your units:"),)
        for place, parameter in enumerate(sheet.parameters):
            new = Number(float(theta[parameter]), Role.LINE, DIGITS)
            gap = line(r"\quad", Break()) if place else ()
            units += (*gap, *line(f"{sheet.user_symbol(parameter)} =", new))
        yield Stage.UPDATE, units
    if not sheet.has_intercept:
        yield Stage.UPDATE, line("b = 0", Words("held there: the intercept is not fitted"))
