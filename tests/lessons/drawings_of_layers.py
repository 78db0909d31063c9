"""What the library computes of the drawings of lessons 4 to 6, for ``drawing_table``."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from dnn import LESSONS
from dnn.activations import LeakyReLU, ReLU
from dnn.lessons import measures as m
from dnn.lessons.drawings.rectifier import EPOCHS, DeadUnits, with_case
from dnn.lessons.drawings.starts import STARTS, Starts, with_start
from dnn.losses import LOSSES
from dnn.mistakes.shapes import examine
from dnn.network import forward
from dnn.training import advance, start

Numbers = Mapping[str, float | list[float]]
VALUES: dict[str, list[dict[str, float]]] = {
    "halves": [{"half": k, "examples": m, "before": 5, "units": n} for k, m, n in ((0, 240, 3), (2, 7, 4), (3, 1, 12))],
    "rectifier": [{"z": z, "leak": leak} for z, leak in ((-3.0, 0.1), (-1.2, 0.3), (0.0, 0.01), (2.5, 0.1))],
    "dead_units": [{"case": k, "epoch": e, "unit": u} for k, e, u in ((0, 0, 1), (0, 3, 24), (1, 2, 5), (2, 3, 7))],
    "division": [{"z": z} for z in (0.0, 7.5, 20.0, 36.5, 37.0, 42.0)],
    "starts": [{"start": k, "activation": act, "layer": 8} for act in (0, 1) for k in range(len(STARTS))],
}


def _halves(_: dict[str, Any], values: dict[str, float]) -> Numbers:
    sizes = (2, int(values["before"]), int(values["units"]), 1)
    names = ("A1", "W2", "b2", "Z2", "A2", "dA2", "dZ2", "dW2", "db2", "dA1")
    phases = ("given", "forward", "backward")
    lines = [line for line in examine(sizes, int(values["examples"])).lines if line.phase in phases]
    return {line.target: list(line.value.shape) for line in lines if line.target in names and line.value is not None}


def _starts(_: dict[str, Any], values: dict[str, float]) -> Numbers:
    """Shares and spreads with four digits, as the page gets them."""
    step = next(step for step in LESSONS["starting-points"].steps if isinstance(step.drawing, Starts))
    activation, kind = ("relu", "tanh")[int(values["activation"])], list(STARTS)[int(values["start"])]
    run = start(with_start(step.experiment, activation, kind))
    hidden = forward(run.params, run.data.X_train, run.network).a[:-1]
    wide = np.std(run.data.X_train)
    return {
        "zeros": [round(1.0 - np.count_nonzero(a) / a.size, 4) for a in hidden],
        "spread": [float(f"{np.std(a) / wide:.4g}") for a in hidden],
    }


def _division(_: dict[str, Any], values: dict[str, float]) -> Numbers:
    """As printed, with the sigmoid of the reference; a division that fails counts as 0."""
    z = np.array([[values["z"]]])
    answer = 1.0 / (1.0 + np.exp(-z))
    failed = bool(answer[0, 0] == 1.0)
    dA = 0.0 if failed else float(1.0 / (1.0 - answer[0, 0]))
    dZ = LOSSES["binary_cross_entropy"]().slope(answer, np.zeros((1, 1)))
    return {"answer": float(answer[0, 0]), "dA": dA, "failed": int(failed), "dZ": float(dZ[0, 0])}


def _rectifier(_: dict[str, Any], values: dict[str, float]) -> Numbers:
    z = np.array([values["z"]])
    plain, leaky = ReLU(), LeakyReLU(slope=values["leak"])
    a, b = plain.value(z), leaky.value(z)
    return {
        "relu": float(a[0]),
        "slope": float(plain.derivative(z, a)[0]),
        "leaky": float(b[0]),
        "leaky_slope": float(leaky.derivative(z, b)[0]),
    }


def _dead_units(_: dict[str, Any], values: dict[str, float]) -> Numbers:
    step = next(step for step in LESSONS["relu-net"].steps if isinstance(step.drawing, DeadUnits))
    run = advance(start(with_case(step.experiment, int(values["case"]))), EPOCHS[int(values["epoch"])])
    shares = [
        round(np.count_nonzero(unit > 0) / unit.size, 6)
        for a in forward(run.params, run.data.X_train, run.network).a[:-1]
        for unit in a.T
    ]
    return {"shares": shares, "dead": round(m.DEAD.read(run) * len(shares))}


NUMBERS: dict[str, Callable[[dict[str, Any], dict[str, float]], Numbers]] = {
    "dead_units": _dead_units,
    "division": _division,
    "halves": _halves,
    "rectifier": _rectifier,
    "starts": _starts,
}
