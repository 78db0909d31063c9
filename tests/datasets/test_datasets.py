"""Toy data: the same points everywhere for the same seed, as many of either class as can be, and an honest split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import DATASETS, Data, Experiment, InvalidData
from dnn.components import Task, limits
from dnn.data.dataset import Dataset
from dnn.datasets import Blobs
from dnn.datasets.surfaces import Surface
from dnn.experiment import DataSpec
from tests.strategies import components, seeds, specs

GENERATED = {name: kind for name, kind in DATASETS.items() if not kind.is_table}
datasets = components(GENERATED)
sample_counts = st.integers(int(limits(DataSpec, "samples")[0]), 130)

# Σ of the first input, Σ |last input|, Σ first input · y and Σ y, of 101 samples with seed 3.
GOLDEN: dict[str, tuple[float, float, float, float]] = {
    "moons": (50.487048, 47.556434, 50.158477, 51.0),
    "circles": (-0.512952, 46.294485, -0.841523, 51.0),
    "blobs": (-4.031626, 52.27749, 33.514646, 50.0),
    "xor": (2.468859, 54.157642, -0.18685, 50.0),
    "spiral": (-0.076367, 44.165859, -9.393294, 50.0),
    "separable": (0.350351, 51.774156, 21.587261, 50.0),
    "imbalanced": (-42.849356, 44.032271, 1.660041, 5.0),
    "checkerboard": (-0.6038, 49.770687, -1.842248, 50.0),
    "rings": (3.431284, 39.607828, 4.502654, 100.0),
    "flower": (-6.996483, 153.506722, -13.640349, 50.0),
    "quantiles": (-13.326504, 80.991047, -8.457595, 103.0),
    "classification": (0.998321, 124.106257, -46.619092, 50.0),
    "plane": (2.820804, 47.096292, 14.110857, 2.043157),
    "bumps": (2.820804, 47.096292, 12.853055, 3.120388),
    "sine": (2.820804, 47.096292, 13.676185, 4.08944),
    "saddle": (2.820804, 47.096292, -1.485114, -1.020185),
    "weather": (1381.1, 102386.1, 672.5, 57.0),
    "iris": (388.2, 123.5, 541.6, 105.0),
    "wine": (1308.27, 204.95, 1154.62, 91.0),
    "breast_cancer": (1681.593, 2714.82, 854.393, 63.0),
    "digits": (20.388137, 188.687185, 110.090703, 511.0),
    "tf_circle": (-21.429996, 179.558251, -11.20288, 51.0),
    "tf_xor": (15.004019, 265.781458, 11.326975, 49.0),
    "tf_gauss": (4.775001, 188.168523, 101.829383, 51.0),
    "tf_spiral": (-0.041191, 159.757468, 0.382676, 51.0),
    "tf_plane": (16.924823, 282.577749, 101.976099, 2.058068),
    "tf_gaussians": (16.924823, 282.577749, -3.918731, -1.216405),
}
SURFACES = [name for name, kind in DATASETS.items() if issubclass(kind, Surface)]
PLANAR = ["moons", "circles", "xor", "spiral", "checkerboard", "flower", "separable", "tf_spiral", "tf_gauss"]
QUIET = ["moons", "circles", "blobs", "xor", "spiral", "rings", "checkerboard"]  # noise 0 leaves the classes apart
CLASSES = [name for name in GENERATED if not name.startswith("tf_") and GENERATED[name](kind=name).task != "regression"]


@pytest.mark.parametrize("name", [name for name in DATASETS if name != "own"])
def test_every_machine_makes_the_same_points(name: str) -> None:
    X, y = DATASETS[name](kind=name).sample(101, 3)
    sums = (X[:, 0].sum(), np.abs(X[:, -1]).sum(), (X[:, 0] * y).sum(), y.sum())
    assert sums == pytest.approx(GOLDEN[name], abs=2e-6)


@given(datasets, sample_counts, seeds)
def test_the_same_seed_gives_the_same_arrays_and_another_seed_others(dataset: Dataset, samples: int, seed: int) -> None:
    (X, y), (X_again, y_again) = dataset.sample(samples, seed), dataset.sample(samples, seed)
    np.testing.assert_array_equal(X, X_again, strict=True)
    np.testing.assert_array_equal(y, y_again, strict=True)
    assert not np.array_equal(X, dataset.sample(samples, seed + 1)[0])


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


@given(components({name: DATASETS[name] for name in PLANAR if name != "spiral"}), sample_counts, seeds)
def test_points_lie_in_the_plane_with_classes_as_even_as_can_be(dataset: Dataset, samples: int, seed: int) -> None:
    X, y = dataset.sample(samples, seed)
    assert X.shape == (samples, 2)
    assert X.dtype == np.float64
    assert np.isfinite(X).all()
    assert y.shape == (samples,)
    assert sorted({*y.tolist()}) == [0, 1]
    assert abs(2 * y.sum() - samples) <= 1


@pytest.mark.parametrize("name", [name for name in CLASSES if name != "imbalanced"])
def test_the_classes_come_mixed_not_one_after_the_other(name: str) -> None:
    _, y = DATASETS[name](kind=name).sample(200, 0)
    assert 50 < np.count_nonzero(np.diff(y)) < 150


@pytest.mark.parametrize("name", QUIET)
def test_noise_moves_the_points_and_changes_nothing_else(name: str) -> None:
    quiet, loud = (DATASETS[name](kind=name, noise=noise).sample(200, 0) for noise in (0.01, 0.3))
    np.testing.assert_array_equal(quiet[1], loud[1])
    moved = np.linalg.norm(loud[0] - quiet[0], axis=1)
    assert 0.05 < moved.mean() < 0.6


@pytest.mark.parametrize("name", QUIET[:-1])
def test_without_noise_close_points_are_of_one_class(name: str) -> None:
    X, y = DATASETS[name](kind=name, noise=0.0).sample(600, 0)
    gaps = np.linalg.norm(X[:, None] - X[None], axis=2) + np.diag(np.full(len(X), np.inf))
    assert np.mean(y[gaps.argmin(axis=1)] == y) > 0.98


@given(specs(DataSpec, dataset=datasets, samples=sample_counts), seeds)
def test_an_experiment_splits_every_example_into_training_or_test(spec: DataSpec, seed: int) -> None:
    experiment = Experiment(data=spec, seed=seed)
    data = experiment.make_data()
    assert len(data.X_train) + len(data.X_validation) + len(data.X_test) == spec.samples
    assert len(data.X_test) == round(spec.samples * spec.test_share)
    X, y, _ = spec.sample(seed)
    targets = np.eye(len(spec.dataset.names.classes))[y] if data.task == "multiclass" else y[:, None]
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
