"""The data sets that come with the program, each with its source and how to open it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from gdviz.assets import resource
from gdviz.core.dataset import Dataset
from gdviz.files import messages
from gdviz.files.errors import FileError, full_name, quoted

_FOLDER = "datasets"
_INDEX = "index.toml"


@dataclass(frozen=True)
class Suggestions:
    """What to set when a bundled set is opened; None leaves the program's own choice.

    standardize: whether to descend on (x − mean)/std of each feature.
    fit_intercept: False holds the intercept at its start.
    start: θ = (b, w₁ … wₙ) where the run begins, in the data's units.
    tolerance: converged when |θ − θ*| ≤ tolerance · |start − θ*|.
    learning_rate: η.
    """

    standardize: bool = False
    fit_intercept: bool = True
    start: tuple[float, ...] | None = None
    tolerance: float | None = None
    learning_rate: float | None = None

    def as_settings(self) -> dict[str, Any]:
        """Return the settings of the run among them, by the names that ``RunSettings`` has."""
        names = ("standardize", "fit_intercept", "tolerance", "learning_rate")
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class BundledInfo:
    """A line of the index: what a set is, without its points."""

    name: str
    title: str
    description: str
    source: str
    suggestions: Suggestions


@dataclass(frozen=True, eq=False)
class BundledSet:
    """A bundled set with its points; ``dataset.name`` is its title."""

    dataset: Dataset
    info: BundledInfo

    @property
    def title(self) -> str:
        """The name for menus and the window's title."""
        return self.info.title

    @property
    def description(self) -> str:
        """What it is, in one line."""
        return self.info.description

    @property
    def source(self) -> str:
        """Where the numbers are from."""
        return self.info.source

    @property
    def suggestions(self) -> Suggestions:
        """What to set when it is opened."""
        return self.info.suggestions


def bundled_names() -> tuple[str, ...]:
    """Return the names in the order of the index."""
    return tuple(_index())


def bundled_infos() -> tuple[BundledInfo, ...]:
    """Return what each set is, in the order of the index, without reading its points."""
    return tuple(_info(name, entry) for name, entry in _index().items())


def bundled(name: str) -> BundledSet:
    """Return a bundled set. Raises FileError for an unknown name, with the closest known one."""
    index = _index()
    if name not in index:
        raise FileError(unknown_name(name))
    info = _info(name, index[name])
    data = _read_plain(name)
    return BundledSet(
        Dataset(data.X, data.y, data.feature_names, data.target_name, info.title), info
    )


def unknown_name(name: str) -> str:
    """Return the sentence for a name that no bundled set has."""
    import difflib  # only here, not at every start

    names = bundled_names()
    close = difflib.get_close_matches(name.lower().replace(" ", "-"), names, n=1, cutoff=0.5)
    text = messages.NO_SUCH_SET_BUT if close else messages.NO_SUCH_SET
    return text.format(name=quoted(name), match="".join(close), names=", ".join(names))


def _read_plain(name: str) -> Dataset:
    """Read a table that we wrote ourselves: a header, commas, the target last.

    The reader for other people's tables would cost the start of the program 15 ms.
    """
    path = resource(_FOLDER, f"{name}.csv")
    try:
        header, *rows = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise FileError(messages.RESOURCE_MISSING.format(file=full_name(path))) from error
    *features, target = header.split(",")
    values = np.array([row.split(",") for row in rows]).astype(np.float64)
    return Dataset(values[:, :-1], values[:, -1], tuple(features), target, name)


@cache
def _index() -> dict[str, dict[str, Any]]:
    path = resource(_FOLDER, _INDEX)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(messages.RESOURCE_MISSING.format(file=full_name(path))) from error


def _info(name: str, entry: dict[str, Any]) -> BundledInfo:
    wanted = dict(entry.get("suggestions", {}))
    if "start" in wanted:
        wanted["start"] = tuple(map(float, wanted["start"]))
    return BundledInfo(
        name,
        title=entry["title"],
        description=entry["description"],
        source=" ".join(entry["source"].split()),
        suggestions=Suggestions(**wanted),
    )
