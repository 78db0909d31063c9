"""The shape clinic: choose layer sizes and layout, see every shape of a step, break a line, read the message."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dnn.experiment.links import to_query
from dnn.mistakes import MISTAKES
from dnn.mistakes.shapes import BREAKS, LAYOUTS, Layout
from dnn.training.run import Run
from dnn.ui import navigation, session
from dnn.ui.limits import MOST_LAYERS, WIDEST
from dnn.ui.views import planted, shape_table, shapes_link
from dnn.ui.views.shapes_link import MOST_EXAMPLES, Clinic
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import say_again, tr
from dnn.ui.widgets.glossary import explained
from dnn.ui.widgets.link_problems import show_link_problems

LAYOUT, M, NEW, HIDDEN, BREAK = "shapes.layout", "shapes.m", "shapes.new", "shapes.hidden", "shapes.break"  # widgets
INPUTS, OUTPUTS, UNITS = "shapes.inputs", "shapes.outputs", "shapes.units"  # and one of UNITS for each hidden layer
PROBLEMS = "shapes.problems"
NOTHING = "nothing"  # the break that is none


def show(mistakes: Page) -> None:
    """The whole page; ``mistakes`` is the page that it belongs to."""
    _open_address()
    show_link_problems(PROBLEMS)
    with st.container(horizontal=True, vertical_alignment="center", key="shapes-head"):
        st.page_link(mistakes, label=tr("Plant a mistake"), icon=":material/arrow_back:")
        st.header(tr("Shape clinic"), anchor=False, width="content")
        st.caption(tr("Every shape below is computed by NumPy, line by line."))
    settings, shapes = st.columns([0.32, 0.68], gap="medium")
    with settings:
        clinic = _settings()
    with shapes:
        shape_table.draw(clinic.examine())
        if name := next(
            (name for name, each in MISTAKES.items() if clinic.broken and each.breaks == clinic.broken), None
        ):
            words = planted.to_query((name,)) | address.page_words()
            label = tr("Train a network with this mistake")
            st.page_link(mistakes, label=label, icon=":material/model_training:", query_params=words)
    address.write(shapes_link.to_query(clinic))


def of_network(run: Run, clinic: Page | None, inside: Page | None = None) -> None:
    """Draw every shape of one step of a run's network, folded.

    Links lead to the page ``clinic`` with its sizes, and to the page ``inside`` with its experiment.
    """
    shown = Clinic(run.params.sizes, min(run.data.n_train, MOST_EXAMPLES))
    with st.expander(tr("Every shape of this network"), icon=":material/grid_on:"):
        st.html(shape_table.table(shown.examine()))
        if clinic is not None:
            words = shapes_link.to_query(shown) | address.page_words()
            label = tr("Try your own layer sizes, and break a line")
            st.page_link(clinic, label=label, icon=":material/build:", query_params=words)
    if inside is not None:
        words = to_query(run.experiment) | address.page_words()
        label = tr("Inside one step: this network in numbers")
        st.page_link(inside, label=label, icon=":material/labs:", query_params=words)


def _open_address() -> None:
    """Show what the address asks for, on arrival and after the browser's back button."""
    arrived = store.value(M) is None or address.navigated() or navigation.came_from_another()
    query = address.query()
    if arrived and any(word in query for word in shapes_link.WORDS):
        clinic, problems = shapes_link.from_query(query)
        store.put({PROBLEMS: problems})
        _use(clinic)
    elif store.value(M) is None:
        _use(Clinic())


def _use(clinic: Clinic) -> None:
    """Set the widgets."""
    others = {M: clinic.m, NEW: clinic.new, LAYOUT: clinic.layout, BREAK: clinic.broken or NOTHING}
    store.put(_widgets_of(clinic.sizes) | others)


def _settings() -> Clinic:
    """Draw the settings, and return their values."""
    explained(
        "Write down the shapes of your own layers first, then compare. `A @ B` needs the last number of the left shape "
        "to be the first of the right one. `*`, `+` and `-` need equal shapes, and stretch a 1."
    )
    say_again(LAYOUT, BREAK)
    chosen = st.segmented_control(
        tr("Examples"),
        LAYOUTS,
        key=LAYOUT,
        required=True,
        format_func=lambda name: tr("in rows") if name == "rows" else tr("in columns"),
        persist_state="session",
    )
    layout: Layout = chosen or "rows"
    sizes = _sizes()
    with st.container(horizontal=True, key="shapes-counts"):
        m = _number(tr("Examples m"), M, MOST_EXAMPLES)
        new = _number(tr("New examples"), NEW, MOST_EXAMPLES)
    breaks = (NOTHING, *shapes_link.breaks_of(layout))
    if store.value(BREAK) not in breaks:
        store.put({BREAK: NOTHING})
    broken: str = st.selectbox(
        tr("Break a line"),
        breaks,
        key=BREAK,
        format_func=lambda name: tr("nothing") if name == NOTHING else tr(BREAKS[name].title),
        persist_state="session",
    )
    if player := session.present_player():
        sizes_there = player.run.params.sizes
        st.button(
            tr("Sizes of my network"),
            key="shapes.mine",
            icon=":material/hub:",
            on_click=_use_sizes,
            args=(tuple(min(size, WIDEST) for size in sizes_there),),
            help=tr("Those of the network in the playground"),
        )
    return Clinic(sizes, m, new, layout, None if broken == NOTHING else broken)


def _sizes() -> tuple[int, ...]:
    """Draw a number for each layer, and return them."""
    with st.container(horizontal=True, key="shapes-sizes"):
        count = _number(tr("Hidden layers"), HIDDEN, MOST_LAYERS, least=0)
        inputs = _number(tr("Inputs"), INPUTS)
        hidden = []
        for number in range(1, count + 1):
            key = f"{UNITS}.{number}"
            if store.value(key) is None:
                store.put({key: 3})
            hidden.append(_number(tr("Layer {number}").format(number=number), key))
        outputs = _number(tr("Outputs"), OUTPUTS)
    return inputs, *hidden, outputs


def _number(label: str, key: str, most: int = WIDEST, *, least: int = 1) -> int:
    return int(st.number_input(label, least, most, key=key, width=120, persist_state="session"))


def _use_sizes(sizes: tuple[int, ...]) -> None:
    """Set the widgets of the layers."""
    store.put(_widgets_of(sizes))


def _widgets_of(sizes: tuple[int, ...]) -> dict[str, int]:
    """Return the values of the widgets for layers with these sizes."""
    inputs, *hidden, outputs = sizes
    units = {f"{UNITS}.{number}": size for number, size in enumerate(hidden, start=1)}
    return {INPUTS: inputs, OUTPUTS: outputs, HIDDEN: len(hidden)} | units
