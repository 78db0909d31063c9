"""The rules by which some data sets are made, and the tables that others come from."""

import numpy as np
import pytest
from hypothesis import given

from dnn import DATASETS, Experiment, InvalidSetting
from dnn.datasets import Flower, Iris, Weather
from dnn.datasets.tables import load_table
from tests.strategies import seeds


@pytest.mark.parametrize("m", [400, 401])
def test_the_flower_is_that_of_the_course(m: int) -> None:
    X, y = Flower(noise=0.0).sample(m, 0)
    for j in (0, 1):
        t = np.linspace(j * 3.12, (j + 1) * 3.12, int((y == j).sum()))
        r = 4 * np.sin(4 * t)
        made = np.column_stack([r * np.sin(t), r * np.cos(t)])
        np.testing.assert_array_equal(np.unique(X[y == j].round(9), axis=0), np.unique(made.round(9), axis=0))


@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_the_playground_labels_a_point_by_where_noise_would_put_it(noise: float) -> None:
    X, y = DATASETS["tf_circle"](kind="tf_circle", noise=noise).sample(4000, 1)
    radius = np.linalg.norm(X, axis=1)
    assert not ((radius > 2.5) & (radius < 3.5)).any()
    assert radius.max() <= 5
    assert ((radius < 2.5) == y).all() == (noise == 0)
    X, y = DATASETS["tf_xor"](kind="tf_xor", noise=noise).sample(4000, 1)
    assert np.abs(X).min() >= 0.3
    assert np.abs(X).max() <= 5.3
    assert ((X.prod(axis=1) > 0) == y).all() == (noise == 0)


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_the_playgrounds_clouds_grow_with_the_noise(noise: float, variance: float) -> None:
    X, y = DATASETS["tf_gauss"](kind="tf_gauss", noise=noise).sample(20_000, 0)
    for label, middle in ((1, 2), (0, -2)):
        np.testing.assert_allclose(X[y == label].mean(axis=0), middle, atol=0.1)
        np.testing.assert_allclose(X[y == label].var(axis=0), variance, rtol=0.06)


def test_the_playgrounds_spiral_and_surfaces_follow_their_formulas() -> None:
    X, y = DATASETS["tf_spiral"](kind="tf_spiral").sample(100, 0)
    ones = X[y == 1][np.linalg.norm(X[y == 1], axis=1).argsort()]
    part = np.arange(50) / 50
    t = 1.75 * part * 2 * np.pi
    np.testing.assert_allclose(ones, np.column_stack([5 * part * np.sin(t), 5 * part * np.cos(t)]), atol=1e-12)
    plane, hills = (DATASETS[name](kind=name) for name in ("tf_plane", "tf_gaussians"))
    points = np.array([[6.0, 4.0], [-4.0, 2.5], [0.0, 2.5], [0.0, 0.0], [1.5, 2.5], [4.0, -1.5]])
    np.testing.assert_allclose(plane.height(points), [1.0, -0.15, 0.25, 0.0, 0.4, 0.25])  # type: ignore[attr-defined]
    np.testing.assert_allclose(hills.height(points), [0, 1, -1, 0, -0.25, -0.5])  # type: ignore[attr-defined]


@given(seeds)
def test_without_noise_it_rains_exactly_by_the_rule(seed: int) -> None:
    X, y = Weather(noise=0.0).sample(300, seed)
    temperature, humidity, pressure = X.T
    score = (humidity - 70) / 10 - (pressure - 1013) / 8 - ((temperature - 14) / 12) ** 2 + 0.5
    np.testing.assert_array_equal(y, score > 0)
    assert 0.25 < y.mean() < 0.75
    assert X.std(axis=0).min() > 5


def test_tables_are_scikit_learns_and_their_columns_can_be_chosen() -> None:
    from sklearn.datasets import load_iris
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import scale

    found = load_iris()
    X, y = Iris(columns=("sepal width", "petal width", "sepal length")).sample()
    np.testing.assert_array_equal(X, found.data[:, [1, 3, 0]])
    np.testing.assert_array_equal(y, found.target)
    names = Iris().names
    assert (names.inputs, names.units) == (("petal length", "petal width"), ("cm", "cm"))
    assert names.classes == tuple(found.target_names)
    components, _ = Iris(components=True).sample()
    np.testing.assert_allclose(np.abs(components), np.abs(PCA(2).fit_transform(scale(found.data))), atol=1e-6)


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "digits"])
def test_a_part_of_a_table_has_different_rows_in_order(name: str) -> None:
    table = DATASETS[name](kind=name, columns=tuple(list(load_table(name).columns)[:4]), components=False)
    X, y = table.sample(100, 1)
    everything, _ = table.sample()
    assert X.shape == (100, 4)
    assert len(everything) == len(load_table(name).X)
    assert len({*y.tolist()}) == len(table.names.classes)


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [((), "choose 1 to 12"), (("petal",), "choose from sepal length"), (("petal width",) * 2, "can be chosen once")],
)
def test_columns_that_a_table_has_not_are_refused(columns: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(InvalidSetting, match=complaint):
        Experiment.of(data={"dataset": {"kind": "iris", "columns": columns}})


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_says_in_one_sentence_what_it_is_good_for(name: str) -> None:
    sentence = DATASETS[name].sentence()
    assert 20 < len(sentence) < 125
    assert sentence[-1] in ".?"


def test_the_readmes_way_from_python() -> None:
    X, y = DATASETS["moons"](noise=0.2).sample(500, seed=0)  # type: ignore[call-arg]
    assert X.shape == (500, 2)
    assert set(y.tolist()) == {0, 1}
