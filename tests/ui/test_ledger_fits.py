"""The sums of the ledger in a small window: all are seen, or scrolled by keys, and it shows."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings
from gdviz.explain.formula import line
from gdviz.explain.numbers import format_short
from gdviz.ui.document import Origin
from gdviz.ui.ledger.ledger_panel import LedgerPanel
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.theme import LIGHT
from tests.hands import about, program_of, wait_until

MODES = ("batch", "mini-batch", "sgd")
RATES = (1e-9, 0.05, 1e200)


def dataset(n_features: int) -> Dataset:
    generator = np.random.default_rng(4)
    X = generator.normal(3, 2, (40, n_features))
    y = X @ np.arange(1.0, n_features + 1) + generator.normal(2, 1, 40)
    return Dataset(X, y, tuple(f"f{j + 1}" for j in range(n_features)))


def settle(panel: LedgerPanel) -> None:
    """Let layouts have their way: each may ask for another."""
    for _ in range(10):
        QApplication.processEvents()
    wait_until(lambda: panel.sums.height() == panel.sums.sizeHint().height(), "not laid out")


def open_ledger(window, data, settings: RunSettings) -> LedgerPanel:
    window.document.open(data, Origin("test"), settings.as_mapping())
    window.lower_pages.show_page("ledger")
    panel = window.panels.ledger
    rate = format_short(settings.learning_rate, 6)
    wait_until(lambda: rate in panel.sums.numbers, f"{rate} not in {panel.sums.numbers}")
    wait_until(lambda: panel.table.model.working.settings.mode == settings.mode)
    return panel


def check(panel: LedgerPanel) -> None:
    """The last line is seen, or the sums can be scrolled to it and say so."""
    settle(panel)
    area = panel._area
    bar = area.verticalScrollBar()
    assert area.horizontalScrollBar().maximum() == 0
    if bar.maximum() == 0:
        assert panel.sums.sizeHint().height() <= area.viewport().height()
        assert not area.shows_more
        return
    assert area.shows_more
    panel.sums.setFocus()
    assert panel.sums.hasFocus()
    QTest.keyClick(panel.sums, Qt.Key.Key_PageDown)
    QTest.keyClick(panel.sums, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    assert not area.shows_more
    assert panel.sums.geometry().bottom() < area.viewport().height()
    QTest.keyClick(panel.sums, Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    bar.setValue(0)


@pytest.mark.parametrize("n_features", [1, 3, 50])
def test_the_last_line_is_seen_or_scrolled_to(window, n_features):
    for mode in MODES:
        for rate in RATES:
            settings = RunSettings(rate, mode, 8)
            panel = open_ledger(window, dataset(n_features), settings)
            window.notice.dismiss()
            check(panel)
            if n_features < 50:
                assert panel._area.verticalScrollBar().maximum() == 0, (mode, rate)
            window.notice.propose("A sentence.", ("a", "A button", lambda: None))
            check(panel)


@pytest.mark.parametrize("side", ["controls", "derivation"])
def test_the_starter_set_is_all_seen(window, side):
    window.side_pages.show_page(side)
    window.lower_pages.show_page("ledger")
    panel = window.panels.ledger
    for height, mode in product((690, 720), MODES):
        with about((height, mode)):
            window.resize(1280, height)
            window.document.change_settings(mode=mode, batch_size=4)
            wait_until(lambda mode=mode: panel.table.model.working.settings.mode == mode)
            check(panel)
            assert panel._area.verticalScrollBar().maximum() == 0


def broken_rows(panel: LedgerPanel) -> int:
    """How many rows the lines take."""
    return len(panel.sums._rows)


@pytest.mark.parametrize("what", ["reset", "new data", "another rate"])
def test_long_numbers_need_no_room_once_they_are_gone(window, what):
    program = program_of(window)
    settings = RunSettings(50.0)
    panel = open_ledger(window, dataset(1), settings)
    check(panel)
    before = broken_rows(panel), panel._size, panel.sums.sizeHint()
    window.speed.speed_chosen.emit(np.inf)
    program.run_desk.toggle_requested.emit()
    wait_until(lambda: program.trainer.latest.status.value == "diverged")
    wait_until(lambda: any("×10" in text for text in panel.sums.numbers))
    if what == "reset":
        window.actions_["reset"].trigger()
    elif what == "new data":
        window.document.open(dataset(1), Origin("test"), settings.as_mapping())
    else:
        window.document.change_settings(learning_rate=49.0)
        window.actions_["reset"].trigger()
    wait_until(lambda: program.trainer.latest.step == 0)
    wait_until(lambda: not any("×10" in text for text in panel.sums.numbers))
    check(panel)
    assert (broken_rows(panel), panel._size) == before[:2]
    assert panel.sums.sizeHint().width() == pytest.approx(before[2].width(), abs=10)


def test_lines_stand_nearer_before_the_type_gets_smaller(qtbot, qapp):
    view = FormulaView(LIGHT, 14.0)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    view.show_lines([line("a = b"), line("c = d"), line("e = f")])
    wanted, least = view.wanted_height, view.least_height
    assert least < wanted
    for room, height in ((500, wanted), (wanted, wanted), (least + 3, least + 3), (5, least)):
        view.fit_height(room)
        assert height - 1 <= view.sizeHint().height() <= height


def seen_parts(panel: LedgerPanel) -> list[QRect]:
    """The places of the parts that are seen, from the top."""
    view, totals = panel.table.view, panel.table.totals
    parts = [*panel.bar.buttons.values(), panel.bar.sentence, view, totals, panel._area]
    return [
        QRect(part.mapTo(panel, QPoint()), part.size()) for part in parts if part.isVisibleTo(panel)
    ]


@pytest.mark.parametrize("n_features", [1, 3])
@pytest.mark.parametrize("mode", MODES)
def test_nothing_overlaps_in_a_low_window(window, n_features, mode):
    panel = open_ledger(window, dataset(n_features), RunSettings(0.05, mode, 8))
    window.notice.dismiss()
    sizes = [(860, 480), (900, 510), (960, 540), (1000, 580), (1100, 480), (1280, 480)]
    for size, share in product(sizes, (0.9, 1.0, 1.75)):
        with about((size, share)):
            window.resize(*size)
            window.panels.set_type_size(share)
            settle(panel)
            parts = seen_parts(panel)
            for one, other in combinations(parts, 2):
                assert not one.intersects(other), parts
            assert not panel.table.geometry().intersects(panel._area.geometry())
            assert all(panel.rect().contains(part) for part in parts), parts
            view = panel.table.view
            assert view.viewport().height() >= view.rowHeight(0)
            # Two lines in the smallest type.
            assert panel._area.viewport().height() >= 40
