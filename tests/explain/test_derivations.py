import dataclasses
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import PARAMETERS, RunSettings
from gdviz.core.working import Working
from gdviz.explain.derivation_check import differences
from gdviz.explain.derivations import Chapter, Highlight, latex, notes
from gdviz.explain.formula import (
    DOTS,
    Fraction,
    Matrix,
    Role,
    Tex,
    Words,
    is_finite,
    is_same_form,
    numbers_of,
    to_latex,
)
from gdviz.explain.ledger import ledger
from gdviz.explain.numbers import format_count, format_number, format_short
from gdviz.ui.mathematics.boxes import Style
from gdviz.ui.mathematics.derivation_sheet import FORMULA_SIZE, NUMBERS_SIZE
from gdviz.ui.mathematics.rows import RowBox, broken, indent
from gdviz.ui.mathematics.typesetter import typeset
from gdviz.ui.theme import LIGHT, load_fonts

CONVENTIONS = PARAMETERS["convention"].values
ONE, MANY = Chapter.ONE_FEATURE, Chapter.N_FEATURES
# s in J = s Σ e²; the slopes have c = 2s (DESIGN: cost convention).
SCALES = {"mse": lambda k: 1 / k, "half-mse": lambda k: 0.5 / k}
SCALES |= {"sum": lambda k: 1.0, "half-sum": lambda k: 0.5}


def dataset(n_points=10, n_features=1, seed=3):
    rng = np.random.default_rng(seed)
    X = rng.normal(2, 3, (n_points, n_features))
    y = X @ np.arange(1.0, n_features + 1) + rng.normal(size=n_points)
    return Dataset(X, y, tuple(f"x{j + 1}" for j in range(n_features)))


def start(n_features):
    return np.linspace(0.7, -1.9, n_features + 1)


def working(data, batch=None, theta=None, **settings):
    mode = "batch" if batch is None else "sgd" if len(batch) == 1 else "mini-batch"
    how = RunSettings(0.0625, mode, len(batch or ()) or 32, **settings)
    theta = start(data.n_features) if theta is None else theta
    return Working.of(
        data, how, make_cost(data, how), theta, None if batch is None else np.array(batch)
    )


def page(chapter, title, convention="mse"):
    return next(p for p in chapter.pages(convention) if p.title == title)


def fmt(value, *, guarded=False):
    text = format_number(float(value), 4)
    return f"({text})" if guarded and value < 0 else text


def given_(value, *, guarded=False):
    text = format_short(float(value), 5)
    return f"({text})" if guarded and value < 0 else text


class Plain:
    """The same step in plain NumPy: predict, compare, square, sum, differentiate, go."""

    def __init__(self, data, step):
        rows = np.arange(data.n_points) if step.batch is None else step.batch
        self.X, self.y, self.k = data.X[rows], data.y[rows], len(rows)
        self.theta, self.rate = start(data.n_features), 0.0625
        self.b, self.w = self.theta[0], self.theta[1:]
        self.prediction = self.X @ self.w + self.b
        self.e = self.prediction - self.y
        self.s = SCALES[step.settings.convention](self.k)
        self.cost = self.s * np.sum(self.e**2)
        self.slopes = 2 * self.s * np.append(self.e.sum(), self.e @ self.X)
        self.new = self.theta - self.rate * self.slopes
        self.shown = list(range(self.k)) if self.k <= 3 else [0, 1, self.k - 1]
        self.seen = []
        if step.batch is not None:
            which = rows[0] + 1 if self.k == 1 else self.k
            self.seen = [str(which), format_count(data.n_points)]

    def column(self, values):
        kept = values if self.k <= 4 else [values[0], values[1], None, values[-1]]
        return ["⋮" if v is None else fmt(v) for v in kept]

    def row(self, values):
        kept = values if len(values) <= 3 else [values[0], None, values[-1]]
        return ["⋯" if v is None else fmt(v) for v in kept]


def all_cases():
    for convention in CONVENTIONS:
        for n_features in (1, 2, 6):
            for n_points in (1, 10, 1000):
                yield convention, n_features, n_points, None
                yield convention, n_features, n_points, [n_points // 3]
            yield convention, n_features, 10, [7, 2, 4, 9, 0]


cases = pytest.mark.parametrize(
    ("convention", "n_features", "n_points", "batch"),
    list(all_cases()),
    ids=lambda value: "all" if value is None else str(value).replace(" ", ""),
)


# --- the pages as a whole ------------------------------------------------------------------------


def pieces_of(lines):
    for piece in (piece for pieces in lines for piece in pieces):
        yield piece
        if isinstance(piece, Fraction):
            yield from pieces_of((piece.top, piece.bottom))


@cases
def test_every_page_is_finite_and_typesets(convention, n_features, n_points, batch, qapp):
    step = working(dataset(n_points, n_features), batch, convention=convention)
    for chapter in Chapter:
        for number, shown in enumerate(chapter.pages(convention), 1):
            lines = shown.lines(step)
            assert is_finite(lines), (chapter, number)
            assert len(numbers_of(lines)) > 0
            for piece in pieces_of(shown.formula + lines):
                if isinstance(piece, Tex):
                    assert typeset(piece.latex, 16.0).width > 0
                if isinstance(piece, Matrix):
                    assert np.isfinite(
                        [v for row in piece.rows for v in row if v is not None]
                    ).all()


def test_there_is_a_page_for_every_thought_and_a_check():
    assert [len(chapter.pages()) for chapter in Chapter] == [14 + 1, 19 + 1]
    for chapter in Chapter:
        titles = [shown.title for shown in chapter.pages()]
        assert titles[-1] == "Check"
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_words_are_few_and_every_page_points_at_something(convention):
    for chapter in Chapter:
        for shown in chapter.pages(convention):
            text = " ".join(shown.words)
            assert 1 <= len(shown.words) <= 2, shown.title
            assert 40 < len(text) < 290, shown.title
            assert "iteration" not in text
            assert shown.highlight
            assert shown.highlight <= set(Highlight)
            assert shown.looks(None).startswith("In the plots: the")
            assert shown.looks(None).endswith(".")


@pytest.mark.parametrize(
    ("convention", "cost", "slope"),
    [
        ("mse", r"\frac{1}{N} \sum", r"\frac{2}{N}"),
        ("half-mse", r"\frac{1}{2N} \sum", r"\frac{1}{N}"),
        ("sum", r"=  \sum", "2"),
        ("half-sum", r"\frac{1}{2} \sum", ""),
    ],
)
def test_formulas_are_those_of_the_convention(convention, cost, slope):
    def formula(chapter, title):
        return to_latex(page(chapter, title, convention).formula)

    assert cost in formula(ONE, "The cost")
    assert cost in formula(MANY, "The cost J")
    assert cost in formula(MANY, "The cost of u")
    assert rf"= {slope} \sum e_i\,x_i" in formula(ONE, "Together: the gradient")
    assert rf"= {slope}\, u" in formula(MANY, "Outside: ∂J/∂u")
    assert rf"= -{slope} \sum u" in formula(MANY, "The slope ∂J/∂α")
    assert rf"= -{slope}\, u^{{\mathsf{{T}}}} X" in formula(MANY, "The slopes ∂J/∂β")
    assert rf"{slope} \sum \left(\hat{{Y}} - Y\right)" in formula(MANY, "The new α")
    assert rf"{slope} \left(\hat{{Y}} - Y\right)^{{\mathsf{{T}}}} X" in formula(MANY, "The new β")
    others = {r"\frac{1}{N}", r"\frac{2}{N}", r"\frac{1}{2N}"}
    others -= {cost.removesuffix(r" \sum"), slope}
    for chapter in Chapter:
        for shown in chapter.pages(convention):
            if shown.title != "The 2 may go":
                assert not any(other in to_latex(shown.formula) for other in others), shown.title


def test_alpha_and_the_weights_have_as_many_digits_on_a_page():
    step = working(dataset(10, 3))
    for title in ("The prediction Ŷ", "The weights β", "The bias α", "The two rules", "The new α"):
        lines = page(MANY, title).lines(step)
        digits = {
            p.digits
            for p in pieces_of(lines)
            if isinstance(p, Matrix) and p.role is not Role.POINT and p.shape[0] != 10
        }
        assert digits == {3}, title
    first = page(MANY, "First the bias").lines(step)
    assert numbers_of(first)[-2] == format_number(step.theta[0], 3)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_every_slope_has_the_colour_of_slopes(convention):
    step = working(dataset(), [4], convention=convention)
    lines = page(ONE, "Together: the gradient", convention).lines(step)
    assert [pieces[-1].role for pieces in lines[1:]] == [Role.GRADIENT] * 2


def test_the_examples_are_worked_right():
    x, h = 1.7, 1e-6
    power = to_latex(page(ONE, "Power rule").formula)
    assert "3x^5" in power
    assert "15x^4" in power
    np.testing.assert_allclose((3 * (x + h) ** 5 - 3 * (x - h) ** 5) / (2 * h), 15 * x**4)
    assert "= 2x \\cdot 2z = 4z^3" in to_latex(page(ONE, "Chain rule").formula)
    np.testing.assert_allclose(((x + h) ** 4 - (x - h) ** 4) / (2 * h), 4 * x**3)
    partial = to_latex(page(ONE, "Partial derivatives").formula)
    assert "4x^3" in partial
    assert "7y^6" in partial


@pytest.mark.parametrize("chapter", Chapter)
def test_without_points_there_are_words_but_no_numbers(chapter):
    step = working(Dataset.empty(), theta=[0.0, 1.0])
    for shown in chapter.pages():
        assert shown.lines(step) == ()
        assert shown.formula
    assert notes(chapter, step) == notes(chapter, None)
    assert "add some" in notes(chapter, None)[0]


@pytest.mark.parametrize("chapter", Chapter)
@pytest.mark.parametrize("batch", [None, [3], [3, 1, 6, 8]])
def test_from_step_to_step_only_numbers_change(chapter, batch):
    """Or symbols would be laid out anew many times a second."""
    data = dataset(10, 3)
    for shown in chapter.pages():
        one = shown.lines(working(data, batch, [0.5, 0.5, 0.5, 0.5]))
        other = shown.lines(working(data, batch, [0.7, 0.4, 0.6, 0.5]))
        assert is_same_form(one, other), shown.title
        assert (
            numbers_of(one) != numbers_of(other)
            or "X" in shown.title
            or "Y" in shown.title
            or (shown.title in ("The inner derivatives", "Inside: ∂u/∂β"))
        )


def test_a_page_of_many_points_reads_few_of_them(monkeypatch):
    read = []
    rows = Working.rows

    def counted(self, first, last):
        result = rows(self, first, last)
        read.append(len(result.y))
        return result

    step = working(dataset(100_000, 2))
    monkeypatch.setattr(Working, "rows", counted)
    monkeypatch.setattr("gdviz.core.dataset.Moments.of", None)
    for chapter in Chapter:
        for shown in chapter.pages():
            read.clear()
            assert shown.lines(step)
            assert sum(read) <= 20, shown.title


@pytest.mark.parametrize("n_features", [1, 2, 3, 4, 50])
@pytest.mark.parametrize("n_points", [1, 2, 3, 4, 6])
def test_no_page_is_wider_than_a_narrow_panel(n_features, n_points, qapp):
    """A panel 380 px wide leaves 354 to a row. These numbers are as long as ordinary ones get."""
    load_fonts()
    X = -1.23456e-7 * (1 + np.arange(n_points * n_features).reshape(n_points, -1))
    data = Dataset(X, X.sum(axis=1) * 2, tuple(f"x{j}" for j in range(n_features)))
    for convention, batch, entry, standardize in (
        ("half-mse", None, -1.23456e-5, False),
        ("mse", [n_points - 1], -1.23456e-5, False),
        ("mse", None, -1.23456e-5, True),
        ("sum", None, -123456.789, False),
    ):
        theta = np.full(n_features + 1, entry)
        step = working(data, batch, theta, convention=convention, standardize=standardize)
        for chapter in Chapter:
            for shown in chapter.pages(convention):
                formula = widest_row(shown.formula, FORMULA_SIZE, 354)
                assert max(formula, widest_row(shown.lines(step), NUMBERS_SIZE, 354)) <= 354, (
                    shown.title
                )


def widest_row(lines, size, room):
    style = Style(size, LIGHT)
    rows = [
        RowBox(part, style).width + indent(number, style)
        for pieces in lines
        for number, part in enumerate(broken(pieces, style, room))
    ]
    return max(rows)


@cases
def test_what_is_copied_holds_every_number(convention, n_features, n_points, batch):
    step = working(dataset(n_points, n_features), batch, convention=convention)
    for chapter in Chapter:
        for shown in chapter.pages(convention):
            text = latex(shown, step)
            assert text.startswith(f"% {shown.title}\n\\begin{{gathered}}")
            assert to_latex(shown.formula) in text
            assert text.count("{") == text.count("}")
            for number in numbers_of(shown.lines(step)):
                if number in DOTS:
                    continue
                plain = number.replace("−", "-").replace("\u2009", r"\,").strip("()")
                plain = plain.split("×")[0]
                assert re.search(rf"(?<![\d.]){re.escape(plain)}(?![\d.])", text), number


# --- the numbers, against plain NumPy -------------------------------------------------------------


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
    u = numbers_of(page(MANY, "Name the error: u", convention).lines(step))
    assert u[-min(plain.k, 4) :] == plain.column(-plain.e)


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


# --- the check ------------------------------------------------------------------------------------


@cases
def test_the_slopes_agree_with_differences_of_the_cost(convention, n_features, n_points, batch):
    data = dataset(n_points, n_features)
    step = working(data, batch, convention=convention)
    plain = Plain(data, step)
    found = differences(step)
    assert len(found) == n_features + 1
    for j, both in enumerate(found):
        assert both.agreeing >= 6
        np.testing.assert_allclose(both.slope, plain.slopes[j], rtol=1e-9)
        costs = []
        for sign in (1, -1):
            theta = plain.theta.copy()
            theta[j] += sign * both.step
            costs.append(plain.s * np.sum((plain.X @ theta[1:] + theta[0] - plain.y) ** 2))
        np.testing.assert_allclose([both.above, both.below], costs, rtol=1e-9)
        np.testing.assert_allclose(both.quotient, (costs[0] - costs[1]) / (2 * both.step), 1e-8)
    shown = numbers_of(page(ONE, "Check", convention).lines(step))
    assert shown[-3:-2] == ["10"] or int(shown[-2]) >= 6
    assert format_number(found[1].slope, 10) in shown
    assert format_number(found[1].quotient, 10) in shown
    matrix = numbers_of(page(MANY, "Check", convention).lines(step))
    assert format_number(found[0].slope, 10) in matrix
    assert matrix[-1] == "10"
    assert int(matrix[-2]) == min(both.agreeing for both in found)


@given(
    st.integers(2, 40),
    st.integers(1, 4),
    st.sampled_from(CONVENTIONS),
    st.floats(-3, 3),
    st.integers(0, 999),
)
def test_they_agree_wherever_the_ground_is_steep(n_points, n_features, convention, exponent, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(1, 1, (n_points, n_features)) * 10**exponent
    y = X.sum(axis=1) + rng.normal(size=n_points)
    data = Dataset(X, y, tuple(f"x{j}" for j in range(n_features)))
    theta = rng.normal(size=n_features + 1)
    step = working(data, theta=theta, convention=convention)
    steepest = np.sqrt(2 * step.cost * step.factor * np.append(n_points, (X**2).sum(axis=0)))
    for both, most in zip(differences(step), steepest, strict=True):
        if abs(both.slope) > 1e-4 * most:
            assert both.agreeing >= 6


def test_a_wrong_formula_is_found_out():
    right = working(dataset())
    wrong = dataclasses.replace(right, sum_error_x=right.sum_error_x * (1 + 1e-4))
    assert [both.agreeing for both in differences(right)] == [10, 10]
    assert differences(wrong)[1].agreeing == 4
    assert differences(dataclasses.replace(right, sum_error_x=-right.sum_error_x))[1].agreeing == 0


def test_at_the_bottom_both_are_0():
    data = dataset()
    x, y = data.X[:, 0], data.y
    m = np.polyfit(x, y, 1)[0]
    step = working(data, theta=[y.mean() - m * x.mean(), m])
    assert all(both.is_flat for both in differences(step))
    text = [p.text for p in pieces_of(page(ONE, "Check").lines(step)) if isinstance(p, Words)]
    assert text == ["Both are 0, but for rounding"] * 2


def test_points_on_the_line_and_x_all_0_do_no_harm():
    on_line = Dataset.from_points([(1, 2), (2, 4), (3, 6)])
    at_0 = Dataset.from_points([(0, 2), (0, 4)])
    for data, theta in ((on_line, [0.0, 2.0]), (at_0, [1.0, 1.0]), (at_0, [3.0, 1.0])):
        step = working(data, theta=theta)
        for chapter in Chapter:
            for shown in chapter.pages():
                assert is_finite(shown.lines(step)), shown.title
        assert differences(step)[1].is_flat


def test_many_points_and_few_are_checked_alike(monkeypatch):
    step = working(dataset(300, 2))
    by_point = differences(step)
    monkeypatch.setattr("gdviz.explain.derivation_check._MOST_POINTS", 10)
    for one, other in zip(by_point, differences(step), strict=True):
        np.testing.assert_allclose(
            dataclasses.astuple(one), dataclasses.astuple(other), rtol=1e-9, atol=1e-9
        )


def test_of_a_very_large_batch_the_first_points_are_checked():
    data = dataset(6000)
    step = working(data, list(range(5000)))
    slopes = Plain(data, working(data, list(range(4096)))).slopes
    np.testing.assert_allclose([both.slope for both in differences(step)], slopes, rtol=1e-9)
    shown = numbers_of(page(ONE, "Check").lines(step))
    assert shown[:3] == ["5\u2009000", "6\u2009000", "4\u2009096"]
    assert numbers_of(page(ONE, "A bowl").lines(step))[2:] == [fmt(step.cost)]


def test_a_run_that_has_gone_too_far_breaks_nothing():
    with np.errstate(all="ignore"):
        step = working(dataset(), theta=[1e200, -1e200])
    for chapter in Chapter:
        for shown in chapter.pages():
            assert numbers_of(shown.lines(step))


# --- settings that change what the numbers mean ---------------------------------------------------


def test_standardised_numbers_are_the_descents_and_said_to_be():
    data = dataset(10, 2)
    step = working(data, standardize=True)
    z = (data.X - data.X.mean(axis=0)) / data.X.std(axis=0)
    X = numbers_of(page(MANY, "The features X").lines(step))
    assert X[2:4] == [fmt(v) for v in z[0]]
    e = z @ step.theta[1:] + step.theta[0] - data.y
    new = numbers_of(page(MANY, "The new β").lines(step))[-2:]
    assert new == [fmt(v) for v in step.theta[1:] - 0.0625 * 0.2 * e @ z]
    assert any("standardised" in note for note in notes(MANY, step))
    assert any("standardised" in note for note in notes(ONE, step))
    assert not any("standardised" in note for note in notes(ONE, working(data)))


def symbols_of(lines):
    """Return the symbols of some lines, each with the z that is its subscript."""
    latex = " ".join(piece.latex for pieces in lines for piece in pieces if isinstance(piece, Tex))
    return {s.replace("{", "").replace("}", "") for s in re.findall(SYMBOL, latex)}


SYMBOL = r"\\?[a-zA-Z]+(?:_\{?z)?"


@pytest.mark.parametrize("chapter", list(Chapter))
def test_standardised_features_have_the_symbols_that_the_ledger_gives_them(chapter):
    data = dataset(10, 1 if chapter is ONE else 3)
    plain, scaled = {"x", "m", "b"}, {"z", "m_z", "b_z"}
    if chapter is MANY:
        plain, scaled = {"X", r"\alpha", r"\beta"}, {"Z", r"\alpha_z", r"\beta_z"}
    seen, seen_scaled = set(), set()
    for shown in chapter.pages():
        seen |= symbols_of(shown.lines(working(data)))
        seen_scaled |= symbols_of(shown.lines(working(data, standardize=True)))
    assert seen >= plain
    assert not seen & scaled
    assert seen_scaled >= scaled
    assert not seen_scaled & plain
    if chapter is ONE:
        assert symbols_of(ledger(working(data, standardize=True)).lines) >= scaled


def test_how_x_was_standardised_is_said_with_its_numbers():
    data = dataset(10)
    x = data.X[:, 0]
    (note,) = notes(ONE, working(data, standardize=True))
    assert f"z = (x − {fmt(x.mean())})/{fmt(x.std())};" in note
    note = notes(ONE, working(data, standardize=True, fit_intercept=False))[0]
    assert f"z = x/{fmt(x.std())};" in note
    (note,) = notes(MANY, working(dataset(10, 2), standardize=True))
    assert note.startswith("Z is X standardised")


def test_an_intercept_that_is_held_has_no_step():
    data = dataset()
    step = working(data, theta=[0.0, 1.0], fit_intercept=False)
    error = data.X[:, 0] - data.y
    slope = 0.2 * error @ data.X[:, 0]
    shown = numbers_of(page(ONE, "How far: the learning rate").lines(step))
    assert shown == ["1.000", "0.0625", fmt(slope, guarded=True), fmt(1 - 0.0625 * slope)]
    alpha = page(MANY, "The new α").lines(step)
    assert numbers_of(alpha) == ["0"]
    derived = numbers_of(page(MANY, "The slope ∂J/∂α").lines(step))[-1]
    assert derived == fmt(0.2 * error.sum())
    assert "held at 0" in notes(ONE, step)[-1]
    assert "held at 0" in notes(MANY, step)[-1]
    assert len(numbers_of(page(MANY, "Check").lines(step))) == 4


def test_of_several_features_the_first_stands_for_x():
    step = working(dataset(5, 3))
    assert notes(ONE, step) == (
        "Of the 3 features, x is the first (x1) and m its weight; the other weights are held.",
    )
    assert notes(MANY, step) == ()


def test_a_step_that_sees_some_points_says_so():
    data = dataset()
    line = page(ONE, "The cost").lines(working(data, [6]))[0]
    assert "".join(p.text for p in line if not isinstance(p, Tex)) == (
        "This step sees point7of10: N = 1"
    )
    assert "the loss of that point" in notes(ONE, working(data, [6]))[0]
    assert "over the 3 points of the step" in notes(MANY, working(data, [6, 1, 2]))[0]
    assert notes(ONE, working(data, list(range(10)))) == ()
    for chapter, title in ((ONE, "The cost"), (MANY, "The cost of u")):
        shown = page(chapter, title)
        assert Tex("J =") in list(pieces_of(shown.lines(working(data))))
        assert Tex("J =") in list(pieces_of(shown.lines(working(data, [6, 2]))))
        assert Tex(r"\text{loss} =") in list(pieces_of(shown.lines(working(data, [6]))))


@pytest.mark.parametrize("batch", [[6], [6, 1, 2]])
def test_the_plots_of_all_points_are_not_said_to_show_a_batch(batch):
    step, whole = working(dataset(), batch), working(dataset())
    of_all = {Highlight.GRADIENT, Highlight.SLICES, Highlight.CONTOUR, Highlight.COST}
    for shown in (shown for chapter in Chapter for shown in chapter.pages()):
        assert shown.lit(whole) == shown.highlight
        assert shown.looks(whole) == shown.looks(None)
        if shown.title == "Batch or stochastic":
            assert Highlight.GRADIENT in shown.lit(step)
            continue
        assert not shown.lit(step) & of_all, shown.title
        assert ("J over all points" in shown.looks(step)) == bool(shown.highlight & of_all)
    way = page(ONE, "Which way: the derivative").looks(step)
    points = "one point" if len(batch) == 1 else "3 points"
    assert way == (
        "In the plots the arrow downhill and the parabolas show J over all points; "
        f"the numbers here are those of the step's {points}."
    )


@pytest.mark.parametrize(
    ("n_points", "n_features", "rows", "columns"),
    [(1, 1, 1, 1), (4, 3, 4, 3), (5, 4, 4, 3), (1000, 6, 4, 3)],
)
def test_large_matrices_are_shown_by_their_ends_with_their_shape(
    n_points, n_features, rows, columns
):
    data = dataset(n_points, n_features)
    X = next(
        p
        for p in pieces_of(page(MANY, "The features X").lines(working(data)))
        if isinstance(p, Matrix)
    )
    assert (len(X.rows), len(X.rows[0])) == (rows, columns)
    assert X.shape == (n_points, n_features)
    assert X.shape_text == f"(N, n) = ({n_points}, {n_features})"
    assert X.rows[-1][-1] == data.X[-1, -1]
    assert X.rows[0][0] == data.X[0, 0]
    assert X.role is Role.POINT
