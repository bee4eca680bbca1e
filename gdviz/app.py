"""The composition root: builds core, worker and window objects and wires every signal, once.

A click's whole way: DataPlot.point_added -> Document (undoable, a new Dataset) -> dataset_changed
-> the plots redraw, and the trainer goes on from where it was on the new points -> its newest
Snapshot -> the frame timer shows it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from gdviz import __version__
from gdviz.core.snapshot import Snapshot
from gdviz.files.bundled import bundled, bundled_infos, bundled_names, unknown_name
from gdviz.files.errors import FileError, exists
from gdviz.ui.crash import CrashDialog
from gdviz.ui.document import Document
from gdviz.ui.editing import Editing
from gdviz.ui.explainer import Explainer
from gdviz.ui.file_desk import FileDesk
from gdviz.ui.main_window import MainWindow
from gdviz.ui.mathematics.type_size import TypeSize
from gdviz.ui.presenter import Presenter
from gdviz.ui.run_desk import RunDesk
from gdviz.ui.safekeeper import Safekeeper
from gdviz.ui.save_desk import SaveDesk
from gdviz.ui.theme import ThemeKeeper, load_fonts
from gdviz.ui.words import window as words
from gdviz.worker.loader import Loader
from gdviz.worker.thread import BackgroundThread
from gdviz.worker.trainer import Trainer

_log = logging.getLogger(__name__)

# What can wait until the window is seen waits so long.
_AFTER_FIRST_FRAME_MS = 60


def create_window(file: str | None = None) -> MainWindow:
    """Return the ready main window, without starting the event loop.

    file: a .csv, a .gdviz session or the name of a bundled data set; the starter set without.
    Raises FileError where the file cannot be opened.
    """
    _application()
    program = Program()
    program.open_first(file)
    return program.window


def run(file: str | None = None) -> int:
    """Show the window until it is closed; return the exit code."""
    app = _application()
    try:
        window = create_window(file)
    except FileError as error:
        sys.stderr.write(f"gdviz: {error}\n")
        return 2
    window.show()
    # Ctrl+C in the terminal ends it at once, wherever it is; the points are offered again.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return app.exec()


def _application() -> QApplication:
    """Return the application, made where there is none."""
    # Qt shares the filling of an area out among threads. With two cores, one of them the run's,
    # waking and awaiting those takes two thirds of the paint.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName(words.APP_NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(words.APP_NAME)
    return app


class Program(QObject):
    """Everything that is running, and how it is connected."""

    def __init__(self) -> None:
        super().__init__(QApplication.instance())
        pg.setConfigOptions(antialias=False, foreground="k", background="w")
        load_fonts()
        self._preferences = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, words.APP_NAME, words.APP_NAME
        )
        self._themes = ThemeKeeper(self._preferences, self)
        self.document = Document(self)
        gate = threading.Event()
        self.trainer = Trainer(self.document.dataset, self.document.settings, gate)
        self._training = BackgroundThread("training", self.trainer, self)
        self._loader = Loader()
        self._loading = BackgroundThread("loading", self._loader, self)
        self.window = MainWindow(self.document, self.trainer.latest, self._themes.theme)
        # After the window is built: the style is then worked out once for each widget.
        self._themes.apply()
        self._saving = SaveDesk(self.window, self.document)
        self._desk = FileDesk(self.window, self.document, self._saving)
        self._editing = Editing(self.window, self.document)
        self.run_desk = RunDesk(self.window, self.document, self._desk, self)
        folder = os.environ.get("GDVIZ_AUTOSAVE_FOLDER")
        self._safe = Safekeeper(
            self.document, self._saving.session, Path(folder) if folder else None, self
        )
        self._crash = CrashDialog(self.window, self._safe.keep)
        self._type = TypeSize(self.window.actions_, self._preferences, self)
        self._explainer = Explainer(self.window, self.document, self)
        self._presenter = Presenter(
            self.window, self.document, self._latest, gate, self._explainer, self
        )
        self._wire_document()
        self._wire_window()
        self._wire_mathematics()
        self._wire_worker()
        self._training.start()
        self._crash.install()

    def open_first(self, file: str | None) -> None:
        """Open what was asked for, or the starter set. Raises FileError."""
        infos = bundled_infos()
        self.window.menus.offer_bundled([(i.name, i.title, i.description) for i in infos])
        try:
            if file is None or file in bundled_names():
                self._desk.open_bundled_now(bundled(file or "starter"))
            elif not Path(file).suffix and not exists(Path(file)):
                raise FileError(unknown_name(file))
            else:
                self._desk.open_bundled_now(bundled("starter"))
                self._desk.open_now(file)
        except FileError:
            self.stop()
            self.window.deleteLater()
            self.deleteLater()
            raise
        self._presenter.show_frame()
        QTimer.singleShot(_AFTER_FIRST_FRAME_MS, self, self._offer_recovered)
        self.window.panels.build_soon()

    def _offer_recovered(self) -> None:
        self._safe.offer_recovered(self.window.notice, self._desk)

    # --- wiring ----------------------------------------------------------------------------------

    def _wire_document(self) -> None:
        document = self.document
        document.opened.connect(self._on_opened)
        document.dataset_changed.connect(self.trainer.set_dataset)
        document.dataset_changed.connect(self._presenter.show_dataset)
        document.settings_changed.connect(self.trainer.set_settings)
        document.settings_changed.connect(self._presenter.show_settings)
        document.start_changed.connect(self.trainer.set_start)
        document.start_changed.connect(self._presenter.show_start)
        document.title_changed.connect(self._presenter.show_title)
        document.title_changed.connect(self._editing.show_what_can_be_done)
        document.title_changed.connect(self._safe.note_change)

    def _wire_window(self) -> None:
        window, document = self.window, self.document
        actions = window.actions_
        window.data_plot.point_added.connect(self._editing.add)
        window.data_plot.point_moved.connect(self._editing.move)
        window.data_plot.point_removed.connect(self._editing.remove)
        window.data_plot.values_requested.connect(self._editing.ask_values)
        window.data_plot.fit_requested.connect(window.data_plot.fit)
        window.plane.pair_chosen.connect(self._presenter.show_pair)
        window.contour_plot.fit_requested.connect(window.contour_plot.fit)
        window.cost_plot.fit_requested.connect(window.cost_plot.fit)
        window.contour_plot.hovered.connect(self._presenter.show_hover)
        window.contour_plot.start_chosen.connect(self.run_desk.start_from)
        window.controls.setting_chosen.connect(self._editing.choose_setting)
        window.speed.speed_chosen.connect(self.run_desk.speed_given)
        for name, slot in (
            ("playPause", self.run_desk.play_or_pause),
            ("step", self.run_desk.make_step),
            ("stepBack", self.run_desk.step_back_requested),
            ("stepEpoch", self.run_desk.epoch_requested),
            ("reset", self.run_desk.reset_requested),
            ("randomStart", self.run_desk.start_anywhere),
            ("clearPoints", document.clear),
            ("undo", document.undo_stack.undo),
            ("redo", document.undo_stack.redo),
            ("openFile", self._desk.ask_and_open),
            ("saveFile", self._saving.save),
            ("saveFileAs", self._saving.ask_and_save),
            ("generate", self._desk.ask_and_generate),
            ("addPoint", self._editing.ask_new_point),
            ("editPoint", self._editing.ask_selected_values),
            ("removePoint", self._editing.remove_selected),
            ("fitViews", window.fit_views),
            ("keys", self._editing.show_keys),
            ("about", self._editing.show_about),
            ("quit", window.close),
        ):
            actions[name].triggered.connect(slot)
        actions["residuals"].toggled.connect(window.data_view.set_residuals_visible)
        window.file_dropped.connect(self._desk.open_path)
        window.menus.bundled_chosen.connect(self._desk.open_bundled)
        window.menus.theme_chosen.connect(self._themes.choose)
        window.menus.theme_chosen.connect(window.menus.show_theme)
        window.close_requested.connect(self._on_close_requested)
        window.closed.connect(self._on_closed)
        window.destroyed.connect(self.stop)
        window.menus.show_theme(self._themes.choice)
        self._themes.changed.connect(window.apply_theme)

    def _wire_mathematics(self) -> None:
        window, explainer = self.window, self._explainer
        window.lower_pages.page_shown.connect(explainer.refresh)
        window.side_pages.page_shown.connect(explainer.refresh)
        window.panels.built.connect(self._wire_panel)
        window.panels.ready.connect(explainer.show_panel)
        for name, slot in (
            ("squares", window.data_view.set_squares_visible),
            ("pulls", explainer.terms.set_pulls_visible),
            ("pointLines", explainer.terms.set_lines_visible),
        ):
            window.actions_[name].toggled.connect(slot)
        window.actions_.terms_changed.connect(window.controls.legend.show_terms)
        window.page_menu.next_stage.triggered.connect(explainer.stages.next)
        window.page_menu.next_stage.triggered.connect(
            lambda: window.lower_pages.show_page("ledger")
        )
        explainer.step_requested.connect(self.run_desk.make_step)
        window.panels.set_type_size(self._type.share)
        self._type.changed.connect(window.panels.set_type_size)

    def _wire_panel(self, name: str) -> None:
        """Connect a panel that was just built."""
        window, explainer = self.window, self._explainer
        if name == "slices":
            window.panels.slices.start_chosen.connect(self.run_desk.start_from)
        elif name == "ledger":
            ledger = window.panels.ledger
            ledger.row_selected.connect(explainer.terms.mark)
            explainer.terms.marked_changed.connect(ledger.select_point)
            ledger.stage_chosen.connect(explainer.stages.choose)
            ledger.next_stage_requested.connect(explainer.stages.next)
            explainer.stages.stage_changed.connect(ledger.show_stage)
            explainer.stages.was_reset.connect(ledger.begin_anew)
            explainer.stages.emphasis_changed.connect(ledger.show_emphasis)
            ledger.emphasised.connect(explainer.terms.emphasise_stage)
            window.data_view.point_hovered.connect(ledger.show_point)
        elif name == "derivation":
            window.panels.derivation.highlighted.connect(explainer.terms.emphasise)
            window.panels.derivation.page_requested.connect(window.lower_pages.show_page)
        elif name == "example":
            window.panels.example.run_requested.connect(self.run_desk.take_example)

    def _wire_worker(self) -> None:
        trainer = self.trainer
        self.run_desk.toggle_requested.connect(trainer.toggle)
        self.run_desk.pause_requested.connect(trainer.pause)
        self.run_desk.step_requested.connect(trainer.step)
        self.run_desk.step_back_requested.connect(trainer.step_back)
        self.run_desk.epoch_requested.connect(trainer.finish_epoch)
        self.run_desk.reset_requested.connect(trainer.reset)
        self.run_desk.theta_given.connect(trainer.go_on_from)
        self.run_desk.run_given.connect(trainer.begin)
        self.run_desk.speed_given.connect(trainer.set_speed)
        trainer.changed.connect(self._presenter.wake)
        trainer.failed.connect(self._desk.show_error)
        # Direct: queued, they would wait in the loader's thread until it has read everything.
        self._desk.load_requested.connect(self._loader.expect, Qt.ConnectionType.DirectConnection)
        self._desk.cancel_requested.connect(self._loader.cancel, Qt.ConnectionType.DirectConnection)
        self._desk.load_requested.connect(self._loading.start)
        self._desk.load_requested.connect(self._loader.load)
        self._loader.progressed.connect(self._desk.show_progress)
        self._loader.loaded.connect(self._desk.finish_loading)
        self._loader.failed.connect(self._desk.fail_loading)
        self._loader.cancelled.connect(self._desk.give_up_loading)

    def _latest(self) -> Snapshot:
        return self.trainer.latest

    # --- the document changed --------------------------------------------------------------------

    def _on_opened(self) -> None:
        self.run_desk.begin()
        self._presenter.show_opened(self.run_desk.run)

    # --- the end ---------------------------------------------------------------------------------

    def _on_close_requested(self) -> None:
        self._desk.when_safe(self.window.close_for_good)

    def _on_closed(self) -> None:
        self._safe.forget()
        self.stop()

    def stop(self) -> None:
        """Stop timers and threads; nothing is left running."""
        self._presenter.stop()
        self._explainer.stop()
        self.window.panels.stop()
        self._loader.cancel()
        self._crash.uninstall()
        self._safe.finish()
        for thread in (self._training, self._loading):
            thread.stop()
