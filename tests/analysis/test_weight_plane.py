"""Planes through the space of weights: principal components, random directions, and what a plane holds of a path."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from dnn import Params, init_params
from dnn.analysis.weight_plane import WeightPlane, principal_components, random_direction
from dnn.components import Array
from dnn.initializers import Normal
from tests.strategies import seeds

shapes = st.tuples(st.integers(3, 12), st.integers(2, 20))


def spread(shape: tuple[int, int], seed: int, scale: float = 1.0) -> Array:
    """Points (k, P) far from 0 that spread differently in each direction."""
    rng = np.random.default_rng(seed)
    return scale * (rng.standard_normal(shape) * np.geomspace(3.0, 0.1, shape[1]) + 5.0 * rng.standard_normal(shape[1]))


@given(shapes, seeds, st.sampled_from([1e-150, 1e-3, 1.0, 1e150]))
def test_the_components_are_those_of_scikit_learn(shape: tuple[int, int], seed: int, scale: float) -> None:
    vectors = spread(shape, seed)
    pca = PCA(2, svd_solver="full").fit(vectors)
    components, shares = principal_components(vectors * scale)
    np.testing.assert_allclose(shares, pca.explained_variance_ratio_, rtol=1e-9)
    np.testing.assert_allclose(np.abs(np.sum(components * pca.components_, axis=1)), 1.0, rtol=1e-9)
    plane = WeightPlane(vectors.mean(axis=0), components)
    np.testing.assert_allclose(np.abs(plane.places(vectors)), np.abs(pca.transform(vectors)), rtol=1e-7, atol=1e-9)
    assert plane.share(vectors) == pytest.approx(shares.sum(), rel=1e-9)


@given(shapes, seeds)
def test_the_components_are_those_of_a_singular_value_decomposition(shape: tuple[int, int], seed: int) -> None:
    vectors = spread(shape, seed)
    _, s, rows = np.linalg.svd(vectors - vectors.mean(axis=0))
    components, shares = principal_components(vectors)
    np.testing.assert_allclose(shares, s[:2] ** 2 / np.sum(s**2), rtol=1e-9)
    np.testing.assert_allclose(np.abs(np.sum(components * rows[:2], axis=1)), 1.0, rtol=1e-9)
    assert (components @ (vectors[-1] - vectors[0]) >= 0.0).all()  # the picture does not flip while a path grows


@pytest.mark.parametrize(("vectors", "rank"), [([[1.0, 2, 3]] * 4, 0), ([[0.1 * k, 0.3 * k, 7] for k in range(5)], 1)])
def test_a_path_that_does_not_spread_has_fewer_components(vectors: list[list[float]], rank: int) -> None:
    components, shares = principal_components(np.array(vectors))
    assert (components.shape, shares.shape) == ((rank, 3), (rank,))


@given(shapes, seeds)
def test_distance_and_place_make_up_the_way_from_the_centre(shape: tuple[int, int], seed: int) -> None:
    vectors = spread(shape, seed)
    plane = WeightPlane(vectors[-1], principal_components(vectors)[0])
    inside, ways = np.linalg.norm(plane.places(vectors), axis=1), np.linalg.norm(vectors - vectors[-1], axis=1)
    np.testing.assert_allclose(np.hypot(inside, plane.distances(vectors)), ways, rtol=1e-9, atol=1e-9)
    assert plane.distances(vectors)[-1] == 0.0


@given(shapes, seeds, st.floats(-0.95, 0.95))
def test_directions_need_not_be_at_right_angles(shape: tuple[int, int], seed: int, cosine: float) -> None:
    rng = np.random.default_rng(seed)
    center, places = rng.standard_normal(shape[1]), rng.standard_normal((shape[0], 2))
    first, second = np.linalg.qr(rng.standard_normal((shape[1], 2)))[0].T
    plane = WeightPlane(center, np.stack([3.0 * first, cosine * first + np.sqrt(1 - cosine**2) * second]))
    vectors = plane.points(places)
    np.testing.assert_allclose(plane.places(vectors), places, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(plane.distances(vectors), 0.0, atol=1e-9)
    assert plane.share(vectors) == pytest.approx(1.0)


def test_what_never_moves_has_no_variance_to_hold() -> None:
    plane = WeightPlane(np.zeros(3), np.eye(3)[:2])
    assert np.isnan(plane.share(np.ones((4, 3))))


def test_two_components_hold_three_quarters_of_a_random_walk() -> None:
    """Component k of a long walk in many dimensions holds 6/(π k)², so the first two hold 0.7599."""
    walk = np.random.default_rng(0).standard_normal((100, 4000)).cumsum(axis=0)
    shares = principal_components(walk)[1]
    np.testing.assert_allclose(shares, 6 / np.pi**2 / np.array([1, 4]), rtol=0.03)


# random directions


@given(st.lists(st.integers(1, 6), min_size=2, max_size=4), seeds)
def test_a_random_direction_is_as_long_as_the_weights_of_each_unit(sizes: list[int], seed: int) -> None:
    params = init_params(sizes, Normal(scale=0.7), seed, bias=Normal(scale=0.4))
    direction = Params(sizes, random_direction(params, np.random.default_rng(seed)))
    for (W, _), (dW, db) in zip(params, direction, strict=True):
        np.testing.assert_allclose(np.linalg.norm(dW, axis=0), np.linalg.norm(W, axis=0), rtol=1e-12)
        assert not db.any()


def test_a_unit_without_weights_has_no_direction_but_a_network_without_any_has_one() -> None:
    params = init_params((3, 4, 2), Normal(), 0)
    params[0][0][:, 1] = 0.0
    direction = Params(params.sizes, random_direction(params, np.random.default_rng(0)))
    assert not direction[0][0][:, 1].any()
    params.vector[:] = 0.0
    direction = Params(params.sizes, random_direction(params, np.random.default_rng(0)))
    np.testing.assert_allclose(np.linalg.norm(direction[0][0], axis=0), 1.0)


def test_numbers_that_training_leaves_alone_are_left_alone() -> None:
    params = init_params((3, 4, 2), Normal(), 0)
    free = np.arange(params.vector.size) % 3 > 0
    direction = random_direction(params, np.random.default_rng(0), free.astype(float))
    assert not direction[~free].any()
    assert direction[free & (params.weight_mask() > 0)].all()
    np.testing.assert_allclose(
        np.linalg.norm(Params(params.sizes, direction)[0][0], axis=0), np.linalg.norm(params[0][0], axis=0)
    )
