"""Finds the files of resources/, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries resources/ inside the package; a checkout has it beside the package.
_PLACES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of a file or folder in resources/, as ``resource("datasets", "women.csv")``.

    A path that exists nowhere is returned as it would be in a wheel, so that opening it says so.
    """
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    return _PLACES[0].joinpath(*parts)
