"""Many points as an image: how many fall into each small square."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdviz.core.dataset import Dataset

FloatArray = npt.NDArray[np.float64]
Range = tuple[float, float]
Grid = tuple[Range, Range, tuple[int, int]]

_BLOCK = 65_536


class DensityCounter:
    """Counts points in the cells of a grid; an edit of one point is counted without the others."""

    def __init__(self) -> None:
        self._token: object = None
        self._grid: Grid | None = None
        self._counts: npt.NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)

    def count(
        self, dataset: Dataset, x_range: Range, y_range: Range, shape: tuple[int, int]
    ) -> npt.NDArray[np.int64]:
        """Return how many points fall into each cell of a grid of ``shape`` (columns, rows)."""
        grid: Grid = (x_range, y_range, shape)
        edit = dataset.edit
        if grid == self._grid and dataset.token is self._token:
            return self._counts
        if grid == self._grid and edit is not None and edit.parent is self._token:
            for point, change in ((edit.removed, -1), (edit.added, 1)):
                if point is not None:
                    x, y = (np.array([value]) for value in point)
                    self._counts += change * count_points(x, y, *grid)
        else:
            self._counts = count_points(dataset.X[:, 0], dataset.y, *grid)
        self._token, self._grid = dataset.token, grid
        return self._counts


def count_points(
    x: FloatArray, y: FloatArray, x_range: Range, y_range: Range, shape: tuple[int, int]
) -> npt.NDArray[np.int64]:
    """Return how many points x, y (N,) fall into each cell of a grid, (columns, rows)."""
    columns, rows = shape
    counts = np.zeros(columns * rows, dtype=np.int64)
    across, up = columns / (x_range[1] - x_range[0]), rows / (y_range[1] - y_range[0])
    for start in range(0, len(x), _BLOCK):
        column = (x[start : start + _BLOCK] - x_range[0]) * across
        row = (y[start : start + _BLOCK] - y_range[0]) * up
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        cell = column[inside].astype(np.int32) * rows + row[inside].astype(np.int32)
        counts += np.bincount(cell, minlength=columns * rows)
    return counts.reshape(columns, rows)


def shade(counts: npt.NDArray[np.int64], color: tuple[int, int, int]) -> npt.NDArray[np.uint8]:
    """Return an image (columns, rows, 4): ``color``, more opaque the more points, in logs."""
    image = np.empty((*counts.shape, 4), dtype=np.uint8)
    image[..., :3] = color
    most = max(int(counts.max(initial=0)), 1)
    depth = np.log1p(counts) / np.log1p(most)
    image[..., 3] = np.where(counts > 0, 40 + 200 * depth, 0).astype(np.uint8)
    return image
