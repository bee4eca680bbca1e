"""What all tests share; for those with a window: its own files, and nothing left running."""

from __future__ import annotations

import gc
import itertools
import os
import sys
import traceback
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gdviz.ui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "gdviz",
    deadline=None,  # the machines that run this are shared
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("gdviz")

OpenWindow = Callable[..., "MainWindow"]


@pytest.fixture(autouse=True)
def _qt_is_left_clean(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Give a test with Qt its own folders, and fail it if it leaves something running."""
    if "qapp" not in request.fixturenames:
        yield
        return
    monkeypatch = pytest.MonkeyPatch()
    _separate_folders(monkeypatch, tmp_path_factory.mktemp("home"))
    started = _watch_starts(monkeypatch)
    hook, interval = sys.excepthook, sys.getswitchinterval()
    yield
    monkeypatch.undo()
    left = [
        f"{kind} left running, started at\n{''.join(traceback.format_list(where))}"
        for kind, reference, where in started
        if (thing := reference()) is not None and _is_going(thing)
    ]
    left += [f"left open: {widget!r}" for widget in _windows()]
    if sys.getswitchinterval() != interval:
        left.append("the interpreter's switch interval was left changed")
    sys.excepthook = hook
    sys.setswitchinterval(interval)
    if left:
        pytest.fail("\n".join(left), pytrace=False)


@pytest.fixture(scope="session")
def _frozen(qapp: QApplication) -> None:
    """Take what is imported out of the garbage collector's sight, so that collecting is cheap."""
    import ziamath.zmath  # noqa: F401

    import gdviz.app

    # What the program itself loads late.
    import gdviz.ui.coefficient_panel
    import gdviz.ui.ledger.ledger_panel
    import gdviz.ui.mathematics.derivation_panel
    import gdviz.ui.mathematics.example_panel
    import gdviz.ui.slice_panel  # noqa: F401

    gc.collect()
    gc.freeze()


@pytest.fixture
def open_window(qtbot: Any, qapp: QApplication, _frozen: None) -> Iterator[OpenWindow]:
    """Give a function that opens and shows the window; close what it opened without questions."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from gdviz.app import Program, create_window

    opened: list[MainWindow] = []

    def open_(file: str | Path | None = None) -> MainWindow:
        hook = sys.excepthook
        window = create_window(None if file is None else str(file))
        opened.append(window)
        # The test's own hook fails the test; the program's would say so in a dialog.
        sys.excepthook = hook
        window.resize(1280, 720)  # the offscreen screen is smaller
        window.show()
        window.activateWindow()
        qapp.processEvents()
        if not window.isActiveWindow():
            qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_
    for window in opened:
        window.close_for_good()
        window.deleteLater()
    for program in qapp.children():
        if isinstance(program, Program):
            program.stop()
            program.deleteLater()
    opened.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    # As before a start: the next window's style is then worked out once for each widget.
    qapp.setStyleSheet("")
    # Here and now, in this thread: widgets must not be collected in another.
    gc.collect()


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The window with the starter set."""
    return open_window()


@pytest.fixture
def autosave_folder(qapp: QApplication) -> Path:
    """Where unsaved points are kept."""
    return Path(os.environ["GDVIZ_AUTOSAVE_FOLDER"])


def _separate_folders(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    from PySide6.QtCore import QSettings

    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("GDVIZ_AUTOSAVE_FOLDER", str(home / "autosave"))
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(home / "settings"))


_Start = tuple[str, weakref.ReferenceType[Any], traceback.StackSummary]


def _watch_starts(monkeypatch: pytest.MonkeyPatch) -> list[_Start]:
    """Note every thread and timer that is started, and the lines that did."""
    from PySide6.QtCore import QThread, QTimer

    started: list[_Start] = []

    def watch(kind: type[QThread] | type[QTimer]) -> None:
        start = kind.start

        def noted(self: Any, *arguments: Any) -> None:
            # The source of the lines is read only where they are shown: timers start often.
            calls = itertools.islice(traceback.walk_stack(sys._getframe(1)), 2)
            where = traceback.StackSummary.extract(calls, lookup_lines=False)
            started.append((kind.__name__, weakref.ref(self), where))
            start(self, *arguments)

        monkeypatch.setattr(kind, "start", noted)

    watch(QThread)
    watch(QTimer)
    return started


def _is_going(thing: Any) -> bool:
    import shiboken6
    from PySide6.QtCore import QThread

    if not shiboken6.isValid(thing):
        return False
    return bool(thing.isRunning() if isinstance(thing, QThread) else thing.isActive())


def _windows() -> list[Any]:
    """Return top-level widgets that a person could see or that hold a window's place."""
    from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() or isinstance(widget, QDialog | QMainWindow)
    ]
