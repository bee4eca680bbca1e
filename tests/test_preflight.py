"""No display, no Qt, a missing library: a sentence and exit code 3 instead of a core dump."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from gdviz import preflight

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")

ROOT = Path(__file__).parents[1]
DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XAUTHORITY")


def open_window(**environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in DISPLAY_VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "gdviz"],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, ["no display", "DISPLAY", "gdviz fit"]),
        ({"QT_QPA_PLATFORM": "xcb"}, ["no display"]),
        ({"DISPLAY": ":987"}, [":987", "refuses"]),
        ({"DISPLAY": "nonsense"}, ["nonsense", "refuses"]),
        ({"WAYLAND_DISPLAY": "wayland-987"}, ["wayland-987"]),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":987"}, [":987"]),
    ],
)
def test_without_a_display_it_says_so_and_ends_with_3(
    environment: dict[str, str], words: list[str]
) -> None:
    done = open_window(**environment)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    for word in words:
        assert word in done.stderr


def test_an_offscreen_platform_needs_no_display() -> None:
    assert preflight.why_no_window({"QT_QPA_PLATFORM": "offscreen"}) is None


def test_one_display_that_answers_is_enough(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-5"))
        server.listen()
        environment = {
            "WAYLAND_DISPLAY": "wayland-5",
            "XDG_RUNTIME_DIR": str(tmp_path),
            "DISPLAY": ":987",
        }
        assert preflight.why_no_window(environment) is None


@pytest.mark.parametrize("library", ["libxcb-cursor.so.0", "libEGL.so.1"])
def test_a_missing_library_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    def load(name: str) -> None:
        raise OSError(f"{library}: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(ctypes, "CDLL", load)
    for environment in ({"DISPLAY": ":0"}, {"QT_QPA_PLATFORM": "offscreen"}):
        sentence = preflight.why_no_window(environment)
        assert sentence is not None
        assert library in sentence
        assert "sudo apt install libegl1" in sentence
        assert "libxcb-cursor0" in sentence


def test_a_failed_import_of_qt_names_the_library() -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "libEGL.so.1" in preflight.explain_import_error(error)
    assert "apt install" in preflight.explain_import_error(error)
    other = ImportError("undefined symbol: _ZN\nin QtCore")
    assert "PySide6-Essentials" in preflight.explain_import_error(other)
    assert "\n" not in preflight.explain_import_error(other)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.importlib.util, "find_spec", lambda name: None)
    sentence = preflight.why_no_window({"DISPLAY": ":0"})
    assert sentence is not None
    assert "pip install PySide6-Essentials" in sentence


def test_the_preflight_itself_loads_no_qt() -> None:
    code = "import sys; from gdviz import preflight; print('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "False\n"
