"""Lesson 1: logistic regression. One neuron draws one straight border: what it can part, what it cannot, and why."""

from __future__ import annotations

from dnn.lessons.drawings import CrossEntropy, Line
from dnn.lessons.equations.network import (
    COST_OF_CLASSES,
    CROSS_ENTROPY,
    NEURON,
    NEURON_GRADIENT,
    NEURON_UPDATE,
    SIGMOID,
    SOFTMAX,
    SURE_AND_WRONG,
)
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Option, Prediction, Setting, Step
from dnn.lessons.measures import EPOCHS, MEETS_EDGE, OUTLIER_ANGLE, TEST_ACCURACY, TRAIN_COST
from dnn.lessons.recipes import BLOBS, CIRCLES, MOONS, experiment_of
from dnn.lessons.settings import rates

LESSON = Lesson(
    id="one-neuron",
    title="One neuron",
    summary="Logistic regression: one straight boundary, found by gradient descent.",
    steps=(
        Step(
            title="A neuron draws a line",
            text=r"""
A single neuron (also called a *unit*) multiplies each input by a **weight** ([w₁]{.w1}, [w₂]{.w2}), adds a **bias**
([b]{.b}) and squeezes the sum into a probability: its answer $\hat y$ (*y hat*).

Where the sum is 0 the probability is [0.5]{.line}. Those places form a straight line: the decision boundary. It begins
somewhere at random.

Press play. In each epoch the neuron sees every example once and changes its three numbers a little, so that the *cost*
falls: one number that says how far the answers are from the right ones, on average. The line turns until it stands
between the two clouds.
""",
            experiment=experiment_of(BLOBS, (), training={"learning_rate": 0.1}, seed=25),
            epochs=30,
            drawing=Line(),
            equations=(NEURON, SIGMOID),
        ),
        Step(
            title="A ring around a disc",
            text="""
Now one class lies around the other. The neuron has the same three numbers as before, and trains as long as it likes.

The hollow marks are *test examples*. They are kept aside: the neuron does not learn from them.

Make your guess first. Then the run decides.
""",
            experiment=experiment_of(CIRCLES, ()),
            epochs=60,
            prediction=Prediction(
                question="How many of the test examples will it get right?",
                choices=("Hardly more than a coin toss", "About four in five", "Nearly all of them"),
                measure=TEST_ACCURACY,
                limits=(0.65, 0.9),
                why="No straight line has the disc on one side and the ring on the other: even the best one gets "
                "only two in three right. Training does not find that one either. It lowers the cost, and the "
                "lowest cost that three numbers can reach here is that of answering about one half everywhere, "
                "0.69.",
            ),
        ),
        Step(
            title="A line through two moons",
            text=r"""
A line can almost separate two half moons. One neuron, also called *logistic regression*, finds the line with the lowest
cost and gets eight to nine in ten right. Then the cost hardly falls any more.

The cost $J$ is the mean of the losses $L_i$ of all $m$ examples. $y_i$ is the right answer to example $i$, 0 or 1, and
$\hat y_i$ is the neuron's answer.

The circles around some marks are the errors. Nearly all lie at the inner ends of the moons, where the boundary would
have to bend. More epochs do not help, because no straight line gets them right.
""",
            experiment=experiment_of(MOONS, (), training={"learning_rate": 0.1}),
            epochs=120,
            equations=(CROSS_ENTROPY,),
        ),
        Step(
            title="Squares as inputs",
            text=r"""
The ring again, still with one neuron. But now it sees $x_1^2$ and $x_2^2$ instead of $x_1$ and $x_2$. Their sum is
the squared distance from the middle.

The weighted sum and the sigmoid are the same as before. What will the decision boundary look like over $x_1$ and
$x_2$?

Here we chose the squares ourselves. No straight line separates *XOR* either, where opposite corners of a square are one
class: there the product $x_1 x_2$ helps. In the next lesson a hidden layer learns what helps.
""",
            experiment=experiment_of(CIRCLES | {"features": ["x1^2", "x2^2"]}, (), training={"learning_rate": 0.1}),
            epochs=60,
            prediction=Prediction(
                question="Will the boundary be closed or straight? The run counts in how many places it meets the "
                "edge of the picture.",
                choices=("Closed", "Straight, from edge to edge"),
                measure=MEETS_EDGE,
                limits=(1.0,),
                why="The weighted sum is linear in what the neuron sees. It sees squares, and their weights have the "
                "same sign here. So the boundary is a closed curve in the plane, an ellipse.",
            ),
        ),
        Step(
            title="How large a step?",
            text=r"""
The gradient $dw$, short for $\partial J / \partial w$, says how quickly the cost rises with $w$. The neuron steps the
other way, downhill, and the *learning rate* $\alpha$ (alpha) says how far. Here all examples make one update an epoch.
In the equation $i$ counts examples: $x_i$ is what example $i$ has as the input of $w$.

Too small, and the cost falls very slowly. Too large, and an update *overshoots*: it jumps across the valley to a place
with a higher cost than before. Try 100 and look at the cost after the first epoch.

Find a rate that brings the cost down to 0.32 within ten epochs.
""",
            experiment=experiment_of(MOONS, (), training={"learning_rate": 0.01, "batch_size": None}),
            epochs=10,
            equations=(NEURON_GRADIENT, NEURON_UPDATE),
            settings=(rates(0.01, 0.1, 1.0, 10.0, 100.0),),
            checkpoint=Checkpoint(
                "Train cost of 0.32 or less within 10 epochs",
                (Condition(TRAIN_COST, most=0.32), Condition(EPOCHS, most=10)),
                why="A rate of 10 is large enough to get there in ten updates, and small enough that the cost falls "
                "in every one of them. With 1 the steps are too short for ten epochs. With 100 the first update "
                "overshoots: the cost after it is higher than at the start, and it rises again later.",
            ),
        ),
        Step(
            title="A few that lie far away",
            text="""
Some examples of one class lie far out on the wrong side: typing errors, or broken instruments. Here they are 20 % of
class 1.

The answer 0.5 costs [0.693]{.half}; 0.99 costs [0.0101]{.sure} where it is right, and [4.61]{.wrong} where it is wrong.
An answer that is sure and wrong costs much, so a single *outlier* pulls strongly at the line.
""",
            experiment=experiment_of({"dataset": {"kind": "separable", "outliers": 0.2}, "samples": 200}, (), seed=3),
            epochs=60,
            drawing=CrossEntropy(),
            equations=(SURE_AND_WRONG,),
            prediction=Prediction(
                question="By how many degrees do the outliers turn the line?",
                choices=("Hardly at all", "A little", "Far away from where it should be"),
                measure=OUTLIER_ANGLE,
                limits=(5.0, 20.0),
                why="At the line without outliers, each of them pulls at the weights more than 30 times as strongly as "
                "another example. So training turns the line until the pulls balance, and more of the other examples "
                "are wrong. With 5 % of outliers it turns by less than 6 degrees.",
            ),
            settings=(
                Setting(
                    "Share of outliers",
                    tuple(
                        Option(label, (("data", "separable"), ("data.outliers", value)))
                        for label, value in (("0 %", "0.0"), ("5 %", "0.05"), ("10 %", "0.1"), ("20 %", "0.2"))
                    ),
                ),
            ),
        ),
        Step(
            title="More than two classes",
            text="""
For three classes there are three outputs, each with a weighted sum of its own: $z_1$, $z_2$ and $z_3$. The *softmax*
function turns them into three probabilities that add up to 1. The answer is the class with the largest one. This is
*multinomial logistic regression*.

The cost is again minus the logarithm of the probability of the right class: $y_k$ is 1 for that class and 0 for the
others. The boundary between two classes lies where their weighted sums are equal. So each piece of it is straight.

With two classes, softmax is the sigmoid of the difference of both sums: the neuron of step 1.
""",
            experiment=experiment_of(
                {"dataset": {"kind": "blobs", "classes": 3}, "samples": 300}, (), training={"learning_rate": 0.1}
            ),
            epochs=60,
            equations=(SOFTMAX, COST_OF_CLASSES),
        ),
    ),
)
