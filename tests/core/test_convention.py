"""The four conventions: s in J = s Σ e², as DESIGN has them."""

from __future__ import annotations

import pytest

from gdviz.core.convention import convention
from gdviz.core.settings import PARAMETERS, SettingsError

WEIGHTS = {"mse": 1 / 8, "half-mse": 1 / 16, "sum": 1.0, "half-sum": 0.5}


@pytest.mark.parametrize("name", PARAMETERS["convention"].values)
def test_it_weighs_as_its_name_says(name: str) -> None:
    how = convention(name)
    assert how.name == name
    assert how.weight(8) == WEIGHTS[name]
    assert how.factor(8) == 2 * WEIGHTS[name]
    assert how.weight(0) == how.weight(1)
    assert how.is_half is ("half" in name)
    assert how.is_mean is (how.weight(2) != how.weight(1))


@pytest.mark.parametrize(("name", "twin"), [("mse", "half-mse"), ("sum", "half-sum")])
def test_twins_differ_in_the_2_only(name: str, twin: str) -> None:
    assert convention(name).twin == convention(twin)
    assert convention(twin).twin == convention(name)
    assert convention(name).weight(5) == 2 * convention(twin).weight(5)


def test_another_name_is_refused() -> None:
    with pytest.raises(SettingsError, match="mae"):
        convention("mae")
