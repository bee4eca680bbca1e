"""Saving: where to, and in which format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gdviz.files.errors import FileError
from gdviz.ui.document import Document, Origin
from gdviz.ui.error_box import show_error
from gdviz.ui.main_window import MainWindow
from gdviz.ui.words import dialogs as words

# Writers are imported where they are used: most starts of the program use none.
if TYPE_CHECKING:
    from gdviz.files.session import Session


class SaveDesk(QObject):
    """Brings the document into files.

    folder: where files were last opened or saved; "" before.
    """

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self.folder = ""

    def save(self) -> bool:
        """Save where the points came from, or ask where; return whether they are saved."""
        path = self._document.origin.path
        return self.ask_and_save() if path is None else self._save_to(path)

    def ask_and_save(self) -> bool:
        """Let a person choose where to save; return whether the points are saved."""
        from gdviz.files.session import SUFFIX

        suggested = self._document.origin.path or Path(self.folder) / "points.csv"
        filters = (words.SAVE_FILTER_CSV, words.SAVE_FILTER_SESSION)
        path, chosen = QFileDialog.getSaveFileName(
            self._window, words.SAVE_TITLE, str(suggested), ";;".join(filters)
        )
        if not path:
            return False
        wanted = SUFFIX if chosen == words.SAVE_FILTER_SESSION else ".csv"
        target = Path(path)
        if not target.suffix or (wanted == SUFFIX and target.suffix.lower() != SUFFIX):
            target = target.with_suffix(wanted)
            if target.exists() and not self._may_overwrite(target):
                return False
        self.folder = str(target.parent)
        return self._save_to(target)

    def _may_overwrite(self, path: Path) -> bool:
        """Ask about a file that the file dialog could not know of."""
        buttons = QMessageBox.StandardButton
        text = words.OVERWRITE_TEXT.format(name=path.name)
        answer = QMessageBox.question(self._window, words.SAVE_TITLE, text)
        return bool(answer == buttons.Yes)

    def session(self) -> Session:
        """Return the document as a session, without θ where it is still that of other data."""
        from gdviz.files.session import Session

        document = self._document
        theta = tuple(map(float, self._window.snapshot.theta))
        reached = theta if len(theta) == len(document.start) else None
        return Session(document.dataset, document.settings.as_mapping(), document.start, reached)

    def _save_to(self, path: Path) -> bool:
        from gdviz.files.csv_writer import write_csv
        from gdviz.files.session import SUFFIX, write_session

        try:
            if path.suffix.lower() == SUFFIX:
                write_session(path, self.session())
            else:
                write_csv(path, self._document.dataset)
        except (FileError, OSError) as error:
            show_error(self._window, str(error))
            return False
        self._document.mark_saved(Origin(path.name, path))
        return True
