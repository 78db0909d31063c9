"""What a step asks of the pupil: a guess before the run, settings to change, a goal to reach, a mistake to find."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dnn.lessons.lesson import Prediction, answer
from dnn.lessons.measures import EPOCHS, Measure
from dnn.messages import Message
from dnn.mistakes import MISTAKES, Comparison, compare
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.training.run import Run
from dnn.ui import session
from dnn.ui.lessons import lesson_run
from dnn.ui.lessons import location as locations
from dnn.ui.lessons.location import Location
from dnn.ui.lessons.words import marked
from dnn.ui.visitor import store
from dnn.ui.visitor.language import current, tr, translated_names

FIGURE_HEIGHT = 330


def guess_key(location: Location) -> str:
    """The key of the guess's widget."""
    return f"lesson.guess.{location.name}"


def _keep_guess(location: Location) -> None:
    """Let the guess outlive a change of the language: its widget knows its options by what they were called."""
    key, spoken = guess_key(location), f"lesson.spoken.{location.name}"
    if store.value(spoken) not in (None, current()) and store.value(key) is not None:
        store.put({key: store.value(key)})
    store.put({spoken: current()})


def ready(location: Location) -> bool:
    """Whether the run may begin: a prediction has to be made before."""
    return location.step.prediction is None or store.value(guess_key(location)) is not None


def judged(location: Location) -> bool:
    """Whether the prediction has been answered by the run."""
    return bool(store.value(f"lesson.judged.{location.name}"))


def prediction(location: Location, run: Run) -> None:
    """The question, and when the run is over, the answer and why."""
    asked = location.step.prediction
    if asked is None:
        return
    if (
        ready(location)
        and lesson_run.over(location, run)
        and run.experiment == location.step.experiment
        and not judged(location)
    ):
        store.put({f"lesson.judged.{location.name}": True})
        locations.finish(location.name)
    _keep_guess(location)
    guess: int | None = st.radio(
        tr(asked.question),
        range(len(asked.choices)),
        index=None,
        key=guess_key(location),
        format_func=translated_names(dict(enumerate(asked.choices))),
        disabled=run.epoch > 0 or judged(location),
        persist_state="session",
    )
    if judged(location) and guess is not None:
        _verdict(location, asked, guess)
    elif guess is None:
        st.caption(tr("Choose, then press play: the run decides."))


def _verdict(location: Location, asked: Prediction, guess: int) -> None:
    right, value = answer(location.step)
    said = _said(asked.measure, asked.measure.written(value), location.step.epochs)
    if guess == right:
        st.success(tr(Message("You were right. {said}", said=said)), icon=":material/check:")
    else:
        st.warning(tr(Message("The run says otherwise. {said}", said=said)), icon=":material/close:")
    st.markdown(marked(tr(asked.why)), unsafe_allow_html=True)


def _said(measure: Measure, value: str, epochs: int) -> Message:
    if measure is EPOCHS:
        return Message("The run ended at epoch **{value}**.", value=value)
    if epochs == 1:
        return Message("{measure} after one epoch: **{value}**.", measure=measure.name, value=value)
    return Message("{measure} after {epochs} epochs: **{value}**.", measure=measure.name, epochs=epochs, value=value)


def settings(location: Location) -> None:
    """What the step lets the pupil change, once the prediction is answered."""
    open_now = location.step.prediction is None or judged(location)
    for number, setting in enumerate(location.step.settings):
        key = lesson_run.setting_key(location, number)
        if store.value(key) is None:
            store.put({key: setting.chosen(location.step.experiment)})
        names = [tr(option.label) for option in setting.options]
        st.segmented_control(
            tr(setting.label),
            range(len(names)),
            key=key,
            required=True,
            format_func=names.__getitem__,
            disabled=not open_now,
            persist_state="session",
        )


def checkpoint(location: Location, run: Run) -> None:
    """The goal, and how near it is."""
    goal = location.step.checkpoint
    if goal is None:
        return
    if goal.reached(run):
        locations.finish(location.name)
        store.put({f"lesson.reached.{location.name}": True})
    reached = store.value(f"lesson.reached.{location.name}")
    title = tr("Goal reached.") if reached else tr("Goal")
    lines = [f"**{title}** {tr(goal.task)}"]
    for condition in goal.conditions:
        met = condition.met(run)
        mark = ":material/check_circle:" if met else ":material/radio_button_unchecked:"
        lines.append(f"{mark} {tr(condition.measure.name)}: {_now(condition.measure, run)}")
    text = "  \n".join(lines)
    if reached:
        st.success(text, icon=":material/flag:")
    else:
        st.info(text, icon=":material/flag:")


def _now(measure: Measure, run: Run) -> str:
    return tr(measure.written(measure.read(run)))


def mystery(location: Location) -> None:
    """Which of the suspects is it? After the answer, what goes wrong and whether a gradient check would find it."""
    asked = location.step.mystery
    if asked is None:
        return
    _keep_guess(location)
    guess: str | None = st.radio(
        tr("What is wrong with the flawed network?"),
        asked.suspects,
        index=None,
        key=guess_key(location),
        format_func=translated_names({name: MISTAKES[name].title for name in asked.suspects}),
        persist_state="session",
    )
    if guess is None:
        st.caption(tr("Look at both runs, then choose."))
        return
    if guess != asked.mistake:
        st.warning(tr("Not this one: its symptoms would be others."), icon=":material/close:")
        st.markdown("\n".join(f"- {marked(tr(symptom))}" for symptom in MISTAKES[guess].symptoms), True)
        return
    locations.finish(location.name)
    found = MISTAKES[asked.mistake]
    st.success(tr(Message("Found. {wrong}", wrong=found.wrong)), icon=":material/check:")
    caught = tr("A gradient check catches it.") if found.caught else tr("A gradient check does not catch it.")
    st.markdown(f"**{caught}** {marked(tr(found.why))}", unsafe_allow_html=True)


def evidence(location: Location) -> None:
    """The right network and the flawed one: what each says of the plane, and both their costs."""
    asked = location.step.mystery
    assert asked is not None
    comparison, theme = _compared(asked.mistake), session.appearance()
    both = {tr("right"): comparison.right, tr("flawed"): comparison.flawed}
    for column, (name, outcome) in zip(st.columns(2), both.items(), strict=True):
        with column:
            figure = answers_figure(comparison.data, outcome.predict, theme, tr)
            st.markdown(f"**{name}**")
            words = Message("The answers of the network over the plane ({name})", name=name)
            st.plotly_chart(figure, theme=None, height=FIGURE_HEIGHT, key=f"plane-{name}", alt=tr(words))
    shown = slice(None) if asked.epochs_shown is None else slice(asked.epochs_shown + 1)
    figure = costs_figure({name: outcome.costs[shown] for name, outcome in both.items()}, theme, tr)
    st.plotly_chart(
        figure, theme=None, height=FIGURE_HEIGHT - 40, key="costs", alt=tr("Cost of both networks by epoch")
    )


@lru_cache(maxsize=16)
def _compared(name: str) -> Comparison:
    return compare(name)
