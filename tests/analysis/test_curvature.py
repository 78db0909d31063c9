"""Curvature: exact in a quadratic bowl, equal to what a landscape shows, and the edge of plain descent."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, Run, advance, start
from dnn.analysis import curvature as module
from dnn.analysis.curvature import curvatures, hessian, rise_nearby, sharpness
from dnn.analysis.landscape import landscape
from dnn.components import Array
from tests.analysis.runs import SMOOTH, linear_run
from tests.strategies import seeds

few = settings(max_examples=30)


def bowl(run: Run) -> Array:
    """Σ wᵢ xᵢxᵢᵀ + λ₂/m, x with a 1 at its end: the second derivatives of the cost of a line."""
    m, l2 = run.data.n_train, run.experiment.training.l2
    weights = np.ones(m) if run.data.weights is None else run.data.weights[:m]
    ones = np.column_stack([run.data.X[:m], np.ones(m)])
    found: Array = ((ones * weights[:, None]).T @ ones + np.diag([l2, l2, l2, 0.0])) / weights.sum()
    return found


@few
@given(seeds, st.booleans(), st.sampled_from([0.0, 3.0]))
def test_a_bowl_has_the_curvature_of_its_quadratic_form(seed: int, weighted: bool, l2: float) -> None:
    run = linear_run(seed, weighted=weighted, l2=l2)
    H = bowl(run)
    np.testing.assert_allclose(hessian(run), H, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(curvatures(run), np.linalg.eigvalsh(H), rtol=1e-8, atol=1e-8)


@few
@given(seeds, st.sampled_from(SMOOTH), st.sampled_from([0.0, 1.0]))
def test_a_landscape_shows_the_same_curvature(seed: int, activation: str, l2: float) -> None:
    experiment = Experiment.of(
        data={"samples": 40}, network={"hidden_layer_sizes": (3,), "activation": activation}, training={"l2": l2}
    )
    run = advance(start(experiment.model_copy(update={"seed": seed})), 3)
    one, other = np.random.default_rng(seed).standard_normal((2, run.params.vector.size))
    one, other = one / np.linalg.norm(one), other / np.linalg.norm(other)
    costs = landscape(run, (one, other), path=[], side=3, extent=1e-3, dtype=np.float64).costs.total
    H = hessian(run)
    for direction, line in ((one, costs[1]), (other, costs[:, 1])):
        assert direction @ H @ direction == pytest.approx(line @ (1.0, -2.0, 1.0) / 1e-6, rel=1e-3, abs=1e-4)


def test_the_blocks_in_which_it_is_computed_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(Experiment.of(data={"samples": 40}, network={"hidden_layer_sizes": (3,)}))
    whole = hessian(run)
    monkeypatch.setattr(module, "BLOCK", 1)
    np.testing.assert_allclose(hessian(run), whole, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("share", [0.97, 1.03])
def test_the_largest_curvature_is_the_edge_of_plain_descent(share: float) -> None:
    run = linear_run(1)
    rate = share * 2.0 / sharpness(run)
    training = run.experiment.training.model_copy(update={"learning_rate": rate, "batch_size": None})
    run = start(run.experiment.model_copy(update={"training": training}), data=run.data)
    costs = advance(run, 400).history["train_cost"]
    assert (costs[-1] < costs[0]) == (share < 1.0)
    assert share < 1.0 or costs[-1] > 1e6 * costs[0]


def test_standardised_targets_have_the_curvature_that_training_meets() -> None:
    data = {"dataset": "plane", "samples": 60, "standardize_target": True}
    run = start(Experiment.of(data=data, network={"hidden_layer_sizes": ()}))
    assert run.data.cost_scale < 0.5
    ones = np.column_stack([run.data.X_train, np.ones(run.data.n_train)])
    np.testing.assert_allclose(hessian(run), ones.T @ ones / len(ones), rtol=1e-8, atol=1e-9)


def test_noise_in_a_bowl_costs_half_its_variance_times_the_sum_of_the_curvatures() -> None:
    run = linear_run(2)
    assert rise_nearby(run, 0.1, draws=20_000) == pytest.approx(0.5 * 0.01 * curvatures(run).sum(), rel=0.05)
    assert rise_nearby(run, 0.1, seed=3) == rise_nearby(run, 0.1, seed=3) != rise_nearby(run, 0.1, seed=4)


def test_numbers_that_are_too_large_have_no_curvature() -> None:
    network = {"hidden_layer_sizes": (3,), "activation": "relu"}
    run = start(Experiment.of(data={"dataset": "plane", "samples": 40}, network=network))
    far = run.with_params(np.full(run.params.vector.size, 1e200))
    assert np.isnan(curvatures(far)).all()
    assert np.isnan(sharpness(far))


def test_large_weights_are_moved_by_more() -> None:
    """A step of 10⁻⁴ would be lost in the digits of such weights."""
    run = linear_run(3)
    far = run.with_params(1e13 * (1.0 + run.params.vector**2))
    np.testing.assert_allclose(hessian(far), bowl(run), rtol=1e-6, atol=1e-6)
