"""What a frame says of many runs in step is true: maps, ranks, costs and weights."""

import numpy as np
import pytest

from dnn import Experiment, start
from dnn.data.plane import Plane
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.group_arrays import EDGES
from dnn.ui.live.wire import unpack
from tests.ui.live.groups import SMALL, UNLIKE, WILD, of
from tests.ui.live.sockets import scene_of


@pytest.mark.parametrize("experiment", UNLIKE[1:4], ids=["classes", "several", "numbers"])
def test_a_map_has_what_the_run_answers_at_its_points(experiment: Experiment) -> None:
    player = GroupPlayer([experiment], playing=False, side=8)
    for _ in range(3):
        player.step()
        _, parts = unpack(player.frame())
    (run,) = player.runs
    assert run is not None
    left, right, low, high = Plane.of(run.data).bounds
    places = np.stack(np.meshgrid(np.linspace(left, right, 8), np.linspace(high, low, 8)), axis=-1).reshape(-1, 2)
    answers = run.predict_proba(Plane.of(run.data).points(places))
    drawn = parts["maps"][0].ravel().astype(float)
    if run.data.task == "multiclass":
        shades = 256 // answers.shape[1]
        np.testing.assert_array_equal(drawn // shades, answers.argmax(axis=1))
        certain = (answers.max(axis=1) * answers.shape[1] - 1) / (answers.shape[1] - 1) * (shades - 1)
        np.testing.assert_allclose(drawn % shades, certain, atol=1.01)
    else:
        targets = run.data.y[:, 0]
        share = answers[:, -1] if run.data.task == "binary" else (answers[:, 0] - targets.min()) / np.ptp(targets)
        np.testing.assert_allclose(drawn, np.clip(share, 0, 1) * 255, atol=0.52)


def test_cells_of_one_shape_are_drawn_as_each_alone() -> None:
    """In one block with shared examples, in one with each its own, and in several blocks."""
    starts = [of(training={"learning_rate": rate}) for rate in (0.01, 0.3)] + [of(seed=seed) for seed in range(1, 70)]
    player = GroupPlayer(starts, playing=False)
    player.step()
    maps = unpack(player.frame())[1]["maps"]
    for place in (0, 1, 2, 40, 70):
        alone = GroupPlayer([starts[place]], playing=False)
        alone.step()
        np.testing.assert_array_equal(maps[place], unpack(alone.frame())[1]["maps"][0])


def test_one_layer_is_shown_and_another_when_it_is_asked_for() -> None:
    seeds = [of(seed=seed) for seed in range(4)]
    player = GroupPlayer(seeds, layers=[[0, 2], [1, 3]], playing=False)
    parts = unpack(player.frame())[1]
    first = scene_of(parts)
    assert (first["layer"], first["layers"], [cell["run"] for cell in first["cells"]]) == (0, 2, [0, 2])
    assert player.request("layer 1")
    parts = unpack(player.frame(first["id"]))[1]
    assert [cell["run"] for cell in scene_of(parts)["cells"]] == [1, 3]
    expected = [start(seeds[place]).latest["test_cost"] for place in (1, 3)]
    np.testing.assert_allclose(parts["numbers"][:, 2], expected, rtol=1e-6)
    assert player.request("layer 7")  # there is none: passed over
    assert player.layer == 1
    for nonsense in ("layer", "layer -1", "layer ²", "plane 0 1", "layers 1"):
        assert not player.request(nonsense)


def test_one_run_is_large_when_it_is_looked_at() -> None:
    player = GroupPlayer([of("blobs"), SMALL, None], playing=False)
    small = unpack(player.picture(-1, None)[0])[1]
    assert "large" not in small
    header, parts = unpack(player.picture(-1, 1)[0])
    side = scene_of(parts)["large"]
    assert (header["large"], parts["large"].shape) == (1, (side, side))
    corner = parts["maps"][1][0, 0]
    assert parts["large"][0, 0] == corner  # the outermost points are the same
    for absent in (2, 9):
        assert "large" not in unpack(player.picture(-1, absent)[0])[0]


def test_the_best_are_told_by_accuracy_and_then_cost_once_training_has_begun() -> None:
    player = GroupPlayer(
        [of(training={"learning_rate": rate}) for rate in np.logspace(-4, 0, 8)] + [WILD, None], playing=False
    )
    assert unpack(player.frame())[0]["best"] == []
    for _ in range(150):
        player.step()
    header, parts = unpack(player.frame())
    assert player.epoch == 150
    numbers, states = parts["numbers"], parts["states"]
    ranked = sorted((place for place in range(8) if states[place] < 2), key=lambda p: (-numbers[p, 4], numbers[p, 2]))
    assert header["best"] == ranked[:3]
    assert 8 not in header["best"]


def test_of_few_runs_one_is_the_best_and_of_numbers_the_one_that_costs_least() -> None:
    player = GroupPlayer([of("sine", training={"learning_rate": rate}) for rate in (1e-5, 0.1)], playing=False)
    for _ in range(30):
        player.step()
    header, parts = unpack(player.frame())
    assert header["best"] == [1]
    assert np.isnan(parts["numbers"][:, 3:]).all()  # there is no accuracy


def test_where_all_have_validation_examples_these_tell_the_best_and_have_a_curve() -> None:
    data = {"dataset": "moons", "samples": 40, "validation_share": 0.3}
    held_out = [Experiment.of(data=data, training={"learning_rate": rate}) for rate in (1e-4, 0.01, 0.3)]
    player = GroupPlayer(held_out, costs=True, playing=False)
    for _ in range(20):
        player.step()
    header, parts = unpack(player.frame())
    accuracies, costs = parts["numbers"][:, 6], parts["numbers"][:, 5]
    assert header["best"] == [min(range(3), key=lambda place: (-accuracies[place], costs[place]))]
    run = player.runs[0]
    assert run is not None
    np.testing.assert_allclose(parts["curves"][3, :21], run.history["validation_cost"], rtol=1e-6)
    mixed = GroupPlayer([held_out[0], of()], costs=True, playing=False)
    mixed.step()
    parts = unpack(mixed.frame())[1]
    assert np.isnan(parts["numbers"][:, 5]).tolist() == [False, True]


def test_costs_and_weights_come_one_run_after_the_other() -> None:
    wide = of(network={"hidden_layer_sizes": [20, 20]})
    player = GroupPlayer([SMALL, None, wide], weights=True, costs=True, playing=False)
    for _ in range(3):
        player.step()
    _, parts = unpack(player.frame())
    runs = player.runs
    assert parts["curve_lengths"].tolist() == [4, 0, 4]
    np.testing.assert_allclose(parts["curves"][1, :4], runs[0].history["train_cost"], rtol=1e-6)  # type: ignore[union-attr]
    np.testing.assert_allclose(parts["curves"][2, 4:], runs[2].history["test_cost"], rtol=1e-6)  # type: ignore[union-attr]
    assert parts["edge_counts"].tolist() == [9, 0, EDGES]
    strongest = parts["edges"][9:]
    vector = runs[2].params.vector  # type: ignore[union-attr]
    np.testing.assert_allclose(parts["weights"][9:], vector[strongest], rtol=1e-6)
    left = np.setdiff1d(np.flatnonzero(runs[2].params.weight_mask()), strongest)  # type: ignore[union-attr]
    assert np.abs(vector[left]).max() <= np.abs(vector[strongest]).min()
