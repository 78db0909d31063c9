"""Plant a mistake: what tutorials print and forums ask about, trained beside the right way on the same data."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.navigation.page import Page

from dnn.messages import Message
from dnn.mistakes import Comparison, Mistake, Outcome, compare
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.plots.theme import Theme
from dnn.ui import session
from dnn.ui.turns import long_computation
from dnn.ui.views import mistake_words, planted, shape_table, shapes_link
from dnn.ui.views.shapes_link import Clinic
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import mark_terms
from dnn.ui.widgets.link_problems import show_link_problems

DRAW = "mistakes.draw"
PLAIN = {"displayModeBar": False}
PLANE_HEIGHT, COSTS_HEIGHT = 270, 220  # so that explanation and pictures fit on one screen


def show(playground: Page, clinic: Page | None = None) -> None:
    """The whole page; ``playground`` is where the right network can be taken to, ``clinic`` that of the shapes."""
    planted.open_address()
    theme = session.appearance()
    with st.container(horizontal=True, vertical_alignment="center", key="mistakes-head"):
        st.page_link(playground, label=tr("Playground"), icon=":material/arrow_back:")
        st.header(tr("Plant a mistake"), anchor=False, width="content")
        st.caption(
            tr("Each of these was printed in a tutorial or asked about in a forum. Which would you have noticed?")
        )
        _to_clinic(clinic, Clinic())
    show_link_problems(planted.PROBLEMS)
    switches, pictures = st.columns([0.3, 0.7], gap="medium")
    with switches:
        names = planted.switches()
    planted.write_address(names)
    with pictures:
        if not names:
            st.info(tr("Switch on a mistake to see what it does."), icon=":material/toggle_on:")
            return
        with st.spinner(tr("Training both")):
            comparison = _compared(names, store.value(DRAW) or 0)
        for mistake in comparison.without_effect:
            lost = Message(
                "{title}: without effect here, because another mistake changes the same step.", title=mistake.title
            )
            st.warning(tr(lost), icon=":material/layers_clear:")
        for mistake in comparison.mistakes:
            mistake_words.explanation(mistake, shows=not comparison.alike)
        _pictures(comparison, theme)
        if comparison.alike:
            st.info(
                tr("With these starting weights both networks end alike: the mistake does no harm in this run."),
                icon=":material/casino:",
            )
    with switches:
        _draw_again(comparison, playground)
    for mistake in comparison.mistakes:
        mistake_words.code(mistake)
        _shapes(mistake, comparison, clinic)


@st.cache_resource(max_entries=50, show_spinner=False)
def _compared(names: tuple[str, ...], draw: int) -> Comparison:
    """Return the comparison; it is the same for all visitors, so it is trained once."""
    with long_computation():
        return compare(*names, draw=draw)


def _to_clinic(clinic: Page | None, shown: Clinic) -> None:
    if clinic is not None:
        words = shapes_link.to_query(shown) | address.page_words()
        st.page_link(clinic, label=tr("Shape clinic"), icon=":material/grid_on:", query_params=words)


def _shapes(mistake: Mistake, comparison: Comparison, clinic: Page | None) -> None:
    """Where the shapes break, for a mistake that they show; on the way there those of a network of the same sizes."""
    if mistake.breaks is None:
        return
    sizes = (comparison.data.X.shape[1], *comparison.setting.experiment.network.hidden_layer_sizes, 1)
    shown = Clinic(sizes, comparison.data.n_train, len(comparison.data.X_test), "rows", mistake.breaks)
    found = shown.examine()
    with st.container(border=True, key=f"shapes-{mistake.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            title = tr("Every shape of one step")
            st.markdown(f"**{title}**", width="content")
            _to_clinic(clinic, shown)
        shape_table.draw(found)


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
    curves = {Message("Right"): comparison.right, Message("With the mistake"): comparison.flawed}
    for column, (name, outcome) in zip(st.columns(2), curves.items(), strict=True):
        with column:
            st.markdown(f"**{tr(name)}**")
            _picture(name, outcome, comparison, theme)
            mistake_words.verdict(outcome, comparison.mistakes)
    if comparison.flawed.raised:
        return  # there is one curve, and nothing to compare it with
    right, flawed = comparison.right.costs, comparison.flawed.costs
    words = Message(
        "Cost against epoch. right: {right}. with the mistake: {flawed}.",
        right=_from_to(right),
        flawed=_from_to(flawed),
    )
    figure = costs_figure({tr("right"): right, tr("with the mistake"): flawed}, theme, tr)
    st.plotly_chart(figure, theme=None, config=PLAIN, height=COSTS_HEIGHT, key="mistakes.costs", alt=tr(words))


def _picture(name: Message, outcome: Outcome, comparison: Comparison, theme: Theme) -> None:
    """The answers of a network and its numbers, or NumPy's message."""
    if outcome.raised:
        trained = int(np.isfinite(outcome.costs).sum())
        explanation = Message(
            "NumPy raises an error on the way back. The cost before it was {cost}.", cost=f"{outcome.costs[0]:.4g}"
        )
        mistake_words.numpy_error(
            outcome.raised, explanation if trained else Message("NumPy raises an error on the way forward.")
        )
        return
    if outcome.raised_on_new:
        explanation = Message("It was trained, but NumPy raises an error for any other number of examples.")
        mistake_words.numpy_error(outcome.raised_on_new, explanation)
    else:
        figure = answers_figure(comparison.data, outcome.predict, theme, tr)
        alt = tr(_words(name, outcome))
        st.plotly_chart(figure, theme=None, config=PLAIN, height=PLANE_HEIGHT, key=f"mistakes.{name}", alt=alt)
    _numbers(outcome)


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


def _numbers(outcome: Outcome) -> None:
    """Costs and accuracies."""
    numbers = Message(
        "Cost {costs} · accuracy {train}, on test examples {test}",
        costs=_from_to(outcome.costs),
        train=f"{outcome.train_accuracy:.0%}",
        test=Message("none") if outcome.raised_on_new else f"{outcome.test_accuracy:.0%}",
    )
    st.markdown(tr(numbers))
    if outcome.broke_at is not None:
        broke = Message("No longer a number from epoch {epoch} on.", epoch=outcome.broke_at)
        st.markdown(f":material/error: {tr(broke)}")
