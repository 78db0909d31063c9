"""The mistakes that the five tutorials print, with their symptoms and the result of a gradient check."""

from __future__ import annotations

from dnn.data.names import Names
from dnn.messages import Message
from dnn.mistakes.mistake import Mistake, setting_of
from dnn.mistakes.rules import (
    BiasPerExample,
    DividesByOutput,
    LastLayerStays,
    OneMean,
    OutputReadsZ,
    SummedBias,
    TinyStart,
    UnscaledStart,
    WrongCount,
)

TUTORIAL_MISTAKES = (
    Mistake(
        id="last_layer_stays",
        title="The last layer is never updated",
        tutorials=("sigmoid-net",),
        wrong="The loop that updates the layers stops one too early, so the output layer keeps its starting weights.",
        symptoms=(
            "The cost falls, but more slowly: the hidden layers learn to suit an output that was drawn at random.",
            "The weights of the output layer are the same in every epoch.",
        ),
        caught=False,
        why="The gradient of the last layer is right; it is only never used. The check looks at slopes, not at steps.",
        rule=LastLayerStays,
        step="update",
        setting=setting_of("moons", (3,), "tanh", 0.5, 1000),
    ),
    Mistake(
        id="summed_bias",
        title="The bias gradient is summed over the units",
        tutorials=("sigmoid-net",),
        wrong="A sum without an axis adds up all units as well as all examples, so every bias of a layer takes the "
        "same step.",
        symptoms=(
            "The biases of a layer stay equal to one another, so its units bend at places tied together.",
            "It learns more slowly, or gets stuck where units would have to bend at different places.",
        ),
        caught=True,
        why="The slopes of the biases differ from unit to unit, and the numeric gradient sees each on its own. In a "
        "layer of one unit both sums are the same, so there the mistake stays hidden.",
        rule=SummedBias,
        step="bias_gradient",
        setting=setting_of("circles", (3,), "sigmoid", 2.0, 500),
        breaks="summed_bias",
    ),
    Mistake(
        id="bias_per_example",
        title="One bias for every example",
        tutorials=("sigmoid-net",),
        wrong="The bias is a matrix with a row for each training example, so the network has a number to remember "
        "each of them by.",
        symptoms=(
            "The training cost goes on falling where noise should stop it, while test examples gain nothing.",
            "Predicting any other number of examples fails, or needs a bias that was never learned.",
        ),
        caught=False,
        why="The gradient is right for this cost: it is the model that is wrong. Test examples find it, not slopes.",
        rule=BiasPerExample,
        step="bias_gradient",
        setting=setting_of("moons", (6,), "tanh", 1.0, 2000, noise=0.4, samples=100),
    ),
    Mistake(
        id="output_reads_z",
        title="The output layer reads Z instead of A",
        tutorials=("one-hidden",),
        wrong="The output layer is fed with the weighted sums of the hidden layer, not yet bent by the activation.",
        symptoms=(
            "The boundary is a straight line, however many hidden units there are.",
            "The cost settles high, at what a single neuron reaches.",
        ),
        caught=True,
        why="The way back multiplies by A and by the slope of an activation that the way there has skipped.",
        rule=OutputReadsZ,
        step="passed_on",
        setting=setting_of("moons", (4,), "tanh", 0.5, 1000),
    ),
    Mistake(
        id="wrong_count",
        title="m counts the inputs, not the examples",
        tutorials=("one-hidden", "relu-net"),
        wrong="The number of examples is read from the other axis of X, so gradients are divided by the number of "
        "inputs and are nearly sums instead of means.",
        symptoms=(
            "The cost leaps and does not settle, with a learning rate that is good elsewhere.",
            "With twice the examples the steps are twice as long.",
        ),
        caught=True,
        why="Every slope points the right way but is m / inputs times too long, and the check compares lengths too. "
        "It would miss the mistake if the cost were divided by the same wrong number.",
        rule=WrongCount,
        step="count",
        setting=setting_of("moons", (6,), "tanh", 1.0, 300),
    ),
    Mistake(
        id="unscaled_start",
        title="Starting weights that are too large",
        tutorials=("relu-net",),
        wrong="Weights are drawn from N(0, 1) whatever the number of inputs, so each ReLU layer makes its numbers "
        "larger than the one before.",
        symptoms=(
            "The very first cost is many times ln 2, what a network that knows nothing should have.",
            "The cost then leaps, units are thrown below zero and stay there, and every answer becomes one half.",
        ),
        caught=False,
        why="Forward and backward agree; the slopes are right for a bad place to start from.",
        rule=UnscaledStart,
        step="spread",
        setting=setting_of("moons", (16, 16, 16, 16, 16), "relu", 0.1, 300),
    ),
    Mistake(
        id="tiny_start",
        title="Starting weights that are too small for the depth",
        tutorials=("one-hidden", "modular"),
        wrong="Weights of 0.01 · N(0, 1) shrink the signal in every layer, and the gradient on its way back as well.",
        symptoms=(
            "The cost stays at ln 2 ≈ 0.693: every answer is one half.",
            "The gradient of the first layer is thousands of times smaller than the bias gradient of the last.",
        ),
        caught=False,
        why="Small slopes are right slopes. With one hidden layer this start is even a good one.",
        rule=TinyStart,
        step="spread",
        setting=setting_of("moons", (8, 8, 8, 8), "relu", 0.1, 500),
    ),
    Mistake(
        id="divides_by_output",
        title="Dividing by ŷ",
        tutorials=("relu-net", "modular", "sigmoid-net"),
        wrong="Loss and gradient are computed from ŷ, with log ŷ and y/ŷ. Once an answer is so sure that ŷ is rounded "
        "to 1, there is a logarithm of 0 and a division by 0.",
        symptoms=(
            "All goes well for a while; then the cost is infinite or not a number, and so is every weight.",
            "It happens sooner the better the network gets, and with inputs that are far away.",
        ),
        caught=False,
        why="At the start no answer is sure, and there both forms are the same. The check sees one place only.",
        rule=DividesByOutput,
        step="output_slope",
        setting=setting_of("blobs", (8, 8, 8), "relu", 1.5, 300),
    ),
    Mistake(
        id="one_mean",
        title="One mean for all inputs",
        tutorials=("weather",),
        wrong="Mean and standard deviation are taken over the whole table, temperatures and air pressures together, "
        "so neither input is centred and both hardly vary.",
        symptoms=(
            "The cost gets stuck near ln 2: to the network all examples look alike.",
            "Standardised inputs do not have mean 0 and standard deviation 1.",
        ),
        caught=False,
        why="The check starts behind the standardising: for the numbers that arrive the slopes are right.",
        rule=OneMean,
        step="scales",
        setting=setting_of(
            "moons",
            (6,),
            "tanh",
            0.5,
            1000,
            units=((15.0, 8.0), (1013.0, 8.0)),
            names=Names((Message("temperature"), Message("pressure")), ("°C", "hPa"), ("0", "1")),
        ),
    ),
)
