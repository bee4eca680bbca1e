"""Data sets at a million points: edits take old memory, and never any that is still in use."""

from __future__ import annotations

import gc
import random
import resource
import threading

import numpy as np

from gdviz.core.dataset import Dataset
from gdviz.core.recycling import Recycler

N = 20_000


def big() -> Dataset:
    rng = np.random.default_rng(1)
    return Dataset(rng.normal(size=(N, 1)), rng.normal(size=N))


def test_a_drag_asks_the_system_for_no_more_memory() -> None:
    dataset = Dataset(np.ones((1_000_000, 1)), np.ones(1_000_000))
    for k in range(6):
        dataset = dataset.moved(3, 0.1 * k, 1.0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for k in range(20):
        dataset = dataset.moved(3, 0.1 * k, 1.0)
    pages = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    assert pages < 1000  # 16 MB are 4,000


def test_what_is_still_referred_to_is_never_overwritten() -> None:
    chance = random.Random(3)
    dataset = big()
    kept: list[tuple[object, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]] = []
    for k in range(200):
        dataset = dataset.moved(chance.randrange(N), float(k), -float(k))
        whole = chance.choice((dataset.X, dataset.y, dataset.X[:, 0], dataset.y[100:9000][::-1]))
        kept.append((whole, whole.copy()))
        if len(kept) > 5:
            kept.pop(chance.randrange(len(kept)))
        for view, expected in kept:
            assert np.array_equal(view, expected)


def test_every_dataset_is_what_its_moves_made_it() -> None:
    dataset, x, y = big(), big().X[:, 0].copy(), big().y.copy()
    for k in range(100):
        index = (k * 7919) % N
        dataset = dataset.moved(index, float(k), 2.0 * k)
        x[index], y[index] = float(k), 2.0 * k
        assert np.array_equal(dataset.x, x)
        assert np.array_equal(dataset.y, y)
        assert not dataset.X.flags.writeable
        assert not dataset.y.flags.writeable


def test_sizes_do_not_mix_and_little_is_kept() -> None:
    recycler = Recycler()
    for size in (20_000, 30_000, 20_000, 50_000, 20_000):
        values = np.arange(float(size))
        copies = [recycler.copy(values) for _ in range(8)]
        assert all(np.array_equal(copy, values) for copy in copies)
        del copies
    gc.collect()
    assert len(recycler._free) <= 4


def test_threads_do_not_share_memory() -> None:
    recycler = Recycler()
    wrong: list[float] = []

    def work(value: float) -> None:
        values = np.full(N, value)
        for _ in range(300):
            copy = recycler.copy(values)
            if not (copy == value).all():
                wrong.append(value)

    threads = [threading.Thread(target=work, args=(float(k),)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
