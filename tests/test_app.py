"""The whole program from outside: names that others rely on, starts, ends, settings kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtGui import QAction, QScreen
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QWidget,
)

from gdviz.core.dataset import Dataset
from gdviz.core.snapshot import Snapshot
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.plot import Plot
from gdviz.ui.words import dialogs as dialogs_words
from gdviz.ui.words import window as window_words
from tests.conftest import OpenWindow
from tests.hands import (
    child,
    dialog,
    is_color,
    open_dialogs,
    picture,
    points_of,
    press,
    program_of,
    settle,
    start_training,
    wait_until,
)

ROOT = Path(__file__).parents[1]

WIDGETS: dict[str, type[QWidget]] = {
    "dataPlot": Plot,
    "contourPlot": Plot,
    "costPlot": Plot,
    "learningRate": QDoubleSpinBox,
    "learningRateSlider": QSlider,
    "mode": QComboBox,
    "batchSize": QSpinBox,
    "order": QComboBox,
    "seed": QSpinBox,
    "speed": QSlider,
    "convention": QComboBox,
    "optimizer": QComboBox,
    "standardize": QCheckBox,
    "fitIntercept": QCheckBox,
    "equation": QLabel,
    "status": QLabel,
}
ACTIONS = (
    "playPause",
    "step",
    "stepBack",
    "reset",
    "clearPoints",
    "undo",
    "redo",
    "openFile",
    "saveFile",
)


# --- names ----------------------------------------------------------------------------------------


def test_every_promised_widget_is_there_named_and_seen(window: MainWindow) -> None:
    for name, kind in WIDGETS.items():
        widget = child(window, kind, name)
        assert widget.accessibleName(), f"{name} has no accessible name"
        assert widget.isVisible(), f"{name} cannot be seen"
        assert len(window.findChildren(QWidget, name)) == 1, f"there are several {name}"


def test_every_promised_action_is_there_with_words(window: MainWindow) -> None:
    for name in ACTIONS:
        action = window.findChild(QAction, name)
        assert action is not None, name
        assert action.text()
        assert action.toolTip()


def test_document_and_snapshot_are_as_promised(window: MainWindow) -> None:
    assert isinstance(window.document.dataset, Dataset)
    assert isinstance(window.snapshot, Snapshot)
    assert (window.snapshot.step, window.snapshot.epoch) == (0, 0)
    assert window.snapshot.status == "ready"
    assert len(window.snapshot.theta) == 2
    assert window.snapshot.cost > 0


def test_no_two_shortcuts_are_the_same(window: MainWindow) -> None:
    keys = [
        key.toString()
        for action in window.actions_.by_name.values()
        for key in action.shortcuts()
        if not key.isEmpty()
    ]
    assert {key for key in keys if keys.count(key) > 1} == set()


def test_every_action_can_be_reached_in_a_menu(window: MainWindow) -> None:
    seen: set[str] = set()

    def walk(actions: list[QAction]) -> None:
        for action in actions:
            seen.add(action.objectName())
            if action.menu() is not None:
                walk(action.menu().actions())  # type: ignore[attr-defined]

    walk(window.menuBar().actions())
    assert set(window.actions_.by_name) <= seen


def test_every_control_has_a_tooltip_or_a_label(window: MainWindow) -> None:
    for name, kind in WIDGETS.items():
        if issubclass(kind, QSlider | QComboBox | QSpinBox | QDoubleSpinBox | QCheckBox):
            assert child(window, kind, name).toolTip(), name


def test_the_window_fits_a_small_screen(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720
    window.resize(1280, 720)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1280, 720)
    inside = window.rect()
    for name, kind in WIDGETS.items():
        widget = child(window, kind, name)
        corner = widget.mapTo(window, widget.rect().bottomRight())
        assert inside.contains(corner), f"{name} is cut off"


def test_everything_can_be_reached_with_tab(window: MainWindow) -> None:
    window.document.change_settings(mode="mini-batch")  # so that every control is enabled
    window.data_plot.setFocus()
    reached: set[str] = set()
    for _ in range(80):
        press(window, Qt.Key.Key_Tab)
        if (widget := QApplication.focusWidget()) is not None:
            reached.add(widget.objectName())
    assert {n for n in WIDGETS if n not in ("equation", "status")} <= reached
    assert "playPauseButton" in reached


def test_help_shows_the_keys_and_about_the_version(window: MainWindow) -> None:
    from gdviz import __version__

    press(window, Qt.Key.Key_F1)
    box = dialog(window, "keysDialog")
    for key, _ in dialogs_words.KEYS_TEXT:
        assert key in box.text()  # type: ignore[attr-defined]
    box.close()
    window.actions_["about"].trigger()
    box = dialog(window, "aboutDialog")
    assert __version__ in box.text()  # type: ignore[attr-defined]
    box.close()


@pytest.mark.parametrize("room", [(1280, 690), (960, 510)])
def test_the_keys_fit_the_screen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int]
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, *room))
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        press(window, Qt.Key.Key_F1)
        box = dialog(window, "keysDialog")
        assert box.width() <= room[0]
        assert box.height() <= room[1]
        area = child(box, QScrollArea, "keysArea")
        assert area.horizontalScrollBar().maximum() == 0
        assert room[0] < 1280 or area.verticalScrollBar().maximum() == 0
        ok = box.findChildren(QPushButton)[0]
        assert box.rect().contains(ok.mapTo(box, ok.rect().bottomRight()))
        press(box, key)
        wait_until(lambda: not open_dialogs(window))


# --- start and end --------------------------------------------------------------------------------


def test_two_windows_do_not_disturb_each_other(open_window: OpenWindow) -> None:
    first, second = open_window(), open_window("women")
    start_training(second)
    settle(first)
    assert first.snapshot.step == 0
    assert first.document.dataset.n_points != second.document.dataset.n_points
    first.close()
    assert program_of(second)._training.is_running()
    step = second.snapshot.step
    wait_until(lambda: second.snapshot.step > step)


def test_closing_leaves_nothing_running(window: MainWindow) -> None:
    start_training(window)
    program = program_of(window)
    window.close()
    assert not program._training.is_running()
    assert not program._loading.is_running()


def test_the_starter_sets_valley_is_moderately_narrow(window: MainWindow) -> None:
    bowl = window.contour_plot.state.bowl
    assert bowl is not None
    low, high = bowl.eigenvalues
    assert 15 <= high / low <= 60
    assert all(0 <= x <= 4 for x, _ in points_of(window))


def test_the_theme_is_kept_for_the_next_start(open_window: OpenWindow) -> None:
    first = open_window()
    light = picture(first.data_plot)
    dark = next(a for a in first.findChildren(QAction) if a.text() == window_words.THEMES["dark"])
    dark.trigger()
    assert dark.isChecked()
    assert picture(first.data_plot).mean() < 0.5 * light.mean()
    second = open_window()
    assert second.data_plot.theme.is_dark
    again = next(
        a for a in second.findChildren(QAction) if a.text() == window_words.THEMES["light"]
    )
    again.trigger()
    assert not second.data_plot.theme.is_dark
    assert is_color(picture(second.data_plot), second.data_plot.theme.line).any()


def test_settings_go_to_a_file_of_the_test(window: MainWindow) -> None:
    kept = QSettings(
        QSettings.Format.IniFormat,
        QSettings.Scope.UserScope,
        window_words.APP_NAME,
        window_words.APP_NAME,
    )
    assert str(Path.home()) not in kept.fileName()


_FULL_CIRCLE = """
import sys
from PySide6.QtCore import QTimer
from gdviz import app
def play():
    window = next(w for w in app.QApplication.topLevelWidgets() if hasattr(w, "snapshot"))
    window.actions_["playPause"].trigger()
    def look():
        if window.snapshot.step > 5:
            print("steps", flush=True)
            window.close()
        else:
            QTimer.singleShot(10, look)
    look()
QTimer.singleShot(0, play)
code = app.run()
print("ended", code)
sys.exit(code)
"""


def test_the_program_runs_and_ends_with_0_while_it_trains(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _FULL_CIRCLE],
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ran.stdout.split("\n")[:2] == ["steps", "ended 0"], ran.stderr
    assert ran.returncode == 0
    assert "QThread" not in ran.stderr
    assert "Traceback" not in ran.stderr
