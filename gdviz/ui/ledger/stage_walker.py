"""Which stage of the step is shown: by hand, or in turn within each step where steps are slow."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from gdviz.explain.stages import Stage

# Up to so many steps a second there is time to look at each stage.
SLOW = 2.0
# What in the plots a stage is about, as the derivations name it.
_ABOUT = {
    Stage.PREDICT: "line",
    Stage.ERROR: "residuals",
    Stage.GRADIENT: "gradient",
    Stage.UPDATE: "step",
}


class StageWalker(QObject):
    """Owns the stage.

    While training slowly each step is walked through in its own time. At other times everything is
    shown, the last stage, unless a person walks: then each new step begins with the first.

    Signals:
        stage_changed: another stage is in force.
        step_requested: a person went on after the last stage.
        emphasis_changed: the stage is about something else in the plots; carries names, none while
            everything is shown.
        was_reset: a run that had made steps is at its beginning again.

    """

    stage_changed = Signal(object)
    step_requested = Signal()
    emphasis_changed = Signal(object)
    was_reset = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = Stage.UPDATE
        self._pace = 0.0
        self._is_training = False
        self._is_by_hand = False
        self._awaits_step = False
        self._can_step = True
        self._emphasis: frozenset[str] = frozenset()
        self._step: int | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._advance)

    @property
    def stage(self) -> Stage:
        """The stage in force."""
        return self._stage

    @property
    def is_walking(self) -> bool:
        """Whether it goes through the stages by itself."""
        return self._is_training and 0 < self._pace <= SLOW

    @property
    def emphasis(self) -> frozenset[str]:
        """What in the plots the stage in force is about; empty while everything is shown."""
        return self._emphasis

    def choose(self, stage: Stage) -> None:
        """Show a stage that a person chose; it stays until the next step at least.

        The last one, chosen when it is in force already, shows everything and ends the walk.
        """
        self._timer.stop()
        self._awaits_step = False
        self._is_by_hand = stage is not self._stage or stage is not Stage.UPDATE
        self._set(stage)

    def next(self) -> None:
        """Go to the next stage; after the last ask for the step.

        Where everything is shown a walk begins: with what the same step predicts.
        """
        following = self._stage.following
        if following is None and not self._is_by_hand:
            following = Stage.PREDICT
        if following is not None:
            self.choose(following)
            return
        if not self._can_step:
            return
        self._timer.stop()
        self._is_by_hand = True
        self._awaits_step = True
        self.step_requested.emit()

    @property
    def can_go_on(self) -> bool:
        """Whether there is a next stage, or a step to make."""
        return not self._is_by_hand or self._stage is not Stage.UPDATE or self._can_step

    def allow_step(self, can_step: bool) -> None:
        """Say whether there is a step to ask for."""
        self._can_step = can_step

    def begin_anew(self) -> None:
        """Show everything: another run begins."""
        self._step = None
        self._show_all()

    def set_pace(self, steps_per_second: float, is_training: bool) -> None:
        """Go along with a run that makes so many steps a second, or none."""
        if (steps_per_second, is_training) == (self._pace, self._is_training):
            return
        was_walking, was_training = self.is_walking, self._is_training
        self._pace, self._is_training = steps_per_second, is_training
        if self.is_walking:
            if not was_walking:
                self._begin()
            elif self._timer.isActive():
                self._timer.start(self._interval)
            return
        begins_fast = is_training and (was_walking or not was_training)
        if begins_fast or (was_walking and not self._is_by_hand):
            self._show_all()

    def on_step(self, step_number: int) -> None:
        """Begin with the first stage again where another step is shown."""
        if step_number == self._step:
            return
        has_run, self._step = bool(self._step), step_number
        if has_run and step_number == 0:
            self.was_reset.emit()
        if self._awaits_step or (self._is_by_hand and not self._is_training):
            self._awaits_step = False
            self._set(Stage.PREDICT)
        elif self.is_walking:
            self._begin()

    def stop(self) -> None:
        """Leave no timer running."""
        self._timer.stop()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _interval(self) -> int:
        return max(round(1000 / self._pace / len(Stage)), 1)

    def _begin(self) -> None:
        self._is_by_hand = self._awaits_step = False
        self._set(Stage.PREDICT)
        self._timer.start(self._interval)

    def _show_all(self) -> None:
        self._timer.stop()
        self._is_by_hand = self._awaits_step = False
        self._set(Stage.UPDATE)

    def _advance(self) -> None:
        following = self._stage.following
        if following is not None:
            self._set(following)
            self._timer.start(self._interval)

    def _set(self, stage: Stage) -> None:
        if stage is not self._stage:
            self._stage = stage
            self.stage_changed.emit(stage)
        walks = self._is_by_hand or self.is_walking
        emphasis = frozenset({_ABOUT[stage]} if walks else ())
        if emphasis != self._emphasis:
            self._emphasis = emphasis
            self.emphasis_changed.emit(emphasis)
