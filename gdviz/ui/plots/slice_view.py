"""Which part of a slice is in view: chosen rarely and in big steps, so that it stands still."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gdviz.core.slices import Slice

if TYPE_CHECKING:
    from gdviz.ui.plots.frame_glide import FrameGlide

# A landing place farther out than so many times the distance to the bottom is not waited for.
_FARTHEST = 6.0
# A view that is left opens by this factor more than it must.
_ROOM = 2.5
# What was reached of late counts less with each step, and with the time that a slow one takes: so
# much less in so many seconds, or in a step that takes less. Steps that see single points land now
# near and now far, and the view must not breathe with them: of theirs a second counts at most.
_FADING, _FADING_SECONDS = 0.8, 0.2
_FADING_SLOWLY, _SLOW_SECONDS, _MOST_SECONDS = 0.99, 1 / 60, 1.0
# Below this share of the view's half width, 15 % of its width, all is a speck: the view
# closes in. Later where single points are seen, whose steps are now long and now short.
_SPECK, _SPECK_OF_FEW = 0.32, 0.08
# The curve sinks as the other parameters go down; so much room is kept below it.
_SINK = 0.2
# A lowest place that comes nearer to the edge than this, or higher, leaves the view as well.
_ASIDE, _LIFTED = 0.85, 0.6
# It closes in no further than to this share of the first view: a run comes to rest at the bottom.
_CLOSEST = 0.004
# A curve that goes on by more than this share of the frame at once takes the frame along: a view
# that glides after it would come too late again and again. After a leap it is another frame's turn.
_CARRIED, _LEAP = 0.2, 20.0
_LARGEST = 1e60


@dataclass(frozen=True)
class Frame:
    """What is to be seen: ``half`` to both sides of ``center``, and J from ``low`` to ``high``."""

    center: float
    half: float
    low: float
    high: float

    def holds(self, curve: Slice) -> bool:
        """Whether dot, lowest place and landing place are in it."""
        slack = 1.12 * self.half
        top = self.high + 0.2 * (self.high - self.low)
        places = (curve.here, curve.lowest, _landing(curve))
        return (
            all(abs(place - self.center) <= slack for place in places)
            and max(curve.cost, curve.at(_landing(curve))) <= top
            and abs(curve.lowest - self.center) <= _ASIDE * self.half
            and -0.02 <= (curve.lowest_cost - self.low) / (self.high - self.low) <= _LIFTED
        )

    def carried(self, across: float, up: float) -> Frame:
        """Return the frame so far to the right and higher."""
        return Frame(self.center + across, self.half, self.low + up, self.high + up)

    def moved_to(self, curve: Slice) -> Frame:
        """Return the frame as large as it is, with the lowest place where a fresh one has it."""
        height = self.high - self.low
        low = _below(curve, height)
        return Frame(curve.lowest, self.half, low, low + height)


class SliceView:
    """Chooses the frame of a plot, to which ``glide`` takes the view; ``clock`` gives seconds."""

    def __init__(self, glide: FrameGlide, clock: Callable[[], float] = time.monotonic) -> None:
        self._glide = glide
        self._clock = clock
        self._followed_at = -math.inf
        self._home: Frame | None = None
        self._frame: Frame | None = None
        self._recent = 0.0
        self._lowest = (0.0, 0.0)
        self.is_manual = False

    def fit(self, curve: Slice) -> None:
        """Show all that happens on the slice, and follow from there."""
        self.is_manual = False
        self._recent = reach(curve)
        self._lowest = (curve.lowest, curve.lowest_cost)
        self._home = frame_of(curve)
        self._use(self._home, self._glide.jump)

    def follow(self, curve: Slice, *, is_changed: bool = False) -> None:
        """Choose another frame where the present one does not do any more.

        ``is_changed``: a person changed the problem, so that a better frame is no disturbance.
        """
        if self.is_manual:
            return
        home, frame = self._home, self._frame
        if home is None or frame is None:
            self.fit(curve)
            return
        frame = self._carry(frame, curve)
        now = reach(curve)
        fading = self._fading(sees_all=curve.follows_tangent)
        recent = self._recent = now if is_changed else max(now, fading * self._recent)
        least = _CLOSEST * home.half
        share = _SPECK if is_changed or curve.follows_tangent else _SPECK_OF_FEW
        is_speck = recent < share * frame.half and now > least
        if frame.holds(curve) and not is_speck:
            return
        moved = frame.moved_to(curve)
        if home.holds(curve) and now > _SPECK * home.half:
            better = home
        elif is_speck:
            better = frame_of(curve, max(least, recent))
        elif moved.holds(curve):
            better = moved
        else:
            better = frame_of(curve, max(least, recent), _ROOM)
        self._use(better, self._glide.jump if is_changed else self._glide.glide)

    def _carry(self, frame: Frame, curve: Slice) -> Frame:
        """Return the frame, taken along by a curve that has gone far since it was followed last."""
        before, self._lowest = self._lowest, (curve.lowest, curve.lowest_cost)
        across, up = (now - then for now, then in zip(self._lowest, before, strict=True))
        far = max(abs(across) / frame.half, abs(up) / (frame.high - frame.low))
        # Steps that see single points lead to and fro, and the view is to stand.
        if not (_CARRIED < far < _LEAP and curve.follows_tangent):
            return frame
        self._frame = frame.carried(across, up)
        self._glide.carry(across, up)
        return self._frame

    def go_on(self, curve: Slice) -> None:
        """Follow again, and go where the view was going before a hand held it."""
        self.follow(curve)
        if self._frame is not None and not self.is_manual:
            self._glide.glide(self._frame)

    def resized(self) -> None:
        """Put the frame on the screen anew: its margins are pixels."""
        if not self.is_manual:
            self._glide.renew()

    def _fading(self, *, sees_all: bool) -> float:
        """Return how much of what was reached before this step still counts."""
        before, self._followed_at = self._followed_at, self._clock()
        seconds = self._followed_at - before
        if sees_all:
            return math.pow(_FADING, max(seconds / _FADING_SECONDS, 1.0))
        return math.pow(_FADING_SLOWLY, max(min(seconds, _MOST_SECONDS) / _SLOW_SECONDS, 1.0))

    def _use(self, frame: Frame, show: Callable[[Frame], None]) -> None:
        numbers = (frame.center, frame.half, frame.low, frame.high)
        if frame != self._frame and all(abs(number) < _LARGEST**2 for number in numbers):
            self._frame = frame
        if self._frame is not None:
            show(self._frame)


def reach(curve: Slice) -> float:
    """Return how far from the lowest place anything is that has to be seen."""
    return max(abs(place - curve.lowest) for place in (curve.here, _landing(curve)))


def frame_of(curve: Slice, least: float = 0.0, room: float = 1.0) -> Frame:
    """Return a frame around the lowest place that the slice's own parabola fills."""
    half = max(reach(curve), least)
    # Where nothing lies apart, as much as the numbers' own size.
    tiny = 1e-9 * max(abs(curve.lowest), abs(curve.here))
    if half <= tiny:
        half = 0.5 * max(abs(curve.lowest), 1.0)
    half *= room
    high = max(curve.cost, curve.at(_landing(curve)))
    high = curve.lowest_cost + room * room * (high - curve.lowest_cost)
    if reach(curve) < least or high - curve.lowest_cost <= 1e-9 * abs(high):
        high = max(high, curve.at(curve.lowest + half))
    low = _below(curve, high - curve.lowest_cost)
    if high - low <= 1e-9 * abs(high):
        high = low + (0.5 * abs(low) or 1.0)
    return Frame(curve.lowest, half, low, high)


def _below(curve: Slice, height: float) -> float:
    """Return how far down a frame goes: the curve sinks, but never below the minimum of J."""
    return curve.lowest_cost - min(_SINK * height, max(curve.lowest_cost - curve.goal_cost, 0.0))


def _landing(curve: Slice) -> float:
    """Return the landing place, brought nearer where it lies absurdly far out."""
    distance = abs(curve.here - curve.lowest)
    away = curve.landing - curve.lowest
    if math.isnan(away):
        return curve.here
    return curve.lowest + max(min(away, _FARTHEST * distance), -_FARTHEST * distance)
