"""The walk-through: one step at a time, with Back, Next and the arrow keys."""

from __future__ import annotations

import streamlit as st

from dnn.analysis.walkthrough import Code, Step, Walkthrough, walkthrough
from dnn.messages import Message
from dnn.plots.theme import Theme
from dnn.training.run import Run
from dnn.ui.inside import matrices
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr, translate_latex
from dnn.ui.widgets.glossary import explained

STOP = "inside.stop"
COLUMNS = "inside.columns"
ENGINE = "inside.engine"


def draw(run: Run, rows: tuple[int, ...], theme: Theme) -> None:
    """Draw the current step."""
    walk = walkthrough(run, rows)
    ids = [stop.id for stop in walk.steps]
    if store.value(STOP) not in ids:
        store.put({STOP: ids[0]})
    at = ids.index(store.value(STOP))
    stop = walk.steps[at]
    _bar(walk, at)
    words, equation = st.columns([0.4, 0.6], vertical_alignment="center")
    columns = bool(store.value(COLUMNS))
    shown = stop.in_columns() if columns else stop
    with words:
        st.subheader(tr(stop.title), anchor=False)
        explained(stop.text)
        if stop.formula:
            st.latex(translate_latex(stop.formula))
    with equation, st.container(key="inside-equation"):
        st.latex(translate_latex(shown.equation))
        if shown.shapes != shown.equation:
            st.latex(translate_latex(shown.shapes))
    matrices.draw(stop, run.params.sizes, theme, columns=columns)
    _code(stop)


def _bar(walk: Walkthrough, at: int) -> None:
    """Draw Back, the position, Next, and the switch between the layouts."""
    ids = [stop.id for stop in walk.steps]
    titles = {stop.id: f"{number}. {tr(stop.title)}" for number, stop in enumerate(walk.steps, start=1)}
    with st.container(horizontal=True, vertical_alignment="center", key="inside-bar"):
        st.button(
            tr("Back"),
            key="inside.back",
            on_click=_go,
            args=(ids[max(at - 1, 0)],),
            disabled=at == 0,
            help=tr("The stop before (←)"),
            shortcut="Left",
        )
        st.button(
            tr("Next"),
            key="inside.next",
            type="primary",
            on_click=_go,
            args=(ids[min(at + 1, len(ids) - 1)],),
            disabled=at == len(ids) - 1,
            help=tr("The stop after (→)"),
            shortcut="Right",
        )
        st.selectbox(tr("Stop"), ids, key=STOP, format_func=titles.__getitem__, label_visibility="collapsed", width=340)
        st.caption(tr(Message("{number} of {all}", number=at + 1, all=len(ids))))
        st.toggle(
            tr("Examples in columns"),
            key=COLUMNS,
            help=tr("The tutorials' layout: an example is a column, and W is (units, inputs)"),
            persist_state="session",
        )


def _go(stop: str) -> None:
    store.put({STOP: stop})


def _code(stop: Step) -> None:
    """Draw the reference network's line, and the engine's behind a switch; only the engine's if there is no other."""
    engine = _place(stop.engine)
    with st.container(key="inside-code", gap="xsmall"):
        if stop.reference is None:
            alone = Message(
                "The line of the engine that does it ({place}). There _T means transposed, _ones means with a column "
                "of ones, and Wb is W with b as its last row.",
                place=engine,
            )
            _line(stop.engine, alone)
            return
        first = Message(
            "The line that does it, in the network as a tutorial writes it ({place}). Read that file first.",
            place=_place(stop.reference),
        )
        _line(stop.reference, first)
        if st.toggle(tr("Show the engine's line"), key=ENGINE, persist_state="session"):
            then = Message(
                "The engine does the same here ({place}). There _T means transposed, _ones means with a column of "
                "ones, and Wb is W with b as its last row.",
                place=engine,
            )
            _line(stop.engine, then)


def _place(code: Code) -> str:
    return f"{code.file}:{code.line}, {code.function}()"


def _line(code: Code, caption: str) -> None:
    st.caption(tr(caption))
    st.code(code.text, language="python", wrap_lines=True)
