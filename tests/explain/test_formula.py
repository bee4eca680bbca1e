import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.explain.formula import (
    Break,
    Fraction,
    Matrix,
    Number,
    Role,
    Words,
    is_same_form,
    line,
    numbers_of,
)
from gdviz.explain.latex import to_latex


def test_a_line_as_latex_has_its_numbers_in_it():
    shown = line("m - \\eta", Break(), "=", Number(-0.5, guarded=True), Words("here"))
    assert to_latex((shown,)) == r"m - \eta = (-0.5000) \text{ here}"


def test_words_as_latex_keep_their_spaces_and_marks_have_none_before_them():
    shown = line(Words("All"), Number(10, is_given=True), Words(":"), "J =", Words("this"))
    assert to_latex((shown,)) == r"\text{All } 10 \text{: } J = \text{ this}"
    assert to_latex((line(Words("one"), r",\quad n"),)) == r"\text{one} ,\quad n"
    two = line(Words("one"), Break(), Words("two"))
    assert to_latex((two,)) == r"\text{one } \text{ two}"


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        (-1.5e-9, r"-1.500 \times 10^{-9}"),
        (2e12, r"2.000 \times 10^{12}"),
        (0.0, "0"),
        (3.25, "3.250"),
        (np.nan, r"\text{unknown}"),
        (-np.inf, r"-\infty "),
    ],
)
def test_powers_of_ten_are_latex_too(value, latex):
    assert to_latex((line(Number(value)),)) == latex


def test_a_guarded_power_of_ten_closes_its_bracket_behind_the_power():
    assert to_latex((line(Number(-1e-9, guarded=True)),)) == r"(-1.000 \times 10^{-9})"


def test_given_numbers_have_no_trailing_zeros():
    assert Number(0.05, is_given=True).text == "0.05"
    assert Number(10, is_given=True).text == "10"
    assert Number(0.05).text == "0.05000"


def test_a_large_matrix_leaves_out_all_but_its_first_and_last_numbers():
    matrix = Matrix.of(np.arange(60.0).reshape(10, 6), symbols=("N", "n"), is_given=True)
    assert matrix.rows[0] == (0, 1, 2, None, 5)
    assert matrix.rows[-1] == (54, 55, 56, None, 59)
    assert matrix.rows[3] == (None,) * 5
    assert matrix.shape_text == "(N, n) = (10, 6)"


def test_dots_say_whether_rows_or_columns_are_left_out():
    matrix = Matrix.of(np.arange(60.0).reshape(10, 6), is_given=True)
    assert matrix.texts[0] == ("0", "1", "2", "⋯", "5")
    assert matrix.texts[3] == ("⋮", "⋮", "⋮", "⋱", "⋮")
    latex = to_latex((line(matrix),))
    assert r"0 & 1 & 2 & \cdots & 5" in latex
    assert r"\vdots & \vdots & \vdots & \ddots & \vdots" in latex
    assert [text for (text,) in Matrix.of(np.zeros((9, 1))).texts] == ["0", "0", "0", "⋮", "0"]
    assert Matrix.of(np.zeros((1, 9))).texts == (("0", "0", "0", "⋯", "0"),)


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_matrix_of_any_size_shows_at_most_five_rows_and_columns(rows, columns):
    matrix = Matrix.of(np.zeros((rows, columns)))
    assert len(matrix.rows) <= 5
    assert len(matrix.rows[0]) <= 5
    assert matrix.shape == (rows, columns)
    assert to_latex((line(matrix),)).count(r"\\") == len(matrix.rows) - 1


def test_numbers_come_in_reading_order():
    shown = line(
        Number(1, is_given=True),
        Fraction(line(Number(2, is_given=True)), line(Number(3, is_given=True))),
        Matrix.of([[4.0, 5.0]], is_given=True),
    )
    assert numbers_of((shown,)) == ["1", "2", "3", "4", "5"]


def test_lines_have_the_same_form_where_only_numbers_differ():
    def shown(value, symbol="m"):
        return (line(symbol, "=", Number(value, Role.LINE), Matrix.of([[value]])),)

    assert is_same_form(shown(1.0), shown(2.0))
    assert not is_same_form(shown(1.0), shown(1.0, "b"))
    assert not is_same_form(shown(1.0), shown(1.0) * 2)


@pytest.mark.parametrize(
    "other",
    [
        Matrix(((1.0, 2.0, None, 3.0),), (1, 6)),
        Matrix(((1.0, 2.0, 3.0),), (1, 6)),
        Matrix(((1.0, None, 3.0),) * 2, (1, 6)),
        Matrix(((1.0, None, 3.0),), (1, 7)),
        Matrix(((1.0, None, 3.0),), (1, 6), Role.LINE),
        Matrix(((1.0, None, 3.0),), (1, 6), symbols=("1", "n")),
    ],
)
def test_matrices_have_the_same_form_where_they_show_the_same_places_in_one_role(other):
    one = Matrix(((1.0, None, 3.0),), (1, 6))
    same = Matrix(((-4.0, None, 5.0),), (1, 6))
    assert is_same_form((line(one),), (line(same),))
    assert not is_same_form((line(one),), (line(other),))
