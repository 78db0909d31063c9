"""Plant a mistake: what the tutorials print wrong, trained beside the right way on the same data."""

from __future__ import annotations

import inspect
import textwrap

import numpy as np
import streamlit as st
from streamlit.navigation.page import Page

from dnn.messages import Message
from dnn.mistakes import MISTAKES, Comparison, Mistake, Outcome, ReferenceNetwork, compare
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.plots.theme import Theme
from dnn.ui import session
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import explained, mark_terms

FIRST = "output_reads_z"  # the one that is planted for a visitor who has chosen none
DRAW = "mistakes.draw"
PLAIN = {"displayModeBar": False}
PLANE_HEIGHT, COSTS_HEIGHT = 270, 220  # so that explanation and pictures fit on one screen


def show(playground: Page) -> None:
    """The whole page; ``playground`` is the way back, and where the right network can be taken to."""
    theme = session.appearance()
    with st.container(horizontal=True, vertical_alignment="center", key="mistakes-head"):
        st.page_link(playground, label=tr("Playground"), icon=":material/arrow_back:")
        st.header(tr("Plant a mistake"), anchor=False, width="content")
        st.caption(tr("Each of these was printed in a tutorial. Which would you have noticed?"))
    switches, pictures = st.columns([0.3, 0.7], gap="medium")
    with switches:
        names = _switches()
    with pictures:
        if not names:
            st.info(tr("Switch on a mistake to see what it does."), icon=":material/toggle_on:")
            return
        with st.spinner(tr("Training both")):
            comparison = _compared(names, store.value(DRAW) or 0)
        for mistake in comparison.mistakes:
            _explained(mistake, shows=not comparison.alike)
        _pictures(comparison, theme)
        if comparison.alike:
            st.info(
                tr("With these starting weights both networks end alike: the mistake does no harm in this run."),
                icon=":material/casino:",
            )
    with switches:
        _draw_again(comparison, playground)
    for mistake in comparison.mistakes:
        _code(mistake)


@st.cache_resource(max_entries=50, show_spinner=False)
def _compared(names: tuple[str, ...], draw: int) -> Comparison:
    """The same for all visitors, so trained once."""
    return compare(*names, draw=draw)


def _switches() -> tuple[str, ...]:
    """A switch for each; those that are on."""
    chosen = []
    for name, mistake in MISTAKES.items():
        key = f"mistake.{name}"
        if store.value(key) is None:
            store.put({key: name == FIRST})
        if st.toggle(tr(mistake.title), key=key, help=tr(mistake.wrong), persist_state="session"):
            chosen.append(name)
    if len(chosen) > 1:
        st.caption(tr("All mistakes that are switched on are planted in the same network."))
    return tuple(chosen)


def _draw_again(comparison: Comparison, playground: Page) -> None:
    with st.container(horizontal=True, key="mistakes-tools"):
        st.button(
            tr("Other starting weights"),
            key="mistakes.again",
            icon=":material/casino:",
            on_click=lambda: store.put({DRAW: (store.value(DRAW) or 0) + 1}),
        )
        if st.button(tr("Open the right one"), key="mistakes.open", icon=":material/open_in_new:"):
            session.open(comparison.setting.experiment)
            st.switch_page(playground)


def _pictures(comparison: Comparison, theme: Theme) -> None:
    setting = comparison.setting.experiment
    data, layers = tr(setting.data.dataset.label).lower(), "-".join(map(str, setting.network.hidden_layer_sizes))
    about = Message(
        "Data: {data}. Hidden layers {layers}, {activation}, learning rate {rate}, full batch, {epochs} epochs.",
        data=data,
        layers=layers,
        activation=comparison.setting.activation.label,
        rate=f"{setting.training.learning_rate:g}",
        epochs=len(comparison.right.costs) - 1,
    )
    st.caption(mark_terms(tr(about)), unsafe_allow_html=True)
    both = {Message("Right"): comparison.right, Message("With the mistake"): comparison.flawed}
    for column, (name, outcome) in zip(st.columns(2), both.items(), strict=True):
        with column:
            st.markdown(f"**{tr(name)}**")
            figure = answers_figure(comparison.data, outcome.predict, theme, tr)
            alt = tr(_words(name, outcome))
            st.plotly_chart(figure, theme=None, config=PLAIN, height=PLANE_HEIGHT, key=f"mistakes.{name}", alt=alt)
            _numbers(outcome, comparison.mistakes)
    right, flawed = comparison.right.costs, comparison.flawed.costs
    words = Message(
        "Cost against epoch. right: {right}. with the mistake: {flawed}.",
        right=_from_to(right),
        flawed=_from_to(flawed),
    )
    figure = costs_figure({tr("right"): right, tr("with the mistake"): flawed}, theme, tr)
    st.plotly_chart(figure, theme=None, config=PLAIN, height=COSTS_HEIGHT, key="mistakes.costs", alt=tr(words))


def _words(name: Message, outcome: Outcome) -> Message:
    return Message(
        "{name}: the answers over the plane. Training accuracy {train}, test accuracy {test}.",
        name=name,
        train=f"{outcome.train_accuracy:.0%}",
        test=f"{outcome.test_accuracy:.0%}",
    )


def _from_to(costs: np.ndarray) -> str:
    if np.isfinite(costs[-1]):
        return f"{costs[0]:.4g} → {costs[-1]:.4g}"
    return Message("{first} → not a number", first=f"{costs[0]:.4g}")


def _numbers(outcome: Outcome, planted: tuple[Mistake, ...]) -> None:
    """Costs and accuracies, and the gradient check's word."""
    numbers = Message(
        "Cost {costs} · accuracy {train}, on test examples {test}",
        costs=_from_to(outcome.costs),
        train=f"{outcome.train_accuracy:.0%}",
        test=f"{outcome.test_accuracy:.0%}",
    )
    st.markdown(tr(numbers))
    if outcome.broke_at is not None:
        broke = Message("No longer a number from epoch {epoch} on.", epoch=outcome.broke_at)
        st.markdown(f":material/error: {tr(broke)}")
    said = f"{outcome.check.difference:.2g}".replace("-", "−")
    if type(outcome.rule) is ReferenceNetwork:
        passes = Message("The gradient check passes: relative difference {said}.", said=said)
        st.success(tr(passes), icon=":material/check_circle:")
        return
    caught = [tr(mistake.title) for mistake in planted if mistake.caught]
    missed = [tr(mistake.title) for mistake in planted if not mistake.caught]
    if outcome.check.caught:
        lines = [tr(Message("The gradient check catches it: relative difference {said}.", said=said))]
    else:
        lines = [tr(Message("The gradient check notices nothing: relative difference {said}.", said=said))]
    if len(planted) > 1:
        lines += [tr(Message("It catches: {titles}.", titles="; ".join(caught)))] * bool(caught)
        lines += [tr(Message("It does not notice: {titles}.", titles="; ".join(missed)))] * bool(missed)
    text = "  \n".join(lines)
    if outcome.check.caught:
        st.error(text, icon=":material/cancel:")
    else:
        st.warning(text, icon=":material/visibility_off:")


def _explained(mistake: Mistake, *, shows: bool) -> None:
    """What goes wrong, how it shows, and what the check can say."""
    with st.container(border=True, key=f"explained-{mistake.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"titled-{mistake.id}"):
            st.subheader(tr(mistake.title), anchor=False, width="content")
            tutorials = ", ".join(f"`{tutorial}`" for tutorial in mistake.tutorials)
            st.caption(tr(Message("Printed in: {tutorials}", tutorials=tutorials)), width="content")
        left, right = st.columns(2, gap="medium")
        with left:
            explained(mistake.wrong)
            caught = tr("**Why the gradient check catches it**")
            heading = caught if mistake.caught else tr("**Why the gradient check misses it**")
            st.markdown(mark_terms("  \n".join((heading, tr(mistake.why)))), unsafe_allow_html=True)
        with right:
            symptoms = "\n".join(f"- {tr(symptom)}" for symptom in mistake.symptoms)
            how = tr("**How it shows**") if shows else tr("**How it shows with other starting weights**")
            st.markdown(mark_terms("\n\n".join((how, symptoms))), unsafe_allow_html=True)


def _code(mistake: Mistake) -> None:
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
