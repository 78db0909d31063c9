"""Lesson 7: overfitting. A network that learns the noise by heart, and four cures."""

from __future__ import annotations

from typing import Any

from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import COST_GAP, EPOCHS, LARGEST_WEIGHT, TEST_COST, TRAIN_ACCURACY
from dnn.lessons.recipes import HE_RELU, made
from dnn.lessons.settings import numbers

_NOISY: dict[str, Any] = {"dataset": {"kind": "moons", "noise": 0.4}, "samples": 200, "test_share": 0.7}
_ADAM: dict[str, Any] = {"optimizer": "adam", "learning_rate": 0.01}
_WIDE = (32, 32)
_SEED = 3

LESSON = Lesson(
    id="overfitting",
    title="Overfitting",
    summary="Sixty noisy points, a thousand weights: learning by heart, and what helps against it.",
    steps=(
        Step(
            title="By heart",
            text="""
Sixty training examples so noisy that the moons run into each other, and a network with more than a thousand weights.
The hollow marks are test examples: the network never learns from them.
""",
            experiment=made(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            prediction=Prediction(
                question="How many of the 60 training examples will it get right in the end?",
                choices=("Fewer than 90 %", "90 to 99 %", "All of them"),
                measure=TRAIN_ACCURACY,
                limits=(0.9, 0.995),
                why="There is a weight to spare for every point. The border winds around each one, right or wrong, "
                "like "
                "a pupil who learns the answers instead of the rule.",
            ),
        ),
        Step(
            title="Two curves part",
            text="""
The same run; now watch the test cost, the dotted curve. At first it falls along with the train cost. Then one of them
turns: this parting of the two is how overfitting shows.
""",
            experiment=made(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            prediction=Prediction(
                question="The test cost after 200 epochs, less the train cost?",
                choices=("About 0", "0.05 to 0.5", "More than 0.5"),
                measure=COST_GAP,
                limits=(0.05, 0.5),
                why="What the network learns after some thirty epochs holds for the training examples only. On "
                "others it "
                "is wrong and very sure of itself, and that costs most.",
            ),
        ),
        Step(
            title="L2: a price on weights",
            text=r"""
Add $\frac{\lambda}{2m} \sum W^2$ to the cost. Every weight now has to earn its keep, and the border cannot afford
sharp corners. Here λ is 0.3.
""",
            experiment=made(_NOISY, _WIDE, network=HE_RELU, training=_ADAM | {"l2": 0.3}, seed=_SEED),
            epochs=200,
            prediction=Prediction(
                question="The largest weight was 4.9 without a price. And with it?",
                choices=("Below 1", "1 to 4", "As before"),
                measure=LARGEST_WEIGHT,
                limits=(1.0, 4.0),
                why="The gradient of the price pulls every weight towards 0, the more the larger it is. What stays "
                "is "
                "what many examples agree on.",
            ),
        ),
        Step(
            title="Dropout",
            text="""
In every update each hidden unit is left out with probability one half. No unit can rely on any other, so they cannot
conspire to remember single examples.

The train cost stays higher, the test cost rises far less than without. When predicting, all units are there.
""",
            experiment=made(_NOISY, _WIDE, network=HE_RELU, training=_ADAM | {"dropout": 0.5}, seed=_SEED),
            epochs=200,
            prediction=Prediction(
                question="The gap was 1.15 without dropout. And with it?",
                choices=("Below 0.6", "0.6 to 1", "More than 1"),
                measure=COST_GAP,
                limits=(0.6, 1.0),
                why="Each update trains another half of the network, and the whole is something like the mean of "
                "them all. Noise that only one of them had remembered averages out.",
            ),
        ),
        Step(
            title="Stop in time",
            text="""
The cheapest cure: look at the test cost while training, and stop when it has not improved for 30 epochs. The weights
of the best epoch come back.
""",
            experiment=made(_NOISY, _WIDE, network=HE_RELU, training=_ADAM | {"patience": 30}, seed=_SEED),
            epochs=200,
            prediction=Prediction(
                question="When will it stop?",
                choices=("Within 100 epochs", "Between 100 and 199 epochs", "It will not stop before 200"),
                measure=EPOCHS,
                limits=(100.5, 199.5),
                why="The test cost is lowest after some thirty epochs; 30 more without an improvement, and it goes "
                "back "
                "there.",
            ),
        ),
        Step(
            title="Find your own cure",
            text="""
Combine the price, dropout and more examples. Bring the test cost to 0.35 or less when 150 epochs or more have passed:
not just in passing.
""",
            experiment=made(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            settings=(
                numbers("L2", "l2", 0.0, 0.03, 0.1, 0.3, 1.0, 3.0),
                numbers("Dropout", "dropout", 0.0, 0.2, 0.5),
                numbers("Samples", "samples", 200, 500, 1000, 2000),
            ),
            checkpoint=Checkpoint(
                "Test cost of 0.35 or less after 150 epochs",
                (Condition(TEST_COST, most=0.35), Condition(EPOCHS, least=150)),
            ),
        ),
    ),
)
