"""The gallery: every preset as a card with its data in small, its title and what to watch for, to play at a click."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import Protocol

import streamlit as st

from dnn.experiment import Experiment
from dnn.plots.theme import THEMES, Theme
from dnn.presets import PRESETS, Preset
from dnn.ui import controls, session

SIDE, MOST_POINTS = 72, 90  # of a thumbnail: pixels, examples
# A class's mark, drawn with the pen at an example, and the pen: its width, cap and whether what it encloses is filled.
# Nothing, drawn with a round cap, is a disc, and with a square cap a square.
MARKS = (
    ("h0", 'stroke-width="5.2" stroke-linecap="round"'),
    ("h0", 'stroke-width="4.4" stroke-linecap="square"'),
    ("m-3.2 0l3.2-3.2 3.2 3.2-3.2 3.2z", ""),
    ("m0-3.2l3 5.4h-6z", ""),
    ("m-2.5 0h5m-2.5-2.5v5", 'stroke-width="2"'),
    ("m-2.2-2.2l4.4 4.4m0-4.4l-4.4 4.4", 'stroke-width="1.8"'),
)


class Playable(Protocol):
    """Something with an experiment: a preset, a step of a lesson."""

    @property
    def experiment(self) -> Experiment:
        """What plays."""


@st.fragment
def button() -> None:
    """Draw the button that opens the gallery."""
    if st.button("Presets", key="presets", icon=":material/apps:"):
        _gallery()


@st.dialog("Presets", width="large", icon=":material/apps:")
def _gallery() -> None:
    theme, current = THEMES[st.context.theme.type or "light"], session.experiment()
    grid = st.grid(min_column_width=230, border=True, key="gallery")
    for preset in PRESETS.values():
        with grid.cell():
            chosen = st.button(
                preset.title,
                key=f"preset.{preset.name}",
                on_click=_choose,
                args=(preset,),
                width="stretch",
                icon=":material/check:" if preset.experiment == current else None,
                help="Plays now" if preset.experiment == current else None,
            )
            st.html(_card(preset, theme))
        if chosen:
            st.rerun()  # closes the dialog


def _choose(preset: Preset) -> None:
    controls.write(preset.experiment)
    session.keep(preset.experiment)


def _card(preset: Preset, theme: Theme) -> str:
    layout = "display: flex; gap: 0.75rem; font-size: 0.875rem; line-height: 1.35; margin: 0"
    return f'<p style="{layout}">{thumbnail(preset, theme)}<span>{escape(preset.sentence)}</span></p>'


@lru_cache(maxsize=256)
def thumbnail(preset: Playable, theme: Theme) -> str:
    """The examples of a preset's experiment as a small picture. Each class has its colour and its shape.

    For regression, numbers from 0 are discs and those below are squares.
    """
    data = preset.experiment.make_data()
    points, labels = data.points[:MOST_POINTS, :2], data.labels[:MOST_POINTS]
    low, high = points.min(axis=0), points.max(axis=0)
    places = SIDE * (0.5 + (points - (low + high) / 2) / (1.12 * (high - low).max()) * [1.0, -1.0])
    colors: tuple[str, ...]
    if data.task == "regression":
        classes, colors = (labels < 0).astype(int), theme.classes[::-1]
    else:
        classes, colors = labels.astype(int), theme.of_classes(max(2, data.y.shape[1]))
    paths = []
    for number, color in enumerate(colors):
        mark, pen = MARKS[number]
        way = "".join(f"M{x:.1f} {y:.1f}{mark}" for x, y in places[classes == number])
        paths.append(f'<path d="{way}" stroke="{color}" fill="{color}" {pen}/>')
    box = f'width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(paths)}</svg>'
    frame = f"flex: none; width: {SIDE}px; height: {SIDE}px; border: 1px solid {theme.grid}; border-radius: 0.25rem"
    return f'<img alt="" style="{frame}" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'
