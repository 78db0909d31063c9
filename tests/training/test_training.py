"""The loop: the same run every time, however it is cut into pieces, and no run changed by another."""

import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import Data, Experiment, InvalidParams, Run, advance, backward, forward, init_params, start, train
from dnn.errors import InvalidSetting
from dnn.schedules import Cosine, Exponential, InverseTime, Schedule, Step, WarmUp
from dnn.training.run import Measure
from tests.strategies import small_experiments

ROOT = Path(__file__).parents[2]

few = settings(max_examples=30)
measures = st.sampled_from(["examples", "batches"])


def assert_same(first: Run, second: Run) -> None:
    """Equal to the last bit."""
    assert (first.epoch, first.stopped, first.experiment) == (second.epoch, second.stopped, second.experiment)
    assert (first.diverged, first.measure, first.history.stride) == (
        second.diverged,
        second.measure,
        second.history.stride,
    )
    np.testing.assert_array_equal(first.params.vector, second.params.vector, strict=True)
    np.testing.assert_array_equal(first.history.table(), second.history.table(), strict=True)
    np.testing.assert_array_equal([*first.latest.values()], [*second.latest.values()])
    for ours, theirs in zip(first.state, second.state, strict=True):
        np.testing.assert_array_equal(ours, theirs, strict=True)
    assert (first.best is None) == (second.best is None)
    if first.best is not None and second.best is not None:
        assert (first.best.epoch, first.best.cost) == (second.best.epoch, second.best.cost)
        np.testing.assert_array_equal(first.best.vector, second.best.vector)


def moons(**training: object) -> Experiment:
    return Experiment.of(data={"samples": 60}, training=training)


def regression(hidden: tuple[int, ...] = (8, 8), activation: str = "relu", **training: object) -> Run:
    """A run on a made-up regression task, which diverges as soon as the learning rate is large."""
    rng = np.random.default_rng(0)
    data = Data.split(rng.standard_normal((50, 2)), rng.standard_normal(50), test_share=0.2)
    network = {"hidden_layer_sizes": hidden, "activation": activation}
    return start(Experiment.of(network=network, training=training), data=data)


# Determinism


@given(
    small_experiments(dtype=st.sampled_from(["float64", "float32"])),
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
    st.sampled_from([None, 2, 5]),
    measures,
)
@settings(max_examples=60)
def test_a_run_advanced_in_pieces_equals_the_run_advanced_at_once(
    experiment: Experiment, pieces: list[int], limit: int | None, measure: Measure
) -> None:
    run = first = start(experiment, history_limit=limit, measure=measure)
    for epochs in pieces:
        run = advance(run, epochs)
    assert_same(run, advance(first, sum(pieces)))
    assert_same(run, advance(start(experiment, history_limit=limit, measure=measure), sum(pieces)))


def test_pieces_across_a_change_of_shuffling_block_are_equal_too() -> None:
    assert_same(advance(advance(start(moons()), 15), 20), advance(start(moons()), 35))


@given(small_experiments())
@few
def test_advancing_leaves_the_run_it_was_given_untouched(experiment: Experiment) -> None:
    run = advance(start(experiment), 2)
    epoch, stopped = run.epoch, run.stopped
    params, table, latest = run.params.vector.copy(), run.history.table().copy(), dict(run.latest)
    state, best = [array.copy() for array in run.state], run.best and (run.best.epoch, run.best.vector.tolist())
    later = advance(run, 3)
    again = advance(run, 3)
    assert_same(later, again)
    assert_same(advance(later, 2), advance(again, 2))
    assert (run.epoch, run.stopped) == (epoch, stopped)
    np.testing.assert_array_equal(run.params.vector, params)
    np.testing.assert_array_equal(run.history.table(), table)
    np.testing.assert_array_equal([*run.latest.values()], [*latest.values()])
    for ours, before in zip(run.state, state, strict=True):
        np.testing.assert_array_equal(ours, before)
    assert best == (run.best and (run.best.epoch, run.best.vector.tolist()))


def test_two_threads_may_advance_the_same_run_at_once() -> None:
    run = advance(start(moons(optimizer="adam", dropout=0.2)), 3)
    expected = advance(run, 40)
    with ThreadPoolExecutor(4) as pool:
        for later in pool.map(lambda _: advance(run, 40), range(12)):
            assert_same(later, expected)


FINGERPRINT = """
import hashlib
from dnn import Experiment, advance, start
run = advance(start(Experiment.of(data={"dataset": "xor", "samples": 50}, seed=11)), 12)
print(hashlib.sha256(run.params.vector.tobytes() + run.history.table().tobytes()).hexdigest())
"""


def test_another_process_makes_the_same_run_to_the_last_bit() -> None:
    run = advance(start(Experiment.of(data={"dataset": "xor", "samples": 50}, seed=11)), 12)
    here = hashlib.sha256(run.params.vector.tobytes() + run.history.table().tobytes()).hexdigest()
    there = subprocess.run(
        [sys.executable, "-W", "error", "-c", FINGERPRINT],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1234"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_a_saved_experiment_makes_the_same_run_on_every_machine_and_in_every_version() -> None:
    run = advance(start(Experiment.of(data={"dataset": "xor"}, seed=4, draw=2)), 20)
    assert run.data.X_train.sum() == pytest.approx(-6.062583, abs=2e-6)  # the data and their split
    assert run.history["train_cost"][0] == pytest.approx(0.696429, abs=2e-6)  # the starting weights
    assert run.latest["train_cost"] == pytest.approx(0.615208, abs=2e-6)  # the order of the examples


@pytest.mark.parametrize("changed", [{"seed": 1}, {"draw": 1}])
def test_another_seed_or_draw_is_another_run(changed: dict[str, int]) -> None:
    run, other = start(Experiment()), start(Experiment.of(**changed))
    assert (run.params[0][0] != other.params[0][0]).all()
    assert np.array_equal(run.data.X, other.data.X) == ("draw" in changed)


# What a run holds


@given(small_experiments(patience=st.none()))
@few
def test_the_history_begins_with_the_cost_of_the_initial_weights_and_has_a_row_for_every_epoch(
    experiment: Experiment,
) -> None:
    run = start(experiment)
    loss, data = run.network.loss, run.data
    weights = None if data.weights is None else data.weights[: data.n_train]
    targets = data.targets[: data.n_train]  # y, or what it is standardised to
    cost = data.cost_scale * loss.cost(forward(run.params, data.X_train, run.network).logits, targets, weights)
    assert run.history["train_cost"][0] == pytest.approx(float(cost), rel=1e-12)
    later = advance(run, 4)
    assume(not later.diverged)
    assert later.history["epoch"].tolist() == [0, 1, 2, 3, 4]
    cost = data.cost_scale * loss.cost(forward(later.params, data.X_train, run.network).logits, targets, weights)
    assert later.history["train_cost"][4] == pytest.approx(float(cost), rel=1e-12)
    assert later.latest["train_cost"] == later.history["train_cost"][4]
    if data.task != "regression":
        right = later.predict(data.points[: data.n_train]) == data.labels[: data.n_train]
        assert later.latest["train_accuracy"] == pytest.approx(np.average(right, weights=weights))
    assert np.isnan(later.history["test_cost"]).all() == (len(data.X_test) == 0)


def test_test_examples_are_never_trained_on() -> None:
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((40, 2)), rng.integers(0, 2, (40, 1)).astype(float)
    other_X, other_y = X.copy(), y.copy()
    other_X[30:], other_y[30:] = 100, 1 - y[30:]
    run, other = (
        advance(start(Experiment(), data=Data(*pair, 30, "binary")), 5) for pair in ((X, y), (other_X, other_y))
    )
    np.testing.assert_array_equal(run.params.vector, other.params.vector)
    assert (run.history["test_cost"] != other.history["test_cost"]).all()


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_costs_leave_the_penalty_out_but_the_steps_do_not(penalty: str) -> None:
    plain, penalised = start(moons()), start(moons(**{penalty: 20.0}))
    assert plain.latest["train_cost"] == penalised.latest["train_cost"]
    shrunk = advance(penalised, 20).params.layer_norms()
    assert (shrunk < 0.7 * advance(plain, 20).params.layer_norms()).all()


@pytest.mark.parametrize("size", ["full", None, 42, 20_000])
def test_a_batch_of_everything_may_be_asked_for_in_several_ways(size: object) -> None:
    full = advance(start(moons(batch_size="full")), 5)  # 60 samples, 42 of them for training
    np.testing.assert_array_equal(advance(start(moons(batch_size=size)), 5).params.vector, full.params.vector)


def test_training_learns_the_default_data() -> None:
    run = advance(start(Experiment()), 300)
    assert run.latest["test_accuracy"] > 0.9
    assert run.latest["train_cost"] < 0.5 * run.history["train_cost"][0]


@given(small_experiments(dtype=st.just("float32")))
@few
def test_single_precision_stays_single(experiment: Experiment) -> None:
    run = advance(start(experiment), 2)
    assert run.params.vector.dtype == np.float32
    assert {array.dtype for array in run.state} <= {np.dtype(np.float32), np.dtype(np.float64)}  # float64: a count
    assert forward(run.params, run.data.X.astype(np.float32), run.network).output.dtype == np.float32
    in_units = run.data.target_std is not None  # in which 32 bits may not tell two targets apart
    assert run.predict_proba(run.data.points).dtype == (np.float64 if in_units else np.float32)


def test_single_precision_ends_close_to_double() -> None:
    single, double = (advance(start(moons(dtype=dtype)), 20) for dtype in ("float32", "float64"))
    np.testing.assert_allclose(single.params.vector, double.params.vector, atol=1e-4)
    assert single.params.vector.tolist() != double.params.vector.tolist()


# Schedules

SCHEDULES = [
    Step(factor=0.5, every=3),
    Exponential(gamma=0.8),
    InverseTime(decay=0.3),
    Cosine(epochs=6, floor=0.1),
    WarmUp(epochs=4, then=Exponential(gamma=0.5)),
]


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.kind)
def test_every_step_has_the_rate_that_the_schedule_has_for_its_epoch(schedule: Schedule) -> None:
    run = start(moons(schedule=schedule, learning_rate=0.7, batch_size="full"))
    for epoch in range(10):
        later, rate = advance(run, 1), schedule.rate(0.7, epoch)
        gradient = backward(run.params, forward(run.params, run.data.X_train, run.network), run.data.y_train).vector
        np.testing.assert_allclose(later.params.vector, run.params.vector - rate * gradient, rtol=0, atol=1e-14)
        assert run.latest["learning_rate"] == rate
        run = later
    assert run.history["learning_rate"].tolist() == [schedule.rate(0.7, epoch) for epoch in range(11)]


# Starting


@pytest.mark.parametrize(
    ("y", "loss", "sentence"),
    [
        ([0, 1, 1, 0], "mean_squared_error", r"'mean_squared_error' is not allowed; this data \(binary\) needs"),
        ([0, 1, 2, 0], "binary_cross_entropy", r"this data \(multiclass\) needs softmax_cross_entropy\."),
        ([0.1, 1.5, 2.0, 0.0], "tanh_squared_error", r"\(regression\) needs mean_squared_error or huber\."),
    ],
)
def test_a_loss_that_is_not_for_such_targets_is_refused_with_those_that_are(
    y: list[float], loss: str, sentence: str
) -> None:
    with pytest.raises(InvalidSetting, match=sentence):
        start(Experiment.of(training={"loss": loss}), data=Data.split(np.eye(4, 2), y))


def test_given_weights_are_copied_and_replace_the_drawn_ones() -> None:
    params = init_params((2, 4, 2, 1), rng=9)
    run = start(Experiment(), params=params)
    np.testing.assert_array_equal(run.params.vector, params.vector)
    advance(run, 1)
    np.testing.assert_array_equal(params.vector, init_params((2, 4, 2, 1), rng=9).vector)


def test_weights_for_other_layers_are_refused_with_both_shapes() -> None:
    with pytest.raises(InvalidParams, match=r"layers \(2, 3, 1\); this experiment has layers \(2, 4, 2, 1\)"):
        start(Experiment(), params=init_params((2, 3, 1)))


def test_weights_that_stand_on_their_side_are_told_the_shapes_that_fit() -> None:
    turned = [(W.T, b) for W, b in init_params((2, 4, 2, 1))]
    said = re.escape("layer 1: W has shape (4, 2) and b has shape (4,); W must be (2, 4) and b must be (4,)")
    with pytest.raises(InvalidParams, match=said):
        start(Experiment(), params=turned)
    layers = init_params((2, 4, 3, 1))
    with pytest.raises(InvalidParams, match=r"layer 2: .* W must be \(4, 2\) and b must be \(2,\)"):
        start(Experiment(), params=layers)


def test_starting_weights_whose_cost_is_not_finite_stop_the_run_at_once() -> None:
    W = np.full((2, 1), 1e308)
    data = Data.split([[10.0, 10.0], [-10.0, -10.0]], [0, 1])
    run = start(Experiment.of(network={"hidden_layer_sizes": []}), data=data, params=[(W, [0.0])])
    assert "starting weights" in run.stopped
    assert run.diverged
    assert advance(run, 5) is run


@pytest.mark.parametrize("every", [1, 3, 100])
def test_train_yields_the_start_every_so_many_epochs_and_the_end(every: int) -> None:
    runs = list(train(moons(), epochs=7, every=every))
    assert [run.epoch for run in runs] == sorted({*range(0, 7, every), 7})
    assert_same(runs[-1], advance(start(moons()), 7))


def test_train_takes_data_and_weights_like_start() -> None:
    data = Data.split(np.eye(4, 2), [0, 1, 1, 0])
    params = init_params((2, 4, 2, 1), rng=3)
    *_, run = train(Experiment(), epochs=2, data=data, params=params)
    assert_same(run, advance(start(Experiment(), data=data, params=params), 2))


def test_negative_epochs_are_refused_and_none_change_nothing() -> None:
    run = start(moons())
    assert advance(run, 0) is run
    with pytest.raises(ValueError, match="epochs is -1"):
        advance(run, -1)
    with pytest.raises(ValueError, match="every is 0"):
        next(train(moons(), epochs=3, every=0))


# Divergence

WILD = [((8, 8), "relu", 5.0), ((), "linear", 5.0), ((8, 8, 8), "linear", 100.0), ((8,), "leaky_relu", 3.0)]


@pytest.mark.parametrize("limit", [None, 2, 8])
@pytest.mark.parametrize("batch_size", [10, "full"])
@pytest.mark.parametrize(("hidden", "activation", "rate"), WILD)
def test_divergence_stops_at_the_last_finite_epoch_and_says_so(
    hidden: tuple[int, ...], activation: str, rate: float, batch_size: object, limit: int | None
) -> None:
    first = regression(hidden, activation, learning_rate=rate, batch_size=batch_size)
    run = advance(start(first.experiment, data=first.data, history_limit=limit), 3000)
    assert run.epoch < 3000
    assert run.diverged
    assert f"Diverged in epoch {run.epoch + 1}:" in run.stopped
    assert f"learning rate smaller than {rate:g}" in run.stopped
    assert np.isfinite(run.params.vector).all()
    assert run.latest["epoch"] == run.epoch
    assert np.isfinite([*run.latest.values()]).all()
    assert np.isfinite(run.history["train_cost"]).all()
    assert run.history["epoch"][-1] <= run.epoch
    assert advance(run, 10) is run
    assert_same_but_history(run, one_epoch_at_a_time(first))


def one_epoch_at_a_time(run: Run) -> Run:
    """As far as it goes."""
    while not run.stopped and run.epoch < 3000:
        run = advance(run, 1)
    return run


def assert_same_but_history(first: Run, second: Run) -> None:
    assert (first.epoch, first.stopped) == (second.epoch, second.stopped)
    np.testing.assert_array_equal(first.params.vector, second.params.vector)
    np.testing.assert_array_equal([*first.latest.values()], [*second.latest.values()])


@pytest.mark.parametrize("measure", ["examples", "batches"])
def test_the_epoch_before_the_divergence_is_reached_by_every_way(measure: Measure) -> None:
    made = regression(learning_rate=5.0)
    first = start(made.experiment, data=made.data, measure=measure)
    stopped = advance(first, 3000)
    before = advance(first, stopped.epoch)
    assert not before.stopped
    np.testing.assert_array_equal(before.params.vector, stopped.params.vector)
    np.testing.assert_array_equal(before.history.table(), stopped.history.table())
    np.testing.assert_array_equal([*before.latest.values()], [*stopped.latest.values()])


@pytest.mark.parametrize("optimizer", ["momentum", {"kind": "adamw", "weight_decay": 1.0}], ids=str)
def test_a_run_that_diverged_has_forgotten_what_the_optimiser_remembered(optimizer: object) -> None:
    run = advance(regression((), "linear", optimizer=optimizer, learning_rate=100.0), 3000)
    assert run.diverged
    assert not any(array.any() for array in run.state)


def test_a_run_that_goes_well_has_not_diverged() -> None:
    run = advance(start(moons()), 2)
    assert (run.stopped, run.diverged) == ("", False)
