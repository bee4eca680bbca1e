"""A step of the derivations, worked out in plain NumPy, and the pages that it is compared with."""

import numpy as np
import pytest

from gdviz.core.cost import make_cost
from gdviz.core.dataset import Dataset
from gdviz.core.settings import PARAMETERS, RunSettings
from gdviz.core.working import Working
from gdviz.explain.derivation.chapters import Chapter
from gdviz.explain.formula import Fraction
from gdviz.explain.numbers import format_count, format_number, format_short

CONVENTIONS = PARAMETERS["convention"].values
ONE, MANY = Chapter.ONE_FEATURE, Chapter.N_FEATURES
# s in J = s Σ e²; the slopes have c = 2s (DESIGN: cost convention).
SCALES = {"mse": lambda k: 1 / k, "half-mse": lambda k: 0.5 / k}
SCALES |= {"sum": lambda k: 1.0, "half-sum": lambda k: 0.5}


def dataset(n_points=10, n_features=1, seed=3):
    rng = np.random.default_rng(seed)
    X = rng.normal(2, 3, (n_points, n_features))
    y = X @ np.arange(1.0, n_features + 1) + rng.normal(size=n_points)
    return Dataset(X, y, tuple(f"x{j + 1}" for j in range(n_features)))


def start(n_features):
    return np.linspace(0.7, -1.9, n_features + 1)


def working(data, batch=None, theta=None, **settings):
    mode = "batch" if batch is None else "sgd" if len(batch) == 1 else "mini-batch"
    how = RunSettings(0.0625, mode, len(batch or ()) or 32, **settings)
    theta = start(data.n_features) if theta is None else theta
    return Working.of(
        data, how, make_cost(data, how), theta, None if batch is None else np.array(batch)
    )


def page(chapter, title, convention="mse"):
    return next(p for p in chapter.pages(convention) if p.title == title)


def fmt(value, *, guarded=False):
    text = format_number(float(value), 4)
    return f"({text})" if guarded and value < 0 else text


def given_(value, *, guarded=False):
    text = format_short(float(value), 5)
    return f"({text})" if guarded and value < 0 else text


class Plain:
    """The same step in plain NumPy: predict, compare, square, sum, differentiate, go."""

    def __init__(self, data, step):
        rows = np.arange(data.n_points) if step.batch is None else step.batch
        self.X, self.y, self.k = data.X[rows], data.y[rows], len(rows)
        self.theta, self.rate = start(data.n_features), 0.0625
        self.b, self.w = self.theta[0], self.theta[1:]
        self.prediction = self.X @ self.w + self.b
        self.e = self.prediction - self.y
        self.convention = step.settings.convention
        self.s = SCALES[self.convention](self.k)
        self.cost = self.s * np.sum(self.e**2)
        self.slopes = 2 * self.s * np.append(self.e.sum(), self.e @ self.X)
        self.new = self.theta - self.rate * self.slopes
        self.shown = list(range(self.k)) if self.k <= 3 else [0, 1, self.k - 1]
        self.seen = []
        if step.batch is not None:
            which = rows[0] + 1 if self.k == 1 else self.k
            self.seen = [str(which), format_count(data.n_points)]

    @property
    def factor(self):
        """c in numbers, but for a 1: the two numbers of 2/k, or a 2."""
        top = [] if "half" in self.convention else ["2"]
        if self.k == 1 or not self.convention.endswith("mse"):
            return top
        return [*(top or ["1"]), format_count(self.k)]

    def table(self, values):
        """What a matrix of given numbers shows, (k, l)."""
        texts = [[given_(v) for v in row] for row in values]
        if len(texts[0]) > 3:
            texts = [[row[0], "⋯", row[-1]] for row in texts]
        if self.k > 4:
            dots = ["⋱" if text == "⋯" else "⋮" for text in texts[0]]
            texts = [texts[0], texts[1], dots, texts[-1]]
        return [text for row in texts for text in row]

    def column(self, values):
        kept = values if self.k <= 4 else [values[0], values[1], None, values[-1]]
        return ["⋮" if v is None else fmt(v) for v in kept]

    def row(self, values):
        kept = values if len(values) <= 3 else [values[0], None, values[-1]]
        return ["⋯" if v is None else fmt(v) for v in kept]


def all_cases():
    for convention in CONVENTIONS:
        for n_features in (1, 2, 6):
            for n_points in (1, 10, 1000):
                yield convention, n_features, n_points, None
                yield convention, n_features, n_points, [n_points // 3]
            yield convention, n_features, 10, [7, 2, 4, 9, 0]


cases = pytest.mark.parametrize(
    ("convention", "n_features", "n_points", "batch"),
    list(all_cases()),
    ids=lambda value: "all" if value is None else str(value).replace(" ", ""),
)


def pieces_of(lines):
    for piece in (piece for pieces in lines for piece in pieces):
        yield piece
        if isinstance(piece, Fraction):
            yield from pieces_of((piece.top, piece.bottom))
