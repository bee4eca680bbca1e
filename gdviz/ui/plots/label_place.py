"""Where a label beside a dot on a curve covers neither the dot nor much else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF

# How near a label comes to the dot, and how much of a better place makes it leave its own.
_CLEAR = 11.0
_LOYALTY = 1.5


class LabelPlace:
    """Chooses among a few places, and stays at the one it has for as long as that will do."""

    def __init__(self) -> None:
        self._last = 0

    def choose(
        self,
        area: QRectF,
        size: tuple[float, float],
        dot: QPointF,
        inward: float,
        tangent: tuple[QPointF, QPointF],
        landing: QPointF,
        curve: Callable[[float], float],
    ) -> QRectF | None:
        """Return a rectangle inside ``area`` (pixels) off the dot; None where there is none.

        ``inward`` is 1 where the curve falls to the right of the dot, else −1; ``curve`` gives its
        height at an x.
        """
        best: tuple[float, int, QRectF] | None = None
        around = QRectF(dot.x() - _CLEAR, dot.y() - _CLEAR, 2 * _CLEAR, 2 * _CLEAR)
        target = QRectF(landing.x() - 8, landing.y() - 8, 16, 16)
        for number, rect in enumerate(_places(area, size, dot, inward)):
            score = 0.6 * number - (_LOYALTY if number == self._last else 0.0)
            is_worse = best is not None and score >= best[0]
            if is_worse or not area.contains(rect) or rect.intersects(around):
                continue
            score += 4 * rect.intersects(target)
            score += 3 * _crosses(rect, *tangent)
            edges = (rect.left(), rect.center().x(), rect.right())
            heights = [curve(x) for x in edges]
            is_crossed = min(heights) < rect.bottom() and max(heights) > rect.top()
            score += 2 * is_crossed
            if best is None or score < best[0]:
                best = score, number, rect
        if best is None:
            return None
        self._last = best[1]
        return best[2]


def _places(area: QRectF, size: tuple[float, float], dot: QPointF, inward: float) -> list[QRectF]:
    """Return places in order of preference: within the bowl, outside it, above, in the corners."""
    width, height = size
    x, y = dot.x(), dot.y()

    def beside(side: float, away: float, top: float) -> QRectF:
        return QRectF(x + away if side > 0 else x - away - width, top, width, height)

    return [
        beside(inward, 14, y - height - 2),
        beside(-inward, 14, y + 2),
        QRectF(x - width / 2, y - height - 14, width, height),
        beside(inward, 30, y - height / 2),
        beside(-inward, 30, y - height / 2),
        beside(inward, 14, y + 4),
        beside(-inward, 14, y - height - 2),
        QRectF(area.center().x() - width / 2, area.top(), width, height),
        QRectF(area.left(), area.top(), width, height),
        QRectF(area.right() - width, area.top(), width, height),
        QRectF(area.left(), area.bottom() - height, width, height),
        QRectF(area.right() - width, area.bottom() - height, width, height),
    ]


def _crosses(rect: QRectF, start: QPointF, end: QPointF) -> bool:
    """Whether a segment passes through a rectangle, looked at in a few places."""
    way = end - start
    return any(rect.contains(start + way * (step / 10)) for step in range(11))
