"""The cost over (b, m): its level sets, the minimum, the path and the dot that walks down it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent

from gdviz.core.snapshot import Snapshot, Status, Trace
from gdviz.explain.numbers import parameter_names
from gdviz.ui.plots.contour_layers import ContourLayers
from gdviz.ui.plots.contour_state import ContourState
from gdviz.ui.plots.dot_hand import DotHand
from gdviz.ui.plots.dot_keys import DotKeys
from gdviz.ui.plots.home_box import home_box
from gdviz.ui.plots.hovered_place import HoveredPlace
from gdviz.ui.plots.place_note import PlaceNote
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.terrain import Terrain
from gdviz.ui.plots.view_follower import ViewFollower
from gdviz.ui.theme import Theme
from gdviz.ui.words import plots as words

FloatArray = npt.NDArray[np.float64]

# Less than this share of a pixel between two frames is no motion.
_STILL = 0.02
_KEY_PIXELS = 4.0  # so far a key moves the dot: about 120 a second while it is held


class ContourPlot(Plot):
    """The plane of (b, m), or of any two parameters. θ goes in and out in the person's units.

    Attributes:
        place_note: what is said of the place beneath the mouse.

    Signals:
        hovered: another θ is beneath the mouse; carries it as a tuple, or None where none is.
        start_chosen: the dot was dragged or moved by a key, or the plane double-clicked; carries θ
            as a tuple.

    """

    hovered = Signal(object)
    start_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self._state = ContourState()
        self._layers = ContourLayers(self._state, theme)
        self._theta: FloatArray = np.zeros(2)
        self._trace: Trace | None = None
        self._steepest = 0.0
        self._is_running = False
        self._missed: Snapshot | None = None
        super().__init__("contourPlot", "", theme)
        self.addItem(self._layers.canvas, ignoreBounds=True)
        self._follower = ViewFollower(self)
        self._hand = DotHand(self, self._dot, self._drag_to, self._catch_up)
        self._keys = DotKeys(self, self._dot, self._shift_dot, self._catch_up)
        self.place_note = PlaceNote(self)
        self._place = HoveredPlace(self, self._tell_place)
        self.setMouseTracking(True)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def state(self) -> ContourState:
        """What is drawn now."""
        return self._state

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        super().apply_theme(theme)
        self._layers.apply_theme(theme)
        self._name_axes()

    def show_terrain(self, terrain: Terrain, *, fit: bool) -> None:
        """Draw other level sets; ``fit`` chooses the view anew."""
        state = self._state
        state.terrain = terrain
        state.is_moving = False
        if not terrain.fits(self._theta):
            self._theta = np.array(terrain.start)
        start = terrain.inside(np.array(terrain.start))
        self._steepest = float(np.linalg.norm(terrain.constrained.gradient(start)))
        self._name_axes()
        self._show_path()
        self._cut(terrain, terrain.inside(self._theta))
        self._put_dot(self._theta)
        if fit:
            self.fit()
        self._layers.terrain_changed()
        self._place.tell()

    def show_theta(self, theta: FloatArray) -> None:
        """Put the dot at θ (n+1,), whatever the run told before."""
        self._missed = None
        self._put_dot(theta)

    def _put_dot(self, theta: FloatArray) -> None:
        terrain, state = self._state.terrain, self._state
        self._theta = theta  # also where its terrain is still to come
        if terrain is None or not terrain.fits(theta):
            return
        here = terrain.inside(theta)
        if terrain.is_slice:
            self._cut(terrain, here)
            self._place.tell_soon()
        x, y = terrain.drawn.place(here)
        state.dot = (float(x), float(y))
        gradient = terrain.descended.place(terrain.constrained.gradient(here))
        norm = float(np.linalg.norm(gradient))
        state.downhill = -gradient if norm > 1e-9 * self._steepest else None
        state.pull = norm / self._steepest if self._steepest > 0 else 1.0
        self._layers.canvas.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where the descent is, how it came there, and where it is drawn to."""
        terrain = self._state.terrain
        if terrain is None or not terrain.fits(snapshot.theta):
            return
        if snapshot.trace is not self._trace:
            self._trace = snapshot.trace
            self._show_path()
        if self._hand.is_holding or self._keys.is_holding:
            self._missed = snapshot
        else:
            self._is_running = snapshot.status is Status.TRAINING
            self.show_theta(snapshot.theta)
            self._follower.follow(*self._state.dot)

    def _catch_up(self) -> None:
        """Show what came since the dot was moved last, while it was held: nothing may follow."""
        if self._missed is not None:
            self.show_snapshot(self._missed)

    # --- what the points add to the step ---------------------------------------------------------

    def show_pulls(self, pulls: FloatArray | None) -> None:
        """Draw what each point adds to the step (k, 2), tip to tail from the dot; up to 50."""
        self._set_term("pulls", pulls)

    def show_marked_pull(self, pull: FloatArray | None) -> None:
        """Draw what one point adds to the step (2,), as a thick arrow from the dot."""
        self._set_term("marked_pull", pull)

    def show_point_lines(self, lines: FloatArray | None) -> None:
        """Draw points as lines a x + c y = d, rows (a, c, d), (k, 3), x across; up to 50."""
        if self._state.take_lines(lines):
            self._layers.lines_changed()

    def show_next_line(self, row: FloatArray | None) -> None:
        """Draw the line (a, c, d) of the point whose turn is next, and the step's landing."""
        self._set_term("next_line", row)

    def show_landing(self, place: FloatArray | None) -> None:
        """Say where the next step leads (2,); drawn with the next line and where emphasised."""
        self._set_term("landing", place)

    def emphasise(self, names: frozenset[str]) -> None:
        """Draw some things stronger, as ContourState.emphasis names them."""
        before, self._state.emphasis = self._state.emphasis, names
        if ("contour" in before) != ("contour" in names):
            self._layers.terrain_changed()
        elif before != names:
            self._layers.canvas.update()

    def _set_term(self, name: str, value: FloatArray | None) -> None:
        if value is not None or getattr(self._state, name) is not None:
            setattr(self._state, name, value)
            self._layers.canvas.update()

    def say_of_place(self, text: str, short: str) -> None:
        """Say something of the place beneath the mouse, the short where the long has no room."""
        mouse = self._place.mouse
        if text and mouse is not None:
            marks = [self.from_view(*place) for place in (self._state.dot, self._state.lowest)]
            self.place_note.say(text, short, mouse, marks)
        else:
            self.place_note.be_silent()

    # --- the view --------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the start, the minimum and the dot with room around them."""
        if self._state.terrain is not None:
            self._follower.fit(home_box(self._state, self._state.terrain))

    def return_home(self) -> None:
        """Fit the view again where it has followed a run far away; not where a person moved it."""
        if not self._follower.is_manual:
            self.fit()

    def reveal_minimum(self) -> None:
        """Open the view where the minimum has left it; not where a person moved the view."""
        terrain = self._state.terrain
        if terrain is None or terrain.is_slice or not terrain.has_points:
            return
        if len(terrain.descended.flat_directions) == 0:
            self._follower.follow(*map(float, self._state.lowest))

    def advance_view(self) -> None:
        """Move the view a frame further where it is on its way."""
        self._follower.advance()

    # --- the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the dot, or let the view be moved."""
        if self._hand.press(event):
            self._place.move(None)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the dot, or tell what the mouse is over."""
        if self._hand.drag(event):
            return
        super().mouseMoveEvent(event)
        if self.is_inside(event.position()) and event.buttons() == Qt.MouseButton.NoButton:
            self._hand.hover(event, Qt.CursorShape.CrossCursor)
            self._place.move(event.position())
        else:
            self.unsetCursor()
            self._place.move(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the dot."""
        if not self._hand.release(event):
            super().mouseReleaseEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the dot."""
        super().hideEvent(event)
        self._hand.let_go()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        super().leaveEvent(event)
        self._place.move(None)

    def on_double_click(self, event: QMouseEvent) -> None:
        """Start from here."""
        if (theta := self._theta_of(self.to_view(event.position()))) is not None:
            self.start_chosen.emit(theta)

    # --- inside ----------------------------------------------------------------------------------

    def _name_axes(self) -> None:
        terrain = self._state.terrain
        names: tuple[str, ...] = words.AXES_ONE
        pair, template = (0, 1), "{name}"
        if terrain is not None:
            pair, is_scaled = terrain.pair, not terrain.cost.scaling.is_identity
            if is_scaled or terrain.is_slice:
                names = parameter_names(terrain.cost.n_features, is_scaled=is_scaled)
            if is_scaled:
                template = words.AXIS_SCALED
        first, second = (template.format(name=names[index]) for index in pair)
        self.label_axes(first, second)
        self.setAccessibleName(words.CONTOUR_NAME.format(first=first, second=second))

    def _show_path(self) -> None:
        terrain, trace = self._state.terrain, self._trace
        if terrain is None:
            return
        self._state.path = np.empty((0, 2))
        if trace is not None and trace.thetas.shape[1] == terrain.cost.n_features + 1:
            self._state.path = terrain.drawn.place(terrain.inside(trace.thetas))
        self._layers.path_changed()

    def _cut(self, terrain: Terrain, here: FloatArray) -> None:
        """Draw the slice through θ, in the descent's coordinates."""
        state, before = self._state, self._state.lowest
        state.bowl = terrain.bowl(here) if terrain.has_points else None
        state.lowest = terrain.descended.lowest(here)
        state.goal = terrain.goal if terrain.has_points else None
        if self._is_running and terrain.is_slice:
            away = np.abs(state.lowest - before)
            state.is_moving |= bool((away > _STILL * np.array(self.pixel_size())).any())
        elif state.is_moving:
            state.is_moving = False
            self._layers.terrain_changed()  # time to draw it well

    def _dot(self) -> tuple[float, float] | None:
        return self._state.dot if self._state.bowl is not None else None

    def _tell_place(self, mouse: QPointF | None) -> None:
        self.hovered.emit(None if mouse is None else self._theta_of(self.to_view(mouse)))

    def _theta_of(self, place: tuple[float, float]) -> tuple[float, ...] | None:
        terrain = self._state.terrain
        return None if terrain is None else terrain.theta_at(place, terrain.inside(self._theta))

    def _shift_dot(self, right: float, up: float) -> None:
        """Move the dot by steps of a key; the view follows, as it does a run."""
        (x, y), (width, height) = self._state.dot, self.pixel_size()
        self._choose((x + right * _KEY_PIXELS * width, y + up * _KEY_PIXELS * height))
        self._follower.follow(*self._state.dot)

    def _drag_to(self, position: QPointF) -> None:
        self._choose(self.to_view(position))

    def _choose(self, place: tuple[float, float]) -> None:
        if (theta := self._theta_of(place)) is not None:
            self.show_theta(np.array(theta))
            self.start_chosen.emit(theta)
