"""The run waits while the window paints: both at once are slower than one after the other."""

from __future__ import annotations

import math
import threading

from PySide6.QtCore import QEvent, QObject, Qt

from gdviz.ui.main_window import MainWindow
from tests.hands import press, program_of, set_speed, wait_until


class Watch(QObject):
    """Notes whether the gate was open when a widget was painted."""

    def __init__(self, widget: QObject, gate: threading.Event) -> None:
        super().__init__(widget)
        self._gate = gate
        self.was_open: list[bool] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.was_open.append(self._gate.is_set())
        return False


def test_the_run_waits_until_its_frame_is_painted(window: MainWindow) -> None:
    program = program_of(window)
    program.document.change_settings(learning_rate=1e-9)  # so that it does not end
    set_speed(window, math.inf)
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: window.snapshot.step > 0)
    gate = program._presenter._gate
    plots = (window.data_plot, window.contour_plot)
    watches = [Watch(plot.viewport(), gate) for plot in plots]
    wait_until(lambda: all(len(watch.was_open) >= 20 for watch in watches))
    for watch in watches:  # a plot may be painted for another reason than a frame
        assert sum(watch.was_open) <= 4
    press(window, Qt.Key.Key_Space)
    wait_until(gate.is_set)
