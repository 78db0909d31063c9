"""What a frame brings of many runs, as arrays with one entry for each cell; a cell may be without a run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dnn.components import Array
from dnn.plots.curves import cost_curves
from dnn.training.run import Run
from dnn.ui.live.frame import LARGEST

GOES_ON, ENDED, DIVERGED, NO_RUN = range(4)  # the state of a cell
NUMBERS = (
    "epoch",
    "train_cost",
    "test_cost",
    "train_accuracy",
    "test_accuracy",
    "validation_cost",
    "validation_accuracy",
)
ACCURACIES = np.array([name.endswith("accuracy") for name in NUMBERS])
EDGES = 200  # weights drawn of one network, the strongest
CURVE, SHORTEST_CURVE, ALL_CURVES = 600, 60, 6000  # points of one run's costs at most, and of all together
BEST, MANY = 3, 6  # of MANY runs or more, the BEST are told


def numbers_of(runs: Sequence[Run | None]) -> np.ndarray:
    """``NUMBERS`` of each run, (cells, 7) float32; NaN for what there is not."""
    latest = [run.latest if run is not None else {} for run in runs]
    rows = [[numbers.get(name, np.nan) for name in NUMBERS] for numbers in latest]
    numbers = np.array(rows).reshape(-1, len(NUMBERS))
    of_numbers = np.array([run is not None and run.data.task == "regression" for run in runs], bool)
    numbers[of_numbers[:, None] & ACCURACIES] = np.nan
    with np.errstate(over="ignore"):  # a cost beyond float32 is infinite there
        return numbers.astype(np.float32)


def states_of(runs: Sequence[Run | None]) -> np.ndarray:
    """The state of each cell, (cells,) uint8."""
    return np.array([_state(run) for run in runs], np.uint8)


def _state(run: Run | None) -> int:
    if run is None:
        return NO_RUN
    return GOES_ON if not run.stopped else DIVERGED if run.diverged else ENDED


def best_of(runs: Sequence[Run | None]) -> list[int]:
    """The places of the best runs, the best first: by accuracy and then cost, or by cost alone for regression.

    On validation examples where all runs have them, else on a run's test examples where there are such. None before
    training has begun, and none that diverged.
    """
    scores = []
    validated = all(run.has_validation_data for run in runs if run is not None)
    for place, run in enumerate(runs):
        if run is None or run.diverged or not run.epoch:
            continue
        part = "validation" if validated else "test" if run.has_test_data else "train"
        accuracy, cost = run.latest[f"{part}_accuracy"], run.latest[f"{part}_cost"]
        score = (-accuracy if run.data.task != "regression" else 0.0, cost)
        if np.isfinite(score).all():
            scores.append((score, place))
    return [place for _, place in sorted(scores)[: BEST if len(scores) >= MANY else 1]]


def weights_of(runs: Sequence[Run | None]) -> dict[str, np.ndarray]:
    """The strongest weights of all runs, one run after the other: ``edges``, their places in the vector, ``weights``.

    ``edge_counts`` (cells,) says how many belong to each run.
    """
    edges: list[np.ndarray] = []
    weights: list[Array] = []
    for run in runs:
        places = np.flatnonzero(run.params.weight_mask()) if run is not None else np.zeros(0, int)
        vector = run.params.vector if run is not None else np.zeros(0)
        if len(places) > EDGES:
            places = np.sort(places[np.argpartition(np.abs(vector[places]), -EDGES)[-EDGES:]])
        edges.append(places)
        weights.append(vector[places])
    return {
        "edges": np.concatenate(edges).astype(np.uint32),
        "weights": np.clip(np.concatenate(weights), -LARGEST, LARGEST).astype(np.float32),
        "edge_counts": np.array([len(places) for places in edges], np.uint32),
    }


def costs_of(runs: Sequence[Run | None]) -> dict[str, np.ndarray]:
    """``curves`` (4, k): epoch, train, test and validation cost of all runs, one run after the other, thinned.

    ``curve_lengths`` (cells,) says how many of the k points belong to each run.
    """
    most = int(np.clip(ALL_CURVES // max(1, len(runs)), SHORTEST_CURVE, CURVE))
    curves = [np.zeros((4, 0)) if run is None else cost_curves(run.history, most, validation=True) for run in runs]
    with np.errstate(over="ignore"):
        joined = np.concatenate(curves, axis=1).astype(np.float32)
    return {"curves": joined, "curve_lengths": np.array([curve.shape[1] for curve in curves], np.uint32)}
