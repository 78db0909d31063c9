"""Weights that are given to a run instead of drawn, and starts that cannot go on."""

import re

import numpy as np
import pytest

from dnn import Data, Experiment, InvalidParams, advance, init_params, start


def test_given_weights_are_copied_and_replace_the_drawn_ones() -> None:
    params = init_params((2, 4, 2, 1), rng=9)
    run = start(Experiment(), params=params)
    np.testing.assert_array_equal(run.params.vector, params.vector)
    advance(run, 1)
    np.testing.assert_array_equal(params.vector, init_params((2, 4, 2, 1), rng=9).vector)


def test_weights_for_other_layers_are_refused_with_both_shapes() -> None:
    with pytest.raises(InvalidParams, match=r"layers \(2, 3, 1\); this experiment has layers \(2, 4, 2, 1\)"):
        start(Experiment(), params=init_params((2, 3, 1)))


def test_weights_that_stand_on_their_side_are_told_the_shapes_that_fit() -> None:
    turned = [(W.T, b) for W, b in init_params((2, 4, 2, 1))]
    said = re.escape("layer 1: W has shape (4, 2) and b has shape (4,); W must be (2, 4) and b must be (4,)")
    with pytest.raises(InvalidParams, match=said):
        start(Experiment(), params=turned)
    layers = init_params((2, 4, 3, 1))
    with pytest.raises(InvalidParams, match=r"layer 2: .* W must be \(4, 2\) and b must be \(2,\)"):
        start(Experiment(), params=layers)


def test_starting_weights_whose_cost_is_not_finite_stop_the_run_at_once() -> None:
    W = np.full((2, 1), 1e308)
    data = Data.split([[10.0, 10.0], [-10.0, -10.0]], [0, 1])
    run = start(Experiment.of(network={"hidden_layer_sizes": []}), data=data, params=[(W, [0.0])])
    assert "starting weights" in run.stopped
    assert run.diverged
    assert advance(run, 5) is run
