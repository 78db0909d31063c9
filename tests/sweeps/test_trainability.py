"""The trainability map: every pixel is the network that its experiment trains, however deep the map is zoomed."""

from itertools import pairwise

import numpy as np
import pytest

from dnn import Experiment, InvalidData, InvalidSetting, Run, advance, start
from dnn.components import Array
from dnn.sweeps.convergence import HIGHEST, Networks, convergence
from dnn.sweeps.trainability import COARSEST, FINEST, MAPS, TrainabilityMap, at, picture, refine


def costs_alone(run: Run, epochs: int) -> Array:
    """The costs (epochs + 1,) that ``advance`` measures, infinite after it stopped."""
    later = advance(run, epochs)
    costs = np.full(epochs + 1, np.inf)
    measured = later.history["train_cost"]
    costs[: len(measured)] = measured
    return costs


def assert_exact(window: TrainabilityMap, count: int) -> int:
    """That some pixels of the map have the costs of their experiments to the last bit; returns how many diverged."""
    side, rng = FINEST, np.random.default_rng(0)
    columns, rows = rng.integers(0, side, (2, count))
    rates, scales = at(window.learning_rates, columns / side), at(window.scales, rows / side)
    networks = Networks(window.start(), rates, scales, window.epochs)
    while not networks.done:
        networks.step()
    for index, (column, row) in enumerate(zip(columns, rows, strict=True)):
        experiment = window.experiment(int(column), int(row), side)
        expected = costs_alone(start(experiment), window.epochs)
        np.testing.assert_array_equal(networks.costs[:, index], expected)
    return int(networks.diverged.sum())


@pytest.mark.parametrize("name", MAPS)
def test_a_pixel_is_the_network_that_its_experiment_trains(name: str) -> None:
    assert 0 < assert_exact(MAPS[name], 40) < 40


SETTINGS: dict[str, dict[str, dict[str, object]]] = {
    "two classes that weigh alike": {"data": {"dataset": "imbalanced", "samples": 40, "weights": "balanced"}},
    "several classes, float32": {"data": {"dataset": "rings"}, "training": {"dtype": "float32"}},
    "targets in their own units": {"data": {"dataset": "plane", "standardize_target": True}},
    "momentum, penalties, schedule": {
        "training": {
            "optimizer": "momentum",
            "l1": 0.1,
            "l2": 0.1,
            "clip_norm": 1.0,
            "schedule": {"kind": "exponential", "gamma": 0.9},
        }
    },
    "what a map leaves out": {"training": {"batch_size": 5, "dropout": 0.5, "patience": 1}},
    "drawn biases, no hidden layer": {"network": {"hidden_layer_sizes": (), "bias_initializer": "normal"}},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_that_holds_for_experiments_of_every_kind(name: str) -> None:
    base = Experiment.of(**{"data": {"samples": 20}, "network": {"hidden_layer_sizes": (4, 3)}} | SETTINGS[name])
    assert_exact(TrainabilityMap(base=base, epochs=12), 8)


def test_a_pixel_far_down_is_exact_too() -> None:
    window = MAPS["tanh"]
    for _ in range(9):
        window = window.zoomed(0.45, 0.5, 0.9, 0.95)
    assert window.learning_rates[1] / window.learning_rates[0] < 1.0 + 1e-9
    assert_exact(window, 5)


def test_a_finer_picture_keeps_the_pixels_of_the_coarser_one() -> None:
    window = MAPS["tanh"].model_copy(update={"epochs": 20})
    values = np.full((64, 64), np.nan)
    seen = []
    for tile in refine(window, 64):
        if tile is None:
            continue
        step = 64 // tile.side
        places = tile.rows * step, tile.columns * step
        assert np.isnan(values[places]).all()  # each pixel once
        values[places] = tile.values
        seen.append(tile.side)
    assert seen == sorted(seen)
    assert set(seen) == {16, 32, 64}
    np.testing.assert_array_equal(values, picture(window, 64))
    for side in (32, COARSEST):
        coarser = picture(window, side)
        np.testing.assert_array_equal(values[:: 64 // side, :: 64 // side], coarser)


def test_what_is_known_is_not_computed_again() -> None:
    window = MAPS["relu"].model_copy(update={"epochs": 3})
    tiles = [tile for tile in refine(window, 64, known=32) if tile is not None]
    assert {tile.side for tile in tiles} == {64}
    assert sum(len(tile.values) for tile in tiles) == 64 * 64 - 32 * 32
    assert list(refine(window, 32, known=32)) == []


def test_two_processes_compute_the_same_picture_to_the_last_bit() -> None:
    window = MAPS["tanh"].model_copy(update={"epochs": 10})
    np.testing.assert_array_equal(picture(window, 128, jobs=2), picture(window, 128))
    with pytest.raises(ValueError, match="jobs is 0"):
        picture(window, 16, jobs=0)


def test_the_caller_may_pause_after_each_epoch() -> None:
    window = MAPS["relu"].model_copy(update={"epochs": 7})
    steps = list(refine(window, COARSEST))
    assert [step is None for step in steps] == [True] * 7 + [False]


def test_the_sign_says_whether_and_the_size_how_quickly_it_converged() -> None:
    epochs = np.arange(31.0)
    costs = np.column_stack(
        [
            0.5**epochs,  # converges quickly
            0.9**epochs,  # and slowly
            1.1**epochs,  # diverges slowly
            3.0**epochs,  # and quickly
            np.where(epochs > 3, np.inf, 1.0),  # breaks
            np.where(epochs % 2, 1.5, 0.25) * np.where(epochs > 0, 1.0, 4.0),  # swings around a mean below 1
            np.where(epochs == 3, 50.0, 0.1 + 0.9 * (epochs == 0)),  # rises at first and converges all the same
        ]
    )
    values = convergence(costs)
    assert (values <= 0.0).tolist() == [True, True, False, False, False, True, True]
    assert values[0] > values[1]
    assert values[2] > values[4]
    assert values[2] > values[3]
    assert values[0] == pytest.approx(-costs[:, 0].mean())
    assert values[3] == pytest.approx((1.0 / np.minimum(costs[:, 3], HIGHEST)).mean())
    np.testing.assert_array_equal(convergence(7.0 * costs)[:2], convergence(costs)[:2])


def test_costs_that_begin_at_zero_or_infinity_have_a_value() -> None:
    values = convergence(np.array([[0.0, np.inf], [0.0, np.inf], [0.0, np.inf]]))
    assert values.tolist() == [0.0, 1.0 / HIGHEST]


def test_learning_rates_and_scales_grow_in_equal_ratios() -> None:
    rates = at((0.01, 100.0), np.arange(4) / 4)
    np.testing.assert_allclose(rates, [0.01, 0.1, 1.0, 10.0], rtol=1e-15)
    assert rates[0] == 0.01


def test_zooming_keeps_the_shares_until_float64_ends() -> None:
    window = MAPS["tanh"]
    half = window.zoomed(0.25, 0.75, 0.0, 0.5)
    np.testing.assert_allclose(half.learning_rates, (0.1, 10.0), rtol=1e-15)
    assert half.scales[0] == window.scales[0]
    assert window.zoomed(0.0, 1.0, 0.0, 1.0) == window
    depth = 0
    while not window.is_deepest:
        window, depth = window.zoomed(0.3, 0.4, 0.7, 0.8), depth + 1
    assert 10 <= depth <= 15
    for _ in range(3):
        for ends in (window.learning_rates, window.scales):
            numbers = at(ends, np.arange(FINEST) / FINEST)
            assert all(low < high for low, high in pairwise(numbers))
            assert ends[0] <= numbers[0]
            assert numbers[-1] < ends[1]
        deeper = window.zoomed(0.99, 1.0, 0.0, 0.01)
        assert deeper.is_deepest
        assert window.learning_rates[0] <= deeper.learning_rates[0] < deeper.learning_rates[1]
        window = deeper


@pytest.mark.parametrize(
    "settings",
    [
        {"learning_rates": (1.0, 0.1)},
        {"scales": (0.0, 1.0)},
        {"scales": (1.0, 1e3)},
    ],
)
def test_a_window_with_wrong_ends_is_refused(settings: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(InvalidSetting, match="the smaller one first"):
        TrainabilityMap(base=Experiment(), **settings)


@pytest.mark.parametrize("end", [float("nan"), float("inf")])
def test_an_end_that_is_not_finite_is_refused(end: float) -> None:
    with pytest.raises(InvalidSetting, match=f"Scales: {end} is not allowed; it must be 2 finite numbers"):
        TrainabilityMap(base=Experiment(), scales=(1.0, end))


def test_wrong_zooms_sides_and_data_are_refused() -> None:
    window = MAPS["tanh"]
    with pytest.raises(InvalidSetting, match="0 to 1"):
        window.zoomed(0.5, 0.5, 0.0, 1.0)
    with pytest.raises(InvalidSetting, match="16, 32, 64, 128, 256, 512"):
        picture(window, 48)
    empty = Experiment.of(data={"dataset": "own"})
    with pytest.raises(InvalidData, match="no training examples"):
        picture(TrainabilityMap(base=empty), COARSEST)


def test_a_map_goes_through_json() -> None:
    window = MAPS["relu"].zoomed(0.1, 0.2, 0.3, 0.4)
    assert TrainabilityMap.model_validate_json(window.model_dump_json()) == window
