"""The ledger by itself: steps in, numbers, stages and selected rows out."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import PARAMETERS, RunSettings
from gdviz.core.working import Working
from gdviz.explain.formula import Number
from gdviz.explain.ledger.table import Quantity
from gdviz.explain.stages import Stage
from gdviz.ui.ledger.ledger_panel import LedgerPanel
from gdviz.ui.ledger.row_model import VALUE
from gdviz.ui.ledger.stage_walker import StageWalker
from gdviz.ui.mathematics import boxes
from gdviz.ui.theme import DARK, LIGHT, load_fonts, style_sheet
from tests.hands import about

Key = Qt.Key
CONVENTIONS = PARAMETERS["convention"].values
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def parsed(text):
    text = text.strip("()").replace("−", "-").replace("\u2009", "")
    mantissa, _, power = text.partition("×10")
    return float(mantissa) * 10.0 ** int(power.translate(POWERS) or 0)


@cache
def dataset(n_points=40, n_features=1, seed=4):
    generator = np.random.default_rng(seed)
    X = generator.normal(3, 2, (n_points, n_features))
    y = X @ np.arange(1.0, n_features + 1) + generator.normal(2, 1, n_points)
    return Dataset(X, y, tuple(f"f{j + 1}" for j in range(n_features)))


def working(data, settings=None, theta=None, batch=None):
    settings = settings or RunSettings()
    theta = np.linspace(0.7, -1.1, data.n_features + 1) if theta is None else np.array(theta)
    batch = None if batch is None else np.array(batch)
    return Working.of(data, settings, make_cost(data, settings), theta, batch)


@pytest.fixture(scope="module")
def fonts(qapp):
    load_fonts()


@pytest.fixture
def panel(qtbot, qapp, fonts):
    panel = LedgerPanel(LIGHT)
    panel.setStyleSheet(style_sheet(LIGHT))
    qtbot.addWidget(panel)
    panel.resize(920, 230)
    panel.show()
    # Its parts have their sizes only where there is something to show.
    panel.show_working(working(dataset()))
    qapp.processEvents()
    return panel


def press(panel, *keys):
    for key in keys:
        QTest.keyClick(panel.table.view, key)


def button(panel, name):
    found = panel.findChild(QToolButton, name)
    assert found is not None, name
    return found


def widths(panel):
    view = panel.table.view
    return [view.columnWidth(place) for place in range(len(panel.table.model.columns))]


def picture(panel, widget):
    """Return what a part looks like on the panel's ground."""
    return panel.grab(widget.rect().translated(widget.mapTo(panel, QPoint()))).toImage()


def count(image: QImage, color: str) -> int:
    """Count the pixels that are all but of a colour; thin strokes are never quite."""
    raw = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
    pixels = raw.reshape(image.height(), -1, 4)[:, : image.width(), :3].astype(int)
    wanted = QColor(color)
    away = np.abs(pixels - (wanted.blue(), wanted.green(), wanted.red())).max(axis=2)
    return int((away < 28).sum())


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["batch", "mini-batch", "sgd"])
def test_the_table_and_the_sums_say_what_the_rows_make(panel, mode):
    for n_features, convention in product((1, 2, 6), CONVENTIONS):
        with about((n_features, convention)):
            data = dataset(n_features=n_features)
            settings = RunSettings(0.05, mode, 7, convention=convention)
            batch = {"batch": None, "mini-batch": [3, 1, 4, 15, 9, 2, 6], "sgd": [31]}[mode]
            theta = np.linspace(0.7, -1.1, n_features + 1)
            panel.show_working(working(data, settings, theta, batch))
            seen = np.arange(40) if batch is None else np.array(batch)
            X, y = data.X[seen], data.y[seen]
            prediction = X @ theta[1:] + theta[0]
            error = prediction - y
            expected = {
                Quantity.POINT: seen + 1,
                Quantity.TARGET: y,
                Quantity.PREDICTION: prediction,
                Quantity.ERROR: error,
                Quantity.SQUARED: error**2,
                Quantity.PRODUCT: error * X[:, 0],
            }
            model = panel.table.model
            assert model.rowCount() == len(seen)
            for place, column in enumerate(model.columns):
                right = expected.get(column.quantity)
                if column.quantity is Quantity.FEATURE:
                    right = X[:, column.feature]
                for row in range(len(seen)):
                    index = model.index(row, place)
                    assert index.data(VALUE) == pytest.approx(right[row])
                    assert parsed(index.data()) == pytest.approx(right[row], rel=6e-4)
            factor = {"mse": 2 / len(seen), "half-mse": 1 / len(seen), "sum": 2.0, "half-sum": 1.0}
            gradient = factor[convention] * np.append(error.sum(), error @ X)
            new = theta - 0.05 * gradient
            shown = [parsed(text) for text in panel.sums.numbers]
            last = [new[1], new[0]] if n_features == 1 else [new[0], new[1]]
            assert [shown[-5], shown[-1]] == pytest.approx(last, rel=6e-4)
            totals = [model.total(place) for place in (4, 5, 6)]
            assert totals == pytest.approx([error.sum(), (error**2).sum(), error @ X[:, 0]])
            assert panel.table.totals.isVisible() == (mode != "sgd")


@pytest.mark.parametrize("n_points", [1, 2, 17, 1_000])
def test_any_number_of_points(panel, n_points):
    panel.show_working(working(dataset(n_points)))
    assert panel.table.model.rowCount() == n_points
    assert str(n_points) in panel.sums.numbers or f"{n_points:,}".replace(",", "\u2009") in (
        panel.sums.numbers
    )


def test_numbers_of_standardised_features_are_those_of_z(panel):
    data = dataset()
    panel.show_working(working(data, RunSettings(standardize=True), (2.0, 1.5)))
    x = data.X[:, 0]
    z = (x - x.mean()) / x.std()
    index = panel.table.model.index(3, 1)
    assert parsed(index.data()) == pytest.approx(z[3], rel=6e-4)
    assert panel.table.model.headerData(1, Qt.Orientation.Horizontal) == "z"
    error = 2.0 + 1.5 * x - data.y
    new_w = 1.5 * x.std() - 0.1 * 2 * np.mean(error * z)
    new_b = 2.0 + 1.5 * x.mean() - 0.1 * 2 * np.mean(error)
    shown = [parsed(text) for text in panel.sums.numbers[-2:]]
    right = [new_w / x.std(), new_b - new_w / x.std() * x.mean()]
    assert shown == pytest.approx(right, rel=6e-4)


def test_another_weight_can_be_chosen(panel, qtbot):
    data = dataset(n_features=6)
    panel.show_working(working(data))
    combo = panel.findChild(QComboBox, "ledgerWeight")
    assert combo.isVisible()
    assert combo.count() == 6
    combo.setFocus()
    qtbot.keyClick(combo, Key.Key_Down)
    assert panel.feature == 1
    model = panel.table.model
    assert model.headerData(6, Qt.Orientation.Horizontal) == "e·x₂"
    error = parsed(model.index(0, 4).data())
    assert parsed(model.index(0, 6).data()) == pytest.approx(error * data.X[0, 1], rel=2e-3)
    assert r"\partial w_{2}" in panel.sums.latex


def test_one_feature_needs_no_choice(panel):
    panel.show_working(working(dataset(n_features=3)))
    panel.show_working(working(dataset()))
    assert not panel.findChild(QComboBox, "ledgerWeight").isVisible()


def test_without_points_it_says_what_to_do(panel):
    panel.show_working(working(Dataset.empty(), theta=(0.0, 0.0)))
    assert not panel.table.isVisible()
    panel.show_working(working(dataset(3)))
    assert panel.table.isVisible()


# --- live -----------------------------------------------------------------------------------------


def test_numbers_change_and_nothing_else(panel, monkeypatch, qapp):
    data = dataset()
    panel.show_working(working(data))
    qapp.processEvents()
    before = widths(panel)
    places = (panel.table.geometry(), panel.sums.geometry(), panel.bar.geometry())
    monkeypatch.setattr(boxes, "typeset", None)
    monkeypatch.setattr(panel.table.view, "setColumnWidth", None)
    for factor in (1e-9, 0.5, -1.0, 30.0):
        panel.show_working(working(data, theta=(factor, 2 * factor)))
        qapp.processEvents()
        panel.grab()
        assert widths(panel) == before
        assert (panel.table.geometry(), panel.sums.geometry(), panel.bar.geometry()) == places


@pytest.mark.parametrize("listens", [False, True])
def test_other_numbers_reach_those_who_cannot_see_them(panel, monkeypatch, listens):
    told = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: listens)
    monkeypatch.setattr(QTableView, "dataChanged", lambda *given: told.append(given[1:3]))
    data = dataset()
    panel.show_working(working(data, theta=(0.5, 1.0)))
    told.clear()
    panel.show_working(working(data, theta=(0.6, 1.0)))
    assert bool(told) is listens


def test_columns_keep_their_width_from_batch_to_batch(panel, qapp):
    data, settings = dataset(), RunSettings(0.1, "mini-batch", 8)
    panel.show_working(working(data, settings, batch=range(8)))
    qapp.processEvents()
    before = widths(panel)
    for batch in (range(8, 16), range(16, 24), range(3)):
        panel.show_working(working(data, settings, batch=batch))
        assert panel.table.model.rowCount() == len(batch)
        assert widths(panel) == before
        assert panel.table.model.index(0, 0).data() == str(batch[0] + 1)


def test_a_long_number_gets_fewer_digits_rather_than_being_cut(panel):
    panel.show_working(working(dataset(), theta=(-1.5e-170, 1e-170)))
    cells = panel.table.view.cells
    for place, column in enumerate(panel.table.model.columns):
        room = panel.table.view.columnWidth(place) - 7
        for value in (-1.23456e-170, 123456789.0, -0.000123456):
            text = cells.fitted(column, value, room)
            if column.quantity is not Quantity.POINT:
                assert cells.metrics.horizontalAdvance(text) <= room


def test_hidden_it_works_nothing_out_and_remembers_the_newest(panel, monkeypatch):
    panel.show_working(working(dataset(5)))
    panel.hide()
    newest = working(dataset(9))
    with monkeypatch.context() as patch:
        patch.setattr(Working, "rows", None)
        patch.setattr("gdviz.ui.ledger.ledger_panel.ledger", None)
        panel.show_working(working(dataset(7)))
        panel.show_working(newest)
    assert panel.table.model.rowCount() == 5
    panel.show()
    assert panel.table.model.rowCount() == 9


def test_a_million_rows_are_never_looked_at_together(panel, monkeypatch, qapp):
    asked = []
    rows = Working.rows

    def counted(self, first, last):
        asked.append(last - first)
        return rows(self, first, last)

    monkeypatch.setattr(Working, "rows", counted)
    data = dataset(1_000_000)
    panel.show_working(working(data))
    panel.grab()
    assert 0 < sum(asked) < 200
    view = panel.table.view
    for place in (0.5, 0.999, 0.1):
        asked.clear()
        view.verticalScrollBar().setValue(round(place * view.verticalScrollBar().maximum()))
        panel.grab()
        assert 0 < sum(asked) < 200
    asked.clear()
    view.setFocus()
    press(panel, Key.Key_End)
    panel.grab()
    assert 0 < sum(asked) < 200
    assert view.cells.selected_row == 999_999
    assert view.rowAt(view.viewport().height() - 2) == 999_999
    assert panel.table.model.index(999_999, 0).data() == "1\u2009000\u2009000"


# --- rows -----------------------------------------------------------------------------------------


def test_a_click_on_a_row_selects_its_point(panel, qtbot):
    settings = RunSettings(0.1, "mini-batch", 3)
    panel.show_working(working(dataset(), settings, batch=[30, 20, 10]))
    view = panel.table.view
    at = QPoint(60, view.rowViewportPosition(2) + 5)
    with qtbot.waitSignal(panel.row_selected) as signal:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert signal.args == [10]
    with qtbot.waitSignal(panel.row_selected) as signal:
        below = QPoint(60, view.viewport().height() - 3)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert signal.args == [-1]


def test_keys_select_rows(panel):
    panel.show_working(working(dataset()))
    chosen = []
    panel.row_selected.connect(chosen.append)
    press(panel, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Up, Key.Key_Home)
    assert chosen == [0, 1, 0, 39, 38, 0]
    press(panel, Key.Key_PageDown)
    assert 2 < chosen[-1] < 12
    press(panel, Key.Key_PageUp, Key.Key_Escape)
    assert chosen[-2:] == [0, -1]
    assert panel.table.view.verticalScrollBar().value() == 0


def test_keys_of_the_run_are_left_to_the_window(qtbot):
    class Window(QWidget):
        def __init__(self):
            super().__init__()
            self.keys = []

        def keyPressEvent(self, event):
            self.keys.append(event.key())

    window = Window()
    qtbot.addWidget(window)
    panel = LedgerPanel(LIGHT)
    QVBoxLayout(window).addWidget(panel)
    window.resize(920, 230)
    window.show()
    panel.show_working(working(dataset()))
    keys = [Key.Key_Left, Key.Key_Right, Key.Key_R, Key.Key_N, Key.Key_Space, Key.Key_Escape]
    press(panel, *keys)
    for key in keys[:2]:
        QTest.keyClick(panel.sums, key)
    QTest.keyClick(panel.table.view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.keys == [*keys, *keys[:2], Key.Key_Shift, Key.Key_Right]
    assert panel.table.view.selected == -1


def test_tab_reaches_the_table_and_leaves_it(panel, qtbot, qapp):
    panel.show_working(working(dataset(n_features=2)))
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.bar.next_button.setFocus()
    reached = []
    for _ in range(4):
        QTest.keyClick(qapp.focusWidget(), Key.Key_Tab)
        reached.append(qapp.focusWidget().objectName())
    assert {"ledgerTable", "ledgerWeight", "ledgerSums"} <= set(reached)


def test_a_hovered_point_is_found_and_marked_without_a_word(panel, qtbot):
    panel.show_working(working(dataset(400)))
    view = panel.table.view
    with qtbot.assertNotEmitted(panel.row_selected):
        panel.show_point(300)
        top = view.rowViewportPosition(300)
        assert 0 <= top <= view.viewport().height() - view.rowHeight(300)
        assert view.cells.marked_row == 300
        panel.show_point(-1)
        assert view.cells.marked_row == -1
        panel.show_point(2)
        assert view.rowViewportPosition(2) == 0
    assert view.selected == -1


def test_a_marked_and_a_selected_row_can_be_seen(panel, qapp):
    panel.show_working(working(dataset()))
    plain = picture(panel, panel.table.view.viewport())
    panel.show_point(1)
    marked = picture(panel, panel.table.view.viewport())
    panel.show_point(-1)
    press(panel, Key.Key_Down, Key.Key_Down)
    selected = picture(panel, panel.table.view.viewport())
    y = panel.table.view.rowViewportPosition(1) + 2
    colors = {image.pixelColor(40, y).name() for image in (plain, marked, selected)}
    assert len(colors) == 3
    assert count(selected, LIGHT.accent) >= 3 * 21


def test_the_selection_follows_its_point_from_batch_to_batch(panel, qtbot):
    data, settings = dataset(), RunSettings(0.1, "mini-batch", 3)
    panel.show_working(working(data, settings, batch=[7, 8, 9]))
    press(panel, Key.Key_Down, Key.Key_Down)
    view = panel.table.view
    with qtbot.assertNotEmitted(panel.row_selected):
        panel.show_working(working(data, settings, batch=[1, 2, 3]))
        assert view.cells.selected_row == -1
        panel.show_working(working(data, settings, batch=[4, 5, 8]))
    assert view.cells.selected_row == 2
    assert view.currentIndex().row() == 2


def test_rows_may_come_after_the_sums_and_are_never_forgotten(panel):
    data = dataset()
    first, second, third = (working(data, theta=np.array((b, 1.0))) for b in (0.0, 1.0, 2.0))
    panel.show_working(first)
    panel.show_working(second, rows_later=True)
    assert panel.table.model.working is first
    assert "1.000" in panel.sums.numbers
    panel.show_rows()
    assert panel.table.model.working is second
    panel.show_working(third, rows_later=True)
    panel.show_working(third)
    assert panel.table.model.working is third
    other = working(dataset(7), theta=np.array((3.0, 1.0)))
    panel.show_working(other, rows_later=True)  # other points: all of it at once
    assert panel.table.model.working is other


def test_a_moved_point_does_not_end_the_selection(panel, qtbot):
    data = dataset()
    panel.show_working(working(data))
    press(panel, Key.Key_Down, Key.Key_Down)
    with qtbot.assertNotEmitted(panel.row_selected):
        panel.show_working(working(data.moved(0, 1.0, 2.0)))
    assert panel.table.view.selected == 1


def test_a_point_selected_elsewhere_is_shown_without_a_word(panel, qtbot):
    panel.show_working(working(dataset(100)))
    with qtbot.assertNotEmitted(panel.row_selected):
        panel.select_point(77)
    view = panel.table.view
    assert view.currentIndex().row() == 77
    assert 0 <= view.rowViewportPosition(77) < view.viewport().height()


# --- stages ---------------------------------------------------------------------------------------


def test_everything_is_shown_at_first(panel):
    assert panel.stage is Stage.UPDATE
    assert button(panel, "stageUpdate").isChecked()


def test_buttons_choose_stages(panel, qtbot):
    panel.show_working(working(dataset()))
    chosen = []
    panel.stage_chosen.connect(chosen.append)
    for stage in Stage:
        qtbot.mouseClick(button(panel, f"stage{stage.label}"), Qt.MouseButton.LeftButton)
        assert panel.stage is stage
        assert panel.bar.sentence.text() == stage.sentence
    assert chosen == list(Stage)


def test_what_a_stage_has_not_reached_is_faint(panel, qapp):
    panel.show_working(working(dataset()))
    panel.show_stage(Stage.PREDICT)
    table = picture(panel, panel.table.view.viewport())
    sums = picture(panel, panel.sums)
    assert count(table, LIGHT.residual) == 0
    assert count(table, LIGHT.line) > 0
    assert count(sums, LIGHT.gradient) == 0
    panel.show_stage(Stage.ERROR)
    assert count(picture(panel, panel.table.view.viewport()), LIGHT.residual) > 0
    assert count(picture(panel, panel.sums), LIGHT.gradient) == 0
    panel.show_stage(Stage.GRADIENT)
    assert count(picture(panel, panel.sums), LIGHT.gradient) > 0
    before = count(picture(panel, panel.sums), LIGHT.line)
    panel.show_stage(Stage.UPDATE)
    assert count(picture(panel, panel.sums), LIGHT.line) > before


def test_a_stage_stays_while_numbers_change(panel):
    panel.show_stage(Stage.GRADIENT)
    panel.show_working(working(dataset(), theta=(1.0, 1.0)))
    panel.show_working(working(dataset(), RunSettings(0.1, "sgd"), batch=[3]))
    before = count(picture(panel, panel.sums), LIGHT.line)
    panel.show_stage(Stage.UPDATE)
    assert count(picture(panel, panel.sums), LIGHT.line) > before


@pytest.mark.parametrize("how", ["button", "enter on the button", "enter in the table"])
def test_next_asks_for_the_next_stage(panel, qtbot, how):
    panel.show_working(working(dataset()))
    with qtbot.waitSignal(panel.next_stage_requested):
        if how == "button":
            qtbot.mouseClick(button(panel, "stageNext"), Qt.MouseButton.LeftButton)
        elif how == "enter in the table":
            press(panel, Key.Key_Return)
        else:
            qtbot.keyClick(button(panel, "stageNext"), Key.Key_Return)


# --- look -----------------------------------------------------------------------------------------


def test_nothing_overlaps_or_is_cut(panel, qapp):
    for n_features, mode, size in product(
        (1, 6), ("batch", "sgd"), ((920, 230), (700, 200), (1100, 380))
    ):
        with about((n_features, mode, size)):
            panel.resize(*size)
            settings = RunSettings(0.1, mode, standardize=True)
            data = dataset(n_features=n_features)
            panel.show_working(working(data, settings, batch=[3] if mode == "sgd" else None))
            qapp.processEvents()
            qapp.processEvents()  # what a timer of no time changes is laid out then
            area = panel.sums.parentWidget().parentWidget()
            inside = panel.table.mapTo(panel, QPoint()), area.mapTo(panel, QPoint())
            rects = [panel.bar.geometry()]
            for at, widget in zip(inside, (panel.table, area), strict=True):
                rects.append(widget.rect().translated(at))
            for number, rect in enumerate(rects):
                assert panel.rect().contains(rect)
                assert not any(rect.intersects(other) for other in rects[number + 1 :])
            if n_features == 1 and size != (700, 200):
                assert panel.table.view.horizontalScrollBar().maximum() == 0
                assert area.verticalScrollBar().maximum() == 0
            view = panel.table.view
            rows = view.viewport().height() / view.rowHeight(0)
            assert rows == int(rows) >= 1, "the last row is cut"


@pytest.mark.parametrize("size", [(580, 330), (580, 290), (690, 275), (800, 215), (920, 230)])
@pytest.mark.parametrize("theta", [(0.7, -1.1), (-12.345, 1234.5), (1e-6, -1e-9)])
def test_one_feature_is_all_seen_without_scrolling_sideways(panel, qapp, size, theta):
    if size[0] == 690 and abs(theta[0]) < 1e-3:
        return  # the last resort
    panel.resize(*size)
    panel.show_working(working(dataset(10), theta=theta))
    qapp.processEvents()
    view, area = panel.table.view, panel.sums.parentWidget().parentWidget()
    assert view.horizontalScrollBar().maximum() == 0
    assert sum(widths(panel)) <= view.viewport().width()
    assert min(widths(panel)) > 18
    assert area.horizontalScrollBar().maximum() == 0
    assert panel.sums.sizeHint().width() <= area.viewport().width()
    assert panel.sums.sizeHint().height() <= panel.sums.height()
    assert view.viewport().height() >= 2 * view.rowHeight(0)
    for stage in Stage:
        panel.show_stage(stage)
        sentence = panel.bar.sentence
        assert sentence.fontMetrics().horizontalAdvance(stage.sentence) <= sentence.width()


def test_the_sums_scroll_sideways_as_the_last_resort(panel, qapp):
    area = panel.sums.parentWidget().parentWidget()
    for width, is_cut in ((160, True), (920, False)):
        panel.setMinimumSize(1, 1)
        panel.resize(width, 330)
        qapp.processEvents()
        assert (area.horizontalScrollBar().maximum() > 0) == is_cut
        assert panel.sums.sizeHint().width() <= panel.sums.width()


def test_it_says_that_it_is_about_the_next_step(panel):
    caption = panel.findChild(QLabel, "ledgerCaption")
    assert caption.isVisible()
    assert caption.text() == "the next step"
    settings = RunSettings(0.1, "mini-batch", 4)
    panel.show_working(working(dataset(10), settings, batch=[1, 2, 3, 4]))
    assert caption.text() == "the next step sees 4 of 10; J is theirs"
    panel.show_working(working(dataset(10), RunSettings(0.1, "sgd"), batch=[7]))
    assert caption.text() == "the next step sees 1 of 10; J is its loss"
    panel.show_working(working(dataset(10)))
    assert caption.text() == "the next step"


def test_the_caption_of_a_mini_batch_is_whole(panel, qapp):
    for n_points, n_features, size in product(
        (10, 1_000_000), (1, 6), ((580, 330), (800, 215), (1100, 380))
    ):
        with about((n_points, n_features, size)):
            panel.resize(*size)
            batch = working(
                dataset(n_points, n_features), RunSettings(0.1, "mini-batch", 4), batch=range(4)
            )
            panel.show_working(batch)
            qapp.processEvents()
            caption = panel.findChild(QLabel, "ledgerCaption")
            assert caption.width() >= caption.sizeHint().width()
            assert panel.rect().contains(caption.rect().translated(caption.mapTo(panel, QPoint())))


@pytest.mark.parametrize("size", [(580, 330), (920, 230)])
def test_tab_goes_from_the_stages_to_the_table_and_the_sums(qtbot, qapp, fonts, size):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    before, panel, after = QLineEdit(), LedgerPanel(LIGHT), QLineEdit()
    for widget in (before, panel, after):
        layout.addWidget(widget)
    window.resize(size[0] + 20, size[1] + 100)
    window.show()
    panel.show_working(working(dataset()))
    window.resize(size[0] + 20, size[1] + 300)  # larger type
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    button(panel, "stageUpdate").click()
    before.setFocus()
    reached = []
    for _ in range(8):
        QTest.keyClick(qapp.focusWidget(), Key.Key_Tab)
        reached.append(qapp.focusWidget().objectName())
    stages = [f"stage{stage.label}" for stage in Stage]
    assert reached == [*stages, "stageNext", "ledgerTable", "ledgerSums", after.objectName()]
    assert qapp.focusWidget() is after


def test_the_sums_keep_the_keys_when_their_type_size_changes(panel, qapp):
    sums = panel.sums
    panel.activateWindow()
    sums.setFocus()
    heights = []
    for size in ((920, 230), (920, 400), (700, 200)):
        panel.resize(*size)
        qapp.processEvents()
        assert panel.sums is sums
        assert qapp.focusWidget() is sums
        heights.append(sums.heightForWidth(2000))
    assert heights[1] > heights[0] > heights[2]


@pytest.mark.parametrize("size", [(580, 330), (690, 275), (920, 230), (1100, 380)])
@pytest.mark.parametrize("n_features", [1, 6])
def test_sums_are_enlarged_as_far_as_they_fit(panel, qapp, size, n_features):
    panel.resize(*size)
    panel.show_working(working(dataset(10, n_features)))
    qapp.processEvents()
    area = panel.sums.parentWidget().parentWidget()
    before = area.horizontalScrollBar().maximum(), panel.sums.sizeHint().height()
    panel.set_type_size(1.75)
    qapp.processEvents()
    assert area.horizontalScrollBar().maximum() == before[0]
    assert panel.sums.sizeHint().height() > before[1]
    assert panel.sums.height() >= panel.sums.sizeHint().height()
    panel.set_type_size(1.0)
    qapp.processEvents()
    assert (area.horizontalScrollBar().maximum(), panel.sums.sizeHint().height()) == before


def test_one_point_leaves_the_room_to_its_sum(panel, qapp):
    panel.show_working(working(dataset(), RunSettings(0.1, "sgd"), batch=[3]))
    qapp.processEvents()
    assert panel.table.height() < 70
    assert panel.sums.width() > 850
    panel.show_working(working(dataset()))
    qapp.processEvents()
    assert panel.table.height() > 150
    assert 0.4 * 920 < panel.table.width() < 0.55 * 920


def test_another_theme_has_other_colours(panel):
    panel.show_working(working(dataset()))
    panel.apply_theme(DARK)
    image = panel.grab().toImage()
    assert count(image, DARK.residual) > 30
    assert count(image, DARK.gradient) > 5
    assert count(image, LIGHT.residual) == 0
    assert count(image, LIGHT.gradient) == 0


def test_panel_and_walker_fit_together(panel, qtbot):
    walker = StageWalker(panel)
    panel.show_working(working(dataset()))
    panel.stage_chosen.connect(walker.choose)
    panel.next_stage_requested.connect(walker.next)
    walker.stage_changed.connect(panel.show_stage)
    qtbot.mouseClick(button(panel, "stagePredict"), Qt.MouseButton.LeftButton)
    press(panel, Key.Key_Return)
    assert panel.stage is walker.stage is Stage.ERROR
    assert button(panel, "stageError").isChecked()


def painted(panel, monkeypatch):
    """Return the texts that are painted in the table, and those of the sums."""
    cells, texts = panel.table.view.cells, []
    write = cells.write
    monkeypatch.setattr(
        cells,
        "write",
        lambda p, place, c, text: (texts.append((c, text)), write(p, place, c, text)),
    )
    panel.table.grab()
    monkeypatch.undo()
    in_sums = []
    draw = QPainter.drawText

    class Noted(QPainter):
        def drawText(self, at, text):
            in_sums.append(text)
            draw(self, at, text)

    monkeypatch.setattr("gdviz.ui.mathematics.formula_view.QPainter", Noted)
    panel.sums.grab()
    monkeypatch.undo()
    return texts, in_sums


@pytest.mark.parametrize("mode", ["batch", "sgd"])
@pytest.mark.parametrize("stage", Stage)
def test_what_is_to_come_can_be_predicted(panel, monkeypatch, stage, mode):
    data = dataset()
    batch = None if mode == "batch" else [7]
    places = []
    for shown in (Stage.UPDATE, stage):
        panel.show_stage(shown)
        panel.show_working(working(data, RunSettings(0.05, mode), batch=batch))
        places.append((widths(panel), panel.sums.geometry(), panel.table.geometry()))
    assert places[0] == places[1]
    in_table, in_sums = painted(panel, monkeypatch)
    symbols = {column.symbol for column in panel.table.model.columns}
    for column, text in in_table:
        if text not in symbols and text != "Σ":
            assert (text == "?") == (column.stage.order > stage.order), (column, text)
    assert "0.05" in in_sums
    ahead = [
        line
        for line, of in zip(panel.sums.lines, panel._ledger.stages, strict=True)
        if of.order > stage.order
    ]
    hidden = [piece for line in ahead for piece in line if isinstance(piece, Number)]
    hidden = [number for number in hidden if number.is_worked_out]
    assert in_sums.count("?") == len(hidden)
    assert (not hidden) == (stage is Stage.UPDATE)
    panel.show_stage(Stage.UPDATE)
    _, in_sums = painted(panel, monkeypatch)
    assert "?" not in in_sums
    assert set(panel.sums.numbers) <= set(in_sums)


def test_numbers_to_come_are_no_text_of_the_model_either(panel):
    panel.show_working(working(dataset()))
    panel.show_stage(Stage.PREDICT)
    row = [panel.table.model.index(2, place).data() for place in range(7)]
    assert row[4:] == ["?"] * 3
    assert "?" not in row[:4]
    panel.show_stage(Stage.ERROR)
    assert panel.table.model.index(2, 4).data() != "?"
    assert panel.table.model.index(2, 6).data() == "?"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("width", [920, 560])
def test_painted_cells_and_totals_are_the_models(panel, monkeypatch, qapp, stage, width):
    panel.resize(width, 330)
    panel.show_working(working(dataset(200)))
    panel.show_stage(stage)
    view, model = panel.table.view, panel.table.model
    qapp.processEvents()
    view.verticalScrollBar().setValue(50 * view.rowHeight(0))
    qapp.processEvents()
    written = []
    write = view.cells.write
    monkeypatch.setattr(
        view.cells,
        "write",
        lambda p, place, c, text: (
            written.append((QRect(place), c, text)),
            write(p, place, c, text),
        ),
    )
    view.viewport().grab()
    seen = {}
    for place, column, text in written:
        row, at = view.rowAt(place.center().y()), view.columnAt(place.center().x())
        assert model.columns[at] is column
        seen[row, at] = text
    rows = range(50, 50 + view.viewport().height() // view.rowHeight(0))
    assert set(seen) == {(row, at) for row in rows for at in range(7)}
    for (row, at), text in seen.items():
        column = model.columns[at]
        if column.stage.order > stage.order:
            assert text == "?"
        elif width == 920:
            assert text == model.text(row, at)
        else:  # digits give way to the room, and no more of them than that
            room = view.columnWidth(at) - 7
            fitting = [
                t
                for d in range(4, 1, -1)
                if view.cells.metrics.horizontalAdvance(t := model.text(row, at, d)) <= room
            ]
            assert text == fitting[0]
    written.clear()
    panel.table.totals.grab()
    totals = {column.quantity: text for _, column, text in written}
    assert totals.pop(Quantity.POINT) == "Σ"
    for column in model.columns[4:]:
        reached = column.stage.order <= stage.order
        value = model.total(model.columns.index(column))
        if not reached:
            assert totals[column.quantity] == "?"
        elif width == 920:
            assert totals[column.quantity] == column.text(value)
        else:
            assert parsed(totals[column.quantity]) == pytest.approx(value, rel=0.06)
    assert len(totals) == 3


def test_other_points_are_shown_from_the_first(panel, qapp):
    bar, data = panel.table.view.verticalScrollBar(), dataset(60)
    panel.show_working(working(data))
    qapp.processEvents()
    bar.setValue(30 * panel.table.view.rowHeight(0))
    assert bar.value() > 0
    panel.show_working(working(data, theta=(1.0, 2.0)))
    assert bar.value() > 0, "another step of the same points"
    panel.show_working(working(dataset(60, seed=9)))
    assert bar.value() == 0


@pytest.mark.parametrize(("n_features", "said"), [(1, "the line"), (3, "all 3 features")])
def test_the_head_says_what_predicts(panel, n_features, said):
    panel.show_working(working(dataset(n_features=n_features)))
    tip = panel.table.model.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("Prediction")
    assert said in tip


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_stage_with_the_focus_does_not_look_like_the_one_in_force(panel, qtbot, qapp, theme):
    panel.setStyleSheet(style_sheet(theme))
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    predict, update = button(panel, "stagePredict"), button(panel, "stageUpdate")
    update.setFocus()
    plain = picture(panel, predict)
    predict.setFocus()
    qtbot.waitUntil(predict.hasFocus)
    focused = count(picture(panel, predict), theme.accent)
    in_force = count(picture(panel, update), theme.accent)
    assert focused < 5 < 50 < in_force
    assert picture(panel, predict) != plain, "the focus can be seen"


def test_a_long_name_of_a_feature_takes_no_room_from_the_sentence(panel, qapp):
    generator = np.random.default_rng(4)
    names = ("the height of the house in feet", "b", "c")
    data = Dataset(generator.normal(size=(30, 3)), generator.normal(size=30), names)
    panel.show_working(working(data))
    qapp.processEvents()
    combo = panel.findChild(QComboBox, "ledgerWeight")
    assert combo.itemText(0).endswith(names[0])
    panel.resize(1100, 230)
    qapp.processEvents()
    assert combo.width() > combo.fontMetrics().horizontalAdvance(combo.itemText(0))
    assert panel.bar.sentence.shown == panel.bar.sentence.text()
    panel.resize(480, 230)
    qapp.processEvents()
    assert combo.mapTo(panel, combo.rect().topRight()).x() < panel.width() < 600
    assert panel.bar.sentence.shown == panel.bar.sentence.text()
    before = picture(panel, combo)
    edge = before.width() - 24
    ink = count(before.copy(edge - 6, 2, 5, before.height() - 4), LIGHT.text)
    assert ink == 0, "the name is cut"
    combo.showPopup()
    assert combo.view().width() > combo.fontMetrics().horizontalAdvance(combo.itemText(0))
    combo.hidePopup()
