"""``gdviz fit``: opens the data, runs the descent without a window, and keeps its trace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt

from gdviz import cli_messages as messages
from gdviz.assets import resource
from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import RunSettings, SettingsError
from gdviz.core.snapshot import Snapshot, Status
from gdviz.core.stability import LearningRateLimits
from gdviz.files.atomic import replacing
from gdviz.files.bundled import bundled, bundled_names, unknown_name
from gdviz.files.csv_reader import read_table
from gdviz.files.errors import FileError, exists, full_name
from gdviz.files.session import SUFFIX, read_session

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MOST_STEPS = 100_000
"""How many steps are made at the most where nothing is said."""

# Steps between two looks at the progress bar; a block of them takes some 10 ms.
_BLOCK = 8192
# A bar appears only after this: most runs are over by then.
_SECONDS_BEFORE_BAR = 0.5


class FitError(Exception):
    """A run that cannot be made; the text is one sentence that says what to do."""


@dataclass(frozen=True, eq=False)
class Problem:
    """What is to be fitted, and how.

    dataset: the points. settings: how the descent goes. start: θ (n+1,), None for zeros.
    """

    dataset: Dataset
    settings: RunSettings
    start: tuple[float, ...] | None


@dataclass(frozen=True, eq=False)
class Result:
    """What a run came to.

    snapshot: the last state; its status is CONVERGED, STOPPED or DIVERGED.
    cost, limits: J, in the descent's coordinates, and what it says of the learning rate.
    """

    problem: Problem
    snapshot: Snapshot
    cost: QuadraticCost
    limits: LearningRateLimits


def open_problem(
    file: str,
    target: str | None,
    features: Sequence[str] | None,
    changes: Mapping[str, Any],
    start: tuple[float, ...] | None,
) -> Problem:
    """Read the data; ``changes`` and ``start`` win over what a session or a bundled set suggests.

    Raises FitError, FileError or SettingsError.
    """
    path = Path(file)
    suggested: dict[str, Any] = {}
    suggested_start: tuple[float, ...] | None = None
    if file in bundled_names():
        dataset, hints = bundled(file).dataset, bundled(file).suggestions
        if target is not None or features is not None:
            dataset = read_table(resource("datasets", f"{file}.csv")).dataset(target, features)
        suggested, suggested_start = hints.as_settings(), hints.start
    elif path.suffix.lower() == SUFFIX:
        if target is not None or features is not None:
            raise FitError(messages.NO_COLUMNS_TO_CHOOSE.format(file=full_name(path)))
        session = read_session(path)
        dataset, suggested_start = session.dataset, session.start
        suggested = dict(session.settings)
    elif not path.suffix and path.name == file and not exists(path):
        raise FileError(unknown_name(file))
    else:
        with progress(messages.READING, 100, "%") as bar:
            table = read_table(path, lambda fraction: bar.advance_to(int(100 * fraction)))
        dataset = table.dataset(target, features)
    if dataset.n_points == 0:
        raise FitError(messages.NO_POINTS.format(file=full_name(path)))
    try:
        settings = RunSettings.from_mapping(suggested)
    except SettingsError as error:
        raise FitError(
            messages.BAD_SESSION.format(file=full_name(path), reason=str(error))
        ) from error
    settings = settings.with_(**changes)
    if start is not None and start[0] != 0 and not settings.fit_intercept:
        raise FitError(messages.START_HAS_INTERCEPT.format(b=start[0]))
    return Problem(dataset, settings, start or suggested_start)


def fit(problem: Problem, n_steps: int | None, n_epochs: int | None, trace: Path | None) -> Result:
    """Run until converged, diverged or out of steps; write each step to ``trace``."""
    descent = Descent(problem.dataset, problem.settings, problem.start)
    most = MOST_STEPS if n_steps is None else n_steps
    if n_epochs is not None:
        most = n_epochs * descent.steps_per_epoch
    with progress(messages.FITTING, most, " steps") as bar:
        if trace is None:
            while descent.step < most and descent.run(min(_BLOCK, most - descent.step)):
                bar.advance_to(descent.step)
        else:
            with _rewriting(trace) as file:
                _run_writing(descent, most, file, bar)
    snapshot = descent.snapshot()
    if snapshot.status not in (Status.CONVERGED, Status.DIVERGED):
        snapshot = snapshot.with_status(Status.STOPPED)
    return Result(problem, snapshot, descent.cost, descent.limits)


def _run_writing(descent: Descent, most: int, file: BinaryIO, bar: Bar) -> None:
    n = descent.dataset.n_features
    weights = ["m"] if n == 1 else [f"w{j}" for j in range(1, n + 1)]
    file.write((",".join(["step", "epoch", "cost", "b", *weights]) + "\n").encode("ascii"))

    def write(steps: IntArray, epochs: IntArray, costs: FloatArray, thetas: FloatArray) -> None:
        rows = zip(steps.tolist(), epochs.tolist(), costs.tolist(), thetas.tolist(), strict=True)
        text = "".join(
            f"{step},{epoch},{','.join(f'{value:.17g}' for value in (cost, *theta))}\n"
            for step, epoch, cost, theta in rows
        )
        file.write(text.encode("ascii"))

    first = descent.snapshot().trace
    write(first.steps, first.epochs, first.costs, first.thetas)
    while descent.step < most and descent.run(min(_BLOCK, most - descent.step), write):
        bar.advance_to(descent.step)


@contextmanager
def _rewriting(path: Path) -> Iterator[BinaryIO]:
    """Give a file that takes the place of ``path`` at the end; a pipe or a device is written to."""
    if exists(path) and not path.is_file() and not path.is_dir():
        try:
            with path.open("wb") as file:
                yield file
        except BrokenPipeError:
            raise
        except OSError as error:
            raise FitError(f"{full_name(path)}: {error.strerror}.") from error
        return
    with replacing(path) as file:
        yield file


def is_same_file(one: Path, other: Path) -> bool:
    """Whether both names lead to the same existing file."""
    return exists(one) and exists(other) and os.path.samefile(one, other)


class Bar(Protocol):
    """Something that shows how far a job has come."""

    def advance_to(self, done: int) -> None:
        """Show that ``done`` units of the job are done."""


class _NoBar:
    def advance_to(self, done: int) -> None:
        pass


class _TerminalBar:
    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def advance_to(self, done: int) -> None:
        self._bar.update(done - self._bar.n)


@contextmanager
def progress(what: str, total: int, unit: str) -> Iterator[Bar]:
    """Show a progress bar on standard error if that is a terminal and the job takes long."""
    if not sys.stderr.isatty():
        yield _NoBar()
        return
    from tqdm import tqdm  # only here: most runs show no bar

    with tqdm(
        desc=what, total=total, unit=unit, leave=False, delay=_SECONDS_BEFORE_BAR, file=sys.stderr
    ) as bar:
        yield _TerminalBar(bar)
