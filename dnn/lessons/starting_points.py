"""Lesson 6: starting points. Zeros, equal, small, large, He and Xavier, and what each does to signal and gradient."""

from __future__ import annotations

from dnn.lessons.drawings import Starts
from dnn.lessons.equations.training import HE, RELU_HALVES, SMALL_START, VARIANCE_OF_SUM, XAVIER
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import FIRST_COST, SPREAD_RATIO, TEST_ACCURACY, TRAIN_COST, UNIT_DIFFERENCE
from dnn.lessons.recipes import MOONS, SMALL, UNSCALED, experiment_of
from dnn.lessons.settings import rates, starts

_RATE = {"learning_rate": 0.1}
_SPREADS = starts(
    zeros="Zeros",
    constant="Constant",
    normal_0_01="Normal, spread 0.01",
    normal_1_0="Normal, spread 1",
    glorot_normal="Xavier / Glorot",
    he_normal="He",
)

LESSON = Lesson(
    id="starting-points",
    title="Starting points",
    summary="Starting weights decide whether a deep network can learn: zeros, small, large, He, Xavier.",
    steps=(
        Step(
            title="Zeros",
            text="""
The simplest start: all weights and biases zero. Three hidden layers of eight tanh units, the moons, a good learning
rate.

What will it reach?
""",
            experiment=experiment_of(MOONS, (8, 8, 8), network={"initializer": "zeros"}, training=_RATE),
            beside=experiment_of(MOONS, (8, 8, 8), training=_RATE),
            epochs=100,
            shows="health",
            prediction=Prediction(
                question="The train cost after 100 epochs?",
                choices=("", "", "Still near ln 2 = 0.69"),
                measure=TRAIN_COST,
                limits=(0.3, 0.68),
                why="Every hidden unit gives 0, so no weight in the next layer has a gradient; every weight is 0, so "
                "no gradient comes back to the units before it. After 100 epochs all weights are still exactly 0. Only "
                "the output's bias has moved, and that changes all answers alike.",
            ),
        ),
        Step(
            title="All the same",
            text="""
Not zero then, but every weight 0.5. Now a gradient comes back, and the cost does fall.

Look at the units of the first layer.
""",
            experiment=experiment_of(
                MOONS,
                (8, 8, 8),
                network={"initializer": {"kind": "constant", "value": 0.5}},
                training=_RATE,
            ),
            epochs=100,
            prediction=Prediction(
                question="How far apart will the eight units of the first layer be after 100 epochs?",
                choices=("Not at all: they are one unit eight times", "Each has found something of its own"),
                measure=UNIT_DIFFERENCE,
                limits=(1e-6,),
                why="Equal units get equal gradients and take equal steps, in all three layers. A layer of eight is "
                "worth one. Random weights are needed to break the symmetry.",
            ),
        ),
        Step(
            title="Random and small",
            text=r"""
Random numbers with a *standard deviation* (spread) of 0.01 break the symmetry. But each layer makes its numbers much
smaller than those of the layer before. After three layers they are nearly 0 again.
""",
            experiment=experiment_of(
                MOONS, (8, 8, 8), network={"initializer": {"kind": "normal", "scale": 0.01}}, training=_RATE
            ),
            epochs=60,
            equations=(SMALL_START,),
            prediction=Prediction(
                question="The spread of the last hidden layer's numbers, compared with that of the inputs?",
                choices=("Far smaller", "About the same", "Far larger"),
                measure=SPREAD_RATIO,
                limits=(0.01, 5.0),
                why="The first layer makes the signal some seventy times smaller, each later one some thirty-five "
                "times. The output sees nearly a constant, and the cost stays at ln 2.",
            ),
        ),
        Step(
            title="Random and large",
            text="""
Spread 1 for eight layers of 32 ReLU units: each layer makes its numbers about four times as large as the last one
did.

The learning rate is 0.001. Still the first updates are so large that within five epochs the cost is no number any more,
and the run is over.

What to suspect first when a cost is no number any more? The learning rate. With a tenth of that rate the cost still
jumps by more than a thousand, so here it is not the cause. Next, the starting weights: a first cost far above ln 2
points to them. Try He's start.
""",
            experiment=experiment_of(
                MOONS,
                (32,) * 8,
                network={"activation": "relu", "initializer": UNSCALED},
                training={"learning_rate": 0.001, "batch_size": None},
            ),
            epochs=20,
            settings=(rates(0.0001, 0.001), starts(normal_1_0="Normal, spread 1", he_normal="He")),
        ),
        Step(
            title="He for ReLU, Xavier for tanh",
            text=r"""
Eight hidden layers of 64 units. The drawing shows the [activations of each layer]{.bars} before training, and below
them their [spread]{.spread} beside that of the inputs. Choose a [start]{.start} and an
[activation function]{.activation}, and watch the last layer.

Each rule keeps the spread as it is with its own activation function. He's 2 makes up for the half that ReLU sets to
[zero]{.zeros}. Xavier's rule fits tanh: $n_\text{in}$, the inputs of a layer, counts for the way forward;
$n_\text{out}$, its units, for the gradient on its way back.

The run starts with He's weights.
""",
            experiment=experiment_of(
                MOONS,
                (64,) * 8,
                network={"activation": "relu", "initializer": "he_normal"},
                training={"learning_rate": 0.03},
            ),
            beside=experiment_of(
                MOONS,
                (64,) * 8,
                network={"activation": "relu", "initializer": SMALL},
                training={"learning_rate": 0.03},
            ),
            epochs=60,
            drawing=Starts(),
            equations=(VARIANCE_OF_SUM, RELU_HALVES, HE, XAVIER),
            prediction=Prediction(
                question="How many of the test examples will it get right after 60 epochs?",
                choices=("Hardly more than a coin toss", "About four in five", "More than nine in ten"),
                measure=TEST_ACCURACY,
                limits=(0.65, 0.9),
                why="At the start the spread of the last hidden layer is about that of the inputs, and the gradient "
                "of the first layer is no less than a tenth of the last one's. With Xavier's rule ReLU makes the "
                "spread fifty to a hundred times smaller, and the first answers are nearly the same for all examples.",
            ),
        ),
        Step(
            title="Choose a start",
            text="""
Eight layers of 32 ReLU units. Try the starts. A good one is known before the training: its first cost is not far from
ln 2 = 0.693, the cost of answering one half to all. And it has to learn, too.
""",
            experiment=experiment_of(
                MOONS,
                (32,) * 8,
                network={"activation": "relu", "initializer": "zeros"},
                training={"learning_rate": 0.03},
            ),
            epochs=100,
            settings=(_SPREADS,),
            checkpoint=Checkpoint(
                "A first cost of 2 or less, and a test accuracy of 95 % or more",
                (Condition(FIRST_COST, most=2.0), Condition(TEST_ACCURACY, least=0.95)),
                why="He's and Xavier's rules look at the number of inputs, and eight layers learn from both. He's "
                "keeps the numbers at about their size. With Xavier's they become 30 to 100 times smaller, as "
                "in step 5: here that costs only some epochs at the start. Zeros and equal weights keep all "
                "units alike. With a spread of 0.01 the numbers become nearly 0. With a spread of 1 the first "
                "cost is above 1000.",
            ),
        ),
    ),
)
