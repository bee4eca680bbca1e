import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from gdviz.core.descent import Descent
from gdviz.core.worked_example import BUNDLED, LARGEST_ENTRY, Entry, WorkedExample

NUMBERS = st.floats(-LARGEST_ENTRY, LARGEST_ENTRY, allow_nan=False)
SMALL = st.integers(-30, 30).map(lambda tenths: tenths / 10)


def example_of(numbers, rate):
    return WorkedExample(
        np.reshape(numbers[:8], (4, 2)),
        np.array(numbers[8:12]),
        numbers[12],
        np.array(numbers[13:15]),
        rate,
    )


def lists(numbers):
    return st.lists(numbers, min_size=15, max_size=15)


RATES = st.floats(1e-6, LARGEST_ENTRY)


def test_the_first_step_by_hand():
    assert_array_equal(BUNDLED.X, [[0, 1], [1, 0], [1, 2], [2, 1]])
    assert_array_equal(BUNDLED.Y, [[1], [6], [6], [7]])
    # 0 + 0·1 + 1·2, 0 + 1·1 + 0·2, 0 + 1·1 + 2·2, 0 + 2·1 + 1·2
    assert_array_equal(BUNDLED.prediction, [[2], [1], [5], [4]])
    # 1 − 2, 6 − 1, 6 − 5, 7 − 4
    assert_array_equal(BUNDLED.u, [[-1], [5], [1], [3]])
    assert_array_equal(BUNDLED.u_squared, [[1], [25], [1], [9]])
    assert BUNDLED.cost == 9  # (1 + 25 + 1 + 9)/4 = 36/4
    assert_array_equal(BUNDLED.gradient_alpha, [[-4]])  # −(2/4)(−1 + 5 + 1 + 3) = −(2/4) 8
    # −1·0 + 5·1 + 1·1 + 3·2 = 12 and −1·1 + 5·0 + 1·2 + 3·1 = 4
    assert_array_equal(BUNDLED.u_times_X, [[12, 4]])
    assert_array_equal(BUNDLED.gradient_beta, [[-6, -2]])
    assert_allclose(BUNDLED.new_alpha, [[0.4]], rtol=1e-15)  # 0 + 0.1·4
    assert_allclose(BUNDLED.new_beta, [[1.6, 2.2]], rtol=1e-15)  # 1 + 0.1·6, 2 + 0.1·2


def test_the_second_step_by_hand():
    second = BUNDLED.after(1)
    # 0.4 + 2.2, 0.4 + 1.6, 0.4 + 1.6 + 4.4, 0.4 + 3.2 + 2.2
    assert_allclose(second.prediction, [[2.6], [2.0], [6.4], [5.8]], rtol=1e-14)
    assert_allclose(second.u, [[-1.6], [4.0], [-0.4], [1.2]], rtol=1e-14)
    assert second.cost == pytest.approx(5.04)  # (2.56 + 16 + 0.16 + 1.44)/4 = 20.16/4
    assert_allclose(second.gradient_alpha, [[-1.6]], rtol=1e-14)  # −½ · 3.2
    # −½ (4 − 0.4 + 2.4) = −½ · 6 and −½ (−1.6 − 0.8 + 1.2) = −½ · (−1.2)
    assert_allclose(second.gradient_beta, [[-3.0, 0.6]], rtol=1e-14)
    assert_allclose(second.new_alpha, [[0.56]], rtol=1e-14)
    assert_allclose(second.new_beta, [[1.9, 2.14]], rtol=1e-14)


def test_it_ends_at_whole_numbers_at_a_pleasant_pace():
    assert BUNDLED.learning_rate < 1 / BUNDLED.limits.lambda_max
    assert BUNDLED.limits.condition_number < 25
    assert_allclose(BUNDLED.quadratic.minimum, [2, 3, 0], atol=1e-12)
    assert BUNDLED.quadratic.minimum_cost == pytest.approx(1)
    costs = [BUNDLED.after(step).cost for step in range(41)]
    assert all(later < earlier for earlier, later in pairwise(costs))
    assert costs[40] < 1.05


@given(lists(NUMBERS), RATES)
def test_every_number_is_what_plain_numpy_says(numbers, rate):
    example = example_of(numbers, rate)
    X, y, beta = example.X, example.y, example.beta
    prediction = np.array([example.alpha + x @ beta for x in X])
    u = y - prediction
    size = np.abs(y) + abs(example.alpha) + np.abs(X) @ np.abs(beta)
    assert_allclose(example.prediction[:, 0], prediction, atol=1e-13 * size.max())
    assert_allclose(example.u[:, 0], u, atol=1e-13 * size.max())
    assert_allclose(example.cost, np.mean(u**2), rtol=1e-9, atol=1e-25 * size.max() ** 2)
    slack = 1e-13 * size.sum() * (1 + np.abs(X).max())
    assert_allclose(example.gradient_alpha, [[-2 * u.mean()]], atol=slack)
    gradient = -2 / 4 * np.array([sum(u * X[:, 0]), sum(u * X[:, 1])])
    assert_allclose(example.gradient_beta[0], gradient, atol=slack)
    slack *= rate
    assert_allclose(example.new_alpha, [[example.alpha + rate * 2 * u.mean()]], atol=slack)
    assert_allclose(example.new_beta[0], beta - rate * gradient, atol=slack)


@given(lists(SMALL), st.sampled_from([0.01, 0.05]))
def test_it_makes_the_steps_of_a_run(numbers, rate):
    example = example_of(numbers, rate)
    run = Descent(example.dataset(), example.settings, example.start)
    for step in range(4):
        state = example.after(step)
        assert_allclose(run.theta, state.start, rtol=1e-9, atol=1e-9)
        if run.run(1) == 0:  # at the minimum from the start
            break


def test_its_points_are_called_x1_x2_and_y():
    dataset = BUNDLED.dataset()
    assert (dataset.feature_names, dataset.target_name) == (("x1", "x2"), "y")
    assert_array_equal(dataset.X, BUNDLED.X)
    assert_array_equal(dataset.y, BUNDLED.y)


@given(lists(NUMBERS), RATES)
def test_all_numbers_stay_finite_for_three_steps(numbers, rate):
    state = example_of(numbers, rate).after(3)
    for values in (state.cost, state.gradient_beta, state.start):
        assert np.isfinite(values).all()


def test_rounding_is_not_taken_for_a_number():
    # 0.3 − (0.1 + 0.2) is −5.6·10⁻¹⁷ in floating point.
    example = WorkedExample(np.ones((4, 2)), np.full(4, 0.3), 0.0, np.array([0.1, 0.2]), 0.1)
    assert_array_equal(example.u, np.zeros((4, 1)))
    assert_array_equal(example.gradient_beta, np.zeros((1, 2)))


@pytest.mark.parametrize("entry", list(Entry))
def test_one_number_is_changed_and_no_other(entry):
    rows, columns = entry.shape
    changed = BUNDLED.with_entry(entry, rows - 1, columns - 1, 12.5)
    for other in Entry:
        expected = BUNDLED.entries(other).copy()
        if other is entry:
            expected[rows - 1, columns - 1] = 12.5
        assert_array_equal(changed.entries(other), expected)


def test_a_rate_beyond_the_limit_diverges():
    beyond = BUNDLED.with_entry(Entry.RATE, 0, 0, BUNDLED.limits.max * 1.01)
    assert beyond.diverges
    assert beyond.after(400).cost > 1000 * beyond.cost
    below = BUNDLED.with_entry(Entry.RATE, 0, 0, BUNDLED.limits.max * 0.99)
    assert not below.diverges
    assert below.after(2000).cost == pytest.approx(1)


@pytest.mark.parametrize(
    ("entry", "value", "is_allowed"),
    [
        (Entry.X, 1e6, True),
        (Entry.X, -1e6, True),
        (Entry.X, 1.1e6, False),
        (Entry.Y, math.nan, False),
        (Entry.BETA, math.inf, False),
        (Entry.RATE, 0.0, False),
        (Entry.RATE, -0.1, False),
        (Entry.RATE, 0.1, True),
    ],
)
def test_what_may_stand_in_it(entry, value, is_allowed):
    assert entry.allows(value) is is_allowed


@pytest.mark.parametrize(
    ("entry", "value"), [(Entry.X, math.inf), (Entry.ALPHA, math.nan), (Entry.RATE, 0.0)]
)
def test_what_cannot_be_worked_with_is_refused(entry, value):
    with pytest.raises(ValueError, match="must be"):
        BUNDLED.with_entry(entry, 0, 0, value)


def test_another_shape_is_refused():
    with pytest.raises(ValueError, match="shape"):
        WorkedExample(np.ones((3, 2)), np.ones(4), 0.0, np.ones(2), 0.1)


def test_its_numbers_cannot_be_changed_behind_its_back():
    with pytest.raises(ValueError, match="read-only"):
        BUNDLED.X[0, 0] = 5
