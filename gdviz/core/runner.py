"""Makes a block of steps, keeps those to be recorded, and finds the one at which the run ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost
from gdviz.core.ending import Criteria, Judgements
from gdviz.core.kernels import Kernel
from gdviz.core.rewind import State
from gdviz.core.sampling import Position, Sampler
from gdviz.core.snapshot import Status

FloatArray = npt.NDArray[np.float64]

# How many steps cost as much as stopping between two to record them.
_RECORDING_SHARE = 32


@dataclass(frozen=True, eq=False)
class Leg:
    """What a block of steps led to.

    state: where it stands now.
    steps, thetas: the recorded steps (k,) and their θ, in arrays of shape (…, n+1).
    verdict: how the run ended; None where it goes on.
    """

    state: State
    steps: Sequence[int]
    thetas: list[FloatArray]
    verdict: Status | None = None


class Runner:
    """Makes steps on a fixed problem as fast as can be without missing the run's end.

    Where no step can lead away (``is_calm``) a look at the end of a block, or at ends of epochs,
    is enough. Elsewhere a run may leave the bounds and come back, so every step is looked at.
    """

    def __init__(
        self, kernel: Kernel, cost: QuadraticCost, sampler: Sampler, is_calm: bool
    ) -> None:
        self._kernel = kernel
        self._cost = cost
        self._is_batch = sampler.mode == "batch"
        self._judgements = Judgements(sampler, self._is_batch)
        self._is_calm = is_calm

    def run(self, before: State, n_steps: int, due: Sequence[int], criteria: Criteria) -> Leg:
        """Make ``n_steps``, or as many as there are to the run's end; keep θ after the ``due``."""
        run = self._run_calmly if self._is_calm else self._run_wildly
        return run(before, n_steps, due, criteria) or self._run_to_the_end(
            before, n_steps, due, criteria
        )

    def _run_calmly(
        self, before: State, n_steps: int, due: Sequence[int], criteria: Criteria
    ) -> Leg | None:
        """Make steps that cannot lead away; None if the run ends among them."""
        theta, at, step = before.theta, before.at, before.step
        end = step + n_steps
        # Cutting a block short at each step to be recorded costs more than recording all of it.
        records_all = len(due) * _RECORDING_SHARE > n_steps
        pieces = [(step + 1, end)] if records_all else _stretches(due)
        kept: list[FloatArray] = []
        for first, last in [*pieces, (end + 1, end)]:
            for until, record in ((first - 1, None), (last, kept)):
                while step < until:
                    block = until - step
                    if not self._is_batch:
                        block = min(block, self._judgements.steps_to_next(at))
                    theta, at = self._kernel.advance(theta, at, block, record)
                    step += block
                    # What batch descent has reached it keeps: the end is soon enough to look.
                    is_time = step == end if self._is_batch else self._judgements.may_converge(at)
                    if is_time and self._judge(theta, at, criteria) is not None:
                        return None
        if records_all and kept:
            kept = [np.concatenate(kept)[np.array(due) - before.step - 1]]
        return Leg(State(theta, end, at), due, kept)

    def _run_wildly(
        self, before: State, n_steps: int, due: Sequence[int], criteria: Criteria
    ) -> Leg | None:
        """Make steps and look at each of them; None if the run may end among them."""
        rows: list[FloatArray] = []
        theta, at = self._kernel.advance(before.theta, before.at, n_steps, rows)
        thetas = np.concatenate(rows)
        if criteria.may_end_among(self._cost.gaps(thetas)):
            return None
        kept = [thetas[np.array(due) - before.step - 1]] if due else []
        return Leg(State(theta, before.step + n_steps, at), due, kept)

    def _run_to_the_end(
        self, before: State, n_steps: int, due: Sequence[int], criteria: Criteria
    ) -> Leg:
        """Make the steps one at a time, up to the one that ends the run."""
        state, verdict = before, None
        wanted = set(due)
        steps: list[int] = []
        kept: list[FloatArray] = []
        for step in range(before.step + 1, before.step + n_steps + 1):
            theta, at = self._kernel.advance(state.theta, state.at, 1, None)
            verdict = self._judge(theta, at, criteria)
            if verdict is Status.DIVERGED:  # stand at the last step that can be shown
                break
            state = State(theta, step, at)
            if step in wanted or verdict is not None:
                kept.append(theta[np.newaxis])
                steps.append(step)
            if verdict is not None:
                break
        return Leg(state, steps, kept, verdict)

    def _judge(self, theta: FloatArray, at: Position, criteria: Criteria) -> Status | None:
        gap, norm = self._kernel.measure(theta)
        return criteria.judge(gap, norm, self._judgements.may_converge(at))


def _stretches(steps: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of neighbours among ascending numbers."""
    result: list[tuple[int, int]] = []
    for step in steps:
        if result and result[-1][1] == step - 1:
            result[-1] = (result[-1][0], step)
        else:
            result.append((step, step))
    return result
