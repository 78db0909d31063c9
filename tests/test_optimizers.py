"""Optimisers: each rule written out again number by number, other libraries as judges, and what all have in common."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

from dnn import OPTIMIZERS
from dnn.components import Array, limits, pick
from dnn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, NAdam, Nesterov, Optimizer, RMSprop
from tests.strategies import seeds

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


# Other libraries as judges


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


# What all optimisers have in common


@named
@pytest.mark.parametrize("shape", [(P,), (3, P)], ids=str)
def test_the_state_is_zeros_shaped_like_the_parameters_with_a_name_for_each_array(
    optimizer: Optimizer, shape: tuple[int, ...]
) -> None:
    params = np.ones(shape, np.float32)
    state = optimizer.init(params)
    assert len(state) == len(optimizer.state_names)
    for name, array in zip(optimizer.state_names, state, strict=True):
        assert not array.any()
        expected = ((*shape[:-1], 1), np.float64) if name == "steps" else (shape, np.float32)
        assert (array.shape, array.dtype) == expected


def test_the_count_counts_steps() -> None:
    state = Adam().init(np.zeros((2, P)))
    for _ in range(3):
        _, state = Adam().update(np.ones((2, P)), state, RATE)
    np.testing.assert_array_equal(state[2], [[3.0], [3.0]])


@named
def test_without_out_nothing_that_was_given_changes(optimizer: Optimizer) -> None:
    gradients, params = gradients_of(10, steps=2), start_of(10)
    _, state = optimizer.update(gradients[0], optimizer.init(params), RATE, params)
    given_arrays = [gradients, params, *state]
    before = [array.copy() for array in given_arrays]
    first, following = optimizer.update(gradients[1], state, RATE, params)
    again, _ = optimizer.update(gradients[1], state, RATE, params)
    np.testing.assert_array_equal(again, first)
    for array, old in zip(given_arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)
    for new in (first, *following):
        assert not any(np.shares_memory(new, array) for array in given_arrays)


@named
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(P,), (3, P)], ids=str)
def test_with_out_the_same_bits_come_in_the_arrays_that_were_given(
    optimizer: Optimizer, shape: tuple[int, ...], dtype: type
) -> None:
    gradients, params = gradients_of(11, shape).astype(dtype), start_of(11, shape).astype(dtype)
    out, state, pure = np.empty_like(params), optimizer.init(params), optimizer.init(params)
    before, own = gradients.copy(), list(state)
    for gradient in gradients:
        expected, pure = optimizer.update(gradient, pure, RATE, params)
        step, state = optimizer.update(gradient, state, RATE, params, out)
        assert step is out
        assert all(array is mine for array, mine in zip(state, own, strict=True))
        for array, old in zip((step, *state), (expected, *pure), strict=True):
            np.testing.assert_array_equal(array, old)
            assert array.dtype == old.dtype
    np.testing.assert_array_equal(gradients, before)


@named
def test_float32_stays_float32_and_close_to_float64(optimizer: Optimizer) -> None:
    gradients, params = gradients_of(12).astype(np.float32), start_of(12).astype(np.float32)
    state = optimizer.init(params)
    for gradient in gradients:
        step, state = optimizer.update(gradient, state, RATE, params)
        assert step.dtype == np.float32
        for name, array in zip(optimizer.state_names, state, strict=True):
            assert array.dtype == (np.float64 if name == "steps" else np.float32)
    exact = steps_of(optimizer, gradients.astype(float), params.astype(float))
    np.testing.assert_allclose(steps_of(optimizer, gradients, params), exact, rtol=1e-4, atol=1e-6)


@named
def test_the_published_order_and_names_are_the_tables(optimizer: Optimizer) -> None:
    assert [*OPTIMIZERS] == ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam"]
    assert pick(OPTIMIZERS, "optimiser", optimizer.kind) == optimizer
    assert optimizer.formula
    assert optimizer.source or optimizer.kind == "sgd"


@given(any_optimizer)
def test_every_optimiser_survives_json(optimizer: Optimizer) -> None:
    assert type(optimizer).model_validate_json(optimizer.model_dump_json()) == optimizer
    assert pick(OPTIMIZERS, "optimiser", optimizer.model_dump()) == optimizer


# Networks side by side


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
