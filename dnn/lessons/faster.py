"""Lesson 8: getting there faster, with mini-batches, momentum, Adam and schedules."""

from __future__ import annotations

from typing import Any

from dnn.lessons.drawings import Batches, Ravine, Schedules
from dnn.lessons.equations.training import ADAM, COSINE, MINI_BATCH, MOMENTUM, UPDATE
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Option, Prediction, Setting, Step
from dnn.lessons.measures import COST_SCATTER, EPOCHS, TEST_ACCURACY, TRAIN_COST
from dnn.lessons.recipes import CIRCLES, MOONS, experiment_of
from dnn.lessons.settings import chosen, rates

_VALLEY: dict[str, Any] = {"dataset": "plane", "samples": 200, "features": ["x1", "x2/8"]}
_FULL: dict[str, Any] = {"batch_size": None}
_DEEP = (6,) * 6
_RESTLESS: dict[str, Any] = {"dataset": {"kind": "moons", "noise": 0.3}, "samples": 300}
_ROUGH: dict[str, Any] = {"learning_rate": 1.0, "batch_size": 5}

LESSON = Lesson(
    id="faster",
    title="Getting there faster",
    summary="Mini-batches, momentum, Adam and schedules: the same downhill way in fewer epochs.",
    steps=(
        Step(
            title="One step an epoch",
            text="""
All examples together make one update: the gradient is exact, and the epoch is over. Twenty epochs are twenty steps.

Watch how slowly the border turns.
""",
            experiment=experiment_of(MOONS, (8, 8), training=_FULL | {"learning_rate": 0.1}),
            epochs=20,
            equations=(UPDATE,),
        ),
        Step(
            title="Mini-batches",
            text="""
Ten examples make a batch, and every batch an update. The gradient of ten is only an estimate, but an epoch of these 210
examples now has 21 steps instead of one, for the same work. Where the number does not divide, the last batch is
smaller: 205 examples would make 21 steps, too, the last one with five examples.

Take one neuron. With [all examples at once]{.full} it goes straight down. [A batch]{.batch} staggers: the smaller it
is, the longer its way, but it gets nearer to [the lowest place]{.lowest}. One example at a time is thrown about there.
""",
            experiment=experiment_of(MOONS, (8, 8), training={"learning_rate": 0.1, "batch_size": 10}),
            beside=experiment_of(MOONS, (8, 8), training=_FULL | {"learning_rate": 0.1}),
            epochs=50,
            equations=(MINI_BATCH,),
            drawing=Batches(),
            prediction=Prediction(
                question="With all examples at once the cost was 0.33 after 50 epochs. With batches of ten?",
                choices=("Clearly lower", "About the same", "Higher"),
                measure=TRAIN_COST,
                limits=(0.2, 0.4),
                why="Twenty-one rough steps get further than one exact step, for the same work. In return the cost "
                "fluctuates more from epoch to epoch.",
            ),
        ),
        Step(
            title="A narrow valley",
            text=r"""
One neuron without a sigmoid, and one input eight times smaller than the other. The cost is the mean of
$\frac12(\hat y - y)^2$, so each input counts squared: over the two weights it is a valley, about $8^2 = 64$ times
flatter along than across. A rate that is safe across it makes slow progress along it. Here it is 0.3, and safe up to 2
(lesson 11).

After 15 epochs the steps go along the valley. See how slowly the cost falls from then on, on the logarithmic axis
(*log y*).

The drawing shows [another valley]{.valley}, about forty times as steep, and the path of [plain descent]{.sgd}. There,
above [a rate of 0.05]{.rate} the steps across get longer.
""",
            experiment=experiment_of(_VALLEY, (), training=_FULL | {"learning_rate": 0.3}),
            epochs=100,
            back_to=15,
            logarithmic=("cost",),
            drawing=Ravine(("sgd",), limit=True),
        ),
        Step(
            title="Momentum",
            text="""
Like a ball that rolls: steps in one direction add up, steps to and fro cancel out. $v$, the velocity, is their running
sum. The same valley, the same rate, β = 0.9. Without momentum the cost after 100 epochs was 0.039.

In the drawing [momentum]{.momentum} starts beside [plain descent]{.sgd}. Move [β]{.beta}: with 0 both are the same,
and close to 1 the path rolls past the lowest place and comes back.
""",
            experiment=experiment_of(_VALLEY, (), training=_FULL | {"learning_rate": 0.3, "optimizer": "momentum"}),
            beside=experiment_of(_VALLEY, (), training=_FULL | {"learning_rate": 0.3}),
            epochs=100,
            equations=(MOMENTUM,),
            drawing=Ravine(("sgd", "momentum")),
            prediction=Prediction(
                question="What will the cost be with momentum?",
                choices=("Far lower", "A little lower", "As high as without, or higher"),
                measure=TRAIN_COST,
                limits=(0.008, 0.039),
                why=r"Along the valley the gradients nearly agree, and the steps become up to $1/(1-\beta) = 10$ "
                "times as long. 100 epochs with momentum get about as far as 1000 without.",
            ),
        ),
        Step(
            title="Adam",
            text=r"""
Adam keeps two averages for every weight: $m$ of its gradients, $v$ of their squares (not the $m$ and $v$ of before). It
divides one by the root of the other, so every weight takes steps of about the learning rate, however small its
gradient. Both start at 0, so at first they are too small: division by $1 - \beta^t$ after $t$ updates corrects that.

Six thin layers, a rate of 0.003. With plain descent at that rate the cost is still above 0.6 after 60 epochs.

In the drawing [Adam's]{.adam} first step is as long along the valley as across. At [a rate]{.rate} of 0.1
[plain descent]{.sgd} leaves the valley, Adam does not.
""",
            experiment=experiment_of(CIRCLES, _DEEP, training={"optimizer": "adam", "learning_rate": 0.003}),
            epochs=60,
            equations=(ADAM,),
            drawing=Ravine(("sgd", "adam")),
            prediction=Prediction(
                question="How many test examples will Adam get right after 60 epochs?",
                choices=("", "", ""),
                measure=TEST_ACCURACY,
                limits=(0.7, 0.9),
                why="Plain descent's steps are as short as the gradients, and shorter in some layers than in others. "
                "Adam's are more alike in all layers, and here many times longer at the same rate.",
            ),
        ),
        Step(
            title="Smaller steps towards the end",
            text="""
Large steps are good at first; near the lowest cost they only jump about. A schedule makes them smaller: here the rate
of 1 falls along [a cosine]{.cosine}, to nothing in $n = 150$ epochs; $e$ is the epoch. Compare the end of the curve
with that of [a constant rate]{.constant}.

The drawing has other schedules: [stairs]{.step}, an [exponential decay]{.exponential}, a [warm-up]{.warm_up} that
begins with small steps. Choose one, and drag the dot.
""",
            experiment=experiment_of(
                _RESTLESS,
                (8, 8),
                training=_ROUGH | {"schedule": {"kind": "cosine", "epochs": 150}},
            ),
            beside=experiment_of(_RESTLESS, (8, 8), training=_ROUGH),
            epochs=150,
            equations=(COSINE,),
            drawing=Schedules(epochs=150),
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
                question="How much will the train cost fluctuate in the last ten epochs (its standard deviation)?",
                choices=("Hardly at all", "A little", "Much"),
                measure=COST_SCATTER,
                limits=(0.002, 0.01),
                why="The noise of small batches moves the weights in proportion to the rate, and at the end the rate "
                "is nearly 0. With a constant rate the cost fluctuates by more than 0.01 to the end, and ends "
                "higher.",
            ),
        ),
        Step(
            title="A race",
            text="""
Six thin layers and thirty epochs. Get nine in ten test examples right: the optimiser and the rate are yours.
""",
            experiment=experiment_of(CIRCLES, _DEEP, training={"learning_rate": 0.003}),
            epochs=30,
            settings=(
                chosen("Optimiser", "optimizer", sgd="Gradient descent (SGD)", momentum="Momentum", adam="Adam"),
                rates(0.001, 0.003, 0.01, 0.03),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 90 % or more within 30 epochs",
                (Condition(TEST_ACCURACY, least=0.9), Condition(EPOCHS, most=30)),
                why="Adam gets there at rates up to 0.01, momentum at 0.01 and 0.03. Plain descent is too slow at "
                "0.01 and below, and at 0.03 it depends on the starting weights. Adam at 0.03 is too fast from "
                "most of them.",
            ),
        ),
    ),
)
