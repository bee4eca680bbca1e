"""A snapshot crosses threads: nobody can change what another is looking at."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Snapshot, Status

POINTS = Dataset.from_points([(1, 2), (2, 3), (3, 5), (4, 4)])


def arrays_of(snapshot: Snapshot) -> dict[str, np.ndarray]:
    found = {field.name: getattr(snapshot, field.name) for field in fields(snapshot)}
    found |= {field.name: getattr(snapshot.trace, field.name) for field in fields(snapshot.trace)}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}


def test_no_array_of_a_snapshot_can_be_changed_and_the_run_goes_on() -> None:
    descent = Descent(POINTS, RunSettings(mode="mini-batch", batch_size=2, learning_rate=0.01))
    for made in range(5):
        snapshot = descent.snapshot()
        arrays = arrays_of(snapshot)
        assert set(arrays) == {
            *("theta", "gradient", "last_batch", "next_batch"),
            *("steps", "epochs", "costs", "thetas"),
        }
        for name, array in arrays.items():
            assert not array.flags.writeable, name
        assert snapshot.step == made
        descent.run(1)


def test_a_snapshot_stays_what_it_was_while_the_run_goes_on() -> None:
    descent = Descent(POINTS, RunSettings(mode="sgd", learning_rate=0.01))
    descent.run(3)
    snapshot = descent.snapshot()
    before = {name: array.copy() for name, array in arrays_of(snapshot).items()}
    descent.run(2000)
    descent.step_back()
    descent.reset()
    for name, array in arrays_of(snapshot).items():
        assert np.array_equal(array, before[name]), name


def test_with_another_status_they_are_the_same_arrays() -> None:
    snapshot = Descent(POINTS, RunSettings()).snapshot()
    stopped = snapshot.with_status(Status.STOPPED)
    assert stopped.gradient is snapshot.gradient
    with pytest.raises(ValueError, match="read-only"):
        stopped.gradient[0] = 1
