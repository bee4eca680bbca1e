"""What a page of a derivation is, and what the cost convention changes on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gdviz.core.convention import convention
from gdviz.core.working import Working
from gdviz.explain.derivation.pieces import seen, standardised, standardised_words
from gdviz.explain.formula import Line
from gdviz.explain.ledger.sheet import is_scaled
from gdviz.explain.numbers import format_count


class Highlight(StrEnum):
    """What in the plots a page is about."""

    POINTS = "points"
    LINE = "line"
    RESIDUALS = "residuals"
    SQUARES = "squares"
    CONTOUR = "contour"
    DOT = "dot"
    GRADIENT = "gradient"
    STEP = "step"
    SLICES = "slices"
    MINIMUM = "minimum"
    COST = "cost"

    @property
    def label(self) -> str:
        """What a person calls it."""
        return _LABELS[self]


_LABELS = {
    Highlight.POINTS: "the points",
    Highlight.LINE: "the line",
    Highlight.RESIDUALS: "the residuals",
    Highlight.SQUARES: "the squares",
    Highlight.CONTOUR: "the contours",
    Highlight.DOT: "the dot",
    Highlight.GRADIENT: "the arrow downhill",
    Highlight.STEP: "the step",
    Highlight.SLICES: "the parabolas",
    Highlight.MINIMUM: "the minimum",
    Highlight.COST: "the cost curve",
}

OF_ALL_POINTS = frozenset(
    {
        Highlight.CONTOUR,
        Highlight.GRADIENT,
        Highlight.SLICES,
        Highlight.MINIMUM,
        Highlight.COST,
    }
)
"""What in the plots stands for J over all points, whichever of them a step sees."""


@dataclass(frozen=True)
class Page:
    """One thought of a derivation.

    Attributes:
        title: what it is about, in a few words.
        formula: the general formula.
        words: one or two sentences.
        numbers: makes the same lines with the numbers of a step that sees a point at least.
        highlight: what in the plots it is about, where the step sees all points.
        has_all: its numbers are also those of all points where the step sees some only.
        is_general: its formula is of any function, not of the cost.

    """

    title: str
    formula: tuple[Line, ...]
    words: tuple[str, ...]
    numbers: Callable[[Working], tuple[Line, ...]]
    highlight: frozenset[Highlight]
    has_all: bool = False
    is_general: bool = False

    def rule(self, *, is_scaled: bool) -> tuple[Line, ...]:
        """Return the formula in the letters in which the numbers stand."""
        return standardised(self.formula) if is_scaled and not self.is_general else self.formula

    def sentences(self, *, is_scaled: bool) -> tuple[str, ...]:
        """Return the words with the same letters; m_z is an m with a z below it."""
        return tuple(map(standardised_words, self.words)) if is_scaled else self.words

    def lines(self, working: Working) -> tuple[Line, ...]:
        """Return the formula with the numbers of a step in it; nothing where there are no points.

        The time does not depend on N: only the working's sums and a few of its rows are read.
        """
        if working.n_seen == 0:
            return ()
        # A run that diverges may have gone as far as numbers go.
        with np.errstate(all="ignore"):
            lines = self.numbers(working)
        return seen(working) + (standardised(lines) if is_scaled(working) else lines)

    def lit(self, working: Working | None) -> frozenset[Highlight]:
        """Return what in the plots shows the numbers of a step: of a batch nothing of J."""
        if working is None or sees_all(working) or self.has_all:
            return self.highlight
        return self.highlight - OF_ALL_POINTS

    def looks(self, working: Working | None) -> str:
        """Return where to look in the plots, and what there is not of the step's points."""
        lit = self.lit(working)
        result = f"In the plots: {_listed(lit)}." if lit else ""
        others = self.highlight - lit
        if working is None or not others:
            return result
        labels = _listed(others)
        verb = "show" if len(others) > 1 or labels.endswith("s") else "shows"
        points = "one point" if working.n_seen == 1 else f"{format_count(working.n_seen)} points"
        where = f" {labels[0].upper()}{labels[1:]}" if lit else f"In the plots {labels}"
        return (
            f"{result}{where} {verb} J over all points; the numbers here are those of the "
            f"step's {points}."
        )


def sees_all(working: Working) -> bool:
    """Whether J of a step is the cost over all points."""
    return working.batch is None or working.n_seen == working.dataset.n_points


def _listed(items: frozenset[Highlight]) -> str:
    *first, last = [item.label for item in Highlight if item in items]
    return f"{', '.join(first)}{' and ' if first else ''}{last}"


@dataclass(frozen=True)
class Convention:
    """How a cost convention is written.

    With J = s Σ e², s being ``cost``, the gradient is c Σ e x, c = 2s being ``slope``.

    Attributes:
        name: as in the settings.
        cost: s, as LaTeX; "" for 1.
        slope: c, as LaTeX; "" for 1.
        one_point: c for a step that sees one point only.
        some_points: c for a step that sees k points.
        average: what is made of all e², in words.

    """

    name: str
    cost: str
    slope: str
    one_point: str
    some_points: str
    average: str

    @property
    def is_half(self) -> bool:
        """Whether the 2 of the square is gone from the gradient."""
        return convention(self.name).is_half

    @property
    def count(self) -> str:
        """What s Σ 1 over all points is, as LaTeX."""
        top = "1" if self.is_mean else "N"
        return rf"\frac{{{top}}}{{2}}" if self.is_half else top

    @property
    def is_mean(self) -> bool:
        """Whether J divides by the number of points."""
        return convention(self.name).is_mean

    @property
    def other(self) -> Convention:
        """The convention that differs from this one in the 2 only."""
        return CONVENTIONS[convention(self.name).twin.name]


CONVENTIONS = {
    row.name: row
    for row in (
        Convention("mse", r"\frac{1}{N}", r"\frac{2}{N}", "2", r"\frac{2}{k}", "mean"),
        Convention("half-mse", r"\frac{1}{2N}", r"\frac{1}{N}", "", r"\frac{1}{k}", "mean"),
        Convention("sum", "", "2", "2", "2", "sum"),
        Convention("half-sum", r"\frac{1}{2}", "", "", "", "sum"),
    )
}
"""The conventions by their names in the settings (DESIGN: cost convention)."""
