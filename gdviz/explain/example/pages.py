"""The worked example as twelve pages: formulas with its numbers, shapes, and plain sentences."""

from __future__ import annotations

from gdviz.core.worked_example import WorkedExample
from gdviz.explain.example import backward, down, forward, given
from gdviz.explain.example.pieces import ExamplePage, given_line
from gdviz.explain.latex import display

__all__ = ["ExamplePage", "latex", "pages"]


def pages(example: WorkedExample) -> tuple[ExamplePage, ...]:
    """Return the twelve pages of MATHEMATICS B, "The worked example", with the example's numbers.

    The convention is ``mse`` and u = Y − α − X βᵀ: J = (1/N) Σ u², ∂J/∂α = −(2/N) Σ u, (1, 1),
    ∂J/∂β = −(2/N) uᵀ X, (1, n).
    """
    parts = (given, forward, backward, down)
    return tuple(page for part in parts for page in part.pages(example))


def latex(example: WorkedExample, page: ExamplePage) -> str:
    """Return a page's lines, before them what is chosen on it, as LaTeX for a display."""
    chosen = () if page.entry is None else (given_line(example, page.entry),)
    return display(page.title, (*chosen, *page.lines))
