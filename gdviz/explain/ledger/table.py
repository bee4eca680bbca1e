"""The points of a step as a table: a column for each quantity, numbers for the rows asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from gdviz.core.scaling import spreads
from gdviz.core.working import Working
from gdviz.explain.formula import Number, Role
from gdviz.explain.ledger.sheet import DIGITS, Count, Given, is_scaled
from gdviz.explain.numbers import parameter_names
from gdviz.explain.stages import Stage

FloatArray = npt.NDArray[np.float64]


class Quantity(StrEnum):
    """What the numbers of a column are."""

    POINT = "point"
    FEATURE = "feature"
    TARGET = "target"
    PREDICTION = "prediction"
    ERROR = "error"
    SQUARED = "squared"
    PRODUCT = "product"


_ROLES = {
    Quantity.POINT: Role.PLAIN,
    Quantity.PREDICTION: Role.LINE,
    Quantity.ERROR: Role.RESIDUAL,
    Quantity.SQUARED: Role.RESIDUAL,
    Quantity.PRODUCT: Role.RESIDUAL,
}
# Numbers that are rarely longer; below these they need a power of ten, too.
_LONGEST = {
    Quantity.PREDICTION: -0.0012345,
    Quantity.ERROR: -1.2345e-5,
    Quantity.SQUARED: 1.2345e-5,
    Quantity.PRODUCT: -1.2345e-5,
}
_STAGES = {
    Quantity.ERROR: Stage.ERROR,
    Quantity.SQUARED: Stage.ERROR,
    Quantity.PRODUCT: Stage.GRADIENT,
}


@dataclass(frozen=True)
class Column:
    """One quantity of every point.

    Attributes:
        quantity: which.
        symbol: what stands above it.
        feature: which feature it is of, from 0; −1 where of none.
        is_given: its numbers are those of the data.

    """

    quantity: Quantity
    symbol: str
    feature: int = -1
    is_given: bool = False

    @property
    def role(self) -> Role:
        """What its numbers are counterparts of in the plots."""
        return _ROLES.get(self.quantity, Role.POINT)

    @property
    def stage(self) -> Stage:
        """The stage at which it is reached."""
        return _STAGES.get(self.quantity, Stage.PREDICT)

    def text(self, value: float, digits: int = DIGITS) -> str:
        """Return one of its numbers as it is shown; with fewer digits where room is short."""
        if self.quantity is Quantity.POINT:
            return Count(value).text
        if self.is_given and digits >= DIGITS:
            return Given(value).text
        return Number(value, digits=digits).text


def columns(working: Working, feature: int = 0) -> tuple[Column, ...]:
    """Return point, x, y, ŷ, e, e² and e·x of one feature; of the others nothing is needed."""
    name = "z" if is_scaled(working) else "x"
    weight = parameter_names(working.dataset.n_features)[feature + 1]
    chosen = Column(Quantity.FEATURE, name + weight[1:], feature, is_given=name == "x")
    return (
        Column(Quantity.POINT, "#"),
        chosen,
        Column(Quantity.TARGET, "y", is_given=True),
        Column(Quantity.PREDICTION, "ŷ"),
        Column(Quantity.ERROR, "e"),
        Column(Quantity.SQUARED, "e²"),
        Column(Quantity.PRODUCT, f"e·{chosen.symbol}", feature),
    )


def values(working: Working, shown: tuple[Column, ...], first: int, last: int) -> FloatArray:
    """Return the numbers of some rows of the step, from ``first`` to before ``last``, (k, c)."""
    with np.errstate(over="ignore", invalid="ignore"):
        rows = working.shown_rows(first, last)
        table = {
            Quantity.POINT: rows.indices + 1.0,
            Quantity.TARGET: rows.y,
            Quantity.PREDICTION: rows.prediction,
            Quantity.ERROR: rows.error,
            Quantity.SQUARED: rows.squared,
        }
        result = np.empty((len(rows.y), len(shown)))
        for place, column in enumerate(shown):
            if column.quantity is Quantity.FEATURE:
                result[:, place] = rows.X[:, column.feature]
            elif column.quantity is Quantity.PRODUCT:
                result[:, place] = rows.error * rows.X[:, column.feature]
            else:
                result[:, place] = table[column.quantity]
    return result


def widest(working: Working, column: Column) -> str:
    """Return a text as wide as most of a column's, for as long as the points are the same."""
    if column.quantity is Quantity.POINT:
        return column.text(max(working.dataset.n_points, 100))
    if column.quantity not in (Quantity.FEATURE, Quantity.TARGET):
        return column.text(_LONGEST[column.quantity])
    if column.quantity is Quantity.FEATURE and not column.is_given:
        return column.text(-0.12345)
    moments = working.dataset.moments
    place = column.feature if column.quantity is Quantity.FEATURE else -1
    size = abs(moments.mean[place]) + 2 * spreads(moments)[place]
    texts = [column.text(-value) for value in (123.45, 1.012345 * float(size))]
    return max(texts, key=len)


def total(working: Working, column: Column) -> float | None:
    """Return the sum of a column over all points of the step, where the step has a use for it."""
    if column.quantity is Quantity.ERROR:
        return working.sum_error
    if column.quantity is Quantity.SQUARED:
        return working.sum_squared
    if column.quantity is Quantity.PRODUCT:
        return float(working.sum_error_x[column.feature])
    return None
