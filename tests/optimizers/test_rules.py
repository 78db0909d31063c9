"""Each optimiser's rule written out again, number by number."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn.components import Array
from dnn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, Nesterov, Optimizer, RMSprop
from tests.optimizers.rules import (
    EVERY_OPTIMIZER,
    RATE,
    STEPS,
    UNUSUAL,
    P,
    any_optimizer,
    gradients_of,
    named,
    start_of,
    steps_of,
    with_constants,
)
from tests.strategies import seeds


def one_number(optimizer: Any, gradients: list[float], w: float, rate: float = RATE) -> Iterator[float]:
    """The steps of a single weight ``w``, each rule as the papers write it, in Python's own numbers."""
    o, kind, v, s, m = optimizer, optimizer.kind, 0.0, 0.0, 0.0
    for t, g in enumerate(gradients, start=1):
        if kind == "sgd":
            step = -rate * g
        elif kind == "momentum":
            v = o.beta * v + ((1 - o.beta) * g if o.dampening else g)
            step = -rate * v
        elif kind == "nesterov":
            v = o.beta * v + g
            step = -rate * (g + o.beta * v)
        elif kind == "adagrad":
            s = s + g**2
            step = -rate * g / (math.sqrt(s) + o.epsilon)
        elif kind == "rmsprop":
            s = o.rho * s + (1 - o.rho) * g**2
            step = -rate * g / (math.sqrt(s) + o.epsilon)
        else:
            m = o.beta1 * m + (1 - o.beta1) * g
            s = o.beta2 * s + (1 - o.beta2) * g**2
            root = math.sqrt(s / (1 - o.beta2**t)) + o.epsilon
            if kind == "nadam":
                lead = o.beta1 * m / (1 - o.beta1 ** (t + 1)) + (1 - o.beta1) * g / (1 - o.beta1**t)
                step = -rate * lead / root
            else:
                step = -rate * (m / (1 - o.beta1**t)) / root
            if kind == "adamw":
                step = step - rate * o.weight_decay * w
        w += step
        yield step


# Each rule, number by number


@with_constants
def test_twenty_steps_are_the_rules_own_number_by_number(optimizer: Optimizer) -> None:
    gradients, params = gradients_of(1), start_of(2)
    expected = [list(one_number(optimizer, gradients[:, i].tolist(), params[i])) for i in range(P)]
    steps = steps_of(optimizer, gradients, params)
    np.testing.assert_allclose(steps, np.transpose(expected), rtol=1e-12, atol=1e-12)
    assert np.abs(steps).min() > 0


@given(any_optimizer, seeds, st.floats(1e-6, 10), st.sampled_from([1e-6, 1.0, 1e6]))
def test_any_constants_rates_and_sizes_follow_the_rule(
    optimizer: Optimizer, seed: int, rate: float, scale: float
) -> None:
    gradients, params = scale * gradients_of(seed, steps=5), start_of(seed)
    expected = [list(one_number(optimizer, gradients[:, i].tolist(), params[i], rate)) for i in range(P)]
    steps = steps_of(optimizer, gradients, params, rate)
    np.testing.assert_allclose(steps, np.transpose(expected), rtol=1e-9, atol=1e-12 * np.abs(steps).max())


def test_the_rate_of_each_step_is_its_own() -> None:
    """The velocity knows no rate: another rate changes this step, not what is remembered."""
    g = np.ones(2)
    _, state = Momentum(beta=0.5).update(g, (np.zeros(2),), 0.1)
    step, _ = Momentum(beta=0.5).update(g, state, 0.01)
    np.testing.assert_allclose(step, -0.01 * 1.5)


# What the rules mean


def test_dampened_momentum_is_momentum_with_a_smaller_rate() -> None:
    gradients, params = gradients_of(3), start_of(3)
    plain = steps_of(Momentum(beta=0.9), gradients, params, 0.1 * RATE)
    np.testing.assert_allclose(steps_of(Momentum(beta=0.9, dampening=True), gradients, params), plain, rtol=1e-12)


@pytest.mark.parametrize("optimizer", [Momentum(beta=0.0), Momentum(beta=0.0, dampening=True), Nesterov(beta=0.0)])
def test_without_momentum_it_is_gradient_descent(optimizer: Optimizer) -> None:
    gradients, params = gradients_of(4), start_of(4)
    np.testing.assert_array_equal(steps_of(optimizer, gradients, params), steps_of(SGD(), gradients, params))


def test_nesterov_is_momentum_at_the_place_it_looks_ahead_to() -> None:
    """Sutskever's form: v = βv - α∇f(w + βv), w = w + v; ours holds w + βv."""
    curvature, beta = np.array([1.0, 5.0, 0.2]), 0.8
    w, v, ours = np.ones(3), np.zeros(3), np.ones(3)
    optimizer = Nesterov(beta=beta)
    state = optimizer.init(ours)
    for _ in range(STEPS):
        v = beta * v - RATE * curvature * (w + beta * v)
        w = w + v
        step, state = optimizer.update(curvature * ours, state, RATE)
        ours = ours + step
        np.testing.assert_allclose(ours, w + beta * v, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("optimizer", [AdaGrad(), RMSprop(rho=0.0), Adam(), AdamW(weight_decay=0.0)], ids=str)
def test_the_first_adaptive_step_has_the_size_of_the_rate_whatever_the_gradients_size(optimizer: Optimizer) -> None:
    g = np.array([1e-3, -1.0, 1e4])
    step, _ = optimizer.update(g, optimizer.init(g), RATE, g)
    np.testing.assert_allclose(step, -RATE * np.sign(g), rtol=1e-4)


def test_adamw_without_decay_is_adam_and_with_it_shrinks_each_number_by_its_share() -> None:
    gradients, params = gradients_of(5), start_of(5)
    bare = steps_of(AdamW(weight_decay=0.0), gradients, params)
    np.testing.assert_array_equal(bare, steps_of(Adam(), gradients, params))
    idle, _ = AdamW(weight_decay=0.1).update(np.zeros(P), AdamW().init(params), RATE, params)
    np.testing.assert_allclose(idle, -RATE * 0.1 * params, rtol=1e-15)


@pytest.mark.parametrize("out", [None, np.zeros(P)], ids=["pure", "in place"])
def test_adamw_asks_for_the_parameters_before_it_changes_anything(out: Array | None) -> None:
    state = AdamW().init(np.zeros(P))
    with pytest.raises(ValueError, match=r"give update\(\) the params"):
        AdamW().update(np.ones(P), state, RATE, out=out)
    assert not any(array.any() for array in state)


@pytest.mark.parametrize("optimizer", EVERY_OPTIMIZER + UNUSUAL, ids=str)
def test_steps_lead_down_a_bowl(optimizer: Optimizer) -> None:
    curvature = np.array([1.0, 4.0, 0.5])
    w = np.array([1.0, -2.0, 3.0])
    first, state, rate = 0.5 * np.sum(curvature * w**2), optimizer.init(w), 0.02
    for _ in range(100):
        step, state = optimizer.update(curvature * w, state, rate, w)
        w = w + step
    assert 0.5 * np.sum(curvature * w**2) < 0.9 * first


@named
def test_where_the_gradient_is_zero_from_the_start_nothing_moves(optimizer: Optimizer) -> None:
    zeros = np.zeros((3, P))
    np.testing.assert_array_equal(steps_of(optimizer, zeros, np.zeros(P)), zeros)
