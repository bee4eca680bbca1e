"""Which stage of a step is shown, by hand and by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer

from gdviz.explain.derivation.page import Highlight
from gdviz.explain.stages import Stage
from gdviz.ui.ledger.stage_walker import StageWalker
from tests.hands import wait_until


@pytest.fixture
def walker(qapp):
    walker = StageWalker()
    walker.on_step(0)
    yield walker
    walker.stop()


def timer(walker) -> QTimer:
    return walker.findChild(QTimer)


def test_by_hand_it_goes_through_a_step_and_on_to_the_next(walker, qtbot):
    asked = []
    walker.step_requested.connect(lambda: asked.append(walker.stage))
    walker.on_step(1)
    seen = []
    for _ in range(4):
        walker.next()
        seen.append(walker.stage)
    assert seen == list(Stage)
    assert asked == []  # so far it is the same step
    walker.next()
    assert asked == [Stage.UPDATE]
    walker.on_step(1)
    assert walker.stage is Stage.UPDATE, "the step is not made yet"
    walker.on_step(2)
    assert walker.stage is Stage.PREDICT


def test_steps_made_otherwise_show_everything(walker):
    walker.on_step(1)
    assert walker.stage is Stage.UPDATE
    walker.choose(Stage.GRADIENT)
    walker.on_step(2)
    assert walker.stage is Stage.PREDICT, "someone walks by hand"


def test_slow_training_goes_through_all_stages_of_each_step(walker, qtbot):
    seen = []
    walker.stage_changed.connect(seen.append)
    walker.set_pace(2.0, True)
    assert walker.stage is Stage.PREDICT
    walker.set_pace(2.0, True)
    with qtbot.waitSignals([walker.stage_changed] * 3, timeout=3000):
        pass
    assert seen == list(Stage)
    walker.on_step(1)
    assert walker.stage is Stage.PREDICT


def test_the_time_of_a_step_is_divided_among_its_stages(walker):
    walker.set_pace(1.0, True)
    assert timer(walker).interval() == 250
    walker.set_pace(2.0, True)
    assert timer(walker).interval() == 125
    walker.set_pace(0.25, True)
    assert timer(walker).interval() == 1000


def test_fast_training_shows_everything(walker):
    walker.choose(Stage.ERROR)
    walker.set_pace(50.0, True)
    assert walker.stage is Stage.UPDATE
    assert not timer(walker).isActive()
    walker.on_step(1)
    assert walker.stage is Stage.UPDATE
    walker.choose(Stage.PREDICT)
    walker.on_step(2)
    assert walker.stage is Stage.PREDICT


def test_a_pause_shows_everything_unless_someone_chose(walker):
    walker.set_pace(1.0, True)
    walker.set_pace(1.0, False)
    assert walker.stage is Stage.UPDATE
    assert not timer(walker).isActive()
    walker.set_pace(1.0, True)
    walker.choose(Stage.GRADIENT)
    walker.set_pace(1.0, False)
    assert walker.stage is Stage.GRADIENT


def test_a_choice_holds_until_the_next_slow_step(walker):
    walker.set_pace(1.0, True)
    walker.choose(Stage.ERROR)
    assert not timer(walker).isActive()
    walker.on_step(5)
    assert walker.stage is Stage.PREDICT
    assert timer(walker).isActive()


def test_a_faster_run_shows_everything_again(walker):
    walker.set_pace(1.0, True)
    walker.set_pace(10.0, True)
    assert walker.stage is Stage.UPDATE
    assert not timer(walker).isActive()


@pytest.mark.parametrize("is_step_first", [True, False])
def test_going_on_amid_slow_training_ends_in_walking_by_hand(walker, is_step_first):
    walker.set_pace(1.0, True)
    walker.choose(Stage.UPDATE)
    walker.next()
    if is_step_first:
        walker.on_step(1)
    walker.set_pace(1.0, False)
    if not is_step_first:
        walker.on_step(1)
    assert walker.stage is Stage.PREDICT
    assert not timer(walker).isActive()


def test_training_that_goes_on_is_walked_through_again(walker):
    walker.set_pace(1.0, True)
    walker.choose(Stage.UPDATE)
    walker.next()
    walker.on_step(1)
    assert not timer(walker).isActive()
    walker.on_step(2)
    assert timer(walker).isActive()


def test_stopped_it_leaves_no_timer_running(walker):
    walker.set_pace(1.0, True)
    assert timer(walker).isActive()
    walker.stop()
    assert not timer(walker).isActive()


ABOUT = ["line", "residuals", "gradient", "step"]


def test_each_stage_of_a_walk_is_about_something_in_the_plots(walker, qtbot):
    seen = []
    walker.emphasis_changed.connect(seen.append)
    assert walker.emphasis == frozenset()
    walker.set_pace(2.0, True)
    wait_until(lambda: len(seen) == 4)
    assert seen == [frozenset({name}) for name in ABOUT]
    assert {name for names in seen for name in names} <= {str(name) for name in Highlight}
    walker.set_pace(2.0, False)
    assert walker.emphasis == frozenset()
    assert len(seen) == 5


def test_nothing_is_emphasised_once_everything_is_shown(walker):
    for stage, name in zip(Stage, ABOUT, strict=True):
        walker.choose(stage)
        assert walker.emphasis == {name}
    walker.choose(Stage.UPDATE)
    assert walker.emphasis == frozenset()
    walker.on_step(1)
    assert walker.stage is Stage.UPDATE
    walker.choose(Stage.ERROR)
    walker.set_pace(50.0, True)
    assert walker.emphasis == frozenset()


def test_it_tells_when_a_run_begins_anew(walker):
    told = []
    walker.was_reset.connect(lambda: told.append(True))
    for step in (1, 2, 1, 3):
        walker.on_step(step)
    assert not told
    walker.on_step(0)
    walker.on_step(0)
    assert told == [True]
