"""The last page of a derivation: the slope that it gives against a difference of two costs."""

from __future__ import annotations

from gdviz.core.finite_difference import DIGITS, Difference, Landscape, differences
from gdviz.core.working import Working
from gdviz.explain.formula import Break, Line, Number, Role, Words, line
from gdviz.explain.ledger.sheet import Count

# So many entries of θ are written out in the matrix chapter.
_SHOWN = 4


def one_feature_lines(working: Working) -> tuple[Line, ...]:
    """Return the check of ∂J/∂m, and of ∂J/∂b where it is fitted, with both costs."""
    found = differences(working)
    lines = list(_of_points(working))
    for parameter in (1, 0) if working.settings.fit_intercept else (1,):
        both = found[parameter]
        costs = line(r"\Delta J =", _exact(both.above), Break(), "-", _exact(both.below))
        lines += [
            line("h =", Number(both.step, is_given=True), r"\quad", Break(), *costs),
            _comparison("m" if parameter else "b", both),
            _verdict([both]),
        ]
    return tuple(lines)


def matrix_lines(working: Working) -> tuple[Line, ...]:
    """Return the check of ∂J/∂α and of the first entries of ∂J/∂β, and what all of them say."""
    found = differences(working)
    first = 0 if working.settings.fit_intercept else 1
    lines = list(_of_points(working))
    for parameter in range(first, min(len(found), _SHOWN)):
        name = rf"\beta_{{{parameter}}}" if parameter else r"\alpha"
        lines.append(_comparison(name, found[parameter]))
    if len(found) > _SHOWN:
        more = len(found) - _SHOWN
        lines.append(line(Words("and"), Count(more), Words("more")))
    lines.append(_verdict(found[first:]))
    return tuple(lines)


def _of_points(working: Working) -> tuple[Line, ...]:
    """Say so where J goes over some of the step's points only."""
    if Landscape.most_points(working) >= working.n_seen or working.batch is None:
        return ()
    most = Count(Landscape.most_points(working))
    return (line(Words("Here J is of its first"), most, Words("points")),)


def _comparison(name: str, both: Difference) -> Line:
    return line(rf"\frac{{\partial J}}{{\partial {name}}} =", _slope(both.slope), Break()) + line(
        r",\;\frac{\Delta J}{2h} =", _slope(both.quotient)
    )


def _verdict(all_: list[Difference]) -> Line:
    """Say how many digits agree in all of some comparisons."""
    if all(both.is_flat for both in all_):
        return line(Words("Both are 0, but for rounding"))
    least = min(both.agreeing for both in all_)
    digits = line(Count(least), Words("of"), Count(DIGITS), Words("digits agree"))
    return digits if len(all_) == 1 else line(Words("In every pair at least"), *digits)


def _exact(value: float) -> Number:
    return Number(value, Role.PLAIN, DIGITS)


def _slope(value: float) -> Number:
    return Number(value, Role.GRADIENT, DIGITS)
