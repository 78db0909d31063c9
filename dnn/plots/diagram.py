"""The network of a run: a point for each unit in the colour of its bias, and a line for each weight.

Orange and dashed is negative, blue is positive; the width of a line is the size of its weight. Of very many weights the
strongest are drawn.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from dnn.components import Array
from dnn.data.plane import input_labels
from dnn.messages import Message, Translate
from dnn.params import strongest_weights
from dnn.plots.examples import class_names
from dnn.plots.theme import Theme, verbatim
from dnn.training.run import Run

MOST_EDGES = 1600  # drawn weights
LEVELS = 8  # widths of lines: each of them and of both signs is one trace
WIDEST = 6.0  # pixels
WEIGHTS, UNITS = "weights", "units"  # names of the traces that hold the numbers


def network_figure(run: Run, theme: Theme, say: Translate = str) -> go.Figure:
    """Draw the network of ``run``; one can point at each unit and at the middle of each line.

    The trace "weights" has the numbers of the lines as ``customdata`` (k, 1), the trace "units" those of the biases,
    NaN for the inputs.
    """
    sizes = run.params.sizes
    functions = [say("inputs"), *(say(g.label) for g in run.network.activations(len(run.params)))]
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 16, "r": 16, "t": 16, "b": 36 * theme.scale},
            xaxis=theme.axis(
                showgrid=False, tickvals=[*range(len(sizes))], ticktext=functions, range=[-0.5, len(sizes) - 0.5]
            ),
            yaxis=theme.axis(showgrid=False, showticklabels=False, range=[-max(sizes) / 2, max(sizes) / 2]),
            hovermode="closest",
        )
    )
    places = np.array([(layer, (n - 1) / 2 - k) for layer, n in enumerate(sizes) for k in range(n)])
    names = [verbatim(name) for name in _unit_names(run, say)]
    edges = strongest_weights(run.params, MOST_EDGES)
    weights = run.params.vector[edges].astype(np.float64)
    ends = _ends(sizes)[edges]
    _lines(figure, theme, places[ends], weights)
    word = say("weight")
    figure.add_scatter(
        name=WEIGHTS,
        x=places[ends, 0].mean(axis=1),
        y=places[ends, 1].mean(axis=1),
        mode="markers",
        marker={"size": 9, "opacity": 0},
        customdata=weights[:, None],
        text=[f"{names[source]} → {names[target]}" for source, target in ends],
        hovertemplate=f"%{{text}}<br>{word} %{{customdata[0]:.4g}}<extra></extra>",
    )
    biases = np.concatenate([np.full(sizes[0], np.nan), *(b for _, b in run.params)])
    _points(figure, theme, places, biases, names, say)
    return figure


def _ends(sizes: tuple[int, ...]) -> np.ndarray:
    """Return the units, counted over all layers, that each number of the vector joins, (P, 2); biases join none."""
    ends, first = [], 0
    for n_in, n_out in pairwise(sizes):
        source, target = np.indices((n_in + 1, n_out)).reshape(2, -1)
        ends.append(np.column_stack([first + source, first + n_in + target]))
        first += n_in
    return np.concatenate(ends)


def _unit_names(run: Run, say: Translate) -> list[str]:
    """Return the names of the units: those of the inputs, "unit 2 of layer 1", and the classes or the target."""
    sizes, data = run.params.sizes, run.data
    labels = input_labels(data, data.features, say)
    names = [labels[text] for text in data.features or labels]
    for layer, n in enumerate(sizes[1:-1], start=1):
        names += [say(Message("unit {unit} of layer {layer}", unit=k, layer=layer)) for k in range(1, n + 1)]
    classes = class_names(data, say) if data.task == "multiclass" else ()
    return [*names, *(classes or [say("output")] * sizes[-1])]


def _lines(figure: go.Figure, theme: Theme, ends: Array, weights: Array) -> None:
    """Draw lines between ``ends`` (k, 2 ends, 2 coordinates): a trace for each sign and width, thin ones first."""
    sizes = np.abs(np.nan_to_num(weights))
    levels = np.maximum(1, np.ceil(LEVELS * sizes / max(float(sizes.max(initial=0.0)), 1e-300))).astype(int)
    for level in range(1, LEVELS + 1):
        for sign, color, dash in ((-1, theme.classes[0], "dash"), (1, theme.classes[1], "solid")):
            drawn = (levels == level) & (np.where(weights < 0.0, -1, 1) == sign)
            if not drawn.any():
                continue
            gaps = np.full((int(drawn.sum()), 1, 2), np.nan)
            path = np.concatenate([ends[drawn], gaps], axis=1).reshape(-1, 2)
            figure.add_scatter(
                x=path[:, 0],
                y=path[:, 1],
                mode="lines",
                line={"color": color, "width": WIDEST * level / LEVELS, "dash": dash},
                opacity=0.25 + 0.75 * level / LEVELS,
                hoverinfo="skip",
            )


def _points(figure: go.Figure, theme: Theme, places: Array, biases: Array, names: list[str], say: Translate) -> None:
    """Draw the units in the colours of their biases; inputs have none and are empty."""
    size = 26.0 if len(places) <= 60 else 12.0
    most = float(np.abs(biases[np.isfinite(biases)]).max(initial=1e-9))
    word = say("bias")
    texts = [
        name if np.isnan(bias) else f"{name}<br>{word} {bias:.4g}" for name, bias in zip(names, biases, strict=True)
    ]
    figure.add_scatter(
        name=UNITS,
        x=places[:, 0],
        y=places[:, 1],
        mode="markers",
        marker={
            "size": size * theme.scale,
            "color": np.nan_to_num(biases),
            "cmin": -most,
            "cmax": most,
            "colorscale": [[0.0, theme.classes[0]], [0.5, theme.paper], [1.0, theme.classes[1]]],
            "line": {"width": 1.5, "color": theme.ink},
        },
        customdata=biases[:, None],
        text=texts,
        hovertemplate="%{text}<extra></extra>",
    )
