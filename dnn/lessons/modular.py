"""Lesson 5, after the tutorial ``modular``: forward and backward in halves, shapes layer by layer, small weights."""

from __future__ import annotations

import math

from dnn.lessons.drawings import Division, Halves
from dnn.lessons.equations.network import (
    ACTIVATION_BACKWARD,
    ACTIVATION_FORWARD,
    COST_FROM_SUMS,
    DIVIDED,
    FIRST_GRADIENT,
    LINEAR_BACKWARD,
    LINEAR_FORWARD,
    SUBTRACTED,
)
from dnn.lessons.equations.training import SMALL_START
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import HIDDEN_LAYERS, TEST_ACCURACY, TRAIN_COST
from dnn.lessons.recipes import HE_RELU, MOONS, SMALL, experiment_of
from dnn.lessons.settings import chosen, layers, starts

_SMALL_RELU = {"activation": "relu", "initializer": SMALL}

LESSON = Lesson(
    id="modular",
    title="Forward and backward in halves",
    summary="Every layer is a linear half and an activation half, and so is the way back.",
    steps=(
        Step(
            title="The shape of every layer",
            text=r"""
$$[\text{linear} \to \text{ReLU}] \times (L-1) \;\to\; \text{linear} \to \text{sigmoid}$$

The tutorial `modular` builds networks from two halves. With $m$ examples in rows, and $L$ layers (not the loss; $g$ is
any activation):

| array | shape here |
|---|---|
| $X$ | $(m, 2)$ |
| $W_1,\; b_1$ | $(2, 5),\; (5)$ |
| $W_2,\; b_2$ | $(5, 3),\; (3)$ |
| $W_3,\; b_3$ | $(3, 1),\; (1)$ |

$W_l$ has a row for each unit it comes from and a column for each it goes to; the biases are one number a unit. Count
the lines in the diagram: $2\cdot5 + 5\cdot3 + 3\cdot1 = 28$.

Choose other layers, write down their shapes, and unfold the table to compare.
""",
            experiment=experiment_of(MOONS, (5, 3), network=HE_RELU, training={"learning_rate": 0.1}),
            epochs=60,
            equations=(LINEAR_FORWARD, ACTIVATION_FORWARD),
            shapes=True,
            settings=(
                chosen("Hidden layers", "layers", **{"5-3": "5, 3", "4": "4", "6-6": "6, 6", "8-4-2": "8, 4, 2"}),
            ),
        ),
        Step(
            title="The same two halves, backwards",
            text="""
Forward, the [linear half]{.linear} computes $Z_2$ and the [activation half]{.activation} computes $A_2$. The
[cache]{.cache} keeps what they used.

Backward, the [activation half]{.activation_back} needs the [Z₂]{.z2} that was kept, and the [linear half]{.linear_back}
needs [A₁]{.a1} and [W₂]{.w2}. This is *backpropagation*.

It begins at the output. The cost is a mean, so the first gradient has the factor $1/m$. All others are computed from it
and need none.

A gradient always has the shape of what it is the gradient of: [dW₂]{.dw2} that of W₂. If yours has another one, the
mistake is there.

Choose sizes of your own in the drawing. Then train with *Step*: each line of the diagram changes by its own number
in $dW$.
""",
            experiment=experiment_of(
                MOONS, (5, 3), network=HE_RELU, training={"learning_rate": 0.1, "batch_size": None}
            ),
            epochs=40,
            equations=(FIRST_GRADIENT, ACTIVATION_BACKWARD, LINEAR_BACKWARD),
            drawing=Halves(),
            shapes=True,
        ),
        Step(
            title="Why not divide by the answer?",
            text=r"""
The printed way begins with $dA_L$, a [division]{.divided} by $\hat y$ and by $1-\hat y$. Then it multiplies by the
sigmoid's slope, $\hat y(1-\hat y)$. On paper the result is the [difference]{.subtracted} of answer and target.

In a computer $\hat y$ is rounded to exactly 1 once $z$ is about [37]{.broken}. Then $1-\hat y$ is 0, and dividing by 0
gives no number. So the difference is used here (divided by $m$ for the mean of $m$ examples).

The cost would break, too, at $\ln 0$. So it is computed from $z$: on paper the same, but finite for every $z$. A sure
and wrong answer costs about $|z|$.

Let the network train until it is so sure.
""",
            experiment=experiment_of(
                {"dataset": "blobs", "samples": 200}, (8,), network=HE_RELU, training={"learning_rate": 10.0}
            ),
            epochs=1000,
            equations=(DIVIDED, SUBTRACTED, COST_FROM_SUMS),
            drawing=Division(),
            prediction=Prediction(
                question="After 1000 epochs with a learning rate of 10: what will the train cost be?",
                choices=("", "", "It is not a number any more: the run breaks off"),
                measure=TRAIN_COST,
                limits=(0.01, math.inf),
                why="Some answers have been rounded to exactly 0 or 1, where the printed form divides 0 by 0. The "
                "difference of answer and target is a number there as everywhere, so the training goes on.",
            ),
        ),
        Step(
            title="Small weights, five layers",
            text=r"""
Starting weights of $0.01 \cdot \mathcal N(0,1)$ were good for one hidden layer. The same in five layers of eight ReLU
units: the first layer makes the signal about a hundred times smaller and each later one some fifty times, and they do
the same to the gradient on its way back.
""",
            experiment=experiment_of(MOONS, (8,) * 5, network=_SMALL_RELU, training={"learning_rate": 0.1}),
            epochs=200,
            equations=(SMALL_START,),
            shows="health",
            prediction=Prediction(
                question="The train cost after 200 epochs?",
                choices=("", "", "Still near ln 2 = 0.69"),
                measure=TRAIN_COST,
                limits=(0.3, 0.68),
                why="The output gives the same answer to every example, near one half. The gradient of the first "
                "layer is shorter than a billionth, so its weights do not change. The network stalls.",
            ),
        ),
        Step(
            title="From which depth on?",
            text="""
Change the number of layers and play each. With one or two layers the cost falls, in 200 epochs to about that of a
straight line. From three layers on it stays at 0.69: the network stalls.
""",
            experiment=experiment_of(MOONS, (8,) * 2, network=_SMALL_RELU, training={"learning_rate": 0.1}),
            epochs=200,
            settings=(layers(8, 1, 2, 3, 5),),
        ),
        Step(
            title="A start from which five layers learn",
            text="""
Five layers again, and only the starting weights may be changed. Find a spread with which they learn.
""",
            experiment=experiment_of(MOONS, (8,) * 5, network=_SMALL_RELU, training={"learning_rate": 0.03}),
            epochs=200,
            settings=(
                starts(
                    normal_0_01="Normal, spread 0.01",
                    normal_0_1="Normal, spread 0.1",
                    normal_0_5="Normal, spread 0.5",
                    normal_3_0="Normal, spread 3",
                    he_normal="He",
                ),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 95 % or more with five hidden layers",
                (Condition(TEST_ACCURACY, least=0.95), Condition(HIDDEN_LAYERS, least=5)),
                why="For eight inputs He's rule comes to 0.5: the two choices are nearly the same. Such weights hand "
                "the signal on at about its size. With 0.1 it still fades away, with 3 it explodes.",
            ),
        ),
    ),
)
