"""From the start of the process to the first painted window, against the barest program.

Run: python -m pytest -o addopts="" tests/benchmarks/test_start.py -s
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.figures import show

ROUNDS = 9

FIRST_PAINT = """
import time
from PySide6.QtCore import QEvent, QObject
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            import os
            os._exit(0)
        return False
"""
BARE = f"""
import numpy
import pyqtgraph
from PySide6.QtWidgets import QApplication
{FIRST_PAINT}
application = QApplication([])
plot = pyqtgraph.PlotWidget()
first = FirstPaint()
plot.viewport().installEventFilter(first)
plot.show()
application.exec()
"""
OURS = f"""
from gdviz import app
{FIRST_PAINT}
window = app.create_window()
first = FirstPaint()
window.contour_plot.viewport().installEventFilter(first)
window.show()
from PySide6.QtWidgets import QApplication
QApplication.instance().exec()
"""


def seconds_to_first_paint(script: str, home: Path) -> float:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", GDVIZ_AUTOSAVE_FOLDER=str(home))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    began = time.time()
    output = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout
    return float(output.split()[0]) - began


def test_start_against_the_barest_program(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    seconds_to_first_paint(OURS, tmp_path)  # byte code and disk caches
    rounds = [
        (seconds_to_first_paint(OURS, tmp_path), seconds_to_first_paint(BARE, tmp_path))
        for _ in range(ROUNDS)
    ]
    benchmark.pedantic(lambda: None, rounds=1)
    show(
        benchmark,
        start_s=median(ours for ours, _ in rounds),
        bare_s=median(bare for _, bare in rounds),
        start_over_bare=median(ours / bare for ours, bare in rounds),
    )
