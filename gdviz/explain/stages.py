"""The four stages of a step, in the order in which they are worked out."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise


class Stage(StrEnum):
    """How far a step is worked out; each stage holds all that is before it."""

    PREDICT = "predict"
    ERROR = "error"
    GRADIENT = "gradient"
    UPDATE = "update"

    @property
    def order(self) -> int:
        """Its place among the stages, from 0."""
        return _ORDER[self]

    @property
    def following(self) -> Stage | None:
        """The stage after it; None after the last."""
        return _FOLLOWING.get(self)

    @property
    def label(self) -> str:
        """Its name on the screen."""
        return self.value.capitalize()

    @property
    def sentence(self) -> str:
        """What happens in it."""
        return _SENTENCES[self]


# The table of the points asks for every cell.
_ORDER = {stage: place for place, stage in enumerate(Stage)}
_FOLLOWING = dict(pairwise(Stage))
_SENTENCES = {
    Stage.PREDICT: "What is predicted? Put x into the formula.",
    Stage.ERROR: "How far off? e is predicted minus actual.",
    Stage.GRADIENT: "How would J change if a parameter grew?",
    Stage.UPDATE: "Go against the gradient: η times as far.",
}
