"""Lesson 9, after the tutorial ``weather``: three inputs in three units, standardising, and two kinds of error."""

from __future__ import annotations

from typing import Any

from dnn.lessons.drawings import Threshold
from dnn.lessons.equations.training import STANDARDISED
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import RECALL, TEST_ACCURACY, TRAIN_COST
from dnn.lessons.recipes import HE_RELU, experiment_of
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

The network of the tutorial `weather` has three inputs and hidden layers of ReLU units. It answers with a probability,
and from one half on the answer is *rain*. The plane shows two of the inputs; the third is held at its mean.
""",
            experiment=experiment_of(_DAYS | {"standardize": "each"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
        ),
        Step(
            title="As the instruments give it",
            text="""
A pressure is about 1013, a temperature about 15. Here the network gets the numbers as they are.
""",
            experiment=experiment_of(_DAYS | {"standardize": "none"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
            back_to=1,
            shows="health",
            prediction=Prediction(
                question="How many of the test days will it get right after 60 epochs?",
                choices=("Hardly more than by always giving the same answer", "About three in four", "Most of them"),
                measure=TEST_ACCURACY,
                limits=(0.65, 0.85),
                why="Each gradient of the first layer is multiplied by a pressure of about 1000. The first updates "
                "are so large that most hidden units are dead after one epoch: silent on every day. From then on "
                "only the output's bias matters, all days get the same answer, and the cost stays near ln 2 = "
                "0.69.",
            ),
        ),
        Step(
            title="Standardised, each by itself",
            text=r"""
Mean $\mu$ and standard deviation $\sigma$ (no sigmoid here) are those of each input, taken from the training days only:
the test days must stay unknown. Afterwards every input lies around 0 and varies by about 1.
""",
            experiment=experiment_of(_DAYS | {"standardize": "each"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
            equations=(STANDARDISED,),
            prediction=Prediction(
                question="And now, after 60 epochs?",
                choices=("Hardly more than by always giving the same answer", "About three in four", "Most of them"),
                measure=TEST_ACCURACY,
                limits=(0.65, 0.85),
                why="All three inputs vary by 1 around 0, so none drowns the others. The updates have a size that "
                "one learning rate suits, and fewer than half of the hidden units die.",
            ),
        ),
        Step(
            title="The mistake as printed",
            text="""
The tutorial takes one mean and one standard deviation of the *whole* table, temperatures and pressures together. The
numbers do become small.
""",
            experiment=experiment_of(_DAYS | {"standardize": "whole"}, _LAYERS, network=HE_RELU, training=_RATE),
            epochs=60,
            settings=(
                chosen("Standardise", "standardize", none="Not at all", whole="The whole table", each="Each input"),
            ),
            prediction=Prediction(
                question="With each input by itself the train cost was 0.127 after 60 epochs. And now?",
                choices=("About as low", "Higher, but far from ln 2 = 0.69", "Not far from ln 2 = 0.69"),
                measure=TRAIN_COST,
                limits=(0.3, 0.58),
                why="Temperatures come out near −0.8, humidities near −0.6 and pressures near +1.4: no input is "
                "centred, and each varies by only 0.02 to 0.03. What tells the days apart has been made tiny, "
                "and a cost of ln 2 is that of telling none apart.",
            ),
        ),
        Step(
            title="A missed rainy day",
            text="""
A rainy day is found (a *true positive*, $TP$) or [missed]{.missed} (a *false negative*, $FN$). A [false alarm]{.alarms}
is a *false positive*, $FP$. [Recall]{.recall}, $TP/(TP+FN)$, is the share of the rainy days that are found;
[precision]{.precision}, $TP/(TP+FP)$, the share of the answers *rain* that are right.

The [threshold]{.threshold} is the probability from which on the answer is *rain*: lower it, and fewer rainy days are
missed, for more false alarms. The [ROC curve]{.roc} has a point for every threshold: recall upwards, false alarms among
dry days to the right.

Set what each error costs (for hay a missed rainy day costs most), and look for [the cheapest threshold]{.cost}. The
drawing has validation days: test days must not help to choose.
""",
            experiment=experiment_of(
                _DAYS | {"standardize": "each", "validation_share": 0.3},
                _LAYERS,
                network=HE_RELU,
                training=_RATE,
                seed=2,  # one with errors of both kinds
            ),
            epochs=60,
            drawing=Threshold(epochs=60),
        ),
        Step(
            title="Without a hidden layer",
            text="""
The tutorial has two hidden layers, of four and three units. Are they needed? Here is one neuron: a weight for each of
the three inputs, a bias, and so a straight boundary.
""",
            experiment=experiment_of(_DAYS | {"standardize": "each"}, (), training=_RATE),
            epochs=60,
            settings=(layers(4, 0, 1, 2, 3),),
            prediction=Prediction(
                question="With both hidden layers 92 % of the test days were right. And without?",
                choices=("Hardly more than by always giving the same answer", "About three in four", "Nearly as many"),
                measure=TEST_ACCURACY,
                limits=(0.65, 0.85),
                why="Humid days with low pressure are rainy: the weights of these two inputs are large, that of the "
                "temperature is small. Such a rule has a straight boundary, and nearly nine in ten days are right. "
                "On very cold and very warm days it is right less often. "
                "There the hidden layers help most, because they can bend the boundary.",
            ),
        ),
        Step(
            title="Find the rain",
            text="""
Find nine rainy test days in ten, and be right on nine days in ten. Layers, rate and standardising are yours.

Why both? Accuracy alone can mislead where one class is rare. If it rains on one day in a hundred, the answer *dry* for
every day is right on 99 of them, and its recall is 0.
""",
            experiment=experiment_of(
                _DAYS | {"standardize": "none"}, (4,), network=HE_RELU, training={"learning_rate": 0.001}
            ),
            epochs=100,
            settings=(
                chosen("Standardise", "standardize", none="Not at all", whole="The whole table", each="Each input"),
                layers(4, 0, 1, 2, 3),
                rates(0.001, 0.01, 0.1, 1.0),
            ),
            checkpoint=Checkpoint(
                "90 % of the rainy test days found, and a test accuracy of 90 % or more",
                (Condition(RECALL, least=0.9), Condition(TEST_ACCURACY, least=0.9)),
                why="Each input is standardised by itself: without that no depth and no rate reaches the goal. One "
                "hidden layer and a rate of 0.1 are enough. Without a hidden layer nearly nine in ten days are right.",
            ),
        ),
    ),
)
