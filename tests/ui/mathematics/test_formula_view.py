import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from gdviz.explain.formula import Break, Fraction, Matrix, Number, Role, Tex, Words, line
from gdviz.explain.numbers import format_number
from gdviz.ui.mathematics import boxes, matrix_box, rows
from gdviz.ui.mathematics.formula_view import FormulaView
from gdviz.ui.mathematics.typesetter import picture, typeset
from gdviz.ui.theme import DARK, LIGHT


def update(slope):
    return (
        line(
            r"m \leftarrow m - \eta\,\frac{\partial J}{\partial m}",
            Break(),
            "=",
            Number(slope, Role.LINE),
        ),
        line(Fraction(line(Number(2, is_given=True)), line("N")), Matrix.of([[slope], [1.0]])),
    )


@pytest.fixture
def view(qtbot):
    view = FormulaView(LIGHT)
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show_lines(update(0.5))
    view.show()
    return view


def ink(image: QImage, color: str) -> int:
    wanted = QColor(color)
    return sum(
        image.pixelColor(x, y) == wanted
        for x in range(image.width())
        for y in range(image.height())
    )


def test_it_shows_symbols_and_numbers_in_their_colours(view):
    image = view.grab().toImage()
    assert ink(image, LIGHT.text) > 30
    assert ink(image, LIGHT.line) > 30


def test_the_glyphs_of_a_formula_are_drawn(qtbot):
    """Qt leaves out what SVG 2 refers to: a formula without its letters is all but empty."""
    view = FormulaView(LIGHT, 30)
    qtbot.addWidget(view)
    view.resize(200, 80)
    view.show_lines((line("mmmm"),))
    view.show()
    assert ink(view.grab().toImage(), LIGHT.text) > 200


def with_matrices(slope, *, n_columns=2):
    matrix = Matrix.of([[slope, -2.0], [1.0, 3.0 * slope]], Role.POINT, symbols=("N", "n"))
    fraction = Fraction(line(Number(slope, Role.GRADIENT)), line(Number(4, is_given=True)))
    return (
        line("X =", matrix, Break(), "=", Number(slope, Role.LINE), fraction),
        line("u =", Matrix.of(np.full((9, n_columns), slope))),
    )


@pytest.fixture
def painted(monkeypatch):
    """What is painted as text, as it is painted."""
    texts = []
    real = boxes.draw_text

    def recorded(painter, at, text, *how):
        texts.append(text)
        real(painter, at, text, *how)

    for module in (boxes, matrix_box):
        monkeypatch.setattr(module, "draw_text", recorded)
    return texts


def test_what_is_painted_are_its_numbers(view, painted):
    shapes = ["(N, n) = (2, 2)", "(9, 2)"]
    for slope in (0.5, -1.25, 0.75):
        view.show_lines(with_matrices(slope))
        painted.clear()
        view.grab()
        assert sorted(painted) == sorted(view.numbers + shapes)
        assert [text for text in painted if text not in shapes] == view.numbers
        assert format_number(3 * slope, 4) in painted


@pytest.mark.parametrize("value", [1.0, 0.3749, -2.718])
def test_every_digit_of_a_number_is_painted(view, painted, value):
    view.show_lines(update(value))
    painted.clear()
    view.grab()
    text = format_number(value, 4)
    assert painted == [text, "2", text, "1.000", "(2, 1)"]


def test_matrices_with_other_columns_or_roles_are_laid_out_anew(view, painted):
    wide = Matrix(((1.0, None, 3.0),), (1, 6))
    for other in (
        Matrix(((1.0, 2.0, None, 3.0),), (1, 6)),
        wide,
        Matrix(((1.0, 2.0, 3.0),), (1, 6)),
        Matrix(((1.0, None, 3.0),), (1, 6), Role.LINE),
        Matrix(((1.0,), (2.0,)), (1, 6), Role.LINE),
    ):
        view.show_lines((line("x =", other),))
        painted.clear()
        image = view.grab().toImage()
        assert painted == [*view.numbers, "(1, 6)"]
        assert (ink(image, LIGHT.line) > 10) == (other.role is Role.LINE)


def test_the_shape_stands_beneath_its_matrix(qtbot):
    view = FormulaView(LIGHT, 40)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_lines((line(Matrix.of([[1.0], [2.0]], Role.LINE, symbols=("N", "1"))),))
    view.show()
    image = view.grab().toImage()

    def reach(color):
        return [
            y
            for y in range(image.height())
            for x in range(image.width())
            if image.pixelColor(x, y) == QColor(color)
        ]

    brackets, shape = reach(LIGHT.text), reach(LIGHT.muted)
    assert len(shape) > 50
    assert len(brackets) > 50
    assert min(shape) > max(brackets)


def alphas(latex, ratio):
    image = QImage(round(60 * ratio), round(40 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        rows.RowBox(line(latex), boxes.Style(20.0, LIGHT)).paint(painter, 4, 28)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return np.array([image.pixelColor(x, y).alpha() for x, y in places])


def test_formulas_are_sharp_at_twice_the_density(qapp, monkeypatch):
    fine = alphas(r"\eta m", 2.0)
    monkeypatch.setattr(boxes, "picture", lambda *what: picture(*what[:-1], 1.0))
    enlarged = alphas(r"\eta m", 2.0)
    inked = np.sum(fine > 128)
    assert inked > 100
    # As large, but with sharper edges.
    assert np.sum(enlarged > 128) == pytest.approx(inked, rel=0.3)
    assert np.sum(abs(fine - enlarged) > 60) > 0.2 * inked


def test_other_numbers_in_the_same_lines_typeset_nothing(view, monkeypatch):
    monkeypatch.setattr(boxes, "typeset", None)
    view.show_lines(update(0.25))
    view.repaint()
    assert view.numbers == ["0.2500", "2", "0.2500", "1.000"]


def test_numbers_never_move_what_stands_beside_them(view):
    view.show_lines(update(-123.4))
    width = view.sizeHint().width()
    view.show_lines(update(1.0))
    assert view.sizeHint().width() == width


def inked(view, color):
    image = view.grab().toImage()
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == QColor(color) for y in range(image.height()))
    ]


def test_a_number_that_gets_short_stays_beside_what_follows_it(view):
    def shown(value):
        return (line("y =", Number(value, Role.LINE), "x +", Number(1.0, Role.POINT)),)

    view.show_lines(shown(-123.4))
    right = max(inked(view, LIGHT.line))
    view.show_lines(shown(1.5))
    assert abs(max(inked(view, LIGHT.line)) - right) <= 1


def one_line(value):
    return (line("y =", Number(value, Role.LINE), "x +", Number(1.0, Role.POINT)),)


def in_a_matrix(value):
    return (line(Matrix.of([[value, 1.0]], Role.LINE)),)


def in_a_fraction(value):
    return (line("y =", Fraction(line(Number(value, Role.LINE)), line("N")), "x"),)


@pytest.mark.parametrize("shown", [one_line, in_a_matrix, in_a_fraction])
def test_numbers_that_rest_leave_no_hole(view, qtbot, shown):
    view.show_lines(shown(0.0))
    tight = view.sizeHint().width(), inked(view, LIGHT.line)
    view.show_lines(shown(-123.4))
    wide = view.sizeHint().width()
    assert wide > tight[0]
    view.show_lines(shown(0.0))
    assert view.sizeHint().width() == wide
    view.rest()
    assert view.sizeHint().width() == wide
    qtbot.waitUntil(lambda: view.sizeHint().width() < wide)
    assert (view.sizeHint().width(), inked(view, LIGHT.line)) == tight


def test_numbers_that_are_dragged_along_do_not_rest(view, qtbot):
    view.show_lines(one_line(-123.4))
    wide = view.sizeHint().width()
    for tick in range(12):
        view.show_lines(one_line(float(tick % 2)))
        view.rest()
        qtbot.wait(40)
        assert view.sizeHint().width() == wide
    view.show_lines(one_line(2.0))
    qtbot.wait(400)  # the run goes on: nobody said that it rests
    assert view.sizeHint().width() == wide


def test_it_is_tight_when_it_is_seen_again(view):
    view.show_lines(one_line(-123.4))
    wide = view.sizeHint().width()
    view.show_lines(one_line(1.0))
    view.hide()
    view.show()
    assert view.sizeHint().width() < wide


def test_a_short_number_at_the_end_stays_beside_what_it_follows(view):
    view.show_lines((line("y =", Number(1234.0, Role.LINE)),))
    left = min(inked(view, LIGHT.line))
    view.show_lines((line("y =", Number(0.0, Role.LINE)),))
    assert abs(min(inked(view, LIGHT.line)) - left) <= 3


def test_marks_stand_close_to_what_they_follow():
    style = boxes.Style(20.0, LIGHT)
    apart = rows.RowBox(line(Words("All"), Number(10.0), Words("points")), style)
    gaps = apart.width - sum(box.width for box in apart.boxes)
    close = rows.RowBox(line("(", Number(10.0), Words(","), ")"), style)
    assert close.width == pytest.approx(sum(box.width for box in close.boxes))
    assert gaps > 5


def test_a_long_line_goes_on_below_where_it_may(view):
    high = view.heightForWidth(120)
    assert high > view.heightForWidth(400)


def test_it_is_enlarged_as_far_as_nothing_is_cut(view):
    normal = view.sizeHint()
    view.set_size(16.0, 1.75)
    large = view.sizeHint()
    assert large.width() > 1.5 * normal.width()
    view.resize(round(1.3 * normal.width()), 400)
    assert normal.height() < view.sizeHint().height()
    assert view.sizeHint().width() <= view.width()
    wide = (line(Matrix.of([[1.25] * 3])),)
    view.show_lines(wide)
    view.set_size(16.0)
    least = view.sizeHint().width()
    heights = []
    for share in (0.9, 1.25, 1.5, 2.0):
        view.resize(round(share * least), 400)
        view.set_size(16.0, 1.75)
        assert share < 1 or view.sizeHint().width() <= view.width()
        heights.append(view.sizeHint().height())
    assert heights == sorted(set(heights))
    view.set_size(16.0, 0.85)
    assert view.sizeHint().height() < heights[0]


def test_another_size_typesets_nothing_before_it_is_seen(qtbot, monkeypatch):
    monkeypatch.setattr(boxes, "typeset", None)
    view = FormulaView(LIGHT)
    qtbot.addWidget(view)
    view.show_lines(update(0.5))
    view.set_size(20.0, 1.45)
    assert view.sizeHint().height() < 10


def test_it_is_as_high_as_its_lines_need(view, qtbot):
    view.show_lines(update(0.5)[:1])
    qtbot.waitUntil(lambda: view.sizeHint().height() < 60)


def test_lines_are_copied_as_latex(view, qtbot):
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text == view.latex
    assert r"\frac{\partial J}{\partial m} = 0.5000" in text


def test_another_theme_has_other_colours(view):
    view.apply_theme(DARK)
    image = view.grab().toImage()
    assert ink(image, DARK.line) > 30
    assert ink(image, LIGHT.line) == 0


def test_lines_not_yet_reached_are_faint(view):
    view.dim(frozenset({0}))
    assert ink(view.grab().toImage(), LIGHT.line) == 0


@pytest.mark.parametrize("latex", [r"\frac{\partial J}{\partial m}", "x", r"\sum_{i=1}^{N} e_i^2"])
def test_a_formula_reaches_above_its_baseline(latex):
    formula = typeset(latex, 16.0)
    assert 0 < formula.ascent <= formula.height
    assert formula.width > 0


def test_what_is_no_latex_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="cannot be typeset"):
        typeset(r"\frac{1}", 16.0)


@pytest.mark.parametrize(
    "piece", [Tex("x"), Words("w"), Number(1.0), Fraction(line("a"), line("b")), Matrix.of([[1.0]])]
)
def test_every_piece_paints_within_its_box(piece, qapp):
    style = boxes.Style(20.0, LIGHT)
    box = rows.make_box(piece, style)
    image = QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        box.paint(painter, 50, 100)
    used = [(x, y) for x in range(200) for y in range(200) if image.pixelColor(x, y).alpha() > 40]
    assert used
    assert min(x for x, _ in used) >= 49
    assert max(x for x, _ in used) <= 51 + box.width
    assert min(y for _, y in used) >= 99 - box.ascent
    assert max(y for _, y in used) <= 101 + box.descent


def test_nothing_is_typeset_before_it_is_seen(qtbot, monkeypatch):
    typed = []
    real = boxes.typeset
    monkeypatch.setattr(boxes, "typeset", lambda *given: typed.append(given) or real(*given))
    view = FormulaView(LIGHT)
    qtbot.addWidget(view)
    view.show_lines(update(0.5))
    view.resize(300, 100)
    view.sizeHint()
    assert not typed
    view.show()
    assert typed
    assert view.sizeHint().height() > 60
