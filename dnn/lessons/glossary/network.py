"""Terms for the parts of a network, from one neuron to an activation function."""

from __future__ import annotations

from dnn.lessons.glossary.term import Term

TERMS: tuple[Term, ...] = (
    Term(
        "neuron",
        "Neuron (unit)",
        "neuron|neurons|unit|units",
        "The smallest part of a network: it weighs its inputs, adds its bias, and bends the sum with its activation "
        "function.",
        "one-neuron.1",
        formula=r"a = g(w_1 x_1 + \dots + w_n x_n + b)",
    ),
    Term(
        "weight",
        "Weight",
        "weight|weights",
        "A number on a connection: how strongly one unit listens to another. Blue lines are positive, orange ones "
        "negative, thick ones large.",
        "one-neuron.1",
        formula=r"w_i = \frac{\partial z}{\partial x_i}, \quad z = \sum_i w_i x_i + b",
    ),
    Term(
        "bias",
        "Bias",
        "bias|biases",
        "A number that a unit adds to its weighted sum: it moves the place where the unit changes over.",
        "one-neuron.1",
        formula=r"z = 0 \;\Leftrightarrow\; \sum_i w_i x_i = -b",
    ),
    Term(
        "probability",
        "Probability",
        "probability|probabilities",
        "The answer of a network with two classes is one: how likely class 1 is, from 0 to 1.",
        "one-neuron.1",
        formula=r"\hat y = P(y = 1 \mid x)",
    ),
    Term(
        "boundary",
        "Decision boundary",
        "decision boundary|decision boundaries|boundary|boundaries|border|borders",
        "The line on which the network is undecided: on one side it answers class 1, on the other class 0.",
        "one-neuron.1",
        formula=r"\hat y = \tfrac12",
        picture="boundary",
    ),
    Term(
        "logistic regression",
        "Logistic regression",
        "logistic regression",
        "One neuron with a sigmoid, trained on the cross-entropy. Its boundary is a straight line.",
        "one-neuron.3",
        formula=r"\hat y = \sigma(X w + b)",
    ),
    Term(
        "hidden layer",
        "Hidden layer",
        "hidden layer|hidden layers",
        "Units between the inputs and the output. Each computes a number of its own from the inputs, and the output "
        "sees only these.",
        "one-hidden.1",
        formula=r"A_1 = g(X W_1 + b_1)",
        picture="hidden layer",
    ),
    Term(
        "output layer",
        "Output layer",
        "output layer|output layers",
        "The last layer: it turns the numbers of the last hidden layer into the answer.",
        "one-hidden.6",
        formula=r"\hat y = \sigma(A_1 W_2 + b_2)",
    ),
    Term(
        "activation",
        "Activation function",
        "activation function|activation functions|activation|activations",
        "The bend that a unit gives to its weighted sum, such as ReLU or tanh. Without it many layers are worth one.",
        "one-hidden.6",
        formula=r"a = g(z)",
    ),
    Term(
        "linear",
        "Linear",
        "linear",
        "Without a bend: a weighted sum of the inputs. Linear layers behind each other are one linear layer.",
        "one-hidden.6",
        formula=r"(X W_1) W_2 = X (W_1 W_2)",
    ),
    Term(
        "sigmoid",
        "Sigmoid",
        "sigmoid|sigmoids",
        "An activation function that squeezes any number into the range from 0 to 1. Far from 0 it is flat.",
        "sigmoid-net.1",
        formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        picture="sigmoid",
    ),
    Term(
        "tanh",
        "Tanh",
        "tanh",
        "An activation function like the sigmoid, from −1 to 1 and four times as steep in the middle.",
        "sigmoid-net.5",
        formula=r"\tanh z = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
        picture="tanh",
    ),
    Term(
        "relu",
        "ReLU",
        "ReLU",
        "An activation function with one hinge: negative sums become 0, positive ones pass as they are.",
        "relu-net.1",
        formula=r"\mathrm{ReLU}(z) = \max(0, z)",
        picture="relu",
    ),
    Term(
        "leaky relu",
        "Leaky ReLU",
        "leaky ReLU|leaky",
        "A ReLU with a small slope below 0, so that a gradient always gets through and no unit dies.",
        "relu-net.7",
        formula=r"g(z) = \max(s z, z), \quad s = 0.01",
        picture="leaky_relu",
    ),
)
