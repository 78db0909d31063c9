"""Lesson 9, after the tutorial ``weather``: three inputs in three units, standardising, and two kinds of error."""

from __future__ import annotations

from typing import Any

from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import RECALL, TEST_ACCURACY, TRAIN_COST
from dnn.lessons.recipes import HE_RELU, made
from dnn.lessons.settings import chosen, layers, rates

_DAYS: dict[str, Any] = {"dataset": "weather", "samples": 500}
_LAYERS = (4, 3)
_RATE = {"learning_rate": 0.1}

LESSON = Lesson(
    id="weather",
    title="Rain or not",
    summary="Temperature, humidity and pressure: real units, a test set, and what a missed rainy day costs.",
    steps=(
        Step(
            title="Three inputs",
            text="""
Every example is a day: its temperature in °C, its humidity in %, its air pressure in hPa. The question: does it rain?

The network of the tutorial `weather` has three inputs and hidden layers of ReLU units. It says a probability, and
from one half on it says *rain*. The plane shows two of the inputs; the third is held at its mean.
""",
            experiment=made(_DAYS | {"standardize": "each"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
        ),
        Step(
            title="As the instruments give it",
            text="""
A pressure is about 1013, a temperature about 15. Here the network gets the numbers as they are.
""",
            experiment=made(_DAYS | {"standardize": "none"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
            prediction=Prediction(
                question="How many of the test days will it get right after 60 epochs?",
                choices=("No more than by always saying the same", "70 to 85 %", "More than 85 %"),
                measure=TEST_ACCURACY,
                limits=(0.7, 0.85),
                why="The pressure drowns everything else. It is large and hardly varies, so every step shifts all "
                "answers "
                "at once, to and fro.",
            ),
        ),
        Step(
            title="Standardised, each by itself",
            text=r"""
$$x \leftarrow \frac{x - \mu}{\sigma}$$

Mean $\mu$ and standard deviation $\sigma$ are those of each input, taken from the training days only: the test days
must stay unknown. Afterwards every input lies around 0 and varies by about 1.
""",
            experiment=made(_DAYS | {"standardize": "each"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
            prediction=Prediction(
                question="And now, after 60 epochs?",
                choices=("No more than by always saying the same", "70 to 85 %", "More than 85 %"),
                measure=TEST_ACCURACY,
                limits=(0.7, 0.85),
                why="All inputs have the same say, and one learning rate suits all weights.",
            ),
        ),
        Step(
            title="The mistake as printed",
            text="""
The tutorial takes one mean and one standard deviation of the *whole* table, temperatures and pressures together. The
numbers do become small.
""",
            experiment=made(_DAYS | {"standardize": "whole"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
            settings=(
                chosen("Standardise", "standardize", none="Not at all", whole="The whole table", each="Each input"),
            ),
            prediction=Prediction(
                question="Compared with each input by itself: how low will the train cost be after 60 epochs?",
                choices=("As low", "Higher", "Still that of knowing nothing"),
                measure=TRAIN_COST,
                limits=(0.3, 0.6),
                why="All temperatures come out near −0.7 and all pressures near +1.4: neither input is centred, "
                "and each "
                "hardly varies. What tells the days apart has been made tiny.",
            ),
        ),
        Step(
            title="A missed rainy day",
            text="""
Open *Numbers* under the plane: rows are what happened, columns what was said. *Recall* of *rain* is the share of the
rainy days that were found.

Who waters a field fears a false alarm; who dries hay fears a missed rain. With the threshold under the plane you
decide from which probability on the answer is *rain*: lower it, and fewer rainy days are missed, for more false
alarms.
""",
            experiment=made(_DAYS | {"standardize": "each"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
        ),
        Step(
            title="Find the rain",
            text="""
Find nine rainy test days in ten, and be right on nine days in ten. Layers, rate and standardising are yours.
""",
            experiment=made(_DAYS | {"standardize": "none"}, (4,), network=HE_RELU, training={"learning_rate": 0.001}),
            epochs=100,
            settings=(
                chosen("Standardise", "standardize", none="Not at all", whole="The whole table", each="Each input"),
                layers(4, 0, 1, 2, 3),
                rates(0.001, 0.01, 0.1, 1.0),
            ),
            checkpoint=Checkpoint(
                "90 % of the rainy test days found, and a test accuracy of 90 % or more",
                (Condition(RECALL, least=0.9), Condition(TEST_ACCURACY, least=0.9)),
            ),
        ),
    ),
)
