"""A session: points, settings and where a run stands, in one ``.gdviz`` file.

The file is a zip of ``session.json`` (format, names, settings, start, theta) and of ``X.npy`` and
``y.npy`` (float64, so that nothing is lost to decimals).
"""

from __future__ import annotations

import json
import math
import os
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import Dataset
from gdviz.files import messages
from gdviz.files.atomic import replacing
from gdviz.files.errors import FileError, file_name, full_name

FORMAT = 1
"""Goes up when an older program could misread what a newer one writes."""

SUFFIX = ".gdviz"

_MARK = "gdviz session"
_LARGEST_JSON = 4_000_000
# A small file that unpacks to this much or this many times its size is a trap or damaged.
_ALWAYS_FITS = 64_000_000
_LARGEST_RATIO = 50

# numpy.lib.format: magic, version, header length, and a header padded with blanks to its end.
_NPY_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '<f8', 'fortran_order': (False|True), "
    rb"'shape': \(([0-9]{1,15}, ?(?:[0-9]{1,15})?)\), \} *\n",
    re.DOTALL,
)

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Session:
    """What a session file holds.

    dataset: the points; its name is the title.
    settings: names and values as plain data; whoever uses them checks them.
    start: θ where the run began, (b, w₁ … wₙ); None for the program's own choice.
    theta: θ where the run stood; None where there was no run.
    """

    dataset: Dataset
    settings: dict[str, object] = field(default_factory=dict)
    start: tuple[float, ...] | None = None
    theta: tuple[float, ...] | None = None


def write_session(path: str | os.PathLike[str], session: Session) -> None:
    """Write a session; the file appears whole or not at all. Raises FileError."""
    data = session.dataset
    content = {
        "what": _MARK,
        "format": FORMAT,
        "title": data.name,
        "feature_names": list(data.feature_names),
        "target_name": data.target_name,
        "settings": session.settings,
        "start": session.start,
        "theta": session.theta,
    }
    with replacing(Path(path)) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("session.json", json.dumps(content, indent=1))
        for name, array in (("X.npy", data.X), ("y.npy", data.y)):
            with archive.open(name, "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)


def read_session(path: str | os.PathLike[str]) -> Session:
    """Read a session. Raises FileError where the file is missing, damaged or too new."""
    path = Path(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(path, archive)
            content = _content(path, archive)
            X, y = _array(archive, "X.npy", 2), _array(archive, "y.npy", 1)
        return _session(content, X, y)
    except FileError:
        raise
    except FileNotFoundError as error:
        raise FileError(messages.MISSING.format(file=full_name(path))) from error
    except IsADirectoryError as error:
        raise FileError(messages.IS_FOLDER.format(file=full_name(path))) from error
    except PermissionError as error:
        text = messages.IS_FOLDER if path.is_dir() else messages.NO_PERMISSION
        raise FileError(text.format(file=full_name(path))) from error
    except MemoryError as error:
        raise FileError(messages.TOO_BIG.format(file=file_name(path))) from error
    except Exception as error:  # zipfile, its decompressors and json raise whatever they like
        if isinstance(error, zipfile.BadZipFile) and not zipfile.is_zipfile(path):
            raise FileError(messages.NOT_A_SESSION.format(file=file_name(path))) from error
        reason = str(error).rstrip(".") or type(error).__name__
        raise FileError(
            messages.BROKEN_SESSION.format(file=file_name(path), reason=_one_line(reason))
        ) from error


class _BrokenError(Exception):
    """A part of the file is not what it should be."""


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(
        item.file_size
        for item in archive.infolist()
        if item.filename in ("session.json", "X.npy", "y.npy")
    )
    if unpacked > max(_ALWAYS_FITS, _LARGEST_RATIO * path.stat().st_size):
        raise _BrokenError("it would unpack to many times its size")


def _content(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        item = archive.getinfo("session.json")
    except KeyError:
        raise FileError(messages.NOT_A_SESSION.format(file=file_name(path))) from None
    if item.file_size > _LARGEST_JSON:
        raise _BrokenError("its settings are far too long")
    content = json.loads(archive.read(item))
    if not isinstance(content, dict) or content.get("what") != _MARK:
        raise FileError(messages.NOT_A_SESSION.format(file=file_name(path)))
    version = content.get("format")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _BrokenError("it does not say its format")
    if version > FORMAT:
        raise FileError(
            messages.NEWER_SESSION.format(file=file_name(path), version=version, known=FORMAT)
        )
    return content


def _array(archive: zipfile.ZipFile, name: str, dimensions: int) -> FloatArray:
    """Return float64 numbers in NumPy's .npy format 1.0; nothing in it is evaluated."""
    data = archive.read(name)
    match = _NPY_HEADER.match(data)
    if match is None:
        raise _BrokenError(f"{name} holds something else than numbers")
    is_fortran, sizes = match.group(1) == b"True", match.group(2)
    shape = tuple(int(size) for size in sizes.split(b",") if size.strip())
    if len(shape) != dimensions:
        raise _BrokenError(f"{name} has {len(shape)} dimensions, not {dimensions}")
    if math.prod(shape) * 8 != len(data) - match.end():
        raise _BrokenError(f"{name} is cut off")
    numbers = np.frombuffer(data, np.dtype("<f8"), offset=match.end())
    return numbers.reshape(shape, order="F" if is_fortran else "C").astype(np.float64)


def _session(content: dict[str, Any], X: FloatArray, y: FloatArray) -> Session:
    names, target, title = (content[key] for key in ("feature_names", "target_name", "title"))
    if not isinstance(names, list) or not all(isinstance(n, str) for n in [*names, target, title]):
        raise _BrokenError("its names are no text")
    settings = content.get("settings", {})
    if not isinstance(settings, dict):
        raise _BrokenError("its settings have no names")
    data = Dataset(X, y, tuple(names), target, title)
    return Session(
        data,
        settings,
        _parameters(content.get("start"), data.n_features),
        _parameters(content.get("theta"), data.n_features),
    )


def _parameters(values: object, n_features: int) -> tuple[float, ...] | None:
    if values is None:
        return None
    if not isinstance(values, list) or len(values) != n_features + 1:
        raise _BrokenError("its parameters do not fit its features")
    result = []
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _BrokenError("a parameter is no number")
        result.append(float(value))
    if not all(map(math.isfinite, result)):
        raise _BrokenError("a parameter is not finite")
    return tuple(result)


def _one_line(text: str) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown if len(shown) <= 100 else shown[:99] + "…"
