"""Opening and generating: the dialogs around them, and what is asked before points go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gdviz.core.dataset import DataError, Dataset
from gdviz.core.settings import RunSettings, SettingsError, check_theta
from gdviz.files.bundled import BundledSet, bundled
from gdviz.files.errors import FileError
from gdviz.ui.document import Document, Origin
from gdviz.ui.error_box import show_error
from gdviz.ui.main_window import MainWindow
from gdviz.ui.save_desk import SaveDesk
from gdviz.ui.words import dialogs as dialogs_words
from gdviz.ui.words import window as window_words

# Readers, writers and dialogs are imported where they are used: together they would make the
# start of the program a tenth longer, and most starts use none of them.
if TYPE_CHECKING:
    from gdviz.files.session import Session
    from gdviz.files.table import Table
    from gdviz.ui.dialogs.generate_dialog import Recipe

_LONGEST_HEADER = 10_000
BIG_FILE_BYTES = 400_000
"""A table larger than this is read in the background."""


class FileDesk(QObject):
    """Brings points from files, and elsewhere, into the document.

    Signals:
        load_requested: a big table is to be read in the background, and no other; carries the
            number under which it is asked for, and its path.
        cancel_requested: nobody waits for it any more.

    """

    load_requested = Signal(int, str)
    cancel_requested = Signal()

    def __init__(self, window: MainWindow, document: Document, saving: SaveDesk) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._saving = saving
        self._recipe: Recipe | None = None
        self._loads = 0
        self._awaited: int | None = None
        self._question: QMessageBox | None = None
        # Whatever is opened was asked for later than a table that is still being read.
        document.opened.connect(self._stop_loading)
        window.closed.connect(self._stop_loading)

    # --- opening ---------------------------------------------------------------------------------

    def ask_and_open(self) -> None:
        """Let a person choose a file, and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, dialogs_words.OPEN_TITLE, self._saving.folder, dialogs_words.OPEN_FILTER
        )
        if path:
            self._saving.folder = str(Path(path).parent)
            self.open_path(path)

    def open_path(self, path: str) -> None:
        """Open a file, after asking what to do with unsaved points; say so where it cannot be."""
        self.when_safe(lambda: self._try_to_open(path))

    def open_now(self, path: str) -> None:
        """Open a file without asking. Raises FileError where it cannot be read."""
        from gdviz.files.csv_reader import read_table
        from gdviz.files.session import SUFFIX, read_session

        if Path(path).suffix.lower() == SUFFIX:
            self.open_session(read_session(path), Origin(Path(path).name, Path(path)))
        elif Path(path).is_file() and Path(path).stat().st_size > BIG_FILE_BYTES:
            self._load_in_background(path)
        else:
            self.open_table(read_table(path))

    def open_bundled(self, name: str) -> None:
        """Open a bundled data set, after asking what to do with unsaved points."""
        self.when_safe(lambda: self.open_bundled_now(bundled(name)))

    def open_bundled_now(self, chosen: BundledSet) -> None:
        """Open a bundled data set with the settings that are suggested for it."""
        hints = chosen.suggestions
        self._document.open(chosen.dataset, Origin(chosen.title), hints.as_settings(), hints.start)

    def open_session(self, session: Session, origin: Origin, *, is_saved: bool = True) -> None:
        """Open a session with its settings. Raises FileError where they cannot be used."""
        try:
            settings = RunSettings.from_mapping(dict(session.settings)).as_mapping()
        except SettingsError as error:
            raise FileError(str(error)) from error
        try:
            n = session.dataset.n_features
            start = session.start and tuple(check_theta(session.start, n).tolist())
        except SettingsError as error:
            raise FileError(str(error)) from error
        changes = {key: settings[key] for key in session.settings if key in settings}
        self._document.open(session.dataset, origin, changes, start, is_saved=is_saved)

    def open_table(self, table: Table) -> None:
        """Open a table; where it has more than two columns, ask which."""
        self._stop_loading()
        if len(table.names) == 2:
            self._open_columns(table, table.names[1], [table.names[0]])
            return
        from gdviz.ui.dialogs.import_dialog import PREVIEW_ROWS, ImportDialog

        title = dialogs_words.IMPORT_TITLE.format(name=table.path.name)
        dialog = ImportDialog(
            self._window,
            title,
            table.names,
            table.head(PREVIEW_ROWS),
            table.n_rows,
            table.text_columns,
        )
        # Who works with several features wants them again.
        if self._document.dataset.n_features > 1:
            dialog.choose_all()
        dialog.accepted.connect(lambda: self._open_columns(table, dialog.target, dialog.features))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_columns(self, table: Table, target: str, features: list[str]) -> None:
        try:
            dataset = table.dataset(target, features)
        except (FileError, DataError) as error:
            self.show_error(str(error))
            return
        self._document.open(dataset, _origin(table))

    # --- in the background -----------------------------------------------------------------------

    def _try_to_open(self, path: str) -> None:
        try:
            self.open_now(path)
        except FileError as error:
            self.show_error(str(error))

    def _load_in_background(self, path: str) -> None:
        self._loads += 1
        self._awaited = self._loads
        name = Path(path).name
        self._window.notice.propose(
            dialogs_words.LOADING.format(name=name),
            ("cancelLoading", dialogs_words.LOADING_CANCEL, self._stop_loading),
            has_progress=True,
        )
        self.load_requested.emit(self._loads, path)

    def show_progress(self, number: int, fraction: float) -> None:
        """Show how much of the big table is read."""
        if number == self._awaited:
            self._window.notice.show_progress(fraction)

    def finish_loading(self, number: int, table: Table, dataset: Dataset | None) -> None:
        """Open the big table; ``dataset`` is given where there is no choice of columns."""
        if number != self._awaited:
            return
        if self._question is not None:  # first things first: the answer may be to close
            self._question.finished.connect(lambda: self.finish_loading(number, table, dataset))
            return
        self.give_up_loading(number)

        def show() -> None:
            if dataset is None:
                self.open_table(table)
            else:
                self._document.open(dataset, _origin(table))

        self.when_safe(show)  # points may have been edited while it was read

    def fail_loading(self, number: int, text: str) -> None:
        """Say why the big table could not be read."""
        if number == self._awaited:
            self.give_up_loading(number)
            self.show_error(text)

    def give_up_loading(self, number: int) -> None:
        """Wait no longer for the big table: take the progress bar away."""
        if number != self._awaited:
            return
        self._awaited = None
        if self._window.notice.has_progress:
            self._window.notice.dismiss()

    def _stop_loading(self) -> None:
        if self._awaited is not None:
            self.give_up_loading(self._awaited)
            self.cancel_requested.emit()

    # --- before points go -------------------------------------------------------------------------

    def when_safe(self, proceed: Callable[[], object]) -> None:
        """Go on at once, or after unsaved points were saved or given up; the window stays alive."""
        if not self._document.is_modified:
            proceed()
            return
        if self._question is not None:
            self._question.raise_()
            return
        buttons = QMessageBox.StandardButton
        are_gone = self._document.has_removed_own_points
        rescue = buttons.Retry if are_gone else buttons.Save
        text = dialogs_words.CLEARED_TEXT if are_gone else dialogs_words.DISCARD_TEXT
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            dialogs_words.DISCARD_TITLE,
            text.format(title=self._document.origin.title or window_words.UNTITLED),
            rescue | buttons.Discard | buttons.Cancel,
            self._window,
        )
        if are_gone:
            box.button(rescue).setText(dialogs_words.CLEARED_UNDO)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setObjectName("discardDialog")
        box.setDefaultButton(rescue)
        self._question = box

        def answer(button: int) -> None:
            self._question = None
            box.deleteLater()
            if button == buttons.Retry.value:
                self._document.undo_stack.undo()
            is_saved = button == buttons.Save.value and self._saving.save()
            if is_saved or button == buttons.Discard.value:
                proceed()

        box.finished.connect(answer)
        box.open()

    # --- the rest --------------------------------------------------------------------------------

    def ask_and_generate(self) -> None:
        """Let a person choose a line and noise, and put generated points in the place of these."""
        from gdviz.ui.dialogs.generate_dialog import GenerateDialog, Recipe

        dialog = GenerateDialog(self._window, self._recipe or Recipe())
        dialog.accepted.connect(lambda: self.generate(dialog.recipe))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def generate(self, recipe: Recipe) -> None:
        """Put generated points in the place of these, undoably."""
        from gdviz.core.generate import linear_dataset

        self._recipe = recipe
        try:
            dataset: Dataset = linear_dataset(
                recipe.slope, recipe.intercept, recipe.noise, recipe.n_points, recipe.seed
            )
        except (DataError, ValueError) as error:
            self.show_error(str(error))
            return
        self._document.replace(dataset, window_words.UNDO_GENERATE, Origin(window_words.GENERATED))

    def show_error(self, text: str) -> None:
        """Show a sentence in a dialog that holds nothing up."""
        show_error(self._window, text)


def _origin(table: Table) -> Origin:
    """Return where a table's points come from.

    With the file only where saving the points there again loses nothing of it: not for a table with
    more columns, with comments, or in another flavour than the one that is written.
    """
    return Origin(table.path.name, table.path if _is_plain(table) else None)


def _is_plain(table: Table) -> bool:
    if len(table.names) != 2 or table.text_columns or table.path.suffix.lower() != ".csv":
        return False
    with table.path.open("rb") as file:
        first = file.readline(_LONGEST_HEADER)
        rest = file.read(BIG_FILE_BYTES)
    has_comments = first.startswith(b"#") or b"\n#" in rest or rest.startswith(b"#")
    return first.count(b",") == 1 and not has_comments and b";" not in first and b"\t" not in first
