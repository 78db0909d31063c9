"""Targets that are numbers, standardised for the network: what it learns changes, what people read does not."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import EXPORTS, Data, Experiment, InvalidFile, Run, advance, advance_many, load, start
from dnn.components import Array
from dnn.datasets.custom_data import CustomData
from dnn.experiment.links import from_query, to_query
from dnn.network import forward
from dnn.training.metrics import r_squared
from dnn.ui.live.report import report


def houses(outputs: int = 1, seed: int = 0) -> tuple[Array, Array]:
    """Areas and rooms (60, 2), and prices (60, outputs)."""
    rng = np.random.default_rng(seed)
    X = np.column_stack([rng.normal(100.0, 30.0, 60), rng.integers(1, 9, 60)])
    y = X @ rng.uniform(1e3, 1e4, (2, outputs)) + rng.normal(0.0, 5e3, (60, outputs)) + 2e5
    return X, y


def priced(outputs: int = 1, seed: int = 0) -> Data:
    X, y = houses(outputs, seed)
    return Data.split(X, y, test_share=0.3, rng=np.random.default_rng(seed)).standardized().with_standardized_targets()


@pytest.mark.parametrize("outputs", [1, 3])
def test_what_is_learnt_is_standardised_and_y_stays(outputs: int) -> None:
    data = priced(outputs)
    plain = Data.split(*houses(outputs), test_share=0.3, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(data.y, plain.y)
    np.testing.assert_array_equal(plain.targets, plain.y)
    train = data.targets[: data.n_train]
    np.testing.assert_allclose(train.mean(axis=0), 0.0, atol=1e-12)
    assert train.var(axis=0).mean() == pytest.approx(1.0)
    np.testing.assert_allclose(data.in_units(data.targets), data.y, rtol=1e-14)
    assert plain.in_units(plain.targets) is plain.targets


@pytest.mark.parametrize("loss", ["mean_squared_error", "huber"])
@pytest.mark.parametrize("outputs", [1, 2])
def test_a_run_is_that_of_targets_scaled_by_hand_and_speaks_in_the_datas_units(outputs: int, loss: str) -> None:
    data = priced(outputs)
    by_hand = replace(data, y=data.targets, target_mean=None, target_std=None)
    experiment = Experiment.of(training={"learning_rate": 0.1, "loss": loss, "patience": 15, "l2": 0.1})
    run, scaled = (advance(start(experiment, data=each), 30) for each in (data, by_hand))
    np.testing.assert_array_equal(run.params.vector, scaled.params.vector)
    assert (run.epoch, bool(run.stopped)) == (scaled.epoch, bool(scaled.stopped))
    factor = data.cost_scale
    assert factor == pytest.approx(data.y_train.var(axis=0).mean())
    for name in ("train_cost", "test_cost"):
        np.testing.assert_array_equal(run.history[name], scaled.history[name] * factor)
        assert run.latest[name] == scaled.latest[name] * factor
    np.testing.assert_allclose(run.predict(data.points), data.in_units(scaled.predict(data.points)), rtol=1e-14)
    if loss == "mean_squared_error":
        errors = run.predict(data.points) - data.y
        assert run.latest["train_cost"] == pytest.approx((errors[: data.n_train] ** 2).sum(axis=1).mean() / 2)
    told = report(run)
    assert told["r2"] == pytest.approx(r_squared(data.y_test, run.predict(data.points)[data.n_train :]))


def test_runs_with_other_units_go_in_lockstep() -> None:
    runs = [start(Experiment.of(seed=seed), data=priced(seed=seed)) for seed in range(3)]
    runs.append(start(Experiment(), data=replace(priced(), target_mean=None, target_std=None, y=priced().targets)))
    for run, together in zip(runs, advance_many(runs, 5), strict=True):
        alone = advance(run, 5)
        np.testing.assert_allclose(together.history.table(), alone.history.table(), rtol=1e-9)


def test_batch_costs_are_in_the_datas_units_too() -> None:
    run = advance(start(Experiment(), data=priced(), measure="batches"), 3)
    plain = replace(priced(), y=priced().targets, target_mean=None, target_std=None)
    scaled = advance(start(Experiment(), data=plain, measure="batches"), 3)
    np.testing.assert_array_equal(run.history["train_cost"], scaled.history["train_cost"] * priced().cost_scale)


def test_targets_of_one_value_are_only_moved_and_classes_stay() -> None:
    same = Data.split([[1.0], [2.0]], [5.0, 5.0]).with_standardized_targets()
    np.testing.assert_array_equal(same.targets, [[0.0], [0.0]])
    assert same.cost_scale == 1.0
    classes = Data.split([[1.0], [2.0]], [0, 1])
    assert classes.with_standardized_targets() is classes


CSV = "area,rooms,price\n" + "".join(f"{x[0]},{x[1]:.0f},{y[0]}\n" for x, y in zip(*houses(), strict=True))


def r2(run: Run) -> float:
    data = run.data
    return float(r_squared(data.y_train, run.predict(data.points[: data.n_train]))[0])


def test_prices_of_a_table_are_learnt_with_the_settings_that_everything_begins_with() -> None:
    data = Data.from_csv(CSV, test_share=0.3)
    assert data.target_std is not None
    assert data.y.min() > 1e5
    assert r2(advance(start(Experiment(), data=data.standardized()), 100)) > 0.9
    raw = Data.from_csv(CSV, test_share=0.3, standardize_target=False)
    assert raw.target_std is None
    assert r2(advance(start(Experiment(), data=raw.standardized()), 100)) < 0.1


def test_custom_data_given_in_python_are_standardised_and_links_and_files_say_it() -> None:
    X, y = houses()
    own = CustomData.of(X, y[:, 0])
    experiment = Experiment.of(data={"dataset": own, "standardize": "each"})
    assert experiment.data.standardize_target
    assert r2(advance(start(experiment), 100)) > 0.9
    assert to_query(experiment)["standardize_target"] == "True"
    assert from_query(to_query(experiment)) == (experiment, ())
    assert Experiment.model_validate_json(experiment.model_dump_json()) == experiment
    query = to_query(experiment)
    del query["standardize_target"]  # a link from before there was such a thing
    assert not from_query(query)[0].data.standardize_target
    old: Any = experiment.model_dump(mode="json")
    del old["data"]["standardize_target"]
    assert not Experiment.model_validate(old).data.standardize_target
    assert not Experiment.of(data={"dataset": "plane"}).data.standardize_target
    assert not Experiment.of(
        data={"dataset": CustomData.of(X, y[:, 0] > 4e5, CustomData.empty().names)}
    ).data.standardize_target


@given(st.floats(1e-6, 1e6), st.floats(-1e6, 1e6))
@settings(max_examples=20)
def test_the_unit_of_a_target_makes_no_difference(unit: float, offset: float) -> None:
    X, y = houses()
    first, second = (
        advance(
            start(Experiment(), data=Data.split(X, each, task="regression").standardized().with_standardized_targets()),
            3,
        )
        for each in (y, y * unit + offset)
    )
    np.testing.assert_allclose(second.params.vector, first.params.vector, rtol=0, atol=1e-4)


def test_the_field_of_answers_and_the_network_agree() -> None:
    from dnn.plots.theme import THEMES
    from dnn.ui.live.frame import Scene

    run = advance(start(Experiment(), data=priced()), 60)
    scene = Scene(run, THEMES["light"])
    field = scene.arrays(run.params)["field"].astype(float) / 65535.0
    low, high = scene.heights
    assert (low, high) == (run.data.y.min(), run.data.y.max())
    wanted = run.predict(scene.plane.points(scene._places))[:, 0].reshape(field.shape)
    inside = (wanted > low) & (wanted < high)
    assert inside.mean() > 0.3
    np.testing.assert_allclose((low + field * (high - low))[inside], wanted[inside], rtol=1e-3)


def test_a_model_file_keeps_the_scale_of_the_targets() -> None:
    run = advance(start(Experiment(), data=priced(2)), 3)
    back = load(EXPORTS["npz"](run))
    np.testing.assert_array_equal(back.predict(run.data.points), run.predict(run.data.points))
    np.testing.assert_array_equal(advance(back, 3).history.table(), advance(run, 3).history.table())
    for wrong in ({"target_std": np.zeros(2)}, {"target_mean": None}, {"target_std": np.ones(3)}):
        with pytest.raises(InvalidFile, match=re.escape("its targets and their scale do not belong together")):
            load(EXPORTS["npz"](replace(run, data=replace(run.data, **wrong))))


def test_outputs_of_32_bits_stay_so_and_their_answers_hold_the_units() -> None:
    """Time stamps in seconds: 32 bits hold every 128th only."""
    X, y = houses()
    X[:, 0] += 1.7e9
    data = Data.split(X, y[:, 0] / 1e3 + 1.7e9, task="regression").standardized().with_standardized_targets()
    double, single = (
        advance(start(Experiment.of(training={"dtype": dtype}), data=data), 60) for dtype in ("float64", "float32")
    )
    assert forward(single.params, data.X.astype(np.float32), single.network).output.dtype == np.float32
    np.testing.assert_allclose(single.predict(X) - 1.7e9, double.predict(X) - 1.7e9, rtol=1e-3)
