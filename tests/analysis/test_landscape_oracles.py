"""The landscape where its costs are known: a quadratic bowl, the centre, the gradient at the centre."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import Experiment, Run, advance, backward, forward, start
from dnn.analysis.gradient_check import penalty, penalty_slope
from dnn.analysis.landscape import landscape
from dnn.analysis.path import Path
from dnn.components import Array
from tests.analysis.runs import DIRECTIONS, SMOOTH, Directions, linear_run, moons
from tests.strategies import seeds, small_experiments

few = settings(max_examples=30)


# A bowl


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
