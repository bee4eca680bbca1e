"""Points with the mouse: add, drag, remove, edit, undo; while it trains as well."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from gdviz.core.dataset import Dataset
from gdviz.ui.main_window import MainWindow
from tests.hands import (
    about,
    child,
    choose_in,
    click,
    dialog,
    double_click,
    drag,
    drag_view,
    hover,
    leave,
    middle_of,
    mouse,
    open_context_menu,
    open_dialogs,
    pixel,
    points_of,
    press,
    press_button,
    program_of,
    set_speed,
    settle,
    start_training,
    view_of,
    wait_until,
)


def test_a_click_adds_a_point_where_it_was(window: MainWindow) -> None:
    plot = window.data_plot
    before = points_of(window)
    x, y = click(plot, 1.234, 3.2)
    assert len(points_of(window)) == len(before) + 1
    assert points_of(window)[:-1] == before
    width, height = plot.pixel_size()
    new_x, new_y = points_of(window)[-1]
    assert abs(new_x - x) < width
    assert abs(new_y - y) < height
    assert plot.state.dataset is window.document.dataset


@pytest.mark.parametrize(
    ("offset", "where"), [(20, "left axis"), (-12, "bottom axis")], ids=["left", "bottom"]
)
def test_a_click_on_an_axis_adds_nothing(window: MainWindow, offset: int, where: str) -> None:
    area = window.data_plot.viewport().rect()
    at = QPoint(offset, area.center().y()) if offset > 0 else area.center()
    if offset < 0:
        at = QPoint(area.center().x(), area.bottom() + offset)
    before = points_of(window)
    QTest.mouseClick(window.data_plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert points_of(window) == before


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_other_buttons_add_nothing(window: MainWindow, button: Qt.MouseButton) -> None:
    before = points_of(window)
    click(window.data_plot, 1.2, 3.2, button)
    assert points_of(window) == before


def test_dragging_empty_space_moves_the_view_and_adds_nothing(window: MainWindow) -> None:
    before, view = points_of(window), view_of(window.data_plot)
    assert window.data_plot.point_at(window.data_plot.viewport().rect().center().toPointF()) == -1
    drag_view(window.data_plot, 60, 30)
    assert points_of(window) == before
    (x0, x1), (y0, y1) = view_of(window.data_plot)
    assert x0 < view[0][0]
    assert y0 > view[1][0]
    assert x1 - x0 == pytest.approx(view[0][1] - view[0][0])
    assert y1 - y0 == pytest.approx(view[1][1] - view[1][0])


def test_a_drag_moves_a_point_and_is_undone_as_one(window: MainWindow) -> None:
    before = points_of(window)
    end = drag(window.data_plot, before[3], (2.0, 3.2), (2.5, 0.4), moves=6)
    after = points_of(window)
    width, height = window.data_plot.pixel_size()
    assert after[:3] + after[4:] == before[:3] + before[4:]
    assert abs(after[3][0] - end[0]) < width
    assert abs(after[3][1] - end[1]) < height
    assert window.document.undo_stack.count() == 1
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points_of(window) == before
    assert not window.document.undo_stack.canUndo()


def test_two_drags_of_one_point_are_two_edits(window: MainWindow) -> None:
    before = points_of(window)
    drag(window.data_plot, before[3], (2.0, 3.2))
    between = points_of(window)
    drag(window.data_plot, between[3], (2.5, 0.4))
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points_of(window) == between
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points_of(window) == before


def test_a_click_on_a_point_selects_it_and_changes_nothing(window: MainWindow) -> None:
    before = points_of(window)
    click(window.data_plot, *before[4])
    assert points_of(window) == before
    assert window.data_plot.selected == 4
    assert not window.document.undo_stack.canUndo()


def test_delete_removes_the_selected_point(window: MainWindow) -> None:
    before = points_of(window)
    click(window.data_plot, *before[4])
    press(window, Qt.Key.Key_Delete)
    assert points_of(window) == before[:4] + before[5:]


def test_delete_without_a_selection_removes_nothing(window: MainWindow) -> None:
    before = points_of(window)
    window.data_plot.setFocus()
    press(window, Qt.Key.Key_Delete)
    assert points_of(window) == before


def test_the_context_menu_removes_a_point(window: MainWindow) -> None:
    before = points_of(window)
    menu = open_context_menu(window.data_plot, *before[2])
    assert menu is not None
    choose_in(menu, "Remove")
    assert points_of(window) == before[:2] + before[3:]


def test_the_context_menu_edits_the_numbers(window: MainWindow) -> None:
    before = points_of(window)
    menu = open_context_menu(window.data_plot, *before[2])
    assert menu is not None
    choose_in(menu, "Edit values…")
    asked = dialog(window, "pointDialog")
    x, y = child(asked, QLineEdit, "pointX"), child(asked, QLineEdit, "pointY")
    assert (float(x.text()), float(y.text())) == before[2]
    for field, text in ((x, "1,25"), (y, "-3e-1")):
        field.selectAll()
        QTest.keyClicks(field, text)
    press_button(asked, "OK")
    assert points_of(window)[2] == (1.25, -0.3)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points_of(window) == before


def test_numbers_that_cannot_be_are_refused_with_a_sentence(window: MainWindow) -> None:
    before = points_of(window)
    double_click(window.data_plot, *before[2])
    asked = dialog(window, "pointDialog")
    field = child(asked, QLineEdit, "pointX")
    assert field.hasFocus()
    assert field.selectedText() == field.text()
    for text in ("", "abc", "nan", "inf", "1e300", "1 2"):
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert asked.isVisible()
        shown = [label.text() for label in asked.findChildren(QLabel)]
        assert any(text in sentence and sentence.endswith(".") for sentence in shown)
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert not open_dialogs(window)
    assert points_of(window) == before


def test_a_double_click_on_a_point_edits_its_numbers(window: MainWindow) -> None:
    before = points_of(window)
    double_click(window.data_plot, *before[5])
    asked = dialog(window, "pointDialog")
    assert float(child(asked, QLineEdit, "pointX").text()) == before[5][0]
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert points_of(window) == before


def test_an_empty_place_has_no_context_menu(window: MainWindow) -> None:
    assert open_context_menu(window.data_plot, *middle_of(window.data_plot)) is None


def test_cursor_and_mark_show_the_point_under_the_mouse(window: MainWindow) -> None:
    plot = window.data_plot
    hover(plot, *points_of(window)[6])
    assert plot.state.hovered == 6
    assert plot.cursor().shape() == Qt.CursorShape.OpenHandCursor
    assert "Point 7" in plot.toolTip()
    hover(plot, *middle_of(plot))
    assert plot.state.hovered == -1
    assert plot.cursor().shape() == Qt.CursorShape.CrossCursor
    assert plot.toolTip() == ""
    hover(plot, *points_of(window)[6])
    mouse(plot, QEvent.Type.MouseButtonPress, pixel(plot, *points_of(window)[6]))
    assert plot.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    mouse(plot, QEvent.Type.MouseButtonRelease, pixel(plot, *points_of(window)[6]))
    leave(plot)
    assert plot.state.hovered == -1


def test_of_points_on_top_of_each_other_the_last_is_taken(window: MainWindow) -> None:
    window.document.add_point(*points_of(window)[2])
    click(window.data_plot, *points_of(window)[2])
    assert window.data_plot.selected == window.document.dataset.n_points - 1


def test_clear_all_and_back(window: MainWindow) -> None:
    before = points_of(window)
    window.actions_["clearPoints"].trigger()
    assert points_of(window) == []
    settle(window)
    assert not window.actions_["clearPoints"].isEnabled()
    window.actions_["undo"].trigger()
    assert points_of(window) == before
    window.actions_["redo"].trigger()
    assert points_of(window) == []


def test_points_can_be_clicked_into_an_empty_plot(window: MainWindow) -> None:
    window.actions_["clearPoints"].trigger()
    assert window.data_plot.state.hint
    places = [click(window.data_plot, x, y) for x, y in ((1, 1), (2, 3), (4, 2))]
    assert np.allclose(points_of(window), places, atol=0.03)
    assert window.data_plot.state.hint == ""
    start_training(window)


def test_every_edit_is_undone_and_redone_in_order(window: MainWindow) -> None:
    plot = window.data_plot
    states = [points_of(window)]

    def note() -> None:
        states.append(points_of(window))

    click(plot, 1.2, 3.3)
    note()
    drag(plot, points_of(window)[0], (0.8, 3.0))
    note()
    click(plot, *points_of(window)[3])
    press(window, Qt.Key.Key_Delete)
    note()
    double_click(plot, *points_of(window)[1])
    asked = dialog(window, "pointDialog")
    field = child(asked, QLineEdit, "pointY")
    field.selectAll()
    QTest.keyClicks(field, "2.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    note()
    window.actions_["clearPoints"].trigger()
    note()
    assert len({str(state) for state in states}) == len(states)
    assert "Clear all points" in window.actions_["undo"].text()
    for state in states[-2::-1]:
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert points_of(window) == state
    assert not window.actions_["undo"].isEnabled()
    assert window.actions_["undo"].toolTip() == "Nothing to undo"
    for state in states[1:]:
        window.actions_["redo"].trigger()
        assert points_of(window) == state
    assert not window.actions_["redo"].isEnabled()


def expected_cost(data: Dataset, theta: np.ndarray) -> float:
    return float(np.mean((theta[0] + theta[1] * data.x - data.y) ** 2))


def test_the_run_goes_on_from_where_it_is_while_points_change(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=2e-5)  # many steps to go
    set_speed(window, 2000)
    start_training(window, 30)
    plot = window.data_plot

    def delete() -> None:
        click(plot, *points_of(window)[2])
        press(window, Qt.Key.Key_Delete)

    edits: dict[str, Callable[[], object]] = {
        "add": lambda: click(plot, 1.2, 3.3),
        "drag": lambda: drag(plot, points_of(window)[2], (1.9, 3.2), (2.0, 0.3)),
        "delete": delete,
        "undo": lambda: press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        "values": lambda: window.data_plot.point_moved.emit(1, 0.5, 3.0, 0),
    }
    start = np.array(window.document.start)
    for name, edit in edits.items():
        with about(name):
            before, points = program_of(window).trainer.latest, points_of(window)
            edit()
            assert points_of(window) != points
            settle(window)
            after = program_of(window).trainer.latest
            assert after.status == "training"
            assert after.step >= before.step
            # Not thrown back: at least as far from the start as it was, far from the minimum.
            gone = np.linalg.norm(before.theta - start)
            assert np.linalg.norm(after.theta - start) > 0.9 * gone > 0
            wait_until(lambda after=after: window.snapshot.step > after.step + 3)
            shown = window.snapshot  # its cost is that of the new points
            data = window.document.dataset
            assert shown.cost == pytest.approx(expected_cost(data, shown.theta), rel=1e-9)


def test_the_contour_changes_with_the_points_while_it_trains(window: MainWindow) -> None:
    start_training(window)
    before = window.contour_plot.state.bowl
    click(window.data_plot, 3.9, 1.0)
    bowl = window.contour_plot.state.bowl
    assert bowl is not None
    assert bowl is not before
    data = window.document.dataset
    X = np.column_stack((np.ones(data.n_points), data.x))
    least_squares = np.linalg.lstsq(X, data.y, rcond=None)[0]
    assert np.allclose(bowl.center, least_squares, rtol=1e-9)
    assert np.allclose(bowl.hessian, 2 * X.T @ X / data.n_points, rtol=1e-9)


def test_a_converged_run_goes_on_when_a_point_is_moved(window: MainWindow) -> None:
    set_speed(window, np.inf)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.status == "converged")
    step = window.snapshot.step
    drag(window.data_plot, points_of(window)[2], (1.9, 3.2))
    wait_until(lambda: window.snapshot.step > step and window.snapshot.status == "converged")
    data = window.document.dataset
    assert window.snapshot.theta[1] == pytest.approx(np.polyfit(data.x, data.y, 1)[0], rel=1e-4)
