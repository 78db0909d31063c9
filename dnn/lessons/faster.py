"""Lesson 8: getting there faster, with mini-batches, momentum, Adam and schedules."""

from __future__ import annotations

from typing import Any

from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Option, Prediction, Setting, Step
from dnn.lessons.measures import COST_LEFT, EPOCHS, TEST_ACCURACY, TRAIN_COST, WOBBLE
from dnn.lessons.recipes import CIRCLES, MOONS, made
from dnn.lessons.settings import chosen, rates

_VALLEY: dict[str, Any] = {"dataset": "plane", "samples": 200, "features": ["x1", "x2/8"]}
_FULL: dict[str, Any] = {"batch_size": None}
_DEEP = (6,) * 6
_RESTLESS: dict[str, Any] = {"dataset": {"kind": "moons", "noise": 0.3}, "samples": 300}

LESSON = Lesson(
    id="faster",
    title="Getting there faster",
    summary="Mini-batches, momentum, Adam and schedules: the same hill, better legs.",
    steps=(
        Step(
            title="One step an epoch",
            text="""
All examples together make one update: the gradient is exact, and the epoch is over. Twenty epochs are twenty steps.

Watch how slowly the border turns.
""",
            experiment=made(MOONS, (8, 8), training=_FULL | {"learning_rate": 0.1}),
            epochs=20,
        ),
        Step(
            title="Mini-batches",
            text="""
Ten examples make a batch, and every batch an update. The gradient of ten is only an estimate, but an epoch now has 21
steps instead of one, for the same work.
""",
            experiment=made(MOONS, (8, 8), training={"learning_rate": 0.1, "batch_size": 10}),
            epochs=50,
            prediction=Prediction(
                question="With all examples at once the cost was 0.33 after 50 epochs. With batches of ten?",
                choices=("Less than 0.2", "About the same", "More than 0.4"),
                measure=TRAIN_COST,
                limits=(0.2, 0.4),
                why="Many rough steps get further than a few exact ones. The curve trembles a little: that is the "
                "price, and on rugged hills even a help.",
            ),
        ),
        Step(
            title="A narrow valley",
            text="""
One neuron, and one input eight times smaller than the other. The cost is a valley, 64 times flatter along than
across. A rate that is safe across it crawls along it.

The first epochs take nearly all of the cost away. Then look at how slowly the rest goes, on the logarithmic axis
(*log y*).
""",
            experiment=made(_VALLEY, (), training=_FULL | {"learning_rate": 0.3}),
            epochs=100,
        ),
        Step(
            title="Momentum",
            text=r"""
$$
\begin{aligned}
v &\leftarrow \beta v + dW \\
W &\leftarrow W - \alpha v
\end{aligned}
$$

A ball instead of a walker: steps in one direction add up, steps to and fro cancel out. The same valley, the same
rate, β = 0.9. Without momentum 7.4 % of the starting cost were left after 100 epochs.
""",
            experiment=made(_VALLEY, (), training=_FULL | {"learning_rate": 0.3, "optimizer": "momentum"}),
            epochs=100,
            prediction=Prediction(
                question="How much of the starting cost will be left with momentum?",
                choices=("Less than 2 %", "2 to 6 %", "As much as without"),
                measure=COST_LEFT,
                limits=(0.02, 0.06),
                why=r"Along the valley all gradients agree, and the ball gathers up to $1/(1-\beta) = 10$ times "
                "the speed.",
            ),
        ),
        Step(
            title="Adam",
            text=r"""
Adam keeps two averages for every weight: of its gradients, and of their squares. It divides one by the root of the
other, so every weight takes steps of about the learning rate, whether its gradient is long or short.

Six thin layers, a rate of 0.003. Plain descent at that rate has hardly begun after 60 epochs.
""",
            experiment=made(CIRCLES, _DEEP, training={"optimizer": "adam", "learning_rate": 0.003}),
            epochs=60,
            prediction=Prediction(
                question="How many test examples will Adam get right after 60 epochs?",
                choices=("Fewer than 70 %", "70 to 90 %", "More than 90 %"),
                measure=TEST_ACCURACY,
                limits=(0.7, 0.9),
                why="In a deep network gradients differ greatly in length from layer to layer. Adam evens that "
                "out, and "
                "all six layers learn at once.",
            ),
        ),
        Step(
            title="Smaller steps towards the end",
            text="""
Large steps are good at first; at the bottom they only jump about. A schedule makes them smaller: here the rate of 1
falls along a cosine, to nothing in 150 epochs. Compare the end of the curve with that of a constant rate.
""",
            experiment=made(
                _RESTLESS,
                (8, 8),
                training={"learning_rate": 1.0, "batch_size": 5, "schedule": {"kind": "cosine", "epochs": 150}},
            ),
            epochs=150,
            settings=(
                Setting(
                    "Schedule",
                    (
                        Option("Constant", (("schedule", "constant"),)),
                        Option("Cosine", (("schedule", "cosine"), ("schedule.epochs", "150"))),
                    ),
                ),
            ),
            prediction=Prediction(
                question="How much will the train cost tremble in the last ten epochs (its standard deviation)?",
                choices=("Less than 0.002", "0.002 to 0.01", "More than 0.01"),
                measure=WOBBLE,
                limits=(0.002, 0.01),
                why="The noise of small batches moves the weights by as much as the rate allows, and at the end it "
                "allows "
                "nothing. With a constant rate it goes on trembling.",
            ),
        ),
        Step(
            title="A race",
            text="""
Six thin layers and thirty epochs. Get nine in ten test examples right: the optimiser and the rate are yours.
""",
            experiment=made(CIRCLES, _DEEP, training={"learning_rate": 0.003}),
            epochs=30,
            settings=(
                chosen("Optimiser", "optimizer", sgd="Gradient descent (SGD)", momentum="Momentum", adam="Adam"),
                rates(0.001, 0.003, 0.01, 0.03),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 90 % or more within 30 epochs",
                (Condition(TEST_ACCURACY, least=0.9), Condition(EPOCHS, most=30)),
            ),
        ),
    ),
)
