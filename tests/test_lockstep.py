"""Many runs in lockstep equal the same runs alone, whatever they have in common and whoever diverges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data, Experiment, Run, advance, advance_many, start
from tests.strategies import seeds

# Few shapes, so that runs meet in groups; everything else is each run's own.
shapes = st.sampled_from([((4, 2), "tanh"), ((4, 2), "relu"), ((3,), "sigmoid"), ((), "linear")])


@st.composite
def runs(draw: st.DrawFn) -> Run:
    hidden, activation = draw(shapes)
    experiment = Experiment.of(
        data={
            "dataset": draw(st.sampled_from(["xor", "spiral"])),
            "samples": draw(st.sampled_from([20, 23])),
            "test_share": draw(st.sampled_from([0.0, 0.3])),
        },
        network={"hidden_layer_sizes": hidden, "activation": activation},
        training={
            "learning_rate": draw(st.floats(1e-3, 0.3)),
            "l2": draw(st.sampled_from([0.0, 0.01, 1.0])),
            "batch_size": draw(st.sampled_from([1, 6, None])),
        },
        seed=draw(seeds),
        draw=draw(st.integers(0, 3)),
    )
    run = start(experiment, history_limit=draw(st.sampled_from([None, None, 4])))
    return advance(run, draw(st.sampled_from([0, 0, 0, 2])))


def assert_close(together: Run, alone: Run) -> None:
    """The same to 1e-12, relative to the largest number."""
    assert (together.epoch, together.stopped, together.experiment) == (alone.epoch, alone.stopped, alone.experiment)
    for ours, expected in (
        (together.params.vector, alone.params.vector),
        (together.history.table(), alone.history.table()),
        (np.array([*together.latest.values()]), np.array([*alone.latest.values()])),
    ):
        assert ours.shape == expected.shape
        scale = np.nanmax(np.abs(expected), initial=1.0)
        np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-12 * scale)


@given(st.lists(runs(), max_size=7), st.integers(0, 4), st.integers(0, 3))
@settings(max_examples=60)
def test_advancing_many_equals_advancing_each(group: list[Run], epochs: int, more: int) -> None:
    before = [run.params.vector.copy() for run in group]
    together = advance_many(advance_many(group, epochs), more)
    assert len(together) == len(group)
    for later, run, vector in zip(together, group, before, strict=True):
        assert_close(later, advance(run, epochs + more))
        np.testing.assert_array_equal(run.params.vector, vector)


def sisters(
    rates: list[float], hidden: tuple[int, ...] = (), activation: str = "linear", **training: object
) -> list[Run]:
    """Runs of one shape on their own data, one for each learning rate; the large ones diverge."""
    made = []
    for seed, rate in enumerate(rates):
        rng = np.random.default_rng(seed)
        data = Data.split(rng.standard_normal((30, 2)), rng.standard_normal(30), test_share=0.2)
        network = {"hidden_layer_sizes": hidden, "activation": activation}
        experiment = Experiment.of(network=network, training={"learning_rate": rate, **training}, seed=seed)
        made.append(start(experiment, data=data))
    return made


@pytest.mark.parametrize("batch_size", [7, None])
@pytest.mark.parametrize(("hidden", "activation"), [((), "linear"), ((8, 8), "leaky_relu")], ids=str)
def test_a_member_that_diverges_neither_stops_nor_changes_the_others(
    hidden: tuple[int, ...], activation: str, batch_size: int | None
) -> None:
    group = sisters([0.01, 8.0, 0.02, 3.0, 0.05, 100.0], hidden, activation, batch_size=batch_size)
    together = advance_many(group, 300)
    assert [bool(run.stopped) for run in together] == [False, True, False, True, False, True]
    assert len({run.epoch for run in together}) > 2  # they stop at different epochs
    for later, run in zip(together, group, strict=True):
        assert_close(later, advance(run, 300))
        assert np.isfinite(later.params.vector).all()
        assert np.isfinite([*later.latest.values()]).all()


def test_runs_that_have_stopped_pass_through_as_they_are() -> None:
    group = advance_many(sisters([0.01, 8.0, 0.02]), 300)
    again = advance_many(group, 5)
    assert again[1] is group[1]
    assert [run.epoch for run in again] == [305, group[1].epoch, 305]


def test_the_same_run_given_twice_advances_twice_alike() -> None:
    run = sisters([0.01])[0]
    first, second = advance_many([run, run], 5)
    np.testing.assert_array_equal(first.params.vector, second.params.vector)
    assert_close(first, advance(run, 5))


def test_negative_epochs_are_refused() -> None:
    with pytest.raises(ValueError, match="epochs is -2"):
        advance_many([], -2)
