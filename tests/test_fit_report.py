"""What ``gdviz fit`` says of a run, where no file and no shell is needed to tell."""

from __future__ import annotations

import numpy as np
import pytest

from gdviz.core.dataset import Dataset
from gdviz.core.proposal import propose_rate, would_take_many_steps
from gdviz.core.settings import RunSettings
from gdviz.fit import Problem, fit
from gdviz.fit_report import verdict
from tests.hands import about

FAR = np.linspace(2, 8, 40)


@pytest.mark.parametrize("standardize", [False, True])
def test_it_advises_to_standardize_where_the_window_does(standardize: bool) -> None:
    said = []
    for far in FAR:
        dataset = Dataset.from_points([(far - 1, 1.0), (far, 2.5), (far + 1, 2.0)])
        plain = RunSettings()
        settings = plain.with_(standardize=standardize, learning_rate=propose_rate(dataset, plain))
        text = verdict(fit(Problem(dataset, settings, None), 10, None, None))
        with about(far):
            wanted = would_take_many_steps(dataset, plain) and not standardize
            assert ("--standardize" in text) is wanted
        said.append(wanted)
    assert any(said) is not standardize
    assert not all(said)


@pytest.mark.parametrize(
    ("rate", "said"), [(1e-3, "about "), (1e-13, "more than a billion steps more to go")]
)
def test_steps_to_go_are_a_number_that_one_can_picture(rate: float, said: str) -> None:
    dataset = Dataset.from_points([(0.0, 1.0), (1.0, 2.5), (2.0, 2.0)])
    text = verdict(fit(Problem(dataset, RunSettings(rate), None), 10, None, None))
    assert said in text
    assert ",000,000," not in text
