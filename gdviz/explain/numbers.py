"""Numbers as people write them: a real minus sign, powers of ten, a steady number of digits."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MINUS = "−"
UNKNOWN = "unknown"
"""What stands for a number that is none."""
_MOST = 995e6
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def format_number(value: float, digits: int = 5) -> str:
    """Return ``value`` with ``digits`` significant digits: 0.0034000, 1234.5, 3.4000×10⁻⁹."""
    if value == 0:
        return "0"
    if math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if -4 <= power < 6:
        text = f"{value:.{max(digits - 1 - power, 0)}f}"
    else:
        text = f"{mantissa}×10{str(power).translate(_SUPERSCRIPTS)}"
    return text.replace("-", MINUS)


def format_short(value: float, digits: int = 4) -> str:
    """Return ``value`` without trailing zeros: 0.05, 2, 3.4×10⁻⁵."""
    if value == 0 or not math.isfinite(value):
        return format_number(value)
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if -4 <= power < 6:
        text = f"{value:.{max(digits - 1 - power, 0)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{mantissa.rstrip('0').rstrip('.')}×10{str(power).translate(_SUPERSCRIPTS)}"
    return text.replace("-", MINUS)


def power_of_ten(exponent: int) -> str:
    """Return 10 to a whole power: 10⁻³."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


def format_count(value: int) -> str:
    """Return a whole number with thin spaces between thousands."""
    return f"{value:,}".replace(",", "\u2009").replace("-", MINUS)


def format_many(count: float) -> str:
    """Return about how many: about 180, about 3 million; of more nobody makes a picture.

    Two digits: more would only flicker.
    """
    if count > _MOST:
        return "more than a billion"
    if count >= 995_000:
        return f"about {float(f'{count / 1e6:.2g}'):g} million"
    return f"about {format_count(round(float(f'{count:.2g}')))}"


def format_rounded(value: float) -> str:
    """Return a large number to two digits: 180 000."""
    rounded = float(f"{value:.2g}")
    return format_count(int(rounded)) if rounded < 1e9 else format_short(rounded)


def equation(theta: npt.NDArray[np.float64], digits: int = 4, names: Sequence[str] = ("x",)) -> str:
    """Return y = m x + b for θ = (b, m), or y = w₁ x₁ + … + b, with the numbers in it."""
    text = "y ="
    for index, (weight, name) in enumerate(zip(theta[1:], names, strict=True)):
        sign = MINUS if weight < 0 else "+"
        # The first number carries its own sign.
        number = format_number(float(weight if index == 0 else abs(weight)), digits)
        text += f" {number} {name}" if index == 0 else f" {sign} {number} {name}"
    sign = MINUS if theta[0] < 0 else "+"
    return f"{text} {sign} {format_number(abs(float(theta[0])), digits)}"


def parameter_names(n_features: int, *, is_scaled: bool = False) -> tuple[str, ...]:
    """Return the names of θ's entries: b and m, or b and w₁ to wₙ; b_z, … of standardised x."""
    mark = "_z" if is_scaled else ""
    if n_features == 1:
        return (f"b{mark}", f"m{mark}")
    weights = (f"w{mark}{str(j + 1).translate(_SUBSCRIPTS)}" for j in range(n_features))
    return (f"b{mark}", *weights)
