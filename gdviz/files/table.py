"""A table read from a file, before somebody chooses which column is the target."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import DataError, Dataset
from gdviz.files import messages
from gdviz.files.errors import FileError, file_name, quoted, quoted_list

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of numbers in a file.

    path: the file.
    names: one per column of numbers, unique; at least two.
    columns: the numbers, one array of shape (n_rows,) per name.
    text_columns: names of the columns that hold no numbers and cannot be used.
    has_header: whether the names come from the file.
    """

    path: Path
    names: tuple[str, ...]
    columns: tuple[FloatArray, ...]
    text_columns: tuple[str, ...] = ()
    has_header: bool = True

    @property
    def n_rows(self) -> int:
        """N, the number of rows."""
        return len(self.columns[0])

    @property
    def n_columns(self) -> int:
        """The number of columns of numbers."""
        return len(self.columns)

    def head(self, n_rows: int) -> FloatArray:
        """Return the first rows, shape (at most n_rows, n_columns), for a preview."""
        return np.column_stack([column[:n_rows] for column in self.columns])

    def dataset(self, target: str | None = None, features: Sequence[str] | None = None) -> Dataset:
        """Return the data set of one target and one or more features.

        target: a name; the last column that is not a feature by default.
        features: names; all columns but the target by default.
        Raises FileError where a name is unknown, is a column of text or stands twice.
        """
        wanted = None if features is None else [self._index(name) for name in features]
        if target is None:
            free = [j for j in range(self.n_columns) if wanted is None or j not in wanted]
            if not free:
                raise FileError(messages.NAMED_TWICE.format(name=quoted(self.names[-1])))
            y = free[-1]
        else:
            y = self._index(target)
        chosen = [j for j in range(self.n_columns) if j != y] if wanted is None else wanted
        if not chosen:
            raise FileError(messages.NO_FEATURE.format(names=quoted_list(self.names)))
        for position, j in enumerate(chosen):
            if j == y or j in chosen[:position]:
                raise FileError(messages.NAMED_TWICE.format(name=quoted(self.names[j])))
        # One feature is a view: a million rows are not copied.
        X = (
            self.columns[chosen[0]].reshape(-1, 1)
            if len(chosen) == 1
            else np.column_stack([self.columns[j] for j in chosen])
        )
        try:
            return Dataset(
                X,
                self.columns[y],
                tuple(self.names[j] for j in chosen),
                self.names[y],
                self.path.stem,
            )
        except DataError as error:  # a table made by hand; read_table has checked each cell
            raise FileError(f"{file_name(self.path)}: {error}") from error

    def _index(self, name: str) -> int:
        if name in self.names:
            return self.names.index(name)
        if not self.has_header and name == "x" and self.n_columns == 2:
            return 0
        file, names = file_name(self.path), quoted_list(self.names)
        if name in self.text_columns:
            raise FileError(messages.TEXT_COLUMN.format(name=quoted(name), file=file, names=names))
        close = difflib.get_close_matches(name, self.names, n=1)
        text = messages.NO_SUCH_COLUMN_BUT if close else messages.NO_SUCH_COLUMN
        raise FileError(
            text.format(file=file, name=quoted(name), names=names, match=quoted("".join(close)))
        )
