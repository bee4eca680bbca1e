"""The symbols and numbers of a step, as they stand in the lines of its worked sum."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.core.working import Working
from gdviz.explain.formula import Break, Line, Number, Role, line
from gdviz.explain.numbers import format_count, format_short

DIGITS = 4
_GIVEN_DIGITS = 5


@dataclass(frozen=True)
class Given(Number):
    """A number out of the data: no trailing zeros."""

    @property
    def text(self) -> str:
        """The number as it is shown."""
        text = format_short(self.value, _GIVEN_DIGITS)
        return f"({text})" if self.guarded and self.value < 0 else text

    @property
    def is_worked_out(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True)
class Count(Number):
    """A whole number, all its digits shown."""

    @property
    def text(self) -> str:
        """The number as it is shown."""
        return format_count(int(self.value))

    @property
    def is_worked_out(self) -> bool:
        """Never."""
        return False


def is_one_point(working: Working) -> bool:
    """Whether the step looks at a single point, as stochastic descent does."""
    return working.settings.mode == "sgd" and working.n_seen == 1


def is_scaled(working: Working) -> bool:
    """Whether the descent runs on standardised features, which are called z then."""
    return not working.scaling.is_identity


class Sheet:
    """The symbols and numbers of a working, as they stand in its lines."""

    def __init__(self, working: Working, feature: int) -> None:
        self.working = working
        self.feature = feature
        self.n_features = working.dataset.n_features
        self.is_scaled = is_scaled(working)
        self.has_intercept = working.settings.fit_intercept
        weight = feature + 1
        # As the two derivations have it: m before b, the bias before the weights.
        order = (weight, 0) if self.n_features == 1 else (0, weight)
        self.parameters = tuple(p for p in order if p or self.has_intercept)
        self.x = self.feature_symbol(feature)

    def feature_symbol(self, feature: int) -> str:
        """Return x or z, with its number where there are several."""
        name = "z" if self.is_scaled else "x"
        return name if self.n_features == 1 else f"{name}_{{{feature + 1}}}"

    def symbol(self, parameter: int) -> str:
        """Return a parameter of the descent."""
        mark = "z" if self.is_scaled else ""
        if parameter and self.n_features > 1:
            return f"w_{{{mark}{parameter}}}"
        name = "m" if parameter else "b"
        return f"{name}_{mark}" if mark else name

    def user_symbol(self, parameter: int) -> str:
        """Return a parameter in the person's units."""
        if parameter == 0:
            return "b"
        return "m" if self.n_features == 1 else f"w_{{{parameter}}}"

    def theta(self, parameter: int, *, guarded: bool = False) -> Number:
        """Return a parameter's value before the step."""
        return Number(float(self.working.theta[parameter]), Role.LINE, DIGITS, guarded)

    def coefficient(self, feature: int) -> Number:
        """Return a weight within a sum, in brackets below 0 where something stands before it."""
        is_first = feature == 0 and (self.n_features == 1 or not self.has_intercept)
        return self.theta(feature + 1, guarded=not is_first)

    def gradient(self, parameter: int, *, guarded: bool = False) -> Number:
        """Return ∂J by a parameter."""
        return Number(float(self.working.gradient[parameter]), Role.GRADIENT, DIGITS, guarded)

    def feature_value(self, value: float) -> Number:
        """Return an x, or a z, within a product."""
        if self.is_scaled:
            return Number(value, Role.POINT, DIGITS, guarded=True)
        return Given(value, Role.POINT, guarded=True)

    def standardised(self) -> Line:
        """Return z = (x − mean) / std, and room to what follows it."""
        if not self.is_scaled:
            return ()
        scaling, x = self.working.scaling, self.user_feature
        shift, scale = float(scaling.shift[self.feature]), float(scaling.scale[self.feature])
        top = line(f"{self.x} = {x}", "/")
        if shift:
            shown = Number(abs(shift), Role.POINT, DIGITS)
            top = line(f"{self.x} = ({x}", "-" if shift > 0 else "+", shown, ")/")
        return top + line(Number(scale, Role.POINT, DIGITS), r"\quad", Break())

    @property
    def user_feature(self) -> str:
        """The feature in the person's units."""
        return "x" if self.n_features == 1 else f"x_{{{self.feature + 1}}}"
