"""The symbols of the equations: how each is written, how it is read, and what it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Symbol:
    """``latex`` as it stands in an equation, ``meaning`` in a sentence without formulas, as it is read aloud."""

    latex: str
    meaning: str


SYMBOLS: tuple[Symbol, ...] = (
    # the examples and the answers
    Symbol("X", "all examples, one in each row"),
    Symbol("x", "an input"),
    Symbol("y", "the right answer (target): 0 or 1"),
    Symbol(r"\hat y", "y hat: the network's answer, the probability of class 1"),
    Symbol("m", "the number of examples"),
    Symbol("i", "the number of an example"),
    Symbol("J", "the cost: how wrong the answers are, averaged over the examples"),
    Symbol("L", "the loss: how wrong one answer is"),
    # a layer
    Symbol("w", "a weight"),
    Symbol("b", "the biases: one for each unit"),
    Symbol("W", "the weights of a layer: a row for each unit they come from, a column for each they lead to"),
    Symbol("z", "a weighted sum of inputs plus bias, before the activation function"),
    Symbol("Z", "the weighted sums of a layer: a row for each example, a column for each unit"),
    Symbol("A", "the activations of a layer: a row for each example, a column for each unit"),
    Symbol("l", "the number of the layer; l − 1 is the layer before, and layer 0 are the inputs"),
    Symbol("g", "the activation function"),
    Symbol(r"\tanh", "hyperbolic tangent: an S-shaped curve from −1 to 1"),
    Symbol(r"\sigma", "sigma: the sigmoid, which squeezes any number into the range from 0 to 1"),
    Symbol("e", "Euler's number, about 2.718"),
    # the way back
    Symbol(r"\partial", "partial derivative: how much the upper quantity changes for a small step of the lower one"),
    Symbol("g'", "the slope (derivative) of the activation function"),
    Symbol(r"\sigma'", "the slope (derivative) of the sigmoid"),
    Symbol("dw", "the gradient of the cost for a weight"),
    Symbol("db", "the gradient of the cost for each bias"),
    Symbol("dW", "the gradient of the cost for each weight, shaped like W"),
    Symbol("dZ", "the gradient of the cost for each weighted sum, shaped like Z"),
    Symbol("dA", "the gradient of the cost for each activation, shaped like A"),
    Symbol(r"\odot", "multiply number by number, not as matrices"),
    Symbol(r"^\top", "transposed: rows and columns change places"),
    Symbol(r"\sum", "the sum"),
    # updates
    Symbol(r"\leftarrow", "is replaced by"),
    Symbol(r"\alpha", "alpha: the learning rate"),
    Symbol("v", "the velocity: a running sum of the gradients"),
    Symbol(r"\beta", "beta: the share of the old value that is kept"),
    # starting weights
    Symbol(r"\sim", "is drawn at random from"),
    Symbol(r"\mathcal N(0, 1)", "the normal distribution with mean 0 and standard deviation 1"),
    Symbol(r"\mathrm{Var}", "the variance: the square of the standard deviation"),
    Symbol(r"n_{\mathrm{in}}", "the number of units that a layer gets its inputs from"),
    Symbol(r"n_{\mathrm{out}}", "the number of units in the layer"),
    # regularisation
    Symbol(r"\lambda", "lambda: how much the squares of the weights cost"),
    Symbol("p", "the share of the units that are left out"),
    Symbol("M", "the mask: 0 for a unit that is left out, 1 for one that stays, drawn anew for each update"),
)
