import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.dataset import Dataset
from gdviz.core.finite_difference import differences
from gdviz.explain.derivation.chapters import Chapter
from gdviz.explain.formula import (
    Words,
    is_finite,
    numbers_of,
)
from gdviz.explain.numbers import format_number
from tests.explain.derivation.plain import (
    CONVENTIONS,
    MANY,
    ONE,
    Plain,
    cases,
    dataset,
    fmt,
    page,
    pieces_of,
    working,
)


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


def with_slopes(step, error_x):
    return dataclasses.replace(step, sums=dataclasses.replace(step.sums, error_x=error_x))


def test_a_wrong_formula_is_found_out():
    right = working(dataset())
    wrong = with_slopes(right, right.sum_error_x * (1 + 1e-4))
    assert [both.agreeing for both in differences(right)] == [10, 10]
    assert differences(wrong)[1].agreeing == 4
    assert differences(with_slopes(right, -right.sum_error_x))[1].agreeing == 0


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
    monkeypatch.setattr("gdviz.core.finite_difference._MOST_POINTS", 10)
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
