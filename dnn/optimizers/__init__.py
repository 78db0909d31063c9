"""An optimiser turns a gradient into a step: which way, and how far, to move every weight.

An optimiser is a value with two pure methods. ``init(params)`` returns its state, a tuple of arrays shaped like the
parameter vector. ``update(gradient, state, learning_rate)`` returns the step to *add* to the parameters and the next
state. All work on whole vectors, so a step costs the same few operations whatever the depth. In the equations g is the
gradient, α the learning rate, and t counts steps from 1; squares, roots and divisions are taken number by number. For R
networks vectors are (R, P); the learning rate, and constants of an optimiser made by ``stacked``, may be (R, 1). Adding
one is a class and a line in ``OPTIMIZERS``.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import SerializeAsAny

from dnn.components import choose_from
from dnn.optimizers.adaptive import AdaGrad, Adam, AdamW, NAdam, RMSprop
from dnn.optimizers.base import Optimizer, State
from dnn.optimizers.descent import SGD, Momentum, Nesterov

OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSprop,
    "adam": Adam,
    "adamw": AdamW,
    "nadam": NAdam,
}

AnyOptimizer = Annotated[SerializeAsAny[Optimizer], choose_from(OPTIMIZERS, "optimiser")]

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "AnyOptimizer",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Optimizer",
    "RMSprop",
    "State",
]
