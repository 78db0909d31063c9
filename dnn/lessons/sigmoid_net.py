"""Lesson 3, after the tutorial ``sigmoid-net``: sigmoids in every layer, and gradients that vanish on the way back."""

from __future__ import annotations

from dnn.lessons.drawings import Sigmoid, SlopeProduct
from dnn.lessons.equations.network import ONE_LAYER_BACK, SIGMOID_SLOPE
from dnn.lessons.equations.training import UNSCALED_START
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import GRADIENT_RATIO, HIDDEN_LAYERS, TEST_ACCURACY, TRAIN_COST
from dnn.lessons.recipes import MOONS, UNSCALED, experiment_of
from dnn.lessons.settings import chosen, layers, rates

_AS_PRINTED = {"activation": "sigmoid", "initializer": UNSCALED, "bias_initializer": UNSCALED}
_RATE = {"learning_rate": 0.1}

LESSON = Lesson(
    id="sigmoid-net",
    title="Deeper with sigmoids",
    summary="Several layers of sigmoids, and how little of the gradient reaches the first of them.",
    steps=(
        Step(
            title="More layers bend the boundary",
            text=r"""
The network of the tutorial `sigmoid-net`: three inputs, hidden layers of four and three units, one output, a sigmoid
everywhere. Weights and biases start from $\mathcal N(0,1)$: random numbers with a mean of 0 and a standard deviation
of 1. All examples make one update.

The third input is $x_1 x_2$. One neuron drew a straight line and got four in five right on moons like these. This
network bends its decision boundary and gets nearly all of them.
""",
            experiment=experiment_of(
                MOONS | {"features": ["x1", "x2", "x1*x2"]},
                (4, 3),
                network=_AS_PRINTED,
                training={"learning_rate": 1.0, "batch_size": None},
            ),
            epochs=2000,
            equations=(UNSCALED_START,),
        ),
        Step(
            title="A slope of one quarter at most",
            text=r"""
In backpropagation every layer multiplies the gradient by its weights and by the slope of its activation function. The
slope of the sigmoid is largest at $z = 0$, where it is [0.25]{.slope}. In the equation $l$ counts the layers: layer $l$
has the sums $Z_l$ and the activations $A_l$, and $dA_l$ is short for $\partial J / \partial A_l$.

One such layer still learns well. Here are eight. After one epoch we compare the length of the gradient in the last
layer with that in the first. The tab *Health* has a bar for every layer, and draws it anew while the network trains.
""",
            experiment=experiment_of(MOONS, (8,) * 8, network={"activation": "sigmoid"}, training=_RATE),
            epochs=1,
            equations=(SIGMOID_SLOPE, ONE_LAYER_BACK),
            shows="health",
            drawing=Sigmoid(),
            prediction=Prediction(
                question="How many times longer will the last layer's gradient be?",
                choices=("", "", ""),
                measure=GRADIENT_RATIO,
                limits=(10.0, 1000.0),
                why=r"No slope is larger than a quarter, and eight of them multiply to less than $1/65\,000$. The "
                r"weights multiply as well, so the quotient is another number. Still, almost nothing of the error "
                r"reaches the first layer. This is called the *vanishing gradient*.",
            ),
        ),
        Step(
            title="Does it learn?",
            text="""
Eight slopes of one quarter multiply to [0.0000153]{.first}. The drawing shows this product for every layer, and beside
it, as [dots]{.measured}, the gradients of this network after one epoch.

Let the eight layers train for ten times as long as one neuron needed. The output learns to answer about one half to
everything, the cost of which is ln 2 = 0.693. Does it get any further?
""",
            experiment=experiment_of(MOONS, (8,) * 8, network={"activation": "sigmoid"}, training=_RATE),
            epochs=600,
            shows="health",
            drawing=SlopeProduct(),
            prediction=Prediction(
                question="The train cost after 600 epochs?",
                choices=("", "", "Still near ln 2 = 0.69"),
                measure=TRAIN_COST,
                limits=(0.3, 0.68),
                why="In 600 epochs the weights of the first layer changed by less than a hundredth, those of the "
                "output by more than a fifth. The first layers pass on nearly what they passed on at the start.",
            ),
        ),
        Step(
            title="How deep can it be?",
            text="""
Change the number of layers and play each. With one and two layers of sigmoids the network soon finds the straight line
of a single neuron, and in 300 epochs no more than that. Step 1 had a rate of 1, ten times as large: at that rate one
layer bends the boundary in 300 epochs, too. With four layers the cost is still at 0.69 after 60 epochs. With eight
layers it still is after 300.

Here more layers only make it slower: less of the gradient gets through.
""",
            experiment=experiment_of(MOONS, (8,) * 2, network={"activation": "sigmoid"}, training=_RATE),
            epochs=300,
            settings=(layers(8, 1, 2, 4, 8),),
        ),
        Step(
            title="Tanh instead of sigmoids",
            text=r"""
Tanh looks like a sigmoid, stretched to run from −1 to 1. Its slope is up to 1 instead of ¼, and its values lie around
zero. The same eight layers, the same rate: only the activation function is another one.
""",
            experiment=experiment_of(MOONS, (8,) * 8, network={"activation": "tanh"}, training=_RATE),
            beside=experiment_of(MOONS, (8,) * 8, network={"activation": "sigmoid"}, training=_RATE),
            epochs=60,
            shows="health",
            prediction=Prediction(
                question="How many of the test examples will it get right after 60 epochs?",
                choices=("Hardly more than a coin toss", "About four in five", "More than nine in ten"),
                measure=TEST_ACCURACY,
                limits=(0.65, 0.9),
                why="After the first epoch the slopes are between 0.7 and 0.95 on average. Together with the weights "
                "they hardly shorten the gradient: at the first layer it is more than a third as long as at the "
                "last, and all eight layers learn.",
            ),
        ),
        Step(
            title="Make a deep one learn",
            text="""
Four or eight hidden layers, nine in ten right. Choose the activation, the depth and the learning rate, and press
play.
""",
            experiment=experiment_of(MOONS, (8,) * 4, network={"activation": "sigmoid"}, training=_RATE),
            epochs=100,
            settings=(
                layers(8, 4, 8),
                chosen("Activation", "activation", sigmoid="Sigmoid", tanh="Tanh"),
                rates(0.03, 0.1, 0.3),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 90 % or more with 4 hidden layers or more",
                (Condition(TEST_ACCURACY, least=0.9), Condition(HIDDEN_LAYERS, least=4)),
                why="Tanh lets the gradient through to the first layer, with each of the three rates. With sigmoids "
                "no rate here makes up for a gradient that vanishes.",
            ),
        ),
    ),
)
