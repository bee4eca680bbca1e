"""Keeps what happens in view, calmly: one smooth move when it has left, none while it is inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gdviz.ui.plots.contour_plot import ContourPlot

_FRAMES = 14
# When the dot has left, the view opens by this factor, so that it will not leave at once again.
_ROOM = 1.5
_LARGEST = 1e30


@dataclass(frozen=True)
class Box:
    """A part of the plane: center, half width and height, and whether both axes have one scale."""

    x: float
    y: float
    half_width: float
    half_height: float
    is_true_shape: bool = False

    def contains(self, x: float, y: float, share: float = 1.0) -> bool:
        """Whether (x, y) lies inside, or within so large a share of it around the center."""
        return (
            abs(x - self.x) <= share * self.half_width
            and abs(y - self.y) <= share * self.half_height
        )

    def reaching(self, x: float, y: float) -> Box:
        """Return a box about the same center, opened so that (x, y) is well inside."""
        factor = max(abs(x - self.x) / self.half_width, abs(y - self.y) / self.half_height, 1.0)
        factor = min(factor * _ROOM, _LARGEST / max(self.half_width, self.half_height))
        return replace(
            self, half_width=self.half_width * factor, half_height=self.half_height * factor
        )


class ViewFollower:
    """Moves a plot's view to where the action is, unless a person has taken it in hand."""

    def __init__(self, plot: ContourPlot) -> None:
        self._plot = plot
        self._target = Box(0.0, 0.0, 1.0, 1.0)
        self._from: Box | None = None
        self._frame = _FRAMES
        self._is_manual = False
        plot.moved_by_hand.connect(self._take_hand)
        plot.view.sigResized.connect(self._on_resized)

    @property
    def is_manual(self) -> bool:
        """Whether a person has moved the view."""
        return self._is_manual

    def fit(self, box: Box) -> None:
        """Show ``box`` at once, and follow from there."""
        self._is_manual = False
        self._target = box
        self._from = None
        self._frame = _FRAMES
        self._set(self._shaped(box))

    def follow(self, x: float, y: float) -> None:
        """Open the view where (x, y) has left it."""
        if self._is_manual or self._shaped(self._target).contains(x, y, 0.97):
            return
        if not (abs(x) < _LARGEST and abs(y) < _LARGEST):
            return
        (x0, x1), (y0, y1) = self._plot.view.viewRange()
        self._from = Box((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2)
        self._target = self._shaped(self._target).reaching(x, y)
        self._frame = 0

    def advance(self) -> None:
        """Go one frame further on the way to the target."""
        if self._frame >= _FRAMES or self._from is None:
            return
        self._frame += 1
        t = self._frame / _FRAMES
        t = t * t * (3 - 2 * t)  # smoothstep: no jerk at either end
        a, b = self._from, self._shaped(self._target)
        self._set(
            Box(
                a.x + t * (b.x - a.x),
                a.y + t * (b.y - a.y),
                a.half_width * (b.half_width / a.half_width) ** t,
                a.half_height * (b.half_height / a.half_height) ** t,
            )
        )

    def _shaped(self, box: Box) -> Box:
        """Return the box widened so that both axes have one scale, where it asks for that."""
        rect = self._plot.view.sceneBoundingRect()
        if not box.is_true_shape or rect.width() < 1 or rect.height() < 1:
            return box
        per_pixel = max(2 * box.half_width / rect.width(), 2 * box.half_height / rect.height())
        return replace(
            box,
            half_width=per_pixel * rect.width() / 2,
            half_height=per_pixel * rect.height() / 2,
        )

    def _set(self, box: Box) -> None:
        self._plot.set_view(
            (box.x - box.half_width, box.x + box.half_width),
            (box.y - box.half_height, box.y + box.half_height),
        )

    def _take_hand(self) -> None:
        self._is_manual = True
        self._frame = _FRAMES

    def _on_resized(self, *_: object) -> None:
        if not self._is_manual:
            self._frame = _FRAMES
            self._set(self._shaped(self._target))
