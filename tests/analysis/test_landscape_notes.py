"""What a landscape admits in its notes, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest

from dnn import Data, Experiment, InvalidData, InvalidParams, advance, start
from dnn.analysis.landscape import NO_DIRECTION, NO_PATH, OTHER_EXAMPLES, PENALTIES, RANDOM_WALK, TOGETHER, landscape
from dnn.analysis.path import Path
from dnn.data.names import Names
from tests.analysis.runs import moons


def test_a_plane_that_holds_little_says_so() -> None:
    run = moons((8, 8), 40)
    found = landscape(run, "random", side=3)
    assert found.share < 0.5
    assert f"holds {found.share:.0%} of the variance" in found.notes[0]
    assert np.isnan(found.shares).all()


def test_principal_components_come_with_the_warning_of_the_random_walk() -> None:
    found = landscape(moons(epochs=40), side=3)
    assert found.notes == (RANDOM_WALK,)
    assert found.share == pytest.approx(found.shares.sum())
    assert found.share > 0.8
    assert RANDOM_WALK not in landscape(moons(), "random", side=3).notes


def test_penalties_are_named() -> None:
    assert PENALTIES in landscape(moons(l2=0.1), side=3).notes


@pytest.mark.parametrize("epochs", [0, 1])
def test_a_run_that_has_hardly_moved_gets_random_directions(epochs: int) -> None:
    run = moons(epochs=epochs, batch_size=None)
    found = landscape(run, side=3)
    assert found.kind == "random"
    assert found.notes[0] == NO_DIRECTION
    np.testing.assert_array_equal(found.plane.directions, landscape(run, "random", side=3).plane.directions)


def test_a_run_that_was_changed_has_no_path_of_its_own() -> None:
    run = moons()
    changed = run.with_params(run.params.vector * 1.1)
    found = landscape(changed, "random", side=3)
    assert NO_PATH in found.notes
    assert found.paths[0].epochs.tolist() == [12]
    with pytest.raises(ValueError, match="changed on the way"):
        landscape(changed)
    assert landscape(changed, path=[moons(epochs=5), run], side=3).kind == "pca"
    stopped = moons(epochs=500, learning_rate=3.0, patience=3)
    went_on = advance(stopped.with_settings(stopped.experiment), 1)
    assert NO_PATH in landscape(went_on, "random", side=3).notes


def test_two_runs_lie_in_one_plane_with_a_warning() -> None:
    first, second = moons(), moons(learning_rate=0.3)
    found = landscape(first, others=[second], side=3)
    assert found.notes[-1] == TOGETHER
    assert [path.costs.train[-1] for path in found.paths] == pytest.approx(
        [first.latest["train_cost"], second.latest["train_cost"]], rel=1e-12
    )
    ends = found.plane.points(found.paths[1].places[-1:])
    assert np.linalg.norm(ends - second.params.vector) == pytest.approx(found.paths[1].distances[-1])
    places = np.concatenate([path.places for path in found.paths])
    assert (np.abs(places) < [found.across[-1], found.up[-1]]).all()
    assert TOGETHER not in landscape(first, side=3).notes


def test_runs_of_different_examples_are_measured_on_those_of_the_first() -> None:
    first = moons()
    second = advance(start(first.experiment.model_copy(update={"seed": 5})), 12)
    found = landscape(first, others=[second, Path.of(first)], side=3)
    assert found.notes[-1] == OTHER_EXAMPLES
    there = first.with_params(second.params.vector)
    assert found.paths[1].costs.train[-1] == pytest.approx(there.latest["train_cost"], rel=1e-12)


def test_wrong_arguments_are_refused() -> None:
    run = moons()
    line, size = np.ones(run.params.vector.size), run.params.vector.size
    for side in (1, 2, 50):
        with pytest.raises(ValueError, match=f"side is {side}; it must be odd"):
            landscape(run, side=side)
    for extent in (0.0, -1.0, np.inf, (1.0, np.nan)):
        with pytest.raises(ValueError, match="it must be positive"):
            landscape(run, extent=extent)
    for directions in ((line, 2.0 * line), (line, np.ones(3)), (line, np.full(size, np.nan)), (line, 0.0 * line)):
        with pytest.raises(InvalidParams, match=f"two different vectors of {size} finite numbers"):
            landscape(run, directions)
    with pytest.raises(ValueError, match="does not end at the weights of the run"):
        landscape(run, path=Path.of(moons(epochs=2)))
    for other in (
        moons((5,)),
        moons((2, 2)),
        replace(run, network=start(Experiment.of(network={"activation": "relu"})).network),
    ):
        with pytest.raises(ValueError, match="one plane cannot hold both"):
            landscape(run, others=[other])


def test_a_run_without_examples_has_no_landscape() -> None:
    run = start(Experiment(), data=Data.empty(Names(("a", "b"), "t", ("0", "1")), "binary"))
    with pytest.raises(InvalidData, match="no training examples"):
        landscape(run)
