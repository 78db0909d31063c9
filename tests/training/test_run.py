"""A run as a value: what it predicts and measures, how it is retuned, and that a file holds it."""

import pickle

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import Data, Experiment, advance, backward, edited, forward, start
from dnn.experiment.experiment import DEFAULT_LOSSES
from dnn.params import Params
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.run import Measure
from dnn.training.trainer import Trainer
from tests.strategies import examples, small_experiments
from tests.training.early_stopping import noise, settings_of
from tests.training.runs import assert_same, moons, regression

few = settings(max_examples=25)


# Predictions


@pytest.mark.parametrize(("task", "outputs"), [("binary", 1), ("multiclass", 3), ("regression", 2)])
def test_predictions_have_the_shape_of_the_task(task: str, outputs: int) -> None:
    X, y = examples(DEFAULT_LOSSES[task], 20, 2, outputs)
    run = advance(start(Experiment(), data=Data.split(X, y, task=task)), 2)
    output = forward(run.params, X, run.network).output
    if task == "regression":
        np.testing.assert_array_equal(run.predict_proba(X), output)
        np.testing.assert_array_equal(run.predict(X), output)
        return
    probabilities = run.predict_proba(X.tolist())
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_array_equal(probabilities[:, -1], output[:, -1])
    np.testing.assert_array_equal(run.predict(X), probabilities.argmax(axis=1))


# The train cost as the mean of the batches


@given(small_experiments(patience=st.none()))
@few
def test_how_the_cost_is_measured_changes_nothing_but_the_train_columns(experiment: Experiment) -> None:
    every, batches = (advance(start(experiment, measure=measure), 3) for measure in ("examples", "batches"))
    assume(not every.diverged and not batches.diverged)
    np.testing.assert_array_equal(batches.params.vector, every.params.vector)
    for column in ("epoch", "test_cost", "test_accuracy", "learning_rate", "gradient_norm"):
        np.testing.assert_allclose(batches.history[column], every.history[column], rtol=1e-13)
    assert np.isnan(batches.history["train_accuracy"]).all()
    assert np.isnan(batches.history["train_cost"]).tolist() == [True, False, False, False]


@pytest.mark.parametrize("weights", ["equal", "balanced"])
def test_with_a_full_batch_it_is_the_cost_before_each_update_with_penalties(weights: str) -> None:
    experiment = Experiment.of(
        data={"samples": 60, "weights": weights}, training={"l1": 0.2, "l2": 0.5, "batch_size": "full"}
    )
    run = advance(start(experiment, measure="batches"), 3)
    m = 42 if run.data.weights is None else run.data.weights[:42].sum()
    for epoch in range(3):
        before = advance(start(experiment), epoch)
        W = np.concatenate([W.ravel() for W, _ in before.params])
        expected = before.latest["train_cost"] + 0.2 / m * np.abs(W).sum() + 0.5 / (2 * m) * (W**2).sum()
        assert run.history["train_cost"][epoch + 1] == pytest.approx(expected, rel=1e-12)


def test_with_smaller_batches_it_is_their_mean_by_size_each_before_its_update() -> None:
    experiment = moons(batch_size=10)  # 42 training examples: the last batch has 2
    run = start(experiment)
    space = Trainer(run.params, run.network, [run.data], 10, [0])
    space.train_epoch(0, Hyperparameters([experiment.training], 2, np.float64), ())
    params, costs = run.params, []
    for X_ones, y, *_ in space.batches:
        trace = forward(params, X_ones[:, :-1], run.network)
        costs.append(run.network.loss.cost(trace.logits, y))
        params = Params(params.sizes, params.vector - 0.03 * backward(params, trace, y).vector)
    later = advance(start(experiment, measure="batches"), 1)
    assert later.latest["train_cost"] == pytest.approx(np.average(costs, weights=[10, 10, 10, 10, 2]), rel=1e-12)


def test_weights_of_infinite_cost_are_found_although_no_cost_of_the_start_is_measured() -> None:
    data = Data.split([[10.0, 10.0], [-10.0, -10.0]], [0, 1])
    experiment = Experiment.of(network={"hidden_layer_sizes": []}, training={"batch_size": "full"})
    run = advance(start(experiment, data=data, params=[(np.full((2, 1), 1e308), [0.0])], measure="batches"), 5)
    assert run.diverged
    assert run.epoch == 0


# Going on under other settings


def test_a_stopped_run_goes_on_with_a_smaller_learning_rate() -> None:
    stopped = advance(regression(hidden=(), learning_rate=5.0), 3000)
    calm = stopped.experiment.model_copy(
        update={"training": stopped.experiment.training.model_copy(update={"learning_rate": 0.1})}
    )
    going = advance(stopped.with_settings(calm), 2000)
    assert not going.stopped
    assert not going.diverged
    assert going.epoch == stopped.epoch + 2000
    assert going.latest["train_cost"] < 1.0 < stopped.latest["train_cost"]


@given(small_experiments(patience=st.none()), small_experiments(patience=st.none()))
@few
def test_a_retuned_run_keeps_its_weights_and_history_and_trains_with_the_new_settings(
    experiment: Experiment, other: Experiment
) -> None:
    run = advance(start(experiment), 2)
    changed = experiment.model_copy(update={"training": other.training})
    retuned = run.with_settings(changed)
    np.testing.assert_array_equal(retuned.params.vector, run.params.vector)
    later = advance(retuned, 2)
    assume(not run.diverged and not later.diverged)
    before, after = experiment.training, other.training
    rates = [before.schedule.rate(before.learning_rate, epoch) for epoch in range(3)]
    rates += [after.schedule.rate(after.learning_rate, epoch) for epoch in range(3, 5)]
    assert later.history["learning_rate"].tolist() == rates
    fresh = start(changed, data=run.data, params=run.params)
    constant = after.schedule.kind == "constant" and not after.dropout and after.batch_size is None
    if constant and type(before.optimizer) is not type(after.optimizer):  # then an epoch does not depend on its number
        np.testing.assert_array_equal(later.params.vector, advance(fresh, 2).params.vector)
    assert_same(advance(run, 3), advance(advance(start(experiment), 2), 3))  # the first run is as it was


@pytest.mark.parametrize(
    "changed",
    [
        {"seed": 1},
        {"draw": 1},
        {"data": {"samples": 61}},
        {"data": {"dataset": {"kind": "moons", "noise": 0.2}}},
        {"network": {"hidden_layer_sizes": [4, 3]}},
        {"network": {"activation": "relu"}},
        {"network": {"initializer": "zeros"}},
        {"training": {"dtype": "float32"}},
        {"training": {"loss": "mean_squared_error"}},
    ],
    ids=str,
)
def test_a_run_cannot_be_retuned_into_one_with_another_start(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="another start"):
        start(Experiment()).with_settings(Experiment.of(**changed))


def test_an_optimiser_keeps_its_state_unless_another_takes_its_place() -> None:
    run = advance(start(moons(optimizer="adam")), 3)
    same, other = (
        run.with_settings(moons(optimizer=given_one)) for given_one in ({"kind": "adam", "beta1": 0.5}, "nadam")
    )
    assert same.state is run.state
    assert [array.any() for array in run.state] == [True, True, True]
    assert [array.any() for array in other.state] == [False, False, False]


def test_a_retuned_run_goes_on_with_other_data() -> None:
    experiment = settings_of(batch_size="full", optimizer="sgd")
    run = advance(start(experiment, data=noise(0)), 3)
    other = noise(1).balanced()  # as many examples, so that the buffers would fit
    later = advance(run.with_settings(experiment, data=other), 4)
    expected = advance(start(experiment, data=other, params=run.params), 4)
    np.testing.assert_array_equal(later.params.vector, expected.params.vector)
    np.testing.assert_array_equal(later.history.table()[4:, 1:], expected.history.table()[1:, 1:])
    np.testing.assert_array_equal(later.history.table()[:4], run.history.table())
    assert_same(advance(run, 2), advance(start(experiment, data=noise(0)), 5))  # the first run has its own data


@pytest.mark.parametrize(
    "data",
    [
        Data.split(np.eye(4, 3), [0, 1, 1, 0]),
        Data.split(np.eye(4, 2), [0, 1, 2, 0]),
        Data.split(np.eye(4, 2), [0.5, 1.5, 2.5, 0.5]),
    ],
    ids=["three inputs", "three classes", "numbers"],
)
def test_data_of_another_shape_or_task_are_refused(data: Data) -> None:
    run = start(moons())
    with pytest.raises(ValueError, match="other inputs, outputs or another task"):
        run.with_settings(run.experiment, data=data)


# Files


@given(small_experiments(dtype=st.sampled_from(["float64", "float32"])), st.sampled_from(["examples", "batches"]))
@few
def test_a_run_that_was_pickled_goes_on_as_if_nothing_had_been(experiment: Experiment, measure: Measure) -> None:
    run = advance(start(experiment, history_limit=4, measure=measure), 3)
    again = pickle.loads(pickle.dumps(run))
    assert_same(again, run)
    assert_same(advance(again, 3), advance(run, 3))
    np.testing.assert_array_equal(again.predict_proba(run.data.points), run.predict_proba(run.data.points))


def test_a_run_holds_no_buffers() -> None:
    run = advance(start(moons(batch_size=1)), 1)
    assert len(pickle.dumps(run)) < 20_000


def test_old_names_still_work_and_say_what_the_new_ones_are() -> None:
    run = advance(start(moons()), 1)
    with pytest.warns(DeprecationWarning, match=r"with_settings"):
        assert_same(run.retuned(moons(learning_rate=0.5)), run.with_settings(moons(learning_rate=0.5)))
    with pytest.warns(DeprecationWarning, match=r"with_params"):
        assert_same(edited(run, run.params.vector * 2), run.with_params(run.params.vector * 2))
    with pytest.warns(DeprecationWarning, match=r"has_started"):
        assert run.begun
    with pytest.warns(DeprecationWarning, match=r"has_test_data"):
        assert run.tested
