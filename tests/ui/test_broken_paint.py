"""What happens when painting itself goes wrong: one sentence, and the window goes on."""

from __future__ import annotations

from types import TracebackType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMessageBox

from gdviz.ui.main_window import MainWindow
from gdviz.ui.plots.axis import Axis
from gdviz.ui.plots.canvas import PixelMap
from gdviz.ui.plots.contour_layers import ContourLayers
from gdviz.ui.plots.data_layers import DataLayers
from gdviz.ui.plots.plot import Plot
from gdviz.ui.theme import LIGHT
from gdviz.ui.widgets.rate_zones import RateZones
from tests.conftest import OpenWindow
from tests.hands import (
    click,
    dialog,
    has_color_near,
    open_dialogs,
    points_of,
    press,
    press_button,
    program_of,
    settle,
    start_training,
    wait_until,
)

Told = list[BaseException]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What has reached the handler of last resort."""
    errors: Told = []

    def note(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        errors.append(error)

    monkeypatch.setattr("sys.excepthook", note)
    return errors


def _fail(*_: object) -> None:
    raise ValueError("no paint left")


def _fail_half_way(_: object, painter: QPainter, pixel_map: PixelMap) -> None:
    painter.translate(pixel_map.width / 3, 40)
    painter.setOpacity(0.1)
    raise ValueError("no paint left")


def _watch_frames(window: MainWindow) -> None:
    """Train for a while, and pause."""
    start_training(window, 15)
    press(window, Qt.Key.Key_Space)
    settle(window)


@pytest.mark.parametrize(
    ("owner", "layer"),
    [(DataLayers, "_draw_residuals"), (ContourLayers, "_draw_minimum"), (DataLayers, "_draw_hint")],
)
def test_a_layer_that_raises_is_told_once_and_the_others_are_painted(
    open_window: OpenWindow,
    monkeypatch: pytest.MonkeyPatch,
    told: Told,
    owner: type,
    layer: str,
) -> None:
    monkeypatch.setattr(owner, layer, _fail_half_way)
    window = open_window()
    window.document.change_settings(learning_rate=1e-3)
    _watch_frames(window)
    wait_until(lambda: bool(told), "nobody was told")
    click(window.data_plot, 0.9, 3.0)
    _watch_frames(window)
    assert [str(error) for error in told] == ["no paint left"]
    for x, y in points_of(window):
        assert has_color_near(window.data_plot, x, y, LIGHT.point, reach=5)


def test_a_kept_image_that_raises_is_told_once_and_painted_when_it_can_be(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    window = open_window()
    with monkeypatch.context() as broken:
        broken.setattr("gdviz.ui.plots.data_layers.draw_ringed_dots", _fail)
        click(window.data_plot, 0.9, 3.0)
        wait_until(lambda: bool(told), "nobody was told")
        click(window.data_plot, 1.3, 3.2)
        _watch_frames(window)
    assert len(told) == 1
    window.data_plot.viewport().update()
    wait_until(lambda: has_color_near(window.data_plot, 0.9, 3.0, LIGHT.point, reach=5))


@pytest.mark.parametrize(
    ("owner", "method"), [(Axis, "tickStrings"), (Plot, "_draw_frame"), (RateZones, "_paint")]
)
def test_axes_frames_and_zones_that_raise_are_told_once(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, told: Told, owner: type, method: str
) -> None:
    window = open_window()
    monkeypatch.setattr(owner, method, _fail)
    window.contour_plot.setFocus(Qt.FocusReason.TabFocusReason)
    window.data_plot.view.scaleBy((1.5, 1.5))
    window.document.change_settings(learning_rate=2e-3)
    window.document.move_point(0, 9.0, 9.0)
    wait_until(lambda: bool(told), "nobody was told")
    _watch_frames(window)
    assert {str(error) for error in told} == {"no paint left"}
    assert len(told) <= 4  # an axis each


def test_a_person_reads_one_sentence_and_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", program_of(window)._crash)
    monkeypatch.setattr("gdviz.ui.plots.data_layers.draw_ringed_dots", _fail)
    click(window.data_plot, 0.9, 3.0)
    box = dialog(window, "crashDialog")
    assert isinstance(box, QMessageBox)
    assert "no paint left" in box.text()
    press_button(box, "OK")
    _watch_frames(window)
    click(window.data_plot, 1.3, 3.2)
    press(window, Qt.Key.Key_R)
    _watch_frames(window)
    assert open_dialogs(window) == []
    assert len(points_of(window)) == 12
