"""The landscape: exact where the cost is a quadratic bowl, true at its centre and along the path, and honest."""

from typing import Literal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import ACTIVATIONS, Data, Experiment, Run, advance, backward, forward, start
from dnn.analysis import costs_at as module
from dnn.analysis.costs_at import costs_at
from dnn.analysis.gradient_check import penalty, penalty_slope
from dnn.analysis.landscape import landscape
from dnn.analysis.path import Path
from dnn.analysis.weight_plane import WeightPlane
from dnn.components import Array
from tests.analysis.runs import moons
from tests.strategies import seeds, small_experiments

Directions = Literal["pca", "random"]
DIRECTIONS: tuple[Directions, ...] = ("pca", "random")

few = settings(max_examples=30)
SMOOTH = [name for name, kind in ACTIVATIONS.items() if not kind(kind=name).kinks]


# A bowl


def linear_run(seed: int, *, weighted: bool = False, l2: float = 0.0) -> Run:
    """A line fitted to 20 examples of 3 inputs by the squared error: its cost is a quadratic function of 4 numbers."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((26, 3)) * [1.0, 3.0, 0.3]
    weights = rng.random(26) + 0.1 if weighted else None
    data = Data.split(X, X @ [1.0, -0.5, 2.0] + rng.standard_normal(26), test_share=6 / 26, weights=weights)
    network = {"hidden_layer_sizes": ()}
    run = start(Experiment.of(network=network, training={"learning_rate": 0.05, "l2": l2}, seed=seed), data=data)
    return advance(run, 15)


@few
@given(seeds, st.sampled_from(DIRECTIONS), st.booleans(), st.sampled_from([0.0, 3.0]))
def test_the_level_lines_of_a_bowl_are_its_ellipses(
    seed: int, directions: Directions, weighted: bool, l2: float
) -> None:
    """With H = Σ wᵢ xᵢxᵢᵀ + λ₂/m (x with a 1 at its end) the cost is J(θ*) + ½ (θ - θ*)ᵀ H (θ - θ*)."""
    run = linear_run(seed, weighted=weighted, l2=l2)
    m = run.data.n_train
    weights = np.ones(m) if run.data.weights is None else run.data.weights[:m]
    ones, y = np.column_stack([run.data.X[:m], np.ones(m)]), run.data.y[:m, 0]
    H = (ones * weights[:, None]).T @ ones / weights.sum() + np.diag([l2, l2, l2, 0.0]) / weights.sum()
    lowest = np.linalg.solve(H, ones.T @ (weights * y) / weights.sum())
    floor = 0.5 * np.sum(weights * (ones @ lowest - y) ** 2) / weights.sum()
    floor += 0.5 * l2 * np.sum(lowest[:3] ** 2) / weights.sum()

    def bowl(vectors: Array) -> Array:
        heights: Array = floor + 0.5 * np.einsum("...i,ij,...j", vectors - lowest, H, vectors - lowest)
        return heights

    for dtype, tolerance in ((np.float64, 1e-10), (np.float32, 3e-5)):
        found = landscape(run, directions, side=7, dtype=dtype)
        along = [np.meshgrid(found.across, found.up)[axis][..., None] for axis in (0, 1)]
        points = run.params.vector + along[0] * found.plane.directions[0] + along[1] * found.plane.directions[1]
        np.testing.assert_allclose(found.costs.total, bowl(points), rtol=tolerance)
        np.testing.assert_allclose(found.paths[0].costs.total, bowl(Path.trained_again(run).vectors), rtol=1e-10)


def test_the_axes_of_a_bowl_are_the_eigenvectors_of_its_curvature() -> None:
    """Around the minimum along two of them, a step of √(2/λ) costs 1."""
    run = linear_run(3)
    ones = np.column_stack([run.data.X[:20], np.ones(20)])
    curvature, axes = np.linalg.eigh(ones.T @ ones / 20)
    lowest = np.linalg.lstsq(ones, run.data.y[:20, 0])[0]
    bottom = run.with_params(lowest)
    reach = np.sqrt(2.0 / curvature[[-1, 0]])
    found = landscape(bottom, (axes[:, -1], axes[:, 0]), extent=(reach[0], reach[1]), dtype=np.float64)
    rise = found.costs.train - found.costs.train[25, 25]
    circle = np.add.outer((found.up / reach[1]) ** 2, (found.across / reach[0]) ** 2)
    np.testing.assert_allclose(rise, circle, rtol=1e-9, atol=1e-12)


# The centre, the slope and the path


@few
@given(small_experiments(), st.integers(0, 4), st.sampled_from(DIRECTIONS))
def test_the_centre_has_the_cost_of_the_run(experiment: Experiment, epochs: int, directions: Directions) -> None:
    run = advance(start(experiment), epochs)
    assume(run.epoch == epochs)
    found = landscape(run, directions, side=3, dtype=np.float64)
    assert (found.across[1], found.up[1]) == (0.0, 0.0)
    assert found.costs.train[1, 1] == pytest.approx(run.latest["train_cost"], rel=1e-12)
    assert found.costs.test[1, 1] == pytest.approx(run.latest["test_cost"], rel=1e-12, nan_ok=True)
    size = run.data.n_train if run.data.weights is None else run.data.weights[: run.data.n_train].sum()
    training = run.experiment.training
    wanted = penalty(run.params, training.l1, training.l2, size) * run.data.cost_scale
    assert found.costs.penalty[1, 1] == pytest.approx(wanted, rel=1e-12)


def test_in_single_precision_the_centre_has_the_cost_to_six_digits() -> None:
    run = moons((8, 8), 30, learning_rate=0.1)
    assert landscape(run).costs.train[25, 25] == pytest.approx(run.latest["train_cost"], rel=1e-6)


@few
@given(
    seeds,
    st.sampled_from(["moons", "blobs", "sine"]),
    st.lists(st.sampled_from(SMOOTH), max_size=2),
    st.fixed_dictionaries({"l1": st.sampled_from([0.0, 0.5]), "l2": st.sampled_from([0.0, 2.0])}),
)
def test_along_the_gradient_the_slope_is_its_norm(
    seed: int, dataset: str, activations: list[str], penalties: dict[str, float]
) -> None:
    weights = "equal" if dataset == "sine" else "balanced"
    experiment = Experiment.of(
        data={"dataset": dataset, "samples": 40, "weights": weights, "standardize_target": dataset == "sine"},
        network={
            "hidden_layer_sizes": (3,) * len(activations),
            "activation": activations or "tanh",
            "initializer": "normal",
        },
        training=penalties,
        seed=seed,
    )
    run = start(experiment)
    gradient = gradient_of(run)
    norm, other = float(np.linalg.norm(gradient)), np.roll(gradient, 1) + 1.0
    step = 1e-5
    weights_at = np.where(run.params.weight_mask() > 0, np.abs(run.params.vector), np.inf)
    assume((weights_at > step * np.maximum(np.abs(gradient) / norm, np.abs(other))).all())  # no kink of the L1 penalty
    found = landscape(run, (gradient / norm, other), path=(), side=3, extent=step, dtype=np.float64)
    rise = found.costs.total[1, 2] - found.costs.total[1, 0], found.costs.total[2, 1] - found.costs.total[0, 1]
    assert rise[0] / (2.0 * step) == pytest.approx(norm, rel=1e-5)
    assert rise[1] / (2.0 * step) == pytest.approx(other @ gradient, rel=1e-5, abs=1e-4)


def gradient_of(run: Run) -> Array:
    """∂/∂θ of cost and penalties over all training examples, in the data's units."""
    m, data, training = run.data.n_train, run.data, run.experiment.training
    weights = None if data.weights is None else data.weights[:m]
    dJ = backward(run.params, forward(run.params, data.X[:m], run.network), data.targets[:m], weights=weights).vector
    size = m if weights is None else weights.sum()
    found: Array = data.cost_scale * (dJ + penalty_slope(run.params, training.l1, training.l2, size))
    return found


def test_points_of_the_path_have_their_own_costs_and_not_those_below_them() -> None:
    run = moons(epochs=30)
    found = landscape(run, "random", dtype=np.float64)
    (path,) = found.paths
    np.testing.assert_allclose(path.costs.train, run.history["train_cost"], rtol=1e-12)
    np.testing.assert_allclose(path.costs.test, run.history["test_cost"], rtol=1e-12)
    below = costs_at(run, found.plane.points(path.places)).train
    assert np.abs(below - path.costs.train).max() > 0.01
    assert path.places[-1].tolist() == [0.0, 0.0]
    assert path.distances[-1] == 0.0
    assert path.distances[0] > 0.1


def test_the_grid_holds_the_path() -> None:
    for directions in DIRECTIONS:
        found = landscape(moons(epochs=30), directions, side=3)
        assert (np.abs(found.paths[0].places) < [found.across[-1], found.up[-1]]).all()


def test_many_networks_cost_what_each_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    run = moons(epochs=1, l1=0.3)
    vectors = Path.trained_again(moons(epochs=20)).vectors
    alone = [costs_at(run, vector[None]) for vector in vectors]
    monkeypatch.setattr(module, "BLOCK", 7 * vectors[0].nbytes)
    for part, wanted in zip(costs_at(run, vectors), zip(*alone, strict=True), strict=True):
        np.testing.assert_allclose(part, np.concatenate(wanted), rtol=1e-12)


def test_others_get_their_turn_and_the_costs_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    run, turns = moons(), []
    whole = landscape(run, side=11, dtype=np.float64)
    monkeypatch.setattr(module, "STRETCH", 10 * run.params.vector.size * len(run.data.X))
    found = landscape(run, side=11, dtype=np.float64, pause=lambda: turns.append(1))
    assert len(turns) == 13  # ten of the 121 points at a time
    np.testing.assert_array_equal(found.costs.train, whole.costs.train)


def test_where_numbers_become_too_large_there_is_no_cost_and_no_warning() -> None:
    found = landscape(moons((4, 4)), "random", extent=1e38, side=3)
    assert np.isfinite(found.costs.train[1, 1])
    assert not np.isfinite(np.delete(found.costs.train, 4)).all()


def test_a_run_about_to_diverge_has_its_cost_in_the_middle() -> None:
    """Costs of 10⁶⁸ and 10¹⁵², which single precision does not hold."""
    data, network = {"dataset": "plane", "samples": 60}, {"hidden_layer_sizes": (8, 8), "activation": "relu"}
    begun = start(Experiment.of(data=data, network=network, training={"learning_rate": 5.0}))
    costs = []
    for epochs in (1, 2, 3):
        run = advance(begun, epochs)
        found = landscape(run, side=3)
        assert found.costs.train[1, 1] == pytest.approx(run.latest["train_cost"])
        costs.append(run.latest["train_cost"])
    assert costs[1] > 1e39


# The same picture again


def test_a_coarse_picture_has_the_costs_of_the_finer_one() -> None:
    coarse = landscape(moons(), side=11, dtype=np.float64)
    fine = coarse.refined(51, np.float64)
    assert fine.costs.train.shape == fine.costs.penalty.shape == (51, 51)
    np.testing.assert_allclose(fine.across[::5], coarse.across, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(fine.costs.train[::5, ::5], coarse.costs.train, rtol=1e-9)
    assert (fine.plane, fine.paths, fine.notes) == (coarse.plane, coarse.paths, coarse.notes)


def test_the_same_seed_draws_the_same_directions() -> None:
    run = moons()
    first, again, other = (landscape(run, "random", side=3, seed=seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(first.plane.directions, again.plane.directions)
    np.testing.assert_array_equal(first.costs.train, again.costs.train)
    assert not np.isclose(first.plane.directions, other.plane.directions)[:, run.params.weight_mask() > 0].any()
    cosine = np.dot(*(first.plane.directions / np.linalg.norm(first.plane.directions, axis=1)[:, None]))
    assert abs(cosine) < 0.9


def test_a_path_that_is_given_makes_the_same_picture() -> None:
    run = moons()
    earlier = [advance(start(run.experiment), epoch) for epoch in range(run.epoch)]
    for path in (earlier, Path.of(run, earlier)):
        found = landscape(run, path=path, side=3)
        np.testing.assert_array_equal(found.costs.train, landscape(run, side=3).costs.train)
        assert found.paths[0].epochs.tolist() == list(range(13))


def test_components_point_the_way_of_those_before() -> None:
    run = moons()
    found = landscape(run, side=3)
    before = WeightPlane(found.plane.center, found.plane.directions * [[1.0], [-1.0]])
    turned = landscape(run, side=3, like=before)
    np.testing.assert_array_equal(turned.plane.directions, before.directions)
    np.testing.assert_array_equal(turned.paths[0].places, found.paths[0].places * [1.0, -1.0])
    np.testing.assert_allclose(turned.costs.train, found.costs.train[::-1], rtol=1e-5)
    assert turned.shares.tolist() == found.shares.tolist()
