"""What a person does to points and settings, passed on to the document, with its errors told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from gdviz import __version__
from gdviz.core.dataset import DataError
from gdviz.core.proposal import same_path_rate
from gdviz.core.settings import RunSettings, SettingsError
from gdviz.ui.document import Document
from gdviz.ui.main_window import MainWindow
from gdviz.ui.words import dialogs as dialogs_words
from gdviz.ui.words import plots as plots_words
from gdviz.ui.words import window as window_words

if TYPE_CHECKING:
    from gdviz.ui.dialogs.point_dialog import PointDialog


class Editing(QObject):
    """Turns gestures into edits of the document; says in the window what cannot be done."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._walked: RunSettings | None = None
        document.opened.connect(self.forget_path)
        document.dataset_changed.connect(self._show_same_path)
        window.data_plot.selection_changed.connect(self.show_what_can_be_done)
        document.undo_stack.canUndoChanged.connect(self.show_what_can_be_done)
        document.undo_stack.canRedoChanged.connect(self.show_what_can_be_done)

    # --- points ----------------------------------------------------------------------------------

    def add(self, x: float, y: float) -> None:
        """Add a point."""
        self._try(lambda: self._document.add_point(x, y))

    def move(self, index: int, x: float, y: float, drag: int) -> None:
        """Move a point as a part of a drag."""
        self._try(lambda: self._document.move_point(index, x, y, drag))

    def remove(self, index: int) -> None:
        """Remove a point."""
        self._try(lambda: self._document.remove_point(index))

    def remove_selected(self) -> None:
        """Remove the selected point."""
        if self._window.data_plot.selected >= 0:
            self.remove(self._window.data_plot.selected)

    def ask_new_point(self) -> None:
        """Ask for the numbers of a new point."""
        dialog = self._dialog(dialogs_words.POINT_ADD_TITLE, None)
        dialog.accepted.connect(lambda: self._take(*dialog.point))
        dialog.open()

    def ask_values(self, index: int) -> None:
        """Ask for other numbers for a point."""
        point = self._document.dataset.point(index)
        dialog = self._dialog(dialogs_words.POINT_TITLE.format(point=index + 1), point)
        dialog.accepted.connect(lambda: self._take(*dialog.point, index))
        dialog.open()

    def _take(self, x: float, y: float, index: int | None = None) -> None:
        """Add a point or move one to where its numbers say, and see to it that it is in view."""
        plot = self._window.data_plot
        if index is None:
            before = self._document.dataset.n_points
            self.add(x, y)
            if self._document.dataset.n_points > before:  # else it was refused
                plot.select(before)
        else:
            self.move(index, x, y, 0)
        plot.reveal(x, y)
        self._window.contour_plot.reveal_minimum()  # numbers may be of any size
        plot.setFocus()

    def ask_selected_values(self) -> None:
        """Ask for other numbers for the selected point."""
        if self._window.data_plot.selected >= 0:
            self.ask_values(self._window.data_plot.selected)

    # --- settings --------------------------------------------------------------------------------

    def choose_setting(self, name: str, value: object) -> None:
        """Change one setting of the run."""
        before = self._document.settings
        changes = {name: value, **self._what_comes_with(name, value)}
        self._try(lambda: self._document.change_settings(**changes))
        self._offer_same_path(name, before)
        self._window.controls.show_settings(self._document.settings)

    def forget_path(self) -> None:
        """Offer no rate for the path of before: the run is another one."""
        self._walked = None
        self._window.controls.rate.offer_same_path(None)

    def _offer_same_path(self, name: str, before: RunSettings) -> None:
        """Offer, after the cost was changed, the rate that walks the same path."""
        if name != "convention":
            if name in ("learning_rate", "mode", "batch_size"):
                self.forget_path()
            return
        self._walked = self._walked or before
        if self._document.settings.convention == self._walked.convention:
            self.forget_path()
        self._show_same_path()

    def _show_same_path(self) -> None:
        """Offer the rate for so many points: a sum grows with them, a mean does not."""
        walked, n_points = self._walked, self._document.dataset.n_points
        rate = None
        if walked is not None and n_points:
            rate = same_path_rate(walked, self._document.settings.convention, n_points)
        times = walked.learning_rate / rate if walked is not None and rate is not None else 1.0
        self._window.controls.rate.offer_same_path(rate, times)

    def _what_comes_with(self, name: str, value: object) -> dict[str, object]:
        """Return what changes too: a mini-batch of all points would be no mini-batch."""
        n_points = self._document.dataset.n_points
        size = self._document.settings.batch_size
        if (name, value) != ("mode", "mini-batch") or size < n_points or n_points < 2:
            return {}
        return {"batch_size": max(1 << (n_points // 2).bit_length() - 1, 1)}

    # --- what can be done ------------------------------------------------------------------------

    def show_what_can_be_done(self) -> None:
        """Enable the actions on points that make sense now."""
        actions, stack = self._window.actions_, self._document.undo_stack
        has_selection = self._window.data_plot.selected >= 0
        has_several = self._document.dataset.n_features > 1
        why = plots_words.WHY_SEVERAL_FEATURES if has_several else window_words.WHY_NO_SELECTION
        for name in ("removePoint", "editPoint"):
            actions.allow(name, has_selection, why)
        actions.allow("addPoint", not has_several, plots_words.WHY_SEVERAL_FEATURES)
        actions.allow("undo", stack.canUndo(), window_words.WHY_NO_UNDO)
        actions.allow("redo", stack.canRedo(), window_words.WHY_NO_REDO)
        for name, text in (("undo", stack.undoText()), ("redo", stack.redoText())):
            verb = window_words.ACTIONS[name][0]
            actions[name].setText(f"{verb}: {text}" if text else verb)
        actions.allow(
            "residuals", not self._window.data_plot.is_density, window_words.WHY_MANY_POINTS
        )

    # --- help ------------------------------------------------------------------------------------

    def show_keys(self) -> None:
        """Show what the keys do."""
        from gdviz.ui.dialogs.keys_dialog import KeysDialog  # not at every start

        dialog = KeysDialog(self._window, dialogs_words.KEYS_TEXT)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_about(self) -> None:
        """Show what this program is."""
        text = dialogs_words.ABOUT_TEXT.format(version=__version__)
        self._show_text(window_words.ACTIONS["about"][0], text, "aboutDialog")

    # --- inside ----------------------------------------------------------------------------------

    def _try(self, edit: Callable[[], None]) -> None:
        try:
            edit()
        except (DataError, SettingsError) as error:
            self._show_text(dialogs_words.ERROR_TITLE, str(error), "errorDialog")

    def _dialog(self, title: str, point: tuple[float, float] | None) -> PointDialog:
        from gdviz.ui.dialogs.point_dialog import PointDialog  # not at every start

        dataset = self._document.dataset
        names = (dataset.feature_names[0], dataset.target_name)
        dialog = PointDialog(self._window, title, names, point)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _show_text(self, title: str, text: str, name: str) -> None:
        box = QMessageBox(self._window)
        box.setObjectName(name)
        box.setWindowTitle(title)
        is_rich = text.lstrip().startswith("<")
        box.setTextFormat(Qt.TextFormat.RichText if is_rich else Qt.TextFormat.PlainText)
        box.setText(text)
        box.finished.connect(box.deleteLater)
        box.open()
