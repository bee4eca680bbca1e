"""One slice of the cost below its title, and what the step does on it in a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdviz.core.slices import Slice, StepKind
from gdviz.explain.numbers import format_number, format_short
from gdviz.ui.plots.slice_plot import SlicePlot
from gdviz.ui.theme import Theme, text_font
from gdviz.ui.widgets.elided_label import ElidedLabel
from gdviz.ui.words import plots as words

_INDENT = 12
# So near to 0 is what is left of the distance that no eye sees it.
_NOTHING = 0.005


class SlicePart(QWidget):
    """A plot below its title and a caption."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.plot = SlicePlot(name, theme)
        self.title, self.caption = ElidedLabel(), ElidedLabel()
        self.title.setProperty("role", "title")
        self.title.setFont(text_font(10, bold=True))
        self.caption.setProperty("role", "muted")
        self.caption.setFont(text_font(9.5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self.title, self.caption):
            label.setContentsMargins(_INDENT, 0, 0, 0)
            layout.addWidget(label)
        layout.addWidget(self.plot, 1)

    def show_words(self, title: str, caption: str) -> None:
        """Say what is shown and what the step does."""
        self.title.show_text(title)
        self.caption.show_text(caption)
        self.plot.setAccessibleDescription(caption)


def step_in_words(curve: Slice, name: str, *, sees_one: bool) -> str:
    """Return what the step does along this parameter."""
    if not curve.follows_tangent:
        template = words.SLICE_ONE_SLOPE if sees_one else words.SLICE_OTHER_SLOPE
        return template.format(
            step=format_number(curve.step_gradient, 3), all=format_number(curve.gradient, 3)
        )
    if curve.curvature > 0 and curve.is_at_lowest:
        return words.SLICE_AT_LOWEST
    kind = curve.kind.value
    if curve.kind is StepKind.LANDS and abs(curve.factor) > _NOTHING:
        kind = "lands near"
    elif abs(curve.factor + 1) < _NOTHING:
        kind = "swings"
    return words.SLICE_STEPS[kind].format(
        name=name,
        rate=format_short(curve.rate),
        factor=format_number(abs(curve.factor), 2 if abs(curve.factor) < 0.995 else 3),
        share=format_number(100 * (1 - curve.factor), 2),
    )
