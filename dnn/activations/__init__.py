"""An activation bends the straight line: each unit passes its weighted sum z through a function g, a = g(z).

Without one, a stack of layers is a single linear layer, whatever its depth. Backpropagation needs the slope g'(z) too:
a weight learns in proportion to it, so where g is flat nothing is learnt.

Every activation offers ``value(z, out)`` and ``derivative(z, a, out)``; both work on arrays of any shape, write into
``out`` where it is given, and never change ``z`` or ``a``. Adding one is a class and a line in ``ACTIVATIONS``.
"""

from __future__ import annotations

from dnn.activations.base import Activation
from dnn.activations.classic import LeakyReLU, Linear, ReLU, Sigmoid, Tanh
from dnn.activations.smooth import ELU, GELU, SELU, Mish, SiLU, Sin, Softplus

ACTIVATIONS: dict[str, type[Activation]] = {
    "linear": Linear,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "elu": ELU,
    "selu": SELU,
    "softplus": Softplus,
    "silu": SiLU,
    "gelu": GELU,
    "mish": Mish,
    "sin": Sin,
}

__all__ = [
    "ACTIVATIONS",
    "ELU",
    "GELU",
    "SELU",
    "Activation",
    "LeakyReLU",
    "Linear",
    "Mish",
    "ReLU",
    "SiLU",
    "Sigmoid",
    "Sin",
    "Softplus",
    "Tanh",
]
