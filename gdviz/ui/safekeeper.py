"""Keeps unsaved points on disk while they are edited, and offers those of a killed process."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer

from gdviz.files.errors import FileError
from gdviz.ui.document import Document, Origin
from gdviz.ui.file_desk import FileDesk
from gdviz.ui.notice import Notice
from gdviz.ui.words import window as words

if TYPE_CHECKING:
    from gdviz.files.autosave import Autosave, Orphan
    from gdviz.files.session import Session

_log = logging.getLogger(__name__)

# Edits come in bursts; the points are kept once a burst is over, but not later than this.
_DELAY_MS = 700


class Safekeeper(QObject):
    """Writes the session after edits, and takes it away once the points are safe elsewhere.

    The disk may take its time, so a thread of its own writes, one session at a time and of those
    that wait only the newest.
    """

    def __init__(
        self,
        document: Document,
        make_session: Callable[[], Session],
        folder: Path | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._make_session = make_session
        self._folder = folder
        self._made: Autosave | None = None
        self._waiting: deque[Session] = deque(maxlen=1)
        self._writers = QThreadPool(self)
        self._writers.setMaxThreadCount(1)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._keep_soon)

    def note_change(self) -> None:
        """Keep the points soon; where there is nothing unsaved any more, take them away at once."""
        if not self._document.is_modified:
            self.forget()
        elif not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep the points now, and wait until they are: the process may be about to end."""
        self._keep_soon()
        self._writers.waitForDone()

    def forget(self) -> None:
        """Take away what is kept: the person has saved the points or given them up."""
        self._timer.stop()
        if self._made is not None:
            self._instead_of_writing(self._made.discard)

    def finish(self) -> None:
        """Keep an edit that was made just now, and wait for what is being written."""
        if self._timer.isActive():
            self._keep_soon()
        self._writers.waitForDone()

    def _keep_soon(self) -> None:
        self._timer.stop()
        if not self._document.is_modified:
            self.forget()
            return
        if self._document.has_removed_own_points:
            return  # what was kept before is worth more than no points
        self._autosave()
        self._waiting.append(self._make_session())
        self._writers.start(self._write)

    def _instead_of_writing(self, act: Callable[[], None]) -> None:
        """Give up what waits to be written, and act: at once, or after what is being written."""
        self._waiting.clear()
        if self._writers.activeThreadCount():
            self._writers.start(act)
        else:
            act()

    def _autosave(self) -> Autosave:
        from gdviz.files.autosave import Autosave  # after the first frame, not before

        if self._made is None:
            self._made = Autosave(self._folder)
        return self._made

    def _write(self) -> None:
        """Write what waits, in the writers' thread."""
        try:
            session = self._waiting.popleft()
        except IndexError:
            return  # an earlier turn has written it, or it was given up
        try:
            self._autosave().save(session)
        except Exception:
            # No place to write is no reason to disturb a person at work. And nothing may escape:
            # in this thread no dialog can be shown.
            _log.exception("The points could not be kept")

    def offer_recovered(self, notice: Notice, desk: FileDesk) -> None:
        """Offer the points of a process that ended without saving them."""
        orphans = self._autosave().orphans()
        if not orphans:
            return
        newest = max(orphans, key=lambda orphan: orphan.saved_at)
        for orphan in orphans:
            if orphan is not newest:
                orphan.release()

        def restore() -> None:
            desk.when_safe(lambda: self._restore(newest, desk))

        is_one = newest.n_points == 1
        template = words.RECOVERED_NOTICE_ONE if is_one else words.RECOVERED_NOTICE
        notice.propose(
            template.format(
                n_points=newest.n_points, when=newest.saved_at.strftime("%d %B, %H:%M")
            ),
            ("restorePoints", words.RECOVERED_ACCEPT, restore),
            ("keepPoints", words.RECOVERED_LATER, newest.release),
            ("discardPoints", words.RECOVERED_DISCARD, newest.discard),
        )

    def _restore(self, orphan: Orphan, desk: FileDesk) -> None:
        try:
            session = orphan.read()
            desk.open_session(session, Origin(words.RECOVERED_TITLE), is_saved=False)
        except FileError as error:
            desk.show_error(str(error))
            orphan.release()
            return
        adopt = self._autosave().adopt
        self._instead_of_writing(lambda: adopt(orphan))
