"""The examples of an experiment as a small image, and a card with a sentence."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from html import escape

import numpy as np

from dnn.experiment import Experiment
from dnn.plots.theme import Theme

SIDE, MOST_POINTS = 72, 90  # size of a thumbnail in pixels, and its number of examples
# The symbol of a class as an SVG path, and its stroke: width, cap and whether it is filled.
# An empty path with a round cap is a disc, with a square cap a square.
MARKS = (
    ("h0", 'stroke-width="5.2" stroke-linecap="round"'),
    ("h0", 'stroke-width="4.4" stroke-linecap="square"'),
    ("m-3.2 0l3.2-3.2 3.2 3.2-3.2 3.2z", ""),
    ("m0-3.2l3 5.4h-6z", ""),
    ("m-2.5 0h5m-2.5-2.5v5", 'stroke-width="2"'),
    ("m-2.2-2.2l4.4 4.4m0-4.4l-4.4 4.4", 'stroke-width="1.8"'),
    ("m-3 0h6", 'stroke-width="2"'),
    ("m0-3v6", 'stroke-width="2"'),
    ("m0 3.2l3-5.4h-6z", ""),
    ("h0", 'stroke-width="3" stroke-linecap="round"'),
)


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
    colors: tuple[str, ...]
    if data.task == "regression":
        middle = (labels.min() + labels.max()) / 2 if len(labels) else 0.0
        classes, colors = (labels < middle).astype(int), theme.classes[::-1]
    else:
        classes, colors = labels.astype(int), theme.of_classes(max(2, data.y.shape[1]))
    paths = []
    for number, color in enumerate(colors):
        mark, pen = MARKS[number]
        way = "".join(f"M{x:.1f} {y:.1f}{mark}" for x, y in places[classes == number])
        paths.append(f'<path d="{way}" stroke="{color}" fill="{color}" {pen}/>')
    box = f'width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(paths)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
