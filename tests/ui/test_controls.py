"""The controls: every setting takes effect at the next step of the run that goes on."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from gdviz.core.settings import RunSettings
from gdviz.files.bundled import bundled
from gdviz.ui.main_window import MainWindow
from gdviz.ui.widgets.log_slider import LogSlider
from tests.conftest import OpenWindow
from tests.hands import (
    CONTROL,
    SHIFT,
    about,
    child,
    click,
    double_click,
    drag,
    open_bundled,
    points_of,
    press,
    press_button,
    program_of,
    run_to_the_end,
    set_speed,
    settle,
    start_training,
    wait_until,
)

Key = Qt.Key


def spin(window: MainWindow) -> QDoubleSpinBox:
    return child(window, QDoubleSpinBox, "learningRate")


def slider(window: MainWindow) -> LogSlider:
    return child(window, LogSlider, "learningRateSlider")


def type_rate(window: MainWindow, text: str) -> None:
    box = spin(window)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Key.Key_Return)


def agree(window: MainWindow) -> bool:
    """Whether spin box, slider, document and worker hold the same rate."""
    settle(window)
    rate = window.document.settings.learning_rate
    return (
        spin(window).value() == rate
        and slider(window).value() == slider(window).position_of(rate)
        and program_of(window).trainer._descent.settings.learning_rate == rate
    )


# --- the learning rate ----------------------------------------------------------------------------


def test_a_typed_rate_moves_the_slider(window: MainWindow) -> None:
    for text, rate in (
        ("0.02", 0.02),
        ("0,05", 0.05),
        ("3.4e-5", 3.4e-5),
        ("1e-6", 1e-6),
        ("1e-12", 1e-12),
        ("10", 10.0),
        ("250", 250.0),
        ("0.123456789", 0.123456789),
    ):
        with about(text):
            type_rate(window, text)
            assert window.document.settings.learning_rate == rate
            assert agree(window)
            share = slider(window).value() / slider(window).maximum()
            expected = min(max((math.log10(rate) + 6) / 7, 0.0), 1.0)  # from 1e-6 to 10
            assert share == pytest.approx(expected, abs=0.001)
            assert float(spin(window).text()) == rate


def test_what_is_no_positive_number_is_not_taken(window: MainWindow) -> None:
    before = window.document.settings.learning_rate
    for text in ("0", "-1", "abc", "", "nan", "1e999"):
        with about(text):
            type_rate(window, text)
            assert window.document.settings.learning_rate == before
            assert agree(window)


def test_the_slider_is_logarithmic_and_moves_the_spin_box(window: MainWindow) -> None:
    for share, rate in ((0.0, 1e-6), (1 / 7, 1e-5), (5 / 7, 0.1), (1.0, 10.0)):
        slider(window).setValue(round(share * slider(window).maximum()))
        assert window.document.settings.learning_rate == pytest.approx(rate, rel=1e-9)
        assert agree(window)


def test_keys_on_the_slider_and_the_spin_box_keep_them_together(window: MainWindow) -> None:
    slider(window).setFocus()
    for key in (Key.Key_PageUp, Key.Key_Up, Key.Key_Home, Key.Key_PageUp, Key.Key_End):
        before = window.document.settings.learning_rate
        QTest.keyClick(slider(window), key)
        assert window.document.settings.learning_rate != before
        assert agree(window)
    type_rate(window, "0.05")
    for key, rate in ((Key.Key_Up, 0.1), (Key.Key_Up, 0.2), (Key.Key_Down, 0.1)):
        QTest.keyClick(spin(window), key)
        assert window.document.settings.learning_rate == rate
        assert agree(window)


def test_a_rate_outside_the_slider_stays_when_other_settings_change(window: MainWindow) -> None:
    type_rate(window, "1e-12")
    child(window, QCheckBox, "standardize").click()
    child(window, QComboBox, "convention").setCurrentIndex(1)
    assert window.document.settings.learning_rate == 1e-12
    assert agree(window)


def test_the_proposed_rate_is_taken_only_when_it_is_pressed(window: MainWindow) -> None:
    proposed = window.document.settings.learning_rate
    type_rate(window, "0.001")
    click(window.data_plot, 3.9, 1.0)
    assert window.document.settings.learning_rate == 0.001  # not behind the person's back
    button = child(window, QToolButton, "proposeRate")
    assert button.isVisible()
    button.click()
    assert window.document.settings.learning_rate == pytest.approx(proposed, rel=0.7)
    assert not button.isVisible()
    assert agree(window)


# --- every setting, live --------------------------------------------------------------------------


CHOICES = {
    "mode": ("batch", "mini-batch", "sgd"),
    "order": ("shuffled", "given"),
    "convention": ("mse", "half-mse", "sum", "half-sum"),
}


def test_combo_boxes_hold_the_names_of_the_code(window: MainWindow) -> None:
    for name, values in CHOICES.items():
        combo = child(window, QComboBox, name)
        assert tuple(combo.itemData(i) for i in range(combo.count())) == values
        for value in (*values, values[0], values[-1]):
            combo.setCurrentIndex(combo.findData(value))
            assert getattr(window.document.settings, name) == value


def _choose(name: str, value: object):
    def choose(window: MainWindow) -> None:
        if isinstance(value, str):
            combo = child(window, QComboBox, name)
            combo.setCurrentIndex(combo.findData(value))
        elif isinstance(value, bool):
            child(window, QCheckBox, name).click()
        else:
            child(window, QSpinBox, name).setValue(value)  # type: ignore[arg-type]

    return choose


LIVE = {
    "learning_rate": (1e-5, lambda window: type_rate(window, "1e-5")),
    "mode": ("sgd", _choose("mode", "sgd")),
    "batch_size": (4, _choose("batchSize", 4)),
    "order": ("given", _choose("order", "given")),
    "seed": (12, _choose("seed", 12)),
    "convention": ("half-mse", _choose("convention", "half-mse")),
    "standardize": (True, _choose("standardize", True)),
    "fit_intercept": (False, _choose("fitIntercept", False)),
}


def test_every_setting_changes_the_run_at_the_next_step_without_restarting(
    window: MainWindow,
) -> None:
    set_speed(window, 2000)
    trainer = program_of(window).trainer
    start = np.array(window.document.start)
    for name, (value, choose) in LIVE.items():
        with about(name):
            mode = {"batch_size": "mini-batch", "order": "sgd", "seed": "sgd"}.get(name, "batch")
            window.document.change_settings(mode=mode, learning_rate=2e-5)
            if window.snapshot.status != "training":
                start_training(window, 30)
            settle(window)
            before = trainer.latest
            choose(window)
            assert getattr(window.document.settings, name) == value
            settle(window)
            assert trainer._descent.settings == window.document.settings
            after = trainer.latest
            assert after.status == "training"
            assert after.step >= before.step
            if name != "fit_intercept":
                gone = np.linalg.norm(before.theta - start)
                assert np.linalg.norm(after.theta - start) > 0.9 * gone > 0
            wait_until(lambda after=after: trainer.latest.step > after.step)


def test_intercept_off_holds_b_at_zero_and_on_lets_it_go(window: MainWindow) -> None:
    window.document.set_start((2.0, 1.0))
    child(window, QCheckBox, "fitIntercept").click()
    run_to_the_end(window)
    assert window.snapshot.theta[0] == 0
    assert (window.snapshot.trace.thetas[:, 0] == 0).all()
    x, y = np.array(points_of(window)).T
    assert window.snapshot.theta[1] == pytest.approx(x @ y / (x @ x), rel=1e-5)
    child(window, QCheckBox, "fitIntercept").click()
    settle(window)
    run_to_the_end(window)
    assert np.allclose(window.snapshot.theta[::-1], np.polyfit(x, y, 1), rtol=1e-3)


def test_standardised_and_raw_descents_end_at_the_same_line(window: MainWindow) -> None:
    child(window, QCheckBox, "standardize").click()
    child(window, QToolButton, "proposeRate").click()
    run_to_the_end(window)
    x, y = np.array(points_of(window)).T
    assert np.allclose(window.snapshot.theta[::-1], np.polyfit(x, y, 1), rtol=1e-3)
    assert "standardised" in window.contour_plot.getAxis("bottom").labelText


def test_the_convention_changes_the_cost_that_is_shown(window: MainWindow) -> None:
    costs = {}
    combo = child(window, QComboBox, "convention")
    for name in CHOICES["convention"]:
        combo.setCurrentIndex(combo.findData(name))
        settle(window)
        costs[name] = window.snapshot.cost
    n_points = window.document.dataset.n_points
    assert costs["half-mse"] == pytest.approx(costs["mse"] / 2)
    assert costs["sum"] == pytest.approx(costs["mse"] * n_points)
    assert costs["half-sum"] == pytest.approx(costs["mse"] * n_points / 2)


# --- what cannot be done now ----------------------------------------------------------------------


def test_what_is_disabled_says_why(window: MainWindow) -> None:
    settle(window)
    seen = 0
    for widget in window.findChildren(QWidget):
        is_control = isinstance(widget, QAbstractButton | QSlider | QComboBox | QSpinBox)
        if is_control and widget.objectName() and widget.isVisible() and not widget.isEnabled():
            seen += 1
            assert widget.toolTip(), f"{widget.objectName()} is disabled and says nothing"
    assert seen >= 4
    for name, action in window.actions_.by_name.items():
        if not action.isEnabled():
            assert action.toolTip() not in ("", action.text()), name
    window.actions_["clearPoints"].trigger()
    settle(window)
    assert not window.actions_["playPause"].isEnabled()
    assert "no points" in window.actions_["playPause"].toolTip()


def test_only_what_has_an_effect_is_enabled(window: MainWindow) -> None:
    kinds = {"batchSize": QSpinBox, "order": QComboBox, "seed": QSpinBox}
    combo = child(window, QComboBox, "mode")
    for mode, enabled in (
        ("mini-batch", {"batchSize", "order", "seed"}),
        ("batch", set()),
        ("sgd", {"order", "seed"}),
    ):
        combo.setCurrentIndex(combo.findData(mode))
        assert {n for n, kind in kinds.items() if child(window, kind, n).isEnabled()} == enabled
    order = child(window, QComboBox, "order")
    order.setCurrentIndex(order.findData("given"))
    seed = child(window, QSpinBox, "seed")
    assert not seed.isEnabled()
    assert seed.toolTip()


# --- standardising is proposed --------------------------------------------------------------------


@pytest.fixture
def heights(tmp_path: Path) -> Path:
    path = tmp_path / "heights.csv"
    data = bundled("women").dataset
    rows = "".join(f"{x},{y}\n" for x, y in zip(data.x, data.y, strict=True))
    path.write_text("height (in),weight (lb)\n" + rows)
    return path


def test_standardising_is_proposed_for_heights_and_its_button_works(
    open_window: OpenWindow, heights: Path
) -> None:
    window = open_window(heights)
    assert not window.document.settings.standardize
    assert "10\u2009000 steps" in window.notice.text
    press_button(window.notice, "acceptStandardize")
    assert window.document.settings.standardize
    assert child(window, QCheckBox, "standardize").isChecked()
    assert window.notice.text == ""
    assert agree(window)
    run_to_the_end(window)
    assert window.snapshot.step < 1000
    data = window.document.dataset
    assert np.allclose(window.snapshot.theta[::-1], np.polyfit(data.x, data.y, 1), rtol=1e-4)


def test_the_proposal_can_be_dismissed(open_window: OpenWindow, heights: Path) -> None:
    window = open_window(heights)
    press_button(window.notice, "dismissNotice")
    assert window.notice.text == ""
    assert not window.document.settings.standardize


def test_nothing_is_proposed_for_the_starter_set_nor_for_bundled_heights(
    window: MainWindow,
) -> None:
    assert window.notice.text == ""
    open_bundled(window, "women")
    assert window.document.settings.standardize
    assert window.notice.text == ""


# --- speed ----------------------------------------------------------------------------------------


def test_the_speed_slider_goes_from_one_step_in_four_seconds_to_unlimited(
    window: MainWindow,
) -> None:
    control = child(window, QSlider, "speed")
    trainer = program_of(window).trainer
    texts = []
    for position, speed in ((control.minimum(), 0.25), (control.maximum(), math.inf)):
        control.setValue(control.maximum() // 2)
        control.setValue(position)
        assert window.speed.speed == speed
        settle(window)
        assert trainer._pace.speed == speed
        texts.append([label.text() for label in window.speed.findChildren(QLabel)])
    assert "1 step in 4 s" in texts[0]
    assert "as fast as possible" in texts[1]


def test_the_speed_rises_with_the_slider(window: MainWindow) -> None:
    control = child(window, QSlider, "speed")
    speeds = []
    for position in range(control.minimum(), control.maximum() + 1, 5):
        control.setValue(position)
        speeds.append(window.speed.speed)
    assert speeds == sorted(speeds)
    for common in (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 10_000, 100_000):
        window.speed.show_speed(common)
        assert window.speed.speed == common
    slow = sorted({speed for speed in speeds if speed <= 3})
    assert slow == [1 / 4, 1 / 3, 1 / 2, 1, 2, 3]
    assert 90_000 < max(s for s in speeds if s < math.inf) <= 100_000


# --- the run by key -------------------------------------------------------------------------------


def test_space_starts_and_pauses(window: MainWindow) -> None:
    start_training(window)
    assert window.actions_["playPause"].text() == "Pause"
    press(window, Key.Key_Space)
    wait_until(lambda: window.snapshot.status == "paused")
    settle(window)
    assert window.actions_["playPause"].text() == "Play"


def test_space_works_wherever_the_keyboard_is(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=1e-9)
    for where in ("learningRate", "mode", "costPlot", "contourPlot", "speed"):
        with about(where):
            child(window, QWidget, where).setFocus()
            start_training(window)
            press(window, Key.Key_Space)
            wait_until(lambda: window.snapshot.status == "paused")


def test_arrows_step_forward_and_back(window: MainWindow) -> None:
    window.cost_plot.setFocus()
    press(window, Key.Key_Right, times=3)
    settle(window)
    assert (window.snapshot.step, window.snapshot.status) == (3, "paused")
    three = window.snapshot.theta.copy()
    press(window, Key.Key_Right)
    press(window, Key.Key_Left)
    settle(window)
    assert window.snapshot.step == 3
    assert window.snapshot.theta.tobytes() == three.tobytes()
    press(window, Key.Key_Left, times=5)
    settle(window)
    assert (window.snapshot.step, window.snapshot.status) == (0, "ready")
    assert not window.actions_["stepBack"].isEnabled()


def test_one_epoch_is_a_pass_over_all_points(window: MainWindow) -> None:
    window.document.change_settings(mode="sgd", learning_rate=0.001)
    press(window, Key.Key_Right)
    press(window, Key.Key_Right, SHIFT)
    settle(window)
    n_points = window.document.dataset.n_points
    assert (window.snapshot.step, window.snapshot.epoch) == (n_points, 1)


def test_reset_goes_back_to_the_same_start_even_while_it_trains(window: MainWindow) -> None:
    window.document.set_start((1.0, -1.0))
    for _ in range(2):
        start_training(window)
        press(window, Key.Key_R)
        settle(window)
        assert (window.snapshot.step, window.snapshot.status) == (0, "ready")
        assert tuple(window.snapshot.theta) == (1.0, -1.0)
    assert len(window.cost_plot.curve[0]) <= 2


def test_a_new_start_is_another_line_and_reset_goes_there(window: MainWindow) -> None:
    starts = {tuple(window.document.start)}
    for _ in range(3):
        press(window, Key.Key_Right)
        press(window, Key.Key_N)
        settle(window)
        assert window.snapshot.step == 0
        assert tuple(window.snapshot.theta) == window.document.start
        starts.add(window.document.start)
    assert len(starts) == 4
    press(window, Key.Key_Right)
    settle(window)
    press(window, Key.Key_R)
    settle(window)
    assert tuple(window.snapshot.theta) == window.document.start


# --- where the run starts -------------------------------------------------------------------------


def test_dragging_the_dot_chooses_the_start(window: MainWindow) -> None:
    plot = window.contour_plot
    b, m = drag(plot, plot.state.dot, (1.0, 0.5))
    settle(window)
    assert window.document.start == pytest.approx((b, m))
    assert tuple(window.snapshot.theta) == window.document.start
    press(window, Key.Key_Right, times=2)
    settle(window)
    press(window, Key.Key_R)
    settle(window)
    assert tuple(window.snapshot.theta) == window.document.start


def test_a_double_click_on_the_contour_chooses_the_start(window: MainWindow) -> None:
    press(window, Key.Key_Right)
    settle(window)
    b, m = double_click(window.contour_plot, 1.0, 0.2)
    settle(window)
    assert window.document.start == pytest.approx((b, m))
    assert window.snapshot.step == 0
    assert tuple(window.snapshot.theta) == window.document.start


def test_the_dot_dragged_while_it_trains_goes_on_from_there(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=1e-6)
    set_speed(window, 2000)
    start_training(window, 10)
    step = window.snapshot.step
    b, m = drag(window.contour_plot, window.contour_plot.state.dot, (1.0, 0.5))
    settle(window)
    after = program_of(window).trainer.latest
    assert after.status == "training"
    assert after.step >= step
    assert after.theta == pytest.approx((b, m), abs=0.01)


def test_a_press_on_the_dot_without_a_move_leaves_the_start(window: MainWindow) -> None:
    before = window.document.start
    click(window.contour_plot, *window.contour_plot.state.dot)
    assert window.document.start == before


def test_with_b_held_the_dot_moves_along_the_axis_only(window: MainWindow) -> None:
    child(window, QCheckBox, "fitIntercept").click()
    settle(window)
    drag(window.contour_plot, window.contour_plot.state.dot, (1.0, 0.5))
    settle(window)
    assert window.document.start[0] == 0
    assert window.snapshot.theta[0] == 0
    assert window.document.start[1] == pytest.approx(0.5, abs=0.05)


def test_settings_survive_the_opening_of_other_data(window: MainWindow) -> None:
    combo = child(window, QComboBox, "mode")
    combo.setCurrentIndex(combo.findData("sgd"))
    open_bundled(window, "anscombe-1")
    assert window.document.settings.mode == "sgd"
    assert combo.currentData() == "sgd"
    assert isinstance(window.document.settings, RunSettings)


def test_undo_and_redo_have_their_keys(window: MainWindow) -> None:
    click(window.data_plot, 1.2, 3.2)
    after = points_of(window)
    press(window, Key.Key_Z, CONTROL)
    assert points_of(window) == after[:-1]
    press(window, Key.Key_Z, CONTROL | SHIFT)
    assert points_of(window) == after


def test_choosing_mini_batch_takes_less_than_all_points(window: MainWindow) -> None:
    mode = child(window, QComboBox, "mode")
    mode.setCurrentIndex(mode.findData("mini-batch"))
    assert window.document.dataset.n_points == 10
    assert window.document.settings.batch_size == 4
    child(window, QSpinBox, "batchSize").setValue(7)
    for name in ("batch", "mini-batch"):
        mode.setCurrentIndex(mode.findData(name))
    assert window.document.settings.batch_size == 7  # a size that makes sense is kept


def test_nothing_moves_when_the_proposed_rate_is_reached(window: MainWindow) -> None:
    before = slider(window).geometry()
    window.document.change_settings(learning_rate=0.5)
    settle(window)
    assert slider(window).geometry() == before


def test_at_slow_speeds_a_step_is_told_when_it_is_shown_however_late_frames_are(
    window: MainWindow,
) -> None:
    set_speed(window, 10)
    told = child(window, QLabel, "stepReadout")
    program = program_of(window)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.step > 0)
    presenter, trainer = program._presenter, program.trainer
    presenter._frames.stop()
    for _ in range(3):
        shown = window.snapshot
        wait_until(lambda shown=shown: trainer.latest is not shown)  # type: ignore[misc]
        presenter.show_frame()
        assert told.text() == str(window.snapshot.step)
    presenter.wake()
    press(window, Qt.Key.Key_Space)


def convention(window: MainWindow, name: str) -> None:
    box = child(window, QComboBox, "convention")
    box.setCurrentIndex(box.findData(name))


@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
def test_one_click_walks_the_same_path_under_another_cost(window: MainWindow, mode: str) -> None:
    for name in ("half-mse", "sum", "half-sum"):
        with about(name):
            modes = child(window, QComboBox, "mode")
            modes.setCurrentIndex(modes.findData(mode))
            child(window, QSpinBox, "batchSize").setValue(5)
            press(window, Qt.Key.Key_Right)
            press(window, Qt.Key.Key_Right)
            settle(window)
            wanted = window.snapshot.theta
            press(window, Qt.Key.Key_R)
            formula = child(window, QLabel, "gradientFormula")
            before = formula.text()
            convention(window, name)
            assert (formula.text() != before) == ((mode, name) != ("sgd", "sum"))
            offer = child(window, QToolButton, "proposeRate")
            rate = window.document.settings.learning_rate
            if (mode, name) == ("sgd", "sum"):  # of one point the sum is the mean
                assert not offer.isVisible()
                convention(window, "mse")
                continue
            assert offer.text().startswith("Same path")
            assert "times" in offer.toolTip()
            assert rate == spin(window).value()  # nothing is changed behind anyone's back
            offer.click()
            assert window.document.settings.learning_rate != rate
            assert not offer.text().startswith("Same path") or not offer.isVisible()
            press(window, Qt.Key.Key_Right)
            press(window, Qt.Key.Key_Right)
            settle(window)
            np.testing.assert_allclose(window.snapshot.theta, wanted, rtol=1e-12)
            convention(window, "mse")
            window.document.change_settings(learning_rate=rate)
            press(window, Qt.Key.Key_R)


def test_the_same_path_is_that_of_the_cost_one_came_from(window: MainWindow) -> None:
    convention(window, "sum")
    convention(window, "half-mse")
    offer = child(window, QToolButton, "proposeRate")
    assert offer.text() == "Same path: 0.1"  # twice 0.05 under the mean
    convention(window, "mse")
    assert not offer.isVisible()


def test_the_same_path_follows_the_number_of_points(window: MainWindow) -> None:
    convention(window, "sum")
    offer = child(window, QToolButton, "proposeRate")
    assert offer.text() == "Same path: 0.005"  # 0.05 over 10 points
    for x in range(10):
        window.document.add_point(float(x), 1.0)
    settle(window)
    assert offer.text() == "Same path: 0.0025"
    assert "20 times" in offer.toolTip()
    offer.click()
    assert window.document.settings.learning_rate == pytest.approx(0.05 / 20)
    assert not offer.text().startswith("Same path")


def test_no_same_path_is_offered_without_points(window: MainWindow) -> None:
    convention(window, "sum")
    offer = child(window, QToolButton, "proposeRate")
    window.document.clear()
    settle(window)
    assert not offer.isVisible() or not offer.text().startswith("Same path")
    window.document.undo_stack.undo()
    settle(window)
    assert offer.text() == "Same path: 0.005"


def test_a_same_path_goes_when_the_last_batch_becomes_smaller(window: MainWindow) -> None:
    modes = child(window, QComboBox, "mode")
    modes.setCurrentIndex(modes.findData("mini-batch"))
    child(window, QSpinBox, "batchSize").setValue(5)
    convention(window, "sum")
    offer = child(window, QToolButton, "proposeRate")
    assert offer.text().startswith("Same path")
    window.document.add_point(1.0, 1.0)  # of 11 points the last batch has one
    settle(window)
    assert not offer.text().startswith("Same path")


def test_a_rate_chosen_by_hand_ends_the_offer(window: MainWindow) -> None:
    convention(window, "sum")
    type_rate(window, "0.002")
    assert child(window, QToolButton, "proposeRate").text().startswith("Use")


def test_no_rate_is_offered_where_none_walks_the_same_path(window: MainWindow) -> None:
    modes = child(window, QComboBox, "mode")
    modes.setCurrentIndex(modes.findData("mini-batch"))
    assert window.document.settings.batch_size == 4  # of 10 points: the last batch has 2
    convention(window, "sum")
    assert not child(window, QToolButton, "proposeRate").text().startswith("Same path")
    convention(window, "mse")
    convention(window, "half-mse")
    assert child(window, QToolButton, "proposeRate").text().startswith("Same path")


def test_the_offer_is_not_cut(window: MainWindow) -> None:
    convention(window, "sum")
    offer = child(window, QToolButton, "proposeRate")
    assert offer.isVisible()
    settle(window)
    assert offer.fontMetrics().horizontalAdvance(offer.text()) + 8 <= offer.width()


def test_standardising_by_hand_withdraws_the_proposal(
    open_window: OpenWindow, heights: Path
) -> None:
    window = open_window(heights)
    assert "Standardise" in window.notice.text or window.notice.isVisible()
    child(window, QCheckBox, "standardize").click()
    assert not window.notice.isVisible()


def test_withdrawing_the_proposal_leaves_what_has_taken_its_place(
    open_window: OpenWindow, heights: Path
) -> None:
    window = open_window(heights)
    window.notice.propose("Something else.", ("other", "Do it", lambda: None))
    child(window, QCheckBox, "standardize").click()
    assert window.notice.text == "Something else."
    open_bundled(window, "starter")
    assert window.notice.text == "Something else."


def test_it_is_said_in_which_units_numbers_are_where_there_are_two_kinds(
    window: MainWindow,
) -> None:
    note = child(window, QLabel, "unitsNote")
    assert not note.isVisible()
    child(window, QCheckBox, "standardize").click()
    assert note.isVisible()
    assert note.text() == "b and m in your units; |∇J| in standardised ones"
    assert note.sizeHint().width() <= note.width()
    child(window, QCheckBox, "standardize").click()
    assert not note.isVisible()
