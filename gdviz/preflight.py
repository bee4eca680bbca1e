"""Looks whether Qt can show a window here, before Qt finds out by aborting the process."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from gdviz import cli_messages as messages

_MISSING = re.compile(r"(\S+): cannot open shared object file")
_PLATFORMS_WITH_DISPLAY = ("xcb", "wayland", "wayland-egl")


def why_no_window(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return a sentence that says why no window can be shown and what to do, or None."""
    for module, package in (("PySide6", "PySide6-Essentials"), ("pyqtgraph", "pyqtgraph")):
        if importlib.util.find_spec(module) is None:
            return messages.NO_QT.format(module=module, package=package)
    if not sys.platform.startswith("linux"):
        return None
    platforms = _platforms(environment)
    if not platforms:
        return messages.NO_DISPLAY
    reasons = [_why_not(platform, environment) for platform in platforms]
    return None if None in reasons else reasons[-1]


def explain_import_error(error: ImportError) -> str:
    """Return a sentence for a Qt that cannot be imported."""
    text = " ".join(str(error).split())
    match = _MISSING.search(text)
    if match is not None:
        return messages.MISSING_LIBRARY.format(library=match.group(1))
    return messages.BROKEN_QT.format(reason=text)


def _platforms(environment: Mapping[str, str]) -> list[str]:
    """Return the Qt platform plugins that would be tried, as QGuiApplication picks them."""
    wanted = environment.get("QT_QPA_PLATFORM", "")
    if wanted:
        return [part.split(":")[0].strip() for part in wanted.split(";")]
    platforms = []
    if environment.get("WAYLAND_DISPLAY"):
        platforms.append("wayland")
    if environment.get("DISPLAY"):
        platforms.append("xcb")
    return platforms


def _why_not(platform: str, environment: Mapping[str, str]) -> str | None:
    reason = _why_not_loaded(platform)
    if reason is not None or platform not in _PLATFORMS_WITH_DISPLAY:
        return reason
    if platform == "xcb":
        return _why_no_x(environment)
    return _why_no_wayland(environment)


def _why_not_loaded(platform: str) -> str | None:
    """Load the platform plugin and with it all libraries that it needs."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "Qt" / "plugins" / "platforms"
    plugin = folder / f"libq{platform.removesuffix('-egl')}.so"
    if not plugin.exists():  # another build of Qt, which knows its own way
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return explain_import_error(ImportError(str(error)))
    return None


def _why_no_x(environment: Mapping[str, str]) -> str | None:
    display = environment.get("DISPLAY", "")
    if not display:
        return messages.NO_DISPLAY
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return messages.MISSING_LIBRARY.format(library="libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)  # never null
    is_refused = xcb.xcb_connection_has_error(connection) != 0
    xcb.xcb_disconnect(connection)
    return messages.NO_CONNECTION.format(display=_shown(display)) if is_refused else None


def _why_no_wayland(environment: Mapping[str, str]) -> str | None:
    display = environment.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(environment.get("XDG_RUNTIME_DIR", "")) / display  # an absolute name stays itself
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2.0)
            connection.connect(str(path))
    except OSError:
        return messages.NO_CONNECTION.format(display=_shown(display))
    return None


def _shown(text: str) -> str:
    return text if text.isprintable() else ascii(text)
