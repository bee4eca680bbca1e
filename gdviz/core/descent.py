"""The step machine: owns θ, the place in the epoch, the record and the verdict on a run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.recorder import Recorder, Witness
from gdviz.core.referee import Referee
from gdviz.core.rewind import Rewind, State, Way
from gdviz.core.sampling import Position
from gdviz.core.settings import RunSettings, check_theta
from gdviz.core.setup import Setup
from gdviz.core.snapshot import Snapshot, Status, Trace
from gdviz.core.stability import LearningRateLimits

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.intp]

# No more steps than this between two looks at the gap and the gradient.
_MOST_STEPS_UNWATCHED = 1024
# Runs of at most so many steps are looked at by someone: every one of them is recorded.
_FEW_STEPS = 8


def zero_start(n_features: int) -> FloatArray:
    """Return the flat line at height 0, θ = 0 (n+1,)."""
    return np.zeros(n_features + 1)


class Descent:
    """Gradient descent on a data set that may change under it.

    θ ← θ − η g, g the gradient of J over the step's batch. ``step`` counts updates. Data, settings
    and θ may be changed between any two steps, and the run goes on from where it is. It ends as
    converged when |∇J| ≤ tol |∇J|₀ and J − J_min ≤ tol² (J − J_min)₀, where 0 is the start or the
    last change of the data or of θ (a stochastic run is judged at ends of epochs); as diverged, at
    the last step before J − J_min has grown by more than 10⁸ or is no longer finite. Where it ends
    does not depend on how the steps are split over calls of ``run``.
    """

    def __init__(
        self,
        dataset: Dataset,
        settings: RunSettings | None = None,
        start: Sequence[float] | None = None,
    ) -> None:
        self._dataset = dataset
        self._settings = settings or RunSettings()
        n = dataset.n_features
        self._start = zero_start(n) if start is None else check_theta(start, n)
        self._referee = Referee()
        self._rewind = Rewind()
        self._way: Way | None = None
        self._prepare(None)
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
        return self._setup.cost

    @property
    def limits(self) -> LearningRateLimits:
        """What the Hessian says of the learning rate."""
        return self._setup.limits

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
        return self._setup.cost.scaling.to_user(self._state.theta)

    @property
    def status(self) -> Status:
        """READY, PAUSED (between steps), CONVERGED or DIVERGED."""
        return self._status

    @property
    def steps_per_epoch(self) -> int:
        """How many steps one pass over all points takes."""
        return self._setup.sampler.steps_per_epoch

    @property
    def steps_to_epoch_end(self) -> int:
        """How many steps are left of the present pass over the points."""
        return self._setup.sampler.steps_left(self._state.at)

    @property
    def can_continue(self) -> bool:
        """Whether another step would do anything useful."""
        return self._dataset.n_points > 0 and self._status not in (
            Status.CONVERGED,
            Status.DIVERGED,
        )

    # --- steps -----------------------------------------------------------------------------------

    def run(self, n_steps: int, witness: Witness | None = None) -> int:
        """Make up to ``n_steps`` steps; return how many were made before the run ended.

        ``witness`` is called with every step, in blocks: their numbers, epochs and costs (k,), and
        θ (k, n+1) in the person's units.
        """
        done = 0
        with np.errstate(all="ignore"):  # what overflows is judged, and never shown
            while done < n_steps and self.can_continue:
                block = min(n_steps - done, _MOST_STEPS_UNWATCHED)
                done += self._run_block(block, n_steps <= _FEW_STEPS, witness)
        return done

    def finish_epoch(self) -> int:
        """Run to the end of the present pass over the points; return the steps made."""
        return self.run(self.steps_to_epoch_end)

    def step_back(self) -> bool:
        """Undo the last step; return whether there was one to undo."""
        past = self._rewind.back()
        if past is None:
            return False
        state = past.state
        theta = self._setup.cost.scaling.converted(state.theta, past.recipe.scaling)
        is_of_these = past.recipe.dataset is self._dataset
        self._way = past.way if is_of_these else None
        self._state = State(self._setup.held(theta), state.step, self._setup.sampler.fit(state.at))
        self._recorder.go_back(state.step)
        self._status = Status.PAUSED if state.step else Status.READY
        self._referee.restart(self._state.theta)
        return True

    def reset(self) -> None:
        """Go back to the start; the data and the settings stay."""
        theta = self._setup.cost.scaling.from_user(self._start)
        self._state = State(self._setup.held(theta), 0, Position())
        self._recorder = Recorder(self._dataset.n_features)
        self._way = None
        self._rewind.clear()
        self._status = Status.READY
        self._referee.refer_to(self._state.theta)
        self._note_change()

    # --- changes ---------------------------------------------------------------------------------

    def set_dataset(self, dataset: Dataset) -> None:
        """Go on from where it is on other data; with another number of features, from the start."""
        if dataset.n_features != self._dataset.n_features:
            self._dataset = dataset
            self._start = zero_start(dataset.n_features)
            self._prepare(self._setup)
            self.reset()
            return
        self._dataset = dataset
        self._go_on_from(self._prepared_anew())
        self._referee.refer_to(self._state.theta)

    def set_settings(self, settings: RunSettings) -> None:
        """Use other settings from the next step on."""
        before = self._settings
        if settings == before:
            return
        self._settings = settings
        inside = self._prepared_anew()
        pace = before.with_(learning_rate=settings.learning_rate)
        if pace != settings or self._status is not Status.CONVERGED:
            self._go_on_from(inside)
        self._referee.refer_anew(self._state.theta)

    def set_theta(self, theta: Sequence[float]) -> None:
        """Go on from another θ (n+1,), in the person's units."""
        inside = self._setup.cost.scaling.from_user(check_theta(theta, self._dataset.n_features))
        self._begin_stretch()  # the steps before are not to be made again from here
        self._go_on_from(inside)
        self._referee.refer_to(self._state.theta)

    def set_start(self, start: Sequence[float]) -> None:
        """Start from θ (n+1,), in the person's units, at the next reset."""
        self._start = check_theta(start, self._dataset.n_features)

    # --- what it looks like ----------------------------------------------------------------------

    def snapshot(self, is_training: bool = False, trace: Trace | None = None) -> Snapshot:
        """Return a frozen picture of this moment; arrays are copies.

        ``trace`` stands for the record where a slightly older one will do: copying a long record
        for every frame is work for nothing.
        """
        state, theta = self._state, self.theta
        theta.setflags(write=False)
        gradient = self._setup.cost.gradient(state.theta)
        standing = self._referee.judge(state.theta)
        cost = self._setup.cost.minimum_cost + standing.gap
        status = self._status
        if is_training and self.can_continue:
            status = Status.TRAINING
        return Snapshot(
            step=state.step,
            epoch=state.at.epoch,
            theta=theta,
            cost=cost,
            gap=standing.gap,
            gradient=gradient,
            gradient_norm=standing.gradient_norm,
            status=status,
            trend=standing.trend,
            growth=standing.growth,
            steps_to_go=standing.steps_to_go,
            can_continue=self.can_continue,
            can_step_back=bool(self._rewind),
            last_batch=self._last_batch(),
            next_batch=None if self._setup.uses_all else self._next_batch(),
            next_sums=self._setup.window.sums(state.at, state.theta),
            trace=trace or self._recorder.trace(state, cost, theta),
        )

    # --- inside ----------------------------------------------------------------------------------

    def _prepare(self, before: Setup | None) -> None:
        """Build everything that depends on the data and the settings."""
        self._setup = Setup.of(self._dataset, self._settings, before)
        self._referee.take_on(self._setup)
        self._begin_stretch()

    def _prepared_anew(self) -> FloatArray:
        """Prepare for other data or settings; return θ in the coordinates of then."""
        before = self._setup
        self._prepare(before)
        return self._setup.cost.scaling.converted(self._state.theta, before.cost.scaling)

    def _last_batch(self) -> IndexArray | None:
        """Return the points that the step used which led here; none where that is not known."""
        if self._way is not None:
            return self._way.last_batch(self._state.at)
        return None if self._setup.uses_all else np.empty(0, dtype=np.intp)

    def _next_batch(self) -> IndexArray:
        """Return the points that the next step will use."""
        return self._setup.sampler.next_batch(self._state.at).copy()

    def _begin_stretch(self) -> None:
        self._way = None
        self._recipe = self._setup.recipe()

    def _go_on_from(self, inside: FloatArray) -> None:
        """Continue from θ in the descent's coordinates after data, settings or θ were changed."""
        at = self._setup.sampler.fit(self._state.at)
        self._state = State(self._setup.held(inside), self._state.step, at)
        self._note_change()
        if self._status in (Status.CONVERGED, Status.DIVERGED):
            self._status = Status.PAUSED if self._state.step else Status.READY

    def _note_change(self) -> None:
        self._referee.restart(self._state.theta)
        self._recorder.note_change(self._setup, self._state)

    def _run_block(self, n_steps: int, is_watched: bool, witness: Witness | None) -> int:
        """Make steps and record some of them; return how many were made before the run ended."""
        before = self._state
        every = range(before.step + 1, before.step + n_steps + 1)
        due = every if is_watched else self._recorder.due(before, n_steps)
        wanted = due if witness is None else every
        leg = self._setup.runner.run(before, n_steps, wanted, self._referee.criteria)
        made = leg.state.step - before.step
        self._state = leg.state
        self._rewind.extend(self._recipe, before, made)
        self._recorder.keep(self._setup, before, leg, due, witness)
        if made:
            self._way = Way(self._recipe, before.at)
            self._status = Status.PAUSED
            self._referee.watch(self._state.theta, made)
        self._status = leg.verdict or self._status
        return made
