"""The replay: one HTML file that shows the training again, offline, with a slider for the epoch.

The run is trained again from its beginning. Some of its epochs, those of a replay on the page, become frames: the field
of outputs, a small map for every unit, the weights and the costs. A short script draws them.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from dnn import web
from dnn.components import Array
from dnn.data.plane import Plane, input_labels
from dnn.export.bundle import bundle
from dnn.export.code.context import epochs_of
from dnn.export.listing import CHANGED
from dnn.export.literals import single
from dnn.network import forward
from dnn.params import Params, strongest_weights
from dnn.plots.examples import MOST_POINTS, class_names, heights, rows_drawn
from dnn.plots.theme import THEMES
from dnn.training import Workspace, advance
from dnn.training.replay_epochs import replay_epochs
from dnn.training.run import Run
from dnn.training.timeline import before_training

FRAMES = 120
FIELD_BYTES, MAP_BYTES = 800_000, 1_100_000  # bytes of all frames; base64 adds a third
MOST_SIDE, MAP_SIDE, LEAST_MAP = 64, 14, 6  # points on a side of the field and of a unit's map
MOST_EDGES, MOST_UNITS = (
    2000,
    400,
)  # most edges and units that are drawn; the edges with the largest final weights are chosen
WORK = 2e10  # most multiplications to train again; a longer run is cut
UPDATE = 40_000  # overhead of an update, in multiplications
STATIC = Path(__file__).parent / "static"
SCRIPTS = (  # each script follows those that it imports
    web.FOLDER / "names.js",
    web.FOLDER / "paint.js",
    *(STATIC / f"{name}.js" for name in ("ticks", "film", "replay_network", "replay_plane", "replay_cost", "replay")),
)


@dataclass(frozen=True)
class Film:
    """Frames of a run: ``epochs`` (F,), ``costs`` (F, 2) train and test, ``params`` for each, and the reason why it
    ended; ``validation_costs`` (F,), empty without a validation set.
    """

    epochs: list[int]
    costs: list[tuple[float, float]]
    params: list[Params]
    note: str
    validation_costs: list[float] = field(default_factory=list)


def write_replay(run: Run) -> bytes:
    """Return the file's bytes for ``run``."""
    film = _film(run)
    text = json.dumps(_scene(run, film), separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    parts = {
        "style": (STATIC / "replay.css").read_text(encoding="utf-8"),
        "script": bundle(SCRIPTS),
        "data": text,
    }
    page = (STATIC / "replay.html").read_text(encoding="utf-8")
    for name, part in parts.items():
        page = page.replace(f"/*{name}*/", part)
    return page.encode()


def _film(run: Run) -> Film:
    last = epochs_of(run)
    n_train, numbers = run.data.n_train, run.params.vector.size
    updates = -(-n_train // (run.experiment.training.batch_size or n_train))
    possible = max(1, int(WORK / (6 * n_train * numbers + UPDATE * updates)))
    notes = [CHANGED.replace("This code trains", "This replay trains")] if run.changed else []
    if possible < last:
        notes.append(f"The run went on to epoch {last}; shown are the first {possible}.")
        last = possible
    reached, film, workspace = before_training(run), Film([], [], [], ""), Workspace()
    for epoch in replay_epochs(last, FRAMES):
        reached = advance(reached, epoch - reached.epoch, workspace=workspace)
        if reached.epoch == epoch or not film.epochs:
            film.epochs.append(reached.epoch)
            film.costs.append((reached.latest["train_cost"], reached.latest["test_cost"]))
            if run.has_validation_data:
                film.validation_costs.append(reached.latest["validation_cost"])
            film.params.append(reached.params)
        if reached.stopped:
            notes.append(reached.stopped)
            break
    else:  # the run stopped in the next epoch
        notes += [run.stopped] if film.epochs[-1] == run.epoch else []
    return replace(film, note=" ".join(filter(None, notes)))


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _scene(run: Run, film: Film) -> dict[str, Any]:
    data, sizes = run.data, run.params.sizes
    several = sizes[-1] > 1 and data.task == "multiclass"
    plane, words = Plane.of(data), input_labels(data, data.features)
    side = int(min(MOST_SIDE, (FIELD_BYTES / len(film.epochs) / (sizes[-1] if several else 1)) ** 0.5))
    units = sum(sizes[1:-1])
    map_side = min(MAP_SIDE, int((MAP_BYTES / len(film.epochs) / max(1, units)) ** 0.5))
    map_side = map_side if map_side >= LEAST_MAP and units <= MOST_UNITS else 0
    rows = rows_drawn(data)[:MOST_POINTS]
    edges = strongest_weights(film.params[-1], MOST_EDGES)
    span = heights(data)
    coarse = _grid(run, plane, map_side)
    field, maps = zip(*_pictures(run, film, _grid(run, plane, side), coarse, span), strict=True)
    themes = {
        name: {
            "ink": theme.ink, "muted": theme.muted, "grid": theme.grid, "paper": theme.paper,
            "negative": theme.classes[0], "positive": theme.classes[1],
            "classes": list(theme.of_classes(max(2, sizes[-1]))),
            "soft": [theme.soft(color) for color in theme.of_classes(max(2, sizes[-1]))],
            "ramp": theme.ramp_colors.tolist(),
        }
        for name, theme in THEMES.items()
    }  # fmt: skip
    return {
        "sizes": sizes,
        "task": data.task,
        "several": several,
        "bounds": plane.bounds,
        "axes": plane.names,
        "heights": span,
        "inputs": [words[text] for text in data.features or words],
        "names": class_names(data),
        "target": data.names.target,
        "tested": run.has_test_data,
        "points": plane.places(data)[rows].round(4).tolist(),
        "labels": (data.y[rows, 0].round(4) if data.task == "regression" else data.labels[rows].astype(int)).tolist(),
        "training": (rows < data.n_train).astype(int).tolist(),
        "epochs": film.epochs,
        "validation": ((rows >= data.n_train) & (rows < data.first_test)).astype(int).tolist(),
        "costs": [[_plain(value) for value in pair] for pair in film.costs],
        "validation_costs": [_plain(value) for value in film.validation_costs],
        "note": film.note,
        "title": " → ".join(map(str, sizes)),
        "functions": [g.label for g in run.network.activations(len(run.params))],
        "side": side,
        "mapSide": map_side,
        "field": _to_base64(np.stack(field)),
        "maps": _to_base64(np.stack(maps)),
        "seen": _to_base64(_squares(_to_bytes(coarse, (-np.inf, np.inf)))),
        "edges": edges.tolist(),
        "weights": _to_base64(np.stack([single(params.vector[edges]) for params in film.params])),
        "themes": themes,
    }


def _pictures(
    run: Run, film: Film, fine: Array, coarse: Array, span: tuple[float, float]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for each frame the field (outputs, side, side) over ``fine`` and the units' maps over ``coarse``, uint8."""
    bounds = [activation.bounds for activation in run.network.activations(len(run.params))]
    for params in film.params:
        with np.errstate(all="ignore"):
            trace = forward(params, fine, run.network)
            answers = trace.output if run.data.task == "multiclass" else trace.output[:, :1]
            if run.data.task == "regression":
                answers = (run.data.in_units(trace.output)[:, :1] - span[0]) / (span[1] - span[0])
            else:
                answers = run.network.loss.probability(answers)
            field = _squares(np.rint(np.nan_to_num(np.clip(answers, 0.0, 1.0)) * 255.0).astype(np.uint8))
            maps = _squares(np.zeros((len(coarse), 0), np.uint8))
            if len(coarse):
                layers = zip(forward(params, coarse, run.network).a[:-1], bounds, strict=False)
                maps = np.concatenate([maps, *(_squares(_to_bytes(a, limits)) for a, limits in layers)])
        yield field, maps


def _grid(run: Run, plane: Plane, side: int) -> Array:
    """Return the network inputs on a grid over the plane, (side², inputs), row by row from the top."""
    left, right, low, high = plane.bounds
    across, down = np.meshgrid(np.linspace(left, right, side), np.linspace(high, low, side))
    return run.data.transform(plane.points(np.column_stack([across.ravel(), down.ravel()])), finite=True)


def _squares(values: np.ndarray) -> np.ndarray:
    """Reshape columns over a grid (side², units) to images (units, side, side)."""
    side = round(len(values) ** 0.5)
    return values.T.reshape(values.shape[1], side, side)


def _to_bytes(a: Array, limits: tuple[float, float]) -> np.ndarray:
    """Scale activations (grid, units) to 0 … 255 within ``limits``; infinite limits use each unit's largest value."""
    low, high = limits
    if not np.isfinite(limits).all():
        high = np.abs(np.nan_to_num(a)).max(axis=0, initial=1e-9)
        low = -high
    scaled: np.ndarray = np.clip(np.nan_to_num((a - low) / (high - low)), 0.0, 1.0)
    return np.rint(scaled * 255.0).astype(np.uint8)


def _to_base64(array: np.ndarray) -> str:
    return b64encode(np.ascontiguousarray(array).tobytes()).decode()
