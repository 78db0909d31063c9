"""A pupil's own network on the page: the examples that are drawn, the rubric, and the counted test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from dnn.datasets.custom_data import CustomData
from dnn.experiment import Experiment
from dnn.lessons.project import Attempt, asked_now, percent, times_asked
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui.lessons import location as locations
from dnn.ui.lessons.location import Location
from dnn.ui.live.player import Player
from dnn.ui.session import drawing, panel_actions
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr

DRAWN, ACTED, ASKED = "lesson.project.drawn", "lesson.project.acted", "lesson.project.asked"
EXPECTED = "lesson.project.expected"


@dataclass(frozen=True)
class Asked:
    """How often the test examples of a data set were used, and the last attempt that was tested on them."""

    experiment: Experiment
    attempt: Attempt


def with_own_data(experiment: Experiment) -> Experiment:
    """``experiment`` on the examples that the pupil has drawn, if there are any."""
    drawn: CustomData | None = store.value(DRAWN)
    if drawn is None:
        return experiment
    return experiment.model_copy(update={"data": experiment.data.model_copy(update={"dataset": drawn})})


def acted() -> int:
    """Return the number of the last stroke that was drawn; -1 before the first."""
    return -1 if (number := store.value(ACTED)) is None else int(number)


def draw(player: Player, panel: str) -> None:
    """Apply what the browser sent from the component ``panel``. For its callback: earlier actions are left out."""
    sent = panel_actions.read((store.value(panel) or {}).get("action"))
    now = player.newest.experiment
    for action in sent:
        if action.number > acted() and isinstance(action, panel_actions.Drawing):
            data = player.run.data if player.run.experiment.data == now.data else now.make_data()
            now = drawing.with_drawing(now, data, action, player.plane(action.plane.view))
    if sent:
        changed = now != player.newest.experiment
        store.put({ACTED: max(acted(), sent[-1].number), **({DRAWN: now.data.dataset} if changed else {})})
        player.redraw(now)


def attempt(run: Run) -> Attempt:
    """Return the pupil's ``run``, with its test results if it was tested."""
    asked: Asked | None = store.value(ASKED)
    if asked is None or asked.experiment.data.dataset != run.experiment.data.dataset:
        return Attempt(run)
    about = asked.attempt.run
    if (asked.experiment, about.epoch) == (run.experiment, run.epoch):
        return asked.attempt
    return Attempt(run, asked.attempt.asked)


def tested_run() -> Run | None:
    """Return the run that was tested last."""
    asked: Asked | None = store.value(ASKED)
    return asked.attempt.run if asked else None


def controls(location: Location, player: Player) -> None:
    """Draw what the step has below its text: a button to draw again, the test, and the rubric."""
    project = location.step.project
    if project is None:
        return
    if project.does == "draw" and store.value(DRAWN) is not None:
        st.button(
            tr("Begin again with the moons"), key="project_again", icon=":material/undo:",
            on_click=store.put, args=({DRAWN: None},),
        )  # fmt: skip
    now = attempt(player.newest)
    if project.does == "test":
        _test(now, player)
    if project.rubric:
        _rubric(location, now)


def _test(now: Attempt, player: Player) -> None:
    known = now.test_accuracy is not None
    st.number_input(
        tr("The test accuracy that you expect, in per cent"),
        min_value=0, max_value=100, value=None, step=1, key=EXPECTED, disabled=known, persist_state="session",
    )  # fmt: skip
    expected = store.value(EXPECTED)
    ready = not known and expected is not None and now.run.has_started and player.state != "playing"
    st.button(
        tr("Ask the test examples"),
        key="project_test",
        icon=":material/gavel:",
        type="primary",
        disabled=not ready,
        on_click=partial(_ask, player),
        help=tr("Train, pause, and write down what you expect; then they can be asked"),
    )
    if not known:
        asked = tr(times_asked(now.asked))
        st.caption(tr(Message("Test cost and test accuracy are hidden: {asked}.", asked=asked)))
    elif now.test_accuracy is not None and now.test_cost is not None:
        said = Message(
            "The test examples were {asked}. Test accuracy **{accuracy}**, test cost **{cost}**, expected {expected}.",
            asked=times_asked(now.asked),
            accuracy=percent(now.test_accuracy),
            cost=f"{now.test_cost:.3g}",
            expected=percent(now.expected or 0.0),
        )
        st.success(tr(said), icon=":material/gavel:")
    if now.asked > 1:
        st.warning(
            tr("They have helped to choose, so they are validation examples now. Draw new examples for a new test."),
            icon=":material/warning:",
        )


def _ask(player: Player) -> None:
    """Test the weights on screen. For the button's callback."""
    player.settle()
    before = attempt(player.newest)
    expected = store.value(EXPECTED)
    if before.test_accuracy is None and expected is not None:
        expecting = Attempt(before.run, before.asked, expected=expected / 100)
        store.put({ASKED: Asked(before.run.experiment, asked_now(expecting))})


def _rubric(location: Location, now: Attempt) -> None:
    """Draw each line of the rubric, met or not, with the present value."""
    rubric = location.step.project.rubric if location.step.project else ()
    met = [line.met(now) for line in rubric]
    if all(met):
        locations.finish(location.name)
    count = Message("{met} of {all} are met", met=sum(met), all=len(met))
    lines = [f"**{tr(count)}**"]
    for line, is_met in zip(rubric, met, strict=True):
        mark = ":green[:material/check_circle:]" if is_met else ":material/radio_button_unchecked:"
        state = tr("met") if is_met else tr("not met")
        lines.append(f"{mark} {tr(line.title)}: {tr(line.now(now))} · {state}")
    text = "  \n".join(lines)
    if all(met):
        st.success(text, icon=":material/flag:")
    else:
        st.info(text, icon=":material/checklist:")
