"""One picture of a run as numbers: the field of probabilities, a small map for every unit, the edges, the costs.

A :class:`Scene` is what stays while a run trains: the plane, its grid of points, the figures around them, the colours.
It is made once per experiment and appearance; ``arrays`` then makes one frame from the parameters of the moment. The
grid is computed in float32, which is several times quicker than float64 and looks the same.
"""

from __future__ import annotations

import itertools
import json
from functools import partial
from typing import Any

import numpy as np

from dnn.components import Array
from dnn.data.features import FEATURES, feature, inputs_of
from dnn.data.plane import Plane, View, input_labels
from dnn.data.table.column import MOST_CLASSES
from dnn.network import Trace, propagate
from dnn.params import Params, with_ones
from dnn.plots.cost_chart import cost_parts
from dnn.plots.examples import SYMBOLS, chances, class_names, heights, rows_drawn
from dnn.plots.figure_json import json_values
from dnn.plots.plane_figure import boundary_parts
from dnn.plots.theme import Theme
from dnn.training.run import Run
from dnn.ui.catalogue import translated
from dnn.ui.live.field_size import LARGE, field_side
from dnn.ui.live.ghost import Ghost
from dnn.ui.live.plane_part import plane_part
from dnn.ui.live.spread import Spread

LARGEST = 1e6  # weights beyond it are drawn as this large
MOST_EDGES = 1600  # edges drawn; of more, the strongest
# in formulas
NAMES = {"linear": "", "sigmoid": "σ", "tanh": "tanh", "relu": "ReLU", "softmax": "softmax", "sin": "sin"}

_numbers = itertools.count(1)


class Scene:
    """The stage for runs of one experiment in one appearance and language, on one plane through the inputs.

    A ``ghost`` is the run before it, which stays on the stage. ``in_crowd``: so many play that fields are coarse.
    """

    def __init__(
        self,
        run: Run,
        theme: Theme,
        plane: Plane | None = None,
        language: str = "en",
        ghost: Ghost | None = None,
        *,
        in_crowd: bool = False,
    ) -> None:
        self.id = next(_numbers)
        self.say = partial(translated, language=language)
        self.theme, self.sizes = theme, run.params.sizes
        self.field = field_side(sum(self.sizes), in_crowd=in_crowd)
        self.map = self.field // 4  # points on a side of a unit's map
        self.large = sum(self.sizes) > LARGE
        self.plane = plane or Plane.of(run.data)
        self.bounds = self.plane.bounds
        x_low, x_high, y_low, y_high = self.bounds
        across, up = np.linspace(x_low, x_high, self.field), np.linspace(y_high, y_low, self.field)
        self._places = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
        self.data, self.validated = run.data, run.has_validation_data
        grid = self._grid()
        self.task, self.heights = run.data.task, heights(run.data)
        self._params = Params.empty(self.sizes, np.float32)
        self._trace = Trace(self._params, with_ones(grid), run.network)
        self._spans = [activation.bounds for activation in run.network.activations(len(run.params))]
        self._rows = rows_drawn(run.data)
        self._examples = Trace(self._params, with_ones(run.data.X[self._rows].astype(np.float32)), run.network)
        self._spread = Spread.of(np.vstack([run.data.X, grid]))
        self._inputs = self._input_maps(grid)
        self._said = self._describe(run)
        self._ghost = ghost and ghost.described(run, self.plane, self.field, self.say)

    def _grid(self) -> Array:
        """What the network sees at each place of the plane, (side · side, inputs or features)."""
        return self.data.transform(self.plane.points(self._places).astype(np.float32), finite=True)

    def hold(self, view: View) -> None:
        """Move the plane: other values for the inputs that are not drawn. Only the grid is computed again."""
        self.plane = self.plane.holding(view)
        self._trace.X_ones[..., :-1] = self._grid()
        self._inputs = self._input_maps(self._trace.X)

    @property
    def description(self) -> str:
        """What the browser needs to know once, as JSON."""
        return json.dumps({**self._said, "plane": plane_part(self.plane, self.data, self.say), "ghost": self._ghost})

    def _describe(self, run: Run) -> dict[str, Any]:
        names = class_names(run.data, self.say)
        inputs = len(run.data.names.inputs)
        seen = run.data.features or inputs_of(inputs)
        words = input_labels(run.data, (t for t in (*FEATURES, *seen) if feature(t).inputs <= inputs), self.say)
        return {
            "id": self.id,
            "sizes": self.sizes,
            "bounds": self.bounds,
            "task": self.task,
            "scale": self.theme.scale,
            "threshold": 0.5 if self.task == "binary" else None,
            "square": self.plane.square,
            "curve": self.task == "regression" and run.data.points.shape[1] == 1,
            "heights": self.heights if self.task == "regression" else None,
            "classes": [self.theme.soft(color) for color in self.theme.of_classes(self.sizes[-1])],
            "inputs": [words[text] for text in seen],
            "offered": [{"text": text, "label": words[text], "on": text in seen} for text in words],
            "names": names,
            "chances": chances(run.data, self.say),
            "symbols": SYMBOLS[: len(names)],
            "strong": self.theme.of_classes(len(names)),
            "another": self._another(len(names)),
            "examples": len(run.data.X),
            "points": self.plane.places(run.data)[self._rows].round(4).tolist(),
            "labels": None if self.task == "regression" else run.data.labels[self._rows].astype(int).tolist(),
            "rows": self._rows.tolist(),
            "trained": run.data.n_train, "first_test": run.data.first_test,
            "ramp": self.theme.ramp_colors.tolist(),
            "colors": {"ink": self.theme.ink, "muted": self.theme.muted, "paper": self.theme.paper,
                       "grid": self.theme.grid, "negative": self.theme.classes[0], "positive": self.theme.classes[1]},
            "functions": [NAMES.get(g.kind, self.say(g.label)) for g in run.network.activations(len(run.params))],
            "hidden": self.say(run.network.activations(len(run.params))[0].label),
            "boundary": json_values(boundary_parts(run.data, self.theme, self.plane, self.say)),
            "cost": json_values(cost_parts(self.theme, self.say, validation=self.validated)),
        }  # fmt: skip

    def _another(self, classes: int) -> dict[str, str] | None:
        """How examples of one class more would look, where there may be such a class."""
        if not 2 <= classes < MOST_CLASSES:
            return None
        return {"symbol": SYMBOLS[classes], "color": self.theme.of_classes(classes + 1)[classes]}

    def arrays(self, params: Params) -> dict[str, np.ndarray]:
        """``field`` (side, side) uint16, ``maps`` (inputs and hidden units, side, side) uint8, ``edges``, ``weights``.

        Rows run from top to bottom. The field is finer than its colours, so that the boundary line runs smooth: the
        probability of class 1, or for regression the number between the scene's heights. With several outputs it is
        (outputs, side, side) uint8, the probability of each class, and ``maps`` has the outputs too.
        ``edges`` (k,) are places in the parameter vector, ``weights`` (k,) the numbers there, ``biases`` (units,) those
        of every layer.
        """
        np.clip(params.vector, -LARGEST, LARGEST, out=self._params.vector, casting="same_kind")
        with np.errstate(all="ignore"):  # a run about to diverge may overflow float32: its picture does not matter
            return self._arrays(propagate(self._trace, self._trace.X_ones))

    def _arrays(self, trace: Trace) -> dict[str, np.ndarray]:
        several = self.sizes[-1] > 1
        mapped = trace.a if several else trace.a[:-1]
        maps = [self._inputs] + [self._maps(a, span) for a, span in zip(mapped, self._spans, strict=False)]
        places = self._edges()
        return {
            "field": self._fields(trace.output) if several else self._field(trace),
            "maps": np.concatenate(maps),
            "edges": places,
            "weights": self._params.vector[places],
            "biases": np.concatenate([b for _, b in self._params]),
        }

    def answers(self) -> np.ndarray:
        """What the network of the last ``arrays`` says of each example drawn, (examples,) uint8.

        The probability of class 1 from 0 to 255, or of several classes the likeliest.
        """
        with np.errstate(all="ignore"):
            output = propagate(self._examples, self._examples.X_ones).output
            if self.sizes[-1] > 1:
                return np.asarray(output.argmax(axis=1), np.uint8)
            chance = np.clip(self._examples.network.loss.probability(output[:, 0]), 0.0, 1.0)
            return np.asarray(np.ceil(chance * 255.0 - 0.5), np.uint8)

    def frozen(self, frozen: Array, edges: np.ndarray) -> np.ndarray:
        """1 for what training leaves alone, first of the edges drawn and then of all biases: (k + units,) uint8."""
        biases = np.flatnonzero(1.0 - self._params.weight_mask())
        return np.asarray(frozen[np.concatenate([edges, biases])], np.uint8)

    def unit(self, place: int, frozen: Array | None) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """One unit large, as the last ``arrays`` computed it; ``place`` counts all units, the inputs first.

        Its place and the least and largest value on the plane; ``unit`` (side, side) uint8, scaled as its small map is,
        ``incoming`` (n_in + 1,) its weights and then its bias, and ``held``, 1 for those that training leaves alone.
        """
        layer = int(np.searchsorted(np.cumsum(self.sizes), place, side="right"))
        column = place - sum(self.sizes[:layer])
        a = (self._trace.X if layer == 0 else self._trace.a[layer - 1])[:, column : column + 1]
        shown = self.data.in_units(a) if layer == len(self.sizes) - 1 and self.sizes[-1] == 1 else a
        low, high = (float(value) if np.isfinite(value) else None for value in (shown.min(), shown.max()))
        with np.errstate(all="ignore"):
            if layer == len(self.sizes) - 1 and self.sizes[-1] == 1:
                picture = (self._field(self._trace) >> 8).astype(np.uint8)
            else:
                large = self._maps(a, self._spans[layer - 1], small=False) if layer else None
                picture = self._input_maps(self._trace.X, small=False)[column] if large is None else large[0]
        incoming: Array = np.zeros(0)
        held: Array = incoming
        if layer:
            everywhere = Params(self.sizes, np.zeros(len(self._params.vector)) if frozen is None else frozen)
            incoming, held = (each.Wb[layer - 1][:, column] for each in (self._params, everywhere))
        parts: dict[str, np.ndarray] = {
            "unit": picture,
            "incoming": incoming.astype(np.float32),
            "held": held.astype(np.uint8),
        }
        return {"place": place, "low": low, "high": high}, parts

    def _field(self, trace: Trace) -> np.ndarray:
        """One output's answers as numbers from 0 to 65 535."""
        if self.task == "regression":
            low, high = self.heights
            answer = (self.data.in_units(trace.output)[:, 0] - low) / (high - low)
        else:
            answer = trace.network.loss.probability(trace.output[:, 0])
        field: np.ndarray = (np.clip(answer, 0.0, 1.0) * 65535.0 + 0.5).astype(np.uint16)
        return field.reshape(self.field, self.field)

    def _fields(self, output: Array) -> np.ndarray:
        """Several outputs' probabilities as numbers from 0 to 255."""
        levels: np.ndarray = (np.clip(output.T, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
        return levels.reshape(-1, self.field, self.field)

    def _input_maps(self, X: Array, small: bool = True) -> np.ndarray:
        """Maps of the inputs ``X`` (grid, inputs), scaled by the examples: one that is held in their middle is pale."""
        return self._maps(self._spread.scaled(X), (-1.0, 1.0), small)

    def _maps(self, a: Array, span: tuple[float, float], small: bool = True) -> np.ndarray:
        """Maps of activations ``a`` (grid, units): (units, side, side), 0 … 255 over ``span``, 128 its middle."""
        step = self.field // self.map if small else 1
        shown = a.T.reshape(-1, self.field, self.field)[:, step // 2 :: step, step // 2 :: step]
        if np.isfinite(span).all():
            low, high = span
            scaled = (shown - low) * (255.0 / (high - low))
        else:  # no limits: each unit by its own largest value, zero in the middle
            largest = np.maximum(np.abs(shown).max(axis=(1, 2), keepdims=True), 1e-9)
            scaled = 127.5 + shown * (127.5 / largest)
        return (scaled + 0.5).astype(np.uint8)

    def _edges(self) -> np.ndarray:
        if not hasattr(self, "_all_edges"):
            self._all_edges = np.flatnonzero(self._params.weight_mask()).astype(np.uint32)
        if len(self._all_edges) <= MOST_EDGES:
            return self._all_edges
        sizes = np.abs(self._params.vector[self._all_edges])
        return np.sort(self._all_edges[np.argpartition(sizes, -MOST_EDGES)[-MOST_EDGES:]])
