"""One example on the diagram: its numbers are the engine's, it pauses what plays, and it changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dnn import Experiment, Run, advance, start
from dnn.analysis.walkthrough import walkthrough
from dnn.params import Params
from dnn.reference import ReferenceNetwork
from dnn.training import advance_batch, batch_of
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack

SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3, 2]}, training={"batch_size": 1})
RUNS: dict[str, dict[str, Any]] = {
    "two classes": {},
    "several classes": {"data": {"dataset": "blobs", "samples": 60}, "network": {"activation": "relu"}},
    "numbers": {"data": {"dataset": "sine", "samples": 60}},
    "Adam, penalties and a short gradient": {"training": {"optimizer": "adam", "l2": 0.5, "clip_norm": 0.01}},
}


def followed(run: Run, row: int) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What the browser gets of an example: from the header, and the arrays."""
    player = Player(run.experiment, playing=False)
    player.restore(run)
    assert player.request(f"steps {row}")
    header, parts = unpack(player.frame())
    return header["example"], parts


def line(*arrays: np.ndarray) -> np.ndarray:
    return np.concatenate([array.ravel() for array in arrays]).astype(np.float32)


@pytest.mark.parametrize("name", RUNS)
def test_every_number_is_that_of_the_walkthrough(name: str) -> None:
    run = advance(start(Experiment.of(**RUNS[name])), 3)
    row = run.data.n_train - 1
    example, parts = followed(run, row)
    walk = walkthrough(run, [row])
    steps = {step.id: step.result.values for step in walk.steps}
    layers = range(1, len(run.params) + 1)
    np.testing.assert_array_equal(parts["example_a"], line(run.data.X[row], *(steps[f"a{layer}"] for layer in layers)))
    np.testing.assert_array_equal(parts["example_z"], line(*(steps[f"z{layer}"] for layer in layers)))
    np.testing.assert_array_equal(parts["example_dz"], line(*(steps[f"dz{layer}"] for layer in layers)))
    gradients = Params.empty(run.params.sizes)
    for layer in layers:
        gradients[layer - 1][0][:] = steps[f"dw{layer}"]
    np.testing.assert_array_equal(parts["example_dw"], line(gradients.vector[parts["edges"]]))
    np.testing.assert_array_equal(parts["new_weights"], line(walk.after.vector[parts["edges"]]))
    np.testing.assert_array_equal(parts["new_biases"], line(*(steps[f"new_b{layer}"] for layer in layers)))
    assert example["row"] == row
    assert example["target"] == run.data.targets[row].tolist()
    assert example["loss"] == steps["loss"].item()
    assert example["plain"] == (name in ("two classes", "several classes", "numbers"))


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_where_an_update_has_one_example_the_run_then_has_the_new_weights(optimizer: str) -> None:
    one = Experiment.of(data={"samples": 60}, training={"batch_size": 1, "optimizer": optimizer})
    run = advance(start(one), 2)
    after = advance_batch(run)
    (row,) = batch_of(after)
    _, parts = followed(run, int(row))
    np.testing.assert_array_equal(parts["new_weights"], line(after.params.vector[parts["edges"]]))


def test_the_reference_network_goes_the_same_way() -> None:
    run = start(Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3], "activation": "tanh"}))
    _, parts = followed(run, 4)
    X, y = run.data.X[4:5], run.data.targets[4:5]
    layers = [(W.copy(), b.copy()) for W, b in run.params]
    network = ReferenceNetwork()
    Zs, As = network.forward(layers, X)
    np.testing.assert_allclose(parts["example_z"], np.concatenate([Z[0] for Z in Zs]), rtol=1e-6)
    np.testing.assert_allclose(parts["example_a"][2:], np.concatenate([A[0] for A in As]), rtol=1e-6)
    gradients = network.backward(layers, X, y)
    np.testing.assert_allclose(parts["example_dz"], np.concatenate([db for _, db in gradients]), rtol=1e-6)
    np.testing.assert_allclose(parts["example_dw"], np.concatenate([dW.ravel() for dW, _ in gradients]), rtol=1e-6)


def test_the_loss_after_is_that_with_the_new_weights() -> None:
    run = start(SMALL)
    example, _ = followed(run, 2)
    after = run.with_params(walkthrough(run, [2]).after.vector, np.zeros(run.params.vector.size))
    again, _ = followed(after, 2)
    assert example["loss_after"] == pytest.approx(again["loss"], rel=1e-12)
    assert again["loss"] < example["loss"]


def test_a_run_that_plays_is_paused_and_nothing_of_it_changes() -> None:
    player = Player(SMALL, playing=True)
    _, scene = player.picture()
    before = player.run
    assert player.request("steps 0")
    header, _ = unpack(player.frame(scene))
    assert (header["state"], player.playing) == ("paused", False)
    assert player.run is before


def test_the_one_that_the_network_is_most_wrong_about() -> None:
    player = Player(SMALL, playing=False)
    player.restore(advance(start(SMALL), 5))
    assert player.request("steps worst")
    _, scene = player.picture()
    losses = [followed(player.run, row)[0]["loss"] for row in range(player.run.data.n_train)]
    row = losses.index(max(losses))
    player.step()  # and then it stays the same one
    assert unpack(player.frame(scene))[0]["example"]["row"] == row


def test_play_ends_it_and_so_does_the_browser() -> None:
    player = Player(SMALL, playing=False)
    assert player.request("steps 0")
    assert "example" in unpack(player.frame())[0]
    player.play()
    header, _ = unpack(player.frame())
    assert "example" not in header
    assert header["state"] == "playing"
    assert player.request("steps 0")
    assert "example" in unpack(player.frame())[0]
    assert player.request("steps off")
    header, _ = unpack(player.frame())
    assert "example" not in header
    assert header["state"] == "paused"


def test_after_an_update_it_is_the_same_example_with_the_new_weights() -> None:
    player = Player(SMALL, playing=False)
    assert player.request("steps 5")
    before = unpack(player.frame())[1]["example_z"]
    player.step_batch()
    header, parts = unpack(player.frame())
    assert header["example"]["row"] == 5
    assert np.abs(parts["example_z"] - before).max() > 0


def test_a_row_that_other_data_do_not_have_is_their_last_one() -> None:
    player = Player(SMALL, playing=False)
    assert player.request("steps 100000")
    assert unpack(player.frame())[0]["example"]["row"] == player.run.data.n_train - 1


@pytest.mark.parametrize("words", ["steps", "steps ", "steps -1", "steps 1 2", "steps on", "steps 1234567890"])
def test_any_other_request_is_none(words: str) -> None:
    assert not Player(SMALL, playing=False).request(words)


def test_a_run_about_to_diverge_breaks_no_frame() -> None:
    run = start(SMALL)
    run = run.with_params(np.full(run.params.vector.size, 1e308), np.zeros(run.params.vector.size))
    example, parts = followed(run, 0)
    assert example["loss"] is None or example["loss_after"] is None
    assert not np.isfinite(parts["example_z"]).all()
