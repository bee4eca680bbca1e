"""The derivations as two chapters that one pages through (MATHEMATICS A 1–14 and B 1–19)."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from gdviz.core.working import Working
from gdviz.explain.derivation import bias, line, model, rules, slopes, weights
from gdviz.explain.derivation.page import CONVENTIONS, Highlight, Page, sees_all
from gdviz.explain.derivation.pieces import standardised_words
from gdviz.explain.latex import display
from gdviz.explain.ledger.sheet import DIGITS, is_scaled
from gdviz.explain.numbers import format_count, format_number

__all__ = ["Chapter", "Highlight", "Page", "latex", "notes"]


class Chapter(Enum):
    """A derivation. Its last page checks the result against a difference of two costs."""

    ONE_FEATURE = "one-feature"
    N_FEATURES = "n-features"

    @property
    def title(self) -> str:
        """What it derives."""
        return _TITLES[self]

    @property
    def short_title(self) -> str:
        """The same in two words."""
        return "One feature" if self is Chapter.ONE_FEATURE else "n features"

    def pages(self, convention: str = "mse") -> tuple[Page, ...]:
        """Return its pages with the formulas of a cost convention."""
        return _pages(self, convention)


_TITLES = {
    Chapter.ONE_FEATURE: "One feature, from the cost to the update",
    Chapter.N_FEATURES: "n features, in matrices",
}


_PARTS = {
    Chapter.ONE_FEATURE: (line, rules, slopes),
    Chapter.N_FEATURES: (model, bias, weights),
}


@lru_cache(maxsize=8)
def _pages(chapter: Chapter, convention: str) -> tuple[Page, ...]:
    how = CONVENTIONS[convention]
    return tuple(page for part in _PARTS[chapter] for page in part.pages(how))


def notes(chapter: Chapter, working: Working | None) -> tuple[str, ...]:
    """Return sentences on what the numbers of a chapter stand for, where that is not plain.

    With several features the chapter on one takes the first weight for m and its feature for x:
    while the others are held they only add a constant to each prediction, so that every formula
    of the chapter holds as it stands.
    """
    if working is None or working.dataset.n_points == 0:
        return ("No points yet: add some, and their numbers stand here.",)
    result = []
    if not sees_all(working):
        result.append(_of_batch(working))
    n_features = working.dataset.n_features
    if chapter is Chapter.ONE_FEATURE and n_features > 1:
        name = working.dataset.feature_names[0]
        result.append(
            f"Of the {n_features} features, x is the first ({name}) and m its weight; the other "
            "weights are held."
        )
    if is_scaled(working):
        result.append(scaled_note(chapter, working))
    if not working.settings.fit_intercept:
        held = (
            "b is held at 0, so only m is learnt."
            if chapter is Chapter.ONE_FEATURE
            else "α is held at 0: it has a slope, but no step follows it."
        )
        result.append(standardised_words(held) if is_scaled(working) else held)
    return tuple(result)


def scaled_note(chapter: Chapter, working: Working) -> str:
    """Say what stands in the place of the features, and of what belongs to them."""
    scaling = working.scaling
    if chapter is Chapter.N_FEATURES:
        how = "less its mean, over" if scaling.shift.any() else "over"
        return (
            f"Z is X standardised, each column {how} its standard deviation; α_z and β_z belong "
            "to it."
        )
    shift, scale = float(scaling.shift[0]), format_number(float(scaling.scale[0]), DIGITS)
    sign = "+" if shift < 0 else "−"
    top = f"(x {sign} {format_number(abs(shift), DIGITS)})" if shift else "x"
    return f"x is standardised: z = {top}/{scale}; m_z and b_z belong to z, not to x."


def _of_batch(working: Working) -> str:
    """Say what N and J stand for where a step does not see all points."""
    if working.n_seen == 1:
        return (
            "This step sees one point, so N = 1, and what stands as J here is the loss of that "
            "point; the cost J is over all points."
        )
    count = format_count(working.n_seen)
    return f"Here N = {count}, and J and its slopes are over the {count} points of the step."


def latex(page: Page, working: Working | None) -> str:
    """Return a page's formula, and its numbers if there are points, as LaTeX for a display."""
    lines = page.formula
    if working is not None:
        lines = page.rule(is_scaled=is_scaled(working)) + page.lines(working)
    return display(page.title, lines)
