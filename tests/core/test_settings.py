"""The table of settings: what it refuses, and that it says what and within which bounds."""

from __future__ import annotations

import math
from dataclasses import fields

import pytest

from gdviz.core.dataset import Dataset
from gdviz.core.descent import Descent
from gdviz.core.settings import PARAMETERS, SPEED, RunSettings, SettingsError, check_theta


def test_the_table_and_the_settings_name_the_same_things_and_defaults() -> None:
    assert [row.name for row in fields(RunSettings)] == list(PARAMETERS)
    for name, value in RunSettings().as_mapping().items():
        assert value == PARAMETERS[name].default


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("learning_rate", 0.0, ["Learning rate", "0.0", "more than 0"]),
        ("learning_rate", -1, ["Learning rate", "-1", "more than 0"]),
        ("learning_rate", math.nan, ["Learning rate", "nan", "finite"]),
        ("learning_rate", math.inf, ["Learning rate", "inf", "finite"]),
        ("learning_rate", "fast", ["Learning rate", "'fast'", "number"]),
        ("learning_rate", True, ["Learning rate", "True", "number"]),
        ("mode", "stochastic", ["Points per step", "'stochastic'", "batch, mini-batch, sgd"]),
        ("batch_size", 0, ["Batch size", "0", "at least 1"]),
        ("batch_size", 2.5, ["Batch size", "2.5", "number"]),
        ("order", "random", ["Order", "'random'", "shuffled, given"]),
        ("seed", -1, ["Seed", "-1", "at least 0"]),
        ("seed", 2**31, ["Seed", str(2**31), "at most"]),
        ("convention", "mean", ["Cost", "'mean'", "mse, half-mse, sum, half-sum"]),
        ("optimizer", "adam", ["Update rule", "'adam'", "gd"]),
        ("standardize", 1, ["Standardise", "1", "true, false"]),
        ("fit_intercept", "no", ["intercept", "'no'", "true, false"]),
        ("tolerance", 0.0, ["Tolerance", "0.0", "more than 0 and at most 1"]),
        ("tolerance", 1.5, ["Tolerance", "1.5", "more than 0 and at most 1"]),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_name_value_and_bounds(
    name: str, value: object, words: list[str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        RunSettings().with_(**{name: value})
    for word in words:
        assert word in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("rate", [1e-300, 1e-6, 1, 10, 1e300])
def test_any_positive_rate_is_accepted(rate: float) -> None:
    assert RunSettings(learning_rate=rate).learning_rate == rate


def test_speed_goes_from_a_quarter_to_unlimited() -> None:
    SPEED.check(0.25)
    SPEED.check(math.inf)
    with pytest.raises(SettingsError, match=r"at least 0\.25"):
        SPEED.check(0.1)


def test_every_parameter_has_a_label_a_tooltip_and_an_option() -> None:
    for row in (*PARAMETERS.values(), SPEED):
        assert row.label
        assert row.tooltip.endswith(".")
        assert row.option == "--" + row.name.replace("_", "-")
        row.check(row.default)
        for choice in row.choices:
            assert choice.label
            assert choice.help


def test_settings_survive_a_mapping_and_pass_over_newer_names() -> None:
    settings = RunSettings(mode="sgd", seed=4, standardize=True)
    mapping = settings.as_mapping() | {"from_the_future": 1}
    assert RunSettings.from_mapping(mapping) == settings


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ((1.0,), ["1 numbers", "need 2"]),
        ((1.0, 2.0, 3.0), ["3 numbers", "need 2"]),
        ((1.0, math.nan), ["nan", "finite"]),
        ((math.inf, 1.0), ["inf", "finite"]),
        ((1e60, 1.0), ["1e+60", "1e+50"]),
    ],
)
def test_a_start_that_cannot_be_is_refused(start: tuple[float, ...], words: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        check_theta(start, 1)
    for word in words:
        assert word in str(caught.value)


def test_a_refused_start_leaves_the_run_as_it_is() -> None:
    descent = Descent(Dataset.from_points([(1.0, 2.0), (2.0, 3.0)]))
    descent.run(3)
    before = descent.theta
    with pytest.raises(SettingsError):
        descent.set_theta((math.nan, 0.0))
    with pytest.raises(SettingsError):
        descent.set_start((1.0,))
    assert descent.theta.tolist() == before.tolist()
