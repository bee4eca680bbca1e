"""The sentence over the data plot is broken into lines of about one length."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from gdviz.ui.plots.data_hint import balanced_size
from gdviz.ui.theme import text_font
from gdviz.ui.words import plots as words

WRAPPED = Qt.TextFlag.TextWordWrap.value


@pytest.mark.usefixtures("window")
def test_no_line_of_the_hint_is_left_to_a_lone_word() -> None:
    metrics = QFontMetrics(text_font(9))
    whole = metrics.size(0, words.HINT_START)
    for most in range(150, whole.width() + 40, 5):
        size = balanced_size(words.HINT_START, most)
        n_lines = round(size.height() / whole.height())
        # As few lines as it takes, none of them far from its share of the text.
        wrapped = metrics.boundingRect(QRect(0, 0, most, 1000), WRAPPED, words.HINT_START)
        assert n_lines == round(wrapped.height() / whole.height())
        assert size.width() <= most
        longest_word = metrics.horizontalAdvance("start, ")
        assert size.width() <= whole.width() / n_lines + longest_word
        if n_lines == 1:
            assert size.width() == whole.width()
