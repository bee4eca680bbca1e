"""What a person's hands do to the window, in the coordinates of the plots; and what eyes see."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import (
    QDeadlineTimer,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QThread,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget

from gdviz.app import Program
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.plot import Plot
from gdviz.ui.widgets.log_slider import LogSlider

W = TypeVar("W", bound=QWidget)

LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
WAIT_MS = 5000


def program_of(window: MainWindow) -> Program:
    """Return what the window belongs to."""
    app = QApplication.instance()
    assert app is not None
    return next(p for p in app.children() if isinstance(p, Program) and p.window is window)


def child(window: QWidget, kind: type[W], name: str) -> W:
    """Return the descendant of that kind and object name."""
    found = window.findChild(kind, name)
    assert found is not None, f"no {kind.__name__} {name}"
    return found


def wait_until(condition: Callable[[], bool], what: str = "") -> None:
    """Process events until the condition holds."""
    deadline = QDeadlineTimer(WAIT_MS)
    while not condition():
        assert not deadline.hasExpired(), what or "it did not happen"
        QTest.qWait(1)


@contextmanager
def about(case: object) -> Iterator[None]:
    """Name the case in the message of what fails inside: several cases may share one window."""
    try:
        yield
    except BaseException as error:  # a failure that pytest was told of is no Exception
        error.add_note(f"case: {case}")
        raise


class _Echo(QObject):
    """Answers in the worker's thread, after all commands that were given before."""

    asked = Signal()

    def __init__(self, thread: QThread) -> None:
        super().__init__()
        self.has_answered = False
        self.moveToThread(thread)
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _answer(self) -> None:
        self.has_answered = True


def settle(window: MainWindow) -> None:
    """Wait until the worker has done what it was told, and the window shows it."""
    trainer = program_of(window).trainer
    echo = _Echo(trainer.thread())
    echo.asked.emit()
    wait_until(lambda: echo.has_answered, "the worker does not answer")
    wait_until(
        lambda: trainer.latest.status == "training" or window.snapshot is trainer.latest,
        "the window does not show the newest snapshot",
    )


def set_speed(window: MainWindow, steps_per_second: float) -> None:
    """Move the speed slider to where this speed is."""
    slider = child(window, LogSlider, "speed")
    if math.isinf(steps_per_second):
        slider.setValue(slider.maximum())
    else:
        slider.setValue(slider.position_of(steps_per_second))


def run_to_the_end(window: MainWindow) -> None:
    """Press Space and wait, at full speed, until the run has ended by itself."""
    set_speed(window, math.inf)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.status in ("converged", "diverged"), "the run does not end")
    settle(window)


def start_training(window: MainWindow, steps: int = 3) -> None:
    """Press Space and wait until some steps are made, at a speed that a test has time for."""
    if window.speed.speed < 200:
        set_speed(window, 200)
    before = window.snapshot.step
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.step >= before + steps, "it does not train")
    # Words and buttons follow a few frames later.
    wait_until(window.actions_["reset"].isEnabled, "it trains and cannot be reset")


# --- the mouse ------------------------------------------------------------------------------------


def pixel(plot: Plot, x: float, y: float) -> QPoint:
    """Return the viewport's pixel of a place in the plot's coordinates."""
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))


def place(plot: Plot, at: QPoint) -> tuple[float, float]:
    """Return the plot's coordinates of a pixel of the viewport."""
    point = plot.view.mapSceneToView(plot.mapToScene(at))
    return float(point.x()), float(point.y())


def click(plot: Plot, x: float, y: float, button: Qt.MouseButton = LEFT) -> tuple[float, float]:
    """Click in the plot; return the exact coordinates of the pixel."""
    at = pixel(plot, x, y)
    QTest.mouseClick(plot.viewport(), button, pos=at)
    return place(plot, at)


def double_click(plot: Plot, x: float, y: float) -> tuple[float, float]:
    """Click twice in the plot, as a mouse does it."""
    at = pixel(plot, x, y)
    double_click_at(plot, at)
    return place(plot, at)


def double_click_at(plot: Plot, at: QPoint) -> None:
    """Click twice on a pixel of the plot's viewport, axes included."""
    kinds = (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonRelease,
    )
    for kind in kinds:
        mouse(plot, kind, at)


def mouse(
    plot: Plot,
    kind: QEvent.Type,
    at: QPoint,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    button: Qt.MouseButton | None = None,
) -> None:
    """Send one mouse event with the left button, held while it moves."""
    is_release = kind == QEvent.Type.MouseButtonRelease
    cause = LEFT if button is None else button
    if kind == QEvent.Type.MouseMove:
        cause = NO_BUTTON
    held = NO_BUTTON if is_release else (LEFT if button is None else button)
    viewport = plot.viewport()
    spot = QPointF(at)
    event = QMouseEvent(kind, spot, viewport.mapToGlobal(spot), cause, held, modifiers)
    QApplication.sendEvent(viewport, event)


@contextmanager
def holding(plot: Plot, x: float, y: float) -> Iterator[Callable[[float, float], QPoint]]:
    """Press at a place, give a function that drags to others, and let go at the last."""
    at = pixel(plot, x, y)
    mouse(plot, QEvent.Type.MouseButtonPress, at)

    def drag_to(to_x: float, to_y: float) -> QPoint:
        nonlocal at
        at = pixel(plot, to_x, to_y)
        mouse(plot, QEvent.Type.MouseMove, at)
        return at

    yield drag_to
    mouse(plot, QEvent.Type.MouseButtonRelease, at)


def drag(plot: Plot, *places: tuple[float, float], moves: int = 4) -> tuple[float, float]:
    """Drag from the first place through the others; return where the mouse was let go."""
    with holding(plot, *places[0]) as drag_to:
        for start, end in pairwise(places):
            for share in np.linspace(0, 1, moves + 1)[1:]:
                at = drag_to(
                    start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
                )
    return place(plot, at)


def drag_view(plot: Plot, dx: int, dy: int) -> None:
    """Pan the view by pixels, beginning at an empty place near a corner."""
    area = plot.viewport().rect()
    start = QPoint(area.width() // 4, area.height() * 3 // 5)
    mouse(plot, QEvent.Type.MouseButtonPress, start)
    for share in (0.25, 0.5, 0.75, 1.0):
        mouse(plot, QEvent.Type.MouseMove, start + QPoint(round(share * dx), round(share * dy)))
    mouse(plot, QEvent.Type.MouseButtonRelease, start + QPoint(dx, dy))


def hover(plot: Plot, x: float, y: float) -> tuple[float, float]:
    """Move the mouse over a place without pressing."""
    at = pixel(plot, x, y)
    mouse(plot, QEvent.Type.MouseMove, at, button=NO_BUTTON)
    return place(plot, at)


def leave(plot: Plot) -> None:
    """Take the mouse away."""
    QApplication.sendEvent(plot.viewport(), QEvent(QEvent.Type.Leave))
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))


def open_context_menu(plot: Plot, x: float, y: float) -> QMenu | None:
    """Press the right button at a place; return the menu that opens."""
    at = pixel(plot, x, y)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, plot.viewport().mapToGlobal(at), NO_MODIFIER
    )
    QApplication.sendEvent(plot.viewport(), event)
    menu = QApplication.activePopupWidget()
    return menu if isinstance(menu, QMenu) else None


def choose_in(menu: QMenu, text: str) -> None:
    """Click an entry of an open menu."""
    action = next(a for a in menu.actions() if a.text().replace("&", "") == text)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


# --- keys and dialogs -----------------------------------------------------------------------------


def press(
    window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER, times: int = 1
) -> None:
    """Press a key where the keyboard goes; shortcuts included."""
    QApplication.processEvents()
    if QApplication.activeWindow() is None:
        # A desktop activates a dialog's parent when the dialog has closed; offscreen nobody does.
        window.activateWindow()
        wait_until(window.isActiveWindow)
    for _ in range(times):
        QTest.keyClick(window.window().windowHandle(), key, modifiers)


def dialog(window: QWidget, name: str) -> QDialog:
    """Wait for a dialog of this object name."""
    wait_until(
        lambda: any(d.isVisible() for d in window.findChildren(QDialog, name)), f"no {name} opened"
    )
    found = next(d for d in window.findChildren(QDialog, name) if d.isVisible())
    wait_until(found.isActiveWindow, f"{name} is not active")
    return found


def open_dialogs(window: QWidget) -> list[QDialog]:
    """Return the dialogs that are open."""
    return [d for d in window.findChildren(QDialog) if d.isVisible()]


def open_bundled(window: QWidget, name: str) -> None:
    """Choose a bundled set in the menu."""
    action = window.findChild(QAction, f"bundled-{name}")
    assert action is not None
    action.trigger()


def press_button(parent: QWidget, name: str) -> None:
    """Click a push button, by its object name or by its text."""
    for button in parent.findChildren(QPushButton):
        if button.isVisible() and name in (button.objectName(), button.text().replace("&", "")):
            QTest.mouseClick(button, LEFT)
            return
    raise AssertionError(f"no button {name}")


# --- what is seen ---------------------------------------------------------------------------------


def picture(plot: QWidget) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return what a widget looks like: (height, width, 3), red, green, blue."""
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def is_color(
    pixels: np.ndarray[Any, np.dtype[np.uint8]], color: str, tolerance: int = 40
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell which pixels are about that colour."""
    c = QColor(color)
    wanted = np.array((c.red(), c.green(), c.blue()), dtype=int)
    return np.abs(pixels.astype(int) - wanted).max(axis=-1) <= tolerance


def has_color_near(plot: Plot, x: float, y: float, color: str, reach: int = 3) -> bool:
    """Tell whether the plot shows that colour near a place."""
    at = plot.viewport().mapTo(plot, pixel(plot, x, y))
    shown = picture(plot)
    top, left = max(at.y() - reach, 0), max(at.x() - reach, 0)
    return bool(is_color(shown[top : at.y() + reach + 1, left : at.x() + reach + 1], color).any())


def view_of(plot: Plot) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ranges of x and y that are in view."""
    (x0, x1), (y0, y1) = plot.view.viewRange()
    return (float(x0), float(x1)), (float(y0), float(y1))


def middle_of(plot: Plot) -> tuple[float, float]:
    """Return the middle of the view."""
    (x0, x1), (y0, y1) = view_of(plot)
    return (x0 + x1) / 2, (y0 + y1) / 2


def is_shown(plot: Plot, x: float, y: float) -> bool:
    """Tell whether a place is in view."""
    (x0, x1), (y0, y1) = view_of(plot)
    return x0 <= x <= x1 and y0 <= y <= y1


def all_finite(*values: Any) -> bool:
    """Tell whether there is no NaN and no infinity in numbers and arrays."""
    return all(
        bool(np.isfinite(np.asarray(value, dtype=float)).all())
        for value in values
        if value is not None
    )


def points_of(window: MainWindow) -> list[tuple[float, float]]:
    """Return the document's points."""
    data = window.document.dataset
    return list(zip(map(float, data.x), map(float, data.y), strict=True))


def is_close(a: float, b: float, relative: float = 1e-9) -> bool:
    """Tell whether two numbers are the same up to rounding."""
    return math.isclose(a, b, rel_tol=relative, abs_tol=1e-300)
