"""The start and the end of a lesson: a question about the lesson before, and what was learnt."""

from __future__ import annotations

import streamlit as st

from dnn.messages import Message
from dnn.ui.lessons import location as locations
from dnn.ui.lessons.location import Location
from dnn.ui.lessons.questions import marked_choices
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import mark_terms


def recall(location: Location) -> None:
    """On the first step: a question about the lesson before, folded up, and its answer once somebody has guessed."""
    asked = location.lesson.recall
    if asked is None or location.before is not None:
        return
    texts, key = [tr(text) for text in asked.choices], f"lesson.recall.{location.lesson.id}"
    with st.expander(tr(asked.question), icon=":material/history_edu:"):
        guess = store.value(key)
        if guess is None:
            st.radio(
                tr(asked.question),
                range(len(texts)),
                index=None,
                key=key,
                format_func=texts.__getitem__,
                label_visibility="collapsed",
                persist_state="session",
            )
            return
        st.markdown("  \n".join(marked_choices(texts, asked.right, guess)))
        if guess == asked.right:
            st.markdown(tr(Message("You were right. {said}", said=asked.why)))
        else:
            st.markdown(tr(Message("The answer is another one. {said}", said=asked.why)))


def learnt(location: Location) -> None:
    """On the last step, when it is done or asks nothing: what was learnt, in three lines."""
    lines = location.lesson.learnt
    if not lines or location.after is not None or not (location.step.only_tells or location.name in locations.done()):
        return
    with st.container(border=True, key="lesson-learnt"):
        title, text = tr("What you have learnt"), "\n".join(f"- {tr(line)}" for line in lines)
        st.markdown(f"**{title}**\n\n{mark_terms(text)}", unsafe_allow_html=True)
