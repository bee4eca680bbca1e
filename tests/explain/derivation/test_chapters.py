import re

import numpy as np
import pytest

from gdviz.core.dataset import Dataset
from gdviz.core.working import Working
from gdviz.explain.derivation.chapters import Chapter, Highlight, latex, notes
from gdviz.explain.formula import (
    DOTS,
    Matrix,
    Role,
    Tex,
    is_finite,
    is_same_form,
    numbers_of,
)
from gdviz.explain.latex import to_latex
from gdviz.explain.ledger.sums import ledger
from gdviz.explain.numbers import format_number
from gdviz.ui.mathematics.boxes import Style
from gdviz.ui.mathematics.derivation_sheet import FORMULA_SIZE, NUMBERS_SIZE
from gdviz.ui.mathematics.rows import RowBox, broken, indent
from gdviz.ui.mathematics.typesetter import typeset
from gdviz.ui.theme import LIGHT, load_fonts
from tests.explain.derivation.plain import (
    CONVENTIONS,
    MANY,
    ONE,
    cases,
    dataset,
    fmt,
    page,
    pieces_of,
    working,
)

# --- the pages as a whole ------------------------------------------------------------------------


@cases
def test_every_page_is_finite_and_typesets(convention, n_features, n_points, batch, qapp):
    step = working(dataset(n_points, n_features), batch, convention=convention)
    for chapter in Chapter:
        for number, shown in enumerate(chapter.pages(convention), 1):
            lines = shown.lines(step)
            assert is_finite(lines), (chapter, number)
            assert len(numbers_of(lines)) > 0
            for piece in pieces_of(shown.formula + lines):
                if isinstance(piece, Tex):
                    assert typeset(piece.latex, 16.0).width > 0
                if isinstance(piece, Matrix):
                    assert np.isfinite(
                        [v for row in piece.rows for v in row if v is not None]
                    ).all()


def test_there_is_a_page_for_every_thought_and_a_check():
    assert [len(chapter.pages()) for chapter in Chapter] == [14 + 1, 19 + 1]
    for chapter in Chapter:
        titles = [shown.title for shown in chapter.pages()]
        assert titles[-1] == "Check"
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_words_are_few_and_every_page_points_at_something(convention):
    for chapter in Chapter:
        for shown in chapter.pages(convention):
            text = " ".join(shown.words)
            assert 1 <= len(shown.words) <= 2, shown.title
            assert 40 < len(text) < 290, shown.title
            assert "iteration" not in text
            assert shown.highlight
            assert shown.highlight <= set(Highlight)
            assert shown.looks(None).startswith("In the plots: the")
            assert shown.looks(None).endswith(".")


@pytest.mark.parametrize(
    ("convention", "cost", "slope"),
    [
        ("mse", r"\frac{1}{N} \sum", r"\frac{2}{N}"),
        ("half-mse", r"\frac{1}{2N} \sum", r"\frac{1}{N}"),
        ("sum", r"=  \sum", "2"),
        ("half-sum", r"\frac{1}{2} \sum", ""),
    ],
)
def test_formulas_are_those_of_the_convention(convention, cost, slope):
    def formula(chapter, title):
        return to_latex(page(chapter, title, convention).formula)

    assert cost in formula(ONE, "The cost")
    assert cost in formula(MANY, "The cost J")
    assert cost in formula(MANY, "The cost of u")
    assert rf"= {slope} \sum e_i\,x_i" in formula(ONE, "Together: the gradient")
    assert rf"= {slope}\, u" in formula(MANY, "Outside: ∂J/∂u")
    assert rf"= -{slope} \sum u" in formula(MANY, "The slope ∂J/∂α")
    assert rf"= -{slope}\, u^{{\mathsf{{T}}}} X" in formula(MANY, "The slopes ∂J/∂β")
    assert rf"{slope} \sum \left(\hat{{Y}} - Y\right)" in formula(MANY, "The new α")
    assert rf"{slope} \left(\hat{{Y}} - Y\right)^{{\mathsf{{T}}}} X" in formula(MANY, "The new β")
    others = {r"\frac{1}{N}", r"\frac{2}{N}", r"\frac{1}{2N}"}
    others -= {cost.removesuffix(r" \sum"), slope}
    for chapter in Chapter:
        for shown in chapter.pages(convention):
            if shown.title != "The 2 may go":
                assert not any(other in to_latex(shown.formula) for other in others), shown.title


def test_alpha_and_the_weights_have_as_many_digits_on_a_page():
    step = working(dataset(10, 3))
    for title in ("The prediction Ŷ", "The weights β", "The bias α", "The two rules", "The new α"):
        lines = page(MANY, title).lines(step)
        digits = {
            p.digits
            for p in pieces_of(lines)
            if isinstance(p, Matrix) and p.role is not Role.POINT and p.shape[0] != 10
        }
        assert digits == {3}, title
    first = page(MANY, "First the bias").lines(step)
    assert numbers_of(first)[-2] == format_number(step.theta[0], 3)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_every_slope_has_the_colour_of_slopes(convention):
    step = working(dataset(), [4], convention=convention)
    lines = page(ONE, "Together: the gradient", convention).lines(step)
    assert [pieces[-1].role for pieces in lines[1:]] == [Role.GRADIENT] * 2


def test_the_examples_are_worked_right():
    x, h = 1.7, 1e-6
    power = to_latex(page(ONE, "Power rule").formula)
    assert "3x^5" in power
    assert "15x^4" in power
    np.testing.assert_allclose((3 * (x + h) ** 5 - 3 * (x - h) ** 5) / (2 * h), 15 * x**4)
    assert "= 2x \\cdot 2z = 4z^3" in to_latex(page(ONE, "Chain rule").formula)
    np.testing.assert_allclose(((x + h) ** 4 - (x - h) ** 4) / (2 * h), 4 * x**3)
    partial = to_latex(page(ONE, "Partial derivatives").formula)
    assert "4x^3" in partial
    assert "7y^6" in partial


@pytest.mark.parametrize("chapter", Chapter)
def test_without_points_there_are_words_but_no_numbers(chapter):
    step = working(Dataset.empty(), theta=[0.0, 1.0])
    for shown in chapter.pages():
        assert shown.lines(step) == ()
        assert shown.formula
    assert notes(chapter, step) == notes(chapter, None)
    assert "add some" in notes(chapter, None)[0]


@pytest.mark.parametrize("chapter", Chapter)
@pytest.mark.parametrize("batch", [None, [3], [3, 1, 6, 8]])
def test_from_step_to_step_only_numbers_change(chapter, batch):
    """Or symbols would be laid out anew many times a second."""
    data = dataset(10, 3)
    for shown in chapter.pages():
        one = shown.lines(working(data, batch, [0.5, 0.5, 0.5, 0.5]))
        other = shown.lines(working(data, batch, [0.7, 0.4, 0.6, 0.5]))
        assert is_same_form(one, other), shown.title
        assert (
            numbers_of(one) != numbers_of(other)
            or "X" in shown.title
            or "Y" in shown.title
            or (shown.title in ("The inner derivatives", "Inside: ∂u/∂β"))
        )


def test_a_page_of_many_points_reads_few_of_them(monkeypatch):
    read = []
    rows = Working.rows

    def counted(self, first, last):
        result = rows(self, first, last)
        read.append(len(result.y))
        return result

    step = working(dataset(100_000, 2))
    monkeypatch.setattr(Working, "rows", counted)
    monkeypatch.setattr("gdviz.core.dataset.Moments.of", None)
    for chapter in Chapter:
        for shown in chapter.pages():
            read.clear()
            assert shown.lines(step)
            assert sum(read) <= 20, shown.title


@pytest.mark.parametrize("n_features", [1, 2, 3, 4, 50])
@pytest.mark.parametrize("n_points", [1, 2, 3, 4, 6])
def test_no_page_is_wider_than_a_narrow_panel(n_features, n_points, qapp):
    """A panel 380 px wide leaves 354 to a row. These numbers are as long as ordinary ones get."""
    load_fonts()
    X = -1.23456e-7 * (1 + np.arange(n_points * n_features).reshape(n_points, -1))
    data = Dataset(X, X.sum(axis=1) * 2, tuple(f"x{j}" for j in range(n_features)))
    for convention, batch, entry, standardize in (
        ("half-mse", None, -1.23456e-5, False),
        ("mse", [n_points - 1], -1.23456e-5, False),
        ("mse", None, -1.23456e-5, True),
        ("sum", None, -123456.789, False),
    ):
        theta = np.full(n_features + 1, entry)
        step = working(data, batch, theta, convention=convention, standardize=standardize)
        for chapter in Chapter:
            for shown in chapter.pages(convention):
                assert widest_row(shown.lines(step), NUMBERS_SIZE, 354) <= 354, shown.title


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_no_formula_is_wider_than_a_narrow_panel(convention, qapp):
    load_fonts()
    for chapter in Chapter:
        for shown in chapter.pages(convention):
            assert widest_row(shown.formula, FORMULA_SIZE, 354) <= 354, shown.title


def widest_row(lines, size, room):
    style = Style(size, LIGHT)
    rows = [
        RowBox(part, style).width + indent(number, style)
        for pieces in lines
        for number, part in enumerate(broken(pieces, style, room))
    ]
    return max(rows)


@cases
def test_what_is_copied_holds_every_number(convention, n_features, n_points, batch):
    step = working(dataset(n_points, n_features), batch, convention=convention)
    for chapter in Chapter:
        for shown in chapter.pages(convention):
            text = latex(shown, step)
            assert text.startswith(f"% {shown.title}\n\\begin{{gathered}}")
            assert to_latex(shown.formula) in text
            assert text.count("{") == text.count("}")
            for number in numbers_of(shown.lines(step)):
                if number in DOTS:
                    continue
                plain = number.replace("−", "-").replace("\u2009", r"\,").strip("()")
                plain = plain.split("×")[0]
                assert re.search(rf"(?<![\d.]){re.escape(plain)}(?![\d.])", text), number


# --- settings that change what the numbers mean ---------------------------------------------------


def test_standardised_numbers_are_the_descents_and_said_to_be():
    data = dataset(10, 2)
    step = working(data, standardize=True)
    z = (data.X - data.X.mean(axis=0)) / data.X.std(axis=0)
    X = numbers_of(page(MANY, "The features X").lines(step))
    assert X[2:4] == [fmt(v) for v in z[0]]
    e = z @ step.theta[1:] + step.theta[0] - data.y
    new = numbers_of(page(MANY, "The new β").lines(step))[-2:]
    assert new == [fmt(v) for v in step.theta[1:] - 0.0625 * 0.2 * e @ z]
    assert any("standardised" in note for note in notes(MANY, step))
    assert any("standardised" in note for note in notes(ONE, step))
    assert not any("standardised" in note for note in notes(ONE, working(data)))


def symbols_of(lines):
    """Return the symbols of some lines, each with the z that is its subscript."""
    latex = " ".join(piece.latex for pieces in lines for piece in pieces if isinstance(piece, Tex))
    return {s.replace("{", "").replace("}", "") for s in re.findall(SYMBOL, latex)}


SYMBOL = r"\\?[a-zA-Z]+(?:_\{?z)?"


@pytest.mark.parametrize("chapter", list(Chapter))
def test_standardised_features_have_the_symbols_that_the_ledger_gives_them(chapter):
    data = dataset(10, 1 if chapter is ONE else 3)
    plain, scaled = {"x", "m", "b"}, {"z", "m_z", "b_z"}
    if chapter is MANY:
        plain, scaled = {"X", r"\alpha", r"\beta"}, {"Z", r"\alpha_z", r"\beta_z"}
    seen, seen_scaled = set(), set()
    for shown in chapter.pages():
        seen |= symbols_of(shown.lines(working(data)))
        seen_scaled |= symbols_of(shown.lines(working(data, standardize=True)))
    assert seen >= plain
    assert not seen & scaled
    assert seen_scaled >= scaled
    assert not seen_scaled & plain
    if chapter is ONE:
        assert symbols_of(ledger(working(data, standardize=True)).lines) >= scaled


@pytest.mark.parametrize("chapter", list(Chapter))
def test_the_rule_and_its_words_have_the_letters_of_the_numbers(chapter):
    step = working(dataset(10, 1 if chapter is ONE else 3), standardize=True)
    plain = {"x", "m", "b"} if chapter is ONE else {"X", r"\alpha", r"\beta"}
    letters = "xmb" if chapter is ONE else "Xαβ"
    for shown in chapter.pages():
        assert shown.rule(is_scaled=False) == shown.formula
        assert shown.sentences(is_scaled=False) == shown.words
        words = " ".join(shown.sentences(is_scaled=True))
        assert not re.search(rf"(?<!\w)[{letters}](?!\w)", words), shown.title
        assert "_zz" not in words
        if not shown.is_general:  # x² stands for any function
            assert not symbols_of(shown.rule(is_scaled=True)) & plain, shown.title
        copied = latex(shown, step)
        assert to_latex(shown.rule(is_scaled=True)) in copied
    general = [shown.title for shown in chapter.pages() if shown.is_general]
    assert len(general) == (3 if chapter is ONE else 0)


def test_how_x_was_standardised_is_said_with_its_numbers():
    data = dataset(10)
    x = data.X[:, 0]
    (note,) = notes(ONE, working(data, standardize=True))
    assert f"z = (x − {fmt(x.mean())})/{fmt(x.std())};" in note
    note = notes(ONE, working(data, standardize=True, fit_intercept=False))[0]
    assert f"z = x/{fmt(x.std())};" in note
    (note,) = notes(MANY, working(dataset(10, 2), standardize=True))
    assert note.startswith("Z is X standardised")


def test_an_intercept_that_is_held_has_no_step():
    data = dataset()
    step = working(data, theta=[0.0, 1.0], fit_intercept=False)
    error = data.X[:, 0] - data.y
    slope = 0.2 * error @ data.X[:, 0]
    shown = numbers_of(page(ONE, "How far: the learning rate").lines(step))
    assert shown == ["1.000", "0.0625", fmt(slope, guarded=True), fmt(1 - 0.0625 * slope)]
    points = page(ONE, "Points and a line").lines(step)
    assert to_latex(points[-1:]) == "y = 1.000 x"
    alpha = page(MANY, "The new α").lines(step)
    assert numbers_of(alpha) == ["0"]
    derived = numbers_of(page(MANY, "The slope ∂J/∂α").lines(step))[-1]
    assert derived == fmt(0.2 * error.sum())
    assert "held at 0" in notes(ONE, step)[-1]
    assert "held at 0" in notes(MANY, step)[-1]
    assert len(numbers_of(page(MANY, "Check").lines(step))) == 4


def test_of_several_features_the_first_stands_for_x():
    step = working(dataset(5, 3))
    assert notes(ONE, step) == (
        "Of the 3 features, x is the first (x1) and m its weight; the other weights are held.",
    )
    assert notes(MANY, step) == ()


def test_a_step_that_sees_some_points_says_so():
    data = dataset()
    line = page(ONE, "The cost").lines(working(data, [6]))[0]
    assert "".join(p.text for p in line if not isinstance(p, Tex)) == (
        "This step sees point7of10: N = 1"
    )
    assert "the loss of that point" in notes(ONE, working(data, [6]))[0]
    assert "over the 3 points of the step" in notes(MANY, working(data, [6, 1, 2]))[0]
    assert notes(ONE, working(data, list(range(10)))) == ()
    for chapter, title in ((ONE, "The cost"), (MANY, "The cost of u")):
        shown = page(chapter, title)
        assert Tex("J =") in list(pieces_of(shown.lines(working(data))))
        assert Tex("J =") in list(pieces_of(shown.lines(working(data, [6, 2]))))
        assert Tex(r"\text{loss} =") in list(pieces_of(shown.lines(working(data, [6]))))


@pytest.mark.parametrize("batch", [[6], [6, 1, 2]])
def test_the_plots_of_all_points_are_not_said_to_show_a_batch(batch):
    step, whole = working(dataset(), batch), working(dataset())
    of_all = {Highlight.GRADIENT, Highlight.SLICES, Highlight.CONTOUR, Highlight.COST}
    for shown in (shown for chapter in Chapter for shown in chapter.pages()):
        assert shown.lit(whole) == shown.highlight
        assert shown.looks(whole) == shown.looks(None)
        if shown.title == "Batch or stochastic":
            assert Highlight.GRADIENT in shown.lit(step)
            continue
        assert not shown.lit(step) & of_all, shown.title
        assert ("J over all points" in shown.looks(step)) == bool(shown.highlight & of_all)
    way = page(ONE, "Which way: the derivative").looks(step)
    points = "one point" if len(batch) == 1 else "3 points"
    assert way == (
        "In the plots the arrow downhill and the parabolas show J over all points; "
        f"the numbers here are those of the step's {points}."
    )


@pytest.mark.parametrize(
    ("n_points", "n_features", "rows", "columns"),
    [(1, 1, 1, 1), (4, 3, 4, 3), (5, 4, 4, 3), (1000, 6, 4, 3)],
)
def test_large_matrices_are_shown_by_their_ends_with_their_shape(
    n_points, n_features, rows, columns
):
    data = dataset(n_points, n_features)
    X = next(
        p
        for p in pieces_of(page(MANY, "The features X").lines(working(data)))
        if isinstance(p, Matrix)
    )
    assert (len(X.rows), len(X.rows[0])) == (rows, columns)
    assert X.shape == (n_points, n_features)
    assert X.shape_text == f"(N, n) = ({n_points}, {n_features})"
    assert X.rows[-1][-1] == data.X[-1, -1]
    assert X.rows[0][0] == data.X[0, 0]
    assert X.role is Role.POINT
