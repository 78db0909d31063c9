"""The setting in which a mistake becomes visible: data, layers and learning rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dnn.activations import Activation
from dnn.components import Array
from dnn.data.names import Names
from dnn.experiment import Experiment
from dnn.reference import ReferenceNetwork


@dataclass(frozen=True)
class Setting:
    """Data, layers, activation and learning rate of an experiment, and the number of epochs.

    Input j is measured as ``units[j][0] + units[j][1]`` times the data's own number; the networks standardise it.
    ``names`` holds the names of the measured quantities.
    """

    experiment: Experiment
    epochs: int
    units: tuple[tuple[float, float], ...] = ((0.0, 1.0), (0.0, 1.0))
    names: Names | None = None

    @property
    def activation(self) -> Activation:
        """The activation of all hidden layers."""
        activation = self.experiment.network.activation
        return activation[0] if isinstance(activation, tuple) else activation

    def to_measured_units(self, points: Array) -> Array:
        """Convert ``points`` of the data set (m, inputs) to measured units."""
        offsets, scales = np.array(self.units).T
        to_measured_units: Array = offsets + scales * points
        return to_measured_units


def network_with(rule: type[ReferenceNetwork], activation: Activation) -> ReferenceNetwork:
    """Return a reference or flawed network class with ``activation`` in its hidden layers."""
    return rule(activation.value, activation.derivative, activation.kinks)
