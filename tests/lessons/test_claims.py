"""What the lessons say beside their questions, step by step: each claim is looked for in a run of the step."""

from collections.abc import Callable
from functools import lru_cache, reduce

import numpy as np
import pytest

from dnn import LESSONS, Params, Run, advance, start
from dnn.lessons import Step
from dnn.lessons import measures as m
from dnn.lessons.lesson import changed
from dnn.mistakes import compare


def step_of(name: str) -> Step:
    lesson, number = name.rsplit(".", 1)
    return LESSONS[lesson].steps[int(number) - 1]


@lru_cache(maxsize=32)
def played(name: str, *labels: str, epochs: int | None = None) -> Run:
    """The step's run at its end; ``labels`` are options to choose."""
    step = step_of(name)
    options = [
        next(option for option in setting.options if option.label == label)
        for setting, label in zip(step.settings, labels, strict=False)
    ]
    return advance(start(reduce(changed, options, step.experiment)), step.epochs if epochs is None else epochs)


def accuracy(name: str, *labels: str, epochs: int | None = None) -> float:
    run = played(name, *labels, epochs=epochs)
    return run.latest["test_accuracy"] if run.tested else run.latest["train_accuracy"]


def cost(name: str, *labels: str, epochs: int | None = None) -> float:
    return played(name, *labels, epochs=epochs).latest["train_cost"]


def goal_reached(name: str, *labels: str) -> bool:
    """Whether the step's goal is met within its epochs."""
    goal = step_of(name).checkpoint
    assert goal is not None
    epochs = range(1, step_of(name).epochs + 1)
    return any(goal.reached(played(name, *labels, epochs=epoch)) for epoch in epochs)


def share_of_the_commonest_answer(name: str) -> float:
    run = played(name)
    _, counts = np.unique(run.predict_proba(run.data.points)[:, 1].round(3), return_counts=True)
    return float(counts.max() / len(run.data.points))


LN2 = np.log(2)

CLAIMS: dict[str, Callable[[], bool]] = {
    "a neuron parts two clouds": lambda: accuracy("one-neuron.1") > 0.97 and m.BEND.read(played("one-neuron.1")) < 0.02,
    "it gets about four in five of the moons": lambda: 0.78 < accuracy("one-neuron.3") < 0.87,
    "then the cost hardly falls": lambda: (
        played("one-neuron.3").history["train_cost"][60] - cost("one-neuron.3") < 0.02
    ),
    "with squares the ring is no trouble": lambda: accuracy("one-neuron.4") > 0.95,
    "too small a rate crawls": lambda: cost("one-neuron.5", "0.01") > 1.2,
    "outliers turn the line": lambda: (
        accuracy("one-neuron.6", "0 %") > 0.95 and accuracy("one-neuron.6", "20 %") < accuracy("one-neuron.6", "0 %")
    ),
    "a line gets fewer than half of the flower": lambda: accuracy("one-hidden.1") < 0.5,
    "in the first ten epochs the cost hardly moves": lambda: abs(cost("one-hidden.3", epochs=10) - LN2) < 0.01,
    "one and two units are too few, three are enough": lambda: (
        max(accuracy("one-hidden.5", "1"), accuracy("one-hidden.5", "2")) < 0.75 and accuracy("one-hidden.5", "3") > 0.9
    ),
    "twenty and fifty fit a little better": lambda: (
        min(accuracy("one-hidden.5", "20"), accuracy("one-hidden.5", "50")) >= accuracy("one-hidden.5", "3")
    ),
    "linear units draw one straight line": lambda: (
        m.BEND.read(played("one-hidden.6")) < 0.01 and accuracy("one-hidden.6", "Tanh") > 0.9
    ),
    "the stack of sigmoids gets nearly all moons": lambda: accuracy("sigmoid-net.1") > 0.95,
    "one and two layers of sigmoids learn": lambda: (
        min(accuracy("sigmoid-net.4", "1"), accuracy("sigmoid-net.4", "2")) > 0.78
    ),
    "four take longer to begin, eight wait in vain": lambda: (
        cost("sigmoid-net.4", "4", epochs=60) > 0.69 > 0.4 > cost("sigmoid-net.4", "4")
        and abs(cost("sigmoid-net.4", "8") - LN2) < 0.001
    ),
    "with tanh the gradients are about as long": lambda: 0.05 < m.VANISHED.read(played("sigmoid-net.5")) < 20,
    "ReLU learns the circles": lambda: accuracy("relu-net.1") > 0.95,
    "no tanh is exactly 0": lambda: m.ASLEEP.read(played("sigmoid-net.5")) == 0.0,
    "the first cost of unscaled weights is in the hundreds": lambda: 100 < cost("relu-net.4", epochs=0) < 1000,
    "He's first cost is near ln 2": lambda: cost("relu-net.5", "He", epochs=0) < 2,
    "0.001 is too small for He": lambda: (
        accuracy("relu-net.5", "He", "0.001") < 0.95 and accuracy("relu-net.5", "He", "0.1") > 0.95
    ),
    "leaky units do not die": lambda: m.DEAD.read(played("relu-net.7", "0.1", "Leaky ReLU")) == 0.0,
    "nearly dead, it gives nearly every example the same answer, dearer than one half": lambda: (
        share_of_the_commonest_answer("relu-net.6") > 0.95 and cost("relu-net.6") > LN2
    ),
    "smaller steps keep ReLU alive": lambda: all(goal_reached("relu-net.7", rate, "ReLU") for rate in ("0.3", "1")),
    "with smaller steps a leak keeps all alive": lambda: all(
        goal_reached("relu-net.7", rate, "Leaky ReLU") for rate in ("0.1", "0.3", "1")
    ),
    "at a rate of 5 the leak is no help": lambda: played("relu-net.7", "5", "Leaky ReLU").diverged,
    "at 0.01 sixty epochs are too few": lambda: (
        not any(goal_reached("relu-net.7", "0.01", hinge) for hinge in ("ReLU", "Leaky ReLU"))
    ),
    "28 lines in the diagram": lambda: int(played("modular.1").params.weight_mask().sum()) == 28,
    "one and two layers get away with 0.01": lambda: max(cost("modular.5", "1"), cost("modular.5", "2")) < 0.3,
    "from three on it stalls": lambda: min(cost("modular.5", "3"), cost("modular.5", "5")) > 0.69,
    "equal weights let the cost fall": lambda: cost("starting-points.2") < cost("starting-points.2", epochs=0),
    "spread 1 in eight layers of 32 leaps to its end": lambda: (
        played("starting-points.4").diverged and played("starting-points.4").epoch + 1 == 5
    ),
    "a tenth of the rate survives and leaps": lambda: (
        not played("starting-points.4", "0.0001").diverged
        and np.ptp(played("starting-points.4", "0.0001").history["train_cost"]) > 1000
    ),
    "He's start is quiet there": lambda: bool(
        (np.diff(played("starting-points.4", "0.001", "He").history["train_cost"]) < 0).all()
    ),
    "more than a thousand weights": lambda: Params.count(played("overfitting.1").params.sizes) > 1000,
    "the test cost turns after some thirty epochs": lambda: (
        10 < int(np.argmin(played("overfitting.2").history["test_cost"])) < 40
    ),
    "the largest weight without a price": lambda: abs(m.LARGEST_WEIGHT.read(played("overfitting.1")) - 4.9) < 0.05,
    "the gap without dropout": lambda: abs(m.COST_GAP.read(played("overfitting.2")) - 1.15) < 0.01,
    "dropout keeps the train cost higher and the test cost lower": lambda: (
        cost("overfitting.4") > cost("overfitting.1")
        and played("overfitting.4").latest["test_cost"] < played("overfitting.1").latest["test_cost"]
    ),
    "early stopping goes back to some thirty epochs": lambda: 15 < played("overfitting.5").latest["epoch"] < 40,
    "the cost of all at once after 50 epochs": lambda: abs(cost("faster.1", epochs=50) - 0.33) < 0.005,
    "the narrow valley: most of it goes at first": lambda: (
        m.COST_LEFT.read(played("faster.3", epochs=15)) < 0.15
        and abs(m.COST_LEFT.read(played("faster.3")) - 0.074) < 0.001
    ),
    "plain descent has hardly begun": lambda: cost("faster.7", epochs=60) > 0.65,
    "a constant rate trembles": lambda: m.WOBBLE.read(played("faster.6", "Constant")) > 0.005,
    "standardised each by itself": lambda: (
        np.allclose(played("weather.3").data.X_train.mean(axis=0), 0.0, atol=1e-9)
        and np.allclose(played("weather.3").data.X_train.std(axis=0), 1.0)
    ),
    "one mean for the table leaves temperature and pressure far apart": lambda: (
        played("weather.4").data.X_train[:, 0].mean() < -0.6 and played("weather.4").data.X_train[:, 2].mean() > 1.2
    ),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_it_is_so(claim: str) -> None:
    assert CLAIMS[claim]()


# lesson 10: what its texts say of the flawed runs


def test_z_instead_of_a_draws_a_straight_border() -> None:
    flawed = compare("output_reads_z").flawed
    assert flawed.costs[-1] < flawed.costs[0]
    assert flawed.test_accuracy < 0.9


def test_a_tiny_start_does_not_move() -> None:
    both = compare("tiny_start")
    assert abs(both.flawed.costs[-1] - LN2) < 0.001
    assert both.right.costs[-1] < 0.1


def test_the_wrong_count_leaps() -> None:
    both = compare("wrong_count")
    assert np.abs(np.diff(both.flawed.costs[-50:])).max() > 10 * np.abs(np.diff(both.right.costs[-50:])).max()


def test_an_unscaled_start_costs_much() -> None:
    both = compare("unscaled_start")
    assert both.flawed.costs[0] > 10
    assert both.flawed.costs[7] > 1e70
    asked = LESSONS["spot-the-mistake"].steps[3].mystery
    assert asked is not None
    assert asked.epochs_shown is not None
    assert 0.69 < both.flawed.costs[asked.epochs_shown] < 0.7  # the whole fall is drawn
    assert abs(both.flawed.costs[-1] - LN2) < 0.01  # it says one half of everything in the end
    assert both.right.costs[0] < 2 * LN2


def test_dividing_by_the_answer_ends_without_a_number() -> None:
    both = compare("divides_by_output")
    assert both.flawed.broke_at is not None
    assert both.flawed.broke_at > 1
    assert both.right.broke_at is None


def test_a_bias_for_each_example_learns_by_heart() -> None:
    both = compare("bias_per_example")
    assert both.flawed.costs[-1] < both.right.costs[-1]
    assert both.flawed.test_accuracy <= both.right.test_accuracy + 0.02
