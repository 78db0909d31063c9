"""Terms for how a network learns: the cost, its gradient, and the steps against it."""

from __future__ import annotations

from dnn.lessons.glossary.term import Term

TERMS: tuple[Term, ...] = (
    Term(
        "training examples",
        "Training examples",
        "training example|training examples",
        "The inputs from which the network learns, each with its right answer.",
        "overfitting.1",
        formula=r"(x^{(1)}, y^{(1)}), \dots, (x^{(m)}, y^{(m)})",
    ),
    Term(
        "epoch",
        "Epoch",
        "epoch|epochs",
        "One pass through all training examples.",
        "one-neuron.1",
        formula=r"\lceil m / B \rceil \text{ updates per epoch}",
    ),
    Term(
        "cost",
        "Cost (loss)",
        "cost|costs|loss|losses",
        "One number for how wrong the answers are, averaged over the examples. Training makes it small; 0 is perfect.",
        "one-neuron.1",
        formula=r"J = \frac1m \sum_{i=1}^m L(\hat y^{(i)}, y^{(i)})",
    ),
    Term(
        "cross-entropy",
        "Cross-entropy",
        "cross-entropy",
        "The usual cost where answers are probabilities. An answer that is sure and wrong costs most; one half costs "
        "ln 2 = 0.69.",
        "one-hidden.2",
        formula=r"L = -\big(y \ln \hat y + (1 - y) \ln(1 - \hat y)\big)",
    ),
    Term(
        "forward pass",
        "Forward pass",
        "forward pass|forward",
        "Computing the answer from the inputs, layer by layer.",
        "one-hidden.2",
        formula=r"X \to Z_1 \to A_1 \to Z_2 \to \hat y",
    ),
    Term(
        "backpropagation",
        "Backpropagation",
        "backpropagation",
        "Computing the gradient of every weight from the cost, layer by layer from the last to the first: the chain "
        "rule, with what the forward pass kept.",
        "one-hidden.2",
        formula=r"dZ_1 = (dZ_2\, W_2^\top) \odot g'(Z_1)",
    ),
    Term(
        "gradient",
        "Gradient",
        "gradient|gradients",
        "For every weight: how much the cost would change if the weight grew a little. It points uphill.",
        "one-hidden.2",
        formula=r"dW = \frac{\partial J}{\partial W}",
    ),
    Term(
        "slope",
        "Slope (derivative)",
        "slope|slopes|derivative|derivatives",
        "How much a curve rises for a small step to the right. Backpropagation multiplies by the slope of each "
        "activation function.",
        "sigmoid-net.2",
        formula=r"g'(z) = \frac{dg}{dz}",
    ),
    Term(
        "update",
        "Update (gradient descent)",
        "update|updates|gradient descent",
        "One step of all weights and biases, downhill: against the gradient.",
        "one-neuron.5",
        formula=r"W \leftarrow W - \alpha\, dW",
    ),
    Term(
        "learning rate",
        "Learning rate",
        "learning rate|learning rates",
        "How far each update steps against the gradient. Too small is slow; too large jumps across the valley.",
        "one-neuron.5",
        formula=r"\lVert \Delta W \rVert = \alpha\, \lVert dW \rVert",
    ),
    Term(
        "batch",
        "Batch, mini-batch",
        "batch|batches|mini-batches|mini-batch",
        "The examples that are looked at together before the weights change. A small part of all: a mini-batch.",
        "faster.2",
        formula=r"dW \approx \frac1B \sum_{i \in \mathcal B} dW^{(i)}",
    ),
    Term(
        "optimiser",
        "Optimiser",
        "optimiser|optimisers",
        "The rule that makes steps out of gradients: plain gradient descent, momentum, Adam.",
        "faster.7",
        formula=r"W \leftarrow W - \alpha\, u(dW), \quad u(dW) = dW,\; v,\; \hat m / \sqrt{\hat v},\; \dots",
    ),
    Term(
        "momentum",
        "Momentum",
        "momentum",
        "Each step keeps a share of the last one, like a ball that rolls: steps in one direction add up.",
        "faster.4",
        formula=r"v \leftarrow \beta v + dW, \quad W \leftarrow W - \alpha v",
    ),
    Term(
        "adam",
        "Adam",
        "Adam",
        "An optimiser that divides each weight's mean gradient by the root of its mean square: all weights take steps "
        "of about the learning rate.",
        "faster.5",
        formula=r"W \leftarrow W - \alpha\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}",
    ),
    Term(
        "schedule",
        "Learning-rate schedule",
        "learning-rate schedule|schedule|schedules",
        "A learning rate that changes over the epochs: large steps at first, small ones towards the end.",
        "faster.6",
        formula=r"\alpha = \tfrac12 \alpha_0 \big(1 + \cos(\pi e / n)\big)",
        picture="schedule",
    ),
)
