"""What the library computes of the drawings of lessons 2 and 3, for ``drawing_table``."""

from collections.abc import Callable
from typing import Any

import numpy as np

from dnn.activations import ACTIVATIONS
from dnn.lessons.drawings.hidden import PLACES, activations_on_circle
from dnn.losses import LOSSES

LOSS = LOSSES["binary_cross_entropy"]()
VALUES: dict[str, list[dict[str, float]]] = {
    "cost_and_accuracy": [{"factor": f, "last": p} for f, p in ((0.1, 0.05), (1.0, 0.2), (5.0, 0.95), (2.5, 0.6))],
    "folds": [
        {"angle": 0, "v1": 3.0, "v2": -4.0, "v3": 0.0, "v4": 12.0},
        {"angle": 200, "v1": 0.0, "v2": 0.0, "v3": -7.5, "v4": 0.0},
        {"angle": 360, "v1": 0.0, "v2": 0.0, "v3": 0.0, "v4": 0.0},
    ],
    "slope_product": [
        {"activation": activation, "layers": layers, "z": z}
        for activation in (0, 1, 2)
        for layers, z in ((1, 0.0), (8, 1.5), (12, -6.0))
    ],
}


def _cost_and_accuracy(settings: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    a = np.array([*settings["answers"], values["last"]])[:, None]
    z, y = values["factor"] * np.log(a / (1 - a)), np.ones_like(a)
    return {
        "losses": LOSS.per_example(z, y).tolist(),
        "cost": float(LOSS.cost(z, y)),
        "accuracy": float(LOSS.correct(z, y).mean()),
    }


def _folds(settings: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    v = np.array([values[f"v{k}"] for k in range(1, 5)])
    points = np.array(settings["points"])
    sums, near = (
        activations_on_circle(settings, angles) @ v + settings["bias"]
        for angles in (np.arange(PLACES) * (360 / PLACES), points[:, 0])
    )
    terms = activations_on_circle(settings, np.array([values["angle"]]))[0] * v
    return {
        "folds": terms.tolist(),
        "sum": float(terms.sum() + settings["bias"]),
        "changes": int(np.sum((sums > 0) != (np.roll(sums, 1) > 0))),
        "right": float(np.mean((near > 0) == (points[:, 1] > 0.5))),
    }


def _slope_product(_: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    activation = ACTIVATIONS[("sigmoid", "tanh", "relu")[int(values["activation"])]]()
    z, layers = np.array([values["z"]]), int(values["layers"])
    slope = float(activation.derivative(z, activation.value(z))[0])
    return {"slope": slope, "products": [slope ** (layers - k) for k in range(layers + 1)]}


NUMBERS: dict[str, Callable[[dict[str, Any], dict[str, float]], dict[str, Any]]] = {
    "cost_and_accuracy": _cost_and_accuracy,
    "folds": _folds,
    "slope_product": _slope_product,
}
