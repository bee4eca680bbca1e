"""The worked example as twelve pages: formulas with its numbers, shapes, and plain sentences."""

from __future__ import annotations

from gdviz.core.worked_example import WorkedExample
from gdviz.explain.example import backward, down, forward, given
from gdviz.explain.example.pieces import ExamplePage

__all__ = ["ExamplePage", "pages"]


def pages(example: WorkedExample) -> tuple[ExamplePage, ...]:
    """Return the twelve pages of MATHEMATICS B, "The worked example", with the example's numbers.

    The convention is ``mse`` and u = Y − α − X βᵀ: J = (1/N) Σ u², ∂J/∂α = −(2/N) Σ u, (1, 1),
    ∂J/∂β = −(2/N) uᵀ X, (1, n).
    """
    parts = (given, forward, backward, down)
    return tuple(page for part in parts for page in part.pages(example))
