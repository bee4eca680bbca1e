"""Opening: the argument, the dialog, a dropped file, the menu, columns, big files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QProgressBar,
    QSpinBox,
    QTableWidget,
)

from gdviz.files import csv_reader
from gdviz.files.bundled import bundled, bundled_names
from gdviz.files.errors import FileError
from gdviz.files.table import Table
from gdviz.ui import file_desk
from gdviz.ui.main_window import MainWindow
from gdviz.ui.words import window as words
from gdviz.worker.loader import Loader
from tests.conftest import OpenWindow
from tests.hands import (
    CONTROL,
    about,
    child,
    click,
    dialog,
    is_shown,
    open_dialogs,
    points_of,
    press,
    press_button,
    program_of,
    settle,
    start_training,
    wait_until,
)

CASES = {
    "header, comma": "height,weight\n1,2\n3,4.5\n5,6\n",
    "no header": "1,2\n3,4.5\n5,6\n",
    "semicolon, decimal comma": "a;b\n1;2\n3;4,5\n5;6\n",
    "tab, decimal comma": "a\tb\n1\t2\n3\t4,5\n5\t6\n",
    "quoted names, BOM": '\ufeff"a, in cm";"b"\n1;2\n3;4.5\n5;6\n',
    "blank lines and comments": "# made by hand\n\na,b\n1,2\n\n3,4.5\n# end\n5,6\n",
}
POINTS = [(1.0, 2.0), (3.0, 4.5), (5.0, 6.0)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "three.csv"
    path.write_text(CASES["header, comma"], encoding="utf-8")
    return path


def drop(window: MainWindow, path: Path) -> None:
    """Drop a file on the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), action, data, button, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), action, data, button, none))


def test_without_an_argument_the_starter_set_is_drawn(window: MainWindow) -> None:
    assert np.array_equal(window.document.dataset.X, bundled("starter").dataset.X)
    assert 8 <= window.document.dataset.n_points <= 12
    assert all(is_shown(window.data_plot, x, y) for x, y in points_of(window))
    assert window.snapshot.theta[1] == 0  # a flat line


def test_a_csv_as_argument(open_window: OpenWindow, table: Path) -> None:
    window = open_window(table)
    assert points_of(window) == POINTS
    assert "three.csv" in window.windowTitle()
    assert all(is_shown(window.data_plot, x, y) for x, y in POINTS)


def test_every_kind_of_table_is_understood(window: MainWindow, tmp_path: Path) -> None:
    for number, (case, content) in enumerate(CASES.items()):
        path = tmp_path / f"table-{number}.csv"
        path.write_text(content, encoding="utf-8")
        with about(case):
            drop(window, path)
            assert points_of(window) == POINTS
            assert path.name in window.windowTitle()


def test_axes_are_named_after_the_columns(open_window: OpenWindow, table: Path) -> None:
    plot = open_window(table).data_plot
    assert "height" in plot.getAxis("bottom").labelText
    assert "weight" in plot.getAxis("left").labelText


@pytest.mark.parametrize("name", ["women", "anscombe-4"])
def test_a_bundled_name_as_argument(open_window: OpenWindow, name: str) -> None:
    window = open_window(name)
    data = bundled(name).dataset
    assert np.array_equal(window.document.dataset.X, data.X)
    assert np.array_equal(window.document.dataset.y, data.y)
    assert bundled(name).title in window.windowTitle()


def test_an_argument_that_cannot_be_opened_raises_and_leaves_nothing(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    with pytest.raises(FileError, match=r"nothing\.csv"):
        open_window(tmp_path / "nothing.csv")


def test_ctrl_o_opens_what_is_chosen(
    window: MainWindow, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    press(window, Qt.Key.Key_O, CONTROL)
    assert points_of(window) == POINTS


def test_a_dialog_that_is_closed_opens_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = points_of(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    press(window, Qt.Key.Key_O, CONTROL)
    assert points_of(window) == before


def test_a_dropped_file_is_opened(window: MainWindow, table: Path) -> None:
    drop(window, table)
    assert points_of(window) == POINTS


def test_what_is_no_file_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("1,2")
    event = QDragEnterEvent(
        QPoint(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()


def test_the_menu_opens_every_bundled_set(window: MainWindow) -> None:
    actions = {a.objectName(): a for a in window.menus.bundled_menu.actions()}
    assert set(actions) == {f"bundled-{name}" for name in bundled_names()}
    for name in bundled_names():
        actions[f"bundled-{name}"].trigger()
        assert window.document.dataset.name == bundled(name).title
        assert actions[f"bundled-{name}"].toolTip()
        settle(window)
        assert window.snapshot.step == 0


def test_opening_begins_anew_even_while_it_trains(window: MainWindow, table: Path) -> None:
    start_training(window)
    drop(window, table)
    settle(window)
    assert window.snapshot.status == "ready"
    assert window.snapshot.step == 0
    assert not window.document.undo_stack.canUndo()
    assert not window.isWindowModified()


def test_the_rate_proposed_is_a_round_number_near_the_largest_smooth_one(
    window: MainWindow, table: Path
) -> None:
    drop(window, table)
    x = np.array([p[0] for p in POINTS])
    X = np.column_stack((np.ones(3), x))
    largest = float(np.linalg.eigvalsh(2 * X.T @ X / 3)[-1])
    rate = window.document.settings.learning_rate
    assert 0.3 / largest < rate <= 1 / largest
    digits = f"{rate:e}".split("e")[0].rstrip("0").rstrip(".")
    assert digits in ("1", "2", "5")


def test_of_several_columns_two_are_chosen(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "houses.csv"
    path.write_text("area,town,rooms,price\n50,A,2,100\n80,B,3,150\n120,C,5,260\n")
    before = points_of(window)
    drop(window, path)
    asked = dialog(window, "importDialog")
    assert points_of(window) == before  # nothing changes before OK
    feature, target = (child(asked, QComboBox, name) for name in ("importFeature", "importTarget"))
    offered = [feature.itemText(i) for i in range(feature.count())]
    assert offered == ["area", "rooms", "price"]
    assert target.currentText() == "price"
    preview = child(asked, QTableWidget, "importPreview")
    assert [preview.item(r, 2).text() for r in range(3)] == ["100", "150", "260"]
    ok = child(asked, QDialogButtonBox, "").button(QDialogButtonBox.StandardButton.Ok)
    feature.setCurrentText("price")
    assert not ok.isEnabled()
    feature.setCurrentText("rooms")
    assert ok.isEnabled()
    ok.click()
    assert points_of(window) == [(2, 100), (3, 150), (5, 260)]
    assert window.document.dataset.feature_names == ("rooms",)
    assert window.document.dataset.target_name == "price"


def test_cancelling_the_choice_of_columns_changes_nothing(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "three.csv"
    path.write_text("a,b,c\n1,2,3\n4,5,6\n")
    before = points_of(window)
    drop(window, path)
    press_button(dialog(window, "importDialog"), "Cancel")
    assert not open_dialogs(window)
    assert points_of(window) == before


def test_points_are_generated_from_a_recipe_and_undone(window: MainWindow) -> None:
    before = points_of(window)
    press(window, Qt.Key.Key_G, CONTROL)
    asked = dialog(window, "generateDialog")
    for name, value in (("Slope", 3.0), ("Intercept", -1.0), ("Noise", 0.0)):
        child(asked, QDoubleSpinBox, f"generate{name}").setValue(value)
    child(asked, QSpinBox, "generateCount").setValue(40)
    press_button(asked, "Generate")
    data = window.document.dataset
    assert data.n_points == 40
    assert np.allclose(data.y, 3 * data.x - 1)
    assert all(is_shown(window.data_plot, x, y) for x, y in points_of(window))
    window.actions_["undo"].trigger()
    assert points_of(window) == before


# --- big files ------------------------------------------------------------------------------------


@pytest.fixture
def big_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(file_desk, "BIG_FILE_BYTES", 1000)
    rng = np.random.default_rng(5)
    path = tmp_path / "big.csv"
    np.savetxt(path, rng.normal(size=(60_000, 2)), fmt="%.4f", delimiter=",", header="a,b")
    return path


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold the reading up after its first part until this is set."""
    event = threading.Event()
    read = csv_reader.read_table

    def read_slowly(path: str, tell: Callable[[float], None] | None = None) -> Table:
        if tell is None:
            return read(path)

        def tell_and_wait(fraction: float) -> None:
            tell(fraction)
            event.wait(5)
            tell(fraction)

        return read(path, tell_and_wait)

    monkeypatch.setattr(csv_reader, "read_table", read_slowly)
    yield event
    event.set()


def test_a_big_file_is_read_in_the_background_with_progress(
    window: MainWindow, big_table: Path, go_on: threading.Event
) -> None:
    before = points_of(window)
    fractions: list[float] = []
    program_of(window)._loader.progressed.connect(lambda _, fraction: fractions.append(fraction))
    drop(window, big_table)
    wait_until(lambda: bool(fractions))
    assert points_of(window) == before
    assert "big.csv" in window.notice.text
    assert window.notice.findChild(QProgressBar) is not None
    press(window, Qt.Key.Key_Right)  # the window is alive meanwhile
    settle(window)
    assert window.snapshot.step == 1
    go_on.set()
    wait_until(lambda: window.document.dataset.n_points == 60_000)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert window.notice.text == ""
    assert "big.csv" in window.windowTitle()
    settle(window)
    assert window.snapshot.status == "ready"
    assert window.snapshot.step == 0


def test_a_big_file_may_be_cancelled(
    window: MainWindow, big_table: Path, go_on: threading.Event
) -> None:
    before = points_of(window)
    fractions: list[float] = []
    ends: list[str] = []
    loader = program_of(window)._loader
    loader.progressed.connect(lambda _, fraction: fractions.append(fraction))
    loader.cancelled.connect(lambda: ends.append("cancelled"))
    loader.loaded.connect(lambda *_: ends.append("loaded"))
    drop(window, big_table)
    wait_until(lambda: bool(fractions))
    press_button(window.notice, "cancelLoading")
    go_on.set()
    wait_until(lambda: bool(ends))
    assert ends == ["cancelled"]
    assert points_of(window) == before
    assert window.notice.text == ""
    drop(window, big_table)  # and the next one can be opened
    wait_until(lambda: window.document.dataset.n_points == 60_000)


def test_cancelling_at_once_counts_as_well(window: MainWindow, big_table: Path) -> None:
    ends: list[str] = []
    loader = program_of(window)._loader
    loader.cancelled.connect(lambda: ends.append("cancelled"))
    loader.loaded.connect(lambda *_: ends.append("loaded"))
    desk = program_of(window)._desk
    desk.load_requested.emit(1, str(big_table))
    desk.cancel_requested.emit()  # before the thread has come to it
    wait_until(lambda: bool(ends))
    assert ends == ["cancelled"]


class Ends(QObject):
    """How each reading ends, noted in the window's thread after the window has heard of it."""

    def __init__(self, loader: Loader) -> None:
        super().__init__()
        self.noted: list[tuple[str, int]] = []
        loader.cancelled.connect(self.note_cancelled)
        loader.loaded.connect(self.note_loaded)

    @Slot(int)
    def note_cancelled(self, number: int) -> None:
        self.noted.append(("cancelled", number))

    @Slot(int, object, object)
    def note_loaded(self, number: int, *_: object) -> None:
        self.noted.append(("loaded", number))


@pytest.fixture
def ends(window: MainWindow, big_table: Path, go_on: threading.Event) -> Ends:
    """What becomes of the big table, which is being read, and of others after it."""
    fractions: list[float] = []
    loader = program_of(window)._loader
    loader.progressed.connect(lambda _, fraction: fractions.append(fraction))
    ends = Ends(loader)
    drop(window, big_table)
    wait_until(lambda: bool(fractions))
    return ends


def test_of_two_big_files_the_one_asked_for_last_is_opened(
    window: MainWindow, ends: Ends, big_table: Path, go_on: threading.Event
) -> None:
    other = big_table.with_name("other.csv")
    other.write_text("p,q\n" + "1,2\n3,5\n" * 500)
    drop(window, other)
    assert "other.csv" in window.notice.text
    go_on.set()
    wait_until(lambda: len(ends.noted) == 2)
    assert ends.noted == [("cancelled", 1), ("loaded", 2)]
    assert window.document.dataset.n_points == 1000
    assert "other.csv" in window.windowTitle()
    assert window.notice.text == ""


@pytest.mark.parametrize("what", ["small table", "bundled"])
def test_what_opens_at_once_takes_the_place_of_a_file_that_is_still_read(
    window: MainWindow, ends: Ends, table: Path, go_on: threading.Event, what: str
) -> None:
    if what == "bundled":
        program_of(window)._desk.open_bundled("women")
    else:
        drop(window, table)
    opened = points_of(window)
    assert opened == POINTS or window.document.dataset.name == bundled("women").title
    assert window.notice.text == ""
    go_on.set()
    wait_until(lambda: bool(ends.noted))
    assert ends.noted == [("cancelled", 1)]
    assert points_of(window) == opened


def test_a_wrong_file_stops_no_file_that_is_still_read(
    window: MainWindow, ends: Ends, tmp_path: Path, go_on: threading.Event
) -> None:
    drop(window, tmp_path / "gone.csv")
    press_button(dialog(window, "errorDialog"), "OK")
    assert "big.csv" in window.notice.text
    go_on.set()
    wait_until(lambda: window.document.dataset.n_points == 60_000)


def test_a_result_that_was_on_its_way_when_another_file_was_opened_is_ignored(
    window: MainWindow, big_table: Path, table: Path
) -> None:
    desk = program_of(window)._desk
    desk._load_in_background(str(big_table))
    drop(window, table)
    late = csv_reader.read_table(table)
    desk.finish_loading(1, late, bundled("women").dataset)
    desk.fail_loading(1, "It is too late for this sentence.")
    assert points_of(window) == POINTS
    assert not open_dialogs(window)


@pytest.mark.parametrize("answer", ["Cancel", "Discard"])
def test_a_file_that_is_read_while_something_is_asked_waits_for_the_answer(
    window: MainWindow, ends: Ends, go_on: threading.Event, answer: str
) -> None:
    click(window.data_plot, 1.2, 3.3)
    before = points_of(window)
    window.close()
    asked = dialog(window, "discardDialog")
    go_on.set()
    wait_until(lambda: ends.noted == [("loaded", 1)])
    assert points_of(window) == before
    press_button(asked, answer)
    if answer == "Discard":
        assert not window.isVisible()
        assert points_of(window) == before
        return
    again = next(d for d in open_dialogs(window) if d is not asked)
    press_button(again, "Discard")
    assert window.document.dataset.n_points == 60_000


def test_a_broken_big_file_says_so_and_leaves_the_points(
    window: MainWindow, big_table: Path
) -> None:
    with big_table.open("a") as file:
        file.write("1,oops\n")
    before = points_of(window)
    drop(window, big_table)
    box = dialog(window, "errorDialog")
    assert "60002" in box.text()  # type: ignore[attr-defined]
    assert "oops" in box.text()  # type: ignore[attr-defined]
    assert points_of(window) == before
    assert window.notice.text == ""
    press_button(box, "OK")


def test_closing_while_a_big_file_is_read_leaves_no_thread(
    window: MainWindow, big_table: Path
) -> None:
    drop(window, big_table)
    window.close()
    assert not window.isVisible()
    assert not program_of(window)._loading.is_running()


def test_many_points_are_a_density_image_with_the_same_line(
    window: MainWindow, big_table: Path
) -> None:
    drop(window, big_table)
    wait_until(lambda: window.document.dataset.n_points == 60_000)
    settle(window)
    assert window.data_plot.is_density
    assert not window.actions_["residuals"].isEnabled()
    assert window.actions_["residuals"].toolTip() == words.WHY_MANY_POINTS
    assert window.data_plot.state.theta is not None
    start_training(window)
    assert np.array_equal(window.data_plot.state.theta, window.snapshot.theta)
