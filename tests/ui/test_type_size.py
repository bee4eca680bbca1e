"""Formulas in other sizes: by keys, as far as it goes, and the next time as well."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from gdviz.ui.main_window import MainWindow
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.mathematics.type_size import SHARES
from gdviz.ui.theme import ThemeChoice
from gdviz.ui.words import window as words
from tests.conftest import OpenWindow
from tests.hands import CONTROL, about, child, press, program_of, settle, wait_until

Key = Qt.Key


def show_derivation(window: MainWindow) -> FormulaView:
    window.side_pages.show_page("derivation")
    settle(window)
    return child(window, FormulaView, "derivationFormula")


def test_keys_make_formulas_larger_and_smaller_as_far_as_it_goes(window: MainWindow) -> None:
    view, words_ = show_derivation(window), child(window, QLabel, "derivationWords")
    actions = window.actions_
    assert not actions["normalFormulas"].isEnabled()
    normal = view.sizeHint().height(), words_.font().pointSizeF()
    for _ in range(len(SHARES)):
        press(window, Key.Key_Plus, CONTROL)
    assert view.sizeHint().height() > 1.5 * normal[0]
    assert words_.font().pointSizeF() == pytest.approx(1.75 * normal[1])
    assert not actions["largerFormulas"].isEnabled()
    assert actions["largerFormulas"].toolTip() == words.WHY_LARGEST
    for _ in range(len(SHARES)):
        press(window, Key.Key_Minus, CONTROL)
    assert view.sizeHint().height() < normal[0]
    assert actions["smallerFormulas"].toolTip() == words.WHY_SMALLEST
    assert actions["largerFormulas"].isEnabled()
    press(window, Key.Key_0, CONTROL)
    assert (view.sizeHint().height(), words_.font().pointSizeF()) == normal


def test_panels_that_are_built_later_have_the_size_too(window: MainWindow) -> None:
    press(window, Key.Key_Plus, CONTROL)
    for name in ("example", "ledger"):
        place = window.side_pages if name in window.side_pages.names else window.lower_pages
        place.show_page(name)
        settle(window)
    other = child(window, QLabel, "exampleLead").font().pointSizeF()
    assert other == pytest.approx(12.0)
    sums = child(window, FormulaView, "ledgerSums")
    wait_until(lambda: bool(sums.lines))
    QApplication.processEvents()  # the room is known once it is laid out
    large = sums.sizeHint().height()
    press(window, Key.Key_0, CONTROL)
    QApplication.processEvents()
    assert sums.sizeHint().height() <= large


def test_the_ledger_is_never_smaller_where_it_is_to_be_larger(window: MainWindow) -> None:
    for size in ((1280, 720), (1280, 840), (1280, 1000), (1900, 1000)):
        with about(size):
            window.resize(*size)
            window.lower_pages.show_page("ledger")
            settle(window)
            sums = child(window, FormulaView, "ledgerSums")
            sizes = []
            for share in SHARES:
                window.panels.set_type_size(share)
                for _ in range(3):
                    QApplication.processEvents()
                sizes.append(sums.type_size)
            assert sizes == sorted(sizes)
            assert sizes[0] < sizes[-1]


@pytest.mark.parametrize("size", [(1280, 720), (1900, 1000)])
@pytest.mark.parametrize("mode", ["batch", "sgd"])
def test_the_table_of_the_ledger_grows_as_far_as_its_columns_fit(
    window: MainWindow, size: tuple[int, int], mode: str
) -> None:
    window.resize(*size)
    window.document.change_settings(mode=mode)
    window.lower_pages.show_page("ledger")
    settle(window)
    table = window.panels.ledger.table
    seen = []
    for share in SHARES:
        window.panels.set_type_size(share)
        for _ in range(3):
            QApplication.processEvents()
        cells, view = table.view.cells, table.view
        assert view.horizontalScrollBar().maximum() == 0
        assert view.rowHeight(0) == cells.row_height >= cells.metrics.height()
        assert view.horizontalHeader().height() >= cells.metrics.height()
        n_whole = view.viewport().height() // view.rowHeight(0)
        assert n_whole >= (1 if mode == "sgd" else 2)
        seen.append(cells.font.pointSizeF())
    assert seen == sorted(seen)
    assert seen[0] < seen[1] < seen[-1]


def test_fields_of_the_example_grow_to_the_end(window: MainWindow) -> None:
    window.side_pages.show_page("example")
    settle(window)
    field = child(window, QLineEdit, "exampleX00")
    sizes = []
    for share in SHARES:
        window.panels.set_type_size(share)
        QApplication.processEvents()
        sizes.append((field.font().pointSizeF() / share, field.width() / share))
    assert sizes == [pytest.approx((10.5, 82), rel=0.01)] * len(SHARES)


def test_another_theme_keeps_the_size(window: MainWindow) -> None:
    show_derivation(window)
    window.side_pages.show_page("example")
    press(window, Key.Key_Plus, CONTROL)
    settle(window)
    kinds = ("derivationTitle", "derivationWords", "derivationNote", "exampleLead")
    labels: list[QWidget] = [child(window, QLabel, name) for name in kinds]
    labels += [child(window, QLineEdit, "exampleX00"), child(window, QLabel, "exampleShape")]
    sizes = [label.font().pointSizeF() for label in labels]
    assert sizes == pytest.approx([15.6, 12.0, 12.0, 12.0, 12.6, 10.2])
    for theme in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        window.menus.theme_chosen.emit(theme)
        settle(window)
        assert [label.font().pointSizeF() for label in labels] == sizes


def test_the_size_is_the_same_the_next_time(window: MainWindow, open_window: OpenWindow) -> None:
    assert program_of(window)._type.share == 1.0
    preferences = program_of(window)._preferences
    for kept, share in ((145, 1.45), (130, 1.2), (9000, 1.75), ("much", 1.0)):
        with about(kept):
            preferences.setValue("formulaSize", kept)
            preferences.sync()
            assert program_of(open_window())._type.share == share


def test_the_size_is_kept_when_it_is_chosen(window: MainWindow) -> None:
    press(window, Key.Key_Plus, CONTROL)
    preferences = program_of(window)._preferences
    assert isinstance(preferences, QSettings)
    assert int(str(preferences.value("formulaSize"))) == 120
