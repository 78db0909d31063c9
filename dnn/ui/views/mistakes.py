"""Plant a mistake: what the tutorials print wrong, trained beside the right way on the same data."""

from __future__ import annotations

import inspect
import textwrap

import numpy as np
import streamlit as st
from streamlit.navigation.page import Page

from dnn.mistakes import MISTAKES, Comparison, Mistake, Outcome, Rule, compare
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.plots.theme import Theme
from dnn.ui import controls, session

FIRST = "output_reads_z"  # the one that is planted for a visitor who has chosen none
DRAW = "mistakes.draw"
PLAIN = {"displayModeBar": False}


def show(playground: Page) -> None:
    """The whole page; ``playground`` is the way back, and where the right network can be taken to."""
    theme = session.appearance()
    with st.container(horizontal=True, vertical_alignment="center", key="mistakes-head"):
        st.page_link(playground, label="Playground", icon=":material/arrow_back:")
        st.header("Plant a mistake", anchor=False, width="content")
        st.caption("Each of these was printed in a tutorial. Which would you have noticed?")
    switches, pictures = st.columns([0.3, 0.7], gap="medium")
    with switches:
        names = _switches()
    with pictures:
        if not names:
            st.info("Switch on a mistake to see what it does.", icon=":material/toggle_on:")
            return
        comparison = _compared(names, session.value(DRAW) or 0)
        _pictures(comparison, theme)
    with switches:
        _draw_again(comparison, playground)
    for mistake in comparison.mistakes:
        _explained(mistake)


@st.cache_resource(max_entries=50, show_spinner="Training both")
def _compared(names: tuple[str, ...], draw: int) -> Comparison:
    """The same for all visitors, so trained once."""
    return compare(*names, draw=draw)


def _switches() -> tuple[str, ...]:
    """A switch for each; those that are on."""
    chosen = []
    for name, mistake in MISTAKES.items():
        key = f"mistake.{name}"
        if session.value(key) is None:
            session.put({key: name == FIRST})
        if st.toggle(mistake.title, key=key, help=mistake.wrong, persist_state="session"):
            chosen.append(name)
    return tuple(chosen)


def _draw_again(comparison: Comparison, playground: Page) -> None:
    with st.container(horizontal=True, key="mistakes-tools"):
        st.button(
            "Other starting weights",
            key="mistakes.again",
            icon=":material/casino:",
            on_click=lambda: session.put({DRAW: (session.value(DRAW) or 0) + 1}),
        )
        if st.button("Open the right one", key="mistakes.open", icon=":material/open_in_new:"):
            controls.write(comparison.setting.experiment)
            session.arrive(comparison.setting.experiment, ())
            session.keep(comparison.setting.experiment)
            st.switch_page(playground)


def _pictures(comparison: Comparison, theme: Theme) -> None:
    setting = comparison.setting.experiment
    data, layers = setting.data.dataset.label.lower(), "-".join(map(str, setting.network.hidden_layer_sizes))
    activation, rate = comparison.setting.activation.label, setting.training.learning_rate
    epochs = len(comparison.right.costs) - 1
    st.caption(
        f"Data: {data}. Hidden layers {layers}, {activation}, learning rate {rate:g}, full batch, {epochs} epochs."
    )
    for column, name, outcome in zip(
        st.columns(2), ("Right", "With the mistake"), (comparison.right, comparison.flawed), strict=True
    ):
        with column:
            st.markdown(f"**{name}**")
            figure = answers_figure(comparison.data, outcome.predict, theme)
            figure.update_layout(font=theme.page_font, margin_l=58)
            alt = _words(name, outcome)
            st.plotly_chart(figure, theme=None, config=PLAIN, height=320, key=f"mistakes.{name}", alt=alt)
            _numbers(outcome)
    costs = {"right": comparison.right.costs, "with the mistake": comparison.flawed.costs}
    alt = "Cost against epoch. " + " ".join(f"{name}: {_from_to(values)}." for name, values in costs.items())
    figure = costs_figure(costs, theme).update_layout(font=theme.page_font, margin_l=58)
    figure.update_yaxes(type="log", dtick="D2")
    st.plotly_chart(figure, theme=None, config=PLAIN, height=300, key="mistakes.costs", alt=alt)


def _words(name: str, outcome: Outcome) -> str:
    train, test = f"{outcome.train_accuracy:.0%}", f"{outcome.test_accuracy:.0%}"
    return f"{name}: the answers over the plane. Training accuracy {train}, test accuracy {test}."


def _from_to(costs: np.ndarray) -> str:
    return f"{costs[0]:.4g} → {costs[-1]:.4g}" if np.isfinite(costs[-1]) else f"{costs[0]:.4g} → not a number"


def _numbers(outcome: Outcome) -> None:
    """Costs and accuracies, and the gradient check's word."""
    train, test = f"{outcome.train_accuracy:.0%}", f"{outcome.test_accuracy:.0%}"
    st.markdown(f"Cost {_from_to(outcome.costs)} · accuracy {train}, on test examples {test}")
    if outcome.broke_at is not None:
        st.markdown(f":material/error: No longer a number from epoch {outcome.broke_at} on.")
    said = f"{outcome.check.difference:.2g}".replace("-", "−")
    if outcome.check.caught:
        st.error(f"The gradient check catches it: relative difference {said}.", icon=":material/cancel:")
    elif type(outcome.rule) is Rule:
        st.success(f"The gradient check passes: relative difference {said}.", icon=":material/check_circle:")
    else:
        st.warning(f"The gradient check notices nothing: relative difference {said}.", icon=":material/visibility_off:")


def _explained(mistake: Mistake) -> None:
    """What goes wrong, how it shows, what the check can say, and the two pieces of code."""
    with st.container(border=True, key=f"explained-{mistake.id}"):
        st.subheader(mistake.title, anchor=False)
        st.caption("Printed in: " + ", ".join(f"`{tutorial}`" for tutorial in mistake.tutorials))
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown(mistake.wrong)
            st.markdown("**How it shows**\n\n" + "\n".join(f"- {symptom}" for symptom in mistake.symptoms))
            heading = (
                "**Why the gradient check catches it**" if mistake.caught else "**Why the gradient check misses it**"
            )
            st.markdown(f"{heading}\n\n{mistake.why}")
        with right:
            st.markdown("**Right**")
            st.code(_source(Rule, mistake.step), language="python", wrap_lines=True)
            st.markdown("**Wrong**")
            st.code(_source(mistake.rule, mistake.step), language="python", wrap_lines=True)


def _source(rule: type[Rule], step: str) -> str:
    """The method as it runs."""
    return textwrap.dedent(inspect.getsource(getattr(rule, step))).strip()
