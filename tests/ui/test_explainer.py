"""What the panels and the plots show of the same step: they agree, and forget in time."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QToolButton

from gdviz.core.dataset import Dataset
from gdviz.core.slices import Slice
from gdviz.explain.derivation.chapters import Chapter
from gdviz.explain.numbers import format_number
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.plot import Plot
from tests.hands import (
    SHIFT,
    child,
    holding,
    hover,
    leave,
    mouse,
    open_bundled,
    picture,
    pixel,
    press,
    program_of,
    run_to_the_end,
    set_speed,
    settle,
    start_training,
    view_of,
    wait_until,
)
from tests.ui.test_mathematics import show


def points(n_points: int = 10, n_features: int = 1) -> Dataset:
    random = np.random.default_rng(5)
    X = random.normal(1, 1, (n_points, n_features))
    names = ("x",) if n_features == 1 else tuple(f"x{j + 1}" for j in range(n_features))
    return Dataset(X, X.sum(axis=1) + random.normal(size=n_points), names)


def open_points(window: MainWindow, dataset: Dataset) -> None:
    window.document.open(dataset, Origin("points"))
    settle(window)


def mark(window: MainWindow, row: int) -> None:
    """Select a row of the ledger by its keys."""
    show(window, "ledger")
    view = window.panels.ledger.table.view
    view.setFocus()
    press(window, Qt.Key.Key_Down, times=row + 1)
    assert view.selected == row


# --- the same step in all panels ------------------------------------------------------------------


@pytest.mark.parametrize("speed", [1, 10, math.inf])
def test_all_panels_that_are_seen_follow_a_run(window: MainWindow, speed: float) -> None:
    if math.isinf(speed):
        window.document.change_settings(mode="sgd")  # it never comes to rest
    show(window, "ledger")
    show(window, "derivation")
    window.panels.derivation.show_page(Chapter.ONE_FEATURE, 6)  # m ← m − η ∂J/∂m
    set_speed(window, speed)
    press(window, Qt.Key.Key_Space)
    numbers = child(window.panels.derivation, type(window.panels.ledger.sums), "derivationNumbers")
    seen: set[tuple[str, ...]] = set()

    def agree() -> bool:
        """Whether both stand at one θ, another than before."""
        b, m = (format_number(float(value), 4) for value in window.snapshot.theta)
        is_newest = m in numbers.numbers and m in window.panels.ledger.sums.numbers
        if math.isinf(speed):  # nobody sees the newest; both follow
            is_newest = bool(set(numbers.numbers) & set(window.panels.ledger.sums.numbers))
        if is_newest and b:
            seen.add(tuple(numbers.numbers))
        return len(seen) >= 3

    wait_until(agree)
    press(window, Qt.Key.Key_Space)
    settle(window)
    m = format_number(float(window.snapshot.theta[1]), 4)
    wait_until(lambda: m in numbers.numbers and m in window.panels.ledger.sums.numbers)


def test_bars_follow_beside_a_derivation(window: MainWindow) -> None:
    open_points(window, points(n_features=3))
    show(window, "coefficients")
    show(window, "derivation")
    set_speed(window, 10)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.step >= 2)
    bars = window.panels.coefficients.bars
    wait_until(lambda: np.array_equal(bars.values, window.snapshot.theta))


def test_the_points_that_light_up_are_those_that_the_panels_tell_of(window: MainWindow) -> None:
    window.document.change_settings(mode="sgd", order="given")
    press(window, Qt.Key.Key_Right)
    settle(window)
    state, legend = window.data_plot.state, window.controls.legend
    assert state.used is not None
    assert state.used.tolist() == [0]
    assert ("used", "points used by the last step") in legend.rows
    show(window, "ledger")
    assert state.used.tolist() == [1]
    assert ("used", "points that the next step uses") in legend.rows
    show(window, "cost")
    assert state.used.tolist() == [0]


# --- a marked point -------------------------------------------------------------------------------


def test_a_marked_point_is_forgotten_with_its_data(window: MainWindow) -> None:
    mark(window, 3)
    contour = window.contour_plot.state
    assert contour.marked_pull is not None
    assert window.data_plot.state.marked == 3
    open_points(window, points(10))
    assert window.data_plot.state.marked == -1
    assert contour.marked_pull is None
    assert window.panels.ledger.table.view.selected == -1


def test_it_is_forgotten_while_the_ledger_is_hidden(window: MainWindow) -> None:
    mark(window, 3)
    show(window, "cost")
    open_points(window, points(10))
    show(window, "ledger")
    assert window.data_plot.state.marked == -1
    assert window.contour_plot.state.marked_pull is None
    assert window.panels.ledger.table.view.selected == -1


def test_it_outlives_an_edit_of_its_numbers_and_not_of_how_many_there_are(
    window: MainWindow,
) -> None:
    mark(window, 3)
    window.document.move_point(3, 1.0, 1.0, 1)
    settle(window)
    assert window.data_plot.state.marked == 3
    window.document.add_point(1.0, 2.0)
    settle(window)
    assert window.data_plot.state.marked == -1
    assert window.contour_plot.state.marked_pull is None


def test_it_is_drawn_only_while_the_ledger_says_what_it_is(window: MainWindow) -> None:
    mark(window, 3)
    show(window, "cost")
    assert window.data_plot.state.marked == -1
    assert window.contour_plot.state.marked_pull is None
    show(window, "ledger")
    assert window.data_plot.state.marked == 3
    assert window.contour_plot.state.marked_pull is not None


def test_a_point_that_a_key_selects_is_found_in_the_ledger(window: MainWindow) -> None:
    show(window, "ledger")
    view, plot = window.panels.ledger.table.view, window.data_plot
    plot.setFocus()
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Right)
    assert plot.selected >= 0
    assert view.marked == plot.selected
    other = (plot.selected + 4) % 10
    hover(plot, *window.document.dataset.point(other))
    assert view.marked == other
    leave(plot)
    assert view.marked == plot.selected


# --- what a page is about -------------------------------------------------------------------------


def test_the_first_page_stands_out_at_once(window: MainWindow) -> None:
    show(window, "derivation")
    page = window.panels.derivation.page
    assert window.data_plot.state.emphasis == frozenset(map(str, page.highlight))


def test_every_plot_that_a_page_names_looks_otherwise(window: MainWindow) -> None:
    window.resize(1700, 1000)
    open_bundled(window, "starter")
    start_training(window)
    press(window, Qt.Key.Key_Space)
    settle(window)
    show(window, "derivation")
    panel = window.panels.derivation
    plots: dict[str, tuple[Plot, ...]] = {
        "cost": (window.cost_plot,),
        "slices": window.panels.slices.plots,
        "line": (window.data_plot,),
        "squares": (window.data_plot,),
        "contour": (window.contour_plot,),
        "dot": (window.contour_plot,),
    }
    named: set[str] = set()
    for number, page in enumerate(Chapter.ONE_FEATURE.pages(), 1):
        panel.show_page(Chapter.ONE_FEATURE, number)
        for name in plots.keys() & set(map(str, page.highlight)):
            for plot in plots[name]:
                shown = picture(plot)
                panel.highlighted.emit(frozenset(map(str, page.highlight)) - {name})
                assert (picture(plot) != shown).any(), (page.title, name)
                panel.highlighted.emit(page.highlight)
            named.add(name)
    assert named == plots.keys()


def test_a_page_stands_out_in_data_that_are_opened_later(window: MainWindow) -> None:
    show(window, "derivation")
    open_points(window, points(n_features=2))
    page = window.panels.derivation.page
    assert window.data_view.fit_plot._emphasis == frozenset(map(str, page.highlight))


def test_pages_turn_wherever_the_keys_go(window: MainWindow) -> None:
    show(window, "derivation")
    show(window, "slices")
    panel = window.panels.derivation
    for widget in (window.panels.slices.plots[0], window.data_plot, window.contour_plot):
        widget.setFocus()
        before = panel.page_number
        press(window, Qt.Key.Key_PageDown, times=2)
        assert panel.page_number == before + 2
        press(window, Qt.Key.Key_PageUp)
        assert panel.page_number == before + 1
    show(window, "ledger")
    view = window.panels.ledger.table.view
    view.setFocus()
    before = panel.page_number
    press(window, Qt.Key.Key_PageDown)
    assert view.selected >= 0  # they are its own
    assert panel.page_number == before


def test_a_panel_that_a_page_names_is_a_click_away(window: MainWindow) -> None:
    show(window, "derivation")
    window.panels.derivation.show_page(Chapter.ONE_FEATURE, 4)
    looks = child(window.panels.derivation, QLabel, "derivationLooks")
    assert '<a href="slices">the parabolas</a>' in looks.text()
    assert not window.panels.slices.isVisible()
    looks.linkActivated.emit("slices")
    assert window.panels.slices.isVisible()


# --- parabolas ------------------------------------------------------------------------------------


def test_parabolas_are_fitted_to_the_run_that_begins(window: MainWindow) -> None:
    show(window, "slices")
    window.document.change_settings(learning_rate=5.0)
    run_to_the_end(window)
    open_bundled(window, "outlier")
    settle(window)
    shown = [view_of(plot) for plot in window.panels.slices.plots]
    press(window, Qt.Key.Key_F)
    assert shown == [view_of(plot) for plot in window.panels.slices.plots]


def test_a_stochastic_step_is_shown_again_once_the_dot_is_let_go(window: MainWindow) -> None:
    window.document.change_settings(mode="sgd")
    show(window, "slices")
    settle(window)
    plot = window.panels.slices.plots[0]
    curve = plot.state.curve
    assert curve is not None
    assert not curve.follows_tangent
    t = curve.here + 0.3 * (curve.lowest - curve.here)
    with holding(plot, curve.here, curve.cost) as drag_to:
        drag_to(t, curve.at(t))
        settle(window)
    settle(window)
    curve = plot.state.curve
    assert curve is not None
    working = program_of(window)._explainer._work_out(window.snapshot)
    assert working is not None
    assert curve.step_gradient == working.gradient[1]
    assert not curve.follows_tangent


@pytest.mark.parametrize("name", ["slices", "contour"])
def test_a_dot_that_is_released_out_of_sight_is_let_go(window: MainWindow, name: str) -> None:
    show(window, "slices")
    settle(window)
    is_slice = name == "slices"
    plot = window.panels.slices.plots[0] if is_slice else window.contour_plot
    curve = window.panels.slices.plots[0].state.curve
    assert curve is not None
    place = (curve.here, curve.cost) if is_slice else window.contour_plot.state.dot
    at = pixel(plot, *place)
    mouse(plot, QEvent.Type.MouseButtonPress, at)
    if is_slice:
        show(window, "cost")
        show(window, "slices")
    press(window, Qt.Key.Key_Right)
    settle(window)
    hover(plot, *place)  # no button is held
    settle(window)
    assert window.snapshot.step == 1
    curve = window.panels.slices.plots[0].state.curve
    assert curve is not None
    assert curve.here == window.snapshot.theta[1]


def test_switching_the_intercept_off_leaves_the_parabolas_where_the_run_is(
    window: MainWindow,
) -> None:
    window.document.set_start((5.0, 1.0))
    show(window, "slices")
    for _ in range(3):
        press(window, Qt.Key.Key_Right)
    settle(window)
    shown: list[float] = []
    plot = window.panels.slices.plots[0]
    show_slice = plot.show_slice

    def watch(curve: Slice | None, **how: bool) -> None:
        if curve is not None:
            shown.append(curve.here)
        show_slice(curve, **how)

    plot.show_slice = watch  # type: ignore[method-assign,assignment]
    m = float(window.snapshot.theta[1])
    window.document.change_settings(fit_intercept=False)
    settle(window)
    assert shown
    assert 1.0 not in shown
    assert shown[0] == m


def test_of_a_fast_run_the_parabolas_are_drawn_in_turn_and_both_in_the_end(
    window: MainWindow,
) -> None:
    window.document.change_settings(mode="sgd")
    show(window, "slices")
    first, second = window.panels.slices.plots
    drawn: list[str] = []
    for name, plot in (("first", first), ("second", second)):

        def watch(curve: Slice | None, *, show=plot.show_slice, name=name, **how: bool) -> None:  # type: ignore[no-untyped-def]
            drawn.append(name)
            show(curve, **how)

        plot.show_slice = watch  # type: ignore[method-assign,assignment]
    set_speed(window, math.inf)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: len(drawn) > 12)
    assert all(a != b for a, b in itertools.pairwise(drawn[4:12]))
    press(window, Qt.Key.Key_Space)
    settle(window)
    for plot, parameter in ((first, 1), (second, 0)):
        assert plot.state.curve is not None
        assert plot.state.curve.here == window.snapshot.theta[parameter]


def test_keys_that_follow_each_other_closely_all_move_the_dot(window: MainWindow) -> None:
    show(window, "slices")
    plot = window.panels.slices.plots[0]
    plot.setFocus()
    places = [plot.state.curve.here]  # type: ignore[union-attr]
    for _ in range(3):
        press(window, Qt.Key.Key_Right, SHIFT)
        places.append(plot.state.curve.here)  # type: ignore[union-attr]
    steps = np.diff(places)
    np.testing.assert_allclose(steps, steps[0])
    settle(window)
    assert window.snapshot.theta[1] == places[-1]


def test_with_b_held_the_parabola_of_the_other_parameter_stays(window: MainWindow) -> None:
    open_points(window, points(n_features=3))
    show(window, "slices")
    window.plane.pair_chosen.emit((0, 3))
    assert window.panels.slices.titles == (
        "J along b, all others held",
        "J along w₃, all others held",
    )
    window.document.change_settings(fit_intercept=False)
    plots = window.panels.slices.plots
    assert plots[0].isVisible()
    assert window.panels.slices.titles[0] == "J along w₃, all others held"
    assert not plots[1].isVisible()


def test_no_caption_sounds_safe_beside_a_run_that_climbs_out(window: MainWindow) -> None:
    """Along m alone 0.175 would do, and along b alone; together they have another limit."""
    show(window, "slices")
    window.document.change_settings(learning_rate=0.175)
    settle(window)
    assert all(
        caption.endswith("; but m and b together climb out")
        for caption in window.panels.slices.captions
    )
    window.document.change_settings(learning_rate=0.16)
    settle(window)
    assert not any("together" in caption for caption in window.panels.slices.captions)


# --- steps that cannot be made --------------------------------------------------------------------


def test_a_step_that_cannot_be_made_is_not_offered(window: MainWindow) -> None:
    show(window, "ledger")
    run_to_the_end(window)
    button = child(window, QToolButton, "stageNext")
    action = window.page_menu.next_stage
    assert button.isEnabled()  # the stages of it can be walked through
    press(window, Qt.Key.Key_S, times=4)
    wait_until(lambda: not button.isEnabled())
    assert not action.isEnabled()
    assert button.toolTip() == action.toolTip() == window.actions_["step"].toolTip()
    window.panels.ledger.bar.buttons[window.panels.ledger.stage.PREDICT].click()  # type: ignore[attr-defined]
    assert button.isEnabled()
    press(window, Qt.Key.Key_R)
    settle(window)
    assert action.isEnabled()


def test_without_points_there_is_no_step_to_walk_through(window: MainWindow) -> None:
    show(window, "ledger")
    window.document.clear()
    settle(window)
    wait_until(lambda: not window.page_menu.next_stage.isEnabled())
    press(window, Qt.Key.Key_S)
    window.document.add_point(1.0, 2.0)
    settle(window)
    assert window.panels.ledger.stage == "update"


def test_other_data_begin_with_everything_shown(window: MainWindow) -> None:
    show(window, "ledger")
    press(window, Qt.Key.Key_S)
    wait_until(lambda: window.panels.ledger.stage == "predict")
    open_points(window, points())
    assert window.panels.ledger.stage == "update"


def test_of_many_points_the_line_of_the_next_is_drawn(window: MainWindow) -> None:
    open_points(window, points(100))
    lines = window.actions_["pointLines"]
    assert not lines.isEnabled()
    window.document.change_settings(mode="sgd")
    settle(window)
    assert lines.isEnabled()
    press(window, Qt.Key.Key_L)
    settle(window)
    state = window.contour_plot.state
    assert state.lines is None
    assert state.next_line is not None
    i = int(window.snapshot.next_batch[0])  # type: ignore[index]
    x, y = window.document.dataset.point(i)
    np.testing.assert_allclose(state.next_line, (1.0, x, y))


@pytest.mark.parametrize("mode", ["batch", "sgd", "mini-batch"])
def test_the_arrow_downhill_stands_out_only_for_a_step_that_follows_it(
    window: MainWindow, mode: str
) -> None:
    window.document.change_settings(mode=mode, batch_size=3)
    terms = program_of(window)._explainer.terms
    terms.emphasise_stage(frozenset({"gradient"}))
    assert ("gradient" in terms.emphasised) == (mode == "batch")
    assert terms.emphasised
    window.document.change_settings(mode="sgd" if mode == "batch" else "batch")
    assert ("gradient" in terms.emphasised) == (mode != "batch")


def test_the_slopes_of_a_stochastic_step_are_called_those_of_a_points_loss(
    window: MainWindow,
) -> None:
    formula = child(window, QLabel, "gradientFormula")
    for convention, loss in (("mse", "∂e²/∂m = 2 e·x"), ("half-mse", "∂½e²/∂m = e·x")):
        window.document.change_settings(mode="sgd", convention=convention)
        assert formula.text().startswith(loss)
