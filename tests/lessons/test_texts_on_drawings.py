"""What the texts of lessons 7 and 8 say of their drawings is so by the library's own numbers."""

import math
from typing import Any

import numpy as np
import pytest

from dnn.components import Array
from tests.lessons.drawing_table import STEPS
from tests.lessons.drawings_of_practice import batch_path, detour, layer_sums, ravine_path


def path(step: str, optimizer: str, **values: float) -> Array:
    """A path of the step's drawing, from its start with other ``values``."""
    drawing = STEPS[step].drawing
    assert drawing is not None
    settings: dict[str, Any] = drawing.settings(STEPS[step].experiment)
    return ravine_path(optimizer, settings, settings["start"] | values)


def test_above_the_named_rate_the_steps_across_the_valley_grow() -> None:
    above, below = (np.abs(np.diff(path("faster.3", "sgd", rate=rate)[:, 1])) for rate in (0.051, 0.049))
    assert (np.diff(above) > 0).all()
    assert (np.diff(below) < 0).all()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_smaller_batches_walk_further_and_get_nearer_until_one_is_thrown_about(seed: int) -> None:
    step = STEPS["faster.2"]
    assert step.drawing is not None
    experiment = step.experiment.model_copy(update={"seed": seed})
    settings = step.drawing.settings(experiment)
    sizes = settings["sizes"]
    ways, distances = {}, {}
    for place, size in enumerate(sizes):
        path, _ = batch_path(settings, settings["start"] | {"size": place}, seed)
        last = path[-math.ceil(sizes[-1] / size) :]  # the last epoch
        ways[size], distances[size] = detour(path), np.linalg.norm(last - settings["lowest"], axis=1).mean()
    assert ways[sizes[-1]] < 1.02
    assert (np.diff([ways[size] for size in sizes]) < 0).all()
    assert ways[10] > 1.5
    assert (np.diff([distances[size] for size in sizes[2:]]) > 0.1).all()  # from 5 on
    assert distances[1] > distances[5]


def test_momentum_of_zero_is_plain_descent_and_much_of_it_comes_back() -> None:
    np.testing.assert_array_equal(path("faster.4", "momentum", beta=0.0), path("faster.4", "sgd"))
    along = path("faster.4", "momentum", beta=0.98)[:, 0]
    assert along.max() > 1.0
    assert along[along.argmax() :].min() < along.max() - 1.0


def test_adams_first_step_is_as_long_along_as_across_and_a_rate_of_a_tenth_is_safe_for_it() -> None:
    first = np.abs(np.diff(path("faster.5", "adam")[:2], axis=0))
    np.testing.assert_allclose(first, 0.04, rtol=1e-6)
    end, plain = (path("faster.5", name, rate=0.1)[-1] for name in ("adam", "sgd"))
    assert np.linalg.norm(end) < 0.6
    assert np.linalg.norm(plain) > 1e6


@pytest.mark.parametrize("p", [0.2, 0.5])
def test_the_sum_of_a_layer_is_on_average_what_it_is_without_dropout(p: float) -> None:
    drawing = STEPS["overfitting.4"].drawing
    assert drawing is not None
    settings = drawing.settings(STEPS["overfitting.4"].experiment)
    sums = np.array([layer_sums(settings, p, draw)[0] for draw in range(1, len(settings["random"]) + 1)])
    np.testing.assert_allclose(sums.mean(axis=0), np.sum(settings["activations"], axis=1), rtol=0.05)
    assert sums.std(axis=0).min() > 0.5  # each draw is another
