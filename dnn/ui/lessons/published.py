"""Published results beside the pupil's own, for each option that has been tried: no other gives the answer away."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

import streamlit as st

from dnn.lessons.published import PublishedFigures
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui.lessons.location import Location
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr


class Result(NamedTuple):
    """What a run had reached at an epoch, as a share of 1."""

    share: float
    epoch: int


def draw(location: Location, run: Run) -> None:
    """Note what ``run`` has reached with its option, and draw all that were tried."""
    figures = location.step.published
    if figures is None:
        return
    key = f"lesson.results.{location.name}"
    results: dict[str, Result] = store.value(key) or {}
    setting = location.step.settings[0]
    option = setting.chosen(run.experiment)
    if run.has_started and option is not None:
        results = {**results, setting.options[option].label: Result(figures.measure.read(run), run.epoch)}
        store.put({key: results})
    if results:
        st.html(_table(setting.label, figures, results))


def _table(name: str, figures: PublishedFigures, results: dict[str, Result]) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (tr(name), tr("Published"), tr("Yours")))
    rows = [
        f'<tr><th scope="row">{escape(option)}</th>{_bar(share)}{_bar(*results[option])}</tr>'
        for option, share in figures.by_option
        if option in results
    ]
    caption = escape(tr(figures.title))
    return f'<table class="dnn-published"><caption>{caption}</caption><tr>{heads}</tr>{"".join(rows)}</table>'


def _bar(share: float, epoch: int | None = None) -> str:
    text = f"{100 * share:.4g} %"
    said = text if epoch is None else tr(Message("{share}, epoch {epoch}", share=text, epoch=epoch))
    return f'<td style="--share: {100 * share:.4g}%">{escape(said)}</td>'
