"""Optimisers with usual and unusual constants, and the steps that they make: for the tests of all of them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from dnn import OPTIMIZERS
from dnn.components import Array, limits
from dnn.optimizers import AdaGrad, Adam, AdamW, Momentum, NAdam, Nesterov, Optimizer, RMSprop

P, STEPS, RATE = 7, 20, 0.03

EVERY_OPTIMIZER = [kind() for kind in OPTIMIZERS.values()]

UNUSUAL = [
    Momentum(beta=0.0),
    Momentum(beta=0.5, dampening=True),
    Momentum(beta=0.99, dampening=True),
    Nesterov(beta=0.0),
    Nesterov(beta=0.6),
    AdaGrad(epsilon=0.1),
    RMSprop(rho=0.0, epsilon=1e-3),
    RMSprop(rho=0.99, epsilon=1.0),
    Adam(beta1=0.0, beta2=0.0, epsilon=1e-3),
    Adam(beta1=0.5, beta2=0.9, epsilon=0.5),
    AdamW(beta1=0.8, beta2=0.99, epsilon=1e-4, weight_decay=0.0),
    AdamW(beta1=0.95, weight_decay=1.0),
    NAdam(beta1=0.0),
    NAdam(beta1=0.6, beta2=0.9, epsilon=1e-2),
]

named = pytest.mark.parametrize("optimizer", EVERY_OPTIMIZER, ids=lambda optimizer: optimizer.kind)

with_constants = pytest.mark.parametrize("optimizer", EVERY_OPTIMIZER + UNUSUAL, ids=str)


def gradients_of(seed: int, shape: tuple[int, ...] = (P,), steps: int = STEPS) -> Array:
    return np.random.default_rng(seed).normal(size=(steps, *shape))


def steps_of(optimizer: Optimizer, gradients: Array, params: Array, rate: Any = RATE) -> Array:
    """The steps that a sequence of gradients makes from ``params``, one after the other."""
    state, steps = optimizer.init(params), []
    for gradient in gradients:
        step, state = optimizer.update(gradient, state, rate, params)
        params = params + step
        steps.append(step)
    return np.array(steps)


def start_of(seed: int, shape: tuple[int, ...] = (P,)) -> Array:
    return np.random.default_rng(seed).normal(size=shape)


def values(kind: type[Optimizer]) -> st.SearchStrategy[Any]:
    """Any value of ``kind``."""
    fields = {}
    for name, info in kind.model_fields.items():
        if info.annotation is bool:
            fields[name] = st.booleans()
        elif name != "kind":
            low, high = limits(kind, name)
            fields[name] = st.floats(low, high, exclude_max=name.startswith(("beta", "rho")))
    return st.builds(kind, **fields)


any_optimizer = st.sampled_from(list(OPTIMIZERS.values())).flatmap(values)
