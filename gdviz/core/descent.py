"""The step machine: owns θ, the place in the epoch, the record and the verdict on a run."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gdviz.core import messages
from gdviz.core.cost import QuadraticCost, make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.history import History
from gdviz.core.kernels import make_kernel
from gdviz.core.rewind import Problem, Rewind, State
from gdviz.core.sampling import Position, Sampler
from gdviz.core.settings import RunSettings, SettingsError
from gdviz.core.snapshot import Snapshot, Status, Trace
from gdviz.core.stability import LearningRateLimits, limits
from gdviz.core.trend import TrendWatch

FloatArray = npt.NDArray[np.float64]

# J − J_min may grow by this factor before a run counts as diverged.
_DIVERGED = 1e8
# No more steps than this between two looks at the gap and the gradient.
_MOST_STEPS_UNWATCHED = 1024


def zero_start(n_features: int) -> FloatArray:
    """Return the flat line at height 0, θ = 0 (n+1,)."""
    return np.zeros(n_features + 1)


class Descent:
    """Gradient descent on a data set that may change under it.

    θ ← θ − η g, g the gradient of J over the step's batch. ``step`` counts updates. Data, settings
    and θ may be changed between any two steps, and the run goes on from where it is. It ends as
    converged when |∇J| ≤ tol |∇J|₀ and J − J_min ≤ tol² (J − J_min)₀, where 0 is the start or the
    last change of the data; as diverged, at the last step before J − J_min has grown by more than
    10⁸ or is no longer finite.
    """

    def __init__(
        self,
        dataset: Dataset,
        settings: RunSettings | None = None,
        start: Sequence[float] | None = None,
    ) -> None:
        self._dataset = dataset
        self._settings = settings or RunSettings()
        self._start = self._checked_start(start, dataset.n_features)
        self._rewind = Rewind()
        self._prepare()
        self.reset()

    # --- what it is at ---------------------------------------------------------------------------

    @property
    def dataset(self) -> Dataset:
        """The data that the next step uses."""
        return self._dataset

    @property
    def settings(self) -> RunSettings:
        """The settings that the next step uses."""
        return self._settings

    @property
    def cost(self) -> QuadraticCost:
        """J in the coordinates of the descent."""
        return self._cost

    @property
    def limits(self) -> LearningRateLimits:
        """What the Hessian says of the learning rate."""
        return self._limits

    @property
    def start(self) -> FloatArray:
        """Where the run starts, in the person's units (n+1,)."""
        return self._start

    @property
    def step(self) -> int:
        """Parameter updates made."""
        return self._state.step

    @property
    def epoch(self) -> int:
        """Passes completed over all points."""
        return self._state.at.epoch

    @property
    def theta(self) -> FloatArray:
        """(b, w₁ … wₙ) in the person's units."""
        return self._cost.scaling.to_user(self._state.theta)

    @property
    def status(self) -> Status:
        """READY, PAUSED (between steps), CONVERGED or DIVERGED."""
        return self._status

    @property
    def steps_per_epoch(self) -> int:
        """How many steps one pass over all points takes."""
        return self._sampler.steps_per_epoch

    @property
    def can_continue(self) -> bool:
        """Whether another step would do anything useful."""
        return self._dataset.n_points > 0 and self._status not in (
            Status.CONVERGED,
            Status.DIVERGED,
        )

    # --- steps -----------------------------------------------------------------------------------

    def run(self, n_steps: int) -> int:
        """Make up to ``n_steps`` steps; return how many were made before the run ended."""
        done = 0
        while done < n_steps and self.can_continue:
            block = min(n_steps - done, _MOST_STEPS_UNWATCHED)
            done += self._run_block(block, watch_each=n_steps <= 8)
        return done

    def finish_epoch(self) -> int:
        """Run to the end of the present pass over the points; return the steps made."""
        return self.run(
            len(self._sampler.batches(self._state.at, self._dataset.n_points).starts) - 1
        )

    def step_back(self) -> bool:
        """Undo the last step; return whether there was one to undo."""
        past = self._rewind.back()
        if past is None:
            return False
        problem, state = past
        if problem.scaling is not self._cost.scaling:
            theta = self._cost.scaling.from_user(problem.scaling.to_user(state.theta))
            state = State(theta, state.step, state.at)
        self._state = State(state.theta, state.step, self._sampler.fit(state.at))
        self._history.truncate(state.step)
        self._history.mark(state.step)
        self._status = Status.PAUSED if state.step else Status.READY
        self._trend.restart(self._gap())
        return True

    def reset(self) -> None:
        """Go back to the start; the data and the settings stay."""
        theta = self._cost.scaling.from_user(self._start)
        self._state = State(theta, 0, Position())
        self._history = History(self._dataset.n_features)
        self._rewind.clear()
        self._status = Status.READY
        self._refer()
        self._note_change()

    # --- changes ---------------------------------------------------------------------------------

    def set_dataset(self, dataset: Dataset) -> None:
        """Go on from where it is on other data; with another number of features, from the start."""
        if dataset.n_features != self._dataset.n_features:
            self._dataset = dataset
            self._start = zero_start(dataset.n_features)
            self._prepare()
            self.reset()
            return
        theta = self.theta
        self._dataset = dataset
        self._prepare()
        self._go_on_from(theta)

    def set_settings(self, settings: RunSettings) -> None:
        """Use other settings from the next step on."""
        before, theta = self._settings, self.theta
        if settings == before:
            return
        self._settings = settings
        self._prepare()
        pace = before.with_(learning_rate=settings.learning_rate)
        if pace == settings:  # only the rate: the path goes on, and so does the verdict's reference
            self._trend.restart(self._gap())
            self._history.mark(self._state.step)
            if self._status is Status.DIVERGED:
                self._refer()
                self._wake()
            return
        self._go_on_from(theta)

    def set_theta(self, theta: Sequence[float]) -> None:
        """Go on from another θ (n+1,), in the person's units."""
        self._go_on_from(self._checked_start(theta, self._dataset.n_features))

    def set_start(self, start: Sequence[float]) -> None:
        """Start from θ (n+1,), in the person's units, at the next reset."""
        self._start = self._checked_start(start, self._dataset.n_features)

    # --- what it looks like ----------------------------------------------------------------------

    def snapshot(self, is_training: bool = False) -> Snapshot:
        """Return a frozen picture of this moment; arrays are copies."""
        state, theta = self._state, self.theta
        theta.setflags(write=False)
        gradient = self._cost.gradient(state.theta)
        gap, norm = self._kernel.measure(state.theta)
        status = self._status
        if is_training and self.can_continue:
            status = Status.TRAINING
        history = self._history
        trace = Trace(
            history.steps.copy(), history.epochs.copy(), history.costs.copy(), history.thetas.copy()
        )
        batch = None if self._settings.mode == "batch" else self._sampler.last_batch(state.at)
        return Snapshot(
            step=state.step,
            epoch=state.at.epoch,
            theta=theta,
            cost=self._cost.minimum_cost + gap,
            gap=gap,
            gradient=gradient,
            gradient_norm=norm,
            status=status,
            trend=self._trend.judge(gap, self._oscillating_share(state.theta)),
            growth=self._trend.growth,
            steps_to_go=self._trend.steps_to_go(gap, self._settings.tolerance**2 * self._gap_start),
            can_continue=self.can_continue,
            can_step_back=bool(self._rewind),
            last_batch=batch,
            trace=trace,
        )

    # --- inside ----------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Build everything that depends on the data and the settings."""
        settings = self._settings
        self._cost = make_cost(self._dataset, settings)
        self._limits = limits(self._cost)
        self._sampler = Sampler(
            self._dataset.n_points,
            settings.mode,
            settings.batch_size,
            settings.order,
            settings.seed,
        )
        self._kernel = make_kernel(self._dataset, settings, self._cost, self._sampler)
        nbytes = self._dataset.X.nbytes + self._dataset.y.nbytes
        self._problem = Problem(self._kernel, self._cost.scaling, nbytes)
        self._trend = TrendWatch(settings, self._limits, self.steps_per_epoch)

    def _go_on_from(self, theta: FloatArray) -> None:
        """Continue from θ in the person's units after data, settings or θ were changed."""
        at = self._sampler.fit(self._state.at)
        inside = self._cost.scaling.from_user(theta)
        if not self._settings.fit_intercept:
            inside[0] = 0.0
        self._state = State(inside, self._state.step, at)
        self._refer()
        self._note_change()
        self._wake()

    def _wake(self) -> None:
        if self._status in (Status.CONVERGED, Status.DIVERGED):
            self._status = Status.PAUSED if self._state.step else Status.READY

    def _refer(self) -> None:
        """Measure from here what 'tiny' and 'grown' mean."""
        self._gap_start, self._norm_start = self._kernel.measure(self._state.theta)
        scatter = self._dataset.moments.scatter[-1, -1]
        # A start at the minimum has no scale of its own; the data's spread has.
        self._gap_scale = max(self._gap_start, self._cost.weight * float(scatter), 1e-280)

    def _note_change(self) -> None:
        self._trend.restart(self._gap())
        self._history.mark(self._state.step)
        self._record([self._state.step], [self._state.at.epoch], self._state.theta[np.newaxis])

    def _gap(self) -> float:
        return self._kernel.measure(self._state.theta)[0]

    def _verdict(self, theta: FloatArray) -> Status | None:
        gap, norm = self._kernel.measure(theta)
        if not gap <= _DIVERGED * self._gap_scale or not math.isfinite(norm):
            return Status.DIVERGED
        tolerance = self._settings.tolerance
        if gap <= tolerance**2 * self._gap_start and norm <= tolerance * self._norm_start:
            return Status.CONVERGED
        return None

    def _run_block(self, n_steps: int, watch_each: bool) -> int:
        """Make steps, record some of them, and stop exactly where the run ends."""
        before = self._state
        interval = 1 if watch_each else self._history.interval(before.step)
        theta, at = before.theta, before.at
        kept: list[FloatArray] = []
        kept_steps: list[int] = []
        step, end = before.step, before.step + n_steps
        if interval == 1:
            theta, at = self._kernel.advance(theta, at, n_steps, kept)
            kept_steps = list(range(step + 1, end + 1))
            step = end
        while step < end:
            quiet = min(interval - 2, end - step) if interval > 2 else 0
            theta, at = self._kernel.advance(theta, at, quiet, None) if quiet else (theta, at)
            step += quiet
            loud = min(2, end - step)
            if loud:
                theta, at = self._kernel.advance(theta, at, loud, kept)
                kept_steps.extend((step + 1, step + loud)[-loud:])
                step += loud
        verdict = self._verdict(theta)
        if verdict is None:
            self._state = State(theta, end, at)
            self._status = Status.PAUSED
            self._rewind.extend(self._problem, before, n_steps)
            self._keep(before, kept_steps, kept)
            self._trend.watch(self._gap(), n_steps)
            return n_steps
        return self._run_to_the_end(before, n_steps)

    def _run_to_the_end(self, before: State, n_steps: int) -> int:
        """Make the steps of a block again, one at a time, up to the one that ends the run."""
        state = before
        kept: list[FloatArray] = []
        steps: list[int] = []
        verdict: Status | None = None
        for _ in range(n_steps):
            row: list[FloatArray] = []
            theta, at = self._kernel.advance(state.theta, state.at, 1, row)
            verdict = self._verdict(theta)
            gap, norm = self._kernel.measure(theta)
            finite = math.isfinite(gap) and math.isfinite(norm) and bool(np.all(np.isfinite(theta)))
            if finite:
                state = State(theta, state.step + 1, at)
                kept.extend(row)
                steps.append(state.step)
                self._trend.watch(gap, 1)
            if verdict is not None:
                break
        made = state.step - before.step
        self._state = state
        self._status = verdict or Status.PAUSED
        self._rewind.extend(self._problem, before, made)
        self._keep(before, steps, kept)
        return made

    def _keep(self, before: State, steps: list[int], kept: list[FloatArray]) -> None:
        if not steps:
            return
        # Epochs of the recorded steps: counted from where the block began.
        batch, n = self._sampler.batch_size, max(self._dataset.n_points, 1)
        per_epoch = self.steps_per_epoch
        left = -(-(n - before.at.offset) // batch)
        after = np.array(steps) - before.step - left
        epochs = before.at.epoch + np.where(after >= 0, 1 + after // per_epoch, 0)
        self._record(steps, epochs.tolist(), np.concatenate(kept))

    def _record(self, steps: Sequence[int], epochs: Sequence[int], thetas: FloatArray) -> None:
        """Record θ (k, n+1), given in the coordinates of the descent."""
        self._history.record(
            np.array(steps, dtype=np.int64),
            np.array(epochs, dtype=np.int64),
            self._cost.costs(thetas),
            self._cost.scaling.to_user(thetas),
        )

    def _oscillating_share(self, theta: FloatArray) -> float:
        """Return the share of J − J_min along directions which overshoot at every step."""
        if (
            self._settings.mode != "batch"
            or not self._limits.factor(self._settings.learning_rate) < 0
        ):
            return 0.0
        values, vectors = np.linalg.eigh(self._cost.hessian)
        parts = values * (vectors.T @ (theta - self._cost.minimum)) ** 2
        total = float(parts.sum())
        over = parts[values * self._settings.learning_rate > 1].sum()
        return float(over) / total if total > 0 else 0.0

    @staticmethod
    def _checked_start(start: Sequence[float] | None, n_features: int) -> FloatArray:
        if start is None:
            return zero_start(n_features)
        if len(start) != n_features + 1:
            raise SettingsError(
                messages.START_LENGTH.format(
                    given=len(start), n_features=n_features, needed=n_features + 1
                )
            )
        for value in start:
            if not math.isfinite(value):
                raise SettingsError(messages.START_NOT_FINITE.format(value=value))
        return np.array(start, dtype=np.float64)
