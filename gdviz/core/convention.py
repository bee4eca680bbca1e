"""The cost conventions: whether J is a mean or a sum, and whether it is halved."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.core.settings import PARAMETERS


@dataclass(frozen=True)
class CostConvention:
    """J = s Σ e² and ∇J = c Σ e x̃ over k points, c = 2s (DESIGN: cost convention).

    Attributes:
        is_mean: J divides by the number of points.
        is_half: J is halved, so that the 2 of the square is gone from the gradient.

    """

    is_mean: bool
    is_half: bool

    @property
    def name(self) -> str:
        """As in the settings."""
        return f"{'half-' if self.is_half else ''}{'mse' if self.is_mean else 'sum'}"

    @property
    def twin(self) -> CostConvention:
        """The convention that differs from this one in the 2 only."""
        return CostConvention(self.is_mean, not self.is_half)

    def weight(self, n_points: int) -> float:
        """Return s for k points: 1/k, 1/2k, 1 or 1/2."""
        half = 0.5 if self.is_half else 1.0
        return half / max(n_points, 1) if self.is_mean else half

    def factor(self, n_points: int) -> float:
        """Return c for k points: 2/k, 1/k, 2 or 1."""
        return 2 * self.weight(n_points)


_BY_NAME = {
    row.name: row
    for row in (CostConvention(mean, half) for mean in (True, False) for half in (True, False))
}


def convention(name: str) -> CostConvention:
    """Return the convention of a name in the settings. Raises SettingsError for another name."""
    PARAMETERS["convention"].check(name)
    return _BY_NAME[name]
