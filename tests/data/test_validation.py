"""Training examples held out for validation: which they are, and that everything else stays as it was."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data, Experiment, InvalidData, InvalidSetting
from tests.strategies import seeds


def held_out(share: float, seed: int = 0, **settings_: object) -> Data:
    given_ = {"dataset": "blobs", "samples": 60, "test_share": 0.25, **settings_}
    return Experiment.of(data={**given_, "validation_share": share}, seed=seed).make_data()


@given(st.floats(0.0, 0.9), st.floats(0.0, 0.9), seeds)
@settings(max_examples=40)
def test_the_split_is_of_the_training_examples_alone_and_keeps_their_order(
    test_share: float, share: float, seed: int
) -> None:
    without = held_out(0.0, seed, test_share=test_share)
    data = held_out(share, seed, test_share=test_share)
    n = without.n_train
    assert data.n_validation == min(round(share * n), n - 1)
    assert data.n_train + data.n_validation == n
    np.testing.assert_array_equal(data.X_test, without.X_test)
    np.testing.assert_array_equal(data.y_test, without.y_test)
    assert data.order is not None
    assert without.order is not None
    place = {row: k for k, row in enumerate(without.order.tolist())}
    places = [place[row] for row in data.order[:n].tolist()]
    assert sorted(places) == list(range(n))
    assert places[: data.n_train] == sorted(places[: data.n_train])
    assert places[data.n_train :] == sorted(places[data.n_train :])
    np.testing.assert_array_equal(data.X[:n], without.X[places])
    np.testing.assert_array_equal(data.y[:n], without.y[places])


def test_without_a_share_the_data_are_those_of_an_experiment_that_knows_of_none() -> None:
    X, y, _ = Experiment().data.sample(0)
    data = Experiment().make_data()
    split = Data.split(X, y, test_share=0.3, rng=np.random.default_rng([0, 1, 0]), task="binary")
    assert data.n_validation == 0
    np.testing.assert_array_equal(data.X, split.X)
    np.testing.assert_array_equal(data.y, split.y)


def test_a_larger_share_holds_out_the_same_examples_and_more() -> None:
    few, many = (held_out(share, samples=200) for share in (0.2, 0.5))
    assert {*map(tuple, few.X_validation)} < {*map(tuple, many.X_validation)}


def test_another_seed_holds_out_other_examples() -> None:
    X, y = np.arange(40.0)[:, None], np.arange(40) % 2
    first, second = (Data.split(X, y).with_validation(0.3, np.random.default_rng(seed)) for seed in (0, 1))
    assert not np.array_equal(first.X_validation, second.X_validation)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=5), st.floats(0.05, 0.9), seeds)
@settings(max_examples=60)
def test_every_class_is_held_out_in_proportion(counts: list[int], share: float, seed: int) -> None:
    y = np.repeat(np.arange(len(counts)), counts)
    data = Data.split(np.arange(float(len(y)))[:, None], y, rng=np.random.default_rng(seed))
    data = data.with_validation(share, np.random.default_rng(seed))
    labels = data.labels[data.n_train : data.first_test].astype(int)
    found = np.bincount(labels, minlength=len(counts))
    shares = np.array(counts) / len(y)
    most = 0.5 + shares * len(counts) / 2  # half an example of each class, and its share of all classes' halves
    assert (np.abs(found - shares * data.n_validation) <= most + 1e-9).all()


def test_rows_of_a_table_with_the_same_inputs_stay_on_one_side() -> None:
    X = np.repeat(np.arange(20.0), 3)[:, None]
    data = Data.split(X, np.arange(60) % 2, test_share=0.2, rng=np.random.default_rng(0), together=True)
    data = data.with_validation(0.3, np.random.default_rng(0), together=True)
    parts = [{*part[:, 0]} for part in (data.X_train, data.X_validation, data.X_test)]
    assert all(parts)
    assert not parts[0] & parts[1]
    assert sum(map(len, parts)) == 20


def test_weights_inputs_and_order_move_with_their_examples() -> None:
    X, y = np.arange(1.0, 31.0)[:, None], np.arange(30) % 3
    data = Data.split(X, y, weights=X[:, 0], rng=np.random.default_rng(0)).expanded(["x1^2"])
    data = data.with_validation(0.4, np.random.default_rng(0))
    assert data.weights is not None
    assert data.order is not None
    np.testing.assert_array_equal(data.weights, data.points[:, 0])
    np.testing.assert_array_equal(data.X, data.points**2)
    np.testing.assert_array_equal(data.order, data.points[:, 0] - 1)
    np.testing.assert_array_equal(data.labels, data.order % 3)


def test_standardising_looks_at_the_training_examples_alone() -> None:
    data = held_out(0.5, standardize="each")
    np.testing.assert_allclose(data.X_train.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(data.X_train.std(axis=0), 1.0)
    assert (np.abs(data.X_validation.mean(axis=0)) > 1e-6).all()


@pytest.mark.parametrize("share", [-0.1, 1.0, np.nan])
def test_a_share_that_leaves_nothing_to_train_on_is_refused(share: float) -> None:
    data = Data.split([[1.0], [2.0]], [0, 1])
    with pytest.raises(InvalidData, match=re.escape("it must be from 0 to less than 1")):
        data.with_validation(share, np.random.default_rng(0))


def test_the_experiment_names_the_bounds_of_the_share() -> None:
    with pytest.raises(
        InvalidSetting, match=re.escape("Validation share: 0.95 is not allowed; it must be a number from 0 to 0.9")
    ):
        Experiment.of(data={"validation_share": 0.95})


def test_weights_of_zero_for_all_that_is_left_to_train_on_are_refused() -> None:
    data = Data.split([[1.0], [2.0], [3.0], [4.0]], [0, 1, 0, 1], weights=[1.0, 0.0, 0.0, 0.0])
    rng = np.random.default_rng(0)
    with pytest.raises(InvalidData, match="left to train on"):
        data.with_validation(0.9, rng)  # three of four, of both classes: the first among them


@pytest.mark.parametrize(
    ("X", "together", "note"),
    [
        ([[1.0], [2.0], [3.0]], False, "a share of 0.1 of 3 training examples is less than one"),
        ([[1.0], [1.0], [1.0]], True, "training rows with the same inputs stay together"),
    ],
)
def test_a_note_says_why_there_are_no_validation_examples(X: list[list[float]], together: bool, note: str) -> None:
    share = 0.5 if together else 0.1
    data = Data.split(X, [0, 1, 0]).with_validation(share, np.random.default_rng(0), together=together)
    assert (data.n_train, data.n_validation) == (3, 0)
    assert note in data.notes[-1]


def test_an_experiment_without_examples_waits_for_them() -> None:
    data = Experiment.of(data={"dataset": {"kind": "own"}, "validation_share": 0.5}).make_data()
    assert (len(data.X), data.n_validation) == (0, 0)
