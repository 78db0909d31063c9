"""The landscape: true along the path, the same however it is computed, and honest where there is no cost."""

import numpy as np
import pytest

from dnn import Experiment, advance, start
from dnn.analysis import costs_at as module
from dnn.analysis.costs_at import costs_at
from dnn.analysis.landscape import landscape
from dnn.analysis.path import Path
from dnn.analysis.weight_plane import WeightPlane
from tests.analysis.runs import DIRECTIONS, moons


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
