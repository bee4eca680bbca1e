"""The mathematics beside the plots: its numbers are those of the step on the screen."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QTabBar, QWidget

from gdviz.core.dataset import Dataset
from gdviz.explain.derivation.chapters import Chapter
from gdviz.explain.numbers import format_number
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.mathematics.formula_view import FormulaView
from tests.hands import (
    CONTROL,
    about,
    child,
    drag,
    hover,
    press,
    run_to_the_end,
    set_speed,
    settle,
    start_training,
    wait_until,
)


def click(window: MainWindow, name: str) -> None:
    child(window, QAbstractButton, name).click()


def show(window: MainWindow, name: str) -> None:
    place = window.lower_pages if name in window.lower_pages.names else window.side_pages
    number = [*window.lower_pages.names, *window.side_pages.names].index(name) + 1
    press(window, Qt.Key(Qt.Key.Key_0.value + number), CONTROL)
    wait_until(lambda: name in place.visible_pages, name)


def test_every_panel_has_a_key(window: MainWindow) -> None:
    for name in ("slices", "ledger", "cost", "derivation", "example", "controls", "coefficients"):
        with about(name):
            if name == "coefficients":
                X = np.random.default_rng(1).normal(size=(9, 3))
                window.document.open(Dataset(X, X.sum(axis=1), ("u", "v", "w")), Origin("three"))
                settle(window)
            show(window, "ledger" if name == "cost" else "cost")
            show(window, name)
            contents = {page.name: page.content for page in window.lower_pages.card.pages}
            contents |= {page.name: page.content for page in window.side_pages.card.pages}
            assert contents[name].isVisible()
            assert contents[name].isAncestorOf(window.focusWidget()) or contents[name].hasFocus()


def test_tabs_are_chosen_with_the_mouse(window: MainWindow) -> None:
    from PySide6.QtTest import QTest

    tabs = child(window, QTabBar, "lowerTabs")
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert window.panels.slices.isVisible()


def test_coefficients_are_offered_where_there_are_several(window: MainWindow) -> None:
    tabs = child(window, QTabBar, "lowerTabs")
    assert [tabs.isTabVisible(i) for i in range(tabs.count())] == [True, True, True, False]


def test_the_ledger_works_out_the_step_that_is_made_next(window: MainWindow) -> None:
    for standardize, mode in product((False, True), ("batch", "mini-batch", "sgd")):
        with about((standardize, mode)):
            window.document.change_settings(mode=mode, batch_size=3, standardize=standardize)
            show(window, "ledger")
            for _ in range(3):
                settle(window)
                shown = window.panels.ledger.sums.numbers
                press(window, Qt.Key.Key_Right)
                settle(window)
                b, m = window.snapshot.theta
                if not standardize:  # else the ledger counts in standardised parameters
                    assert format_number(float(m), 4) in shown
                    assert format_number(float(b), 4) in shown


def test_the_ledger_follows_an_edit(window: MainWindow) -> None:
    show(window, "ledger")
    settle(window)
    before = window.panels.ledger.sums.numbers
    drag(window.data_plot, window.document.dataset.point(9), (3.9, 1.0))
    wait_until(lambda: window.panels.ledger.sums.numbers != before)
    errors = window.snapshot.theta[0] - window.document.dataset.y
    wait_until(
        lambda: (
            format_number(float(errors.sum()), 4).lstrip("−")
            in " ".join(window.panels.ledger.sums.numbers)
        )
    )


def test_the_ledger_is_live_while_training(window: MainWindow) -> None:
    show(window, "ledger")
    set_speed(window, math.inf)
    window.document.change_settings(mode="sgd")
    seen = set()
    start_training(window, steps=1000)

    def note() -> bool:
        seen.add(tuple(window.panels.ledger.sums.numbers))
        return len(seen) > 5

    wait_until(note)


@pytest.mark.parametrize("name", ["ledger", "derivation"])
def test_numbers_are_set_tight_where_the_run_rests(window: MainWindow, name: str) -> None:
    show(window, name)
    if name == "derivation":
        window.panels.derivation.show_page(Chapter.ONE_FEATURE, 6)
    view = child(window, FormulaView, "ledgerSums" if name == "ledger" else "derivationNumbers")
    settle(window)
    tight = view.sizeHint()
    start_training(window, steps=10)
    press(window, Qt.Key.Key_Space)
    settle(window)
    press(window, Qt.Key.Key_R)
    settle(window)
    wait_until(lambda: view.sizeHint() == tight)


def test_one_key_walks_through_a_step(window: MainWindow) -> None:
    show(window, "ledger")
    window.data_plot.setFocus()
    assert window.panels.ledger.stage == "update"
    for step in (0, 1):
        for stage in ("predict", "error", "gradient", "update"):
            if (step, stage) != (1, "predict"):  # with it the step before ends
                press(window, Qt.Key.Key_S)
            wait_until(lambda stage=stage: window.panels.ledger.stage == stage, stage)
            assert window.snapshot.step == step
        press(window, Qt.Key.Key_S)
        wait_until(lambda step=step: window.snapshot.step == step + 1)


def test_the_key_of_the_next_stage_brings_the_ledger_forward(window: MainWindow) -> None:
    show(window, "slices")
    assert not window.panels.is_seen("ledger")
    press(window, Qt.Key.Key_S)
    wait_until(lambda: window.panels.is_seen("ledger"))
    assert window.lower_pages.card.current == "ledger"


def test_each_stage_stands_out_in_the_plots(window: MainWindow) -> None:
    show(window, "ledger")
    data, contour = window.data_plot.state, window.contour_plot.state
    assert not data.emphasis | contour.emphasis
    for stage, name in (
        ("Predict", "line"),
        ("Error", "residuals"),
        ("Gradient", "gradient"),
        ("Update", "step"),
    ):
        click(window, f"stage{stage}")
        assert data.emphasis == contour.emphasis == {name}
    show(window, "cost")
    assert not data.emphasis | contour.emphasis
    show(window, "ledger")
    assert contour.emphasis == {"step"}
    click(window, "stageUpdate")
    assert not data.emphasis | contour.emphasis


def test_a_stage_stands_out_before_a_page_and_gives_way_to_it_again(window: MainWindow) -> None:
    show(window, "ledger")
    show(window, "derivation")
    window.panels.derivation.show_page(Chapter.ONE_FEATURE, 3)
    of_page = window.data_plot.state.emphasis
    assert of_page
    click(window, "stageGradient")
    assert window.data_plot.state.emphasis == {"gradient"}
    click(window, "stageUpdate")
    click(window, "stageUpdate")
    assert window.data_plot.state.emphasis == of_page


def test_at_slow_speeds_each_step_shows_its_stages(window: MainWindow) -> None:
    show(window, "ledger")
    set_speed(window, 1)
    stages: list[str] = []
    from tests.hands import program_of

    program_of(window)._explainer.stages.stage_changed.connect(lambda s: stages.append(str(s)))
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: stages[:4] == ["predict", "error", "gradient", "update"], "the stages")


def test_the_parabola_follows_the_run(window: MainWindow) -> None:
    show(window, "slices")
    start_training(window)
    press(window, Qt.Key.Key_Space)
    settle(window)
    b, m = window.snapshot.theta
    first, second = window.panels.slices.plots
    assert first.state.curve is not None
    assert second.state.curve is not None
    assert (first.state.curve.here, second.state.curve.here) == pytest.approx((m, b))
    assert first.state.curve.cost == pytest.approx(window.snapshot.cost)


def test_the_dot_of_the_parabola_moves_the_start(window: MainWindow) -> None:
    show(window, "slices")
    settle(window)
    plot = window.panels.slices.plots[0]
    curve = plot.state.curve
    assert curve is not None
    drag(plot, (curve.here, curve.cost), (curve.here + 0.4, curve.cost))
    wait_until(lambda: window.document.start[1] > 0.2)
    settle(window)
    assert window.document.start[0] == 0
    assert window.snapshot.theta[1] == pytest.approx(window.document.start[1])
    assert window.contour_plot.state.dot[1] == pytest.approx(window.document.start[1])


def test_the_worked_example_goes_on_in_the_plots(window: MainWindow) -> None:
    show(window, "example")
    child(window, QAbstractButton, "exampleRun").click()
    settle(window)
    data = window.document.dataset
    assert (data.n_points, data.n_features) == (4, 2)
    assert window.document.settings.learning_rate == 0.1
    wait_until(lambda: window.snapshot.step > 1, "it does not run")
    press(window, Qt.Key.Key_Space)
    settle(window)
    assert window.snapshot.trace.costs[:2] == pytest.approx([9.0, 5.04])
    run_to_the_end(window)
    np.testing.assert_allclose(window.snapshot.theta, (2, 3, 0), atol=1e-3)


def test_coefficients_move_and_are_marked_at_their_best(window: MainWindow) -> None:
    show(window, "example")
    child(window, QAbstractButton, "exampleRun").click()
    show(window, "coefficients")
    wait_until(lambda: window.snapshot.step > 1, "it does not run")
    press(window, Qt.Key.Key_Space)
    settle(window)
    bars = window.panels.coefficients.bars
    np.testing.assert_allclose(bars.values, window.snapshot.theta, rtol=1e-12)
    run_to_the_end(window)
    wait_until(lambda: abs(window.panels.coefficients.bars.values[1] - 3) < 1e-3)
    assert "(4, 2)" in window.panels.coefficients.matrices.latex.replace(r"\,", " ")


def test_no_panel_loses_anything_in_a_small_window(window: MainWindow) -> None:
    window.resize(1280, 720)
    for name in ("slices", "ledger", "example"):
        show(window, name)
        settle(window)
        contents = {page.name: page.content for page in window.lower_pages.card.pages}
        contents |= {page.name: page.content for page in window.side_pages.card.pages}
        assert contents[name].width() > 300
        assert contents[name].height() > 150
        assert window.data_plot.height() > 120
        assert window.width() == 1280


def test_large_windows_show_more_at_once(window: MainWindow) -> None:
    window.resize(1920, 1080)
    wait_until(lambda: window.lower_pages.is_wide)
    assert window.cost_plot.isVisible()
    assert window.panels.slices.isVisible()
    assert window.controls.isVisible()
    window.resize(1280, 720)
    wait_until(lambda: not window.lower_pages.is_wide)
    assert window.cost_plot.isVisible() != window.panels.slices.isVisible()


def left_and_right(part: QWidget, window: MainWindow) -> tuple[int, int]:
    left = part.mapTo(window, QPoint(0, 0)).x()
    return left, left + part.width()


@pytest.mark.parametrize("size", [(1920, 1008), (1920, 1080), (2560, 1440)])
def test_in_a_large_window_the_lower_pages_reach_beneath_all_columns(
    window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    show(window, "ledger")
    wait_until(lambda: window.panels.ledger.width() > size[0] / 2)
    lower, ledger = window.lower_pages, window.panels.ledger
    assert left_and_right(lower.card, window)[1] == left_and_right(window.side_pages, window)[1]
    data, first = window.data_plot.parentWidget(), window.cost_plot
    assert data is not None
    assert left_and_right(data, window)[1] == pytest.approx(left_and_right(first, window)[1], abs=4)
    # What stands beside the plots has as much height as in a window of 720 pixels, or nearly.
    assert window.side_pages.height() >= 610
    assert ledger.height() >= 200
    window.resize(1280, 720)
    wait_until(lambda: not lower.is_wide)
    assert lower.height() + 100 < window.side_pages.height()


def test_where_it_is_less_large_the_ledger_has_most_of_the_row(window: MainWindow) -> None:
    window.resize(1600, 900)
    show(window, "ledger")
    wait_until(lambda: window.lower_pages.is_wide)
    wait_until(lambda: window.panels.ledger.width() >= 800)
    assert window.cost_plot.isVisible()


# --- pictures of the terms ------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
def test_the_pulls_end_where_the_step_lands(window: MainWindow, mode: str) -> None:
    window.document.change_settings(mode=mode, batch_size=4)
    press(window, Qt.Key.Key_P)
    press(window, Qt.Key.Key_Right)
    settle(window)
    state = window.contour_plot.state
    assert state.pulls is not None
    assert len(state.pulls) == {"batch": 10, "mini-batch": 4, "sgd": 1}[mode]
    tip = state.dot + state.pulls.sum(axis=0)
    np.testing.assert_allclose(tip, state.landing)
    press(window, Qt.Key.Key_Right)
    settle(window)
    np.testing.assert_allclose(window.contour_plot.state.dot, tip)
    press(window, Qt.Key.Key_P)
    assert window.contour_plot.state.pulls is None


def test_points_are_lines_and_a_stochastic_step_is_perpendicular_to_its_own(
    window: MainWindow,
) -> None:
    window.document.change_settings(mode="sgd")
    press(window, Qt.Key.Key_L)
    settle(window)
    state = window.contour_plot.state
    assert state.lines is not None
    assert state.next_line is not None
    assert state.landing is not None
    data = window.document.dataset
    np.testing.assert_array_equal(state.lines, np.column_stack((np.ones(10), data.x, data.y)))
    a, c, _ = state.next_line
    step = state.landing - np.array(state.dot)
    assert np.array((-c, a)) @ step == pytest.approx(0, abs=1e-12)


def test_terms_follow_the_run(window: MainWindow) -> None:
    press(window, Qt.Key.Key_P)
    start_training(window, steps=5)
    press(window, Qt.Key.Key_Space)
    settle(window)
    state = window.contour_plot.state
    assert state.pulls is not None
    np.testing.assert_allclose(state.dot + state.pulls.sum(axis=0), state.landing, rtol=1e-9)


def test_a_selected_row_lights_up_its_point_and_its_pull(window: MainWindow) -> None:
    show(window, "ledger")
    view = window.panels.ledger.table.view
    view.setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    marked = window.data_plot.state.marked
    assert marked == view.selected >= 0
    pull = window.contour_plot.state.marked_pull
    x, y = window.document.dataset.point(marked)
    error = window.snapshot.theta @ (1, x) - y
    np.testing.assert_allclose(pull, -0.05 * 0.2 * error * np.array((1, x)))


def test_a_hovered_point_is_found_in_the_ledger(window: MainWindow) -> None:
    show(window, "ledger")
    settle(window)
    hover(window.data_plot, *window.document.dataset.point(7))
    assert window.panels.ledger.table.view.marked == 7
    assert window.contour_plot.state.marked_pull is None  # hovering selects nothing


def test_a_page_of_a_derivation_stands_out_in_the_plots(window: MainWindow) -> None:
    show(window, "derivation")
    seen: set[str] = set()
    for _ in range(14):
        seen |= window.data_plot.state.emphasis | window.contour_plot.state.emphasis
        press(window, Qt.Key.Key_PageDown)
    assert seen >= {"points", "line", "residuals", "squares", "dot", "gradient", "step", "slices"}
    show(window, "controls")
    assert not window.data_plot.state.emphasis
    assert not window.contour_plot.state.emphasis


def test_a_derivation_has_the_numbers_of_the_step(window: MainWindow) -> None:
    show(window, "derivation")
    window.panels.derivation.show_page(Chapter.ONE_FEATURE, 6)
    for _ in range(3):
        settle(window)
        shown = child(window, FormulaView, "derivationNumbers").numbers
        press(window, Qt.Key.Key_Right)
        settle(window)
        for value in window.snapshot.theta:
            assert format_number(float(value), 4) in shown


def test_every_key_of_the_mathematics_works_while_it_trains(window: MainWindow) -> None:
    set_speed(window, math.inf)
    start_training(window)
    for key in (Qt.Key.Key_Q, Qt.Key.Key_P, Qt.Key.Key_L, Qt.Key.Key_S):
        press(window, key)
    for name in ("slices", "ledger", "derivation", "example", "controls", "cost"):
        show(window, name)
    assert all(window.actions_[name].isChecked() for name in ("squares", "pulls", "pointLines"))


def controls_area(window: MainWindow) -> QScrollArea:
    area = window.controls.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    return area


def test_the_controls_need_no_scrolling_with_every_row_of_the_legend(window: MainWindow) -> None:
    window.resize(1280, 688)  # a screen of 720 rows, without the desktop's title bar
    window.document.change_settings(mode="sgd")
    for key in (Qt.Key.Key_Q, Qt.Key.Key_P, Qt.Key.Key_L):
        press(window, key)
    settle(window)
    assert len(window.controls.legend.rows) == 8
    wait_until(lambda: window.centralWidget().height() > 600)
    wait_until(lambda: not controls_area(window).verticalScrollBar().isVisible(), "it scrolls")


def test_where_the_controls_scroll_nothing_is_cut_at_their_side(window: MainWindow) -> None:
    window.resize(1280, 500)
    settle(window)
    area = controls_area(window)
    wait_until(lambda: area.verticalScrollBar().isVisible(), "it does not scroll")
    wait_until(lambda: window.controls.width() <= area.viewport().width(), "it is cut")


def test_without_points_no_number_and_no_rate_is_made_up(window: MainWindow) -> None:
    window.document.clear()
    settle(window)
    for name in ("cost", "gap", "gradient"):
        assert child(window, QLabel, f"{name}Readout").text() == "–"
    assert window.equation.text() == ""
    assert not child(window, QAbstractButton, "proposeRate").isVisible()
    window.document.add_point(1.0, 2.0)
    settle(window)
    assert child(window, QLabel, "costReadout").text() == "4.0000"
    assert window.equation.text() == "y = 0 x + 0"
