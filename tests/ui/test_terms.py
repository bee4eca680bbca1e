"""Pictures of the terms: squares, pulls, points as lines, marks; and what is drawn stronger."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAction, QKeySequence

from gdviz.core.cost import QuadraticCost
from gdviz.core.dataset import Dataset
from gdviz.core.fit_view import FitView
from gdviz.core.scaling import Scaling
from gdviz.core.settings import RunSettings
from gdviz.core.working import Working
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.canvas import PixelMap
from gdviz.ui.plots.contour_plot import ContourPlot
from gdviz.ui.plots.contour_terms import MOST_TERMS, line_ends
from gdviz.ui.plots.data_plot import DataPlot
from gdviz.ui.plots.fit_plot import FitPlot
from gdviz.ui.plots.note import NoteWriter
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.residuals import MOST_SQUARES, Residuals
from gdviz.ui.plots.terrain import Terrain
from gdviz.ui.theme import DARK, LIGHT, Theme
from tests.hands import about, hover, is_color, leave, picture, pixel, press, settle

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
WIDTH, HEIGHT = 480.0, 360.0
SETTINGS = RunSettings(learning_rate=0.1)
THETA = np.array((0.4, 0.1))
POINTS = [(0.5, 2.0), (1.0, 0.2), (2.2, 3.0), (3.0, 2.2)]
finite = st.floats(-1e3, 1e3)


def spread(n_points: int) -> Dataset:
    random = np.random.default_rng(1)
    x = random.uniform(0, 4, n_points)
    y = 1 + 0.7 * x + random.normal(0, 0.6, n_points)
    return Dataset.from_points(list(zip(x.tolist(), y.tolist(), strict=True)))


@pytest.fixture
def data_plot(qtbot: Any) -> DataPlot:
    plot = DataPlot(LIGHT)
    qtbot.addWidget(plot)
    plot.resize(int(WIDTH), int(HEIGHT))
    plot.hide_hint()
    plot.show_theta(THETA)
    plot.show_dataset(Dataset.from_points(POINTS), fit=True)
    plot.show()
    plot.fit()
    return plot


@pytest.fixture
def working() -> Working:
    data = Dataset.from_points(POINTS)
    cost = QuadraticCost(data.moments, "mse", True, Scaling.none(1))
    return Working.of(data, SETTINGS, cost, THETA, None)


@pytest.fixture
def contour_plot(qtbot: Any, working: Working) -> ContourPlot:
    cost = QuadraticCost(working.dataset.moments, "mse", True, Scaling.none(1))
    plot = ContourPlot(LIGHT)
    qtbot.addWidget(plot)
    plot.resize(int(WIDTH), int(HEIGHT))
    plot.show_terrain(Terrain(cost, cost, (0.0, 0.0)), fit=True)
    plot.show_theta(THETA)
    plot.show()
    plot.fit()
    return plot


def changed(plot: Any, change: Callable[[], None]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which pixels a change makes different."""
    before = picture(plot)
    change()
    return np.asarray((picture(plot) != before).any(axis=-1))


def shows(plot: Plot, place: FloatArray, color: str, reach: int) -> bool:
    """Tell whether a colour is near a place; no colour of viridis is taken for the residuals'."""
    at = pixel(plot, *place)
    near = picture(plot)[at.y() - reach : at.y() + reach + 1, at.x() - reach : at.x() + reach + 1]
    return bool(is_color(near, color, 25).any())


# --- squares --------------------------------------------------------------------------------------


@given(st.lists(st.tuples(finite, finite, finite), min_size=1), st.floats(50, 2000))
def test_squares_are_as_wide_as_high_as_the_residual_is_long(
    rows: list[tuple[float, float, float]], width: float
) -> None:
    across, actual, predicted = np.array(rows).T
    for box, row in zip(Residuals(across, actual, predicted).boxes(width), rows, strict=True):
        left, top, wide, high = box
        assert wide == high == abs(row[1] - row[2])
        assert top == min(row[1], row[2])
        # The residual is one of its sides, and it lies towards the middle.
        assert left == row[0] if row[0] < width / 2 else left + wide == pytest.approx(row[0])


@pytest.mark.parametrize("point", range(len(POINTS)))
def test_a_square_is_seen_square_on_the_screen(data_plot: DataPlot, point: int) -> None:
    alone = Dataset.from_points([POINTS[point]])
    view = data_plot.view.viewRange()
    data_plot.show_dataset(alone, fit=False)
    assert data_plot.view.viewRange() == view
    rows, columns = np.nonzero(changed(data_plot, lambda: data_plot.set_squares_visible(True)))
    x, y = POINTS[point]
    length = abs(pixel(data_plot, x, y).y() - pixel(data_plot, x, THETA[0] + THETA[1] * x).y())
    assert length > 20
    assert columns.max() - columns.min() == pytest.approx(length, abs=3)
    assert rows.max() - rows.min() == pytest.approx(length, abs=8)  # the point covers its corner


def test_squares_can_be_hidden_again(data_plot: DataPlot) -> None:
    before = picture(data_plot)
    data_plot.set_squares_visible(True)
    assert (picture(data_plot) != before).any()
    data_plot.set_squares_visible(False)
    assert np.array_equal(picture(data_plot), before)


@pytest.mark.parametrize(
    ("n_points", "are_drawn"), [(MOST_SQUARES, True), (MOST_SQUARES + 1, False)]
)
def test_there_are_no_squares_of_too_many_points(
    data_plot: DataPlot, n_points: int, are_drawn: bool
) -> None:
    data_plot.show_dataset(spread(n_points), fit=True)
    assert changed(data_plot, lambda: data_plot.set_squares_visible(True)).any() == are_drawn


def test_a_density_image_has_no_residuals_squares_nor_emphasis(data_plot: DataPlot) -> None:
    data_plot.show_dataset(spread(10_001), fit=True)

    def show_all() -> None:
        data_plot.set_squares_visible(True)
        data_plot.emphasise(frozenset({"points", "residuals", "squares"}))

    assert not changed(data_plot, show_all).any()


def test_huge_residuals_are_no_trouble(data_plot: DataPlot) -> None:
    data_plot.set_squares_visible(True)
    data_plot.emphasise(frozenset({"residuals", "squares", "line", "points"}))
    for theta in ((1e300, 0.0), (0.0, -1e300), (1e6, 1e5)):
        with about(theta):
            data_plot.show_theta(np.array(theta))
            picture(data_plot)


def test_many_residuals_are_faint_so_that_points_and_line_stand_out(data_plot: DataPlot) -> None:
    for n_points, least, most in ((20, 0.5, 1.0), (2000, 0.0, 0.1)):
        with about(n_points):
            data_plot.show_dataset(spread(n_points), fit=True)
            new = changed(data_plot, lambda: data_plot.set_residuals_visible(False))
            data_plot.set_residuals_visible(True)
            drawn = picture(data_plot)[new]
            share = is_color(drawn, LIGHT.residual, 60).mean()
            assert least <= share <= most


# --- one point ------------------------------------------------------------------------------------


def test_the_plot_tells_which_point_the_mouse_is_over(data_plot: DataPlot) -> None:
    told: list[int] = []
    data_plot.point_hovered.connect(told.append)
    hover(data_plot, *POINTS[2])
    hover(data_plot, *POINTS[2])
    hover(data_plot, *POINTS[0])
    leave(data_plot)
    assert told == [2, 0, -1]
    hover(data_plot, *POINTS[1])
    data_plot.show_dataset(Dataset.from_points(POINTS[:2]), fit=False)  # indices mean others now
    assert told == [2, 0, -1, 1, -1]


def test_a_marked_point_has_a_ring_and_a_wide_residual(data_plot: DataPlot) -> None:
    data_plot.set_residuals_visible(False)
    x, y = POINTS[2]
    middle = (y + THETA[0] + THETA[1] * x) / 2
    assert not is_color(picture(data_plot), LIGHT.accent, 15).any()
    data_plot.show_mark(2)
    shown = picture(data_plot)
    at = pixel(data_plot, x, middle)
    assert is_color(shown[at.y(), at.x() - 8 : at.x() + 9], LIGHT.residual, 20).sum() == 3
    ring = np.argwhere(is_color(shown, LIGHT.accent, 15))
    spot = pixel(data_plot, x, y)
    assert len(ring) > 20
    assert np.abs(ring.mean(axis=0) - (spot.y(), spot.x())).max() < 3
    data_plot.show_mark(-1)
    assert not is_color(picture(data_plot), LIGHT.accent, 15).any()


def test_a_marked_point_has_its_residual_on_a_density_image(data_plot: DataPlot) -> None:
    data = spread(10_001)
    data_plot.show_dataset(data, fit=True)
    off = THETA[0] + THETA[1] * data.x - data.y
    marked = int(np.abs(off).argmax())
    x, y = data.point(marked)
    ends = [pixel(data_plot, x, value).y() for value in (y, y + off[marked])]
    before = picture(data_plot)
    data_plot.show_mark(marked)
    after = picture(data_plot)
    new = (after != before).any(axis=-1)
    assert is_color(after[new], LIGHT.accent, 15).sum() > 20
    at = pixel(data_plot, x, y)
    near = np.abs(np.arange(after.shape[1]) - at.x()) < 8
    rows, columns = np.nonzero(is_color(after, LIGHT.residual, 20) & new & near)
    assert columns.max() - columns.min() == 2
    assert len(rows) == pytest.approx(3 * abs(ends[0] - ends[1]), abs=30)  # a ring, the line
    data_plot.show_mark(-1)
    assert np.array_equal(picture(data_plot), before)


def test_a_marked_point_that_is_not_in_the_sample_is_shown_as_well(qtbot: Any) -> None:
    X = np.random.default_rng(4).normal(size=(3_000, 2))
    data = Dataset(X, X @ (1.0, -2.0) + 1, ("u", "v"), "y")
    plot = FitPlot(LIGHT)
    qtbot.addWidget(plot)
    plot.resize(480, 360)
    plot.show_dataset(data, fit=True)
    plot.show_theta(np.array((0.0, 0.5, 0.5)))
    plot.show()
    plot.fit()
    left_out = np.setdiff1d(np.arange(3_000), FitView.of(data, None).indices)
    predicted = X @ (0.5, 0.5)
    order = np.argsort(np.abs(predicted - data.y)[left_out])
    marked = int(left_out[order[700]])  # well off, and well inside
    for feature in (None, 1):
        plot.show_feature(feature)
        before = picture(plot)
        plot.show_mark(marked)
        after = picture(plot)
        x = data.y[marked] if feature is None else X[marked, feature]
        ring = np.argwhere(is_color(after, LIGHT.accent, 15))
        spot = pixel(plot, x, predicted[marked] if feature is None else data.y[marked])
        assert np.abs(ring.mean(axis=0) - (spot.y(), spot.x())).max() < 3
        new = (after != before).any(axis=-1) & is_color(after, LIGHT.residual, 20)
        assert new.sum() > 60
        plot.show_mark(-1)


def test_a_mark_goes_with_the_points_that_it_was_of(data_plot: DataPlot) -> None:
    data_plot.show_mark(3)
    data_plot.show_dataset(Dataset.from_points(POINTS[:3]), fit=False)
    assert data_plot.state.marked == -1
    data_plot.show_mark(17)  # of data that are not shown yet
    picture(data_plot)


# --- what is drawn stronger -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["points", "line", "residuals", "squares"])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_is_emphasised_in_the_data_stands_out_and_comes_back(
    data_plot: DataPlot, name: str, theme: Theme
) -> None:
    data_plot.apply_theme(theme)
    before = picture(data_plot)
    data_plot.emphasise(frozenset({name}))
    after = picture(data_plot)
    assert (after != before).any(axis=-1).sum() > 100
    assert np.array_equal(picture(data_plot), after)  # calm: it does not blink
    data_plot.emphasise(frozenset())
    assert np.array_equal(picture(data_plot), before)


@pytest.mark.parametrize("name", ["points", "line", "residuals", "squares"])
@pytest.mark.parametrize("feature", [None, 0])
def test_what_is_emphasised_in_the_fit_stands_out(
    qtbot: Any, name: str, feature: int | None
) -> None:
    random = np.random.default_rng(4)
    X = random.normal(size=(20, 3))
    plot = FitPlot(LIGHT)
    qtbot.addWidget(plot)
    y = X @ (1.0, -2.0, 0.5) + 1
    plot.show_dataset(Dataset(X, y, ("u", "v", "w"), "y"), fit=True)
    plot.show_feature(feature)
    plot.show_theta(np.zeros(4))
    plot.resize(480, 360)
    plot.show()
    plot.fit()
    before = picture(plot)
    plot.emphasise(frozenset({name}))
    assert (picture(plot) != before).any(axis=-1).sum() > 100
    plot.emphasise(frozenset())
    assert np.array_equal(picture(plot), before)


@pytest.mark.parametrize(("n_points", "are_marked"), [(20, True), (500, False)])
def test_what_is_predicted_of_each_point_is_marked(
    qtbot: Any, n_points: int, are_marked: bool
) -> None:
    X = np.random.default_rng(4).normal(size=(n_points, 3))
    y = X @ (1.0, -2.0, 0.5) + 6
    theta = np.array((1.0, 0.5, 2.0, -1.0))
    plot = FitPlot(LIGHT)
    qtbot.addWidget(plot)
    plot.resize(480, 360)
    plot.show_dataset(Dataset(X, y, ("u", "v", "w"), "y"), fit=True)
    plot.show_theta(theta)
    plot.show_feature(0)
    plot.show()
    plot.fit()
    plot.set_residuals_visible(False)
    without = is_color(picture(plot), LIGHT.line, 40).sum()
    plot.set_residuals_visible(True)
    marks = is_color(picture(plot), LIGHT.line, 40).sum() - without
    assert (marks > 4 * n_points) == are_marked
    plot.show_feature(None)
    assert not is_color(picture(plot), LIGHT.line, 20).any()


@pytest.mark.parametrize("name", ["contour", "dot", "gradient", "minimum", "slices", "step"])
def test_what_is_emphasised_in_the_contour_stands_out(
    contour_plot: ContourPlot, working: Working, name: str
) -> None:
    contour_plot.show_landing(working.new_theta)
    before = picture(contour_plot)
    contour_plot.emphasise(frozenset({name}))
    assert (picture(contour_plot) != before).any(axis=-1).sum() > 100
    contour_plot.emphasise(frozenset())
    assert np.array_equal(picture(contour_plot), before)


def test_the_slices_go_through_the_dot_along_the_axes(contour_plot: ContourPlot) -> None:
    new = changed(contour_plot, lambda: contour_plot.emphasise(frozenset({"slices"})))
    dot = pixel(contour_plot, *contour_plot.state.dot)
    assert (np.abs(np.nonzero(new[:, dot.x() + 60])[0] - dot.y()) <= 3).all()
    assert (np.abs(np.nonzero(new[dot.y() + 60])[0] - dot.x()) <= 3).all()
    assert new[dot.y(), dot.x() + 20 :].sum() > 100


# --- pulls ----------------------------------------------------------------------------------------


def test_the_pulls_add_up_from_the_dot_to_where_the_step_lands(
    contour_plot: ContourPlot, working: Working
) -> None:
    pulls = working.pulls(0, len(POINTS))
    assert not shows(contour_plot, working.new_theta, LIGHT.line, 3)
    contour_plot.show_pulls(pulls)
    place = THETA.copy()
    for pull in pulls:
        if (
            math.hypot(*((place + pull / 2 - THETA) / contour_plot.pixel_size())) > 12
        ):  # not below it
            assert shows(contour_plot, place + pull / 2, LIGHT.residual, 2)
        place = place + pull
    assert np.allclose(place, working.new_theta)
    assert shows(contour_plot, working.new_theta, LIGHT.line, 6)
    contour_plot.show_pulls(None)
    assert not is_color(picture(contour_plot), LIGHT.residual, 5).any()


@pytest.mark.parametrize("share", [0.3, 0.02])
def test_short_pulls_are_enlarged_together_and_it_is_said(
    contour_plot: ContourPlot, working: Working, share: float
) -> None:
    pulls = share * working.pulls(0, len(POINTS))
    reach = math.hypot(*(pulls.sum(axis=0) / contour_plot.pixel_size()))
    assert reach < 40
    before = picture(contour_plot)
    contour_plot.show_pulls(pulls)
    after = picture(contour_plot)
    factors = [2.0**k for k in range(1, 12) if 60 <= 2.0**k * reach < 120]
    assert len(factors) == 1
    place = THETA + factors[0] * (pulls[:-1].sum(axis=0) + pulls[-1] / 2)
    assert shows(contour_plot, place, LIGHT.residual, 3)
    assert (after[-90:, -90:] == before[-90:, -90:]).all()
    tip = THETA + factors[0] * pulls.sum(axis=0)
    assert not shows(contour_plot, tip, LIGHT.line, 6)  # it does not land there
    at = pixel(contour_plot, *tip)
    around = np.s_[at.y() - 30 : at.y() + 30, at.x() - 90 : at.x() + 90]
    dark = (
        is_color(after[around], "#10141a", 70).sum() - is_color(before[around], "#10141a", 70).sum()
    )
    assert dark > 200  # the note
    contour_plot.show_pulls(None)
    contour_plot.show_marked_pull(1e-6 * pulls[0])
    assert is_color(picture(contour_plot), LIGHT.residual, 10).sum() > 20


@pytest.mark.parametrize("with_pulls", [True, False])
def test_a_step_is_drawn_as_it_is_and_the_pulls_beside_it_as_well(
    contour_plot: ContourPlot, working: Working, with_pulls: bool
) -> None:
    pulls = 0.02 * working.pulls(0, len(POINTS))
    contour_plot.show_landing(THETA + pulls.sum(axis=0))
    contour_plot.show_marked_pull(pulls[2])
    contour_plot.show_pulls(pulls if with_pulls else None)
    terms = contour_plot._layers._terms
    picture(contour_plot)
    assert terms._factor is not None
    assert terms._factor > 1
    contour_plot.emphasise(frozenset({"step"}))
    picture(contour_plot)
    assert terms._factor is None


def test_what_is_enlarged_stays_in_view(contour_plot: ContourPlot, working: Working) -> None:
    pulls = 0.02 * working.pulls(0, len(POINTS))
    contour_plot.show_pulls(pulls)
    (left, right), (bottom, top) = contour_plot.view.viewRange()
    for across, up in ((0.97, 0.97), (0.03, 0.5), (0.5, 0.95), (0.9, 0.04)):
        dot = np.array((left + across * (right - left), bottom + up * (top - bottom)))
        contour_plot.show_theta(dot)
        picture(contour_plot)
        factor = contour_plot._layers._terms._factor
        assert factor is not None
        tip = dot + factor * pulls.sum(axis=0)
        assert factor == 1 or (left < tip[0] < right and bottom < tip[1] < top)


def test_a_note_at_a_tip_covers_no_mark() -> None:
    writer, area = NoteWriter(), QRectF(0, 0, 300, 200)
    for tip in (QPointF(150, 100), QPointF(295, 4), QPointF(2, 198)):
        for mark in (tip + QPointF(20, 0), tip + QPointF(-20, 5), QPointF(120, 120)):
            place = writer.beside_tip("drawn ×8", QPointF(120, 120), tip, area, [mark])
            assert area.contains(place)
            assert not place.contains(mark)
            assert not place.contains(tip)


@pytest.mark.parametrize("size", [20.0, 1e6, 1e200, 1e305])
def test_far_pulls_keep_their_direction_and_are_drawn_within_the_view(
    contour_plot: ContourPlot, working: Working, size: float
) -> None:
    pulls = np.repeat(size * working.pulls(0, 1), 3, axis=0)
    contour_plot.show_pulls(pulls)
    picture(contour_plot)
    factor = contour_plot._layers._terms._factor
    assert factor is not None
    assert factor < 1
    chain = np.cumsum(factor * pulls, axis=0)
    reach = math.hypot(*(chain[-1] / contour_plot.pixel_size()))
    assert 0.3 * contour_plot.view.height() < reach < 0.85 * contour_plot.view.height()
    for tip in (0.45 * chain[0], 0.5 * (chain[1] + chain[2])):
        assert shows(contour_plot, THETA + tip, LIGHT.residual, 3)


def test_the_pull_of_the_point_whose_line_is_drawn_is_drawn_as_it_is(
    contour_plot: ContourPlot, working: Working
) -> None:
    contour_plot.show_pulls(0.05 * working.pulls(0, 1))
    picture(contour_plot)
    assert contour_plot._layers._terms._factor != 1
    contour_plot.show_next_line(working.lines((0, 1), working.rows(0, 1))[0])
    picture(contour_plot)
    assert contour_plot._layers._terms._factor is None


def test_the_enlargement_of_pulls_does_not_jump_to_and_fro(
    contour_plot: ContourPlot, working: Working
) -> None:
    terms = contour_plot._layers._terms
    whole = working.pulls(0, len(POINTS))
    whole *= 40 / math.hypot(*(whole.sum(axis=0) / contour_plot.pixel_size()))

    def factors(reaches: list[float]) -> list[float]:
        """Return the factors that pulls of such reaches, in pixels, are drawn with in turn."""
        result = []
        for reach in reaches:
            contour_plot.show_pulls(whole * reach / 40)
            picture(contour_plot)
            result.append(float(terms._factor or 0.0))
        return result

    assert factors([41, 39, 41, 32, 41]) == [1] * 5  # just about long enough
    assert factors([14.9, 15.1, 14.9, 19, 10, 19]) == [8] * 6
    assert factors([60]) == [1]  # too long for that
    halving = factors([20 * 0.97**k for k in range(150)])
    assert all(a <= b for a, b in pairwise(halving))
    assert len(set(halving)) < 8
    random = np.random.default_rng(1)
    factors([41, 10])
    noisy = factors([float(r) for r in 10 * random.uniform(0.5, 1.8, 60)])
    assert len(set(noisy)) == 1


def test_pulls_lie_on_a_faint_gradient_arrow(contour_plot: ContourPlot, working: Working) -> None:
    def arrow() -> int:
        return int(is_color(picture(contour_plot), LIGHT.gradient, 20).sum())

    assert arrow() > 50
    contour_plot.show_pulls(working.pulls(0, len(POINTS)))
    assert arrow() == 0
    contour_plot.show_pulls(None)
    assert arrow() > 50


@pytest.mark.parametrize(
    ("k", "are_drawn"), [(MOST_TERMS, True), (MOST_TERMS + 1, False), (0, False)]
)
def test_there_are_no_pulls_and_lines_of_too_many_points(
    contour_plot: ContourPlot, k: int, are_drawn: bool
) -> None:
    pulls = np.full((k, 2), 0.02)
    assert changed(contour_plot, lambda: contour_plot.show_pulls(pulls)).any() == are_drawn
    rows = np.column_stack((np.ones(k), np.linspace(-2, 2, k), np.ones(k)))
    assert changed(contour_plot, lambda: contour_plot.show_point_lines(rows)).any() == are_drawn


def test_the_pull_of_one_point_is_a_thick_arrow_from_the_dot(
    contour_plot: ContourPlot, working: Working
) -> None:
    pull = 3 * working.pulls(2, 3)[0]
    contour_plot.show_marked_pull(pull)
    assert shows(contour_plot, THETA + 0.6 * pull, LIGHT.residual, 1)
    assert is_color(picture(contour_plot), LIGHT.residual, 10).sum() > 80
    contour_plot.show_marked_pull(None)
    assert not is_color(picture(contour_plot), LIGHT.residual, 10).any()


def test_terms_of_a_diverging_step_are_no_trouble(contour_plot: ContourPlot) -> None:
    contour_plot.emphasise(frozenset({"step", "slices"}))
    for size in (1e12, 1e300, np.inf, np.nan):
        with about(size):
            contour_plot.show_pulls(np.array(((size, -size), (-size, size))))
            contour_plot.show_marked_pull(np.array((size, size)))
            contour_plot.show_point_lines(np.array(((1.0, size, size), (0.0, 0.0, 1.0))))
            contour_plot.show_next_line(np.array((size, 1.0, 0.0)))
            contour_plot.show_landing(np.array((size, -size)))
            picture(contour_plot)


# --- points as lines ------------------------------------------------------------------------------


@given(st.tuples(finite, finite, finite))
def test_a_line_is_drawn_where_its_equation_holds(row: tuple[float, float, float]) -> None:
    pixel_map = PixelMap(-2.0, 3.0, 100.0, -80.0, 400.0, 320.0, 1.0)
    a, c, d = row
    ends = line_ends(pixel_map, np.array((row,)))
    x, y = ends[:, 0] / 100 - 2, 3 - ends[:, 1] / 80
    assert np.allclose(a * x + c * y, d, atol=1e-6 * max(abs(a), abs(c), abs(d), 1e-300))
    corners = np.array([(u, v) for u in (-2.0, 2.0) for v in (-1.0, 3.0)])
    sides = corners @ (a, c) - d
    if (a or c) and sides.min() < 0 < sides.max():  # it crosses the view
        assert len(ends) == 2
        outside = (np.abs(ends - (200, 160)) >= (199, 159)).any(axis=1)
        assert outside.all()


def test_points_are_lines_and_the_step_lands_on_that_of_its_point(
    contour_plot: ContourPlot, working: Working
) -> None:
    data = working.dataset
    cost = QuadraticCost(data.moments, "mse", True, Scaling.none(1))
    x = POINTS[0][0]
    # The rate with which the step makes that point's own error 0: 1 = 2η (1 + x²).
    step = Working.of(
        data, SETTINGS.with_(learning_rate=0.5 / (1 + x * x)), cost, THETA, np.array([0])
    )
    rows = step.lines((0, 1), step.on_all_points())
    contour_plot.show_point_lines(rows)
    (b0, b1), (m0, m1) = contour_plot.view.viewRange()
    for a, c, d in rows:
        b = b0 + 0.3 * (b1 - b0)
        m = (d - a * b) / c
        if m0 < m < m1:
            assert shows(contour_plot, np.array((b, m)), LIGHT.residual, 2)
    thin = is_color(picture(contour_plot), LIGHT.residual, 25).sum()
    contour_plot.show_next_line(rows[0])
    contour_plot.show_landing(step.new_theta)
    assert is_color(picture(contour_plot), LIGHT.residual, 25).sum() > thin + 100
    assert rows[0, :2] @ step.new_theta == pytest.approx(rows[0, 2])
    assert shows(contour_plot, step.new_theta, LIGHT.line, 6)


# --- the actions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [("squares", Qt.Key.Key_Q), ("pulls", Qt.Key.Key_P), ("pointLines", Qt.Key.Key_L)],
)
def test_terms_are_switched_by_a_key(window: MainWindow, name: str, key: Qt.Key) -> None:
    action = window.findChild(QAction, name)
    assert action is not None
    assert not action.isChecked()
    assert not action.icon().isNull()
    assert QKeySequence(key).toString() in action.toolTip()
    press(window, key)
    assert action.isChecked()
    press(window, key)
    assert not action.isChecked()


def test_terms_that_cannot_be_shown_are_disabled_with_the_reason(window: MainWindow) -> None:
    expected = {8: (True, True), 51: (True, False), 301: (False, False)}
    for n_points, (squares, terms) in expected.items():
        with about(n_points):
            window.document.open(spread(n_points), window.document.origin)
            settle(window)
            for name, allowed in (("squares", squares), ("pulls", terms), ("pointLines", terms)):
                action = window.actions_[name]
                assert action.isEnabled() == allowed
                assert ("more than" in action.toolTip()) == (not allowed)
    window.document.change_settings(mode="sgd")  # a step that sees one point
    settle(window)
    assert window.actions_["pulls"].isEnabled()
