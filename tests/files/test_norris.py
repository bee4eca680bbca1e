"""NIST's Norris data, as later tests use them, read with the certified answer."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from gdviz.files.csv_reader import read_table

NORRIS = Path(__file__).parent.parent / "data" / "norris.csv"


def test_norris_has_its_certified_line() -> None:
    """NIST StRD, Norris.dat: certified to 15 digits; exact arithmetic on the decimals here."""
    data = read_table(NORRIS).dataset()
    assert data.n_points == 36
    xs = [Fraction(repr(x)) for x in data.x.tolist()]
    ys = [Fraction(repr(y)) for y in data.y.tolist()]
    mean_x, mean_y = sum(xs) / 36, sum(ys) / 36
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mean_x) ** 2 for x in xs
    )
    assert float(slope) == pytest.approx(1.00211681802045, rel=1e-14)
    assert float(mean_y - slope * mean_x) == pytest.approx(-0.262323073774029, rel=1e-14)
