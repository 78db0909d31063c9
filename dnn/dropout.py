"""Dropout leaves units out at random while training, so that no unit relies on one other. Srivastava et al. 2014.

In its inverted form a mask is 0 for the units left out and 1/(1-p) for the others, where p is the share left out. The
activations are multiplied by it forward, and the slopes backward.
"""

from __future__ import annotations

import numpy as np
from numpy import multiply

from dnn.activations import Activation
from dnn.components import Array
from dnn.params import column_major


class Masked:
    """An activation with dropout behind it: a = g(z) * mask. ``mask`` is (m, n) like z; set it before every pass."""

    __slots__ = ("activation", "mask", "unmasked")

    def __init__(self, activation: Activation, z: Array) -> None:
        self.activation = activation
        self.unmasked = column_major(*z.shape, dtype=z.dtype)  # g'(z) is written in g(z) as it was before the mask
        self.mask: Array = np.ones((), z.dtype)

    def value(self, z: Array, out: Array) -> Array:
        """g(z) * mask."""
        return multiply(self.activation.value(z, self.unmasked), self.mask, out)

    def derivative(self, z: Array, a: Array, out: Array) -> Array:
        """g'(z) * mask."""
        return multiply(self.activation.derivative(z, self.unmasked, out), self.mask, out)
