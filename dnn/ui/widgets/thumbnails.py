"""The examples of an experiment as a small image, and a card with a sentence."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import numpy as np

from dnn.experiment import Experiment
from dnn.plots.svg import address, marks
from dnn.plots.theme import Theme

SIDE, MOST_POINTS = 72, 90  # size of a thumbnail in pixels, and its number of examples


def card(experiment: Experiment, sentence: str, theme: Theme) -> str:
    """Return the image and the sentence as HTML."""
    layout = "display: flex; gap: 0.75rem; font-size: 0.875rem; line-height: 1.35; margin: 0"
    return f'<p style="{layout}">{thumbnail(experiment, theme)}<span>{escape(sentence)}</span></p>'


def thumbnail(experiment: Experiment, theme: Theme) -> str:
    """Return the examples as a small image, in HTML."""
    frame = f"flex: none; width: {SIDE}px; height: {SIDE}px; border: 1px solid {theme.grid}; border-radius: 0.25rem"
    return f'<img alt="" style="{frame}" src="{picture(experiment, theme)}">'


@lru_cache(maxsize=256)
def picture(experiment: Experiment, theme: Theme) -> str:
    """Return the examples as an SVG in a ``data:`` address. Each class has its colour and its shape.

    For regression, targets above the middle are discs and those below are squares. The last two of several inputs are
    shown; inputs with different units are scaled separately.
    """
    data = experiment.make_data()
    points, labels = data.points[:MOST_POINTS, -2:], data.labels[:MOST_POINTS]
    if points.shape[1] == 1:
        points = np.column_stack([points, labels])
    if not len(points):
        points, labels = np.zeros((0, 2)), np.zeros(0)
    low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.ones(2))
    spans = np.maximum(high - low, 1e-12)
    if experiment.data.dataset.suggests == "none" and experiment.data.standardize == "none":
        spans = np.full(2, spans.max())
    places = SIDE * (0.5 + (points - (low + high) / 2) / (1.12 * spans) * [1.0, -1.0])
    return address(marks(data, labels, places, theme), SIDE, SIDE)
