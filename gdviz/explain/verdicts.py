"""The verdict on a run in words: what it is doing, why, and what to do about it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from gdviz.core.problem import Problem
from gdviz.core.snapshot import Snapshot, Status, Trend
from gdviz.explain import messages as words
from gdviz.explain.numbers import format_count, format_many, format_short


class Tone(StrEnum):
    """Whether a verdict is good news; said by the words, and by a colour besides."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True)
class Verdict:
    """A sentence or two, and whether they are good news."""

    text: str
    tone: Tone = Tone.PLAIN


def judge(snapshot: Snapshot, problem: Problem) -> Verdict:
    """Return the verdict on a run."""
    if snapshot.status is Status.STOPPED and snapshot.message:
        return Verdict(snapshot.message, Tone.BAD)
    if problem.n_points == 0:
        return Verdict(words.NO_POINTS)
    verdict = _VERDICTS[snapshot.status](snapshot, problem)
    if problem.is_valley and verdict.tone is not Tone.BAD:  # else there is advice to give
        beginning = re.split(r"[:.](?: |$)", verdict.text)[0]
        valley = words.VALLEY if problem.settings.fit_intercept else words.VALLEY_HELD
        if problem.n_features > 1:
            valley = words.VALLEY_SEVERAL
        return Verdict(f"{beginning}. {valley}", verdict.tone)
    return verdict


def _ready(snapshot: Snapshot, problem: Problem) -> Verdict:
    return Verdict(words.READY)


def _training(snapshot: Snapshot, problem: Problem) -> Verdict:
    if snapshot.trend is Trend.NONE:
        return Verdict(words.TRAINING.format(to_go=_steps_to_go(snapshot)))
    return _trend(snapshot, problem)


def _paused(snapshot: Snapshot, problem: Problem) -> Verdict:
    text = words.PAUSED.format(step=format_count(snapshot.step), to_go=_steps_to_go(snapshot))
    if snapshot.trend is Trend.NONE:
        return Verdict(text)
    trend = _trend(snapshot, problem)
    return Verdict(f"{words.PAUSED_SHORT} {trend.text}", trend.tone)


def _converged(snapshot: Snapshot, problem: Problem) -> Verdict:
    steps = snapshot.step
    if steps == 0:
        return Verdict(words.CONVERGED_AT_START, Tone.GOOD)
    if steps == 1:
        return Verdict(words.CONVERGED_ONE, Tone.GOOD)
    return Verdict(words.CONVERGED.format(steps=format_count(steps)), Tone.GOOD)


def _diverged(snapshot: Snapshot, problem: Problem) -> Verdict:
    rate = format_short(problem.proposed_rate)
    if problem.settings.mode == "batch" and problem.limits.max < math.inf:
        return Verdict(
            words.DIVERGED.format(
                step=format_count(snapshot.step),
                growth=format_short(abs(problem.limits.factor(problem.settings.learning_rate)), 3),
                most=format_short(problem.limits.max, 3),
                rate=rate,
            ),
            Tone.BAD,
        )
    return Verdict(
        words.DIVERGED_STOCHASTIC.format(
            step=format_count(snapshot.step), growth=format_short(snapshot.growth, 3), rate=rate
        ),
        Tone.BAD,
    )


def _stopped(snapshot: Snapshot, problem: Problem) -> Verdict:
    return Verdict(words.PAUSED_SHORT)


def _trend(snapshot: Snapshot, problem: Problem) -> Verdict:
    if snapshot.trend is Trend.WANDERING:
        return Verdict(words.WANDERING)
    if snapshot.trend is Trend.OSCILLATING:
        return Verdict(words.OSCILLATING.format(rate=format_short(problem.limits.smooth, 3)))
    return Verdict(
        words.DIVERGING.format(
            growth=format_short(snapshot.growth, 3), rate=format_short(problem.proposed_rate)
        ),
        Tone.BAD,
    )


def _steps_to_go(snapshot: Snapshot) -> str:
    steps = snapshot.steps_to_go
    if math.isnan(steps) or math.isinf(steps) or steps < 1:
        return ""
    if steps < 1.5:
        return words.STEP_TO_GO
    return words.STEPS_TO_GO.format(steps=format_many(steps))


_VERDICTS = {
    Status.READY: _ready,
    Status.TRAINING: _training,
    Status.PAUSED: _paused,
    Status.CONVERGED: _converged,
    Status.DIVERGED: _diverged,
    Status.STOPPED: _stopped,
}
