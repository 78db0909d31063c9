"""Optimisers of several networks side by side take the steps of each alone."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import OPTIMIZERS
from dnn.optimizers import Adam, Momentum, Optimizer
from tests.optimizers.rules import EVERY_OPTIMIZER, RATE, P, gradients_of, start_of, steps_of, values
from tests.strategies import seeds


@st.composite
def groups(draw: st.DrawFn) -> list[Any]:
    """Optimisers of one kind, equal or each with constants of its own."""
    kind = draw(st.sampled_from(list(OPTIMIZERS.values())))
    one = draw(values(kind))
    return draw(st.lists(values(kind) | st.just(one), min_size=1, max_size=5))


@given(groups(), seeds, st.booleans(), st.data())
def test_networks_side_by_side_take_the_steps_of_each_alone_to_the_last_bit(
    optimizers: list[Optimizer], seed: int, in_place: bool, data: st.DataObject
) -> None:
    count = len(optimizers)
    rates = data.draw(st.lists(st.floats(0, 1), min_size=count, max_size=count))
    earlier = data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))  # steps taken before they meet
    gradients, params = gradients_of(seed, (count, P), 9), start_of(seed, (count, P))
    states = [optimizer.init(params[r]) for r, optimizer in enumerate(optimizers)]
    for r, optimizer in enumerate(optimizers):
        for gradient in gradients[: earlier[r], r]:
            _, states[r] = optimizer.update(gradient, states[r], rates[r], params[r])
    together = Optimizer.stacked(optimizers)
    stacked = tuple(np.stack(arrays) for arrays in zip(*states, strict=True))
    for gradient in gradients[3:]:
        out = np.empty_like(gradient) if in_place else None
        step, stacked = together.update(gradient, stacked, np.array(rates)[:, None], params, out)
        for r, optimizer in enumerate(optimizers):
            alone, states[r] = optimizer.update(gradient[r], states[r], rates[r], params[r])
            for ours, expected in zip((step, *stacked), (alone, *states[r]), strict=True):
                np.testing.assert_array_equal(ours[r], expected)
        params = params + step


def test_equal_optimisers_stack_to_themselves_and_others_to_columns() -> None:
    adam = Adam(beta1=0.5)
    assert Optimizer.stacked([adam, Adam(beta1=0.5)]) is adam
    stacked: Any = Optimizer.stacked([Momentum(beta=0.5), Momentum(beta=0.9, dampening=True)])
    assert (type(stacked), stacked.kind) == (Momentum, "momentum")
    np.testing.assert_array_equal(stacked.beta, [[0.5], [0.9]])
    np.testing.assert_array_equal(stacked.dampening, [[0.0], [1.0]])
    assert stacked.dampening.dtype == np.float64


@pytest.mark.parametrize("optimizer", EVERY_OPTIMIZER[1:], ids=lambda optimizer: optimizer.kind)
def test_float32_networks_side_by_side_stay_float32(optimizer: Optimizer) -> None:
    name = next(name for name in type(optimizer).model_fields if name != "kind")
    optimizers = [optimizer, optimizer.model_copy(update={name: 0.5})]
    gradients, params = gradients_of(13, (2, P)).astype(np.float32), start_of(13, (2, P)).astype(np.float32)
    together, rates = Optimizer.stacked(optimizers), np.full((2, 1), RATE, np.float32)
    steps = steps_of(together, gradients, params, rates)
    assert steps.dtype == np.float32
    alone = [steps_of(one, gradients[:, r], params[r]) for r, one in enumerate(optimizers)]
    np.testing.assert_allclose(steps, np.stack(alone, axis=1), rtol=1e-4, atol=1e-6)
