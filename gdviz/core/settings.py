"""The settings of a run, and the one table of their defaults, bounds, labels and tooltips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from gdviz.core import messages

FloatArray = npt.NDArray[np.float64]


class SettingsError(ValueError):
    """A setting that cannot be used; the text is a sentence for the person who gave it."""


@dataclass(frozen=True)
class Choice:
    """One value of a setting that has a few: its name outside, its label and what it does."""

    value: str
    label: str
    help: str


@dataclass(frozen=True)
class Parameter:
    """One row of the table: everything that validation, command line and widgets need to know.

    Attributes:
        name: the name in code; the command-line option is ``--`` + name with hyphens.
        label: the name on the screen.
        default: the value where nothing else is said; its type is the parameter's type.
        minimum: the smallest value allowed; excluded where ``open_below``.
        maximum: the largest value allowed.
        unit: what the number counts.
        choices: the values of a named choice.
        tooltip: what it does, in a sentence or two.

    """

    name: str
    label: str
    default: bool | int | float | str
    tooltip: str
    minimum: float = -math.inf
    maximum: float = math.inf
    open_below: bool = False
    unit: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def option(self) -> str:
        """The command-line option."""
        return "--" + self.name.replace("_", "-")

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the choices."""
        return tuple(choice.value for choice in self.choices)

    def check(self, value: object) -> None:
        """Raise SettingsError, with a sentence, where ``value`` is not allowed."""
        if self.choices:
            if value not in self.values:
                raise SettingsError(
                    messages.NOT_A_CHOICE.format(
                        label=self.label, value=value, choices=", ".join(self.values)
                    )
                )
            return
        if isinstance(self.default, bool):
            if not isinstance(value, bool):
                raise SettingsError(
                    messages.NOT_A_CHOICE.format(
                        label=self.label, value=value, choices="true, false"
                    )
                )
            return
        wanted = int if isinstance(self.default, int) else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted):
            raise SettingsError(messages.NOT_A_NUMBER.format(label=self.label, value=value))
        if isinstance(value, float) and not math.isfinite(value) and self.maximum < math.inf:
            raise SettingsError(messages.SETTING_NOT_FINITE.format(label=self.label, value=value))
        low = value > self.minimum if self.open_below else value >= self.minimum
        if not (low and value <= self.maximum):
            raise SettingsError(
                messages.OUT_OF_BOUNDS.format(
                    label=self.label, value=value, bounds=self._bounds_in_words()
                )
            )

    def _bounds_in_words(self) -> str:
        low = f"{'more than' if self.open_below else 'at least'} {self.minimum:g}"
        return low if self.maximum > 1e15 else f"{low} and at most {self.maximum:g}"


PARAMETERS: dict[str, Parameter] = {
    row.name: row
    for row in (
        Parameter(
            "learning_rate",
            "Learning rate η",
            0.1,
            "How far each step goes: θ ← θ − η ∇J. Too small: slow. Too large: it overshoots.",
            minimum=0.0,
            maximum=1e300,
            open_below=True,
        ),
        Parameter(
            "mode",
            "Points per step",
            "batch",
            "How many points each step looks at.",
            choices=(
                Choice("batch", "Batch: all points", "Every step uses all points."),
                Choice("mini-batch", "Mini-batch: a few", "Every step uses a few points."),
                Choice("sgd", "Stochastic: one point", "Every step uses one point (SGD)."),
            ),
        ),
        Parameter(
            "batch_size",
            "Batch size",
            32,
            "How many points a mini-batch has. The last one of an epoch takes what is left.",
            minimum=1,
            maximum=1_000_000_000,
        ),
        Parameter(
            "order",
            "Order of points",
            "shuffled",
            "In which order stochastic and mini-batch steps visit the points.",
            choices=(
                Choice("shuffled", "Shuffled each epoch", "A new random order every epoch."),
                Choice("given", "As given", "As clicked, or as in the file, every epoch the same."),
            ),
        ),
        Parameter(
            "seed",
            "Seed",
            0,
            "The same seed shuffles the same way every time.",
            minimum=0,
            maximum=2**31 - 1,
        ),
        Parameter(
            "convention",
            "Cost",
            "mse",
            "What exactly is minimised. Halves and sums only rescale the gradient, "
            "so they need another learning rate for the same path.",
            choices=(
                Choice("mse", "Mean of e²", "J = (1/N) Σ e²"),
                Choice("half-mse", "Half the mean of e²", "J = (1/2N) Σ e²"),
                Choice("sum", "Sum of e²", "J = Σ e²"),
                Choice("half-sum", "Half the sum of e²", "J = ½ Σ e²"),
            ),
        ),
        Parameter(
            "optimizer",
            "Update rule",
            "gd",
            "How a gradient becomes a step.",
            choices=(Choice("gd", "Gradient descent", "θ ← θ − η ∇J"),),
        ),
        Parameter(
            "standardize",
            "Standardise x",
            False,
            "Descend on (x − mean) / std. It makes a narrow valley round; "
            "m and b are still shown in your units.",
        ),
        Parameter(
            "fit_intercept",
            "Fit the intercept b",
            True,
            "Off: b stays 0 and only the slope is learnt, so the line goes through the origin.",
        ),
        Parameter(
            "tolerance",
            "Tolerance",
            1e-6,
            "Converged when the gradient and the distance to the minimum, "
            "relative to the start's, are both below this.",
            minimum=0.0,
            maximum=1.0,
            open_below=True,
        ),
    )
}

SLOWEST_SPEED = 0.25
"""So slow that each of the four stages of a step lasts a second."""
FASTEST_SPEED = 100_000.0
UNLIMITED_SPEED = math.inf
SPEED = Parameter(
    "speed",
    "Speed",
    10.0,
    "Steps a second, from one in four seconds to as many as the machine can make.",
    minimum=SLOWEST_SPEED,
    unit="steps/s",
)

LEARNING_RATE_SLIDER = (1e-6, 10.0)
"""The ends of the logarithmic slider; the spin box beside it takes any positive number."""


LARGEST_START = 1e50
"""Parameters beyond this come near to overflowing when predictions are squared."""


def check_theta(theta: Sequence[float], n_features: int) -> FloatArray:
    """Return θ (n+1,) as an array. Raises SettingsError where it cannot be started from."""
    if len(theta) != n_features + 1:
        raise SettingsError(
            messages.START_LENGTH.format(
                given=len(theta), n_features=n_features, needed=n_features + 1
            )
        )
    for value in theta:
        if not math.isfinite(value):
            raise SettingsError(messages.START_NOT_FINITE.format(value=float(value)))
        if abs(value) > LARGEST_START:
            raise SettingsError(
                messages.START_TOO_LARGE.format(value=float(value), limit=LARGEST_START)
            )
    return np.array(theta, dtype=np.float64)


def nearest_start(theta: Sequence[float]) -> tuple[float, ...]:
    """Return θ with every number that is too large to start from at its bound."""
    return tuple(min(max(float(value), -LARGEST_START), LARGEST_START) for value in theta)


@dataclass(frozen=True)
class RunSettings:
    """What a run does at its next step; every change makes a new one.

    The fields are the rows of PARAMETERS. Raises SettingsError for a value out of bounds.
    """

    learning_rate: float = 0.1
    mode: str = "batch"
    batch_size: int = 32
    order: str = "shuffled"
    seed: int = 0
    convention: str = "mse"
    optimizer: str = "gd"
    standardize: bool = False
    fit_intercept: bool = True
    tolerance: float = 1e-6

    def __post_init__(self) -> None:
        for row in fields(self):
            PARAMETERS[row.name].check(getattr(self, row.name))

    def with_(self, **changes: Any) -> Self:
        """Return the settings with some fields changed."""
        return replace(self, **changes)

    def for_points(self, n_points: int) -> Self:
        """Return the settings as they work out for N points: a mini-batch of all is a batch."""
        is_all = self.mode == "mini-batch" and self.batch_size >= n_points
        return self.with_(mode="batch") if is_all else self

    @classmethod
    def from_mapping(cls, values: dict[str, Any]) -> Self:
        """Make settings of names and values; unknown names are passed over (a newer file's)."""
        known = {row.name for row in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    def as_mapping(self) -> dict[str, Any]:
        """Return names and values, for a file."""
        return {row.name: getattr(self, row.name) for row in fields(self)}
