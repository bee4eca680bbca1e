"""The step machine: splitting, undoing, resetting, and changes in the middle of a run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain import line_dataset, random_dataset

from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Status

MODES = ("batch", "mini-batch", "sgd")


def state(descent: Descent) -> tuple[object, ...]:
    snapshot = descent.snapshot()
    return (
        snapshot.step,
        snapshot.epoch,
        snapshot.theta.tobytes(),
        snapshot.cost,
        snapshot.gap,
        snapshot.gradient.tobytes(),
        None if snapshot.last_batch is None else snapshot.last_batch.tobytes(),
    )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("n_features", [1, 3])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_a_run_is_the_same_to_the_last_bit_however_it_is_split(
    mode: str, n_features: int, fit_intercept: bool
) -> None:
    data = random_dataset(1, 37, n_features)
    settings = RunSettings(
        learning_rate=0.003, mode=mode, batch_size=5, fit_intercept=fit_intercept, tolerance=1e-12
    )
    rng = np.random.default_rng(0)
    total = 3000
    at_once = Descent(data, settings)
    at_once.run(total)
    in_pieces = Descent(data, settings)
    while in_pieces.step < total:
        in_pieces.run(min(int(rng.choice([1, 2, 3, 7, 64, 500])), total - in_pieces.step))
    assert state(in_pieces) == state(at_once)
    assert at_once.step == total


ENDS = [
    pytest.param(RunSettings(learning_rate=0.1), Status.CONVERGED, id="smooth"),
    pytest.param(RunSettings(learning_rate=0.3), Status.CONVERGED, id="oscillating"),
    pytest.param(RunSettings(learning_rate=0.6), Status.DIVERGED, id="diverging"),
    pytest.param(RunSettings(learning_rate=50.0), Status.DIVERGED, id="exploding"),
    pytest.param(RunSettings(learning_rate=1e300), Status.DIVERGED, id="overflowing"),
    pytest.param(
        RunSettings(learning_rate=0.01, mode="sgd", tolerance=0.5), Status.CONVERGED, id="loose sgd"
    ),
    pytest.param(
        RunSettings(learning_rate=0.22, mode="sgd", tolerance=0.5), Status.CONVERGED, id="wild sgd"
    ),
    pytest.param(RunSettings(learning_rate=1.5, mode="sgd"), Status.DIVERGED, id="diverging sgd"),
    pytest.param(
        RunSettings(learning_rate=0.05, mode="mini-batch", batch_size=5, tolerance=0.3),
        Status.CONVERGED,
        id="loose mini-batch",
    ),
    pytest.param(
        RunSettings(learning_rate=2.0, mode="mini-batch", batch_size=5),
        Status.DIVERGED,
        id="diverging mini-batch",
    ),
    pytest.param(
        RunSettings(learning_rate=1e-300, mode="batch"), Status.PAUSED, id="standing still"
    ),
]


@pytest.mark.parametrize(("settings", "status"), ENDS)
@pytest.mark.parametrize("n_features", [1, 2])
def test_a_run_ends_at_the_same_step_however_it_is_split(
    settings: RunSettings, status: Status, n_features: int
) -> None:
    data = random_dataset(4, 12, n_features)
    ends = []
    for piece in (1, 3, 64, 100_000):
        descent = Descent(data, settings)
        while descent.step < 4000 and descent.run(min(piece, 4000 - descent.step)):
            pass
        ends.append((state(descent), descent.status))
    assert ends[0][1] is status
    assert all(end == ends[0] for end in ends[1:])


def test_a_batch_run_that_comes_near_before_it_diverges_ends_the_same_too() -> None:
    # Almost all of the start lies along the slow direction, which shrinks; the rest grows.
    data = line_dataset([-3.0, 3.0], [0.0, 0.0])
    ends = set()
    for piece in (1, 5, 1000):
        descent = Descent(data, RunSettings(learning_rate=0.1118, tolerance=1e-2), (1.0, 1e-5))
        while descent.run(piece):
            pass
        ends.add((descent.step, descent.status))
    assert len(ends) == 1


def test_where_it_diverges_it_stands_at_a_state_that_can_be_shown() -> None:
    data = random_dataset(4, 12)
    for rate in (0.6, 1e5, 1e300):
        descent = Descent(data, RunSettings(learning_rate=rate))
        start = descent.snapshot()
        descent.run(10**6)
        end = descent.snapshot()
        assert end.status is Status.DIVERGED
        assert not end.can_continue
        assert end.gap <= 1e8 * max(start.gap, float(np.var(data.y)))
        assert end.growth > 1
        assert descent.run(5) == 0


def test_convergence_is_that_of_gradient_and_gap_not_of_short_steps() -> None:
    data = random_dataset(4, 12)
    slow = Descent(data, RunSettings(learning_rate=1e-12))
    slow.run(5000)
    assert slow.status is Status.PAUSED
    good = Descent(data, RunSettings(learning_rate=0.3, tolerance=1e-4))
    first = good.snapshot()
    while good.can_continue:
        before = good.snapshot()
        good.run(1)
    end = good.snapshot()
    assert end.status is Status.CONVERGED
    assert end.gap <= 1e-8 * first.gap
    assert end.gradient_norm <= 1e-4 * first.gradient_norm
    assert before.gap > 1e-8 * first.gap or before.gradient_norm > 1e-4 * first.gradient_norm


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("n_features", [1, 2])
def test_a_start_at_the_minimum_converges_at_once_or_within_some_epochs(
    mode: str, n_features: int
) -> None:
    x = np.random.default_rng(1).normal(size=(20, n_features))
    data = Dataset(x, 3.7 + x @ np.full(n_features, 0.3), tuple("ab"[:n_features]))
    minimum = Descent(data).cost.minimum
    descent = Descent(data, RunSettings(learning_rate=0.01, mode=mode), minimum)
    descent.run(1000)
    assert descent.status is Status.CONVERGED


@pytest.mark.parametrize("height", [0.1, 1e-9, 1e6, -3.3])
def test_constant_heights_started_from_converge_and_do_not_diverge(height: float) -> None:
    data = line_dataset(np.linspace(0, 1, 7), np.full(7, height))
    for mode in MODES:
        descent = Descent(data, RunSettings(learning_rate=0.2, mode=mode), (height, 0.0))
        descent.run(2000)
        assert descent.status is Status.CONVERGED


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("n_features", [1, 2])
def test_steps_back_undo_steps_bit_for_bit(mode: str, n_features: int) -> None:
    data = random_dataset(3, 17, n_features)
    descent = Descent(data, RunSettings(learning_rate=0.01, mode=mode, batch_size=4))
    states = [state(descent)]
    for piece in (1, 1, 5, 30, 1, 200):
        for _ in range(piece):
            descent.run(1)
            states.append(state(descent))
    for wanted in states[-2::-1]:
        assert descent.step_back()
        assert state(descent) == wanted
    assert descent.status is Status.READY
    assert not descent.step_back()


def test_steps_back_from_a_long_block_are_exact() -> None:
    data = random_dataset(3, 17)
    descent = Descent(data, RunSettings(learning_rate=0.01, mode="sgd"))
    descent.run(20_000)
    other = Descent(data, RunSettings(learning_rate=0.01, mode="sgd"))
    other.run(19_700)
    for _ in range(300):
        descent.step_back()
    assert state(descent) == state(other)
    descent.run(300)
    other.run(300)
    assert state(descent) == state(other)


def test_steps_back_are_exact_across_changes_of_data_settings_and_theta() -> None:
    data = random_dataset(3, 17)
    descent = Descent(data, RunSettings(learning_rate=0.01))
    changes = [
        lambda: descent.set_settings(descent.settings.with_(learning_rate=0.05)),
        lambda: descent.set_settings(descent.settings.with_(mode="sgd")),
        lambda: descent.set_dataset(descent.dataset.with_point(1.0, -2.0)),
        lambda: descent.set_theta((0.3, 7.0)),
        lambda: descent.set_dataset(descent.dataset.without(3)),
        lambda: descent.set_settings(descent.settings.with_(convention="half-mse")),
        lambda: descent.set_theta((-5.0, 1.0)),
        lambda: descent.set_dataset(descent.dataset.moved(0, 3.0, 3.0)),
        lambda: descent.set_settings(descent.settings.with_(mode="mini-batch", batch_size=3)),
    ]
    before_steps = []
    for change in changes:
        change()
        for _ in range(7):
            before_steps.append((descent.step, descent.theta.tobytes()))
            descent.run(1)
    for step, theta in reversed(before_steps):
        assert descent.step_back()
        assert (descent.step, descent.theta.tobytes()) == (step, theta)
    assert not descent.step_back()


def test_steps_back_across_standardising_keep_theta_to_rounding() -> None:
    descent = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.01))
    descent.run(5)
    before = descent.theta
    descent.run(1)
    descent.set_settings(descent.settings.with_(standardize=True))
    descent.set_settings(descent.settings.with_(learning_rate=0.2))
    here = descent.theta
    descent.run(1)
    descent.step_back()
    assert descent.theta.tolist() == here.tolist()
    descent.step_back()
    assert descent.theta == pytest.approx(before, rel=1e-14)


def test_going_on_after_a_step_back_repeats_the_same_step() -> None:
    descent = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.01, mode="sgd"))
    descent.run(50)
    wanted = state(descent)
    descent.step_back()
    descent.step_back()
    descent.run(2)
    assert state(descent) == wanted


def test_how_far_back_one_can_go_is_bounded_in_memory() -> None:
    points = np.random.default_rng(0).normal(size=(200_000, 2))
    descent = Descent(line_dataset(points[:, 0], points[:, 1]))
    for k in range(40):  # 3.2 MB each
        descent.run(1)
        descent.set_dataset(descent.dataset.moved(0, float(k), 0.0))
    steps = 0
    while descent.step_back():
        steps += 1
    assert 10 <= steps < 40


@pytest.mark.parametrize("mode", MODES)
def test_reset_runs_the_same_again_from_the_same_start(mode: str) -> None:
    descent = Descent(
        random_dataset(3, 17), RunSettings(learning_rate=0.01, mode=mode, seed=5), (1.0, -1.0)
    )
    descent.run(123)
    first = state(descent)
    descent.reset()
    snapshot = descent.snapshot()
    assert (snapshot.step, snapshot.epoch, snapshot.status) == (0, 0, Status.READY)
    assert snapshot.theta.tolist() == [1.0, -1.0]
    assert not snapshot.can_step_back
    assert snapshot.trace.steps.tolist() == [0]
    descent.run(123)
    assert state(descent) == first


def test_a_new_start_counts_from_the_next_reset() -> None:
    descent = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.01))
    descent.run(4)
    here = descent.theta
    descent.set_start((2.0, 3.0))
    assert descent.theta.tolist() == here.tolist()
    descent.reset()
    assert descent.theta.tolist() == [2.0, 3.0]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("standardize", [False, True])
def test_edits_in_mid_run_go_on_from_where_it_is(mode: str, standardize: bool) -> None:
    data = random_dataset(3, 17)
    descent = Descent(
        data, RunSettings(learning_rate=0.01, mode=mode, batch_size=4, standardize=standardize)
    )
    for edited in (
        data.with_point(5.0, 5.0),
        data.moved(3, -1.0, 2.0),
        data.without(16).without(2),
        Dataset.from_points([(1.0, 1.0)]),
        Dataset.empty(),
        data,
    ):
        descent.run(13)
        before, step = descent.theta, descent.step
        descent.set_dataset(edited)
        assert descent.theta == pytest.approx(before, rel=1e-13)
        assert descent.step == step
        assert descent.run(6) == (6 if edited.n_points else 0)


def test_a_converged_run_wakes_when_the_data_or_theta_change() -> None:
    data = random_dataset(3, 17)
    descent = Descent(data, RunSettings(learning_rate=0.2))
    descent.run(10**5)
    assert descent.status is Status.CONVERGED
    descent.set_dataset(data.moved(0, 9.0, -9.0))
    assert descent.status is Status.PAUSED
    assert descent.can_continue
    descent.set_settings(descent.settings.with_(learning_rate=0.02))
    descent.run(10**5)
    assert descent.status is Status.CONVERGED
    descent.set_theta((5.0, 5.0))
    assert descent.can_continue


def test_a_diverged_run_goes_on_once_the_rate_is_lowered() -> None:
    descent = Descent(random_dataset(3, 17), RunSettings(learning_rate=1.5))
    descent.run(10**5)
    assert descent.status is Status.DIVERGED
    descent.set_settings(descent.settings.with_(learning_rate=0.1))
    assert descent.status is Status.PAUSED
    descent.run(10**5)
    assert descent.status is Status.CONVERGED


def test_many_tiny_edits_of_a_converged_run_still_converge() -> None:
    data = random_dataset(3, 17)
    descent = Descent(data, RunSettings(learning_rate=0.2))
    for k in range(50):
        descent.run(10**5)
        assert descent.status is Status.CONVERGED
        descent.set_dataset(data.moved(0, float(data.x[0]) + k * 1e-9, float(data.y[0])))


def test_changing_the_convention_keeps_what_convergence_is_measured_from() -> None:
    descent = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.05))
    descent.run(200)
    descent.set_settings(RunSettings(learning_rate=0.1, convention="half-mse"))
    descent.run(10**5)
    plain = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.05))
    plain.run(10**5)
    assert descent.step == plain.step


def test_holding_the_intercept_puts_it_to_zero() -> None:
    descent = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.05))
    descent.run(20)
    assert descent.theta[0] != 0
    descent.set_settings(descent.settings.with_(fit_intercept=False))
    assert descent.theta[0] == 0.0
    descent.run(20)
    assert descent.theta[0] == 0.0
    assert descent.step_back()
    for _ in range(25):
        descent.step_back()
    assert descent.theta[0] == 0.0


def test_half_mse_at_twice_the_rate_walks_the_same_path() -> None:
    one = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.05))
    other = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.1, convention="half-mse"))
    one.run(60)
    other.run(60)
    assert one.theta == pytest.approx(other.theta, rel=1e-13)


def test_another_number_of_features_begins_anew() -> None:
    descent = Descent(random_dataset(3, 17), RunSettings(learning_rate=0.05))
    descent.run(5)
    descent.set_dataset(random_dataset(3, 17, 2))
    assert descent.step == 0
    assert descent.theta.tolist() == [0.0, 0.0, 0.0]


@given(
    st.lists(st.sampled_from(["run", "back", "rate", "add", "remove", "theta", "mode", "reset"]))
)
def test_any_sequence_of_commands_keeps_the_counts_consistent(commands: list[str]) -> None:
    data = random_dataset(3, 6)
    descent = Descent(data, RunSettings(learning_rate=0.02))
    for k, command in enumerate(commands):
        if command == "run":
            descent.run(1 + 7 * k)
        elif command == "back":
            descent.step_back()
        elif command == "rate":
            descent.set_settings(descent.settings.with_(learning_rate=0.001 * (k + 1)))
        elif command == "add":
            descent.set_dataset(descent.dataset.with_point(k * 0.1, 1.0))
        elif command == "remove" and descent.dataset.n_points:
            descent.set_dataset(descent.dataset.without(0))
        elif command == "theta":
            descent.set_theta((float(k), 1.0))
        elif command == "mode":
            mode = MODES[(MODES.index(descent.settings.mode) + 1) % 3]
            descent.set_settings(descent.settings.with_(mode=mode, batch_size=2))
        elif command == "reset":
            descent.reset()
        snapshot = descent.snapshot()
        steps = snapshot.trace.steps
        assert np.all(np.diff(steps) >= 0)
        assert np.all(np.diff(snapshot.trace.epochs) >= 0)
        assert steps[-1] == snapshot.step
        assert snapshot.trace.thetas[-1].tolist() == snapshot.theta.tolist()
        assert snapshot.can_step_back == (snapshot.step > 0)
        if snapshot.last_batch is not None and len(snapshot.last_batch):
            assert snapshot.last_batch.max() < descent.dataset.n_points


@pytest.mark.parametrize("order", ["given", "shuffled"])
@pytest.mark.parametrize(("mode", "size"), [("sgd", 1), ("mini-batch", 3)])
def test_the_points_announced_are_those_that_the_next_step_uses(
    mode: str, size: int, order: str
) -> None:
    settings = RunSettings(0.01, mode, size, order)
    descent = Descent(Dataset.from_points([(i, 2.0 * i) for i in range(7)]), settings)
    for _ in range(20):
        announced = descent.snapshot().next_batch
        descent.run(1)
        np.testing.assert_array_equal(descent.snapshot().last_batch, announced)


def test_a_batch_step_announces_all_points() -> None:
    assert Descent(Dataset.from_points([(0, 1), (1, 2)])).snapshot().next_batch is None


def test_after_a_step_back_the_points_named_are_those_of_the_step_that_led_there() -> None:
    data = Dataset.from_points([(i, 2.0 * i) for i in range(7)])
    descent = Descent(data, RunSettings(0.01, "sgd", order="given"))
    descent.run(3)
    descent.set_settings(RunSettings(0.01, "mini-batch", 4, order="given"))
    descent.run(1)
    assert descent.snapshot().last_batch.tolist() == [3, 4, 5, 6]
    descent.step_back()  # to where the settings were changed
    assert descent.snapshot().last_batch.tolist() == []
    descent.step_back()
    assert descent.snapshot().last_batch.tolist() == [1]
    descent.step_back()
    assert descent.snapshot().last_batch.tolist() == [0]
    descent.step_back()
    assert descent.snapshot().last_batch.tolist() == []


def test_a_step_back_from_batch_names_the_points_of_a_stochastic_step_and_the_reverse() -> None:
    data = Dataset.from_points([(i, 2.0 * i) for i in range(7)])
    descent = Descent(data, RunSettings(0.01, "sgd", order="given"))
    descent.run(2)
    descent.set_settings(RunSettings(0.01))
    descent.run(2)
    descent.set_settings(RunSettings(0.01, "sgd", order="given"))
    descent.run(1)
    named = []
    while descent.step_back():
        batch = descent.snapshot().last_batch
        named.append(None if batch is None else batch.tolist())
    assert named == [[], None, [], [0], []]


def test_a_step_back_to_other_points_names_none() -> None:
    data = Dataset.from_points([(i, 2.0 * i) for i in range(7)])
    descent = Descent(data, RunSettings(0.01, "sgd", order="given"))
    descent.run(7)
    descent.set_dataset(data.without(0))
    descent.run(1)
    descent.step_back()
    descent.step_back()
    assert descent.snapshot().last_batch.tolist() == []


def test_steps_back_over_many_stretches_name_the_points_all_along() -> None:
    data = Dataset.from_points([(i, 2.0 * i) for i in range(7)])
    descent = Descent(data, RunSettings(1e-6, "sgd", order="given"))
    descent.run(4099)
    for step in range(4098, 4092, -1):
        descent.step_back()
        assert descent.snapshot().last_batch.tolist() == [(step - 1) % 7]
