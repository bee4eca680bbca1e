"""Each verdict in words, as the status readout says it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdviz.core.dataset import Dataset
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.widgets.elided_label import ElidedLabel
from tests.hands import (
    child,
    points_of,
    press,
    program_of,
    run_to_the_end,
    set_speed,
    settle,
    start_training,
    wait_until,
)

Key = Qt.Key


def status(window: MainWindow) -> str:
    return child(window, QLabel, "status").text()


def largest_eigenvalue(window: MainWindow) -> float:
    x = np.array(points_of(window))[:, 0]
    X = np.column_stack((np.ones(len(x)), x))
    return float(np.linalg.eigvalsh(2 * X.T @ X / len(x))[-1])


def test_ready(window: MainWindow) -> None:
    assert status(window).startswith("Ready")
    assert "Space" in status(window)


def test_training_says_how_many_steps_are_left(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=0.001)
    start_training(window)
    wait_until(lambda: status(window).startswith("Training"))
    assert re.search(r"about [\d\u2009]+ steps to go", status(window))


@pytest.mark.parametrize(
    ("rate", "said"),
    [(1e-6, r"about \d\.?\d? million steps"), (1e-12, "more than a billion steps")],
)
def test_so_many_steps_that_nobody_can_picture_them_are_no_row_of_noughts(
    window: MainWindow, rate: float, said: str
) -> None:
    window.document.change_settings(learning_rate=rate)
    press(window, Key.Key_Right)
    settle(window)
    assert re.search(rf"step 1, {said} to go\.", status(window))


def test_at_the_minimum_rounding_is_no_number(window: MainWindow) -> None:
    points = [(x, 2.2 * x + 0.15) for x in (0.1, 0.25, 0.7, 1.3, 2.9)]
    window.document.open(Dataset.from_points(points), Origin("Exact"))
    window.document.change_settings(standardize=True, learning_rate=0.5)
    press(window, Key.Key_Right)
    settle(window)
    assert window.snapshot.status == "converged"
    assert 0 < window.snapshot.gap < 1e-25
    for name in ("cost", "gap", "gradient"):
        assert child(window, QLabel, f"{name}Readout").text() == "≈ 0"


def test_paused_says_where(window: MainWindow) -> None:
    press(window, Key.Key_Right, times=7)
    settle(window)
    assert status(window).startswith("Paused at step 7")


def test_converged_says_in_how_many_steps_and_asks_for_fewer(window: MainWindow) -> None:
    run_to_the_end(window)
    assert window.snapshot.status == "converged"
    assert f"Converged in {window.snapshot.step} steps" in status(window)
    assert "fewer" in status(window)
    assert child(window, QLabel, "status").property("tone") == "good"
    assert not window.actions_["playPause"].isEnabled()
    assert "minimum" in window.actions_["playPause"].toolTip()


def test_a_tiny_rate_does_not_converge_at_the_start(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=1e-12)
    set_speed(window, np.inf)
    start_training(window, 1000)
    assert window.snapshot.status == "training"


def test_a_start_at_the_minimum_has_converged_without_a_step(window: MainWindow) -> None:
    x, y = np.array(points_of(window)).T
    m, b = np.polyfit(x, y, 1)
    window.document.set_start((float(b), float(m)))
    settle(window)
    press(window, Key.Key_Space)
    settle(window)
    wait_until(lambda: "Converged" in status(window))
    assert window.snapshot.step <= 1


def test_oscillating_names_the_smooth_rate(window: MainWindow) -> None:
    largest = largest_eigenvalue(window)
    window.document.change_settings(learning_rate=1.97 / largest)
    press(window, Key.Key_Right, times=2)
    settle(window)
    assert "Oscillating" in status(window)
    rate = float(re.findall(r"η = (\d\.\d+)", status(window))[0])
    assert rate == pytest.approx(1 / largest, rel=0.01)


def test_diverged_stops_with_growth_and_a_rate_that_works(window: MainWindow) -> None:
    largest = largest_eigenvalue(window)
    rate = 1.5 * 2 / largest
    window.document.change_settings(learning_rate=rate)
    run_to_the_end(window)
    shown = window.snapshot
    assert shown.status == "diverged"
    assert np.isfinite(shown.theta).all()
    assert np.isfinite(shown.cost)
    text = status(window)
    assert "Diverged" in text
    assert child(window, QLabel, "status").property("tone") == "bad"
    growth = float(re.findall(r"went ([\d.]+) times", text)[0])
    assert growth == pytest.approx(abs(1 - rate * largest), rel=0.01)
    most = float(re.findall(r"below ([\d.]+) converge", text)[0])
    assert most == pytest.approx(2 / largest, rel=0.01)
    works = float(re.findall(r"η = ([\d.]+\d)", text)[0])
    assert works < most
    # The rate that is said to work does.
    window.document.change_settings(learning_rate=works)
    press(window, Key.Key_R)
    settle(window)
    run_to_the_end(window)
    assert window.snapshot.status == "converged"


def test_diverging_is_said_before_it_is_stopped(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=2.2 / largest_eigenvalue(window))
    press(window, Key.Key_Right, times=3)
    settle(window)
    assert "Diverging" in status(window)
    assert re.search(r"Try η = [\d.]+", status(window))


def test_wandering_is_said_of_one_point_at_a_time(window: MainWindow) -> None:
    window.document.change_settings(mode="sgd", learning_rate=0.02)
    set_speed(window, np.inf)
    press(window, Key.Key_Space)
    wait_until(lambda: "Wandering" in status(window))
    assert window.snapshot.status == "training"
    press(window, Key.Key_Space)
    settle(window)
    assert status(window).startswith("Paused. Wandering")


def test_stochastic_divergence_has_a_rate_that_works(window: MainWindow) -> None:
    window.document.change_settings(mode="sgd", learning_rate=2.0)
    run_to_the_end(window)
    assert window.snapshot.status == "diverged"
    works = float(re.findall(r"η = ([\d.]+\d)", status(window))[0])
    window.document.change_settings(learning_rate=works)
    press(window, Key.Key_R)
    settle(window)
    start_training(window, 1000)
    assert window.snapshot.status != "diverged"


def test_no_points(window: MainWindow) -> None:
    window.actions_["clearPoints"].trigger()
    settle(window)
    assert status(window).startswith("No points")
    assert "click" in status(window)


def test_a_valley_is_explained(window: MainWindow) -> None:
    data = Dataset.from_points([(2.0, 1.0), (2.0, 3.0), (2.0, 2.0)])
    window.document.open(data, Origin("Equal x"))
    settle(window)
    assert "valley" in status(window)
    run_to_the_end(window)
    assert window.snapshot.status == "converged"
    assert "valley" in status(window)
    b, m = window.snapshot.theta
    assert b + 2 * m == pytest.approx(2.0, rel=1e-4)  # through the mean


def test_verdicts_are_sentences_that_fit_or_are_in_the_tooltip(window: MainWindow) -> None:
    window.document.change_settings(learning_rate=0.5)
    run_to_the_end(window)
    label = child(window, QLabel, "status")
    fits = label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert fits or label.toolTip() == label.text()
    assert label.text().endswith(".")


def test_what_broke_in_the_worker_is_the_status(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of steam")

    from gdviz.core.descent import Descent

    monkeypatch.setattr(Descent, "run", fail)
    press(window, Key.Key_Right)
    settle(window)
    assert program_of(window).trainer.latest.status == "stopped"
    assert "out of steam" in status(window)


@pytest.mark.parametrize("n_features", [1, 6])
def test_that_there_is_a_valley_is_read_whole_in_a_small_window(
    window: MainWindow, n_features: int
) -> None:
    window.resize(1280, 720)
    X = np.full((3, 1), 2.0) if n_features == 1 else np.eye(3, 6)
    names = tuple(f"x{j}" for j in range(n_features))
    window.document.open(Dataset(X, np.array([1.0, 3.0, 2.0]), names), Origin("Valley"))
    press(window, Key.Key_Right, times=3)
    settle(window)
    label = child(window, ElidedLabel, "status")
    assert "as good" in label.text()
    assert label.shown == label.text()
