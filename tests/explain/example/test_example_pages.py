import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.worked_example import BUNDLED, LARGEST_ENTRY, Entry, WorkedExample
from gdviz.explain.example.pages import pages
from gdviz.explain.formula import Fraction, Matrix, Role, Tex, numbers_of
from gdviz.explain.latex import to_latex
from gdviz.ui.mathematics.boxes import Style
from gdviz.ui.mathematics.rows import RowBox, broken
from gdviz.ui.mathematics.typesetter import typeset
from gdviz.ui.theme import LIGHT

PAGES = {page.title: page for page in pages(BUNDLED)}


def pieces_of(lines):
    for piece in (piece for pieces in lines for piece in pieces):
        yield piece
        if isinstance(piece, Fraction):
            yield from pieces_of((piece.top, piece.bottom))


def matrices(page):
    return [piece for piece in pieces_of(page.lines) if isinstance(piece, Matrix)]


def test_the_steps_are_the_twelve_of_the_source():
    assert list(PAGES) == [
        "The features X",
        "The target Y",
        "The bias α",
        "The weights β",
        "The prediction Ŷ",
        "The cost J",
        "The slope ∂J/∂α",
        "The slopes ∂J/∂β",
        "The learning rate η",
        "The new α",
        "The new β",
        "Repeat",
    ]


def test_what_is_given_can_be_changed_where_it_is_shown():
    assert [page.entry for page in PAGES.values() if page.entry] == list(Entry)


def test_every_page_has_one_or_two_short_sentences():
    for page in PAGES.values():
        text = " ".join(page.words)
        assert 1 <= len(page.words) <= 2
        assert 20 < len(text) < 260


def test_the_rows_of_the_prediction_are_written_out():
    rows = PAGES["The prediction Ŷ"].lines[2:]
    # ŷ₃ = 0 + 1·1 + 2·2 = 5
    assert [numbers_of([row]) for row in rows] == [
        ["0", "0", "1", "1", "2", "2"],
        ["0", "1", "1", "0", "2", "1"],
        ["0", "1", "1", "2", "2", "5"],
        ["0", "2", "1", "1", "2", "4"],
    ]
    assert to_latex([rows[2]]).replace(" ", "") == r"\hat{y}_3=0+1\cdot1+2\cdot2=5"


def test_negative_numbers_within_a_sum_stand_in_brackets():
    flipped = BUNDLED.with_entry(Entry.BETA, 0, 1, -2.0)
    rows = pages(flipped)[4].lines[2:]
    assert numbers_of([rows[2]]) == ["0", "1", "1", "2", "(−2)", "−3"]


@pytest.mark.parametrize(
    ("title", "shapes"),
    [
        ("The features X", [(1, 2)]),
        ("The target Y", [(4, 2), (4, 1)]),
        ("The weights β", [(2, 1)]),
        ("The prediction Ŷ", [(1, 1), (4, 2), (2, 1), (4, 1)]),
        ("The cost J", [(4, 1), (4, 1), (4, 1), (4, 1)]),
        ("The slope ∂J/∂α", [(1, 1)]),
        ("The slopes ∂J/∂β", [(1, 4), (4, 2), (1, 2), (1, 2)]),
        ("The new α", [(1, 1), (1, 1), (1, 1)]),
        ("The new β", [(1, 2), (1, 2), (1, 2)]),
    ],
)
def test_every_matrix_has_its_shape(title, shapes):
    shown = matrices(PAGES[title])
    assert [matrix.shape for matrix in shown] == shapes
    assert all(matrix.shape_text.endswith(str(matrix.shape)) for matrix in shown)


def test_numbers_have_the_roles_of_what_they_are():
    roles = [[matrix.role for matrix in matrices(page)] for page in PAGES.values()]
    assert roles[4] == [Role.LINE, Role.POINT, Role.LINE, Role.LINE]
    assert roles[7] == [Role.RESIDUAL, Role.POINT, Role.RESIDUAL, Role.GRADIENT]


def test_the_words_follow_the_signs():
    assert "negative" in " ".join(PAGES["The slope ∂J/∂α"].words)
    high = pages(BUNDLED.with_entry(Entry.ALPHA, 0, 0, 100.0))
    assert "positive here: lower α" in " ".join(high[6].words)
    perfect = WorkedExample(np.ones((4, 2)), np.ones(4), 0.0, np.array([0.5, 0.5]), 0.1)
    assert "It is 0 here" in " ".join(pages(perfect)[6].words)
    assert "this is the minimum" in pages(perfect)[11].words[0]


def test_a_rate_that_diverges_is_warned_of_where_it_matters():
    assert not any(page.warning for page in PAGES.values())
    warned = pages(BUNDLED.with_entry(Entry.RATE, 0, 0, 0.5))
    assert [bool(page.warning) for page in warned] == [False] * 8 + [True] * 4
    # λ_max is 6.7016: 2/λ_max = 0.29844
    assert warned[8].warning.startswith("η = 0.5 diverges")
    assert "Below 0.298 it converges" in warned[8].warning
    assert "does not go down" in warned[11].words[0]


NUMBERS = st.floats(-LARGEST_ENTRY, LARGEST_ENTRY, allow_nan=False)


@settings(max_examples=15)
@given(st.lists(NUMBERS, min_size=15, max_size=15), st.floats(1e-6, LARGEST_ENTRY))
def test_no_line_is_wider_than_a_narrow_panel(qapp, numbers, rate):
    example = WorkedExample(
        np.reshape(numbers[:8], (4, 2)), np.array(numbers[8:12]), *(numbers[12], numbers[13:]), rate
    )
    style = Style(16.0, LIGHT)
    for page in pages(example):
        for pieces in page.lines:
            for number, row in enumerate(broken(pieces, style, 332)):
                indent = 1.6 * style.size if number else 0
                assert RowBox(row, style).width + indent <= 372, page.title


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_all_symbols_can_be_typeset(page):
    for piece in pieces_of(page.lines):
        if isinstance(piece, Tex):
            assert typeset(piece.latex, 16.0).width > 0


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_is_copied_holds_every_number(page):
    latex = to_latex(page.lines).replace("-", "−")
    for text in numbers_of(page.lines):
        assert re.search(rf"(?<![\d.]){re.escape(text)}(?![\d.])", latex), text
