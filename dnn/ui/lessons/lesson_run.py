"""The run of the step on screen: it starts with the step and pauses at the epoch that the step's text describes."""

from __future__ import annotations

from functools import reduce
from itertools import chain

import streamlit as st

from dnn.experiment import Experiment
from dnn.lessons.lesson import Option, Setting, changed
from dnn.lessons.project import on_seen_examples, without_test
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui import session
from dnn.ui.lessons import project
from dnn.ui.lessons.location import Location
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.cleanup import grace
from dnn.ui.live.ghost import Ghost
from dnn.ui.live.player import Player
from dnn.ui.live.starting import started
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.play_button import play_button, reset_button, step_button

TOKEN, ON = "lesson.token", "lesson.on"  # the player's, and which step it plays
PACES = {0.25: "¼×", 1.0: "1×", 4.0: "4×"}
PACE = "lesson_pace"


def experiment(location: Location) -> Experiment:
    """Return the step's experiment with the pupil's changes; in a project also those of earlier steps."""
    if location.step.project is None:
        return reduce(changed, (option for _, option in options(location)), location.step.experiment)
    if location.step.project.does == "draw":
        return project.with_own_data(location.step.experiment)
    steps = (Location(location.lesson, number) for number in range(1, len(location.lesson.steps) + 1))
    chosen = chain.from_iterable(options(step) for step in steps if step.step.project)
    return project.with_own_data(reduce(changed, (option for _, option in chosen), location.step.experiment))


def options(location: Location) -> tuple[tuple[Setting, Option], ...]:
    """Return the settings of the step, each with the option that is chosen."""
    return tuple(
        (setting, setting.options[chosen])
        for number, setting in enumerate(location.step.settings)
        if (chosen := store.value(setting_key(location, number))) is not None
    )


def setting_key(location: Location, number: int) -> str:
    """Return the key of a setting's widget; in a project it is the same in every step."""
    if location.step.project is None:
        return f"lesson.setting.{location.name}.{number}"
    return f"lesson.setting.{location.lesson.id}.{location.step.settings[number].label}"


def player(location: Location) -> Player:
    """Return the visitor's player for lessons, on this step: paused at epoch 0 when the step is opened."""
    wanted = experiment(location)
    found = Player.of(store.value(TOKEN) or "")
    if found is None:
        Player.sweep(grace())
        found = Player(wanted, playing=False)
        store.put({TOKEN: found.token, ON: None})
    entered = store.value(ON) != location.name
    before = found.newest
    if entered or before.experiment != wanted:
        ghost = None if entered else _ghost(location, before if before.has_started else found.ghost, wanted)
        if entered:
            found.play(False)
        if location.step.project and location.step.project.hides_test:
            found.restore(started(wanted, without_test(wanted.make_data())))
        elif entered:
            found.restore(started(wanted))
        else:
            found.use(wanted)
            found.reset()
        found.show_ghost(ghost)
        store.put({ON: location.name})
    checkpoint = location.step.checkpoint
    found.stop_at(epoch=location.step.epochs, reached=checkpoint.reached if checkpoint else None, of_step=True)
    found.set_speed(speed(location))
    found.show(session.appearance())
    return found


def _ghost(location: Location, before: Run | Ghost | None, wanted: Experiment) -> Ghost | None:
    """Return the run ``before`` an option was changed, named by that option; None if nothing was trained or changed."""
    run = before.run if isinstance(before, Ghost) else before
    if run is None:
        return None
    labels = [
        _label(setting, setting.options[old])
        for setting in location.step.settings
        if (old := setting.chosen(run.experiment)) is not None and old != setting.chosen(wanted)
    ]
    if not labels:
        return None
    return Ghost(run, reduce(lambda first, other: Message("{first}, {other}", first=first, other=other), labels))


def _label(setting: Setting, option: Option) -> str:
    """Return the name of an option by itself: a number gets the name of its setting."""
    if option.label[0].isdecimal():
        return Message("{setting} {option}", setting=setting.label, option=option.label)
    return option.label


def to_open(location: Location) -> Experiment:
    """Return the step's experiment for the playground: without the test examples of a pupil's own project."""
    wanted = experiment(location)
    project_of_step = location.step.project
    return on_seen_examples(wanted) if project_of_step and project_of_step.hides_test else wanted


def to_read(location: Location) -> Run:
    """Return the run whose script the pupil reads: the one that was tested, or one without test examples."""
    if tested := project.tested_run():
        return tested.becoming(data=tested.experiment.make_data())
    wanted = experiment(location)
    return started(wanted, without_test(wanted.make_data()))


def speed(location: Location) -> float:
    """Return the epochs a second: those of the step, at the pace that the pupil chose."""
    return location.step.speed * float(store.value(PACE) or 1.0)


def over(location: Location, run: Run) -> bool:
    """Return whether the step has been played to the epoch that its text describes."""
    return run.epoch >= location.step.epochs or bool(run.stopped)


def way_back(location: Location, found: Player) -> None:
    """Draw a button that goes back to the epoch that the text describes, once it was played, and to the end again."""
    epoch = location.step.back_to
    if epoch is None or not over(location, found.newest):
        return
    st.button(
        tr("Return to the end") if found.looks_back else tr(Message("Go back to epoch {epoch}", epoch=epoch)),
        key="lesson_back_to",
        icon=":material/last_page:" if found.looks_back else ":material/history:",
        on_click=_look,
        args=(found, None if found.looks_back else epoch),
        help=tr("Everything on the page is then as it was at that epoch"),
    )


def _look(found: Player, epoch: int | None) -> None:
    found.look(epoch)
    if epoch is None:
        found.settle()  # the button is drawn before the next frame, and shall say where one is


def transport(found: BasePlayer, *, ready: bool) -> None:
    """Draw play, step, reset and the speed; disabled until the pupil is ``ready``."""
    playing, stopped = found.state == "playing", bool(found.held) or found.state in ("ended", "diverged")
    with st.container(horizontal=True, vertical_alignment="center", key="transport", gap="xsmall"):
        play_button(found.play, playing=playing, disabled=stopped or not ready)
        step_button(found.step, disabled=stopped or not ready)
        reset_button(found.reset)
        st.segmented_control(
            tr("Pace"),
            list(PACES),
            default=1.0,
            key=PACE,
            required=True,
            format_func=PACES.__getitem__,
            label_visibility="collapsed",
            persist_state="session",
        )
