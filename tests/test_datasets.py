"""Toy data: the same points everywhere for the same seed, as many of either class as can be, and an honest split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import DATASETS, Data, Experiment, InvalidData
from dnn.datasets import Blobs
from dnn.experiment import Dataset, DataSpec
from dnn.kinds import Task, limits
from tests.strategies import kinds, seeds, specs

GENERATED = {name: kind for name, kind in DATASETS.items() if not kind.given}
datasets = kinds(GENERATED)
sample_counts = st.integers(int(limits(DataSpec, "samples")[0]), 130)

# Σ x₁, Σ |x₂|, Σ y x₁ and the numbers of the examples 0 to 9 in class 1, of 101 samples with seed 3.
GOLDEN: dict[str, tuple[float, float, float, list[int]]] = {
    "moons": (50.487048, 47.556434, 50.158477, [0, 1, 3, 4, 5, 6]),
    "circles": (-0.512952, 46.294485, -0.841523, [0, 1, 3, 4, 5, 6]),
    "blobs": (-4.031626, 52.27749, 33.514646, [0, 1, 3, 4, 5, 6, 7, 8]),
    "xor": (2.468859, 54.157642, -0.18685, [0, 1, 3, 5, 8]),
    "spiral": (-0.076367, 44.165859, -9.393294, [0, 1, 3, 5, 8]),
}
SURFACES = ["plane", "bumps"]
CLASSES = [name for name in GENERATED if name not in SURFACES]


def fingerprint(dataset: Dataset) -> tuple[float, float, float, list[int]]:
    X, y = dataset.sample(101, 3)
    sums = (X[:, 0].sum(), np.abs(X[:, 1]).sum(), X[y == 1, 0].sum())
    return (*(round(float(value), 6) for value in sums), np.flatnonzero(y[:10]).tolist())


@pytest.mark.parametrize("name", CLASSES)
def test_every_machine_makes_the_same_points(name: str) -> None:
    *sums, ones = fingerprint(DATASETS[name](kind=name))
    assert sums == pytest.approx(GOLDEN[name][:3], abs=2e-6)
    assert ones == GOLDEN[name][3]


@given(datasets, sample_counts, seeds)
def test_the_same_seed_gives_the_same_arrays_and_another_seed_others(dataset: Dataset, samples: int, seed: int) -> None:
    (X, y), (X_again, y_again) = dataset.sample(samples, seed), dataset.sample(samples, seed)
    np.testing.assert_array_equal(X, X_again, strict=True)
    np.testing.assert_array_equal(y, y_again, strict=True)
    assert not np.array_equal(X, dataset.sample(samples, seed + 1)[0])


@pytest.mark.parametrize(("name", "heights"), [("plane", 2.043157), ("bumps", 3.120388)])
def test_every_machine_makes_the_same_heights(name: str, heights: float) -> None:
    X, y = DATASETS[name](kind=name).sample(101, 3)
    assert X[:, 0].sum() == pytest.approx(2.820804, abs=2e-6)
    assert y.sum() == pytest.approx(heights, abs=2e-6)


@pytest.mark.parametrize("name", SURFACES)
def test_the_noise_of_a_surface_is_on_its_heights(name: str) -> None:
    (X, quiet), (same, loud) = (DATASETS[name](kind=name, noise=noise).sample(2000, 0) for noise in (0.0, 0.3))
    np.testing.assert_array_equal(X, same)
    assert (loud - quiet).std() == pytest.approx(0.3, rel=0.05)
    assert np.abs(X).max() <= 1.0
    assert 0.5 < quiet.max() <= 1.0


@given(st.integers(2, 6), sample_counts, seeds)
def test_blobs_have_as_many_classes_as_asked_for_of_even_number(classes: int, samples: int, seed: int) -> None:
    _, y = Blobs(classes=classes).sample(samples, seed)
    counts = np.bincount(y)
    assert len(counts) == classes
    assert counts.max() - counts.min() <= 1
    task = Experiment.of(data={"dataset": {"kind": "blobs", "classes": classes}, "samples": samples}).make_data().task
    assert task == ("binary" if classes == 2 else "multiclass")


@given(kinds({name: DATASETS[name] for name in CLASSES if name != "blobs"}), sample_counts, seeds)
def test_points_lie_in_the_plane_with_classes_as_even_as_can_be(dataset: Dataset, samples: int, seed: int) -> None:
    X, y = dataset.sample(samples, seed)
    assert X.shape == (samples, 2)
    assert X.dtype == np.float64
    assert np.isfinite(X).all()
    assert y.shape == (samples,)
    assert sorted({*y.tolist()}) == [0, 1]
    assert abs(2 * y.sum() - samples) <= 1


@pytest.mark.parametrize("name", CLASSES)
def test_the_classes_come_mixed_not_one_after_the_other(name: str) -> None:
    _, y = DATASETS[name](kind=name).sample(200, 0)
    assert 50 < np.count_nonzero(np.diff(y)) < 150


@pytest.mark.parametrize("name", CLASSES)
def test_noise_moves_the_points_and_changes_nothing_else(name: str) -> None:
    quiet, loud = (DATASETS[name](kind=name, noise=noise).sample(200, 0) for noise in (0.01, 0.3))
    np.testing.assert_array_equal(quiet[1], loud[1])
    moved = np.linalg.norm(loud[0] - quiet[0], axis=1)
    assert 0.05 < moved.mean() < 0.6


@pytest.mark.parametrize("name", CLASSES)
def test_without_noise_close_points_are_of_one_class(name: str) -> None:
    X, y = DATASETS[name](kind=name, noise=0.0).sample(600, 0)
    gaps = np.linalg.norm(X[:, None] - X[None], axis=2) + np.diag(np.full(len(X), np.inf))
    assert np.mean(y[gaps.argmin(axis=1)] == y) > 0.98


@given(specs(DataSpec, dataset=datasets, samples=sample_counts), seeds)
def test_an_experiment_splits_every_example_into_training_or_test(spec: DataSpec, seed: int) -> None:
    experiment = Experiment(data=spec, seed=seed)
    data = experiment.make_data()
    assert len(data.X_train) + len(data.X_test) == spec.samples
    assert len(data.X_test) == round(spec.samples * spec.test_share)
    X, y = spec.dataset.sample(spec.samples, seed)
    targets = np.eye(int(y.max()) + 1)[y] if data.task == "multiclass" else y[:, None]
    split = np.hstack([data.points, data.y])
    assert sorted(map(tuple, split)) == sorted(map(tuple, np.hstack([X, targets])))
    np.testing.assert_array_equal(data.X, experiment.make_data().X)


@given(st.integers(1, 60), st.floats(0, 0.99), seeds)
def test_training_and_test_examples_never_share_a_row_and_stay_with_their_targets(
    m: int, share: float, seed: int
) -> None:
    numbers = np.arange(m)
    data = Data.split(numbers[:, None], 2.5 * numbers, test_share=share, rng=np.random.default_rng(seed))
    assert sorted([*data.X_train[:, 0], *data.X_test[:, 0]]) == numbers.tolist()
    assert len(data.X_train) >= 1
    np.testing.assert_array_equal(data.y, 2.5 * data.X)


def test_without_a_generator_the_order_is_kept() -> None:
    data = Data.split([[0], [1], [2], [3]], [0, 1, 0, 1], test_share=0.25)
    assert data.X_train.tolist() == [[0], [1], [2]]
    assert data.y_test.tolist() == [[1]]


def test_data_are_a_copy_that_cannot_be_written_to() -> None:
    X, y = np.zeros((3, 2)), np.zeros(3)
    data = Data.split(X, y)
    X[:], y[:] = 1, 1
    assert not data.X.any()
    assert not data.y.any()
    with pytest.raises(ValueError, match="read-only"):
        data.X_train[0, 0] = 1


@pytest.mark.parametrize(
    ("y", "task", "columns"),
    [
        ([0, 1, 1], "binary", [[0], [1], [1]]),
        ([True, False, True], "binary", [[1], [0], [1]]),
        ([0, 2, 1], "multiclass", [[1, 0, 0], [0, 0, 1], [0, 1, 0]]),
        ([0.5, -1.0, 2.0], "regression", [[0.5], [-1], [2]]),
        ([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], "regression", [[1, 2], [3, 4], [5, 6]]),
    ],
    ids=str,
)
def test_targets_tell_the_task(y: list, task: str, columns: list) -> None:
    data = Data.split(np.zeros((3, 1)), y)
    assert data.task == task
    assert data.y.tolist() == columns
    if task != "regression":
        assert data.labels.tolist() == y


def test_one_hot_rows_are_taken_as_they_are() -> None:
    data = Data.split(np.zeros((3, 1)), np.eye(3)[[2, 0, 1]], task="multiclass")
    assert data.labels.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    ("X", "y", "task", "complaint"),
    [
        (np.zeros((0, 2)), [], None, "X has shape (0, 2)"),
        (np.zeros(3), [0, 1, 0], None, "X has shape (3,)"),
        (np.zeros((3, 2)), [0, 1], None, "X has 3 examples and y has (2,)"),
        ([[1.0, np.nan]], [0], None, "finite"),
        ([[1.0, 2.0]], [np.inf], None, "finite"),
        ([[1.0, 2.0], [3.0]], [0, 1], None, "as many in every row"),
        (np.zeros((2, 1)), ["yes", "no"], None, "numbers"),
        (np.zeros((2, 1)), np.zeros((2, 0)), None, "y has shape (2, 0)"),
        (np.zeros((2, 1)), [-1, 1], None, "a class is -1; classes must be numbered 0 or 1"),
        (np.zeros((2, 1)), [0, 2], "binary", "a class is 2; classes must be numbered 0 or 1"),
        (np.zeros((2, 1)), [0.0, 0.5], "multiclass", "a class is 0.5; classes must be numbered 0, 1, 2"),
        (np.zeros((2, 1)), [[1.0, 1.0], [0.0, 1.0]], "multiclass", "a row does not sum to 1"),
    ],
    ids=str,
)
def test_data_that_cannot_be_trained_on_are_refused_with_the_reason(
    X: object, y: object, task: Task | None, complaint: str
) -> None:
    with pytest.raises(InvalidData) as error:
        Data.split(X, y, task=task)
    assert complaint in str(error.value)


@pytest.mark.parametrize("share", [-0.1, 1.0, float("nan")])
def test_a_test_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(InvalidData, match="from 0 to less than 1"):
        Data.split([[1.0]], [0], test_share=share)
