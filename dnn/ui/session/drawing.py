"""Examples drawn and erased on the plane: what was done there as a change of the experiment, whose data are then own.

A generated data set that is drawn on becomes own data holding its rows.
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


def drawn(experiment: Experiment, data: Data, action: Points | Erase | Clear, plane: Plane) -> Experiment:
    """``experiment`` with more examples or fewer, where ``plane`` is the plane; as it is where that cannot be."""
    try:
        own = _changed(_own(experiment, data), data, action, plane)
        if own is None:
            return experiment
        spec = experiment.data.model_copy(update={"dataset": own, "class_balance": 1.0, "label_noise": 0.0})
        training = experiment.training
        if training.loss and own.task not in training.loss.tasks:  # of two classes there are now three
            training = training.model_copy(update={"loss": None})
        other = experiment.model_copy(update={"data": spec, "training": training})
        other.make_data()  # a formula may have no value at such a point
    except DnnError:
        return experiment
    return other


def _own(experiment: Experiment, data: Data) -> CustomData:
    """The data set as own data: its examples as they are, with the wrong labels and the balance that were asked for."""
    spec = experiment.data
    if isinstance(spec.dataset, CustomData) and spec.class_balance == 1.0 and not spec.label_noise:
        return spec.dataset
    return CustomData.holding(data)


def _changed(own: CustomData, data: Data, action: Points | Erase | Clear, plane: Plane) -> CustomData | None:
    if isinstance(action, Clear):
        return CustomData.of(np.empty((0, own.X.shape[1])), np.empty(0), own.names)
    places = np.array(action.at)
    if isinstance(action, Points):
        if own.classes and action.target == len(own.classes) < MOST_CLASSES:
            own = with_class(own)
        if own.classes and action.target not in range(len(own.classes)):
            return None
        flat = own.X.shape[1] == 1 and not own.classes  # a single input: the height is the number
        targets = places[:, 1] if flat else np.full(len(places), float(action.target))
        return with_points(own, plane.points(places), targets)
    where = plane.places(data)
    reached = np.zeros(len(where), bool)
    for place in places:
        reached |= (((where - place) / np.array(action.radius)) ** 2).sum(axis=1) <= 1.0
    places_in_own = np.arange(len(where)) if data.order is None else np.argsort(np.argsort(data.order))
    return without(own, places_in_own[reached]) if reached.any() else None
