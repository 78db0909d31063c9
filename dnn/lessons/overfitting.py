"""Lesson 7: overfitting. A network that learns the noise by heart, and four cures."""

from __future__ import annotations

from typing import Any

from dnn.lessons.drawings import Masks
from dnn.lessons.equations.training import DROPOUT, L2
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import COST_GAP, EPOCHS, LARGEST_WEIGHT, TEST_COST, TRAIN_ACCURACY
from dnn.lessons.recipes import HE_RELU, experiment_of
from dnn.lessons.settings import numbers

_NOISY: dict[str, Any] = {"dataset": {"kind": "moons", "noise": 0.4}, "samples": 200, "test_share": 0.7}
# The same sixty to train on, and as many held out for validation.
_VALIDATED: dict[str, Any] = {
    "dataset": {"kind": "moons", "noise": 0.4},
    "samples": 300,
    "test_share": 0.6,
    "validation_share": 0.5,
}
_ADAM: dict[str, Any] = {"optimizer": "adam", "learning_rate": 0.01}
_WIDE = (32, 32)
_SEED = 3

LESSON = Lesson(
    id="overfitting",
    title="Overfitting",
    summary="Sixty noisy points, a thousand weights: learning by heart, and what helps against it (regularisation).",
    steps=(
        Step(
            title="By heart",
            text="""
Sixty training examples so noisy that the moons run into each other, and a network with more than a thousand weights.
The hollow marks are test examples: the network never learns from them.
""",
            experiment=experiment_of(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            prediction=Prediction(
                question="How many of the 60 training examples will it get right in the end?",
                choices=("", "", ""),
                measure=TRAIN_ACCURACY,
                limits=(0.8, 0.93),
                why="There are more than ten weights for every example. So the boundary can wind around single "
                "examples, and the noise is learnt with them. Of the test examples the network gets at least a "
                "tenth fewer right.",
            ),
        ),
        Step(
            title="Two curves part",
            text="""
The same run; now watch the test cost, the dotted curve. At first it falls along with the train cost. Then one of them
turns: this parting of the two is how overfitting shows.
""",
            experiment=experiment_of(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            back_to=20,
            prediction=Prediction(
                question="The test cost after 200 epochs, less the train cost?",
                choices=("About as much", "A little more", "Much more"),
                measure=COST_GAP,
                limits=(0.05, 0.5),
                why="The test cost is lowest within the first thirty epochs. What the network learns after that "
                "holds for the training examples only. Where it is wrong on a test example it is 85 % sure or "
                "more on average, and an answer that is sure and wrong costs most.",
            ),
        ),
        Step(
            title="L2: a price on weights",
            text=r"""
Add $\frac{\lambda}{2m} \sum W^2$ to the cost, a sum over all weights of all layers: large weights now cost something.
The biases are free. With smaller weights the boundary becomes smoother. This is one kind of *regularisation*; here λ is
0.3.
""",
            experiment=experiment_of(_NOISY, _WIDE, network=HE_RELU, training=_ADAM | {"l2": 0.3}, seed=_SEED),
            beside=experiment_of(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            equations=(L2,),
            prediction=Prediction(
                question="The largest weight was 4.9 without a price. And with it?",
                choices=("Far smaller", "Smaller", "As before"),
                measure=LARGEST_WEIGHT,
                limits=(1.0, 3.0),
                why="The gradient of the price pulls every weight towards 0, the more the larger it is. Fewer "
                "training examples are learnt by heart, and the test cost is less than half of what it was.",
            ),
        ),
        Step(
            title="Dropout",
            text=r"""
In every update each hidden unit is left out with probability $p = \frac12$, so no unit can rely on any other. The mask
$M$ has a 0 for it, a 1 for every other unit. What the others pass on is doubled meanwhile, so the next layer gets about
as much as usual. When predicting, all units are there, and nothing is doubled.

The train cost stays higher, and the test cost rises far less than without.

In the drawing move *Number of the draw*: each time other units are [left out]{.left_out}, and the activations of
[those that stay]{.kept} are made larger. So the [sum of a layer]{.sum} is on average about what it is without dropout.
""",
            experiment=experiment_of(_NOISY, _WIDE, network=HE_RELU, training=_ADAM | {"dropout": 0.5}, seed=_SEED),
            beside=experiment_of(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            equations=(DROPOUT,),
            drawing=Masks(),
            prediction=Prediction(
                question="The gap was 1.15 without dropout. And with it?",
                choices=("Much smaller", "A little smaller", "As before"),
                measure=COST_GAP,
                limits=(0.6, 1.0),
                why="Each update trains another half of the network, and the whole network is something like the "
                "mean of them all. Fewer of the training examples are learnt by heart, and the test cost ends "
                "lower.",
            ),
        ),
        Step(
            title="Stop in time",
            text="""
The cheapest cure, *early stopping*: sixty more examples are a *validation set*, the marks with a dot and the dashed
curve. The network never learns from them. Training stops when their cost has not improved for 30 epochs, and the
weights of the best epoch come back.

Why not the test examples? The epoch would be chosen so that their cost is low. Then their cost would no longer tell
how good the network is on new examples.
""",
            experiment=experiment_of(_VALIDATED, _WIDE, network=HE_RELU, training=_ADAM | {"patience": 30}, seed=_SEED),
            beside=experiment_of(_VALIDATED, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            prediction=Prediction(
                question="When will it stop?",
                choices=("", "", "It will not stop by itself"),
                measure=EPOCHS,
                limits=(101, 200),
                why="The validation cost is lowest within the first thirty epochs. After 30 more without an "
                "improvement the run ends, and the weights of the best epoch are back. Their test cost is less than "
                "half of what 200 epochs end with.",
            ),
        ),
        Step(
            title="Find your own cure",
            text="""
Combine the price, dropout and more examples. Bring the test cost to 0.35 or less when 150 epochs or more have passed:
not just in passing.
""",
            experiment=experiment_of(_NOISY, _WIDE, network=HE_RELU, training=_ADAM, seed=_SEED),
            epochs=200,
            settings=(
                numbers("L2", "l2", 0.0, 0.03, 0.1, 0.3, 1.0, 3.0),
                numbers("Dropout", "dropout", 0.0, 0.2, 0.5),
                numbers("Samples", "samples", 200, 500, 1000, 2000),
            ),
            checkpoint=Checkpoint(
                "Test cost of 0.35 or less after 150 epochs",
                (Condition(TEST_COST, most=0.35), Condition(EPOCHS, least=150)),
                why="A small price on weights keeps the network from learning noise by heart, and among more "
                "examples single ones count less. Too high a price (1 or more) keeps it from learning the moons "
                "as well.",
            ),
        ),
    ),
)
