"""The result of ``gdviz fit`` in words and as JSON."""

from __future__ import annotations

import json
import math

import numpy as np
import numpy.typing as npt

from gdviz import cli_messages as messages
from gdviz.core.proposal import propose_rate, would_take_many_steps
from gdviz.core.settings import PARAMETERS
from gdviz.core.snapshot import Status, Trend
from gdviz.explain.numbers import equation, format_number, format_short
from gdviz.fit import Result

_MOST_STEPS = 1e9  # of more nobody makes a picture

FloatArray = npt.NDArray[np.float64]


def as_json(result: Result) -> str:
    """Return one JSON object, with null for what is infinite."""
    snapshot, limit = result.snapshot, result.limits
    content = {
        "theta": snapshot.theta.tolist(),
        "cost": snapshot.cost,
        "steps": snapshot.step,
        "epochs": snapshot.epoch,
        "status": str(snapshot.status),
        "minimum": {"theta": _minimum(result).tolist(), "cost": result.cost.minimum_cost},
        "limits": {
            "lambda_min": limit.lambda_min,
            "lambda_max": limit.lambda_max,
            "best": _finite(limit.best),
            "max": _finite(limit.max),
        },
    }
    return json.dumps(content, allow_nan=False)


def as_text(result: Result) -> str:
    """Return the result as a few aligned lines."""
    snapshot, limit = result.snapshot, result.limits
    convention = next(
        choice.help.removeprefix("J = ")
        for choice in PARAMETERS["convention"].choices
        if choice.value == result.cost.convention
    )
    rows = _line(messages.ROW_LINE, snapshot.theta, result)
    rows += [
        (messages.ROW_COST, f"{format_number(snapshot.cost)}   ({convention})"),
        (messages.ROW_EPOCHS, f"{snapshot.epoch}"),
    ]
    rows += _line(messages.ROW_MINIMUM, _minimum(result), result)
    rows.append((messages.ROW_COST, format_number(result.cost.minimum_cost)))
    if len(result.cost.flat_directions):
        rows.append(("", messages.VALLEY))
    rates = messages.RATES_NONE
    if limit.max < math.inf:
        rates = messages.RATES.format(
            smooth=format_short(limit.smooth),
            best=format_short(limit.best),
            limit=format_short(limit.max),
        )
        if result.problem.settings.standardize:
            rates += messages.IN_Z_SCORES
    rows.append((messages.ROW_RATES, rates))
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {text}" for name, text in rows]
    if snapshot.status is not Status.DIVERGED:
        lines.append(verdict(result))
    return "\n".join(lines)


def verdict(result: Result) -> str:
    """Return a sentence on how the run ended, and what could be done about it."""
    snapshot, settings, limit = result.snapshot, result.problem.settings, result.limits
    steps = _steps(snapshot.step)
    if snapshot.status is Status.CONVERGED:
        text = messages.CONVERGED if snapshot.step <= 1 else messages.CONVERGED_FEWER
        return text.format(steps=steps)
    proposal = _plain(propose_rate(result.problem.dataset, settings))
    if snapshot.status is Status.DIVERGED:
        below = ""
        if settings.mode == "batch":
            below = messages.DIVERGED_LIMIT.format(limit=format_short(limit.max))
        text = messages.DIVERGED.format(
            steps=steps, rate=_plain(settings.learning_rate), limit=below, proposal=proposal
        )
        return text + _hint_to_standardize(result)
    to_go = snapshot.steps_to_go
    if math.isfinite(to_go):
        text = messages.STOPPED_TO_GO.format(steps=steps, to_go=_steps_to_go(to_go))
    else:
        text = messages.STOPPED.format(steps=steps, gap=format_short(snapshot.gap))
    if settings.mode != "batch":
        if snapshot.trend is Trend.WANDERING:
            text += messages.HINT_NOISE.format(mode=settings.mode)
    elif hint := _hint_to_standardize(result):
        text += hint
    elif settings.learning_rate < 0.5 * float(proposal):
        text += messages.HINT_TOO_SMALL.format(rate=proposal)
    return text


def _hint_to_standardize(result: Result) -> str:
    """Return what to do about a narrow valley; nothing where there is none."""
    problem = result.problem
    if problem.settings.standardize or not would_take_many_steps(problem.dataset, problem.settings):
        return ""
    kappa = result.limits.condition_number
    return messages.HINT_STANDARDIZE.format(kappa=format_short(kappa, 2))


def _line(name: str, theta: FloatArray, result: Result) -> list[tuple[str, str]]:
    if len(theta) == 2:
        return [(name, equation(theta, 6))]
    names = ["b", *result.problem.dataset.feature_names]
    symbols = ["b", *(f"w{j}" for j in range(1, len(theta)))]
    return [
        (
            f"{name} {symbol}",
            format_number(float(value), 6) + (f"   ({column})" if column != symbol else ""),
        )
        for symbol, column, value in zip(symbols, names, theta, strict=True)
    ]


def _minimum(result: Result) -> FloatArray:
    return result.cost.scaling.to_user(result.cost.minimum)


def _steps(count: int) -> str:
    return messages.ONE_STEP if count == 1 else messages.STEPS.format(count=f"{count:,}")


def _steps_to_go(count: float) -> str:
    """Return about how many steps; of more than a billion, no more than that."""
    if count > _MOST_STEPS:
        return messages.MORE_THAN_A_BILLION
    return messages.ABOUT.format(count=_steps(math.ceil(count)))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _plain(value: float) -> str:
    """Return a number as it can be typed after an option."""
    return f"{value:g}"
