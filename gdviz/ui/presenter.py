"""Shows the document and the newest snapshot in the window, sixty times a second."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, QTimer

from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.plane import default_pair
from gdviz.core.problem import Problem
from gdviz.core.settings import RunSettings
from gdviz.core.snapshot import Snapshot, Status
from gdviz.explain.numbers import (
    format_count,
    format_number,
    parameter_names,
)
from gdviz.explain.verdicts import judge
from gdviz.ui.document import Document
from gdviz.ui.explainer import Explainer
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.terrain import Terrain
from gdviz.ui.standardize_advice import StandardizeAdvice
from gdviz.ui.words import window as words

FloatArray = npt.NDArray[np.float64]

FRAME_MS = 16
# Words and numbers change at most this often: nobody reads faster, and nothing flickers.
_FRAMES_PER_WORDS = 4
# Of a run that makes thousands of steps between two of them; the plots need the time.
_FRAMES_PER_WORDS_FAST = 10
# So slow, each step is told as it is shown: however late frames are, words do not lag behind.
_STEPS_ALL_TOLD = 12.0
# The frame timer rests after so many frames in which nothing happened.
_IDLE_FRAMES = 30


class Presenter(QObject):
    """Draws what changed: the problem after an edit at once, the run once a frame.

    ``latest`` gives the newest snapshot; it is pulled, never pushed, so that a fast run cannot
    flood the window. ``gate`` is closed from the beginning of a frame until it is painted.
    """

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        latest: Callable[[], Snapshot],
        gate: threading.Event,
        explainer: Explainer,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._latest = latest
        self._gate = gate
        self._explainer = explainer
        self._gate.set()
        self._frames = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.show_frame)
        # A timer's turn comes after the paint that is due; a queued call would come before it.
        self._opening = QTimer(self, interval=0, singleShot=True)
        self._opening.timeout.connect(self._gate.set)
        self._is_stopped = False
        self._run = 0
        self._advice = StandardizeAdvice(window.notice, document)
        self._token: object = document.dataset.token
        self._pair = default_pair(document.dataset.n_features)
        self._idle = 0
        self._frame = 0
        self._described_at = -_FRAMES_PER_WORDS
        self._shown: Snapshot | None = None
        self._described: Snapshot | None = None
        self._cost: QuadraticCost | None = None
        self._problem = Problem.of(document.dataset, document.settings)

    # --- the document changed --------------------------------------------------------------------

    def show_opened(self, run: int) -> None:
        """Show other data, settings and start, all views fitted anew, and snapshots of ``run``."""
        self._run = run
        document, window = self._document, self._window
        window.controls.show_settings(document.settings)
        window.data_plot.select(-1)
        self._pair = default_pair(document.dataset.n_features)
        start = np.array(document.start)
        self._explainer.begin_anew(start)
        for plot in (window.data_view, window.contour_plot):
            plot.show_theta(start)
        self._show_problem(fit=True)
        window.data_view.show_theta(start)  # the plot may be another one now
        window.data_view.fit()
        window.cost_plot.fit()
        window.panels.fit()
        self._advice.consider(self._problem)
        self.wake()

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the points after an edit; fit the views where all of them are others."""
        edit = dataset.edit
        if dataset.n_features != self._n_features:
            self._pair = default_pair(dataset.n_features)
        was_replaced = edit is None or edit.parent is not self._token  # not one point changed
        before = self._cost.n_points if self._cost is not None else 0
        if was_replaced or dataset.n_points != before:
            self._explainer.terms.mark(-1)  # the index is another point's now
        has_new_shape = dataset.n_points <= 2 and dataset.n_points != before
        self._show_problem(fit=was_replaced)
        if has_new_shape:  # each of the first points makes another landscape
            self._window.contour_plot.fit()
        self.wake()

    def show_settings(self, settings: RunSettings) -> None:
        """Show the settings; fit the views where the plane of the contour is another."""
        before = self._problem.settings
        self._advice.withdraw_if_taken()
        self._window.controls.show_settings(settings)
        is_other_plane = (before.standardize, before.fit_intercept) != (
            settings.standardize,
            settings.fit_intercept,
        )
        self._show_problem(fit=is_other_plane, is_same_data=True)
        self.wake()

    def show_start(self) -> None:
        """Show where the run starts."""
        if self._shown is None or self._shown.step == 0:
            self._explainer.begin(np.array(self._document.start))
        self._show_terrain(fit=False)
        self.wake()

    def show_pair(self, pair: tuple[int, int]) -> None:
        """Show the contour over two other parameters."""
        self._pair = pair
        self._show_terrain(fit=True)
        self.wake()

    def show_title(self) -> None:
        """Show what is open, and whether there is something to save."""
        document, window = self._document, self._window
        n_points = document.dataset.n_points
        template = (words.TITLE, words.TITLE_ONE_POINT, words.TITLE_WITH_SIZE)[min(n_points, 2)]
        title = document.origin.title or words.UNTITLED
        window.setWindowTitle(template.format(title=title, n_points=format_count(n_points)))
        window.setWindowModified(document.is_modified)

    def show_hover(self, theta: tuple[float, ...] | None) -> None:
        """Show the line that a place on the contour stands for, with its numbers."""
        if theta is None or self._cost is None or self._cost.n_points == 0:
            self._window.show_hover(None, "")
            return
        # First the place that the axes tell of; beneath it the same in the person's units.
        inside = self._cost.scaling.from_user(np.array(theta))
        text = self._place_in_words(words.HOVER, inside, 4)
        short = self._place_in_words(words.HOVER_SHORT, inside, 3)
        if self._cost.scaling.is_identity:
            self._window.show_hover(theta, text, short)
            return
        names = parameter_names(self._cost.n_features)
        (first, x), (second, y) = ((names[i], format_number(theta[i], 3)) for i in self._pair)
        longer = words.HOVER_IN_UNITS.format(text=text, first=first, x=x, second=second, y=y)
        self._window.show_hover(theta, longer, short)

    def _place_in_words(self, template: str, theta: FloatArray, digits: int) -> str:
        """Tell of a place on the contour; θ (n+1,) in the coordinates of the descent."""
        assert self._cost is not None
        (first, x), (second, y) = (
            (self._names[i], format_number(float(theta[i]), digits)) for i in self._pair
        )
        cost = format_number(self._cost.cost(theta), digits)
        return template.format(first=first, x=x, second=second, y=y, cost=cost)

    # --- the run goes on -------------------------------------------------------------------------

    def wake(self) -> None:
        """Look for a new snapshot every frame again."""
        self._idle = 0
        if not self._is_stopped and not self._frames.isActive():
            self._frames.start()

    def stop(self) -> None:
        """Show nothing new any more."""
        self._is_stopped = True
        self._opening.stop()
        self._gate.set()
        self._frames.stop()

    def show_frame(self) -> None:
        """Show the newest snapshot, if there is a new one."""
        window, latest = self._window, self._latest()
        window.contour_plot.advance_view()
        self._frame += 1
        if latest.run != self._run:  # of the data before
            return
        if latest is not self._shown:
            is_back = latest.step == 0 and self._shown is not None and self._shown.step > 0
            self._shown = latest
            self._idle = 0
            self._gate.clear()
            self._opening.start()
            window.show_run(latest)
            self._explainer.show_frame(latest)
            if is_back:
                window.contour_plot.return_home()
                window.data_view.return_home()
                if window.panels.is_built("slices"):
                    window.panels.slices.return_home()
        elif latest.status is not Status.TRAINING:
            self._idle += 1
            if self._idle > _IDLE_FRAMES:
                self._frames.stop()
        self._explainer.advance()  # before the words: all of it in one frame would be too long
        is_new = self._described is None or self._described.status is not latest.status
        is_fast = window.speed.is_fast
        pause = _FRAMES_PER_WORDS_FAST if is_fast else _FRAMES_PER_WORDS
        is_time = self._frame - self._described_at >= pause
        is_time |= latest.status is not Status.TRAINING
        is_time |= self._is_slow
        is_time |= is_new  # what can be done now is another matter: buttons must not lag
        if is_time and latest is not self._described:
            self._described = latest
            self._described_at = self._frame
            window.show_words(latest, judge(latest, self._problem))
            at_once = latest.status is not Status.TRAINING or not is_fast
            self._explainer.show_words(latest, at_once=at_once)

    @property
    def _is_slow(self) -> bool:
        """Whether there is time to tell each step in every way."""
        return self._window.speed.speed <= _STEPS_ALL_TOLD

    @property
    def _n_features(self) -> int:
        """How many features the data that are shown have."""
        return self._cost.n_features if self._cost is not None else 1

    @property
    def _names(self) -> tuple[str, ...]:
        """What the parameters of the descent are called, as the axes call them."""
        is_scaled = self._cost is not None and not self._cost.scaling.is_identity
        return parameter_names(self._n_features, is_scaled=is_scaled)

    # --- inside ----------------------------------------------------------------------------------

    def _show_problem(self, *, fit: bool, is_same_data: bool = False) -> None:
        """Show points, contour and limits of the data and the settings as they are now."""
        document, window = self._document, self._window
        problem = Problem.of(document.dataset, document.settings, self._problem)
        self._problem = problem
        self._token = document.dataset.token
        if not is_same_data:
            window.data_view.show_dataset(document.dataset, fit=fit)
        self._show_terrain(fit=fit)
        window.slice_key.show_mode(problem.settings.mode)
        smooth = 1 / problem.steepest if problem.steepest > 0 else math.inf
        window.controls.rate.show_limits(
            smooth,
            2 * smooth,
            problem.proposed_rate if problem.n_points else 0.0,  # nothing to propose
            is_batch=problem.settings.mode == "batch",
        )
        rounding = problem.cost.rounding_gap if problem.n_points else 0.0
        window.controls.readouts.show_rounding(rounding, problem.rounding_gradient)
        self._described = None

    def _show_terrain(self, *, fit: bool) -> None:
        document, window = self._document, self._window
        problem = self._problem
        self._cost = problem.cost
        terrain = Terrain(problem.free_cost, problem.cost, document.start, self._pair)
        window.contour_plot.show_terrain(terrain, fit=fit)
        window.show_plane(self._names, self._pair)
        n_features, is_scaled = document.dataset.n_features, not problem.cost.scaling.is_identity
        window.controls.show_cost(document.settings, n_features)
        window.controls.readouts.show_units(n_features, is_scaled=is_scaled)
        window.cost_plot.show_minimum_cost(problem.cost.minimum_cost)
        self._explainer.show_problem(problem.cost, self._pair, fit=fit)
