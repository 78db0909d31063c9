"""Lesson 12: a network of the pupil's own, from drawing the data to a test on new points."""

from __future__ import annotations

from typing import Any

from dnn.lessons.drawings import BestOf
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Option, Prediction, Setting, Step
from dnn.lessons.measures import BEST_OF_A_HUNDRED, HIDDEN_UNITS, TRAINING_EXAMPLES, VALIDATION_COST
from dnn.lessons.project import DRAWN, RUBRIC, Project
from dnn.lessons.recipes import experiment_of
from dnn.lessons.settings import numbers, rates

_MOONS: dict[str, Any] = {"kind": "moons", "noise": 0.2}
_FEW: dict[str, Any] = {"dataset": _MOONS, "samples": 40, "test_share": 0.0}
_PARTED: dict[str, Any] = {"dataset": _MOONS, "samples": 400, "test_share": 0.3, "validation_share": 0.3}
_TOSSES: dict[str, Any] = {"dataset": _MOONS, "samples": 50, "test_share": 0.6, "label_noise": 0.5}
_ADAM: dict[str, Any] = {"optimizer": "adam", "learning_rate": 0.03}

_HIDDEN = Setting(
    "Hidden units",
    (
        *(Option(label, (("layers", label),)) for label in ("1", "4", "8", "16")),
        Option("8 and 8", (("layers", "8-8"),)),
        Option("32 and 32", (("layers", "32-32"),)),
    ),
)
_PATIENCE = Setting(
    "Patience",
    (Option("Off", (("patience", "none"),)), *(Option(text, (("patience", text),)) for text in ("10", "20", "40"))),
)
_CHOICES = (_HIDDEN, rates(0.001, 0.01, 0.03, 0.1, 1.0), _PATIENCE, numbers("L2", "l2", 0.0, 0.1, 1.0))

LESSON = Lesson(
    id="own-network",
    title="Your own network",
    summary="Draw data, choose a network by a validation set, predict, test once, and read your network as a script.",
    steps=(
        Step(
            title="Draw your data",
            text="""
The data of eleven lessons were ours. Now draw your own, train a network on them, and find out whether it holds on new
points.

*Draw* under the plane has a pencil for each class, and an eraser. Draw a hundred examples or more. Where the classes
meet, let them mix a little, as real data do. Play at any time: the network goes on learning while you draw.

If you would rather not draw: the next steps have 400 examples of the moons.
""",
            experiment=experiment_of(_FEW, (8,), training=_ADAM),
            epochs=200,
            project=Project("draw", DRAWN),
        ),
        Step(
            title="Three parts",
            text="""
Every example gets one of three tasks:

- The *training examples* are learnt from.
- The *validation set* chooses: the layers, the learning rate, the epoch to stop at.
- The *test examples* judge, once, at the end.

Here are 400 examples of the moons. Of all of them 30 % are test examples, the hollow marks. Of the rest 30 % are for
validation, the marks with a dot.
""",
            experiment=experiment_of(
                _PARTED, (8,), training=_ADAM, seed=1
            ),  # other examples than those that will be asked
            epochs=60,
            prediction=Prediction(
                question="How many examples does the network learn from?",
                choices=("", "", ""),
                measure=TRAINING_EXAMPLES,
                limits=(150, 250),
                why="Without the test examples 280 are left, and 70 % of these are 196.",
            ),
        ),
        Step(
            title="Why the test is asked once",
            text="""
Here nothing can be learnt: the class of every example is a coin toss. On [new examples]{.new} every network is right
[half the time]{.half}.

Now somebody trains a hundred networks that differ in their starting weights only, asks the 30 test examples about each,
and keeps [the best]{.best}. This is one of the hundred.
""",
            experiment=experiment_of(
                _TOSSES, (8, 8), network={"initializer": {"kind": "normal", "scale": 2.0}}, training=_ADAM, seed=0
            ),
            epochs=20,
            drawing=BestOf(epochs=20),
            prediction=Prediction(
                question="The test accuracy of the best of the hundred?",
                choices=("A coin toss", "Clearly better", "Nearly perfect"),
                measure=BEST_OF_A_HUNDRED,
                limits=(0.57, 0.85),
                why="Among a hundred results of chance there is a high one. On 2,000 new examples the same network "
                "gets half of them right. A test that has helped to choose no longer tells what new examples will say.",
            ),
        ),
        Step(
            title="Choose",
            text="""
Your data again. Their test examples are hidden: neither their marks nor their cost is shown.

Choose by the validation cost, the dashed curve. A single unit draws a straight line. A large network with much time
learns by heart: then the dashed curve rises. *Patience* stops the run when the validation cost has not fallen for that
many epochs, and brings the weights of the best epoch back.

Where your classes mix a lot, no network may reach the goal. Then draw them a little clearer.
""",
            experiment=experiment_of(_PARTED, (1,), training=_ADAM),
            epochs=200,
            settings=_CHOICES,
            checkpoint=Checkpoint(
                "Validation cost of 0.2 or less with 24 hidden units or fewer",
                (Condition(VALIDATION_COST, most=0.2), Condition(HIDDEN_UNITS, most=24)),
                why="Two layers of eight units bend the boundary of the moons enough. With a single unit no rate "
                "helps, and for one layer of eight 200 epochs at a rate of 0.001 are too few.",
            ),
            project=Project("choose"),
        ),
        Step(
            title="Test once",
            text="""
Your network as you chose it. Change what you like, and train until you trust it.

Then write down the test accuracy that you expect, and ask the test examples. They answer for the weights on screen, and
the page counts how often they are asked. The list says what a good result is made of.

Whoever asks a second time chooses by the test. Then only new examples help: draw some, and the count begins again.
""",
            experiment=experiment_of(_PARTED, (1,), training=_ADAM),
            epochs=200,
            settings=_CHOICES,
            project=Project("test", RUBRIC),
        ),
        Step(
            title="Read your network",
            text="""
Your run as a Python file. It needs NumPy and nothing else, and prints the costs of your run.

Read it part by part: the file on the left, and on the right the lines of `dnn/reference.py` that do the same. Two
things differ throughout. In the file examples are columns, so it says `np.dot(W.T, A)` where the reference says `A @
W`. And each `W` has the biases as its last row, so the inputs of every layer get a row of ones: 1 times the bias adds
the bias.

Nothing else in it is new.
""",
            experiment=experiment_of(_PARTED, (1,), training=_ADAM),
            epochs=100,
            project=Project("read"),
        ),
    ),
)
