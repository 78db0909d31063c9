"""scikit-learn and PyTorch as judges of the optimisers' steps."""

import math
from typing import Any

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

from dnn.optimizers import AdaGrad, Adam, AdamW, Momentum, Nesterov, Optimizer, RMSprop
from tests.optimizers.rules import (
    RATE,
    gradients_of,
    start_of,
    steps_of,
)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_momentum_takes_scikit_learns_steps(kind: type[Momentum] | type[Nesterov], beta: float) -> None:
    gradients, params = gradients_of(6), start_of(6)
    theirs = SGDOptimizer([params], RATE, momentum=beta, nesterov=kind is Nesterov)
    expected = [theirs._get_updates([gradient])[0] for gradient in gradients]
    np.testing.assert_allclose(steps_of(kind(beta=beta), gradients, params), expected, rtol=1e-12, atol=1e-14)


def test_adam_takes_scikit_learns_steps_where_epsilon_does_not_matter() -> None:
    gradients, params = gradients_of(7), start_of(7)
    theirs = AdamOptimizer([params], RATE, beta_1=0.8, beta_2=0.99, epsilon=1e-16)
    expected = [theirs._get_updates([gradient])[0] for gradient in gradients]
    ours = steps_of(Adam(beta1=0.8, beta2=0.99, epsilon=1e-16), gradients, params)
    np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_scikit_learns_epsilon_is_ours_divided_by_the_root_of_the_correction() -> None:
    """They add ε to √v, we to √v̂ = √v/√(1-β₂^t): their ε counts as ε/√(1-β₂^t) of ours."""
    gradients, params, epsilon = gradients_of(8), start_of(8), 0.01
    theirs = AdamOptimizer([params], RATE, epsilon=epsilon)
    state = Adam().init(params)
    for t, gradient in enumerate(gradients, start=1):
        step, state = Adam(epsilon=epsilon / math.sqrt(1 - 0.999**t)).update(gradient, state, RATE)
        np.testing.assert_allclose(step, theirs._get_updates([gradient])[0], rtol=1e-12)


@pytest.mark.parametrize(
    ("optimizer", "theirs", "constants"),
    [
        (Momentum(beta=0.8), "SGD", {"momentum": 0.8}),
        (Nesterov(beta=0.8), "SGD", {"momentum": 0.8, "nesterov": True}),
        (AdaGrad(epsilon=1e-3), "Adagrad", {"eps": 1e-3}),
        (RMSprop(rho=0.9, epsilon=1e-3), "RMSprop", {"alpha": 0.9, "eps": 1e-3}),
        (Adam(beta1=0.8, beta2=0.99, epsilon=1e-3), "Adam", {"betas": (0.8, 0.99), "eps": 1e-3}),
        (AdamW(epsilon=1e-3, weight_decay=0.3), "AdamW", {"eps": 1e-3, "weight_decay": 0.3}),
    ],
    ids=str,
)
def test_pytorch_takes_the_same_steps(optimizer: Optimizer, theirs: str, constants: dict[str, Any]) -> None:
    torch = pytest.importorskip("torch")
    gradients, params = gradients_of(9), start_of(9)
    weight = torch.nn.Parameter(torch.tensor(params))
    judge = getattr(torch.optim, theirs)([weight], lr=RATE, **constants)
    for gradient in gradients:
        weight.grad = torch.tensor(gradient)
        judge.step()
    ours = params + steps_of(optimizer, gradients, params).sum(axis=0)
    np.testing.assert_allclose(ours, weight.detach().numpy(), rtol=1e-12, atol=1e-14)
