"""What the library computes of each drawing, for values of its handles: a table that the scripts' own test reads.

``PYTHONPATH=. python tests/lessons/drawing_table.py`` writes it anew.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from dnn import LESSONS
from dnn.activations import Sigmoid
from dnn.lessons.lesson import Step
from dnn.losses import LOSSES
from tests.lessons import drawings_of_layers, drawings_of_networks, drawings_of_practice

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
    **drawings_of_layers.VALUES,
    **drawings_of_networks.VALUES,
    **drawings_of_practice.VALUES,
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


NUMBERS: dict[str, Any] = {
    "line": _line,
    "sigmoid": _sigmoid,
    "cross_entropy": _cross_entropy,
    **drawings_of_layers.NUMBERS,
    **drawings_of_networks.NUMBERS,
    **drawings_of_practice.NUMBERS,
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
