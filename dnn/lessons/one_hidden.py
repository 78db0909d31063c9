"""Lesson 2, after the tutorial ``one-hidden``: one hidden layer of tanh units learns the planar flower."""

from __future__ import annotations

from dnn.lessons.drawings import CostAndAccuracy, Folds
from dnn.lessons.equations.network import CROSS_ENTROPY, TWO_LAYERS, TWO_LAYERS_BACK
from dnn.lessons.equations.training import SMALL_START, UPDATE
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import HIDDEN_UNITS, LINE_MISFIT, TRAIN_ACCURACY, TRAIN_COST
from dnn.lessons.published import flower_widths
from dnn.lessons.recipes import FLOWER, SMALL, experiment_of
from dnn.lessons.settings import chosen, units

_TANH = {"initializer": SMALL}
_FULL = {"learning_rate": 1.2, "batch_size": None}

LESSON = Lesson(
    id="one-hidden",
    title="One hidden layer",
    summary="Four tanh units bend the decision boundary around the petals of a flower.",
    steps=(
        Step(
            title="A flower that no line can separate",
            text="""
Six petals in two colours, 400 examples. Every straight line has petals of both colours on both of its sides. The best
line would get 70 % right. The neuron ends at about one half: training lowers the *cost*, and that is not the number of
errors.

**Accuracy** counts the answers on the right side of one half. The **cost** also asks how sure each answer is. In the
drawing four of five answers are right, at a cost of [0.561]{.calm}. With all weights four times as large still four are
right, and the cost is [1.15]{.sure}.

The tutorial `one-hidden` puts a *hidden layer* in between: four neurons look at the inputs, and the output looks only
at them.
""",
            experiment=experiment_of(FLOWER, (), training={"learning_rate": 0.1, "batch_size": None}),
            drawing=CostAndAccuracy(),
            epochs=300,
        ),
        Step(
            title="The six steps of every training",
            text=r"""
The recipe is the same for every network: **1** choose the layers, **2** draw small starting weights, **3** forward:
from inputs to answer, **4** compute the cost, **5** backward (*backpropagation*): from the cost to the gradient of
every weight, **6** take a step against the gradient. Steps 3 to 6 are repeated.

Four units, a learning rate of 1.2, weights from $0.01 \cdot \mathcal N(0,1)$: random numbers with a mean of 0 and a
spread (*standard deviation*) of 0.01, so two in three lie between −0.01 and 0.01. In the equations every row of $X$ is
an example. The weights are nearly zero: what will the cost be after one epoch?
""",
            experiment=experiment_of(FLOWER, (4,), network=_TANH, training=_FULL),
            epochs=1,
            equations=(SMALL_START, TWO_LAYERS, CROSS_ENTROPY),
            prediction=Prediction(
                question="What will the cost be after one epoch?",
                choices=("Far lower than ln 2 = 0.69", "About ln 2 = 0.69", "Far higher than ln 2 = 0.69"),
                measure=TRAIN_COST,
                limits=(0.4, 1.0),
                why=r"With weights near zero every answer is near one half, and the cost of one half is $-\ln \frac12 "
                r"= \ln 2 \approx 0.693$ (this cost is called *cross-entropy*). A first cost far from that is a sign "
                "that something is wrong.",
            ),
        ),
        Step(
            title="Ten thousand epochs",
            text=r"""
Now let it run. The chart has a logarithmic axis of epochs: from 10 to 100 is as far as from 1000 to 10 000. In the
first ten epochs the cost hardly moves, then the boundary goes around one petal after another.

Each unit draws one soft line, $\tanh$ of a weighted sum; its small picture shows it. The output adds up four such
lines. Backpropagation is the *chain rule*, applied from the cost back to the weights: $dW$ is short for $\partial J /
\partial W$, and $\odot$ multiplies number by number. The mean in the cost gives $1/m$. The slope of $\tanh$ follows
from the activation: $\tanh'(z) = 1 - \tanh^2(z) = 1 - a^2$.
""",
            experiment=experiment_of(FLOWER, (4,), network=_TANH, training=_FULL),
            epochs=10_000,
            equations=(TWO_LAYERS_BACK, UPDATE),
            back_to=10,
            logarithmic=("epochs",),
            prediction=Prediction(
                question="How many of the 400 examples will it get right in the end?",
                choices=("", "", ""),
                measure=TRAIN_ACCURACY,
                limits=(0.7, 0.9),
                why="Four bends are enough to follow the petals. Most of the neighbours of the few examples that "
                "stay wrong have the other colour: there two petals run into each other. Andrew Ng's course, "
                "which the tutorial follows, printed at least 90 % for this network, and a cost of 0.219 after 9000 "
                "updates, on a flower of its own.",
            ),
        ),
        Step(
            title="A hidden layer of one unit",
            text="""
The same network with a single hidden unit. It has an activation function, and it is a hidden layer all the
same.

Can its decision boundary bend?
""",
            experiment=experiment_of(FLOWER, (1,), network=_TANH, training=_FULL),
            epochs=2000,
            prediction=Prediction(
                question="Will the boundary be straight or bent? The run measures in what share of the plane it "
                "differs from the best straight line.",
                choices=("Straight: it differs nowhere", "Bent around petals"),
                measure=LINE_MISFIT,
                limits=(0.001,),
                why="One unit measures the plane along one direction only. Whatever the output makes of that number, "
                "the boundary runs straight across that direction. It lies better than the line of the first step, "
                "with about 70 % right.",
            ),
        ),
        Step(
            title="How many units?",
            text="""
Walk around the middle of the flower once: six petals, so the weighted sum of the output has to change its sign
[6 times]{.sum}. Each hidden unit draws one line, and the circle crosses it twice. The drawing shows four trained units
([first]{.unit1}, [second]{.unit2}, [third]{.unit3}, [fourth]{.unit4}) and their sum. Set an output weight to 0, and see
which petals get the wrong colour.

What is the smallest number of units that is enough? Guess, then try the widths. Find a small network that gets nine
of ten examples right.
""",
            experiment=experiment_of(FLOWER, (1,), network=_TANH, training=_FULL),
            epochs=3000,
            settings=(units(1, 2, 3, 4, 5, 20, 50),),
            checkpoint=Checkpoint(
                "90 % right with 4 units or fewer",
                (Condition(TRAIN_ACCURACY, least=0.9), Condition(HIDDEN_UNITS, most=4)),
                why="One and two units bend the boundary too little to follow six petals; four bend it enough. Three "
                "are enough from some starting weights and not from others. Twenty reach a lower cost still. Andrew "
                "Ng's course, which the tutorial follows, printed 67.5, 67.25, 90.75 and 90.5 % for one to four "
                "units, on a flower of its own.",
            ),
            drawing=Folds(experiment_of(FLOWER, (4,), network=_TANH, training=_FULL)),
            published=flower_widths(),
        ),
        Step(
            title="What the printed code does instead",
            text=r"""
As printed, the tutorial's output layer reads $Z_1$ where it should read $A_1$: the $\tanh$ is computed and never
used. Without an activation two layers are one:

$$(X W_1 + b_1) W_2 + b_2 = X (W_1 W_2) + (b_1 W_2 + b_2)$$

Here the activation is *linear*, which is what that mistake comes to. Watch four units draw one straight line, at the
cost that a single neuron had in the first step. Then choose tanh again.
""",
            experiment=experiment_of(FLOWER, (4,), network=_TANH | {"activation": "linear"}, training=_FULL),
            beside=experiment_of(FLOWER, (4,), network=_TANH, training=_FULL),
            epochs=1000,
            settings=(chosen("Activation", "activation", linear="Linear", tanh="Tanh"),),
        ),
    ),
)
