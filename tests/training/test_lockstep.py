"""Many runs in lockstep equal the same runs alone, whatever they have in common."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import OPTIMIZERS, Experiment, Run, advance, advance_many, start
from dnn.training.loop import _shape
from tests.strategies import seeds
from tests.training.lockstep import assert_close, runs_at_rates

# Few shapes, so that runs meet in groups; everything else is each run's own.
shapes = st.sampled_from([((4, 2), "tanh"), ((4, 2), "relu"), ((3,), "sigmoid"), ((), "linear")])
OWN_CONSTANTS: dict[str, st.SearchStrategy[dict[str, object]]] = {
    "sgd": st.just({}),
    "momentum": st.fixed_dictionaries({"beta": st.floats(0.0, 0.95), "dampening": st.booleans()}),
    "adagrad": st.fixed_dictionaries({"epsilon": st.floats(1e-4, 0.1)}),
    "adam": st.fixed_dictionaries({"beta1": st.floats(0.0, 0.95), "beta2": st.floats(0.5, 0.999)}),
    "adamw": st.fixed_dictionaries({"beta1": st.floats(0.0, 0.95), "weight_decay": st.floats(0.0, 0.5)}),
}
schedules = st.sampled_from(
    [
        {"kind": "constant"},
        {"kind": "step", "every": 2},
        {"kind": "exponential", "gamma": 0.7},
        {"kind": "warm_up", "epochs": 3, "then": {"kind": "cosine", "epochs": 5}},
    ]
)


@st.composite
def optimizers(draw: st.DrawFn) -> dict[str, object]:
    kind = draw(st.sampled_from(["sgd", "momentum", "adagrad", "adam", "adam", "adamw"]))
    return {"kind": kind} | draw(OWN_CONSTANTS[kind])


@st.composite
def runs(draw: st.DrawFn) -> Run:
    hidden, activation = draw(shapes)
    share = st.sampled_from([0.0, 0.3, 0.6])
    experiment = Experiment.of(
        data={
            "dataset": draw(st.sampled_from(["xor", "spiral"])),
            "samples": draw(st.sampled_from([20, 23])),
            "test_share": draw(st.sampled_from([0.0, 0.3])),
            "validation_share": draw(st.sampled_from([0.0, 0.0, 0.2])),
            "weights": draw(st.sampled_from(["equal", "equal", "balanced"])),
        },
        network={"hidden_layer_sizes": hidden, "activation": activation},
        training={
            "optimizer": draw(optimizers()),
            "learning_rate": draw(st.floats(1e-3, 0.3)),
            "schedule": draw(schedules),
            "l1": draw(st.sampled_from([0.0, 0.0, 0.1])),
            "l2": draw(st.sampled_from([0.0, 0.01, 1.0])),
            "dropout": draw(share | st.tuples(*[share] * len(hidden))),
            "clip_norm": draw(st.sampled_from([None, 0.1, 1.0])),
            "patience": draw(st.sampled_from([None, None, 1, 3])),
            "min_improvement": draw(st.sampled_from([0.0, 1e-3])),
            "batch_size": draw(st.sampled_from([6, 6, None])),
        },
        seed=draw(seeds),
        draw=draw(st.integers(0, 3)),
    )
    measure = draw(st.sampled_from(["examples", "examples", "batches"]))
    run = start(experiment, history_limit=draw(st.sampled_from([None, None, 4])), measure=measure)
    return advance(run, draw(st.sampled_from([0, 0, 0, 2])))


@given(st.lists(runs(), max_size=7), st.integers(0, 4), st.integers(0, 3))
@settings(max_examples=40)
def test_advancing_many_equals_advancing_each(group: list[Run], epochs: int, more: int) -> None:
    before = [run.params.vector.copy() for run in group]
    together = advance_many(advance_many(group, epochs), more)
    assert len(together) == len(group)
    for later, run, vector in zip(together, group, before, strict=True):
        assert_close(later, advance(run, epochs + more))
        np.testing.assert_array_equal(run.params.vector, vector)


def test_runs_that_differ_in_every_setting_go_on_together_in_one_group() -> None:
    shared = {"batch_size": 5}
    trainings = [
        {"optimizer": {"kind": "adam", "beta1": 0.5}, "l1": 0.1, "dropout": 0.5, "clip_norm": 0.3},
        {"optimizer": {"kind": "adam", "beta2": 0.9}, "l2": 0.5, "dropout": [0.0, 0.3], "patience": 50},
        {"optimizer": "adam", "learning_rate": 0.2, "schedule": {"kind": "exponential", "gamma": 0.8}},
    ]
    group = [
        start(Experiment.of(data={"samples": 40}, training=shared | training, seed=seed))
        for seed, training in enumerate(trainings)
    ]
    assert len({_shape(run) for run in group}) == 1
    for together, run in zip(advance_many(group, 8), group, strict=True):
        assert_close(together, advance(run, 8))


def test_optimisers_of_every_kind_advance_in_one_call() -> None:
    group = [
        start(Experiment.of(data={"samples": 30}, training={"optimizer": kind, "learning_rate": rate}))
        for kind in OPTIMIZERS
        for rate in (0.01, 0.05)
    ]
    for together, run in zip(advance_many(group, 4), group, strict=True):
        assert together.experiment.training.optimizer == run.experiment.training.optimizer
        assert_close(together, advance(run, 4))


def test_runs_that_differ_only_in_their_weights_or_what_they_measure_do_not_disturb_each_other() -> None:
    group = [
        start(Experiment.of(data={"samples": 41, "weights": weights}), measure=measure)
        for weights in ("equal", "balanced")
        for measure in ("examples", "batches")
    ]
    for order in (1, -1):
        for together, run in zip(advance_many(group[::order], 3), group[::order], strict=True):
            assert together.measure == run.measure
            assert_close(together, advance(run, 3))


@pytest.mark.parametrize("kind", ["adam", "nadam"])
def test_optimisers_that_have_taken_different_numbers_of_steps_each_go_on_with_their_own(kind: str) -> None:
    group = []
    for seed, epochs in enumerate([0, 2, 5]):
        plain, adam = (
            Experiment.of(data={"samples": 30}, training={"optimizer": name}, seed=seed) for name in ("sgd", kind)
        )
        group.append(advance(advance(start(plain), 5 - epochs).with_settings(adam), epochs))
    assert [run.state[-1].item() for run in group] == [0.0, 6.0, 15.0]
    for together, run in zip(advance_many(group, 3), group, strict=True):
        assert_close(together, advance(run, 3))


@pytest.mark.parametrize("optimizer", ["momentum", "adamw"])
def test_single_precision_stays_single_and_close(optimizer: str) -> None:
    group = [
        start(
            Experiment.of(
                data={"samples": 30},
                training={"dtype": "float32", "optimizer": optimizer, "l1": l1, "dropout": 0.2, "clip_norm": 1.0},
            )
        )
        for l1 in (0.0, 0.1)
    ]
    for together, run in zip(advance_many(group, 5), group, strict=True):
        assert together.params.vector.dtype == np.float32
        np.testing.assert_allclose(together.params.vector, advance(run, 5).params.vector, atol=1e-5)


def test_the_same_run_given_twice_advances_twice_alike() -> None:
    run = runs_at_rates([0.01])[0]
    first, second = advance_many([run, run], 5)
    np.testing.assert_array_equal(first.params.vector, second.params.vector)
    assert_close(first, advance(run, 5))


def test_negative_epochs_are_refused() -> None:
    with pytest.raises(ValueError, match="epochs is -2"):
        advance_many([], -2)
