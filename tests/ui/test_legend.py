"""What the colours mean: every row is seen, and there are rows for what is shown only."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from gdviz.ui.legend import Legend
from gdviz.ui.main_window import MainWindow
from gdviz.ui.theme import LIGHT
from tests.hands import about, is_color, open_bundled, picture, settle


def legend_of(window: MainWindow) -> Legend:
    found = window.controls.findChild(Legend)
    assert found is not None
    return found


def n_rows_seen(legend: Legend) -> int:
    """Return how many rows of words are seen in the window."""
    seen = legend.visibleRegion().boundingRect()
    shown = picture(legend)[: seen.height(), 36:]
    ink = ~is_color(shown, LIGHT.window, 30)
    pitch = min(max(legend.height() // len(legend.rows), 13), 16)
    return sum(bool(ink[top : top + pitch].any()) for top in range(0, len(ink) - 8, pitch))


@pytest.mark.parametrize("n_features", [1, 3])
def test_every_row_is_seen_in_the_smallest_window_that_needs_no_scrolling(
    window: MainWindow, n_features: int
) -> None:
    window.resize(1280, 690)  # with the desktop's frame it fills 720 rows
    if n_features > 1:
        open_bundled(window, "mtcars")
        window.document.change_settings(standardize=False)  # no notice
    for mode in ("batch", "mini-batch", "sgd"):
        with about(mode):
            window.document.change_settings(mode=mode)
            legend = legend_of(window)
            legend.show_terms(frozenset({"residual", "square", "pull", "pointLine"}))
            settle(window)
            QApplication.processEvents()
            names = [name for name, _ in legend.rows]
            assert names[-4:] == ["residual", "square", "pull", "pointLine"]
            assert ("used" in names) == (mode != "batch")
            assert ("lowest" in names) == (n_features > 1)
            area = window.findChild(QScrollArea, "controlsArea")
            assert area is not None
            assert area.verticalScrollBar().maximum() == 0
            assert n_rows_seen(legend) == len(names)


def test_there_are_rows_for_what_is_shown_only(window: MainWindow) -> None:
    told: list[frozenset[str]] = []
    window.actions_.terms_changed.connect(told.append)
    window.actions_["residuals"].trigger()
    window.actions_["pulls"].trigger()
    window.actions_["squares"].trigger()
    assert told == [frozenset(), {"pull"}, {"pull", "square"}]
    legend = legend_of(window)
    legend.show_terms(told[-1])
    assert [name for name, _ in legend.rows] == ["line", "gradient", "minimum", "square", "pull"]


def test_what_cannot_be_shown_has_no_row(window: MainWindow) -> None:
    window.actions_["squares"].trigger()
    told: list[frozenset[str]] = []
    window.actions_.terms_changed.connect(told.append)
    random = np.random.default_rng(0)
    data = type(window.document.dataset)(random.normal(size=(400, 1)), random.normal(size=400))
    window.document.open(data, window.document.origin)
    settle(window)
    assert told[-1] == {"residual"}
