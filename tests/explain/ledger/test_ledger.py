from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import PARAMETERS, RunSettings
from gdviz.core.working import Working
from gdviz.explain.formula import Fraction, Number, Role, Tex, is_same_form, numbers_of
from gdviz.explain.latex import to_latex
from gdviz.explain.ledger.sums import ledger
from gdviz.explain.ledger.table import Quantity, columns, total, values, widest
from gdviz.explain.stages import Stage

CONVENTIONS = PARAMETERS["convention"].values
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def parsed(text: str) -> float:
    """Return the number that a person reads."""
    text = text.strip("()").replace("−", "-").replace("\u2009", "")
    mantissa, _, power = text.partition("×10")
    return float(mantissa) * 10.0 ** int(power.translate(POWERS) or 0)


def dataset(n_points=9, n_features=1, seed=4):
    generator = np.random.default_rng(seed)
    X = generator.normal(3, 2, (n_points, n_features))
    y = X @ np.arange(1.0, n_features + 1) + generator.normal(2, 1, n_points)
    return Dataset(X, y, tuple(f"f{j + 1}" for j in range(n_features)))


def working(data, settings, theta, batch=None):
    return Working.of(data, settings, make_cost(data, settings), theta, batch)


class Reference:
    """The same step, by definition: means and sums over the rows themselves."""

    def __init__(self, data, settings, theta, batch):
        X, y, theta = data.X, data.y, np.array(theta)
        self.shift, self.scale = np.zeros(X.shape[1]), np.ones(X.shape[1])
        if settings.standardize:
            self.scale = np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
            if settings.fit_intercept:
                self.shift = X.mean(axis=0)
        self.theta = np.append(theta[0] + theta[1:] @ self.shift, theta[1:] * self.scale)
        seen = slice(None) if batch is None else batch
        self.X, self.y = ((X - self.shift) / self.scale)[seen], y[seen]
        k = len(self.y)
        self.prediction = self.theta[0] + self.X @ self.theta[1:]
        self.error = self.prediction - self.y
        weight = {"mse": 1 / k, "half-mse": 0.5 / k, "sum": 1.0, "half-sum": 0.5}
        self.cost = weight[settings.convention] * float(np.sum(self.error**2))
        ones = np.column_stack((np.ones(k), self.X))
        self.sums = self.error @ ones
        self.gradient = 2 * weight[settings.convention] * self.sums
        if not settings.fit_intercept:
            self.gradient[0] = 0
        self.new = self.theta - settings.learning_rate * self.gradient
        self.new_in_units = np.append(0.0, self.new[1:] / self.scale)
        self.new_in_units[0] = self.new[0] - self.new_in_units[1:] @ self.shift


def same(texts, numbers):
    """Whether texts say these numbers, to the four digits that they show."""
    assert len(texts) == len(numbers), (texts, numbers)
    for text, number in zip(texts, numbers, strict=True):
        assert parsed(text) == pytest.approx(number, rel=6e-4, abs=1e-12), (texts, numbers)


def at(book, stage):
    return numbers_of(
        pieces for pieces, of in zip(book.lines, book.stages, strict=True) if of is stage
    )


def case(n_features, mode, convention, standardize, fit_intercept):
    data = dataset(n_features=n_features)
    settings = RunSettings(
        0.03,
        mode,
        4,
        convention=convention,
        standardize=standardize,
        fit_intercept=fit_intercept,
    )
    theta = np.linspace(0.7, -1.1, n_features + 1)
    theta[0] *= fit_intercept
    batch = {"batch": None, "mini-batch": np.array([5, 2, 8, 0]), "sgd": np.array([6])}[mode]
    return working(data, settings, theta, batch), Reference(data, settings, theta, batch)


def order_of(n_features, feature, fit_intercept):
    weight = feature + 1
    order = [weight, 0] if n_features == 1 else [0, weight]
    return [p for p in order if p or fit_intercept]


def scaling_numbers(step, right, feature):
    if not step.settings.standardize:
        return []
    shift = [abs(right.shift[feature])] if step.settings.fit_intercept else []
    return [*shift, right.scale[feature]]


def update_numbers(step, right, order):
    numbers = []
    for p in order:
        rate = step.settings.learning_rate
        numbers += [right.theta[p], rate, right.gradient[p], right.new[p]]
    if step.settings.standardize:
        numbers += [right.new_in_units[p] for p in order]
    return numbers


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("n_features", [1, 2, 6])
@pytest.mark.parametrize("mode", ["batch", "mini-batch"])
def test_the_sums_of_many_points(mode, n_features, fit_intercept, standardize, convention):
    step, right = case(n_features, mode, convention, standardize, fit_intercept)
    feature = n_features - 1
    book = ledger(step, feature)
    order = order_of(n_features, feature, fit_intercept)
    shown = n_features if n_features <= 3 else 2
    weights = list(right.theta[1 : shown + 1])
    intercept = [right.theta[0]] if fit_intercept else []
    terms = weights + intercept if n_features == 1 else intercept + weights
    same(at(book, Stage.PREDICT), scaling_numbers(step, right, feature) + terms)
    k = len(right.y)
    by_cost = {"mse": [1, k], "half-mse": [1, 2, k], "sum": [], "half-sum": [1, 2]}[convention]
    by_slope = {"mse": [2, k], "half-mse": [1, k], "sum": [2], "half-sum": []}[convention]
    squared = float(np.sum(right.error**2))
    same(at(book, Stage.ERROR), [*by_cost, squared, right.cost] if by_cost else [squared])
    gradients = []
    for p in order:
        total_ = [right.sums[p]] if by_slope else []
        gradients += [*by_slope, *total_, right.gradient[p]]
    same(at(book, Stage.GRADIENT), gradients)
    same(at(book, Stage.UPDATE), update_numbers(step, right, order))


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("n_features", [1, 2, 6])
def test_the_sum_of_one_point(n_features, fit_intercept, standardize, convention):
    step, right = case(n_features, "sgd", convention, standardize, fit_intercept)
    book = ledger(step)
    order = order_of(n_features, 0, fit_intercept)
    x, y, error = right.X[0], right.y[0], right.error[0]
    shown = n_features if n_features <= 3 else 2
    products = [number for j in range(shown) for number in (right.theta[j + 1], x[j])]
    intercept = [right.theta[0]] if fit_intercept else []
    terms = products + intercept if n_features == 1 else intercept + products
    scaling = scaling_numbers(step, right, 0)
    same(at(book, Stage.PREDICT), [*scaling, *terms, right.prediction[0]])
    same(at(book, Stage.ERROR), [right.prediction[0], y, error, error**2])
    factor = [] if convention.startswith("half") else [2]
    gradients = []
    for p in order:
        result = [right.gradient[p]] if p or factor else []
        gradients += [*factor, error, *([x[0]] if p else []), *result]
    same(at(book, Stage.GRADIENT), gradients)
    same(at(book, Stage.UPDATE), update_numbers(step, right, order))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_every_slope_of_one_point_has_the_colour_of_slopes(convention):
    step, _ = case(1, "sgd", convention, False, True)
    book = ledger(step)
    pieces = book.lines[book.stages.index(Stage.GRADIENT)]
    numbers = [piece for piece in pieces if isinstance(piece, Number)]
    by_b = next(i for i, p in enumerate(pieces) if isinstance(p, Tex) and r"\partial b}" in p.latex)
    before_b = [piece for piece in pieces[:by_b] if isinstance(piece, Number)]
    assert [before_b[-1].role, numbers[-1].role] == [Role.GRADIENT] * 2


def test_a_step_that_can_be_checked_by_hand():
    data = Dataset.from_points([(3.0, 5.0)])
    step = working(data, RunSettings(0.1, "sgd"), (1.0, 2.0), np.array([0]))
    assert numbers_of(ledger(step).lines) == [
        *("2.000", "3", "1.000", "7.000"),
        *("7.000", "5", "2.000", "4.000"),
        *("2", "2.000", "3", "12.00", "2", "2.000", "4.000"),
        *("2.000", "0.1", "12.00", "0.8000", "1.000", "0.1", "4.000", "0.6000"),
    ]


def test_a_gradient_has_the_factor_of_its_convention():
    data = dataset()
    wanted = {
        "mse": r"\frac{2}{N} \sum e\,x = \frac{2}{9} \cdot",
        "half-mse": r"\frac{1}{N} \sum e\,x = \frac{1}{9} \cdot",
        "sum": r"= 2 \sum e\,x = 2 \cdot",
        "half-sum": r"\sum e\,x =",
    }
    for convention, formula in wanted.items():
        step = working(data, RunSettings(convention=convention), (5.0, 3.0))
        assert formula in to_latex(ledger(step).lines), convention


def test_a_mini_batch_has_k_points_and_is_not_the_whole_cost():
    step = working(dataset(), RunSettings(0.1, "mini-batch", 3), (0, 1), np.arange(3))
    latex = to_latex(ledger(step).lines)
    assert r"\frac{2}{k}" in latex
    assert "J =" not in latex
    assert "N" not in latex


def test_negative_numbers_stand_in_brackets_behind_a_sign():
    step = working(
        Dataset.from_points([(-3.0, -5.0)]), RunSettings(0.1, "sgd"), (-1.0, -2.0), np.array([0])
    )
    latex = to_latex(ledger(step).lines)
    assert r"-2.000 \cdot (-3) + (-1.000) = 5.000" in latex
    assert r"5.000 - (-5) = 10.00" in latex
    assert r"\cdot (-60.00)" in latex
    for mode in ("sgd", "batch"):
        for point in ((-3.0, 5.0), (3.0, 50.0), (-3.0, -50.0)):
            step = working(
                Dataset.from_points([point]),
                RunSettings(0.1, mode),
                (-1.0, -2.0),
                np.array([0]) if mode == "sgd" else None,
            )
            latex = to_latex(ledger(step).lines)
            assert not any(clash in latex for clash in ("+ -", "- -", r"\cdot -")), latex


def test_an_intercept_that_is_not_fitted_stays_and_says_so():
    step = working(dataset(), RunSettings(fit_intercept=False), (0.0, 1.0))
    latex = to_latex(ledger(step).lines)
    assert "b = 0" in latex
    assert r"\partial b" not in latex
    assert r"b \leftarrow" not in latex


def test_standardised_features_have_their_own_symbols():
    step = working(dataset(n_features=2), RunSettings(standardize=True), (0.0, 1.0, 1.0))
    latex = to_latex(ledger(step, 1).lines)
    assert "z_{2} = (x_{2} -" in latex
    assert r"\partial w_{z2}" in latex
    assert "in your units" in latex


def test_many_weights_are_counted_not_listed():
    step = working(dataset(n_features=6), RunSettings(), np.ones(7))
    latex = to_latex(ledger(step, 4).lines)
    assert "4 more" in latex
    assert r"\partial w_{5}" in latex
    assert r"\partial w_{1}" not in latex


def test_numbers_have_the_colours_of_their_counterparts():
    step = working(
        Dataset.from_points([(3.0, 5.0)]), RunSettings(0.1, "sgd"), (1, 2), np.array([0])
    )
    book = ledger(step)
    roles = {
        stage: [
            piece.role
            for pieces, of in zip(book.lines, book.stages, strict=True)
            if of is stage
            for piece in pieces
            if isinstance(piece, Number)
        ]
        for stage in Stage
    }
    line, point, error = Role.LINE, Role.POINT, Role.RESIDUAL
    assert roles[Stage.PREDICT] == [line, point, line, line]
    assert roles[Stage.ERROR] == [line, point, error, error]
    assert roles[Stage.UPDATE] == [line, Role.RATE, Role.GRADIENT, line] * 2


@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
@pytest.mark.parametrize("standardize", [False, True])
def test_only_numbers_change_from_step_to_step(mode, standardize):
    settings = RunSettings(0.1, mode, 3, standardize=standardize)
    batches = {"batch": [None] * 2, "sgd": [[0], [3]], "mini-batch": [[0, 1, 2], [7, 8, 3]]}[mode]
    books = [
        ledger(working(dataset(), settings, theta, None if batch is None else np.array(batch)))
        for theta, batch in zip(((1.0, 2.0), (-1e-9, -2e7)), batches, strict=True)
    ]
    assert is_same_form(books[0].lines, books[1].lines)


def test_lines_beyond_a_stage_are_pending():
    book = ledger(working(dataset(), RunSettings(), (0.0, 1.0)))
    assert book.pending(Stage.UPDATE) == frozenset()
    assert book.pending(Stage.PREDICT) == frozenset(range(1, 6))
    assert book.pending(Stage.GRADIENT) == {4, 5}
    assert [of.order for of in book.stages] == sorted(of.order for of in book.stages)


def test_without_points_there_is_nothing_to_work_out():
    assert ledger(working(Dataset.empty(), RunSettings(), (0.0, 0.0))).lines == ()


def test_numbers_too_large_to_square_are_shown_as_infinite():
    data = Dataset.from_points([(1e50, 5.0)])
    step = working(data, RunSettings(0.1), (0.0, 1.0))
    far = replace(step, settings=RunSettings(0.1, "sgd"), theta=np.array([0.0, 1e200]))
    assert "∞" in numbers_of(ledger(far).lines)


def test_no_row_is_touched_for_the_sums_of_all_points(monkeypatch):
    step = working(dataset(100_000), RunSettings(), (0.0, 1.0))
    right = Reference(step.dataset, step.settings, (0.0, 1.0), None)
    monkeypatch.setattr(Working, "rows", None)
    book = ledger(step)
    gradients = [2, 100_000, right.sums[1], right.gradient[1]]
    same(at(book, Stage.GRADIENT)[:4], gradients)
    fractions = [p for pieces in book.lines for p in pieces if isinstance(p, Fraction)]
    assert numbers_of([fractions[0].bottom]) == ["100\u2009000"]


def test_the_stages_follow_each_other():
    assert [stage.order for stage in Stage] == [0, 1, 2, 3]
    assert Stage.PREDICT.following is Stage.ERROR
    assert Stage.UPDATE.following is None
    assert all(stage.sentence for stage in Stage)


# --- the table ------------------------------------------------------------------------------------


@given(st.integers(1, 40), st.integers(1, 6), st.booleans(), st.data())
def test_the_table_says_of_each_point_what_is_its_due(n_points, n_features, standardize, data):
    feature = data.draw(st.integers(0, n_features - 1))
    first = data.draw(st.integers(0, n_points - 1))
    points = dataset(n_points, n_features, n_points)
    settings = RunSettings(standardize=standardize)
    theta = np.linspace(-1, 2, n_features + 1)
    step = working(points, settings, theta)
    shown = columns(step, feature)
    table = values(step, shown, first, n_points)
    right = Reference(points, settings, theta, None)
    expected = {
        Quantity.POINT: np.arange(1, n_points + 1),
        Quantity.TARGET: right.y,
        Quantity.PREDICTION: right.prediction,
        Quantity.ERROR: right.error,
        Quantity.SQUARED: right.error**2,
        Quantity.PRODUCT: right.error * right.X[:, feature],
    }
    for place, column in enumerate(shown):
        wanted = expected.get(column.quantity)
        if column.quantity is Quantity.FEATURE:
            wanted = right.X[:, column.feature]
        np.testing.assert_allclose(table[:, place], wanted[first:], rtol=1e-9, atol=1e-9)


def test_of_several_features_only_the_chosen_one_is_shown():
    step = working(dataset(n_features=4), RunSettings(), np.ones(5))
    symbols = [column.symbol for column in columns(step, 2)]
    assert symbols == ["#", "x₃", "y", "ŷ", "e", "e²", "e·x₃"]
    step = working(dataset(), RunSettings(standardize=True), np.ones(2))
    assert [column.symbol for column in columns(step)] == ["#", "z", "y", "ŷ", "e", "e²", "e·z"]


def test_columns_have_the_colours_and_stages_of_what_they_show():
    found = {
        column.symbol: (column.role, column.stage)
        for column in columns(working(dataset(), RunSettings(), (0, 1)))
    }
    assert found["x"] == found["y"] == (Role.POINT, Stage.PREDICT)
    assert found["ŷ"] == (Role.LINE, Stage.PREDICT)
    assert found["e"] == found["e²"] == (Role.RESIDUAL, Stage.ERROR)
    assert found["e·x"] == (Role.RESIDUAL, Stage.GRADIENT)


def test_the_totals_are_the_sums_of_the_columns():
    step = working(dataset(n_features=3), RunSettings(), (0.5, 1, 2, 3))
    shown = columns(step, 1)
    table = values(step, shown, 0, step.n_seen)
    for place, column in enumerate(shown):
        sum_ = total(step, column)
        if column.quantity in (Quantity.ERROR, Quantity.SQUARED, Quantity.PRODUCT):
            assert sum_ == pytest.approx(table[:, place].sum())
        else:
            assert sum_ is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(170.0, "170"), (3.14159265, "3.1416"), (-0.00012345678, "−0.00012346"), (0.0, "0")],
)
def test_given_numbers_have_no_trailing_zeros(value, text):
    column = columns(working(dataset(), RunSettings(), (0, 1)))[1]
    assert column.text(value) == text


def test_large_numbers_get_wider_columns():
    small = working(Dataset.from_points([(1, 2), (3, 4)]), RunSettings(), (0, 1))
    large = working(Dataset.from_points([(1.5e9, 2), (3e9, 4)]), RunSettings(), (0, 1))
    assert len(widest(large, columns(large)[1])) > len(widest(small, columns(small)[1]))
    assert widest(large, columns(large)[2]) == widest(small, columns(small)[2])


@pytest.mark.parametrize("batch", [None, np.array([1, 4])])
def test_of_points_on_the_line_no_rounding_is_shown_as_a_number(batch):
    X = np.array([0.1, 0.25, 0.7, 1.3, 2.9])
    data = Dataset(X[:, np.newaxis], 2.2 * X + 0.15)
    settings = RunSettings(0.5, "batch" if batch is None else "mini-batch", 2, standardize=True)
    step = working(data, settings, [0.15, np.nextafter(2.2, 3)], batch)
    assert np.abs(step.rows(0, 5).error).max() > 0
    assert not step.gradient.any()
    shown = columns(step)
    table = values(step, shown, 0, 5)
    assert not table[:, [place for place, c in enumerate(shown) if c.quantity in ERRORS]].any()
    assert [total(step, c) for c in shown if c.quantity in ERRORS] == [0, 0, 0]


ERRORS = (Quantity.ERROR, Quantity.SQUARED, Quantity.PRODUCT)


def test_a_point_on_the_line_among_others_has_no_error():
    data = Dataset(np.array([[0.3], [2.0]]), np.array([0.7 * 0.3 + 0.1, 2.0]))
    step = working(data, RunSettings(), [0.1, np.nextafter(0.7, 1)])
    errors = values(step, columns(step), 0, 2)[:, 4]
    assert errors[0] == 0
    assert errors[1] == pytest.approx(-0.5)
