"""How a slice's view goes to another frame: smoothly where a run makes it go, else at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gdviz.ui.plots.slice_view import Frame

# So much of the way that is left it goes with each frame, at most; the first frames are slower.
_SHARE, _FIRST_SHARE = 0.25, 0.07
# So near to its size and place is there, as a share of the size.
_THERE = 0.01
# A little more than a frame: while a run shows itself at every frame that moves it.
_FRAME_MS = 20
_FEW = 1e-3


class FrameGlide:
    """Moves the frame that is shown, in a fifth of a second or two; its timer ends by itself.

    What is in the frame it comes from and in the one it goes to is in view all the way.
    """

    def __init__(self, show: Callable[[Frame], None], plot: QWidget) -> None:
        self._show = show
        self._plot = plot
        self._shown: Frame | None = None
        self._target: Frame | None = None
        self._n_frames = 0
        self._timer = QTimer(plot, singleShot=True, interval=_FRAME_MS)
        self._timer.timeout.connect(self.advance)

    @property
    def is_moving(self) -> bool:
        """Whether it is on its way."""
        return self._target is not None

    def jump(self, frame: Frame) -> None:
        """Show a frame at once."""
        self.rest()
        self._shown = frame
        self._show(frame)

    def glide(self, frame: Frame) -> None:
        """Set out for a frame; on the way to another it changes its course."""
        if self._shown is None or not self._plot.isVisible():
            self.jump(frame)
        elif frame != (self._target or self._shown):
            self._n_frames = self._n_frames if self.is_moving else 0
            self._target = frame
            self._timer.start()

    def advance(self) -> None:
        """Go a frame further, if it is on its way."""
        shown, target = self._shown, self._target
        if shown is None or target is None:
            return
        self._n_frames += 1
        share = min(self._n_frames * _FIRST_SHARE, _SHARE)
        frame = _between(shown, target, share)
        if _is_there(frame, target):
            self.jump(target)
            return
        self._shown = frame
        self._show(frame)
        self._timer.start()

    def carry(self, across: float, up: float) -> None:
        """Be so far to the right and higher at once, and go on from there as before."""
        if self._target is not None:
            self._target = self._target.carried(across, up)
        if self._shown is not None:
            self._shown = self._shown.carried(across, up)
            self._show(self._shown)

    def renew(self) -> None:
        """Show the frame again where the plot has another size."""
        if self._shown is not None:
            self._show(self._shown)

    def arrive(self) -> None:
        """Be there at once."""
        if self._target is not None:
            self.jump(self._target)

    def rest(self) -> None:
        """Stay where it is."""
        self._target = None
        self._timer.stop()


def _between(a: Frame, b: Frame, share: float) -> Frame:
    """Return the frame that lies so far on the way from ``a`` to ``b``.

    Sizes change by factors, as one sees them. Places go along in proportion, so that its edges lie
    between those of both.
    """
    half, left = _scaled(a.half, b.half, share)
    height, below = _scaled(a.high - a.low, b.high - b.low, share)
    low = b.low + below * (a.low - b.low)
    return Frame(b.center + left * (a.center - b.center), half, low, low + height)


def _scaled(a: float, b: float, share: float) -> tuple[float, float]:
    """Return the size between two, and how much of the way from it to ``b`` is left."""
    if abs(a - b) <= _FEW * b:
        return b + (1 - share) * (a - b), 1 - share
    size = b * (a / b) ** (1 - share)
    return size, (size - b) / (a - b)


def _is_there(frame: Frame, target: Frame) -> bool:
    height = target.high - target.low
    return (
        abs(frame.half - target.half) <= _THERE * target.half
        and abs(frame.center - target.center) <= _THERE * target.half
        and abs(frame.low - target.low) <= _THERE * height
        and abs(frame.high - target.high) <= _THERE * height
    )
