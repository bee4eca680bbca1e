"""What the plots paint with: many stamped discs look like discs painted one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gdviz.ui.plots.canvas import PixelMap, draw_boxes, draw_dots, draw_ringed_dots
from gdviz.ui.plots.long_line import draw_line, draw_long_line

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
SIZE = 320


def painted(ratio: float, paint: Callable[[QPainter], None]) -> Pixels:
    side = round(SIZE * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        paint(painter)
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(side, plain.bytesPerLine())
    return rows[:, : 3 * side].reshape(side, side, 3).astype(float)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("has_ring", [False, True])
def test_many_dots_look_like_single_ones(qapp: QApplication, ratio: float, has_ring: bool) -> None:
    # On a grid of whole pixels, 16 apart: two ways to paint may round halves differently.
    at = np.array([(x, y) for x in range(8, SIZE, 16) for y in range(8, SIZE, 16)], dtype=float)
    blue, black = QColor("#0072b2"), QColor("#000000")

    def draw(painter: QPainter, where: Pixels) -> None:
        if has_ring:
            draw_ringed_dots(painter, where, 9.0, blue, black)
        else:
            draw_dots(painter, where, 9.0, blue)

    def draw_singly(painter: QPainter) -> None:
        for place in at:
            draw(painter, place[np.newaxis])

    many = painted(ratio, lambda painter: draw(painter, at))
    single = painted(ratio, draw_singly)
    dark = 765 - single.sum(axis=-1), 765 - many.sum(axis=-1)
    # As much paint, and every bit of it within a pixel of where it belongs.
    assert dark[1].sum() == pytest.approx(dark[0].sum(), rel=0.05)
    moments = [[(d * axis).sum() / d.sum() for axis in np.indices(d.shape)] for d in dark]
    assert np.allclose(moments[0], moments[1], atol=0.6)
    if ratio == int(ratio):
        assert np.abs(many - single).mean() < 1.0


def test_dots_beyond_the_view_are_no_trouble(qapp: QApplication) -> None:
    at = np.full((500, 2), 1e6)
    at[::2] = -1e6
    image = painted(1.0, lambda painter: draw_dots(painter, at, 9.0, QColor("black")))
    assert (image == 255).all()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_boxes_are_filled_once_and_whole_however_high(qapp: QApplication, ratio: float) -> None:
    heights = np.array((1.0, 63, 64, 65, 128, 200, 300))
    left = np.arange(len(heights)) * 40.0 + 10
    boxes = np.column_stack((left, np.full(len(left), 5.0), np.full(len(left), 20.0), heights))
    image = painted(ratio, lambda painter: draw_boxes(painter, boxes, QColor(0, 0, 0, 100)))
    for x, height in zip(left, heights, strict=True):
        column = image[:, round((x + 10) * ratio), 0]
        inside = slice(round(5 * ratio), round((5 + height) * ratio))
        assert np.ptp(column[inside]) == 0  # no seams
        assert column[inside][0] == pytest.approx(155, abs=2)
        assert (np.delete(column, inside) == 255).all()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("is_scribble", [False, True])
def test_a_long_line_is_as_wide_as_a_short_one_and_where_it_belongs(
    qapp: QApplication, ratio: float, is_scribble: bool
) -> None:
    x = np.linspace(40, 280, 900)
    if is_scribble:  # so long that it is not smoothed
        x = np.tile((40.0, 280.0), 3000)
    pixels = np.column_stack((x, np.full(len(x), 100.0)))
    pixel_map = PixelMap(0, 0, 1, 1, SIZE, SIZE, ratio)
    color, halo = QColor("black"), QColor(255, 0, 0, 128)
    image = painted(ratio, lambda painter: draw_long_line(painter, pixel_map, pixels, color, halo))
    column = image[:, round(160 * ratio)]
    dark = 1 - column[:, 0] / 255  # the halo is red
    assert dark.sum() / ratio == pytest.approx(2.2, abs=0.4)
    center = (dark * (np.arange(len(dark)) + 0.5)).sum() / dark.sum() / ratio
    assert center == pytest.approx(100.0, abs=0.6)
    tinted = (column[:, 1] < 200).sum() / ratio
    assert tinted == pytest.approx(4.0, abs=1.1)
    assert (image[:, : round(35 * ratio)] == 255).all()


@pytest.mark.parametrize("n_vertices", [2, 40, 2_000, 20_000])
def test_a_line_of_any_number_of_vertices_goes_where_they_are(
    qapp: QApplication, n_vertices: int
) -> None:
    x = np.linspace(40, 280, n_vertices)
    pixels = np.column_stack((x, 160 + 80 * np.sin(x / 40)))
    pixel_map = PixelMap(0, 0, 1, 1, SIZE, SIZE, 1.0)
    color = QColor("black")
    dark = painted(1.0, lambda painter: draw_line(painter, pixel_map, pixels, color))[:, :, 0] < 128
    rows, columns = np.nonzero(dark)
    finely = np.linspace(40, 280, 5_000)
    curve = np.column_stack((finely, np.interp(finely, x, pixels[:, 1])))
    painted_at = np.column_stack((columns, rows)) + 0.5
    away = np.abs(painted_at[:, None] - curve[None, ::10]).max(axis=2).min(axis=1)
    assert away.max() < 2.2  # no paint elsewhere
    missing = np.abs(curve[::50, None] - painted_at[None]).max(axis=2).min(axis=1)
    assert missing.max() < 1.5  # and no gap
