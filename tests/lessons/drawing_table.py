"""What the library computes of each drawing, for values of its handles: a table that the scripts' own test reads.

``PYTHONPATH=. python tests/lessons/drawing_table.py`` writes it anew.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from dnn import LESSONS
from dnn.activations import Sigmoid
from dnn.components import Array
from dnn.lessons.lesson import Step
from dnn.losses import LOSSES
from dnn.optimizers import OPTIMIZERS, Momentum
from dnn.training.metrics import confusion_matrix, precision_and_recall

FILE = Path(__file__).parents[1] / "fixtures" / "drawings.json"
STEPS = {
    f"{lesson.id}.{number}": step
    for lesson in LESSONS.values()
    for number, step in enumerate(lesson.steps, 1)
    if step.drawing
}
LOSS = LOSSES["binary_cross_entropy"]()
VALUES: dict[str, list[dict[str, float]]] = {
    "line": [{"w1": 1.5, "w2": -0.4, "b": 0.3}, {"w1": -5.0, "w2": 5.0, "b": -5.0}, {"w1": 0.0, "w2": 2.0, "b": 1.0}],
    "sigmoid": [{"z": z} for z in (-6.0, -1.3, 0.0, 2.0, 6.0)],
    "cross_entropy": [{"answer": answer, "y": y} for answer in (0.005, 0.2, 0.5, 0.995) for y in (0, 1)],
    "ravine": [
        {"rate": 0.04, "beta": 0.8, "w1": -5.0, "w2": 1.0},
        {"rate": 0.06, "beta": 0.98, "w1": 1.8, "w2": -2.4},
        {"rate": 0.002, "beta": 0.0, "w1": 0.0, "w2": 0.1},
    ],
    "threshold": [
        {"threshold": 0.5, "miss": 1, "alarm": 1},
        {"threshold": 0.1, "miss": 5, "alarm": 1},
        {"threshold": 0.77, "miss": 1, "alarm": 5},
        {"threshold": 0.0, "miss": 10, "alarm": 1},
        {"threshold": 1.0, "miss": 10, "alarm": 10},
    ],
}


def _line(settings: dict[str, Any], values: dict[str, float]) -> dict[str, float]:
    points = np.array(settings["points"])
    w = np.array([values["w1"], values["w2"]])
    z, y = points[:, :2] @ w[:, None] + values["b"], points[:, 2:]
    return {
        "cost": float(LOSS.cost(z, y)),
        "right": float(LOSS.correct(z, y).mean()),
        "distance": float(-values["b"] / np.linalg.norm(w)),
        "degrees": float(np.degrees(np.arctan2(w[1], w[0]))),
    }


def _sigmoid(_: dict[str, Any], values: dict[str, float]) -> dict[str, float]:
    z = np.array([values["z"]])
    a = Sigmoid().value(z)
    return {"value": float(a[0]), "slope": float(Sigmoid().derivative(z, a)[0])}


def _cross_entropy(_: dict[str, Any], values: dict[str, float]) -> dict[str, float]:
    a, y = np.array([[values["answer"]]]), np.array([[float(values["y"])]])
    return {"cost": float(LOSS.cost(np.log(a / (1 - a)), y)), "slope": float(LOSS.slope(a, y)[0, 0])}


def ravine_path(name: str, settings: dict[str, Any], values: dict[str, float]) -> Array:
    """The places of an optimiser in the valley, (updates + 1, 2)."""
    optimizer = Momentum(beta=values["beta"]) if name == "momentum" else OPTIMIZERS[name]()
    w = np.array([values["w1"], values["w2"]])
    state, places = optimizer.init(w), [w]
    for _ in range(settings["updates"]):
        step, state = optimizer.update(np.array([1.0, settings["steep"]]) * w, state, values["rate"])
        w = w + step
        places.append(w)
    return np.array(places)


def _ravine(settings: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    """Every fifteenth place of each path, and the cost at its end."""
    found: dict[str, Any] = {}
    for name in settings["shown"]:
        places = ravine_path(name, settings, values)
        found[name] = places[::15].ravel().tolist()
        found[f"{name}_cost"] = float(0.5 * (places[-1, 0] ** 2 + settings["steep"] * places[-1, 1] ** 2))
    return found


def _threshold(settings: dict[str, Any], values: dict[str, float]) -> dict[str, float]:
    answers, classes = np.array(settings["answers"]), np.array(settings["classes"])
    levels = np.arange(101) / 100
    given = answers >= levels[:, None]  # (thresholds, examples)
    costs = (values["miss"] * (~given & (classes == 1)) + values["alarm"] * (given & (classes == 0))).sum(axis=1)
    now = round(100 * values["threshold"])
    confusion = confusion_matrix(classes, given[now].astype(int), 2)
    precision, recall = precision_and_recall(confusion)
    wins = answers[classes == 1][:, None] - answers[classes == 0]
    return {
        "missed": int(confusion[1, 0]),
        "alarms": int(confusion[0, 1]),
        "precision": float(np.nan_to_num(precision[1], nan=-1.0)),
        "recall": float(recall[1]),
        "false_share": float(confusion[0, 1] / confusion[0].sum()),
        "area": float(np.mean((wins > 0) + 0.5 * (wins == 0))),  # a random rainy day has a higher answer than a dry one
        "cost": float(costs[now]),
        "cheapest": float(levels[costs.argmin()]),
        "lowest": float(costs.min()),
    }


NUMBERS: dict[str, Any] = {
    "line": _line,
    "sigmoid": _sigmoid,
    "cross_entropy": _cross_entropy,
    "ravine": _ravine,
    "threshold": _threshold,
}


def case(step: Step) -> dict[str, Any]:
    """The table's entry of one step."""
    assert step.drawing is not None
    kind, settings = step.drawing.kind, step.drawing.settings(step.experiment)
    return {
        "kind": kind,
        "settings": settings,
        "marked": step.drawing.marked(),
        "rows": [{"values": values, "numbers": NUMBERS[kind](settings, values)} for values in VALUES[kind]],
    }


def table() -> dict[str, Any]:
    """Every step with a drawing, by its name."""
    return {name: case(step) for name, step in STEPS.items()}


if __name__ == "__main__":
    FILE.write_text(json.dumps(table(), indent=1) + "\n", encoding="utf-8")
