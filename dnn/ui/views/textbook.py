"""Against the textbook: published training runs, computed again on the spot, number beside number."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import Page

from dnn.analysis.textbook import TRAININGS, Figure, Rerun, Training
from dnn.messages import Message
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.ui import session
from dnn.ui.turns import long_computation
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import explained

RESULTS = "textbook.results"

PLAIN = {"displayModeBar": False}
PLANE_HEIGHT, COSTS_HEIGHT = 300, 230
DRAWN = ("1", "2", "4", "20")  # of a run with many widths, those whose costs are drawn

# How a figure is called, by how its name in the file begins; W1, db and the like are called that.
CALLED: dict[str, Callable[[str], Message]] = {
    "accuracy_percent_nh": lambda units: Message("accuracy %, hidden units {units}", units=units),
    "accuracy_percent": lambda _: Message("accuracy %"),
    "cost_": lambda update: Message("cost {update}", update=update),
    "costs": lambda _: Message("costs"),
}


def show(playground: Page) -> None:
    """The whole page; ``playground`` is the way back."""
    with st.container(horizontal=True, vertical_alignment="center", key="textbook-head"):
        st.page_link(playground, label=tr("Playground"), icon=":material/arrow_back:")
        st.header(tr("Against the textbook"), anchor=False, width="content")
    explained(
        "These runs were published, figure by figure, for the course that the tutorials retell. Run them again here: "
        "the same data, the same starting weights, this page's own engine."
    )
    everything = st.button(tr("Run all"), key="textbook.all", type="primary", icon=":material/play_arrow:")
    with st.container(key="textbook", gap="xsmall"):
        for training in TRAININGS:
            with st.container(border=True):
                _training(training, everything)


def _training(training: Training, at_once: bool) -> None:
    """One run: what it is, a button, a progress bar while it trains, and its table."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap="xsmall"):
            st.subheader(tr(training.title), anchor=False)
            explained(training.text)
        clicked = st.button(tr("Run"), key=f"textbook.{training.id}", icon=":material/replay:")
    place = st.empty()
    results: dict[str, Rerun] = store.value(RESULTS) or {}
    if clicked or at_once:
        results = {**results, training.id: _run(training, place)}
        store.put({RESULTS: results})
    if training.id in results:
        with place.container():
            numbers, pictures = st.columns([0.6, 0.4], gap="medium")
            with numbers:
                _table(results[training.id].figures)
            with pictures:
                _pictures(training, results[training.id])


def _run(training: Training, place: st.delta_generator.DeltaGenerator) -> Rerun:
    bar = place.progress(0.0, text=tr("Training…"))
    reports = training.run()
    while True:
        with long_computation():  # so that others who run one get on as well
            report = next(reports)
        if not isinstance(report, float):
            return report
        bar.progress(report, text=tr("Training…"))


def _table(figures: tuple[Figure, ...]) -> None:
    """A verdict, and a line for each number."""
    wrong = sum(not figure.agrees for figure in figures)
    if wrong:
        text = Message("{wrong} of {all} numbers differ from the published ones.", wrong=wrong, all=len(figures))
        st.error(tr(text), icon=":material/cancel:")
    else:
        st.success(tr(Message("All {all} numbers agree.", all=len(figures))), icon=":material/check_circle:")
    agrees, differs = tr("agrees"), tr("differs")
    allowed = {
        "exact": "",
        "rounded": tr("rounded when printed"),
        "whole": tr("printed without decimals"),
        "machine": tr("differs between machines"),
    }
    lines = [
        "| {mark} | {name} | {published} | {ours} | {tolerance} | {why} |".format(
            mark=f":green[✓] {agrees}" if figure.agrees else f":red[✗] {differs}",
            name=_name(figure),
            published=("≥ " if figure.floor else "") + _number(figure.published),
            ours=_number(figure.ours),
            tolerance="" if figure.floor else f"{figure.tolerance:.1g}",
            why=allowed[figure.allowance],
        )
        for figure in figures
    ]
    head = (
        "| | "
        + " | ".join((tr("Number"), tr("Published"), tr("Ours"), tr("Tolerance"), tr("Why they may differ")))
        + " |"
    )
    st.markdown("\n".join((head, "|---|---|---:|---:|---:|---|", *lines)))


def _pictures(training: Training, rerun: Rerun) -> None:
    """The answers of the last network over the plane, with its examples, and the costs."""
    theme = session.appearance()
    units, run = list(rerun.runs.items())[-1]
    about = Message("Its answers over the plane")
    if units != "0":
        about = Message("Its answers over the plane, with {units} hidden units", units=units)
    st.markdown(f"**{tr(about)}**")
    figure = answers_figure(run.data, lambda points: run.predict_proba(points)[:, 1], theme, tr)
    words = tr(Message("{title}: the answers over the plane", title=tr(training.title)))
    key = f"textbook.plane.{training.id}"
    st.plotly_chart(figure, theme=None, config=PLAIN, height=PLANE_HEIGHT, key=key, alt=words)
    drawn = {width: each for width, each in rerun.runs.items() if len(rerun.runs) == 1 or width in DRAWN}
    names = {width: tr(Message("{units} units", units=width)) if len(drawn) > 1 else tr("cost") for width in drawn}
    figure = costs_figure({names[width]: each.history["train_cost"] for width, each in drawn.items()}, theme, tr)
    words = tr(Message("{title}: cost by epoch", title=tr(training.title)))
    key = f"textbook.costs.{training.id}"
    st.plotly_chart(figure, theme=None, config=PLAIN, height=COSTS_HEIGHT, key=key, alt=words)


def _number(value: float) -> str:
    return f"{value:.9g}".replace("-", "−")


def _name(figure: Figure) -> str:
    """Return the name of a number as people read it, cost_1000 for instance, and its place in a matrix."""
    name = figure.name.removesuffix("_floor")
    sentence = next(
        (tr(call(name.removeprefix(begins))) for begins, call in CALLED.items() if name.startswith(begins)), name
    )
    return sentence + (f" [{', '.join(str(place + 1) for place in figure.place)}]" if figure.place else "")
