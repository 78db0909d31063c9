"""What is done to the rows before the network sees them: scaled, thinned, given wrong labels, and split."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

from dnn import DATASETS, Data, Experiment, advance, start
from dnn.datasets.custom_data import CustomData
from dnn.experiment.links import from_query, to_query
from tests.strategies import own_data, seeds

CLASSES = ["moons", "xor", "blobs"]


def made(**data: Any) -> Data:
    return Experiment.of(data=data, seed=2).make_data()


@given(own_data(), st.sampled_from([(), ("x1", "x2^2", "x1*x2/1e5")]), st.floats(0, 0.8), seeds)
def test_standardised_training_examples_are_those_of_scikit_learn(
    own: CustomData, features: tuple[str, ...], share: float, seed: int
) -> None:
    spec = {"dataset": own, "features": features, "test_share": share}
    raw = Experiment.of(data=spec, seed=seed).make_data()
    data = Experiment.of(data=spec | {"standardize": "each"}, seed=seed).make_data()
    scaler = StandardScaler().fit(raw.X_train)
    np.testing.assert_allclose(data.X, scaler.transform(raw.X), rtol=1e-6, atol=1e-6)
    np.testing.assert_array_equal(data.points, raw.points)
    np.testing.assert_array_equal(data.transform(data.points), data.X)


def test_the_mistake_takes_one_mean_and_one_deviation_for_all_columns() -> None:
    X = np.column_stack([np.arange(10.0), 1000 + np.arange(10.0)])
    data = Data.split(X, X[:, 0], test_share=0.2).standardized("whole")
    train = X[:8]
    np.testing.assert_allclose(data.X, (X - train.mean()) / train.std())
    assert data.mean is not None
    assert data.mean.tolist() == [train.mean()] * 2
    assert abs(data.X[:, 0].mean()) > 0.9  # each column is still far from 0


def test_a_column_of_one_value_is_only_moved() -> None:
    data = Data.split([[5.0, 1], [5, 2], [5, 3]], [0.0, 1, 2]).standardized()
    assert data.X[:, 0].tolist() == [0, 0, 0]
    assert data.std is not None
    assert data.std[0] == 1.0
    assert data.standardized("none") is data


def test_a_run_is_asked_about_points_as_they_were_given() -> None:
    own = CustomData.of([[1000.0, 1], [1010, 2], [1020, 1], [1030, 2]] * 5, [0.0, 1, 2, 3] * 5)
    run = advance(start(Experiment.of(data={"dataset": own, "standardize": "each", "test_share": 0})), 20)
    one_by_one = [run.predict(point[None])[0] for point in run.data.points]
    np.testing.assert_allclose(one_by_one, run.predict(run.data.points))
    again = run.data.transform(run.data.points.astype(np.float32))
    assert again.dtype == np.float32
    np.testing.assert_allclose(again, run.data.X, atol=1e-3)


@given(st.sampled_from(CLASSES), st.sampled_from([2, 3, 5]), st.integers(40, 200), st.floats(0.02, 0.99), seeds)
@settings(max_examples=50)
def test_the_last_class_is_as_rare_as_asked_for(
    name: str, classes: int, samples: int, balance: float, seed: int
) -> None:
    dataset = {"kind": name, **({"classes": classes} if name == "blobs" else {})}
    spec = {"dataset": dataset, "samples": samples, "class_balance": balance}
    data = Experiment.of(data=spec, seed=seed).make_data()
    counts = np.bincount(data.labels.astype(int))
    assert counts.sum() == samples
    assert abs(counts[-1] - balance * counts[:-1].mean()) <= 1.1
    assert counts[-1] >= 1
    assert np.ptp(counts[:-1]) <= 1


def test_own_rows_are_thinned_in_the_last_class_alone_and_keep_their_numbers() -> None:
    own = CustomData.of(np.arange(40.0).reshape(20, 2), [0, 1] * 10, CustomData.empty().names)
    data = made(dataset=own, class_balance=0.3)
    assert np.bincount(data.labels.astype(int)).tolist() == [10, 3]
    assert data.order is not None
    np.testing.assert_array_equal(own.X[data.order], data.points)
    np.testing.assert_array_equal(own.y[data.order], data.labels)


@given(st.sampled_from(CLASSES), seeds)
@settings(max_examples=20)
def test_wrong_labels_are_as_many_as_asked_for_and_more_of_them_include_the_fewer(name: str, seed: int) -> None:
    clean, few, many = (
        Experiment.of(data={"dataset": name, "samples": 100, "label_noise": share}, seed=seed).make_data()
        for share in (0.0, 0.1, 0.4)
    )
    np.testing.assert_array_equal(clean.X, many.X)
    wrong = [data.labels != clean.labels for data in (few, many)]
    assert [int(each.sum()) for each in wrong] == [10, 40]
    assert (wrong[0] <= wrong[1]).all()


def test_wrong_labels_are_of_any_other_class() -> None:
    spec = {"dataset": {"kind": "blobs", "classes": 4}, "samples": 1000}
    clean, noisy = made(**spec), made(**spec, label_noise=0.5)
    pairs = {*zip(clean.labels.tolist(), noisy.labels.tolist(), strict=True)}
    assert len(pairs) == 16


@pytest.mark.parametrize("name", ["plane", "bumps"])
def test_balance_and_wrong_labels_leave_numbers_alone(name: str) -> None:
    plain, asked = made(dataset=name), made(dataset=name, class_balance=0.1, label_noise=0.5)
    np.testing.assert_array_equal(plain.y, asked.y)


def test_a_link_says_all_of_it_and_older_links_and_files_mean_what_they_did() -> None:
    experiment = Experiment.of(data={"standardize": "whole", "class_balance": 0.25, "label_noise": 0.125})
    query = to_query(experiment)
    assert query == {"class_balance": "0.25", "label_noise": "0.125", "standardize": "whole"}
    assert from_query(query) == (experiment, ())
    older = Experiment.model_validate_json('{"version": 1, "data": {"dataset": {"kind": "moons"}, "samples": 100}}')
    assert older == Experiment.of(data={"samples": 100})
    assert older.make_data().mean is None


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_says_what_its_columns_and_classes_are_called(name: str) -> None:
    dataset = DATASETS[name](kind=name)
    names, (X, y) = dataset.names, dataset.sample(50, 0)
    assert len(names.inputs) == len(names.units) == X.shape[1]
    assert bool(names.classes) == (dataset.task != "regression")
    if names.classes and len(y):
        assert set(y.tolist()) == set(range(len(names.classes)))
        assert (len(names.classes) == 2) == (dataset.task == "binary")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("sizes", "tested"), [((100, 100, 100), 100), ((290, 10), 10), ((280, 15, 5), 20), ((60,) * 5, 60)]
)
def test_where_few_inputs_differ_the_nearest_share_is_tested(sizes: tuple[int, ...], tested: int, seed: int) -> None:
    X = np.repeat(np.arange(float(len(sizes))), sizes)[:, None]
    rng = np.random.default_rng(seed)
    data = Data.split(X, np.arange(300) % 2, test_share=0.2, rng=rng, together=True)
    found = len(data.X_test)
    assert 0 < found < 300
    if sizes != (280, 15, 5):  # of which 5, 15 or 20 are tested, as they come
        assert found == tested
    assert not {*data.X_test[:, 0]} & {*data.X_train[:, 0]}
    np.testing.assert_array_equal(X[data.order], data.X)
    assert len(data.notes) == (abs(found - 60) > 15)


def test_rows_that_are_all_alike_are_not_tested_and_it_is_said() -> None:
    text = "a,y\n" + "".join(f"1,{n % 2}\n" for n in range(20))
    data = Data.from_csv(text, test_share=0.2)
    assert data.n_train == 20
    assert data.notes == ("There are no test examples: all rows have the same inputs, and such rows stay together.",)
    three = "a,y\n" + "".join(f"{n % 3},{n * 7 % 5 % 2}\n" for n in range(300))
    assert Data.from_csv(three, test_share=0.2).notes == (
        "Test examples: 100 instead of 60, because rows with the same inputs stay together.",
    )


def test_a_share_of_less_than_one_example_is_said() -> None:
    note = "There are no test examples: a share of 0.1 of 5 examples is less than one example."
    text = "a,y\n" + "".join(f"{n},{n % 2}\n" for n in range(5))
    assert Data.from_csv(text, test_share=0.1).notes == (note,)
    assert Data.from_csv(text, test_share=0.2).notes == Data.from_csv(text).notes == ()
