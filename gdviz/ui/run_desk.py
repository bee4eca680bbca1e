"""What a person tells the run: play, step, start elsewhere, go on with the worked example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from gdviz.ui.document import Document, Origin
from gdviz.ui.file_desk import FileDesk
from gdviz.ui.main_window import MainWindow
from gdviz.ui.words import window as words

if TYPE_CHECKING:
    from gdviz.core.worked_example import WorkedExample


class RunDesk(QObject):
    """Turns what a person does into commands for whoever makes the steps.

    Signals:
        toggle_requested: go on, or pause; who makes the steps knows which.
        pause_requested: pause.
        step_requested, step_back_requested: one step.
        epoch_requested: go to the end of the epoch.
        reset_requested: go back to the start.
        theta_given: go on from this θ; carries it as a tuple.
        run_given: begin with other data; carries the data set, the settings, the start and the
            number of the run.
        speed_given: make so many steps a second.

    """

    toggle_requested = Signal()
    pause_requested = Signal()
    step_requested = Signal()
    step_back_requested = Signal()
    epoch_requested = Signal()
    reset_requested = Signal()
    theta_given = Signal(object)
    run_given = Signal(object, object, object, int)
    speed_given = Signal(float)

    def __init__(
        self, window: MainWindow, document: Document, files: FileDesk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._document, self._files = window, document, files
        self.run = 0

    def begin(self) -> None:
        """Have another run begin, on the data that were opened."""
        document = self._document
        self.run += 1
        self.run_given.emit(document.dataset, document.settings, document.start, self.run)

    def play_or_pause(self) -> None:
        """Let the worker decide: what the window shows may be older than the last press."""
        self._window.data_plot.hide_hint()
        self.toggle_requested.emit()

    def make_step(self) -> None:
        """Make one step."""
        self._window.data_plot.hide_hint()
        self.step_requested.emit()

    def start_anywhere(self) -> None:
        """Start from a random line."""
        self._document.random_start(np.random.default_rng())
        self.reset_requested.emit()

    def start_from(self, theta: tuple[float, ...]) -> None:
        """Go on from where the dot was put; a run that is not going begins anew there."""
        self._window.data_plot.hide_hint()
        if self._document.set_start(theta):
            self.theta_given.emit(self._document.start)

    def take_example(self, example: WorkedExample) -> None:
        """Run the worked example on the plots, and show the controls of the run."""

        def show() -> None:
            self._document.open(
                example.dataset(),
                Origin(words.PAGES["example"]),
                example.settings.as_mapping(),
                tuple(example.start),
            )
            self._window.side_pages.show_page("controls")
            self._window.lower_pages.show_page("coefficients")
            self._window.data_view.fit_plot.setFocus()
            self.toggle_requested.emit()  # it waits at the start

        self._files.when_safe(show)
