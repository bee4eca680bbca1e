"""Hundreds of random things in a row: nothing breaks, and everything still agrees."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
)

from gdviz.files import bundled
from gdviz.ui.file_desk import BIG_FILE_BYTES
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.cost_plot import CostScale
from gdviz.ui.words import window as words
from tests.hands import (
    CONTROL,
    SHIFT,
    all_finite,
    child,
    choose_in,
    click,
    double_click,
    double_click_at,
    drag,
    drag_view,
    hover,
    leave,
    open_bundled,
    open_context_menu,
    open_dialogs,
    points_of,
    program_of,
    settle,
    view_of,
    wait_until,
)

Key = Qt.Key
N_ACTIONS = 500
N_MANY = 10_500


def press(
    window: MainWindow,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    times: int = 1,
) -> None:
    """Press a key; in vain while something is asked, which may come up at any moment.

    It does when a file has been read in the background and the points have been edited meanwhile.
    """
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    if popup is not None:  # Space opens a choice where there is nothing to play
        popup.close()
    if QApplication.activeWindow() is None:
        window.activateWindow()
        wait_until(lambda: window.isActiveWindow() or bool(open_dialogs(window)))
    for _ in range(times):
        QTest.keyClick(window.windowHandle(), key, modifiers)


class Monkey:
    """Does one random thing after the other, from a seed."""

    def __init__(self, window: MainWindow, folder: Path, seed: int) -> None:
        self.window = window
        self.folder = folder
        self.rng = np.random.default_rng(seed)
        # What the choices below depend on comes at its own time; what is done does not.
        self.deed_rng = np.random.default_rng(seed)
        self.files = [folder / name for name in ("a.csv", "b.gdviz", "wrong.csv", "three.csv")]
        self.files[0].write_text("x,y\n1,2\n3,4\n5,5\n")
        self.files[2].write_text("x,y\n1,two\n")
        self.files[3].write_text("a,b,c\n1,2,3\n4,5,7\n7,8,8\n")
        self.big_file = folder / "big.csv"  # with more points than are drawn one by one
        np.savetxt(self.big_file, self.rng.normal(size=(N_MANY, 2)), "%.17f", ",")
        assert self.big_file.stat().st_size > BIG_FILE_BYTES
        self.wants_big_file = False
        self.deeds: list[tuple[float, Callable[[], None]]] = [
            (10, self.add),
            (10, self.move),
            (6, self.remove),
            (3, self.point_menu),
            (3, self.edit_values),
            (8, self.undo),
            (5, self.redo),
            (1, self.clear),
            (12, self.play),
            (10, self.run_key),
            (6, self.plot_key),
            (8, self.rate),
            (12, self.setting),
            (6, self.speed),
            (4, self.drag_dot),
            (2, self.double_click_contour),
            (5, self.look_around),
            (5, self.pan),
            (4, self.wheel),
            (4, self.fit),
            (2, self.cost_scale),
            (2, self.generate),
            (3, self.open_file),
            (2, self.open_big_file),
            (2, self.answer_notice),
            (2, self.save_file),
            (3, self.open_bundled),
            (1, self.try_to_close),
            (1, self.theme),
            (1, self.help),
            (1, self.resize),
            (6, self.wait),
            (6, self.show_page),
            (4, self.toggle_terms),
            (5, self.ledger_key),
            (3, self.turn_page),
            (2, self.type_size),
        ]
        weights = np.array([weight for weight, _ in self.deeds])
        self.chances = weights / weights.sum()

    def act(self) -> str:
        _, deed = self.deeds[int(self.deed_rng.choice(len(self.deeds), p=self.chances))]
        deed()
        self.answer_dialogs()
        return deed.__name__

    # --- deeds ---

    def spot(self, plot) -> tuple[float, float]:
        (x0, x1), (y0, y1) = view_of(plot)
        u, v = self.rng.uniform(0.02, 0.98, 2)
        return x0 + u * (x1 - x0), y0 + v * (y1 - y0)

    def point(self) -> int:
        return int(self.rng.integers(max(self.window.document.dataset.n_points, 1)))

    @property
    def points_plot(self):
        """Where the points are shown: in a plane, or as a fit of several features."""
        return self.window.data_view.currentWidget()

    def visible_point(self) -> tuple[float, float] | None:
        if self.window.document.dataset.n_features > 1:
            return None  # they are not edited in the plot
        (x0, x1), (y0, y1) = view_of(self.window.data_plot)
        inside = [p for p in points_of(self.window) if x0 < p[0] < x1 and y0 < p[1] < y1]
        return inside[self.rng.integers(len(inside))] if inside else None

    def choose(self, options):
        return options[int(self.rng.integers(len(options)))]

    def add(self) -> None:
        click(self.points_plot, *self.spot(self.points_plot))

    def move(self) -> None:
        if (point := self.visible_point()) is not None:
            drag(self.window.data_plot, point, self.spot(self.window.data_plot), moves=3)

    def remove(self) -> None:
        if (point := self.visible_point()) is not None:
            click(self.window.data_plot, *point)
            press(self.window, Key.Key_Delete)

    def point_menu(self) -> None:
        if (point := self.visible_point()) is None:
            return
        menu = open_context_menu(self.window.data_plot, *point)
        if menu is not None:
            choose_in(menu, self.choose(["Remove", "Edit values…"]))

    def edit_values(self) -> None:
        if (point := self.visible_point()) is not None:
            double_click(self.window.data_plot, *point)

    def undo(self) -> None:
        press(self.window, Key.Key_Z, CONTROL, times=int(self.rng.integers(1, 4)))

    def redo(self) -> None:
        press(self.window, Key.Key_Z, CONTROL | SHIFT, times=int(self.rng.integers(1, 4)))

    def clear(self) -> None:
        self.window.actions_["clearPoints"].trigger()

    def play(self) -> None:
        press(self.window, Key.Key_Space)

    def run_key(self) -> None:
        self.choose([self.window.cost_plot, self.window.contour_plot]).setFocus()
        key = self.choose([Key.Key_Right, Key.Key_Left, Key.Key_R, Key.Key_N, Key.Key_E])
        press(self.window, key, times=int(self.rng.integers(1, 3)))
        press(self.window, Key.Key_Right, self.choose([SHIFT, Qt.KeyboardModifier.NoModifier]))

    def plot_key(self) -> None:
        self.points_plot.setFocus(Qt.FocusReason.TabFocusReason)
        arrows = [Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down]
        for _ in range(3):
            key = self.choose([*arrows, *arrows, Key.Key_Escape, Key.Key_Backspace])
            press(self.window, key, self.choose([SHIFT, Qt.KeyboardModifier.NoModifier]))

    def rate(self) -> None:
        if self.rng.random() < 0.5:
            slider = child(self.window, QSlider, "learningRateSlider")
            slider.setValue(int(self.rng.integers(slider.maximum() + 1)))
            return
        spin = self.window.controls.rate._spin
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, self.choose(["0.05", "1e-12", "3", "1e9", "0", "x", "0.1"]))
        QTest.keyClick(spin, Key.Key_Return)

    def setting(self) -> None:
        kind = self.choose(["combo", "combo", "check", "spin"])
        if kind == "combo":
            combo = child(self.window, QComboBox, self.choose(["mode", "order", "convention"]))
            if combo.isEnabled():
                combo.setCurrentIndex(int(self.rng.integers(combo.count())))
        elif kind == "check":
            child(self.window, QCheckBox, self.choose(["standardize", "fitIntercept"])).click()
        else:
            spin = child(self.window, QSpinBox, self.choose(["batchSize", "seed"]))
            if spin.isEnabled():
                spin.setValue(int(self.rng.integers(1, 40)))

    def speed(self) -> None:
        slider = child(self.window, QSlider, "speed")
        slider.setValue(self.choose([slider.maximum(), slider.maximum() * 2 // 3, 100]))

    def drag_dot(self) -> None:
        plot = self.window.contour_plot
        drag(plot, plot.state.dot, self.spot(plot), moves=3)

    def double_click_contour(self) -> None:
        double_click(self.window.contour_plot, *self.spot(self.window.contour_plot))

    def plot(self):
        plots = [self.points_plot, self.window.contour_plot, self.window.cost_plot]
        if self.window.panels.is_seen("slices"):
            plots += [plot for plot in self.window.panels.slices.plots if plot.isVisible()]
        return self.choose([plot for plot in plots if plot.isVisible()])

    def look_around(self) -> None:
        plot = self.plot()
        hover(plot, *self.spot(plot))
        if self.rng.random() < 0.5:
            leave(plot)

    def pan(self) -> None:
        drag_view(self.plot(), *map(int, self.rng.integers(-80, 80, 2)))

    def wheel(self) -> None:
        plot = self.plot()
        at = QPointF(plot.viewport().rect().center())
        event = QWheelEvent(
            at,
            plot.viewport().mapToGlobal(at),
            QPoint(),
            QPoint(0, int(self.choose([-120, 120, 240]))),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(plot.viewport(), event)

    def fit(self) -> None:
        if self.rng.random() < 0.5:
            press(self.window, Key.Key_F)
        else:
            plot = self.plot()
            double_click_at(plot, QPoint(10, plot.viewport().height() // 2))

    def cost_scale(self) -> None:
        self.window.cost_plot.set_scale(self.choose(list(CostScale)))

    def generate(self) -> None:
        press(self.window, Key.Key_G, CONTROL)

    def open_file(self) -> None:
        press(self.window, Key.Key_O, CONTROL)

    def open_big_file(self) -> None:
        """Open what is read in the background; what is done next does not wait for it."""
        self.wants_big_file = True
        press(self.window, Key.Key_O, CONTROL)
        self.wants_big_file = False

    def file_to_open(self) -> str:
        return str(self.big_file if self.wants_big_file else self.choose(self.files))

    def answer_notice(self) -> None:
        buttons = [b for b in self.window.notice.findChildren(QPushButton) if b.isVisible()]
        if buttons:
            QTest.mouseClick(self.choose(buttons), Qt.MouseButton.LeftButton)

    def save_file(self) -> None:
        press(self.window, Key.Key_S, self.choose([CONTROL, CONTROL | SHIFT]))

    def open_bundled(self) -> None:
        open_bundled(self.window, self.choose(bundled.bundled_names()))

    def try_to_close(self) -> None:
        if self.window.document.is_modified:
            self.window.close()
            for box in open_dialogs(self.window):
                box.reject()

    def theme(self) -> None:
        names = words.THEMES.values()
        actions = [a for a in self.window.findChildren(QAction) if a.text() in names]
        self.choose(actions).trigger()

    def help(self) -> None:
        press(self.window, Key.Key_F1)

    def resize(self) -> None:
        self.window.resize(int(self.rng.integers(980, 1200)), int(self.rng.integers(600, 760)))

    def wait(self) -> None:
        QTest.qWait(int(self.rng.integers(1, 20)))

    def show_page(self) -> None:
        press(self.window, Qt.Key(Key.Key_1.value + int(self.rng.integers(7))), CONTROL)

    def toggle_terms(self) -> None:
        self.window.contour_plot.setFocus()
        press(self.window, self.choose([Key.Key_Q, Key.Key_P, Key.Key_L]))

    def ledger_key(self) -> None:
        press(self.window, Key.Key_3, CONTROL)
        keys = [Key.Key_Down, Key.Key_Down, Key.Key_End, Key.Key_Escape, Key.Key_S, Key.Key_Return]
        press(self.window, self.choose(keys), times=int(self.rng.integers(1, 4)))

    def turn_page(self) -> None:
        press(self.window, self.choose([Key.Key_6, Key.Key_7]), CONTROL)
        press(
            self.window, self.choose([Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp]), times=3
        )

    def type_size(self) -> None:
        press(self.window, self.choose([Key.Key_Plus, Key.Key_Minus, Key.Key_0]), CONTROL)

    # --- answers ---

    def wait_for_files(self) -> None:
        """Let what is being read in the background arrive, and answer what it asks."""
        wait_until(lambda: program_of(self.window)._desk._awaited is None)
        self.answer_dialogs()

    def answer_dialogs(self) -> None:
        """Answer whatever is asked, and whatever the answer leads to."""
        for _ in range(6):
            asked = open_dialogs(self.window)
            if not asked:
                return
            self.answer(asked[-1])
            QApplication.processEvents()
        raise AssertionError(f"dialogs without end: {open_dialogs(self.window)}")

    def answer(self, asked: QDialog) -> None:
        if asked.objectName() == "errorDialog":
            assert isinstance(asked, QMessageBox)
            # Nothing but what a person did wrong may be told here.
            assert "unforeseen" not in asked.text(), asked.text()
        assert asked.objectName() != "crashDialog"
        for field in asked.findChildren(QLineEdit):
            if field.objectName().startswith("point"):
                field.setText(self.choose(["1", "2.5", "-3", "1e6", "", "abc", "1e-9"]))
        buttons = [b for b in asked.findChildren(QPushButton) if b.isEnabled() and b.isVisible()]
        if self.rng.random() < 0.2 or not buttons:
            asked.reject()
        else:
            QTest.mouseClick(self.choose(buttons), Qt.MouseButton.LeftButton)


def check(window: MainWindow) -> None:
    """Everything that must always be true of the window."""
    document, program = window.document, program_of(window)
    data, snapshot = document.dataset, window.snapshot
    if data.n_features == 1:
        assert window.data_plot.state.dataset is data
        assert window.data_plot.selected < data.n_points
        assert window.data_plot.state.hovered < data.n_points
    else:
        assert window.data_view.fit_plot._dataset is data
    marked = program._explainer.terms.marked
    assert marked < data.n_points
    if window.panels.is_built("ledger"):
        assert window.panels.ledger.table.view.selected == marked
    bowl = window.contour_plot.state.bowl
    assert (bowl is None) == (data.n_points == 0)
    assert all_finite(data.X, data.y, snapshot.theta, snapshot.cost, snapshot.trace.costs)
    assert all_finite(*window.cost_plot.curve, window.contour_plot.state.path)
    for plot in (window.data_plot, window.contour_plot, window.cost_plot):
        (x0, x1), (y0, y1) = view_of(plot)
        assert all_finite(x0, x1, y0, y1)
        assert x0 < x1
        assert y0 < y1
    rate = document.settings.learning_rate
    control = window.controls.rate
    assert control._spin.value() == rate
    assert control._slider.value() == control._slider.position_of(rate)
    assert document.settings.fit_intercept or snapshot.theta[0] == 0 or snapshot.step >= 0
    stack = document.undo_stack
    assert 0 <= stack.index() <= stack.count()
    assert window.actions_["undo"].isEnabled() == stack.canUndo()
    assert window.actions_["redo"].isEnabled() == stack.canRedo()
    assert window.isWindowModified() == document.is_modified
    assert window.isVisible()
    assert program._training.is_running()


@pytest.mark.parametrize("seed", [7, 11])
def test_hundreds_of_random_actions_in_a_row(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkey = Monkey(window, tmp_path, seed)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (monkey.file_to_open(), ""))
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda *_: (monkey.choose([str(monkey.files[0]), str(monkey.files[1]), ""]), ""),
    )
    window.resize(980, 600)  # fewer pixels to paint hundreds of times
    done: list[str] = []
    monkey.open_big_file()
    wait_until(lambda: window.document.dataset.n_points == N_MANY)
    assert program_of(window)._loading.is_running()  # it was read in the background
    for number in range(N_ACTIONS):
        done.append(monkey.act())
        try:
            check(window)
            if number % 50 == 0:
                monkey.wait_for_files()
                check_at_rest(window)
        except AssertionError as error:
            error.add_note(f"action {number}: {' '.join(done[-8:])}")
            raise
    assert len(set(done)) == len(monkey.deeds)
    monkey.wait_for_files()
    check_at_rest(window)
    undo_everything(window)


def check_at_rest(window: MainWindow) -> None:
    """Once the worker has answered it has the document's points and settings."""
    settle(window)
    descent = program_of(window).trainer._descent
    document = window.document
    assert descent.dataset is document.dataset
    assert descent.settings == document.settings
    assert tuple(map(float, descent.start)) == tuple(map(float, document.start))
    held = program_of(window).trainer.latest.theta
    assert document.settings.fit_intercept or held[0] == 0
    assert math.isfinite(program_of(window).trainer.latest.cost)


def undo_everything(window: MainWindow) -> None:
    """Going back and forth over the whole stack ends at the same points, to the last bit."""
    stack, document = window.document.undo_stack, window.document
    before = document.dataset.X.tobytes(), document.dataset.y.tobytes()
    index = stack.index()
    while stack.canUndo():
        stack.undo()
    while stack.index() < index:
        stack.redo()
    assert (document.dataset.X.tobytes(), document.dataset.y.tobytes()) == before
    settle(window)
