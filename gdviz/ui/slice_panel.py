"""Two slices of the cost side by side, with what the step does on each of them in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QWidget

from gdviz.core.cost import QuadraticCost
from gdviz.core.settings import RunSettings
from gdviz.core.slices import Slice, StepKind
from gdviz.core.stability import limits
from gdviz.explain.numbers import format_number
from gdviz.ui.plots.slice_plot import SlicePlot
from gdviz.ui.slice_part import SlicePart, step_in_words
from gdviz.ui.theme import Theme
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

# Words change at most this often: nobody reads faster, and nothing flickers.
_MS_PER_WORDS = 70


class SlicePanel(QWidget):
    """J along the slope and along the intercept, or along two parameters of many.

    Signals:
        start_chosen: a person put a dot elsewhere; carries θ in the person's units, as a tuple.

    """

    start_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slicePlot")
        self.setAccessibleName(words.SLICE_NAME)
        self._cost: QuadraticCost | None = None
        self._settings = RunSettings()
        self._names: tuple[str, ...] = ()
        self._theta: FloatArray = np.zeros(2)
        self._step_gradient: FloatArray | None = None
        self._missed: tuple[FloatArray, FloatArray | None] | None = None
        self._chosen: tuple[int, int] | None = None
        self._limit: float | None = None
        self._turn = 0
        self._must_fit = True
        self._said = QElapsedTimer()
        self._words = QTimer(self, singleShot=True)
        self._words.timeout.connect(self._show_words)
        self._parts = tuple(
            SlicePart(name, theme) for name in ("slicePlotFirst", "slicePlotSecond")
        )
        self._empty = QLabel(words.SLICE_EMPTY)
        self._empty.setProperty("role", "muted")
        self._empty.setMargin(12)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in self._parts:
            layout.addWidget(part, 1)
            part.plot.theta_chosen.connect(self._on_theta_chosen)
            part.plot.dot_released.connect(self._catch_up)
            part.plot.fit_requested.connect(part.plot.fit)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(row)
        self._stack.addWidget(self._empty)

    @property
    def plots(self) -> tuple[SlicePlot, SlicePlot]:
        """The two plots; the second is hidden where there is but one parameter."""
        first, second = self._parts
        return first.plot, second.plot

    @property
    def titles(self) -> tuple[str, ...]:
        """What the plots are said to show."""
        return tuple(part.title.text() for part in self._parts)

    @property
    def captions(self) -> tuple[str, ...]:
        """What the step is said to do in each of them."""
        return tuple(part.caption.text() for part in self._parts)

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for plot in self.plots:
            plot.apply_theme(theme)

    # --- what is shown ---------------------------------------------------------------------------

    def show_problem(
        self, cost: QuadraticCost, settings: RunSettings, names: Sequence[str], *, fit: bool
    ) -> None:
        """Show another cost, the one that is descended (with b held at 0 if so set).

        ``names`` are those of θ's entries: ("b", "m") or ("b", "w1", …). ``fit`` chooses the views
        anew.
        """
        self._cost, self._settings, self._names = cost, settings, tuple(names)
        self._limit = None
        if len(self._theta) != cost.n_features + 1:
            self._theta = np.zeros(cost.n_features + 1)
        self._step_gradient = None
        self._name_plots()
        self._must_fit |= fit
        self._refresh(is_changed=True)

    def show_parameters(self, first: int, second: int) -> None:
        """Show two other parameters, by their places in θ (0 is the intercept)."""
        if (first, second) != self._shown:
            self._chosen = (first, second)
            self._name_plots()
            self._must_fit = True
            self._refresh()

    def show_theta(
        self,
        theta: FloatArray | Sequence[float],
        step_gradient: FloatArray | None = None,
        *,
        in_turn: bool = False,
    ) -> None:
        """Show where the descent is, θ (n+1,) in the person's units.

        ``step_gradient`` (n+1,) is the gradient over the points that the step sees, in the
        coordinates of the descent; None where it sees all of them. ``in_turn`` draws one of the two
        plots only, and the other the next time: for a run that is too fast to follow anyway.
        """
        theta = np.asarray(theta, dtype=np.float64)
        if any(plot.is_held for plot in self.plots):
            self._missed = theta, step_gradient
            return
        self._theta, self._step_gradient = theta, step_gradient
        self._turn = 1 - self._turn
        self._refresh(only=self._turn if in_turn and len(self._shown) > 1 else None)

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw the curves stronger where "slices" is among the names."""
        for plot in self.plots:
            plot.emphasise("slices" in names)

    def fit(self) -> None:
        """Show everything in both plots."""
        self._must_fit = True
        self._refresh()

    def stop(self) -> None:
        """Leave no timer running."""
        self._words.stop()
        for plot in self.plots:
            plot.arrive()

    def return_home(self) -> None:
        """Fit the views that no person has moved."""
        for plot in self.plots:
            plot.return_home()

    # --- events ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody looked."""
        super().showEvent(event)
        self._refresh()
        self._show_words()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._words.stop()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _shown(self) -> tuple[int, ...]:
        """The places in θ of the parameters that are shown."""
        n = self._cost.n_features if self._cost is not None else 1
        has_intercept = self._cost is None or self._cost.fit_intercept
        if n == 1:
            return (1, 0) if has_intercept else (1,)
        first = 0 if has_intercept else 1
        chosen = self._chosen or (1, 2)
        shown = tuple(dict.fromkeys(index for index in chosen if first <= index <= n))
        return shown or (1, 2)

    def _name_plots(self) -> None:
        """Give axes and plots the names of what they show."""
        cost, shown = self._cost, self._shown
        if cost is None:
            return
        self._stack.setCurrentIndex(0 if cost.n_points else 1)
        self._parts[1].setVisible(len(shown) > 1)
        for part, parameter in zip(self._parts, shown, strict=False):
            name = self._names[parameter]
            label = words.AXES_ONE[parameter] if cost.n_features == 1 else name
            if not cost.scaling.is_identity:
                label = words.AXIS_SCALED.format(name=name)
            is_whole = cost.n_features == 1 and not cost.fit_intercept
            part.plot.show_problem(label, name, is_whole=is_whole)

    def _refresh(self, *, is_changed: bool = False, only: int | None = None) -> None:
        """Draw the slices through where the descent is, if anybody can see them."""
        cost = self._cost
        if cost is None or not self.isVisible() or len(self._theta) != cost.n_features + 1:
            return
        fit, self._must_fit = self._must_fit, False
        settings = self._settings
        sees_all = settings.for_points(cost.n_points).mode == "batch"
        gradient = None if sees_all else self._step_gradient
        for place, (part, parameter) in enumerate(zip(self._parts, self._shown, strict=False)):
            if only not in (None, place) and not fit:
                continue
            curve = None
            if cost.n_points:
                curve = Slice.of(cost, self._theta, parameter, settings.learning_rate, gradient)
            part.plot.show_slice(curve, fit=fit, is_changed=is_changed)
        if is_changed or fit or not self._said.isValid() or self._said.elapsed() >= _MS_PER_WORDS:
            self._show_words()
        elif not self._words.isActive():
            self._words.start(_MS_PER_WORDS)

    def _show_words(self) -> None:
        self._words.stop()
        self._said.start()
        settings = self._settings
        batch = settings.batch_size if settings.mode == "mini-batch" else 0
        sees_one = settings.mode == "sgd" or batch == 1
        for part in self._parts:
            curve = part.plot.state.curve
            if curve is not None and not part.isHidden():
                name = self._names[curve.parameter]
                caption = step_in_words(curve, name, sees_one=sees_one)
                part.show_words(self._title(curve, name), self._with_others(curve, caption))

    def _title(self, curve: Slice, name: str) -> str:
        n = len(curve.theta) - 1
        if n > 1:
            return words.SLICE_TITLE_MANY.format(name=name)
        if len(self._shown) == 1:
            return words.SLICE_TITLE_WHOLE.format(name=name)
        other = 1 - curve.parameter
        return words.SLICE_TITLE_ONE.format(
            name=name,
            other=self._names[other],
            value=format_number(float(curve.theta[other]), 4),
        )

    def _with_others(self, curve: Slice, caption: str) -> str:
        """Add that the run climbs out all the same, where the step along one parameter does not."""
        cost = self._cost
        is_alone = curve.kind in (StepKind.FLAT, StepKind.CLIMBS_OUT) or not curve.follows_tangent
        if cost is None or is_alone or len(self._shown) == 1 or curve.is_at_lowest:
            return caption
        if self._limit is None:
            self._limit = limits(cost).max
        if curve.rate <= self._limit:
            return caption
        names = " and ".join(self._names[p] for p in self._shown)
        if cost.n_features > 1:
            names = words.SLICE_ALL_NAMES
        return words.SLICE_TOGETHER.format(step=caption, names=names)

    def _on_theta_chosen(self, theta: tuple[float, ...]) -> None:
        """Let both plots follow the hand, and tell."""
        self._theta, self._step_gradient = np.array(theta), None
        if self._missed is not None and not np.allclose(self._missed[0], theta, 1e-12, 0.0):
            self._missed = None  # of a place before
        self._refresh()
        self.start_chosen.emit(theta)

    def _catch_up(self) -> None:
        """Show what came while the dot was held."""
        if self._missed is not None:
            (theta, gradient), self._missed = self._missed, None
            self.show_theta(theta, gradient)
