from itertools import pairwise

import numpy as np
import pytest

from gdviz.explain.derivation.chapters import Chapter
from gdviz.explain.formula import (
    Matrix,
    numbers_of,
)
from gdviz.explain.numbers import format_count, format_short
from tests.explain.derivation.plain import (
    CONVENTIONS,
    MANY,
    ONE,
    SCALES,
    Plain,
    cases,
    dataset,
    fmt,
    given_,
    page,
    pieces_of,
    working,
)

TESTED = {(ONE, "Check"), (MANY, "Check")}  # by test_derivation_check.py


def tells(chapter, *titles):
    """Say of which pages a test compares the numbers with those of plain NumPy."""

    def noted(test):
        assert not TESTED & {(chapter, title) for title in titles}
        TESTED.update((chapter, title) for title in titles)
        return test

    return noted


def test_every_page_has_a_number_test():
    pages = {(chapter, shown.title) for chapter in Chapter for shown in chapter.pages()}
    assert pages == TESTED


# --- one feature ----------------------------------------------------------------------------------


@tells(ONE, "Points and a line", "The inner derivatives")
@cases
def test_the_points_and_the_line(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    x = plain.X[:, 0]
    expected = [*plain.seen, format_count(plain.k)]
    for i in plain.shown:
        expected += [given_(x[i]), given_(plain.y[i])]
    expected += [fmt(plain.w[0]), fmt(abs(plain.b))]
    assert numbers_of(page(ONE, "Points and a line", convention).lines(step)) == expected
    inner = numbers_of(page(ONE, "The inner derivatives", convention).lines(step))
    assert inner == [*plain.seen, *(given_(x[i]) for i in plain.shown), "1"]


@tells(ONE, "Power rule", "Chain rule", "Apply them to the cost")
@cases
def test_the_rules(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    e, x = plain.e[0], plain.X[0, 0]
    power = numbers_of(page(ONE, "Power rule", convention).lines(step))
    assert power == [*plain.seen, fmt(e), fmt(e**2), "2", fmt(e, guarded=True), fmt(2 * e)]
    chain = numbers_of(page(ONE, "Chain rule", convention).lines(step))
    product = [fmt(2 * e), given_(x, guarded=True), fmt(2 * e * x)]
    assert chain == [*plain.seen, fmt(e), given_(x), *product]
    c = plain.factor
    errors = [fmt(plain.e[i], guarded=i > 0 or (plain.k == 1 and bool(c))) for i in plain.shown]
    applied = numbers_of(page(ONE, "Apply them to the cost", convention).lines(step))
    assert applied == [*plain.seen, *c, *errors, *c, *errors]


@tells(ONE, "Partial derivatives")
@cases
def test_the_partial_derivatives(convention, n_features, n_points, batch):
    """Each with the parabola of J along m or b, A (t − t*)² + C by plain least squares."""
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    expected = list(plain.seen)
    rows = np.column_stack((np.ones(plain.k), plain.X))
    for j in (1, 0):
        along = rows[:, j]
        lowest = plain.theta[j] - plain.e @ along / (along @ along)
        least = plain.s * np.sum((plain.e + (lowest - plain.theta[j]) * along) ** 2)
        bowl = [plain.s * along @ along, abs(lowest), least if plain.k > 1 else 0.0]
        expected += [fmt(plain.theta[1 - j]), *map(fmt, bowl)]
        expected += [fmt(plain.slopes[j]), fmt(plain.theta[j])]
    assert numbers_of(page(ONE, "Partial derivatives", convention).lines(step)) == expected


@tells(ONE, "The error")
@cases
def test_the_errors_of_the_line(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    expected = list(plain.seen)
    for i in plain.shown:
        expected += [fmt(plain.w[0]), given_(plain.X[i, 0], guarded=True)]
        expected += [fmt(plain.b, guarded=True)]
        if n_features > 1:
            expected += [fmt(plain.X[i, 1:] @ plain.w[1:], guarded=True)]
        expected += [fmt(plain.prediction[i])] * 2
        expected += [given_(plain.y[i], guarded=True), fmt(plain.e[i])]
    assert numbers_of(page(ONE, "The error", convention).lines(step)) == expected


@tells(ONE, "The cost")
@tells(MANY, "The cost J", "The cost of u")
@cases
def test_the_cost_of_both_chapters(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    squares = [fmt(plain.e[i] ** 2) for i in plain.shown]
    for chapter, title in ((ONE, "The cost"), (MANY, "The cost J"), (MANY, "The cost of u")):
        shown = numbers_of(page(chapter, title, convention).lines(step))
        assert shown[-1] == fmt(plain.cost)
        at = shown.index(squares[0])
        assert [t for t in shown[at:] if t in squares][: len(squares)] == squares


@tells(ONE, "Which way: the derivative", "Together: the gradient", "The 2 may go")
@tells(ONE, "Batch or stochastic")
@cases
def test_the_gradient_of_the_line(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    m, b = plain.slopes[1], plain.slopes[0]
    lines = page(ONE, "Together: the gradient", convention).lines(step)
    shown = numbers_of(lines)
    assert shown[-1] == fmt(b)
    assert fmt(m) in shown
    alone, has_factor = plain.k == 1, not (convention == "half-sum" or convention == "half-mse")
    products = [
        (
            fmt(plain.e[i], guarded=i > 0 or (alone and has_factor)),
            given_(plain.X[i, 0], guarded=True),
        )
        for i in plain.shown
    ]
    pairs = list(pairwise(shown))
    assert [pair for pair in pairs if pair in products][: len(products)] == products
    way = numbers_of(page(ONE, "Which way: the derivative", convention).lines(step))
    assert way == [*plain.seen, fmt(m), fmt(b)]
    every = Plain(data, working(data, convention=convention))
    batches = numbers_of(page(ONE, "Batch or stochastic", convention).lines(step))
    assert batches[-1] == fmt(every.slopes[1])
    one_point = SCALES[convention](1) * 2 * plain.e[0] * plain.X[0, 0]
    which = 1 if batch is None else batch[0] + 1
    assert [format_count(which), fmt(one_point)] == batches[len(plain.seen) :][:2]
    two = numbers_of(page(ONE, "The 2 may go", convention).lines(step))
    assert two[-1] == fmt(plain.new[0])
    starts = [i for i, text in enumerate(two) if text in (fmt(plain.w[0]), fmt(plain.b))]
    assert [two[i] for i in starts] == [fmt(plain.w[0]), fmt(plain.b)] * 2
    ends = [two[i - 1] for i in starts[1:]] + [two[-1]]
    assert ends == [fmt(plain.new[1]), fmt(plain.new[0])] * 2
    times = 0.5 if convention.startswith("half") else 2
    rates = [two[i + 1] for i in starts]
    assert rates == [format_short(plain.rate, 6)] * 2 + [format_short(plain.rate * times, 6)] * 2


@tells(MANY, "Chain rule", "Outside: ∂J/∂u", "Inside: ∂u/∂α", "The slope ∂J/∂α")
@tells(MANY, "The weights likewise", "The slopes ∂J/∂β")
@cases
def test_the_gradient_in_matrices(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    alpha = numbers_of(page(MANY, "The slope ∂J/∂α", convention).lines(step))
    assert alpha[-1] == fmt(plain.slopes[0])
    chain = numbers_of(page(MANY, "Chain rule", convention).lines(step))
    by_u = -2 * plain.s * plain.e
    terms = [fmt(by_u[i], guarded=i > 0) for i in plain.shown]
    assert chain == [*plain.seen, *terms, fmt(plain.slopes[0])]
    outside = numbers_of(page(MANY, "Outside: ∂J/∂u", convention).lines(step))
    assert outside[-min(plain.k, 4) :] == plain.column(by_u)
    beta = plain.row(plain.slopes[1:])
    for title in ("The slopes ∂J/∂β", "The weights likewise"):
        lines = page(MANY, title, convention).lines(step)
        assert numbers_of(lines)[-len(beta) :] == beta
        shapes = [p.shape for p in pieces_of(lines) if isinstance(p, Matrix)]
        assert shapes == [(1, plain.k), (plain.k, n_features), (1, n_features)]
    lowered = numbers_of(page(MANY, "Inside: ∂u/∂α", convention).lines(step))
    column = plain.column(-plain.e)
    assert lowered == [
        *plain.seen,
        *column,
        fmt(plain.b),
        *plain.column(-plain.e - 1),
        fmt(plain.b + 1),
    ]


@tells(ONE, "How far: the learning rate")
@tells(MANY, "The two rules", "The new α", "The new β")
@cases
def test_the_update_of_both_chapters(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    rate = format_short(plain.rate)
    line = numbers_of(page(ONE, "How far: the learning rate", convention).lines(step))
    expected = list(plain.seen)
    for j in (1, 0):
        expected += [fmt(plain.theta[j]), rate]
        expected += [fmt(plain.slopes[j], guarded=True), fmt(plain.new[j])]
    assert line == expected
    alpha = [fmt(plain.b), rate, fmt(plain.slopes[0]), fmt(plain.new[0])]
    beta = [*plain.row(plain.w), rate, *plain.row(plain.slopes[1:]), *plain.row(plain.new[1:])]
    assert numbers_of(page(MANY, "The new α", convention).lines(step)) == plain.seen + alpha
    assert numbers_of(page(MANY, "The new β", convention).lines(step)) == plain.seen + beta
    rules = numbers_of(page(MANY, "The two rules", convention).lines(step))
    assert rules == plain.seen + alpha + beta


@tells(ONE, "A bowl")
@tells(MANY, "First the bias")
@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("batch", [None, [4, 1, 7]])
def test_the_bowl_is_the_cost(convention, batch):
    """J = A (m − m*)² + C with the numbers shown is J, worked out from the points."""
    data = dataset(10)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    x = plain.X[:, 0]
    bend, lowest = plain.s * x @ x, (plain.y - plain.b) @ x / (x @ x)
    least = plain.s * np.sum((lowest * x + plain.b - plain.y) ** 2)
    count, best_b = plain.s * plain.k, np.mean(plain.y - plain.w[0] * x)
    least_b = plain.s * np.sum((plain.w[0] * x + best_b - plain.y) ** 2)
    shown = numbers_of(page(ONE, "A bowl", convention).lines(step))
    along_b = [fmt(count), fmt(abs(best_b)), fmt(least_b)]
    assert shown == [*plain.seen, fmt(bend), fmt(abs(lowest)), fmt(least), *along_b]
    assert shown[-3:] == along_b
    bias = numbers_of(page(MANY, "First the bias", convention).lines(step))
    assert bias == [*plain.seen, fmt(plain.w[0]), *along_b, fmt(plain.b), fmt(plain.cost)]


@pytest.mark.parametrize("row", range(10))
def test_a_single_point_is_met_exactly_at_the_bottom_of_its_bowl(row):
    """Its lowest cost is 0, not what rounding leaves of it."""
    step = working(dataset(10, 2), [row])
    assert numbers_of(page(ONE, "A bowl").lines(step))[4::3] == ["0", "0"]
    assert numbers_of(page(MANY, "First the bias").lines(step))[6] == "0"


# --- n features -----------------------------------------------------------------------------------


@tells(MANY, "The features X", "The target Y", "The bias α", "The weights β", "Inside: ∂u/∂β")
@cases
def test_what_the_matrices_hold(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)

    def shown(title):
        numbers = numbers_of(page(MANY, title, convention).lines(step))
        assert numbers[: len(plain.seen)] == plain.seen
        return numbers[len(plain.seen) :]

    counts = [format_count(plain.k), str(n_features)]
    assert shown("The features X") == counts + plain.table(plain.X)
    assert shown("The target Y") == plain.table(plain.y[:, np.newaxis])
    assert shown("The bias α") == [fmt(plain.b)]
    assert shown("The weights β") == plain.row(plain.w)
    assert shown("Inside: ∂u/∂β") == plain.table(-plain.X)


@tells(MANY, "The prediction Ŷ", "Name the error: u")
@cases
def test_the_prediction_in_matrices(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    w = [fmt(v) for v in plain.w]
    upright = w if n_features <= 4 else [w[0], w[1], "⋮", w[-1]]
    model = [fmt(plain.b), *plain.table(plain.X), *upright]
    lines = page(MANY, "The prediction Ŷ", convention).lines(step)
    assert numbers_of(lines) == [*plain.seen, *model, *plain.column(plain.prediction)]
    u = numbers_of(page(MANY, "Name the error: u", convention).lines(step))
    assert u == [*plain.seen, *plain.table(plain.y[:, np.newaxis]), *model, *plain.column(-plain.e)]
