"""Where an axis has its ticks, and the numbers at them: all with the same decimals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gdviz.explain.numbers import format_count, format_short, power_of_ten

# Numbers beyond these are written in units of a power of ten, which the axis's name gives once,
# unless that takes more digits than this.
_LARGE, _SMALL = 1e5, 1e-3
_MOST_DIGITS = 4
_USUAL_TICKS = 8
# Each of these ticks is divided into so many parts without numbers.
_PARTS = {1: 5, 2: 4, 5: 5}

Levels = list[tuple[float, list[float]]]


@dataclass(frozen=True)
class Numbers:
    """How an axis writes its numbers: so many decimals, in units of 10 to the ``power``."""

    power: int
    decimals: int

    def text(self, value: float) -> str:
        """Return the number at a tick."""
        if self.power == 0 and self.decimals == 0:
            return format_count(round(value))
        # −0.0 is 0.
        shown = round(value * 10.0**-self.power, self.decimals) + 0.0
        return f"{shown:.{self.decimals}f}".replace("-", "−")


def common_power(low: float, high: float) -> int:
    """Return the power of ten in which all numbers from ``low`` to ``high`` are short, or 0.

    It depends on the range alone, not on the ticks, so that it stays while a plot is resized.
    """
    largest, span = max(abs(low), abs(high)), high - low
    if not (0 < largest < math.inf and span > 0) or _SMALL <= largest < _LARGE:
        return 0
    power = math.floor(math.log10(largest) + 1e-9)
    digits = power - math.floor(math.log10(span / _USUAL_TICKS)) + 1
    return power if digits <= _MOST_DIGITS and -306 < power < 306 else 0


def numbers_for(spacing: float, power: int) -> Numbers:
    """Return how numbers so far apart are written."""
    decimals = math.ceil(power - math.log10(spacing) - 1e-9) if spacing > 0 else 0
    return Numbers(power, min(max(decimals, 0), 17))


def nice_spacing(least: float) -> float:
    """Return the smallest of … 0.1, 0.2, 0.5, 1, 2, 5, 10 … that is not below ``least``."""
    if not 0 < least < 1e300:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(least))
    return next(unit * step for step in (1, 2, 5, 10) if unit * step >= least * (1 - 1e-9))


def parts_of(spacing: float) -> float:
    """Return how far ticks without numbers are apart, between ticks that far apart."""
    first_digit = int(f"{spacing:.0e}"[0])
    return spacing / _PARTS.get(first_digit, 5)


def log_levels(low: float, high: float, least: float) -> Levels:
    """Return ticks with and without numbers where values are logarithms, ``least`` apart.

    Whole powers of ten; where there are fewer than two of them in view, 2 and 5 times as well.
    """
    low, high = max(low, -320.0), min(high, 310.0)
    powers = range(math.floor(low), math.ceil(high) + 1)
    within = [float(power) for power in powers if low <= power <= high]
    between = [
        place
        for power in powers
        for digit in range(2, 10)
        if low <= (place := power + math.log10(digit)) <= high
    ]
    if len(within) >= 2:
        gap = max(nice_spacing(least), 1.0)
        named = [place for place in within if place % gap == 0]
        rest = [place for place in within if place % gap != 0]
        return [(gap, named), (1.0, rest or between)]
    fine = [math.log10(digit) for digit in (2, 5)]
    named = sorted([*within, *(p for p in between if any(_is_at(p, place) for place in fine))])
    return [(0.0, named), (0.0, between)]


def log_texts(values: Sequence[float], spacing: float) -> list[str]:
    """Return the numbers whose logarithms the values are."""
    if spacing > 0:
        return [power_of_ten(round(value)) for value in values]
    return [format_short(10.0**value, 1) for value in values]


def _is_at(place: float, fraction: float) -> bool:
    return abs(place - math.floor(place) - fraction) < 1e-6
