"""The band under the learning rate: its words are there, whole, and never over each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gdviz.core.settings import LEARNING_RATE_SLIDER
from gdviz.ui.main_window import MainWindow
from gdviz.ui.theme import DARK, LIGHT
from gdviz.ui.widgets.log_slider import LogSlider
from gdviz.ui.widgets.rate_zones import RateZones, Word, ZoneWords
from gdviz.ui.words import window as words
from tests.hands import about, child, is_color, open_bundled, picture

LOW, HIGH = LEARNING_RATE_SLIDER
NAMES = (words.RATE_NAMES_BATCH, words.RATE_NAMES_POINTS)


class Strip(QWidget):
    """A slider with its band, of some width."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.slider = LogSlider(LOW, HIGH)
        self.zones = RateZones(self.slider, LIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider)
        layout.addWidget(self.zones)
        self.resize(width, 60)


def are_apart(row: Sequence[Word], zones: RateZones) -> bool:
    return all(0 <= word.left <= word.right <= zones.width() for word in row) and all(
        a.right < b.left for a, b in pairwise(row)
    )


@pytest.mark.parametrize("width", [120, 200, 294, 500])
@pytest.mark.parametrize("names", NAMES)
def test_no_word_is_cut_or_over_another(qtbot: object, width: int, names: tuple[str, ...]) -> None:
    strip = Strip(width)
    strip.show()
    text = ZoneWords(words.RATE_TICKS, names, "")
    for smooth in np.geomspace(LOW / 100, HIGH * 100, 200):
        with about(smooth):
            strip.zones.show_limits(smooth, 2 * smooth, text)
            assert are_apart(strip.zones.tick_labels(), strip.zones)
            assert are_apart(strip.zones.zone_names(), strip.zones)
            order = [names.index(word.text) for word in strip.zones.zone_names()]
            assert order == sorted(order)
    strip.close()


@pytest.mark.parametrize("names", NAMES)
def test_all_five_words_have_room_where_the_limits_usually_are(
    qtbot: object, names: tuple[str, str, str]
) -> None:
    strip = Strip(294)
    strip.show()
    for smooth in (1e-4, 1e-3, 1e-2, 0.1, 0.2):
        with about(smooth):
            strip.zones.show_limits(smooth, 2 * smooth, ZoneWords(words.RATE_TICKS, names, ""))
            assert [word.text for word in strip.zones.tick_labels()] == ["1/λ", "2/λ"]
            assert [word.text for word in strip.zones.zone_names()] == list(names)
    strip.close()


def test_without_limits_nothing_is_named(qtbot: object) -> None:
    strip = Strip(294)
    strip.zones.show_limits(math.inf, math.inf, ZoneWords(words.RATE_TICKS, NAMES[0], ""))
    assert strip.zones.tick_labels() == []
    assert strip.zones.zone_names() == []
    strip.deleteLater()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_row_of_words_is_painted_whole(window: MainWindow, theme: object) -> None:
    window.apply_theme(theme)  # type: ignore[arg-type]
    zones = child(window, RateZones, "rateZones")
    shown = is_color(picture(zones), theme.muted, 60)  # type: ignore[attr-defined]
    rows = np.flatnonzero(shown[12:].any(axis=1)) + 12
    assert len(rows) > 14  # two rows of letters
    assert rows.max() < zones.height() - 1


def test_the_words_follow_the_mode(window: MainWindow) -> None:
    zones = child(window, RateZones, "rateZones")
    assert words.RATE_NAMES_BATCH[2] in [word.text for word in zones.zone_names()]
    child(window, QComboBox, "mode").setCurrentIndex(2)
    assert words.RATE_NAMES_POINTS[2] in [word.text for word in zones.zone_names()]
    open_bundled(window, "women")
    assert are_apart(zones.zone_names(), zones)
