"""The bundled sets are what their sources say, and teach what they are there to teach."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from gdviz.assets import resource
from gdviz.core.dataset import Dataset
from gdviz.core.proposal import propose_rate
from gdviz.core.settings import RunSettings, check_theta
from gdviz.files.bundled import (
    BundledSet,
    Suggestions,
    bundled,
    bundled_infos,
    bundled_names,
    unknown_name,
)
from gdviz.files.csv_reader import FileError

NAMES = bundled_names()


def hessian(data: Dataset) -> np.ndarray:
    """H = 2 [[1, mean x], [mean x, mean x²]], under ``mse``."""
    mean, square = data.x.mean(), (data.x**2).mean()
    return 2 * np.array([[1, mean], [mean, square]])


def condition(data: Dataset) -> float:
    smallest, largest = np.linalg.eigvalsh(hessian(data))
    return float(largest / smallest)


def test_the_index_and_the_files_agree() -> None:
    files = {path.stem for path in resource("datasets").glob("*.csv")}
    assert files == set(NAMES)
    assert NAMES[0] == "starter"


@pytest.mark.parametrize("name", NAMES)
def test_every_set_opens_and_says_what_it_is(name: str) -> None:
    item = bundled(name)
    assert item.dataset.n_points >= 5
    assert item.dataset.n_features == (3 if name == "mtcars" else 1)
    assert item.dataset.name == item.title
    for line in (item.title, item.description, item.source):
        assert line
        assert "\n" not in line
    assert item.info in bundled_infos()


def test_suggestions_are_settings_without_what_is_left_to_the_program() -> None:
    assert Suggestions().as_settings() == {"standardize": False, "fit_intercept": True}
    assert Suggestions(
        standardize=True,
        fit_intercept=False,
        start=(0.0, 1.0),
        tolerance=0.01,
        learning_rate=0.5,
    ).as_settings() == {
        "standardize": True,
        "fit_intercept": False,
        "tolerance": 0.01,
        "learning_rate": 0.5,
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_suggestions_of_every_set_can_be_used(name: str) -> None:
    suggestions = bundled(name).suggestions
    RunSettings.from_mapping(suggestions.as_settings())
    if suggestions.start is not None:
        check_theta(suggestions.start, bundled(name).dataset.n_features)


def test_starter_has_a_moderately_narrow_valley() -> None:
    data = bundled("starter").dataset
    assert data.n_points == 10
    assert 0 <= data.x.min() < data.x.max() <= 4
    assert 27 < condition(data) < 33
    assert np.polyfit(data.x, data.y, 1)[0] > 0.3


def test_women_are_those_of_r() -> None:
    item = bundled("women")
    assert item.dataset.feature_names == ("height (in)",)
    assert item.dataset.target_name == "weight (lb)"
    assert item.dataset.x.tolist() == list(range(58, 73))
    # R: coef(lm(weight ~ height, women)) is -87.51667, 3.45.
    slope, intercept = np.polyfit(item.dataset.x, item.dataset.y, 1)
    assert slope == pytest.approx(3.45, rel=1e-10)
    assert intercept == pytest.approx(-87.516666667, rel=1e-9)
    assert item.suggestions.standardize
    assert "Almanac" in item.source
    assert "McNeil" in item.source


def test_cars_are_those_of_r() -> None:
    item = bundled("mtcars")
    data = item.dataset
    assert data.feature_names == ("weight (1000 lb)", "power (hp)", "quarter mile (s)")
    assert data.target_name == "mpg"
    assert data.n_points == 32
    # R: colMeans(mtcars) has 3.21725, 146.6875, 17.84875 and 20.090625.
    assert data.X.mean(axis=0) == pytest.approx([3.21725, 146.6875, 17.84875])
    assert data.y.mean() == pytest.approx(20.090625)
    # R: coef(lm(mpg ~ wt + hp + qsec)) is 27.61053, -4.35880, -0.01782, 0.51083.
    A = np.column_stack((np.ones(32), data.X))
    assert np.linalg.lstsq(A, data.y)[0] == pytest.approx(
        [27.61053, -4.35880, -0.01782, 0.51083], abs=5e-6
    )
    assert item.suggestions.standardize
    assert "Motor Trend" in item.source
    assert "Henderson" in item.source


def test_the_rate_that_is_suggested_for_the_cars_walks_there() -> None:
    """The plain loop on z = (x - mean)/std: near the minimum within 500 steps, never uphill."""
    item = bundled("mtcars")
    rate = item.suggestions.learning_rate
    assert rate is not None
    X, y = item.dataset.X, item.dataset.y
    Z = np.column_stack((np.ones(32), (X - X.mean(axis=0)) / X.std(axis=0)))
    best = np.linalg.lstsq(Z, y)[0]
    theta, costs = np.zeros(4), []
    for _ in range(500):
        error = Z @ theta - y
        costs.append(float(error @ error) / 32)
        theta -= rate * 2 / 32 * Z.T @ error
    assert costs == sorted(costs, reverse=True)
    assert theta == pytest.approx(best, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_anscombes_four_share_their_statistics(number: int) -> None:
    """Anscombe (1973), p. 18: N = 11, means 9 and 7.5, y = 3 + 0.5 x, Σ(x − mean)² = 110."""
    data = bundled(f"anscombe-{number}").dataset
    assert data.n_points == 11
    assert data.x.mean() == 9
    assert data.y.mean() == pytest.approx(7.5, abs=0.002)
    assert ((data.x - 9) ** 2).sum() == 110
    slope, intercept = np.polyfit(data.x, data.y, 1)
    assert slope == pytest.approx(0.5, abs=0.0005)
    assert intercept == pytest.approx(3, abs=0.003)
    residual = ((data.y - slope * data.x - intercept) ** 2).sum()
    assert residual == pytest.approx(13.75, abs=0.03)


def steps_at_proposed_rate(data: Dataset, reduction: float = 1e-6) -> float:
    """Steps until the slowest direction has shrunk: its factor is 1 − ηλ_min, η near 1/λ_max."""
    rate = propose_rate(data, RunSettings())
    x = np.column_stack((np.ones(data.n_points), data.X))
    slowest = 1 - rate * np.linalg.eigvalsh(2 * x.T @ x / data.n_points)[0]
    return float(np.log(reduction) / np.log(slowest))


@pytest.mark.parametrize("name", [n for n in NAMES if n != "narrow-valley"])
def test_standardised_where_the_raw_descent_is_too_long(name: str) -> None:
    item = bundled(name)
    too_long = steps_at_proposed_rate(item.dataset) > 10_000
    assert item.suggestions.standardize == (too_long and item.suggestions.fit_intercept)


def test_outlier_is_a_line_but_for_one_point() -> None:
    data = bundled("outlier").dataset
    off = np.abs(data.y - (0.75 * data.x + 0.5))
    assert np.sort(off)[:-1] == pytest.approx(0, abs=1e-12)
    assert off.max() > 2


def test_narrow_valley_is_narrow_and_not_standardised() -> None:
    item = bundled("narrow-valley")
    assert 3_000 < condition(item.dataset) < 50_000
    assert item.dataset.x.min() > 10
    assert not item.suggestions.standardize


def steps_of_exercise(item: BundledSet, rate: float, limit: int = 10_000) -> int | None:
    """Plain Python: w ← w − η (2/N) Σ (w x − y) x until within the tolerance of the minimum."""
    points = list(zip(item.dataset.x.tolist(), item.dataset.y.tolist(), strict=True))
    start, tolerance = item.suggestions.start, item.suggestions.tolerance
    assert start is not None
    assert tolerance is not None
    w = start[1]
    best = sum(x * y for x, y in points) / sum(x * x for x, _ in points)
    for step in range(limit):
        if abs(w - best) <= tolerance * abs(start[1] - best):
            return step
        if abs(w) > 1e100:
            return None
        w -= rate * 2 / len(points) * sum((w * x - y) * x for x, y in points)
    return None


@pytest.mark.parametrize(("rate", "steps"), [(0.1, 81), (1.0, 6), (1.6, 1), (4.0, None)])
def test_learning_rate_exercise_has_its_published_answers(rate: float, steps: int | None) -> None:
    item = bundled("learning-rate-exercise")
    assert steps_of_exercise(item, rate) == steps


def test_learning_rate_exercise_is_exact() -> None:
    item = bundled("learning-rate-exercise")
    xs = [Fraction(x) for x in item.dataset.x.tolist()]
    assert sum(x * x for x in xs) / len(xs) == Fraction(5, 16)
    assert not item.suggestions.fit_intercept
    assert item.suggestions.start == (0.0, 0.0)
    assert item.suggestions.tolerance == 0.0055


def test_unknown_names_get_the_closest_one() -> None:
    with pytest.raises(FileError, match="Did you mean women"):
        bundled("woman")
    assert "Did you mean narrow-valley" in unknown_name("Narrow Valley")
    text = unknown_name("zzzzzzzz")
    assert "Did you mean" not in text
    assert all(name in text for name in NAMES)
