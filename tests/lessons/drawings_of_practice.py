"""What the library computes of the drawings of lessons 7 to 9, for the table of ``drawing_table.py``."""

import math
from typing import Any

import numpy as np

from dnn import Data, Experiment, advance_batch, start
from dnn.components import Array
from dnn.dropout import draw_masks
from dnn.lessons.drawings.dropout import generator
from dnn.lessons.drawings.symptom_curves import CURVES, MOST_POINTS
from dnn.optimizers import OPTIMIZERS, Momentum
from dnn.schedules import SCHEDULES
from dnn.training.metrics import confusion_matrix, precision_and_recall
from dnn.training.workspace import Workspace
from tests.mistakes.comparisons import compared

SYMPTOM_VALUES: list[dict[str, float]] = [
    {"curve": k, "share": share} for k, share in enumerate((0, 30, 7, 45, 100, 51))
]
VALUES: dict[str, list[dict[str, float]]] = {
    "batches": [
        {"size": 3, "rate": 1.0, "w1": -3.0, "w2": 2.0},
        {"size": 0, "rate": 0.3, "w1": 4.0, "w2": -7.2},
        {"size": 5, "rate": 2.0, "w1": 0.0, "w2": 0.0},
        {"size": 6, "rate": 2.0, "w1": 9.0, "w2": 2.8},
    ],
    "best_of": [{"networks": networks} for networks in (1, 7, 30, 100)],
    "fault_curves": SYMPTOM_VALUES,
    "masks": [{"p": p, "draw": draw} for p, draw in ((0.5, 1), (0.0, 7), (0.3, 40), (0.9, 2))],
    "ravine": [
        {"rate": 0.04, "beta": 0.8, "w1": -5.0, "w2": 1.0},
        {"rate": 0.06, "beta": 0.98, "w1": 1.8, "w2": -2.4},
        {"rate": 0.002, "beta": 0.0, "w1": 0.0, "w2": 0.1},
    ],
    "schedules": [{"schedule": place, "epoch": epoch} for place, epoch in enumerate((0, 14, 15, 50, 77, 149))],
    "symptom_curves": SYMPTOM_VALUES,
    "threshold": [
        {"threshold": 0.5, "miss": 1, "alarm": 1},
        {"threshold": 0.1, "miss": 5, "alarm": 1},
        {"threshold": 0.77, "miss": 1, "alarm": 5},
        {"threshold": 0.0, "miss": 10, "alarm": 1},
        {"threshold": 1.0, "miss": 10, "alarm": 10},
    ],
}


def layer_sums(settings: dict[str, Any], p: float, draw: int) -> tuple[list[float], list[int]]:
    """What each layer passes on in one draw, and how many of its units."""
    layers = [np.array([layer]) for layer in settings["activations"]]
    masks = [np.ones_like(layer) for layer in layers]
    draw_masks(generator(draw), masks, [p] * len(layers))
    passed_on = [layer * mask for layer, mask in zip(layers, masks, strict=True)]
    return [float(each.sum()) for each in passed_on], [int(np.count_nonzero(each)) for each in passed_on]


def _masks(settings: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    sums, kept = layer_sums(settings, values["p"], int(values["draw"]))
    draws = range(1, len(settings["random"]) + 1)
    means = np.mean([layer_sums(settings, values["p"], draw)[0] for draw in draws], axis=0)
    return {"scale": 1 / (1 - values["p"]), "kept": kept, "sums": sums, "means": means.tolist()}


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


def batch_path(settings: dict[str, Any], values: dict[str, float], seed: int = 0) -> tuple[Array, float]:
    """The places of one neuron, (updates + 1, 2), and the cost at the last one, by the library itself."""
    points = np.array(settings["points"])
    data = Data.split(points[:, :2], points[:, 2].astype(int))
    size = settings["sizes"][int(values["size"])]
    experiment = Experiment.of(
        data={"dataset": "moons", "test_share": 0.0},
        network={"hidden_layer_sizes": []},
        training={"learning_rate": values["rate"], "batch_size": size},
        seed=seed,
    )
    run = start(experiment, data=data, params=[(np.array([[values["w1"]], [values["w2"]]]), np.zeros(1))])
    run = run.becoming(frozen=np.array([0.0, 0.0, 1.0]))
    places, workspace = [run.params.vector[:2].copy()], Workspace()
    while run.epoch < settings["epochs"]:
        run = advance_batch(run, workspace=workspace)
        places.append(run.params.vector[:2].copy())
    return np.array(places), run.latest["train_cost"]


def detour(places: Array) -> float:
    """How many times as long as straight on a way is."""
    way = np.linalg.norm(np.diff(places, axis=0), axis=1).sum()
    return float(way / np.linalg.norm(places[-1] - places[0]))


def _batches(settings: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    all_of_them = values | {"size": len(settings["sizes"]) - 1}
    (full, full_cost), (batch, batch_cost) = (batch_path(settings, each) for each in (all_of_them, values))
    return {
        "full": full[-1].tolist(),
        "batch": batch[-1].tolist(),
        "steps": [len(full) - 1, len(batch) - 1],
        "costs": [full_cost, batch_cost],
        "detours": [detour(full), detour(batch)],
    }


def _ravine(settings: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    """Every fifteenth place of each path, and the cost at its end."""
    found: dict[str, Any] = {}
    for name in settings["shown"]:
        places = ravine_path(name, settings, values)
        found[name] = places[::15].ravel().tolist()
        found[f"{name}_cost"] = float(0.5 * (places[-1, 0] ** 2 + settings["steep"] * places[-1, 1] ** 2))
    return found


def _schedules(settings: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    made = [SCHEDULES[each["kind"]].model_validate(each) for each in settings["schedules"]]
    return {"rates": [schedule.rate(settings["rate"], int(values["epoch"])) for schedule in made]}


def _best_of(settings: dict[str, Any], values: dict[str, float]) -> dict[str, float]:
    test = np.array(settings["test"])
    best = int(test[: int(values["networks"])].argmax())
    return {"best": float(test[best]), "new": float(settings["new"][best])}


def _symptom_curves(settings: dict[str, Any], values: dict[str, float]) -> dict[str, float]:
    """The costs of a flawed run and of the right one, trained anew; -1 where one is no number."""
    mistake, epochs = CURVES[settings["curves"][int(values["curve"])]["symptom"]]
    found = compared(mistake, 0, epochs)
    shown = np.unique(np.linspace(0, epochs, MOST_POINTS).astype(int))
    epoch = int(shown[math.floor(values["share"] / 100 * (len(shown) - 1) + 0.5)])
    costs = {"flawed": found.flawed.costs[epoch], "right": found.right.costs[epoch]}
    return {"epoch": epoch, **{name: float(f"{np.nan_to_num(cost, nan=-1.0):.4g}") for name, cost in costs.items()}}


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


NUMBERS = {
    "batches": _batches,
    "best_of": _best_of,
    "fault_curves": _symptom_curves,
    "masks": _masks,
    "ravine": _ravine,
    "schedules": _schedules,
    "symptom_curves": _symptom_curves,
    "threshold": _threshold,
}
