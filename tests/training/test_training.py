"""What a run holds and learns: its history, costs, batches, rates, and how it is trained."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dnn import Data, Experiment, advance, backward, forward, init_params, start, train
from dnn.errors import InvalidSetting
from dnn.schedules import Cosine, Exponential, InverseTime, Schedule, Step, WarmUp
from tests.strategies import small_experiments
from tests.training.runs import assert_same, few, moons


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
