"""Training runs with published results from the course behind the tutorials, reproduced here.

``published.json`` holds the figures as printed, with examples in columns; ``in_rows`` converts them to our layout.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.experiment import Experiment
from dnn.initializers import Normal, init_params
from dnn.network import backward, forward
from dnn.training import advance, start
from dnn.training.run import Run

CHUNK = 250  # epochs between two progress reports


@cache
def published() -> dict[str, Any]:
    """Return all published figures with their inputs."""
    cases: dict[str, Any] = json.loads(Path(__file__).with_name("published.json").read_text(encoding="utf-8"))
    return cases


def in_rows(name: str, figure: Any) -> Array:
    """Convert a figure to examples in rows: b (out, 1) → (out,), w (in, 1) unchanged, other matrices transposed."""
    array = np.array(figure, float)
    if array.ndim < 2 or name in ("w", "dw"):
        return array
    return array.ravel() if name.rstrip("0123456789").endswith("b") else array.T


@dataclass(frozen=True)
class Figure:
    """One published number (entry ``place`` of ``name``) and ours; it ``agrees`` within ``tolerance``.

    If ``floor`` is set, the published number is a lower limit.
    """

    name: str
    place: tuple[int, ...]
    published: float
    ours: float
    tolerance: float
    floor: bool = False

    @property
    def agrees(self) -> bool:
        """Whether our number equals the published one within the tolerance."""
        return self.ours >= self.published if self.floor else abs(self.ours - self.published) <= self.tolerance

    @property
    def allowance(self) -> Literal["exact", "rounded", "whole", "machine"]:
        """The reason why our number may differ from the printed one.

        "rounded": it was rounded to its last digit. "whole": its decimals were cut off. Other values mean that the
        result differs between machines, because rounding errors accumulate over thousands of updates. "exact": it may
        not differ.
        """
        if self.floor:
            return "whole"
        if abs(self.ours - self.published) <= 1e-9 >= self.tolerance:
            return "exact"
        digit = 10.0 ** int(Decimal(repr(self.published)).as_tuple().exponent)
        return "rounded" if self.tolerance <= 1.2 * digit else "machine"


@dataclass(frozen=True)
class Rerun:
    """A reproduced run: its numbers by name, its figures, and the runs by number of hidden units."""

    numbers: dict[str, Array]
    runs: dict[str, Run]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Training:
    """A published run: its case, a description, and the function that reproduces it and reports progress."""

    id: str
    title: str
    text: str
    again: Callable[[dict[str, Any]], Iterator[float | Rerun]]

    @property
    def case(self) -> dict[str, Any]:
        """The published case."""
        case: dict[str, Any] = next(case for case in published()["cases"] if case["id"] == self.id)
        return case

    def run(self) -> Iterator[float | Rerun]:
        """Train again; yields the progress, 0 to 1, and finally the result."""
        for report in self.again(self.case):
            yield report if isinstance(report, float) else replace(report, figures=tuple(self._figures(report.numbers)))

    def _figures(self, ours: dict[str, Array]) -> Iterator[Figure]:
        atol = self.case["atol"]
        for name, figure in self.case["expected"].items():
            expected, actual = in_rows(name, figure), np.asarray(ours[name])
            for place in np.ndindex(expected.shape):
                tolerance = float(atol[name] if isinstance(atol, dict) else atol)
                yield Figure(
                    name, place, float(expected[place]), float(actual[place]), tolerance, name.endswith("_floor")
                )


def inputs(case: dict[str, Any]) -> dict[str, Array]:
    """Return the case's inputs in rows, including those of its data set if it names one."""
    data = dict(case["inputs"])
    data |= {key: published()["datasets"][data["dataset"]][key] for key in "XY" if "dataset" in data}
    return {key: in_rows(key, figure) for key, figure in data.items() if key != "dataset"}


def descent(case: dict[str, Any], params: Any, hidden: tuple[int, ...] = ()) -> Run:
    """Start full-batch gradient descent on the case's examples."""
    data = inputs(case)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": hidden, "activation": "tanh"},
        training={"learning_rate": case["params"]["learning_rate"], "batch_size": "full"},
    )
    return start(experiment, data=Data.split(data["X"], data["Y"], task="binary"), params=params)


def one_hidden(case: dict[str, Any], hidden: int) -> Run:
    """Return the published network with one hidden layer before its first update.

    The weights come from NumPy's legacy generator, as in the course; no other generator returns the same numbers.
    """
    rng = np.random.RandomState(case["params"]["init_seed"])
    return descent(case, init_params((2, hidden, 1), Normal(scale=case["params"]["init_scale"]), rng), (hidden,))


def accuracy_percent(run: Run) -> float:
    """Return the accuracy in percent as the tutorials compute it."""
    return 100 * float(np.mean(run.predict(run.data.X) == run.data.y[:, 0]))


def _advance(run: Run, epochs: int, done: int = 0, runs: int = 1) -> Iterator[float | Run]:
    """Advance ``run`` in pieces; yields the progress after each, where ``done`` of ``runs`` are over, then the run."""
    while run.epoch < epochs:
        run = advance(run, min(CHUNK, epochs - run.epoch))
        yield (done + run.epoch / epochs) / runs
    yield run


def _logistic(case: dict[str, Any]) -> Iterator[float | Rerun]:
    data, epochs = inputs(case), case["params"]["iterations"]
    before = advance(descent(case, [(data["w"], data["b"].reshape(1))]), epochs - 1)
    yield 0.5
    last = advance(before, 1)
    dw, db = backward(before.params, forward(before.params, data["X"]), data["Y"])[0]
    ((w, b),) = last.params
    costs = last.history["train_cost"][: -1 : case["params"]["cost_every"]]
    yield Rerun({"w": w, "b": b[0], "dw": dw, "db": db[0], "costs": costs}, {"0": last})


def _one_hidden(case: dict[str, Any]) -> Iterator[float | Rerun]:
    hidden = case["params"]["layer_dims"][1]
    for report in _advance(one_hidden(case, hidden), case["params"]["iterations"]):
        if isinstance(report, float):
            yield report
            continue
        numbers: dict[str, Array] = {"accuracy_percent_floor": np.array(accuracy_percent(report))}
        for name in case["expected"]:
            if name.startswith("cost_"):
                numbers[name] = report.history["train_cost"][int(name.removeprefix("cost_"))]
        for layer, (W, b) in enumerate(report.params, start=1):
            numbers |= {f"W{layer}": W, f"b{layer}": b}
        yield Rerun(numbers, {str(hidden): report})


def _widths(case: dict[str, Any]) -> Iterator[float | Rerun]:
    names, numbers = list(case["expected"]), {}
    runs: dict[str, Run] = {}
    for done, name in enumerate(names):
        run = one_hidden(case, int(name.removeprefix("accuracy_percent_nh")))
        for report in _advance(run, case["params"]["iterations"], done, len(names)):
            if isinstance(report, float):
                yield report
            else:
                numbers[name] = np.array(accuracy_percent(report))
                runs[name.removeprefix("accuracy_percent_nh")] = report
    yield Rerun(numbers, runs)


TRAININGS: tuple[Training, ...] = (
    Training(
        "c1w2_logistic_optimize",
        "Logistic regression",
        "One neuron, three examples, 101 updates: the weights, the last gradients and two costs.",
        _logistic,
    ),
    Training(
        "c1w3_tiny_model_seed2",
        "A tiny network with one hidden layer",
        "Four tanh units, three examples, 10 000 updates at learning rate 1.2: three costs and every weight.",
        _one_hidden,
    ),
    Training(
        "train_planar_flower_nh4",
        "The planar flower",
        "Four tanh units, 400 examples, 10 000 updates at learning rate 1.2: the cost at every thousandth update.",
        _one_hidden,
    ),
    Training(
        "train_planar_hidden_size_sweep",
        "The flower with 1 to 50 hidden units",
        "The same for 5 000 updates with seven widths: how many per cent of the examples are classified right.",
        _widths,
    ),
)
