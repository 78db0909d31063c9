"""The small figures next to the pickers. They are created only if they are visible, and once per choice."""

from __future__ import annotations

from functools import lru_cache, partial

import plotly.graph_objects as go
import streamlit as st

from dnn.activations import Activation
from dnn.plots import component_figures as plots
from dnn.plots.theme import THEMES
from dnn.schedules import Schedule
from dnn.ui.catalogue import translated
from dnn.ui.visitor.language import current, tr

HEIGHT = 150
STILL = {"displayModeBar": False, "staticPlot": True}


def activation_curve(activation: Activation, key: str) -> None:
    """Draw value and slope."""
    figure = _activation_figure(activation, _theme(), current())
    _draw(figure, plots.activation_words(activation), key)


def schedule_curve(schedule: Schedule, learning_rate: float, key: str) -> None:
    """Draw the learning rate against the epoch."""
    figure = _schedule_figure(schedule, learning_rate, _theme(), current())
    _draw(figure, plots.schedule_words(schedule, learning_rate), key)


def _draw(figure: go.Figure, words: str, key: str) -> None:
    st.plotly_chart(figure, height=HEIGHT, theme=None, key=key, config=STILL, alt=tr(words))


def _theme() -> str:
    return st.context.theme.type or "light"


@lru_cache(maxsize=64)
def _activation_figure(activation: Activation, theme: str, language: str) -> go.Figure:
    return plots.activation_figure(activation, THEMES[theme], partial(translated, language=language))


@lru_cache(maxsize=64)
def _schedule_figure(schedule: Schedule, learning_rate: float, theme: str, language: str) -> go.Figure:
    return plots.schedule_figure(schedule, learning_rate, THEMES[theme], partial(translated, language=language))
