"""Texts about a planted mistake: the explanation, what NumPy and the gradient check find, and its code."""

from __future__ import annotations

import inspect
import textwrap

import streamlit as st

from dnn.messages import Message
from dnn.mistakes import Mistake, Outcome, Raised, ReferenceNetwork, RuleCheck
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import explained, mark_terms


def explanation(mistake: Mistake, *, shows: bool) -> None:
    """Draw what goes wrong, how it shows, and what the check can find."""
    with st.container(border=True, key=f"explained-{mistake.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"titled-{mistake.id}"):
            st.subheader(tr(mistake.title), anchor=False, width="content")
            tutorials = ", ".join(f"`{tutorial}`" for tutorial in mistake.tutorials)
            source = Message("Printed in: {tutorials}", tutorials=tutorials) if tutorials else "Asked in forums"
            st.caption(tr(source), width="content")
        left, right = st.columns(2, gap="medium")
        with left:
            explained(mistake.wrong)
            st.markdown(mark_terms("  \n".join((_why(mistake), tr(mistake.why)))), unsafe_allow_html=True)
        with right:
            symptoms = "\n".join(f"- {tr(symptom)}" for symptom in mistake.symptoms)
            how = tr("**How it shows**") if shows else tr("**How it shows with other starting weights**")
            st.markdown(mark_terms("\n\n".join((how, symptoms))), unsafe_allow_html=True)


def _why(mistake: Mistake) -> str:
    if mistake.raises:
        return tr("**How to read the error**")
    if mistake.caught:
        return tr("**Why the gradient check catches it**")
    return tr("**Why the gradient check misses it**")


def verdict(outcome: Outcome, planted: tuple[Mistake, ...]) -> None:
    """What the gradient check finds in a network with these mistakes."""
    check, difference = outcome.check, f"{outcome.check.difference:.2g}".replace("-", "−")
    if type(outcome.rule) is ReferenceNetwork:
        passes = Message("The gradient check passes: relative difference {said}.", said=difference)
        st.success(tr(passes), icon=":material/check_circle:")
        return
    if check.raised:
        return  # what NumPy says stands there already
    if check.wrong_shapes:
        lines = [tr(_wrong_shape(check))]
    elif check.caught:
        lines = [tr(Message("The gradient check catches it: relative difference {said}.", said=difference))]
    else:
        lines = [tr(Message("The gradient check notices nothing: relative difference {said}.", said=difference))]
    if len(planted) > 1:
        caught = [tr(mistake.title) for mistake in planted if mistake.caught]
        missed = [tr(mistake.title) for mistake in planted if not mistake.caught]
        lines += [tr(Message("It catches: {titles}.", titles="; ".join(caught)))] * bool(caught)
        lines += [tr(Message("It does not notice: {titles}.", titles="; ".join(missed)))] * bool(missed)
    text = "  \n".join(lines)
    if check.caught:
        st.error(text, icon=":material/cancel:")
    else:
        st.warning(text, icon=":material/visibility_off:")


def _wrong_shape(check: RuleCheck) -> Message:
    """The first gradient that has not its parameter's shape."""
    name, shape, expected = check.wrong_shapes[0]
    return Message(
        "The gradient check catches it by the shape alone: {gradient} is {shape}, {parameter} is {expected}.",
        gradient=name,
        shape=str(shape),
        parameter=name[1:],
        expected=str(expected),
    )


def numpy_error(raised: Raised, explanation: Message) -> None:
    """Draw NumPy's message beside the line that raised it; ``explanation`` is the text about when it was raised."""
    st.error(tr(explanation), icon=":material/error:")
    st.code(raised.line, language="python", wrap_lines=True)
    st.code(f"ValueError: {raised.message.strip()}", language=None, wrap_lines=True)


def code(mistake: Mistake) -> None:
    """The step that is done wrong, beside the right one."""
    with st.container(border=True, key=f"code-{mistake.id}"):
        st.markdown(f"**{tr(mistake.title)}**")
        right, wrong = st.columns(2, gap="medium")
        with right:
            st.markdown(tr("**Right**"))
            st.code(_source(ReferenceNetwork, mistake.step), language="python", wrap_lines=True)
        with wrong:
            st.markdown(tr("**Wrong**"))
            st.code(_source(mistake.rule, mistake.step), language="python", wrap_lines=True)


def _source(rule: type[ReferenceNetwork], step: str) -> str:
    """The method as it runs."""
    return textwrap.dedent(inspect.getsource(getattr(rule, step))).strip()
