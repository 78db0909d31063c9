"""Examples as SVG: a mark of its own shape and colour for each class. It needs neither Plotly nor scripts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.plots.theme import Theme

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


def marks(data: Data, labels: Array, places: Array, theme: Theme) -> str:
    """Return paths with a mark for each example at ``places`` (k, 2), in pixels; ``labels`` (k,) are of ``data``.

    For regression, targets above the middle are discs and those below are squares.
    """
    colors: Sequence[str]
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
    return "".join(paths)


def polyline(places: Array) -> str:
    """Return the ``d`` of a path through ``places`` (k, 2), in pixels; it is broken where one is not finite."""
    finite = np.asarray(np.isfinite(places).all(axis=1))
    starts = finite & ~np.concatenate([[False], finite[:-1]])
    return "".join(
        f"{'M' if begins else 'L'}{x:.1f} {y:.1f}"
        for (x, y), begins in zip(places[finite], starts[finite], strict=True)
    )


def address(content: str, width: int, height: int) -> str:
    """Return the picture of these elements, ``width`` by ``height`` pixels, as an SVG in a ``data:`` address."""
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{content}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
