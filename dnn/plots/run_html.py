"""A run as a notebook shows it: its boundary and its costs as pictures, its settings and numbers as a table.

The pictures are images within the text: they need neither Plotly nor scripts nor a network.
"""

from __future__ import annotations

from html import escape

import numpy as np

from dnn.data.plane import Plane
from dnn.experiment import Experiment
from dnn.experiment.differences import ABSENT, differences
from dnn.experiment.setting_names import setting_title, value_text
from dnn.plots import boundary_picture
from dnn.plots.curves import cost_curves
from dnn.plots.svg import address, marks, polyline
from dnn.plots.theme import LIGHT, Theme
from dnn.training.run import Run

SIDE, WIDTH = 240, 320  # pixels of the boundary and of the costs, and of the height of both
MOST_POINTS = 400  # drawn training examples
MOST_EPOCHS = 200  # drawn points of a cost curve
LEFT, BOTTOM, TOP = 46, 22, 22  # pixels around the costs
LONGEST = 80  # characters of a value
NUMBERS = tuple(f"{part}_{name}" for name in ("cost", "accuracy") for part in ("train", "validation", "test"))
USUAL = (  # settings that always have a row; others have one where they differ from the default
    "data.dataset",
    "network.hidden_layer_sizes",
    "network.activation",
    "training.learning_rate",
    "training.batch_size",
)


def run_html(run: Run, theme: Theme = LIGHT) -> str:
    """Return ``run`` as HTML, less than 100 kB of it."""
    frame = (
        "display:flex;flex-wrap:wrap;gap:16px;padding:12px;font:13px/1.4 sans-serif;align-items:flex-start;"
        f"max-width:900px;width:fit-content;background:{theme.paper};color:{theme.ink}"
    )
    rows = "".join(
        f'<tr><th style="text-align:left;font-weight:normal;padding:0 12px 0 0;'
        f'color:{theme.muted}">{escape(title)}</th>'
        f'<td style="text-align:left;padding:0">{escape(_cut(text))}</td></tr>'
        for title, text in _rows(run).items()
    )
    layers = " → ".join(map(str, run.params.sizes))
    boundary = f'alt="Answers over the plane and training examples" width="{SIDE}" src="{_boundary(run, theme)}"'
    costs = f'alt="Cost against epoch" width="{WIDTH}" src="{_costs(run, theme)}"'
    table = f'<table style="border-collapse:collapse;color:inherit;font:inherit">{rows}</table>'
    head = f"<b>{layers}, epoch {run.epoch}</b><br>{escape(run.stopped)}"
    return f'<div style="{frame}"><img {boundary}><img {costs}><div>{head}{table}</div></div>'


def _rows(run: Run) -> dict[str, str]:
    """Return the numbers of the epoch, and the settings, by their titles."""
    rows = {}
    for name in (
        "train_cost",
        "validation_cost",
        "test_cost",
        "train_accuracy",
        "validation_accuracy",
        "test_accuracy",
    ):
        value = run.latest.get(name, np.nan)
        if np.isfinite(value):
            rows[name.replace("_", " ").capitalize()] = f"{value:.1%}" if name.endswith("accuracy") else f"{value:.4g}"
    rows["Examples"] = f"{len(run.data.X)}, {run.data.n_train} of them to train"
    for path in USUAL:
        section, name = path.split(".")
        rows[setting_title(path)] = value_text(path, getattr(getattr(run.experiment, section), name), digits=6)
    differing = differences([run.experiment, Experiment()])
    return rows | {each.title: each.texts[0] for each in differing if each.texts[0] != ABSENT}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _boundary(run: Run, theme: Theme) -> str:
    data = run.data
    rows = np.unique(np.linspace(0, data.n_train - 1, min(MOST_POINTS, data.n_train)).astype(int))
    plane = Plane.of(data)
    left, right, low, high = plane.bounds
    places = (plane.places(data)[rows] - [left, high]) / [right - left, low - high] * SIDE
    levels = boundary_picture.levels_of(run)
    field = boundary_picture.picture(levels, data.task, len(data.names.classes), theme)
    image = f'<image width="{SIDE}" height="{SIDE}" preserveAspectRatio="none" href="{field}"/>'
    return address(image + marks(data, data.labels[rows], places, theme), SIDE, SIDE)


def _costs(run: Run, theme: Theme) -> str:
    epochs, *curves = cost_curves(run.history, MOST_EPOCHS, validation=run.has_validation_data)
    costs = np.stack(curves)
    known = costs[np.isfinite(costs)]
    high = max(float(known.max(initial=0.0)), 1e-9)
    low = min(float(known.min(initial=0.0)), 0.0)
    last = max(float(epochs[-1]) if len(epochs) else 0.0, 1.0)
    right, bottom = WIDTH - 12, SIDE - BOTTOM
    x = LEFT + epochs / last * (right - LEFT)
    text = f'font-family="sans-serif" font-size="12" fill="{theme.muted}"'
    parts = [
        f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="{theme.grid}"/>',
        f'<text x="{LEFT - 6}" y="{TOP + 4}" text-anchor="end" {text}>{high:.3g}</text>',
        f'<text x="{LEFT - 6}" y="{bottom + 4}" text-anchor="end" {text}>{low:.3g}</text>',
        f'<text x="{LEFT}" y="{SIDE - 6}" {text}>0</text>',
        f'<text x="{right}" y="{SIDE - 6}" text-anchor="end" {text}>epoch {last:g}</text>',
    ]
    looks = (("train", theme.ink, ""), ("test", theme.muted, "2 3"), ("validation", theme.ink, "7 4"))
    for number, (curve, (name, color, dash)) in enumerate(zip(costs, looks, strict=False)):
        if np.isfinite(curve).any():
            y = bottom - (np.where(np.isfinite(curve), curve, np.nan) - low) / (high - low) * (bottom - TOP)
            line = f'fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dash}"'
            start = LEFT + 8 + number * 84
            parts += [
                f'<path d="{polyline(np.column_stack([x, y]))}" {line}/>',
                f'<path d="M{start} 10h22" {line}/><text x="{start + 27}" y="14" {text}>{name}</text>',
            ]
    return address("".join(parts), WIDTH, SIDE)
