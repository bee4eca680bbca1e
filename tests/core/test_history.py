"""The record of a run: bounded, and close to the whole path however much of it is thinned."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from plain import line_dataset, random_dataset

from gdviz.core.descent import Descent
from gdviz.core.history import CAPACITY, History
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Trace

FloatArray = npt.NDArray[np.float64]


def parting(full: FloatArray, trace: Trace) -> float:
    """Return how far the whole path strays from the recorded one, axes scaled to their extents.

    Each θ of the full path (k, n+1), from step 0 on, is measured from the recorded edge that spans
    its step: a Hausdorff distance in which no edge can stand in for another.
    """
    low, extent = full.min(axis=0), np.ptp(full, axis=0)
    full, kept = (full - low) / extent, (trace.thetas - low) / extent
    steps = np.arange(len(full))
    after = np.clip(np.searchsorted(trace.steps, steps), 1, len(kept) - 1)
    start, along = kept[after - 1], kept[after] - kept[after - 1]
    squares = np.maximum((along**2).sum(axis=1), 1e-300)
    share = np.clip(((full - start) * along).sum(axis=1) / squares, 0, 1)
    off = start + share[:, np.newaxis] * along - full
    return float(np.sqrt((off**2).sum(axis=1)).max())


def full_path(descent: Descent, n_steps: int) -> FloatArray:
    """Return every θ, in the person's units, from a run of the kernel alone."""
    rows = [descent.theta[np.newaxis]]
    inside = descent._state
    descent._setup.kernel.advance(inside.theta, inside.at, n_steps, rows)
    return np.concatenate((rows[0], descent.cost.scaling.to_user(np.concatenate(rows[1:]))))


@pytest.mark.parametrize("piece", [1000, 10**6])
@pytest.mark.parametrize("kind", ["smooth", "zigzag", "standardised"])
def test_the_thinned_path_lies_on_the_whole_one(kind: str, piece: int) -> None:
    data = line_dataset(np.linspace(0, 4, 12), 2 * np.linspace(0, 4, 12) + 1)
    limit = Descent(data).limits
    settings = {
        "smooth": RunSettings(learning_rate=limit.max * 1e-4),
        "zigzag": RunSettings(learning_rate=limit.max * (1 - 2e-5)),
        "standardised": RunSettings(learning_rate=1e-4, standardize=True),
    }[kind].with_(tolerance=1e-30)
    n_steps = 200_000
    descent = Descent(data, settings, (6.0, -3.0))
    full = full_path(descent, n_steps)
    while descent.step < n_steps:
        descent.run(min(piece, n_steps - descent.step))
    trace = descent.snapshot().trace
    assert len(trace.steps) <= CAPACITY
    assert np.array_equal(trace.thetas[0], full[0])
    assert np.array_equal(trace.thetas[-1], full[-1])
    assert parting(full, trace) < 0.003


def test_a_bend_in_mid_run_stays_seen() -> None:
    data = line_dataset(np.linspace(0, 4, 12), 2 * np.linspace(0, 4, 12) + 1)
    descent = Descent(data, RunSettings(learning_rate=1e-4, tolerance=1e-30), (6.0, -3.0))
    full = [full_path(descent, 50_000)]
    descent.run(50_000)
    descent.set_dataset(data.moved(0, 4.0, -60.0).moved(1, -3.0, 60.0))
    full.append(full_path(descent, 50_000)[1:])
    descent.run(50_000)
    descent.set_settings(descent.settings.with_(learning_rate=0.02))
    full.append(full_path(descent, 50_000)[1:])
    descent.run(50_000)
    assert parting(np.concatenate(full), descent.snapshot().trace) < 0.003


@pytest.mark.parametrize("n_features", [1, 6])
def test_the_recorded_steps_are_exact_and_ascending(n_features: int) -> None:
    data = random_dataset(1, 15, n_features)
    settings = RunSettings(learning_rate=0.01, mode="mini-batch", batch_size=4, tolerance=1e-12)
    descent = Descent(data, settings)
    full = full_path(descent, 20_000)
    descent.run(20_000)
    trace = descent.snapshot().trace
    assert np.all(np.diff(trace.steps) > 0)
    assert np.array_equal(trace.thetas, full[trace.steps])
    assert np.array_equal(trace.epochs, trace.steps // 4)
    assert trace.costs == pytest.approx(descent.cost.costs(trace.thetas), rel=1e-13)


def test_a_hundred_million_steps_take_no_more_memory_than_a_million() -> None:
    def record(n_steps: int) -> History:
        history = History(1)
        step = 0
        while step < n_steps:
            until = min(step + 1_000_000, n_steps)
            due = np.array(history.due(step, until), dtype=np.int64)
            angle = np.log1p(due)
            thetas = np.column_stack((np.cos(angle), np.sin(angle))) / (1 + angle[:, None])
            history.record(due, due, 1 / (1.0 + due), thetas)
            step = until
        return history

    short, long = record(1_000_000), record(100_000_000)
    assert long.nbytes == short.nbytes < 200_000
    assert len(long) <= CAPACITY
    # Both show the same spiral: as dense at its end as at its beginning.
    for history in (short, long):
        assert len(history) > CAPACITY // 3
        angle = np.log1p(history.steps.astype(float))
        assert np.diff(angle).max() < 0.8  # the second step; from then on far less
        assert np.diff(angle[20:]).max() < 0.1


def test_which_steps_are_recorded_does_not_depend_on_how_they_are_asked_for() -> None:
    history = History(1)
    history.mark(1234)
    at_once = history.due(1234, 500_000)
    in_pieces, step = [], 1234
    for piece in np.random.default_rng(0).integers(1, 3000, 1000):
        until = min(step + int(piece), 500_000)
        in_pieces += history.due(step, until)
        step = until
    assert in_pieces == at_once
    assert at_once[:3] == [1235, 1236, 1237]
    assert len(at_once) < 4 * CAPACITY


def test_truncating_forgets_what_lies_after() -> None:
    history = History(1)
    steps = np.arange(10, dtype=np.int64)
    history.record(steps, steps, np.ones(10), np.ones((10, 2)))
    history.truncate(4)
    assert history.steps.tolist() == [0, 1, 2, 3, 4]


def test_single_steps_are_all_recorded_however_late() -> None:
    data = random_dataset(1, 15)
    descent = Descent(data, RunSettings(learning_rate=0.01, mode="sgd"))
    descent.run(100_000)
    before = descent.step
    for _ in range(20):
        descent.run(1)
    assert descent.snapshot().trace.steps[-20:].tolist() == list(range(before + 1, before + 21))


def test_a_spike_between_flat_stretches_survives_thinning() -> None:
    history = History(1)
    steps = np.arange(20_000, dtype=np.int64)
    thetas = np.column_stack((steps / 20_000, np.zeros(20_000)))
    thetas[777, 1] = 5.0
    costs = np.ones(20_000)
    costs[555] = 1e6
    history.record(steps, steps, costs, thetas)
    assert 777 in history.steps
    assert 555 in history.steps
    assert len(history) <= CAPACITY
