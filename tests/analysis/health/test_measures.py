"""The measures of a run's layers: equal to what training itself records and does, and to sums over single examples."""

from typing import Any

import numpy as np
import pytest

from dnn import Data, Experiment, Run, advance, backward, forward, start
from dnn.analysis.health import Histogram, diagnose, health
from dnn.components import Array
from dnn.data.names import Names
from dnn.params import Params
from tests.analysis.health.runs import of


def test_the_gradient_norms_are_those_of_the_history() -> None:
    run = start(of("xor", (5, 4)))
    assert [layer.gradient_norm for layer in health(run).layers] == pytest.approx(run.history["gradient_norm"][0])


@pytest.mark.parametrize(
    "training",
    [
        {},
        {"optimizer": "adam"},
        {"optimizer": {"kind": "adamw", "weight_decay": 0.1}},
        {"l1": 0.5, "l2": 2.0},
        {"clip_norm": 0.01},
        {"schedule": {"kind": "exponential", "gamma": 0.5}},
    ],
)
def test_the_update_ratio_is_that_of_the_next_update(training: dict[str, Any]) -> None:
    run = advance(start(of(batch="full", training=training)), 3)
    later = advance(run, 1)
    steps = Params(run.params.sizes, later.params.vector - run.params.vector).layer_norms()
    expected = steps / run.params.layer_norms()
    assert [layer.update_ratio for layer in health(run).layers] == pytest.approx(expected, rel=1e-9)


def test_frozen_numbers_are_not_updated() -> None:
    run = start(of(batch="full"))
    frozen = np.zeros(run.params.vector.size)
    Params(run.params.sizes, frozen).Wb[1][...] = 1.0
    ratios = [layer.update_ratio for layer in health(run.with_params(run.params.vector, frozen)).layers]
    assert ratios[1] == 0.0
    assert ratios[0] > 0.0
    assert ratios[2] > 0.0


def test_noise_is_the_variance_of_single_examples_over_the_square_of_their_mean() -> None:
    run = advance(start(of("flower", (4, 3), samples=60)), 2)
    X, y = run.data.X_train, run.data.y_train
    singles = np.array(
        [
            backward(run.params, forward(run.params, X[[i]], run.network), y[[i]]).vector.copy()
            for i in range(run.data.n_train)
        ]
    )
    mean = singles.mean(axis=0)
    expected = ((singles - mean) ** 2).sum(axis=1).mean() / (mean @ mean)
    assert health(run).noise == pytest.approx(expected, rel=1e-9)


def units(activation: str, *biases: float) -> Run:
    """A run with one hidden layer whose units return g(bias) for every example."""
    hidden = len(biases)
    layers = [(np.zeros((2, hidden)), np.array(biases)), (np.ones((hidden, 1)), np.zeros(1))]
    return start(of("xor", (hidden,), activation), params=layers)


@pytest.mark.parametrize(
    ("activation", "biases", "dead", "saturated"),
    [
        ("relu", (-1.0, 1.0, -1e-9), [True, False, True], [False, False, False]),
        ("leaky_relu", (-1.0, 1.0, 0.5), [False, False, False], [True, False, False]),  # its slope is 0.01
        ("tanh", (-3.0, 0.5, 3.0), [False, False, False], [True, False, True]),
        ("sigmoid", (2.5, 3.2, -3.2), [False, False, False], [False, True, True]),
    ],
)
def test_dead_and_saturated_units(
    activation: str, biases: tuple[float, ...], dead: list[bool], saturated: list[bool]
) -> None:
    hidden, output = health(units(activation, *biases)).layers
    assert hidden.dead.tolist() == dead
    assert hidden.saturated.tolist() == saturated
    assert not output.dead.any()
    assert not output.saturated.any()


def test_a_unit_may_answer_to_one_example_in_twenty_and_still_be_saturated() -> None:
    X = np.where(np.arange(100) < 5, 0.0, 1.0)[:, None] * [1.0, 1.0]
    data = Data.split(X, np.arange(100) % 2, task="binary")
    layers = [(np.full((2, 1), 10.0), np.zeros(1)), (np.ones((1, 1)), np.zeros(1))]
    experiment = of("xor", (1,), "tanh")
    assert health(start(experiment, data=data, params=layers)).layers[0].saturated.tolist() == [True]
    X = np.where(np.arange(100) < 6, 0.0, 1.0)[:, None] * [1.0, 1.0]
    data = Data.split(X, np.arange(100) % 2, task="binary")
    assert health(start(experiment, data=data, params=layers)).layers[0].saturated.tolist() == [False]


def test_histograms_count_every_number_once() -> None:
    run = start(of("xor", (5, 4), samples=100))
    layer = health(run).layers[1]
    assert layer.activations(7).counts.sum() == run.data.n_train * 4
    assert len(layer.activations(7).counts) == 7
    assert layer.gradients().counts.sum() == (5 + 1) * 4
    assert layer.activations().edges[[0, -1]].tolist() == [layer.A.min(), layer.A.max()]


@pytest.mark.parametrize(
    "numbers",
    [
        np.zeros(9),
        np.array([1.0, np.nextafter(1.0, 2.0)]),
        np.array([1.0, np.nextafter(np.float32(1.0), np.float32(2.0))], np.float32),
        np.array([-1.7e308, 1.7e308]),
        np.array([5e-324, 0.0]),
        np.array([]),
    ],
)
def test_numbers_of_any_size_have_a_histogram(numbers: Array) -> None:
    counts, edges = Histogram.of(np.append(numbers, [np.nan, np.inf]), 10)
    assert counts.sum() == numbers.size
    assert (np.diff(edges) > 0.0).all()


def test_a_thousand_examples_are_looked_at_or_as_many_as_asked_for() -> None:
    run = start(of(samples=2000))
    assert len(health(run).trace.X) == 1000
    np.testing.assert_array_equal(health(run, 30).trace.X, run.data.X_train[:30])


def test_an_update_that_cannot_be_compared_with_the_weights_has_no_ratio() -> None:
    zeros = start(of(network={"initializer": "zeros"}))
    first, *_, last = health(zeros).layers
    assert first.update_ratio == 0.0  # no gradient comes back, so nothing moves
    assert np.isnan(last.update_ratio)  # its bias moves away from 0
    plane = start(of("plane", activation="linear"))
    beyond = plane.with_params(1e160 * plane.params.vector)  # the numbers overflow on their way
    assert np.isnan(health(beyond).layers[0].update_ratio)


def test_weights_of_examples_count() -> None:
    run = start(of("imbalanced", data={"weights": "balanced"}))
    assert [layer.gradient_norm for layer in health(run).layers] == pytest.approx(run.history["gradient_norm"][0])


def test_without_examples_there_is_nothing_to_measure() -> None:
    run = start(Experiment(), data=Data.empty(Names.plain(2, 2), "binary"))
    assert diagnose(run) == []
    with pytest.raises(ValueError, match="no training examples"):
        health(run)
