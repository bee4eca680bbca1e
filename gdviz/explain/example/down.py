"""The worked example, down the slopes: η, the new α and β, and again (MATHEMATICS B)."""

from __future__ import annotations

from gdviz.core.worked_example import N_FEATURES, Entry, WorkedExample
from gdviz.explain.example.pieces import (
    ExamplePage,
    chain,
    given,
    matrix,
    number,
    outcome,
    product,
    rate,
    rounded,
    warning,
)
from gdviz.explain.formula import ONE, ROW, Break, Role, Words, line

_N_REPEATS = 3


def pages(example: WorkedExample) -> tuple[ExamplePage, ...]:
    """Return the pages on η, on the new α and β, and on the steps after that."""
    return (_rate(example), _new_alpha(example), _new_beta(example), _repeat(example))


def _rate(example: WorkedExample) -> ExamplePage:
    limits = example.limits
    return ExamplePage(
        "The learning rate η",
        (
            "How far to go down the slope is yours to choose. Up to 1/λ no step overshoots, beyond "
            "2/λ they go farther out in the end; λ is the curvature of J where it bends most.",
        ),
        (
            line(r"\frac{1}{\lambda_{\max}} =", rounded(limits.smooth, Role.RATE), Break())
            + line(r",\quad \frac{2}{\lambda_{\max}} =", rounded(limits.max, Role.RATE)),
        ),
        Entry.RATE,
        warning(example),
    )


def _new_alpha(example: WorkedExample) -> ExamplePage:
    slope, after = float(example.gradient_alpha[0, 0]), float(example.new_alpha[0, 0])
    step = product((example.learning_rate, Role.RATE), (slope, Role.GRADIENT))
    return ExamplePage(
        "The new α",
        ("One step against the slope: η times the slope is taken away from α.",),
        (
            line(r"\alpha \leftarrow \alpha - \eta\, \frac{\partial J}{\partial \alpha}"),
            line("=", given(example, Entry.ALPHA), Break(), "-", rate(example), r"\cdot", Break())
            + line(matrix(example.gradient_alpha, Role.GRADIENT, ONE), Break())
            + line("=", matrix(example.new_alpha, Role.LINE, ONE)),
            line(r"\alpha \;\leftarrow", number(example.alpha, Role.LINE), Break(), "-")
            + line(*step, Break(), "=", number(after, Role.LINE)),
        ),
        warning=warning(example),
    )


def _new_beta(example: WorkedExample) -> ExamplePage:
    rows = []
    for j in range(N_FEATURES):
        slope, after = float(example.gradient_beta[0, j]), float(example.new_beta[0, j])
        step = product((example.learning_rate, Role.RATE), (slope, Role.GRADIENT))
        before = number(example.beta[j], Role.LINE)
        rows.append(
            line(rf"\beta_{j + 1} \;\leftarrow", before, Break(), "-", *step, Break(), "=")
            + line(number(after, Role.LINE))
        )
    return ExamplePage(
        "The new β",
        ("All weights at once, each against its own slope.",),
        (
            line(r"\beta \leftarrow \beta - \eta\, \frac{\partial J}{\partial \beta}"),
            line("=", given(example, Entry.BETA), Break(), "-", rate(example), r"\cdot", Break())
            + line(matrix(example.gradient_beta, Role.GRADIENT, ROW), Break())
            + line("=", matrix(example.new_beta, Role.LINE, ROW)),
            *rows,
        ),
        warning=warning(example),
    )


def _repeat(example: WorkedExample) -> ExamplePage:
    states = [example.after(step) for step in range(_N_REPEATS + 1)]
    least = example.quadratic
    return ExamplePage(
        "Repeat",
        (
            "The same again from the new α and β. From left to right: the start, then three steps. "
            + outcome([state.cost for state in states]),
        ),
        (
            chain("J", (number(state.cost) for state in states)),
            chain(r"\alpha", (number(state.alpha, Role.LINE) for state in states)),
            chain(r"\beta", (matrix(state.weights, Role.LINE) for state in states)),
            chain(
                r"\frac{\partial J}{\partial \alpha}",
                (number(float(state.gradient_alpha[0, 0]), Role.GRADIENT) for state in states[:-1]),
            ),
            chain(
                r"\frac{\partial J}{\partial \beta}",
                (matrix(state.gradient_beta, Role.GRADIENT) for state in states[:-1]),
            ),
            line(r"J_{\min} =", number(least.minimum_cost, Role.MINIMUM))
            + line(Break(), Words("the least possible")),
        ),
        warning=warning(example),
    )
