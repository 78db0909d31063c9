"""The results of a sweep on the page: pictures, words and a table, in which marked cells are marked everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from dnn.experiment.setting_names import setting_title, settings_text, value_text
from dnn.messages import Message
from dnn.plots.heat_map import heat_figure
from dnn.plots.sweep_curves import curves_figure
from dnn.plots.sweep_parallel import MOST_LINES, brushed, coordinates_of, parallel_figure, with_box
from dnn.sweeps import Result, Sweep
from dnn.sweeps.outcomes import MEASURES, Measure, Outcome, measures_of, outcomes
from dnn.sweeps.summary import summary
from dnn.ui import session
from dnn.ui.sweep import results_files, results_table
from dnn.ui.sweep.marks import chart_key, have_changed, mark, marks_of, toggle
from dnn.ui.visitor import store
from dnn.ui.visitor.language import say_again, tr
from dnn.ui.visitor.markdown import escape_markdown, tr_markdown
from dnn.ui.widgets.guard import callback, fragment

MEASURE, ACROSS, UP = "sweep.measure", "sweep.across", "sweep.up"  # widgets
PLAIN = {"displayModeBar": False}
MAP_HEIGHT, ROW_HEIGHT, CURVES_HEIGHT, LINES_HEIGHT = 380, 200, 380, 340
MOST_CELLS = 10_000  # of the heat map; more would be smaller than a pixel


@fragment
def show(
    results: Sequence[Result],
    sweep: Sweep,
    *,
    playground: Page | None = None,
    beside_grid: bool = False,
) -> None:
    """Draw the results of ``sweep``, which may be those of a part of it.

    ``playground`` is the page to which a cell can be taken. ``beside_grid``: the whole page is drawn again when marks
    change, for it shows them too.
    """
    if have_changed() and beside_grid:
        st.rerun()
    theme = session.appearance()
    measures = measures_of(results)
    if not measures:
        st.info(tr("There are no results yet."), icon=":material/hourglass_empty:")
        return
    measure = _measure(measures)
    found = outcomes(sweep, results, measure)
    cells = marks_of(sweep).cells
    words = tuple(summary(sweep, results, measure, tr))
    left, right = st.columns(2, gap="medium")
    with left:
        _map(sweep, found, measure, _plain(words[:1]))
        _words(words, len(results), sweep)
    with right:
        figure = curves_figure(found, measure, theme, tr, part=_part(measure), marked=cells)
        alt = tr(Message("The cost of every run by epoch. {best}", best=_plain(words[:1])))
        st.plotly_chart(figure, theme=None, config=PLAIN, height=CURVES_HEIGHT, key="sweep.curves", alt=alt)
        _marked_cells(sweep, found, playground)
    _lines(sweep, found, [each for each in measures if _part(each) == _part(measure)], measure)
    results_table.show(sweep, found, measures, measure)
    results_files.downloads(sweep, results)


def _measure(measures: list[Measure]) -> Measure:
    names = [measure.name for measure in measures]
    say_again(MEASURE)
    if store.value(MEASURE) not in names:
        store.put({MEASURE: names[0]})
    name = st.segmented_control(
        tr("Measure"),
        names,
        key=MEASURE,
        required=True,
        format_func=lambda name: tr(MEASURES[name].title),
        label_visibility="collapsed",
        persist_state="session",
    )
    return MEASURES[str(name)]


def _part(measure: Measure) -> str:
    """Return the curves that belong to a measure: those of the training, validation or test examples."""
    return f"{measure.name.split('_')[0]}_cost"


def _words(words: Sequence[Message], done: int, sweep: Sweep) -> None:
    """Say what the numbers show, and of how many runs they are."""
    if done < sweep.runs:
        st.caption(tr(Message("So far {count} of {all} runs.", count=done, all=sweep.runs)))
    st.markdown(" ".join(map(tr_markdown, words)))


def _plain(words: Sequence[Message]) -> str:
    return " ".join(map(tr, words))


def _map(sweep: Sweep, found: list[Outcome], measure: Measure, best: str) -> None:
    """Draw the heat map of the first two axes, or of those chosen, with a slider through each other axis."""
    if not sweep.axes:
        return
    across, up = _map_axes(sweep)
    layer = _layer(sweep, across, up)
    shown = [outcome for outcome in found if all(outcome.place[axis] == level for axis, level in layer.items())]
    size = len(sweep.axes[across].values) * (1 if up is None else len(sweep.axes[up].values))
    if size > MOST_CELLS:
        st.info(tr(Message("A map of {count} cells is too large to draw.", count=size)))
        return
    figure = heat_figure(
        sweep, shown, measure, session.appearance(), tr, across=across, up=up, marked=marks_of(sweep).cells
    )
    names = [tr(setting_title(sweep.axes[axis].name)) for axis in (across, up) if axis is not None]
    axes = " × ".join(names)
    alt = tr(Message("Heat map: {measure} over {axes}. {best}", measure=tr(measure.title), axes=axes, best=best))
    name = chart_key(sweep, "map")
    st.plotly_chart(
        figure,
        theme=None,
        config=PLAIN,
        height=MAP_HEIGHT if up is not None else ROW_HEIGHT,
        key=name,
        alt=alt,
        selection_mode="points",
        on_select=callback(partial(_click, sweep, name)),
    )


def _click(sweep: Sweep, name: str) -> None:
    """Mark the clicked cell, or take its mark from it."""
    points = store.value(name)["selection"]["points"]
    toggle(sweep, (int(point["customdata"][0]) for point in points if point.get("customdata")))


def _map_axes(sweep: Sweep) -> tuple[int, int | None]:
    """Return the numbers of the axes of the map; with more than two the visitor chooses."""
    count = len(sweep.axes)
    if count < 3:
        return 0, (1 if count == 2 else None)
    numbers = list(range(count))
    say_again(ACROSS, UP)
    for name, usual in ((ACROSS, 0), (UP, 1)):
        if store.value(name) not in numbers:
            store.put({name: usual})
    if store.value(ACROSS) == store.value(UP):
        store.put({UP: next(number for number in numbers if number != store.value(ACROSS))})

    def title(number: int) -> str:
        return tr(setting_title(sweep.axes[number].name))

    with st.container(horizontal=True):
        across = st.selectbox(tr("Map: across"), numbers, key=ACROSS, format_func=title)
        up = st.selectbox(tr("Map: up"), [number for number in numbers if number != across], key=UP, format_func=title)
    return across, up


def _layer(sweep: Sweep, across: int, up: int | None) -> dict[int, int]:
    """Return the level of each axis that is not in the map."""
    layer: dict[int, int] = {}
    for number, axis in enumerate(sweep.axes):
        if number in (across, up):
            continue
        levels = list(range(len(axis.values)))
        if len(levels) == 1:
            layer[number] = 0
            continue
        texts = [value_text(axis.name, value, tr) for value in axis.values]
        name = f"sweep.layer.{axis.name}.{len(levels)}"
        say_again(name)
        layer[number] = int(
            st.select_slider(
                tr(Message("Map: {setting}", setting=tr(setting_title(axis.name)))),
                levels,
                key=name,
                format_func=texts.__getitem__,
            )
        )
    return layer


def _lines(sweep: Sweep, found: list[Outcome], measures: list[Measure], measure: Measure) -> None:
    """Draw the parallel coordinates, on which cells are marked by brushing."""
    marks = marks_of(sweep)
    figure = parallel_figure(
        sweep, found, measures, measure, session.appearance(), tr, marked=marks.cells, brushes=marks.brushes
    )
    name = chart_key(sweep, "lines")
    st.plotly_chart(
        figure,
        theme=None,
        config=PLAIN,
        height=LINES_HEIGHT,
        key=name,
        alt=tr(Message("Parallel coordinates: every cell is a line through its settings and its numbers.")),
        selection_mode="box",
        on_select=callback(partial(_brush, sweep, found, measures, name)),
    )
    if len(found) > MOST_LINES:
        st.caption(tr(Message("{count} of {all} cells are drawn as lines.", count=MOST_LINES, all=len(found))))
    st.caption(tr("Drag over parts of one or more axes to mark the cells that pass through all of them."))


def _brush(sweep: Sweep, found: list[Outcome], measures: list[Measure], name: str) -> None:
    """Mark the cells that pass through all brushes; a brush on one axis leaves those on the others."""
    coordinates = coordinates_of(sweep, found, measures)
    brushes = marks_of(sweep).brushes
    for box in store.value(name)["selection"]["box"]:
        brushes = with_box(coordinates, brushes, box["x"], box["y"])
    mark(sweep, brushed(coordinates, brushes, found), brushes=brushes)


def _marked_cells(sweep: Sweep, found: list[Outcome], playground: Page | None) -> None:
    """Say how many cells are marked; one can be opened."""
    marks = marks_of(sweep)
    cells = [outcome for outcome in found if outcome.combination in marks.cells]
    if not cells and not marks.brushes:
        st.caption(tr("Click cells of the map, or choose rows in the table: they are marked everywhere."))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="sweep-marked"):
        if len(cells) == 1:
            text = Message("Marked: {settings}", settings=settings_text(cells[0].settings, tr))
        else:
            text = Message("{count} cells are marked.", count=len(cells))
        st.markdown(escape_markdown(tr(text)))
        st.button(
            tr("Clear"),
            key="sweep.clear",
            icon=":material/close:",
            on_click=callback(partial(mark, sweep, ())),
        )
        if len(cells) != 1 or playground is None:
            return
        experiment = sweep.cell(cells[0].results[0].index).experiment
        if experiment is not None and st.button(
            tr("Open in the playground"), key="sweep.open", icon=":material/open_in_new:"
        ):
            session.open(experiment)
            st.switch_page(playground)
