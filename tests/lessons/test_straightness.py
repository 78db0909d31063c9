"""How straight a boundary is, against boundaries whose answer is known."""

import numpy as np
import pytest

from dnn import Experiment, Run, start
from dnn.lessons.straightness import misfit_of_best_line


def neuron(features: tuple[str, ...], *weights: float, bias: float) -> Run:
    """One neuron with these weights over the moons' plane."""
    experiment = Experiment.of(
        data={"dataset": "moons", "samples": 50, "features": features}, network={"hidden_layer_sizes": ()}
    )
    return start(experiment, params=[(np.array(weights)[:, None], np.array([bias]))])


@pytest.mark.parametrize("angle", np.linspace(0.0, 3.1, 12).tolist())
def test_a_straight_boundary_bends_by_nothing_at_all(angle: float) -> None:
    assert misfit_of_best_line(neuron((), np.cos(angle), np.sin(angle), bias=-0.1)) == 0.0


def test_one_answer_everywhere_has_no_boundary() -> None:
    assert misfit_of_best_line(neuron((), 0.0, 0.0, bias=1.0)) == 0.0


def test_what_a_disc_covers_a_line_has_wrong() -> None:
    """The best that a line can do about a small disc is to leave it out."""
    run = neuron(("x1^2", "x2^2"), -1.0, -1.0, bias=0.04)  # a radius of 0.2 around the origin
    low, high = run.data.points.min(axis=0), run.data.points.max(axis=0)
    assert misfit_of_best_line(run) == pytest.approx(np.pi * 0.04 / np.prod(high - low), rel=0.15)


def test_a_stripe_is_as_far_from_straight_as_it_is_wide() -> None:
    run = neuron(("x2^2",), -1.0, bias=0.01)  # between -0.1 and 0.1
    low, high = run.data.points[:, 1].min(), run.data.points[:, 1].max()
    assert misfit_of_best_line(run) == pytest.approx(0.2 / (high - low), abs=0.05)
