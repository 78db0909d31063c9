"""The questions and goals of a step: a guess before the run, settings to change, a goal to reach."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from dnn.lessons.lesson import Option, Prediction, Setting, answer
from dnn.lessons.measures import EPOCHS, PLATEAU_END, Measure
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui.lessons import lesson_run
from dnn.ui.lessons import location as locations
from dnn.ui.lessons.location import Location
from dnn.ui.visitor import store
from dnn.ui.visitor.language import current, tr
from dnn.ui.widgets.glossary import mark_terms


class Reached(NamedTuple):
    """When a goal was reached for the first time, and what was chosen then."""

    epoch: int
    options: tuple[tuple[Setting, Option], ...]


def guess_key(location: Location) -> str:
    """The key of the guess's widget."""
    return f"lesson.guess.{location.name}"


def keep_guess(location: Location) -> None:
    """Let the guess outlive a change of the language: its widget knows its options by what they were called."""
    key, spoken = guess_key(location), f"lesson.spoken.{location.name}"
    if store.value(spoken) not in (None, current()) and store.value(key) is not None:
        store.put({key: store.value(key)})
    store.put({spoken: current()})


def ready(location: Location) -> bool:
    """Return whether the run may start: a prediction has to be made before."""
    return location.step.prediction is None or store.value(guess_key(location)) is not None


def opens(location: Location) -> dict[str, Any]:
    """Return what the panel opens on this step; what might give the answer away only after the guess."""
    guessed = ready(location)
    return {
        "step": f"{location.name} {guessed}",
        "shows": location.step.shows if guessed else "cost",
        "logarithmic": list(location.step.logarithmic),
    }


def judged(location: Location) -> bool:
    """Whether the prediction has been answered by the run."""
    return bool(store.value(f"lesson.judged.{location.name}"))


def prediction(location: Location, run: Run) -> None:
    """The question, and when the run is over, the answer and why."""
    asked = location.step.prediction
    if asked is None:
        return
    played = lesson_run.over(location, run) and run.experiment == location.step.experiment
    if ready(location) and played and not judged(location):
        store.put({f"lesson.judged.{location.name}": True})
        locations.finish(location.name)
    guess = store.value(guess_key(location))
    if judged(location) and guess is not None:
        _verdict(location, asked, guess)
        return
    keep_guess(location)
    guess = st.radio(
        tr(asked.question),
        range(len(asked.choices)),
        index=None,
        key=guess_key(location),
        format_func=[choice(asked, number) for number in range(len(asked.choices))].__getitem__,
        disabled=run.epoch > 0,
        persist_state="session",
    )
    if guess is None:
        st.caption(tr("Choose, then press play: the run decides."))


def choice(asked: Prediction, number: int) -> str:
    """A choice with its range: what is read is what the run's number is compared with."""
    label, numbers = asked.choices[number], asked.ranges()[number]
    if label and numbers:
        return tr(Message("{label} ({range})", label=label, range=numbers))
    return tr(label or numbers)


def _verdict(location: Location, asked: Prediction, guess: int) -> None:
    """Draw the choices with the right one marked, the number that decided, and the reason."""
    right, value = answer(location.step)
    found = tr(asked.measure.written(value))
    texts = [choice(asked, number) for number in range(len(asked.choices))]
    title = tr(asked.question)
    lines = [f"**{title}**", *marked_choices(texts, right, guess, f": **{found}**")]
    st.markdown("  \n".join(lines))
    said = measured(asked.measure, asked.measure.written(value), location.step.epochs)
    if guess == right:
        st.success(tr(Message("You were right. {said}", said=said)), icon=":material/check:")
    else:
        st.warning(tr(Message("The run says otherwise. {said}", said=said)), icon=":material/close:")
    st.markdown(mark_terms(tr(asked.why)), unsafe_allow_html=True)


def marked_choices(texts: list[str], right: int, guess: int, found: str = "") -> list[str]:
    """Lines of Markdown: the choices, with marks at the right one and at the guess. ``found`` follows the right one."""
    lines, mine = [], tr("your guess")
    for number, text in enumerate(texts):
        if number == right:
            mark = tr("right, your guess") if guess == right else tr("right")
            lines.append(f":green[:material/check_circle:] **{text}** · {mark}{found}")
        elif number == guess:
            lines.append(f":orange[:material/cancel:] {text} · {mine}")
        else:
            lines.append(f":material/radio_button_unchecked: {text}")
    return lines


def measured(measure: Measure, value: str, epochs: int) -> Message:
    """The number that decided, in a sentence."""
    if measure is EPOCHS:
        return Message("The run ended at epoch **{value}**.", value=value)
    if measure is PLATEAU_END:
        return Message("The train cost was below 0.6 for the first time at epoch **{value}**.", value=value)
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
    """Draw the goal, and how near it is."""
    goal = location.step.checkpoint
    if goal is None:
        return
    key = f"lesson.reached.{location.name}"
    if goal.reached(run):
        locations.finish(location.name)
        if not store.value(key):
            store.put({key: Reached(run.epoch, lesson_run.options(location))})
    reached: Reached | None = store.value(key)
    title = tr("Goal reached.") if reached else tr("Goal")
    lines = [f"**{title}** {tr(goal.task)}"]
    for condition in goal.conditions:
        met = condition.met(run)
        mark = ":material/check_circle:" if met else ":material/radio_button_unchecked:"
        lines.append(f"{mark} {tr(condition.measure.name)}: {_now(condition.measure, run)}")
    text = "  \n".join(lines)
    if reached:
        st.success(text, icon=":material/flag:")
        st.markdown(_way(reached))
        st.markdown(mark_terms(tr(goal.why)), unsafe_allow_html=True)
    else:
        st.info(text, icon=":material/flag:")


def _way(reached: Reached) -> str:
    """Return the epoch and the settings with which the goal was reached: others may be on screen by now."""
    chosen = ", ".join(f"{tr(setting.label)} {tr(option.label)}" for setting, option in reached.options)
    return tr(Message("Reached at epoch **{epoch}** with: {chosen}.", epoch=reached.epoch, chosen=chosen))


def _now(measure: Measure, run: Run) -> str:
    return tr(measure.written(measure.read(run)))
