"""What the lessons say is so, from five seeds: the tables in `claims/` name each sentence and its measure."""

import re
from importlib import import_module

import numpy as np
import pytest

from dnn import LESSONS
from tests.lessons.claims.claim import STEPS, Claim, Goal, joined, reasons, said
from tests.lessons.seeded import SEEDS, Seeded, step_of, train_together

pytestmark = pytest.mark.slow

# Each lesson has a module of claims with its name.
MODULES = [import_module(f"tests.lessons.claims.{lesson.replace('-', '_')}") for lesson in LESSONS]
CLAIMS: tuple[Claim, ...] = tuple(claim for module in MODULES for claim in module.CLAIMS)

# Sentences of reasons that no run can show to be wrong.
NOT_MEASURED = {
    "A first cost far from that is a sign that something is wrong.": "advice",
    "One unit measures the plane along one direction only.": "what a unit is",
    "This is called the *vanishing gradient*.": "a name",
    "A dead unit passes nothing on.": "what a dead unit is",
    "The pictures of dead units have no colour at all.": "the page draws 0 so",
    "The noise of small batches moves the weights in proportion to the rate, and at the end the rate is nearly 0.": "",
    "Each update trains another half of the network, and the whole network is something like the mean of them all.": (
        "what dropout is"
    ),
    "Such a place is called a *saddle*.": "a name",
    "This is called the *edge of stability* (Cohen and others 2021).": "a name",
    "A test that has helped to choose no longer tells what new examples will say.": "follows from the two before",
    "Is a flat valley the better one (Keskar and others 2017)? That is disputed.": "what is not known",
}

GOALS = (
    Goal("one-neuron.5", praised=(("10",),), warned_of=(("0.01",), ("0.1",), ("1",), ("100",))),
    Goal("one-hidden.5", praised=(("4",),), warned_of=(("1",), ("2",))),
    Goal(
        "sigmoid-net.6",
        praised=(("4", "Tanh", "0.1"), ("8", "Tanh", "0.1")),
        warned_of=(("4", "Sigmoid", "0.1"), ("4", "Sigmoid", "0.3"), ("8", "Sigmoid", "0.3")),
    ),
    Goal(
        "relu-net.5",
        praised=(("He", "0.01"), ("He", "0.1")),
        warned_of=(
            ("He", "0.001"),
            ("Normal, spread 1", "0.001"),
            ("Normal, spread 1", "0.01"),
            ("Normal, spread 1", "0.1"),
        ),
    ),
    Goal(
        "relu-net.7",
        praised=(("0.1", "Leaky ReLU"), ("0.3", "Leaky ReLU"), ("1", "Leaky ReLU"), ("0.3", "ReLU")),
        warned_of=(("5", "ReLU"), ("5", "Leaky ReLU"), ("0.01", "ReLU"), ("0.01", "Leaky ReLU")),
    ),
    Goal(
        "modular.6",
        praised=(("Normal, spread 0.5",), ("He",)),
        warned_of=(("Normal, spread 0.01",), ("Normal, spread 0.1",), ("Normal, spread 3",)),
    ),
    Goal(
        "starting-points.6",
        praised=(("He",), ("Xavier / Glorot",)),
        warned_of=(("Zeros",), ("Constant",), ("Normal, spread 0.01",), ("Normal, spread 1",)),
    ),
    Goal(
        "overfitting.6",
        praised=(("0.03", "0", "2000"),),
        warned_of=(("0", "0", "200"), ("1", "0", "200"), ("3", "0", "200")),
    ),
    Goal(
        "faster.7",
        praised=(("Adam", "0.003"), ("Adam", "0.01"), ("Momentum", "0.01"), ("Momentum", "0.03")),
        warned_of=(("Gradient descent (SGD)", "0.003"), ("Gradient descent (SGD)", "0.01")),
    ),
    Goal(
        "weather.7",
        praised=(("Each input", "1", "0.1"),),
        warned_of=(("Not at all", "1", "0.001"), ("Not at all", "2", "0.1"), ("The whole table", "1", "0.1")),
    ),
    Goal(
        "valleys.4",
        praised=(("Momentum", "1"), ("Momentum", "1.9"), ("Momentum", "3")),
        warned_of=(
            ("Momentum", "0.3"),
            ("Momentum", "4.2"),
            ("Gradient descent (SGD)", "0.3"),
            ("Gradient descent (SGD)", "1.9"),
            ("Gradient descent (SGD)", "3"),
        ),
    ),
    Goal(
        "own-network.4",
        praised=(("8 and 8", "0.03", "Off"), ("8 and 8", "0.03", "20")),
        warned_of=(("1", "0.03"), ("1", "0.1"), ("8", "0.001"), ("32 and 32", "0.03")),
    ),
)


@pytest.mark.parametrize("claim", CLAIMS, ids=[f"{n} {claim.step}: {claim.sentence}" for n, claim in enumerate(CLAIMS)])
def test_it_is_so(claim: Claim) -> None:
    values = [float(claim.value(Seeded(claim.step, seed))) for seed in SEEDS]
    if claim.on_average:
        values = [float(np.mean(values))]
    assert all(claim.least <= value <= claim.most for value in values), values


def test_every_claim_stands_in_its_step() -> None:
    for claim in CLAIMS:
        assert joined(claim.sentence) in said(claim.step), claim


ASKING = [name for name in STEPS if (at := step_of(name)) and (at.prediction or at.checkpoint or at.mystery)]


@pytest.mark.parametrize("name", ASKING)
def test_every_reason_is_measured(name: str) -> None:
    """Each sentence that a step says after its question or goal; of a mystery, some of its text."""
    claimed = [joined(claim.sentence) for claim in CLAIMS if claim.step == name]
    if step_of(name).mystery:
        assert any(sentence in reasons(name) for sentence in claimed)
        return
    for sentence in re.split(r"(?<=\.) (?=[A-Z0-9])", reasons(name)):
        assert sentence in NOT_MEASURED or any(part in sentence for part in claimed), sentence


def test_what_is_not_measured_is_said() -> None:
    texts = " ".join(reasons(name) for name in STEPS)
    assert all(sentence in texts for sentence in NOT_MEASURED)


def test_every_goal_is_tried() -> None:
    assert [name for name in STEPS if step_of(name).checkpoint] == [goal.step for goal in GOALS]
    assert all(goal.praised and goal.warned_of for goal in GOALS)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.step)
def test_a_goal_rewards_what_the_lesson_praises(goal: Goal) -> None:
    train_together(goal.step, goal.praised)
    for labels in goal.praised:
        assert all(Seeded(goal.step, seed).reached(*labels) for seed in SEEDS), labels


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.step)
def test_a_goal_is_missed_by_what_the_lesson_warns_of(goal: Goal) -> None:
    train_together(goal.step, goal.warned_of)
    for labels in goal.warned_of:
        assert not any(Seeded(goal.step, seed).reached(*labels) for seed in SEEDS), labels
