"""Writes a data set as CSV that opens again identically, to the last bit."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from gdviz.core.dataset import Dataset
from gdviz.files.atomic import replacing
from gdviz.files.csv_format import is_numeric

_BLOCK_ROWS = 4096
# Names that need no quotes in any program; all others are quoted.
_PLAIN_NAME = re.compile(r"[^\W\d_](?:[\w ()/°%.²³-]*[\w)%²³])?")


def write_csv(
    path: str | os.PathLike[str],
    dataset: Dataset,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write a header and a row per point: the features, then the target.

    Each number is the shortest text that reads as the same float64. The file appears whole or not
    at all.

    progress: called often with the fraction written, 0 to 1; may raise to cancel.
    Raises FileError where the file cannot be written.
    """
    columns = [*(dataset.X[:, j] for j in range(dataset.n_features)), dataset.y]
    n_points = dataset.n_points
    with replacing(Path(path)) as file:
        file.write(_header((*dataset.feature_names, dataset.target_name)))
        for start in range(0, n_points, _BLOCK_ROWS):
            block = [map(repr, column[start : start + _BLOCK_ROWS].tolist()) for column in columns]
            lines = "\n".join(map(",".join, zip(*block, strict=True)))
            file.write(lines.encode("ascii") + b"\n")
            if progress is not None:
                progress(min(start + _BLOCK_ROWS, n_points) / n_points)


def _header(names: tuple[str, ...]) -> bytes:
    """Return the first line; either no name is in quotes or all, so that it is seen as a header."""
    # A NUL byte or half a surrogate pair cannot stand in a text file.
    names = tuple(name.replace("\0", "\N{REPLACEMENT CHARACTER}") for name in names)
    if not all(_PLAIN_NAME.fullmatch(name) and not is_numeric(name) for name in names):
        names = tuple('"' + name.replace('"', '""') + '"' for name in names)
    return (",".join(names) + "\n").encode("utf-8", errors="replace")
