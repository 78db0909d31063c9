"""Start here: three classes of 45 minutes, each a row of tasks, in a lesson's step or in the playground."""

from __future__ import annotations

from dataclasses import dataclass

from dnn.experiment import Experiment
from dnn.lessons.recipes import CIRCLES, MOONS, experiment_of

MINUTES = 45


@dataclass(frozen=True)
class Activity:
    """A ``task`` for pupils, and what they should find, for the teacher.

    It is done in a ``step`` of a lesson, such as ``relu-net.6``, or in the playground with an ``experiment`` of which
    only the ``controls`` are shown, or without the page.
    """

    minutes: int
    task: str
    finding: str
    step: str = ""
    experiment: Experiment | None = None
    controls: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassHour:
    """``question`` is the one that pupils can answer at its end."""

    title: str
    question: str
    activities: tuple[Activity, ...]


CLASS_HOURS = (
    ClassHour(
        "What a network is",
        "Why can several neurons do what one cannot?",
        (
            Activity(
                6,
                "Press play and watch the line. Which three numbers does the neuron change?",
                "Two weights and a bias. The line turns and moves until it stands between the two clouds.",
                step="one-neuron.1",
            ),
            Activity(
                7,
                "Guess first: how much of a ring around a disc can one neuron get right?",
                "Hardly more than a coin toss. The boundary is a straight line, and no line has the disc on one side.",
                step="one-neuron.2",
            ),
            Activity(
                12,
                "This network has one hidden unit. Add units one at a time, reset, and play for 100 epochs. From how "
                "many on are nine of ten test examples right?",
                "Three. One or two lines cannot close around the disc, three can.",
                experiment=experiment_of(
                    CIRCLES, (1,), network={"activation": "tanh"}, training={"learning_rate": 0.3}
                ),
                controls=("layers",),
            ),
            Activity(
                12,
                "The flower has six petals. Find a small network that gets nine of ten examples right.",
                "Four hidden units are enough. Three are enough from some starting weights only.",
                step="one-hidden.5",
            ),
            Activity(
                8,
                "In writing: explain decision boundary and hidden layer to somebody who was not here.",
                "The glossary has both. A good answer says what the hidden units see, and what the output sees.",
            ),
        ),
    ),
    ClassHour(
        "Why it fails",
        "Which signs tell what is wrong with a training run?",
        (
            Activity(
                8,
                "Make the learning rate ten times larger, reset and play, until the cost no longer falls. What does "
                "the curve look like then?",
                "Up to 1 it falls. At 10 it rises and falls, and ends above ln 2 = 0.69, the cost of guessing.",
                experiment=experiment_of(
                    MOONS, (8, 8), network={"activation": "tanh"}, training={"learning_rate": 0.01}
                ),
                controls=("learning_rate",),
            ),
            Activity(
                8,
                "Eight layers of sigmoids. Guess how much shorter the gradient of the first layer is.",
                "More than a thousand times. Each slope is a quarter at most: the gradient vanishes on its way back.",
                step="sigmoid-net.2",
            ),
            Activity(
                7,
                "All starting weights are zero. What will the network learn?",
                "Nothing but the bias of the output. No weight has a gradient, and all units stay alike.",
                step="starting-points.1",
            ),
            Activity(
                8,
                "The learning rate is 5. How many hidden units will be dead, and how do you see it?",
                "Most of them. A dead unit is silent for every example: its picture has no colour.",
                step="relu-net.6",
            ),
            Activity(
                9,
                "Detectives, in pairs: the cost falls and the boundary stays straight. Which mistake is it?",
                "The output reads what the hidden layer computed before its activation function. Two linear layers are "
                "one.",
                step="spot-the-mistake.1",
            ),
            Activity(
                5,
                "Make a table on the board: sign, cause, cure.",
                "For example: the cost rises and falls from epoch to epoch; the rate is too large; divide it by ten.",
            ),
        ),
    ),
    ClassHour(
        "How it is trained well",
        "How does one get to a network that also holds on new examples?",
        (
            Activity(
                6,
                "Guess first: batches of ten examples instead of all at once, for the same work. What will the cost "
                "do?",
                "It ends clearly lower: an epoch has 21 steps instead of one. In return it fluctuates.",
                step="faster.2",
            ),
            Activity(
                7,
                "Now with momentum. How much lower will the cost be?",
                "Far lower. Steps in one direction add up, steps to and fro cancel out.",
                step="faster.4",
            ),
            Activity(
                8,
                "Watch two curves: the train cost and the test cost. When should one have stopped?",
                "Within the first thirty epochs. After that the network learns the noise: it overfits.",
                step="overfitting.2",
            ),
            Activity(
                10,
                "Find a cure: L2, dropout or more examples.",
                "A small price on weights (0.03) and 2000 samples reach the goal. A price of 1 or more is too high.",
                step="overfitting.6",
            ),
            Activity(
                14,
                "A race: get 95 % of the test examples right within 300 epochs. All settings that you see are yours.",
                "Two hidden layers of eight tanh units with Adam at a rate of 0.03 get there. Four units do not.",
                experiment=experiment_of(
                    {"dataset": {"kind": "spiral", "noise": 0.1}, "samples": 400},
                    (4,),
                    network={"activation": "tanh", "initializer": "he_normal"},
                    training={"learning_rate": 0.1},
                ),
                controls=("layers", "activation", "optimizer", "learning_rate", "batch_size"),
            ),
        ),
    ),
)
