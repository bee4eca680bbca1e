"""How many steps are left, as a person would say it."""

from __future__ import annotations

import pytest

from gdviz.explain.numbers import format_many


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (9.9, "about 10"),
        (184.0, "about 180"),
        (99_600.0, "about 100\u2009000"),
        (994_000.0, "about 990\u2009000"),
        (996_000.0, "about 1 million"),
        (3_140_000.0, "about 3.1 million"),
        (994e6, "about 990 million"),
        (996e6, "more than a billion"),
        (1e300, "more than a billion"),
    ],
)
def test_many_are_told_to_two_digits_without_a_jump_at_the_ends(count: float, text: str) -> None:
    assert format_many(count) == text
