"""Draw and erase examples on the plane: convert the action to an experiment with custom data.

A generated data set becomes custom data with its rows.
"""

from __future__ import annotations

import numpy as np

from dnn.data import Data
from dnn.data.plane import Plane
from dnn.data.table.column import MOST_CLASSES
from dnn.datasets.custom_data import CustomData, with_class, with_points, without
from dnn.errors import DnnError
from dnn.experiment import Experiment
from dnn.ui.session.panel_actions import Clear, Erase, Points


def with_drawing(experiment: Experiment, data: Data, action: Points | Erase | Clear, plane: Plane) -> Experiment:
    """Return ``experiment`` with examples added or erased on ``plane``; unchanged if that is not possible."""
    try:
        custom = _apply_action(_custom_data(experiment, data), data, action, plane)
        if custom is None:
            return experiment
        spec = experiment.data.model_copy(update={"dataset": custom, "class_balance": 1.0, "label_noise": 0.0})
        training = experiment.training
        if training.loss and custom.task not in training.loss.tasks:  # two classes have become three
            training = training.model_copy(update={"loss": None})
        other = experiment.model_copy(update={"data": spec, "training": training})
        other.make_data()  # a formula may be undefined at such a point
    except DnnError:
        return experiment
    return other


def _custom_data(experiment: Experiment, data: Data) -> CustomData:
    """Return the data set as custom data: its examples with the current label noise and balance."""
    spec = experiment.data
    if isinstance(spec.dataset, CustomData) and spec.class_balance == 1.0 and not spec.label_noise:
        return spec.dataset
    return CustomData.holding(data)


def _apply_action(custom: CustomData, data: Data, action: Points | Erase | Clear, plane: Plane) -> CustomData | None:
    if isinstance(action, Clear):
        return CustomData.of(np.empty((0, custom.X.shape[1])), np.empty(0), custom.names)
    places = np.array(action.at)
    if isinstance(action, Points):
        if custom.classes and action.target == len(custom.classes) < MOST_CLASSES:
            custom = with_class(custom)
        if custom.classes and action.target not in range(len(custom.classes)):
            return None
        flat = custom.X.shape[1] == 1 and not custom.classes  # with a single input the height is the target
        targets = places[:, 1] if flat else np.full(len(places), float(action.target))
        return with_points(custom, plane.points(places), targets)
    where = plane.places(data)
    is_erased = np.zeros(len(where), bool)
    for place in places:
        is_erased |= (((where - place) / np.array(action.radius)) ** 2).sum(axis=1) <= 1.0
    rows = np.arange(len(where)) if data.order is None else np.argsort(np.argsort(data.order))
    return without(custom, rows[is_erased]) if is_erased.any() else None
