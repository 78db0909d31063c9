"""Where a mistake shows: the data, layers and learning rate that it is trained with."""

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
    """Data, layers, activation and learning rate of an experiment, and for how many epochs it is trained.

    Input j is measured as ``units[j][0] + units[j][1]`` times the data's own number; the networks standardise it.
    ``names`` names what is measured.
    """

    experiment: Experiment
    epochs: int
    units: tuple[tuple[float, float], ...] = ((0.0, 1.0), (0.0, 1.0))
    names: Names | None = None

    @property
    def activation(self) -> Activation:
        """Of all hidden layers."""
        activation = self.experiment.network.activation
        return activation[0] if isinstance(activation, tuple) else activation

    def measured(self, points: Array) -> Array:
        """``points`` of the data set (m, inputs) in the units in which they are measured."""
        offsets, scales = np.array(self.units).T
        measured: Array = offsets + scales * points
        return measured


def network_with(rule: type[ReferenceNetwork], activation: Activation) -> ReferenceNetwork:
    """A reference network, or a flawed one, with ``activation`` in its hidden layers."""
    return rule(activation.value, activation.derivative, activation.kinks)
