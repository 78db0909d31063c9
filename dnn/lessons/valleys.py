"""Lesson 11: the cost as a landscape. Its curvature, its ravines and saddles, and what steps and batches find there."""

from __future__ import annotations

from typing import Any

from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import EPOCHS, PLATEAU_END, SHARPNESS, SMALLEST_CURVATURE, TRAIN_COST
from dnn.lessons.recipes import MOONS, experiment_of
from dnn.lessons.settings import chosen, rates, spreads

_RAVINE: dict[str, Any] = {"dataset": "plane", "samples": 200, "features": ["x1", "x2/8"]}
_NOISY: dict[str, Any] = {"dataset": {"kind": "moons", "noise": 0.3}, "samples": 200}
_FULL: dict[str, Any] = {"batch_size": None}
_NEARBY: dict[str, Any] = {"kind": "normal", "scale": 0.0001}
_OUTCOMES = ("Close to the lowest that there is", "In between", "Far higher than at the start")

LESSON = Lesson(
    id="valleys",
    title="Valleys",
    summary="The cost as a landscape: its curvature, its ravines and saddles, and where steps and batches lead in it.",
    steps=(
        Step(
            title="A ravine from above",
            text=r"""
The cost depends on the weights as height depends on the place on a map. So training walks through a *landscape*. Here
is the narrow valley of lesson 8 again, a *ravine* over two weights and a bias.

*Curvature* says how quickly the slope changes along a direction:

$$\lambda = \dfrac{d^2 J}{dx^2}$$

Across this ravine it is about 1, along it about 0.005: some 200 times flatter. (Between the two weights alone it is 64
times, as in lesson 8.)

In the picture lines join places of equal cost, and the star is where the run is. First it goes across, and the cost
falls quickly. Then it moves slowly along the floor.
""",
            experiment=experiment_of(_RAVINE, (), training=_FULL | {"learning_rate": 0.3}),
            epochs=60,
            shows="landscape",
        ),
        Step(
            title="Two over the curvature",
            text=r"""
Take a direction with curvature λ (not the λ of lesson 7), and let $x$ be the distance from the floor of the valley. The
slope is $\lambda x$, so an update makes of it

$$x \leftarrow (1 - \alpha \lambda)\, x$$

Below $\alpha = 2/\lambda$ the distance shrinks. Above this edge every update jumps across the floor, and lands higher
up on the other side. The steepest direction decides: with λ = 1 the edge is at 2.

At a rate of 1.9 the cost falls in all 60 epochs. Now the rate is 2.1.
""",
            experiment=experiment_of(_RAVINE, (), training=_FULL | {"learning_rate": 2.1}),
            epochs=60,
            shows="landscape",
            settings=(rates(0.3, 1.0, 1.9, 2.1),),
            prediction=Prediction(
                question="The train cost after 60 epochs?",
                choices=_OUTCOMES,
                measure=TRAIN_COST,
                limits=(0.005, 1.0),
                why="In the steepest direction each update makes the distance a tenth longer or more, and 60 of them "
                "make it more than 300 times as long. In the other two directions a rate of 2.1 is safe. The edge is "
                r"sharp: at a rate 5 % below $2/\lambda$ the cost falls, at one 5 % above it rises.",
            ),
        ),
        Step(
            title="Momentum in the ravine",
            text=r"""
Momentum adds a share β of the last step to each step. Across the ravine the steps point to and fro, and along it they
all point the same way.

The same rate of 2.1, at which plain descent has just left the valley, with β = 0.9.
""",
            experiment=experiment_of(_RAVINE, (), training=_FULL | {"learning_rate": 2.1, "optimizer": "momentum"}),
            beside=experiment_of(_RAVINE, (), training=_FULL | {"learning_rate": 2.1}),
            epochs=60,
            shows="landscape",
            prediction=Prediction(
                question="And what will the train cost be with momentum, after 60 epochs?",
                choices=_OUTCOMES,
                measure=TRAIN_COST,
                limits=(0.005, 1.0),
                why=r"Momentum moves the edge from $2/\lambda$ to $2(1+\beta)/\lambda$, here 3.8 (Polyak 1964). Across "
                "the ravine the swings become smaller by a twentieth in each update. Along it the steps add up: plain "
                "descent at 1.9 needs more than 200 epochs to get as far.",
            ),
        ),
        Step(
            title="Down the ravine",
            text="""
Optimiser and rate are yours. Bring the cost down to 0.002 within 60 epochs.

Where is the edge, and how far below it are the steps still long enough?
""",
            experiment=experiment_of(_RAVINE, (), training=_FULL | {"learning_rate": 0.3}),
            epochs=60,
            shows="landscape",
            settings=(
                chosen("Optimiser", "optimizer", sgd="Gradient descent (SGD)", momentum="Momentum"),
                rates(0.3, 1.0, 1.9, 3.0, 4.2),
            ),
            checkpoint=Checkpoint(
                "Train cost of 0.002 or less within 60 epochs",
                (Condition(TRAIN_COST, most=0.002), Condition(EPOCHS, most=60)),
                why="Momentum gets there at rates from 1 to 3. At 0.3 it is too slow, and 4.2 lies beyond its edge, "
                "too. Plain descent is too slow below its edge, and above it the cost rises.",
            ),
        ),
        Step(
            title="Zeros: a saddle",
            text="""
Eight hidden units of tanh, and all weights start at zero. You know from lesson 6 that nothing moves: the gradient of
every weight is exactly 0. So is this the floor of a valley?

The slope alone does not tell. 33 numbers can change, so there are 33 curvatures: the eigenvalues of the matrix of
second derivatives, the *Hessian*. We measure them after 50 epochs. The picture shows two directions, drawn at random.
""",
            experiment=experiment_of(
                MOONS, (8,), network={"initializer": "zeros"}, training=_FULL | {"learning_rate": 1.0}
            ),
            epochs=50,
            shows="landscape",
            prediction=Prediction(
                question="The smallest of all the curvatures there?",
                choices=(
                    "Negative: some directions lead down",
                    "Hardly any: it is flat all around",
                    "Positive: the floor of a valley",
                ),
                measure=SMALLEST_CURVATURE,
                limits=(-0.05, 0.05),
                why="In eight directions the cost curves down, in eight others it curves up just as strongly: a "
                "pair for each hidden unit. Such a place is called a *saddle*. Descent does not see the way "
                "down, because at the top of a curve the slope is exactly 0. With one hidden layer random "
                "weights leave it, however small they are. With two, all curvatures but that of the output's "
                "bias are 0, and from such a flat place very small weights take far longer.",
            ),
        ),
        Step(
            title="How long on the saddle?",
            text=r"""
Random weights with a spread of 0.01 start beside the saddle. After about a dozen epochs the cost is below 0.6.

Now they start a hundred times nearer, with a spread of 0.0001, at a rate of $\alpha = 1$. At first the cost seems to
stand still: a *plateau*.
""",
            experiment=experiment_of(
                MOONS, (8,), network={"initializer": _NEARBY}, training=_FULL | {"learning_rate": 1.0}
            ),
            epochs=120,
            back_to=20,
            shows="landscape",
            settings=(spreads(0.01, 0.001, 0.0001),),
            prediction=Prediction(
                question="When will the train cost be below 0.6?",
                choices=("Hardly later", "Some epochs later", "A great many epochs later"),
                measure=PLATEAU_END,
                limits=(20, 100),
                why=r"Near the saddle each update multiplies the distance by the same number, $1 + 0.32\,\alpha$: the "
                r"curvature downhill is about −0.32. To grow a hundred times takes $\ln 100 / \ln 1.32 \approx 17$ "
                "epochs, from wherever it starts. At epoch 20 the cost is 0.69 as it was at first, but the weights are "
                "dozens of times as large. After the plateau the cost falls below 0.35.",
            ),
        ),
        Step(
            title="Into a narrow valley",
            text=r"""
Noisy moons, two layers of eight tanh units. All examples make one update, and the rate is 0.8.

The largest curvature in any direction is called the *sharpness* of a place. At the start it is between 0.7 and 1.7. The
edge for this rate is

$$\dfrac{2}{\alpha} = 2.5$$
""",
            experiment=experiment_of(_NOISY, (8, 8), training=_FULL | {"learning_rate": 0.8}),
            epochs=500,
            shows="landscape",
            settings=(rates(0.8, 2.0),),
            prediction=Prediction(
                question="The largest curvature after 500 epochs?",
                choices=("Smaller than at the start", "Larger, but far from the edge", "About at the edge"),
                measure=SHARPNESS,
                limits=(0.7, 2.0),
                why="The cost falls into a valley that becomes narrower, until its largest curvature is about "
                r"$2/\alpha$. There the steps swing from wall to wall: the cost rises in many epochs, and yet it is "
                "lower after 500 epochs than after 300. In step 2 the curvature was the same everywhere, and the "
                "swings grew without end. Here it changes from place to place, and they stay short. This is called "
                "the *edge of stability* (Cohen and others 2021). A rate of 2 has its edge at 1, and ends at a "
                "curvature near 1.",
            ),
        ),
        Step(
            title="Small batches, flat valleys",
            text="""
The same network, the same rate of 0.8, but ten examples in a batch. With all examples at once the largest curvature was
2.5 after 300 epochs.

The gradient of ten examples is rough, and so the steps are, too.
""",
            experiment=experiment_of(_NOISY, (8, 8), training={"learning_rate": 0.8, "batch_size": 10}),
            beside=experiment_of(_NOISY, (8, 8), training=_FULL | {"learning_rate": 0.8}),
            epochs=300,
            shows="landscape",
            prediction=Prediction(
                question="And now, after 300 epochs?",
                choices=("Far smaller", "Somewhat smaller", "As large, or larger"),
                measure=SHARPNESS,
                limits=(1.0, 2.0),
                why="Rough steps do not stay in a narrow valley. In the flat one, noise of 0.1 on every weight raises "
                "the cost less. Is a flat valley the better one (Keskar and others 2017)? That is "
                "disputed. Here the train cost ends lower, and the test cost higher on average. And flatness depends "
                "on how the weights are written (Dinh and others 2017): in a ReLU network, make the weights and biases "
                "of a layer ten times as large, and the weights behind it a tenth. All answers stay the same, and the "
                "largest curvature becomes many times as large.",
            ),
        ),
    ),
)
