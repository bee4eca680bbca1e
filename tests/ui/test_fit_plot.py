"""The fit of several features: what is seen, and what the mouse finds."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from gdviz.core.dataset import Dataset
from gdviz.ui.data_view import DataView
from gdviz.ui.document import Origin
from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.fit_plot import FitPlot
from gdviz.ui.theme import LIGHT
from tests.hands import (
    drag_view,
    has_color_near,
    hover,
    is_color,
    is_shown,
    leave,
    picture,
    pixel,
    settle,
    view_of,
)

FloatArray = npt.NDArray[np.float64]
THETA = np.array((1.0, 0.8, -1.5, 0.4))


def houses(n_points: int = 12) -> Dataset:
    generator = np.random.default_rng(7)
    X = generator.normal((1.0, -2.0, 4.0), 1.0, (n_points, 3))
    y = X @ (1.0, -2.0, 0.5) + 1 + generator.normal(size=n_points)
    return Dataset(X, y, ("u", "v", "w"), "price")


@pytest.fixture
def plot(qtbot: Any) -> FitPlot:
    plot = FitPlot(LIGHT)
    qtbot.addWidget(plot)
    plot.resize(520, 400)
    plot.show_dataset(houses(), fit=True)
    plot.show_theta(THETA)
    plot.show()
    plot.fit()
    plot.set_residuals_visible(False)
    return plot


def seen_along(plot: FitPlot, slope: float, height: float, color: str) -> list[bool]:
    """Tell for places on a line, away from all points, whether the colour is there."""
    (x0, x1), _ = view_of(plot)
    result = []
    width, tall = plot.pixel_size()
    for x in np.linspace(x0, x1, 40)[1:-1]:
        y = slope * x + height
        px, py = plot.places
        is_free = np.hypot((px - x) / width, (py - y) / tall).min() > 12
        if is_free and is_shown(plot, float(x), float(y)):
            result.append(has_color_near(plot, float(x), float(y), color, 1))
    return result


def test_predicted_equals_actual_on_the_diagonal(plot: FitPlot) -> None:
    seen = seen_along(plot, 1.0, 0.0, LIGHT.muted)
    assert len(seen) > 10
    assert all(seen)


@pytest.mark.parametrize("feature", [0, 1, 2])
def test_against_one_feature_the_others_are_held_at_their_means(
    plot: FitPlot, feature: int
) -> None:
    plot.show_feature(feature)
    plot.set_residuals_visible(False)
    weights, means = THETA[1:], houses().X.mean(axis=0)
    others = sum(weights[k] * means[k] for k in range(3) if k != feature)
    seen = seen_along(plot, weights[feature], THETA[0] + others, LIGHT.line)
    assert len(seen) > 10
    assert all(seen)
    assert not is_color(picture(plot), LIGHT.minimum, 20).any()


@pytest.mark.parametrize("feature", [None, 1])
def test_the_mouse_finds_a_point(plot: FitPlot, feature: int | None) -> None:
    told: list[int] = []
    plot.point_hovered.connect(told.append)
    plot.show_feature(feature)
    x, y = plot.places
    hover(plot, float(x[4]), float(y[4]))
    data = houses()
    assert f"{data.y[4]:.5g}"[:4] in plot.toolTip()
    hover(plot, float(x[9]), float(y[9]))
    leave(plot)
    assert told == [4, 9, -1]
    assert plot.toolTip() == ""


def test_no_point_of_other_data_is_under_the_mouse(plot: FitPlot) -> None:
    told: list[int] = []
    plot.point_hovered.connect(told.append)
    x, y = plot.places
    hover(plot, float(x[11]), float(y[11]))
    plot.show_dataset(houses(5), fit=False)
    assert told == [11, -1]
    assert plot.toolTip() == ""


def test_the_data_view_tells_which_point_is_hovered(window: MainWindow) -> None:
    window.document.open(houses(), Origin("houses"))
    settle(window)
    told: list[int] = []
    window.data_view.point_hovered.connect(told.append)
    x, y = window.data_view.fit_plot.places
    hover(window.data_view.fit_plot, float(x[3]), float(y[3]))
    assert told == [3]


@pytest.mark.parametrize("feature", [None, 2])
def test_a_marked_point_has_a_ring_and_a_residual(plot: FitPlot, feature: int | None) -> None:
    plot.show_feature(feature)
    data = houses()
    predicted = data.X @ THETA[1:] + THETA[0]
    across = data.y if feature is None else data.X[:, feature]
    off = np.abs(predicted - data.y)
    marked = int(off.argmax())
    assert not is_color(picture(plot), LIGHT.accent, 15).any()
    before = picture(plot)
    plot.show_mark(marked)
    after = picture(plot)
    x, y = plot.places
    ring = np.argwhere(is_color(after, LIGHT.accent, 15))
    spot = plot.viewport().mapTo(plot, pixel(plot, float(x[marked]), float(y[marked])))
    assert len(ring) > 20
    assert np.abs(ring.mean(axis=0) - (spot.y(), spot.x())).max() < 3
    new = (after != before).any(axis=-1) & is_color(after, LIGHT.residual, 25)
    rows, columns = np.nonzero(new)
    ends = [
        plot.viewport().mapTo(plot, pixel(plot, float(across[marked]), float(value))).y()
        for value in (data.y[marked], predicted[marked])
    ]
    # Up to the dot that covers one end, and the ring around it.
    assert min(ends) - 2 <= rows.min() <= min(ends) + 12
    assert max(ends) - 12 <= rows.max() <= max(ends) + 2
    assert columns.max() - columns.min() == 2  # strong: three pixels wide
    plot.show_mark(-1)
    np.testing.assert_array_equal(picture(plot), before)


@pytest.mark.parametrize("feature", [None, 0])
def test_squares_are_seen_square(plot: FitPlot, feature: int | None) -> None:
    data = houses()
    one = int(np.abs(data.X @ THETA[1:] + THETA[0] - data.y).argmax())
    alone = Dataset(data.X[[one]], data.y[[one]], data.feature_names, data.target_name)
    plot.show_feature(feature)
    plot.show_dataset(alone, fit=False)
    predicted = float(data.X[one] @ THETA[1:] + THETA[0])
    x = float(data.y[one] if feature is None else data.X[one, feature])
    ends = [pixel(plot, x, value) for value in (float(data.y[one]), predicted)]
    length = abs(ends[0].y() - ends[1].y())
    assert length > 20
    before = picture(plot)
    plot.set_squares_visible(True)
    after = picture(plot)
    rows, columns = np.nonzero((after != before).any(axis=-1))
    # The dot, or the small ring of the prediction, covers a corner.
    assert columns.max() - columns.min() == pytest.approx(length, abs=5)
    assert rows.max() - rows.min() == pytest.approx(length, abs=9)


def test_data_of_before_are_let_go_when_there_is_one_feature(qtbot: Any) -> None:
    view = DataView(LIGHT)
    qtbot.addWidget(view)
    view.show_dataset(houses(), fit=True)
    data = houses(200)
    view.show_dataset(data, fit=True)
    view.show_theta(THETA)
    kept = weakref.ref(data)
    view.show_dataset(Dataset.from_points([(0.0, 1.0), (1.0, 2.0)]), fit=True)
    del data
    gc.collect()
    assert kept() is None
    assert len(view.fit_plot.places[0]) == 0
    view.show_dataset(houses(), fit=True)  # and back again
    view.show_theta(THETA)
    assert len(view.fit_plot.places[0]) == 12


def test_the_view_opens_where_predictions_leave_it_and_says_who_is_still_outside(
    plot: FitPlot,
) -> None:
    before = view_of(plot)
    plot.show_theta(THETA)
    assert view_of(plot) == before
    plot.show_theta(np.array((9.0, 0.8, -1.5, 0.4)))
    after = view_of(plot)
    assert after[0] == before[0]
    assert after[1][1] > before[1][1]
    assert all(is_shown(plot, *map(float, place)) for place in zip(*plot.places, strict=True))
    corner = picture(plot)[-70:-40, -180:]
    plot.show_theta(np.array((500.0, 0.8, -1.5, 0.4)))  # too far to be waited for
    assert view_of(plot)[1][1] < 100
    assert (picture(plot)[-70:-40, -180:] != corner).any()


def test_a_view_that_a_person_has_moved_stays(plot: FitPlot) -> None:
    drag_view(plot, 40, 30)
    before = view_of(plot)
    plot.show_theta(np.array((9.0, 0.8, -1.5, 0.4)))
    assert view_of(plot) == before
    plot.fit()
    assert view_of(plot) != before
