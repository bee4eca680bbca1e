from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QRadioButton,
)

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.snapshot import Status
from gdviz.explain.formula import DOTS, Line, Matrix
from gdviz.ui.coefficient_panel import CoefficientPanel
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.theme import LIGHT
from tests.hands import (
    about,
    all_finite,
    child,
    dialog,
    double_click,
    has_color_near,
    hover,
    open_bundled,
    picture,
    pixel,
    press,
    press_button,
    run_to_the_end,
    set_speed,
    settle,
    start_training,
    wait_until,
)

FloatArray = npt.NDArray[np.float64]
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def houses(n_points: int = 30, n_features: int = 3, noise: float = 0.1) -> Dataset:
    generator = np.random.default_rng(4)
    X = generator.normal(1, 1, (n_points, n_features))
    y = X @ np.linspace(-1, 2, n_features) + 3 + noise * generator.normal(size=n_points)
    return Dataset(X, y, tuple(f"x{j + 1}" for j in range(n_features)), "price")


def open_houses(window: MainWindow, **shape: float) -> Dataset:
    data = houses(**shape)  # type: ignore[arg-type]
    window.document.open(data, Origin("houses"))
    settle(window)
    return data


def least_squares(data: Dataset) -> np.ndarray:
    A = np.column_stack((np.ones(data.n_points), data.X))
    return np.linalg.lstsq(A, data.y, rcond=None)[0]


def combo(window: MainWindow, name: str) -> QComboBox:
    return child(window, QComboBox, name)


def test_a_file_is_opened_with_all_its_features(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "houses.csv"
    data = houses()
    rows = np.column_stack((data.X, data.y))
    path.write_text(
        "area,rooms,age,price\n" + "\n".join(",".join(map(repr, map(float, row))) for row in rows)
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(window, Qt.Key.Key_O, CONTROL)
    asked = dialog(window, "importDialog")
    child(asked, QRadioButton, "importAll").setChecked(True)
    press_button(asked, "Open")
    assert window.document.dataset.feature_names == ("area", "rooms", "age")
    np.testing.assert_array_equal(window.document.dataset.X, data.X)
    assert window.data_view.fit_plot.isVisible()
    assert not window.data_plot.isVisible()


def test_who_has_several_features_open_is_offered_all_of_the_next_file(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "houses.csv"
    path.write_text("area,rooms,price\n1,2,3\n2,2,5\n4,1,2\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    offered = []
    for _ in range(2):
        press(window, Qt.Key.Key_O, CONTROL)
        asked = dialog(window, "importDialog")
        assert child(asked, QComboBox, "importFeature").currentText() == "area"
        offered.append(child(asked, QRadioButton, "importAll").isChecked())
        asked.reject()
        open_houses(window)
        window.document.undo_stack.setClean()
    assert offered == [False, True]


def open_wide(window: MainWindow, folder: Path, n_columns: int, n_rows: int) -> QDialog:
    path = folder / "wide.csv"
    rows = [",".join(str((7 * i + j) % 11) for j in range(n_columns)) for i in range(n_rows)]
    path.write_text("\n".join([",".join(f"c{j}" for j in range(n_columns)), *rows]))
    window.file_dropped.emit(str(path))
    return dialog(window, "importDialog")


@pytest.mark.parametrize("how", ["command line", "menu"])
def test_the_bundled_cars_open_with_all_their_features(
    open_window: Callable[..., MainWindow], how: str
) -> None:
    window = open_window("mtcars" if how == "command line" else None)
    if how == "menu":
        open_bundled(window, "mtcars")
    wait_until(lambda: window.document.dataset.n_features == 3)
    assert window.document.settings.standardize
    assert window.document.settings.learning_rate == 0.1
    assert window.data_view.fit_plot.isVisible()
    run_to_the_end(window)
    assert window.snapshot.status == "converged"
    right = [27.61053, -4.3588, -0.01782, 0.51083]
    np.testing.assert_allclose(window.snapshot.theta, right, rtol=2e-3)


def test_too_many_columns_are_not_taken_all_and_it_says_why(
    window: MainWindow, tmp_path: Path
) -> None:
    asked = open_wide(window, tmp_path, 61, 12)
    choice = child(asked, QRadioButton, "importAll")
    assert not choice.isEnabled()
    assert "60 columns" in choice.text()
    assert "at most 50" in choice.text()
    assert child(asked, QRadioButton, "importOne").isChecked()
    assert child(asked, QLabel, "importRows").text() == "12 rows; the first 8:"
    press_button(asked, "Open")
    assert window.document.dataset.feature_names == ("c0",)


def test_the_features_are_chosen_with_the_keyboard(window: MainWindow, tmp_path: Path) -> None:
    asked = open_wide(window, tmp_path, 4, 5)
    one, of_all = (child(asked, QRadioButton, name) for name in ("importOne", "importAll"))
    feature, target = (child(asked, QComboBox, f"import{of}") for of in ("Feature", "Target"))
    assert child(asked, QLabel, "importRows").text() == "5 rows:"
    assert (feature.accessibleName(), target.accessibleName()) == ("Feature x", "Target y")
    wait_until(one.hasFocus)
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert feature.hasFocus()
    QTest.keyClick(feature, Qt.Key.Key_Tab, SHIFT)
    QTest.keyClick(one, Qt.Key.Key_Down)
    assert of_all.isChecked()
    assert of_all.text() == "all 3 columns but the target"
    assert of_all.hasFocus()
    QTest.keyClick(of_all, Qt.Key.Key_Tab)
    assert target.hasFocus()
    QTest.keyClick(target, Qt.Key.Key_Home)  # the feature that was proposed: no conflict with all
    feature.setFocus()
    QTest.keyClick(feature, Qt.Key.Key_Down)
    assert one.isChecked(), "who chooses a column means one"
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Down)
    QTest.keyClick(of_all, Qt.Key.Key_Return)
    assert window.document.dataset.feature_names == ("c1", "c2", "c3")
    assert window.document.dataset.target_name == "c0"


def test_it_trains_to_the_least_squares_answer(window: MainWindow) -> None:
    for n_features in (2, 3, 50):
        with about(n_features):
            data = open_houses(window, n_points=300, n_features=n_features)
            window.document.change_settings(standardize=True, learning_rate=0.5)
            set_speed(window, float("inf"))
            run_to_the_end(window)
            assert window.snapshot.status == "converged"
            np.testing.assert_allclose(
                window.snapshot.theta, least_squares(data), rtol=1e-4, atol=1e-4
            )


def test_points_stand_where_they_are_predicted(window: MainWindow) -> None:
    data = open_houses(window)
    start_training(window)
    press(window, Qt.Key.Key_Space)
    settle(window)
    plot = window.data_view.fit_plot
    x, y = plot.places
    theta = window.snapshot.theta
    np.testing.assert_array_equal(x, data.y)
    np.testing.assert_allclose(y, data.X @ theta[1:] + theta[0])
    (x0, x1), (y0, y1) = plot.view.viewRange()
    inside = [i for i in range(30) if x0 < x[i] < x1 and y0 < y[i] < y1]
    assert len(inside) > 10
    assert all(has_color_near(plot, x[i], y[i], LIGHT.point) for i in inside)
    assert plot.getAxis("bottom").labelText == "actual price"


def test_the_target_against_one_feature(window: MainWindow) -> None:
    data = open_houses(window)
    box = combo(window, "fitView")
    assert box.isVisible()
    box.setCurrentIndex(2)
    plot = window.data_view.fit_plot
    assert plot.feature == 1
    x, y = plot.places
    np.testing.assert_array_equal(x, data.X[:, 1])
    np.testing.assert_array_equal(y, data.y)
    assert plot.getAxis("bottom").labelText == "x2"
    box.setCurrentIndex(0)
    assert plot.feature is None


def test_the_contour_is_the_slice_through_where_the_run_is(window: MainWindow) -> None:
    data = open_houses(window)
    set_speed(window, float("inf"))
    run_to_the_end(window)
    theta = least_squares(data)
    np.testing.assert_allclose(window.contour_plot.state.lowest, theta[[1, 2]], atol=1e-3)
    title = [t.text() for t in window.findChildren(QLabel) if t.text().startswith("Slice of J")]
    assert title
    combo(window, "planeY").setCurrentIndex(3)
    settle(window)
    np.testing.assert_allclose(window.contour_plot.state.dot, window.snapshot.theta[[1, 3]])
    np.testing.assert_allclose(window.contour_plot.state.lowest, theta[[1, 3]], atol=1e-3)
    assert window.contour_plot.getAxis("left").labelText == "w₃"


def test_choosing_the_other_axis_parameter_swaps_them(window: MainWindow) -> None:
    open_houses(window)
    combo(window, "planeX").setCurrentIndex(2)
    assert [combo(window, name).currentIndex() for name in ("planeX", "planeY")] == [1, 2]
    combo(window, "planeX").setCurrentIndex(0)
    assert [combo(window, name).currentIndex() for name in ("planeX", "planeY")] == [0, 2]


def test_the_slice_moves_with_the_other_parameters(window: MainWindow) -> None:
    open_houses(window)
    before = np.array(window.contour_plot.state.lowest)
    start_training(window, steps=5)
    press(window, Qt.Key.Key_Space)
    settle(window)
    assert np.abs(window.contour_plot.state.lowest - before).max() > 1e-3


@pytest.mark.parametrize("standardize", [False, True])
def test_the_level_sets_are_those_of_the_slice_through_where_the_run_is(
    window: MainWindow, standardize: bool
) -> None:
    data = open_houses(window)
    window.document.change_settings(standardize=standardize)
    plot = window.contour_plot
    start = np.array(plot.state.lowest)
    set_speed(window, 200)
    start_training(window, steps=25)
    press(window, Qt.Key.Key_Space)
    settle(window)
    moved = np.abs(plot.state.lowest - start) / np.array(plot.pixel_size())
    assert moved.max() > 10
    X, theta = data.X, np.array(window.snapshot.theta)
    if standardize:  # the axes are those of standardised x
        theta = np.append(theta[0] + theta[1:] @ X.mean(axis=0), theta[1:] * X.std(axis=0))
        X = (X - X.mean(axis=0)) / X.std(axis=0)

    def costs(places: FloatArray) -> FloatArray:
        """Return J at places in the plane of w1 and w2, the others held where they are."""
        thetas = np.tile(theta, (len(places), 1))
        thetas[:, 1:3] = places
        errors = thetas[:, 1:] @ X.T + thetas[:, :1] - data.y
        return np.asarray((errors**2).mean(axis=1))

    bowl = plot.state.bowl
    assert bowl is not None
    lowest = costs(plot.state.lowest[np.newaxis])[0]
    for level in (0.5, 4.0):
        x, y = bowl.extent(level)
        around = [
            (float(c - 2 * r), float(c + 2 * r)) for c, r in zip(bowl.center, (x, y), strict=True)
        ]
        outline = bowl.outline(level, *around)
        assert len(outline) > 50
        np.testing.assert_allclose(costs(outline), lowest + level, rtol=1e-9)

    shown = picture(plot)
    plot._layers.ground.invalidate()
    np.testing.assert_array_equal(picture(plot), shown)
    # The bands of colour lie where NumPy has the levels.
    (x0, x1), (y0, y1) = plot.view.viewRange()
    places = np.random.default_rng(2).uniform((x0, y0), (x1, y1), (400, 2))
    levels = bowl.levels((x0, x1), (y0, y1))
    bands = (costs(places)[:, np.newaxis] - lowest < levels).sum(axis=1)
    colors = [color.getRgb()[:3] for color in plot._layers.ground._colors]
    seen = []
    for place, band in zip(places, bands, strict=True):
        at = plot.viewport().mapTo(plot, pixel(plot, *map(float, place)))
        seen.append(np.abs(shown[at.y(), at.x()].astype(int) - colors[band]).max() <= 3)
    assert np.mean(seen) > 0.85  # the others are on an edge, or below the dot and its path


def test_a_double_click_starts_there_and_leaves_the_others(window: MainWindow) -> None:
    open_houses(window)
    before = window.document.start
    double_click(window.contour_plot, *window.contour_plot.state.lowest)
    start = window.document.start
    assert (start[0], start[3]) == (before[0], before[3])
    np.testing.assert_allclose(start[1:3], window.contour_plot.state.lowest, atol=0.05)


def test_hovering_the_slice_tells_both_parameters(window: MainWindow) -> None:
    open_houses(window)
    hover(window.contour_plot, *window.contour_plot.state.lowest)
    text = window.hover.text()
    assert "w₁ = " in text
    assert "w₂ = " in text
    assert "J = " in text


def test_points_that_cannot_be_edited_say_so(window: MainWindow) -> None:
    open_houses(window)
    for name in ("addPoint", "editPoint", "removePoint"):
        action = window.actions_[name]
        assert not action.isEnabled()
        assert "several features" in action.toolTip()


def test_the_equation_has_every_weight(window: MainWindow) -> None:
    open_houses(window)
    wait_until(lambda: window.equation.text().count("x") == 3)
    assert [name in window.equation.text() for name in ("x1", "x2", "x3")] == [True] * 3


def test_one_feature_again_shows_the_plane_to_click_in(window: MainWindow) -> None:
    open_houses(window)
    window.document.clear()
    settle(window)
    assert window.data_plot.isVisible()
    assert not combo(window, "planeX").isVisible()
    window.data_plot.setFocus()
    press(window, QKeySequence("Ctrl+Z")[0].key(), CONTROL)
    settle(window)
    assert window.data_view.fit_plot.isVisible()
    assert len(window.snapshot.theta) == 4


def test_a_session_keeps_all_features(window: MainWindow, tmp_path: Path) -> None:
    data = open_houses(window)
    path = tmp_path / "houses.gdviz"
    program_desk = window.document
    from gdviz.files.session import Session, read_session, write_session

    theta = tuple(map(float, window.snapshot.theta))
    settings = program_desk.settings.as_mapping()
    write_session(path, Session(data, settings, window.document.start, theta))
    np.testing.assert_array_equal(read_session(str(path)).dataset.X, data.X)
    window.file_dropped.emit(str(path))
    settle(window)
    np.testing.assert_array_equal(window.document.dataset.X, data.X)
    assert window.data_view.fit_plot.isVisible()


def test_many_points_are_sampled_and_stay_alive(window: MainWindow) -> None:
    open_houses(window, n_points=50_000, n_features=4)
    assert len(window.data_view.fit_plot.places[0]) == 2_000
    set_speed(window, float("inf"))
    start_training(window, steps=100)
    press(window, Qt.Key.Key_Space)
    settle(window)
    assert all_finite(*window.data_view.fit_plot.places)


def test_collinear_features_are_explained(window: MainWindow) -> None:
    x = np.linspace(0, 1, 20)
    data = Dataset(np.column_stack((x, 2 * x)), 3 * x, ("a", "b"))
    window.document.open(data, Origin("collinear"))
    set_speed(window, float("inf"))
    run_to_the_end(window)
    wait_until(lambda: "many answers are as good" in window.status.text())


def test_a_stochastic_step_lights_its_point(window: MainWindow) -> None:
    data = open_houses(window)
    window.document.change_settings(mode="sgd")
    press(window, Qt.Key.Key_Right)
    settle(window)
    plot = window.data_view.fit_plot
    x, y = plot.places
    used = int(window.snapshot.last_batch[0])  # type: ignore[index]
    assert x[used] == data.y[used]
    assert has_color_near(plot, x[used], y[used], LIGHT.used)


def test_the_slice_is_drawn_roughly_while_it_moves_and_well_when_it_rests(
    window: MainWindow,
) -> None:
    open_houses(window)
    state = window.contour_plot.state
    assert not state.is_moving
    set_speed(window, 200)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: state.is_moving)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: not state.is_moving)


def test_while_it_moves_the_slice_is_a_picture_that_is_moved(window: MainWindow) -> None:
    """It looks as if it had been painted there, and is painted anew only where it must be."""
    open_houses(window)
    plot = window.contour_plot
    ground, snapshot = plot._layers.ground, window.snapshot

    def show(change: float) -> FloatArray:
        """Show the run with another weight that is held; return where the slice is lowest."""
        theta = np.array(snapshot.theta)
        theta[3] += change
        plot.show_snapshot(replace(snapshot, theta=theta, status=Status.TRAINING))
        return plot.state.lowest

    home = show(0.0)
    per_unit = float(np.abs((show(1.0) - home) / np.array(plot.pixel_size())).max())

    def walk(pixels: float) -> None:
        show(pixels / per_unit)

    walk(3)
    picture(plot)
    painted = ground.n_painted
    for pixels in (8, 20.4, 33, -11):
        walk(pixels)
        moved = picture(plot)
        assert plot.state.is_moving
        assert ground.n_painted == painted
        ground.invalidate()
        fresh = picture(plot)
        assert ground.n_painted == painted + 1
        painted += 1
        away = np.abs(moved.astype(int) - fresh.astype(int)).max(axis=-1) > 8
        assert away.mean() < 0.02  # edges of bands, by less than a pixel
    walk(-0.5 * plot.view.width())
    picture(plot)
    assert ground.n_painted == painted + 1


def test_the_minimum_and_the_lowest_place_of_the_slice_are_told_apart(window: MainWindow) -> None:
    data = open_houses(window)
    plot, legend = window.contour_plot, window.controls.legend
    assert "lowest" in [name for name, _ in legend.rows]
    state = plot.state
    assert state.goal is not None
    np.testing.assert_allclose(state.goal, least_squares(data)[1:3])
    apart = np.abs(state.goal - state.lowest) / np.array(plot.pixel_size())
    assert apart.max() > 25
    assert has_color_near(plot, *map(float, state.goal), LIGHT.minimum, 1)
    assert has_color_near(plot, *map(float, state.lowest), LIGHT.halo, 1)  # hollow
    assert has_color_near(plot, *map(float, state.lowest), LIGHT.minimum, 12)
    window.document.change_settings(standardize=True, learning_rate=0.5)
    set_speed(window, float("inf"))
    run_to_the_end(window)
    np.testing.assert_allclose(state.goal, state.lowest, atol=1e-3)
    open_bundled(window, "starter")
    settle(window)
    assert state.goal is None
    assert "lowest" not in [name for name, _ in legend.rows]


def test_where_no_minimum_is_the_only_one_no_place_is_said_to_be_it(window: MainWindow) -> None:
    open_houses(window, n_points=3, n_features=6)
    state = window.contour_plot.state
    assert state.goal is None
    assert has_color_near(window.contour_plot, *map(float, state.lowest), LIGHT.halo, 1)


def test_the_gradient_has_a_slope_for_each_weight(window: MainWindow) -> None:
    formula = child(window, QLabel, "gradientFormula")
    assert formula.text().startswith("∂J/∂m = (2/N) Σ e·x ")
    open_houses(window)
    assert formula.text().startswith("∂J/∂wⱼ = (2/N) Σ e·xⱼ ")


def test_the_tab_of_the_coefficients_has_room_at_once(window: MainWindow) -> None:
    from PySide6.QtWidgets import QTabBar

    tabs = child(window, QTabBar, "lowerTabs")
    open_houses(window)
    last = tabs.tabRect(3)
    assert last.right() <= tabs.width()
    assert last.width() > 60


def test_bars_forget_the_values_of_other_data(window: MainWindow) -> None:
    open_houses(window)
    bars = window.panels.coefficients.bars
    bars.show_values(np.full(4, 1e6))
    window.document.open(houses(noise=0.5), Origin("other houses"))
    assert (bars.values == 0).all()
    assert (bars._reach < 100).all()


# --- coefficients and matrices --------------------------------------------------------------------


def show_coefficients(window: MainWindow) -> CoefficientPanel:
    press(window, Qt.Key.Key_4, CONTROL)
    wait_until(lambda: "coefficients" in window.lower_pages.visible_pages)
    settle(window)
    return window.panels.coefficients


def shown_numbers(line: Line) -> list[str]:
    """Return the entries of the matrices of a line as they are shown, in reading order."""
    return [
        text for piece in line if isinstance(piece, Matrix) for row in piece.texts for text in row
    ]


@pytest.mark.parametrize("standardize", [False, True])
def test_bars_are_in_the_coordinates_of_the_descent(window: MainWindow, standardize: bool) -> None:
    data = open_houses(window)
    window.document.change_settings(standardize=standardize)
    panel = show_coefficients(window)
    press(window, Qt.Key.Key_Right)
    settle(window)
    cost = make_cost(data, window.document.settings)
    theta = cost.scaling.from_user(window.snapshot.theta)
    np.testing.assert_allclose(panel.bars.values, theta, rtol=1e-12)
    assert np.abs(panel.bars.values).max() > 0.1
    np.testing.assert_allclose(
        panel.bars.best, cost.scaling.from_user(least_squares(data)), rtol=1e-9
    )


@pytest.mark.parametrize("standardize", [False, True])
def test_matrices_after_a_step_are_those_of_numpy(window: MainWindow, standardize: bool) -> None:
    data = open_houses(window)
    window.document.change_settings(standardize=standardize)
    panel = show_coefficients(window)
    press(window, Qt.Key.Key_Right)
    settle(window)
    X, theta = data.X, np.array(window.snapshot.theta)
    prediction = X @ theta[1:] + theta[0]
    error = data.y - prediction
    if standardize:  # ŷ and u are the same, X and θ are not
        theta = np.append(theta[0] + theta[1:] @ X.mean(axis=0), theta[1:] * X.std(axis=0))
        X = (X - X.mean(axis=0)) / X.std(axis=0)
    kept = [0, 1, -1]
    numbers = [*theta[:1], *X[kept].ravel(), *theta[1:], *prediction[kept]]
    numbers += [*data.y[kept], *prediction[kept], *error[kept], *theta[1:]]
    shown = [
        float(text.replace("−", "-").replace("\N{NARROW NO-BREAK SPACE}", ""))
        for line in panel.matrices.lines
        for text in shown_numbers(line)
        if text not in DOTS
    ]
    np.testing.assert_allclose(shown, numbers, rtol=5e-3)
    latex = panel.matrices.latex
    assert (r"Z \beta_{z}" in latex, r"\alpha_{z}" in latex) == (standardize, standardize)
    assert (r"X \beta^" in latex) == (not standardize)
    assert panel.note.isVisible() == standardize
    assert ("Z is X standardised" in panel.note.text()) == standardize


def test_all_matrices_are_seen_on_a_small_screen(window: MainWindow) -> None:
    window.resize(1280, 690)
    panel = window.panels.coefficients
    for standardize, n_features in product((False, True), (2, 3, 50)):
        with about((standardize, n_features)):
            open_houses(window, n_points=60, n_features=n_features)
            window.document.change_settings(standardize=standardize, learning_rate=1e-3)
            show_coefficients(window)
            press(window, Qt.Key.Key_Right)
            settle(window)
            wait_until(lambda: panel.area.verticalScrollBar().maximum() == 0)
            assert panel.matrices.sizeHint().width() <= panel.area.viewport().width()


def test_matrices_are_scrolled_and_copied_by_keys(window: MainWindow) -> None:
    open_houses(window)
    panel = show_coefficients(window)
    panel.area.setFixedHeight(60)
    settle(window)
    bar = panel.area.verticalScrollBar()
    wait_until(lambda: bar.maximum() > 60)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        before = bar.value()
        press(window, key)
        assert bar.value() > before
    press(window, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == panel.matrices.latex
    step = window.snapshot.step
    press(window, Qt.Key.Key_Right)  # still a step
    settle(window)
    assert window.snapshot.step == step + 1
