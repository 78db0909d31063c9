"""The mistake that a step hides: two symptoms to name, the suspects, and the two runs that show it."""

from __future__ import annotations

import math
from functools import lru_cache

import streamlit as st

from dnn.lessons.lesson import Mystery
from dnn.messages import Message
from dnn.mistakes import MISTAKES, Comparison, Outcome, compare
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.ui import session
from dnn.ui.lessons import location as locations
from dnn.ui.lessons.location import Location
from dnn.ui.lessons.questions import guess_key, keep_guess
from dnn.ui.visitor.language import tr, translated_names
from dnn.ui.widgets.glossary import mark_terms

FIGURE_HEIGHT = 330
WANTED = 2  # symptoms to name before one chooses


def mystery(location: Location) -> None:
    """Two symptoms first; then, which of the suspects is it?

    After the answer, what goes wrong and whether a gradient check would find it.
    """
    asked = location.step.mystery
    if asked is None or not _symptoms_named(location, asked):
        return
    keep_guess(location)
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
        st.markdown("\n".join(f"- {mark_terms(tr(symptom))}" for symptom in MISTAKES[guess].symptoms), True)
        return
    locations.finish(location.name)
    found = MISTAKES[asked.mistake]
    st.success(tr(Message("Found. {wrong}", wrong=found.wrong)), icon=":material/check:")
    caught = tr("A gradient check catches it.") if found.caught else tr("A gradient check does not catch it.")
    st.markdown(f"**{caught}** {mark_terms(tr(found.why))}", unsafe_allow_html=True)


def _symptoms_named(location: Location, asked: Mystery) -> bool:
    """Draw the symptoms to tick, each with its numbers. Returns whether two are right and none wrong."""
    question = tr("Which two symptoms does the flawed network have?")
    st.markdown(f"**{question}**")
    comparison = _compared(asked.mistake)
    right = wrong = 0
    for number, symptom in enumerate(asked.symptoms):
        key = f"lesson.symptom.{location.name}.{number}"
        if not st.checkbox(tr(symptom.title), key=key, persist_state="session"):
            continue
        numbers = tr(symptom.numbers(comparison))
        if symptom.seen(comparison):
            right += 1
            said = tr(Message("Yes: {numbers}.", numbers=numbers))
            st.caption(f":green[:material/check_circle:] {said}")
        else:
            wrong += 1
            said = tr(Message("No: {numbers}.", numbers=numbers))
            st.caption(f":orange[:material/cancel:] {said}")
    named = right >= WANTED and not wrong
    if not named:
        st.caption(tr("Look at both runs and tick two symptoms. Then the mistakes to choose from appear."))
    return named


def evidence(location: Location) -> None:
    """Draw the right network and the flawed one: the outputs of each over the plane, and both their costs."""
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
    st.markdown(_numbers(both))


def _numbers(both: dict[str, Outcome]) -> str:
    """A table in Markdown: first and last cost, and accuracies."""
    head = (tr("Network"), tr("First cost"), tr("Last cost"), tr("Train accuracy"), tr("Test accuracy"))
    rows = [
        (f"**{name}**", *(_written(outcome.costs[at]) for at in (0, -1)), *map(_percent, _accuracies(outcome)))
        for name, outcome in both.items()
    ]
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _accuracies(outcome: Outcome) -> tuple[float, float]:
    return outcome.train_accuracy, outcome.test_accuracy


def _written(cost: float) -> str:
    return f"{cost:.3g}" if math.isfinite(cost) else tr("no number")


def _percent(accuracy: float) -> str:
    return f"{100 * accuracy:.1f} %" if math.isfinite(accuracy) else "–"


@lru_cache(maxsize=16)
def _compared(name: str) -> Comparison:
    return compare(name)
