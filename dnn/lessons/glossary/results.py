"""Terms for how well a network does on new examples, and what helps."""

from __future__ import annotations

from dnn.lessons.glossary.term import Term

TERMS: tuple[Term, ...] = (
    Term(
        "test examples",
        "Test examples",
        "test example|test examples|test set",
        "Examples that the network never learns from. They show what it is worth on new ones.",
        "overfitting.1",
        picture="test examples",
    ),
    Term(
        "validation set",
        "Validation set",
        "validation set|validation example|validation examples|validation cost",
        "Examples that nothing trains on. Their cost tells when to stop and which settings are good, so that the test "
        "examples stay for one honest look at the end.",
        "overfitting.5",
        formula=r"J_{\text{validation}} = \frac{1}{m} \sum_{i=1}^m L(\hat y_i, y_i), \quad i \text{ held out}",
    ),
    Term(
        "accuracy",
        "Accuracy",
        "accuracy",
        "The share of the examples that are answered correctly.",
        "sigmoid-net.6",
        formula=r"\frac{\text{right answers}}{\text{all answers}}",
    ),
    Term(
        "noise",
        "Noise",
        "noise|noisy",
        "What is random in the data, and would be different in new examples. There is nothing to learn from it.",
        "overfitting.1",
        formula=r"x + \varepsilon, \quad \varepsilon \sim \mathcal N(0, \sigma^2)",
    ),
    Term(
        "outlier",
        "Outlier",
        "outlier|outliers",
        "An example that lies far from all others of its class, such as a typing error.",
        "one-neuron.6",
        picture="outlier",
    ),
    Term(
        "overfitting",
        "Overfitting",
        "overfitting|overfit|by heart",
        "Learning the training examples by heart, noise and all, and doing worse on new ones.",
        "overfitting.2",
        picture="overfitting",
    ),
    Term(
        "regularisation",
        "Regularisation",
        "regularisation",
        "Whatever keeps a network from overfitting, at the price of a higher train cost: L2, dropout, early stopping.",
        "overfitting.3",
        formula=r"J \leftarrow J + \lambda R(W)",
    ),
    Term(
        "l2",
        "L2",
        "L2|weight decay",
        "A price on the squares of all weights. It keeps them small, and the boundary smooth.",
        "overfitting.3",
        formula=r"J \leftarrow J + \frac{\lambda}{2m} \sum W^2",
    ),
    Term(
        "dropout",
        "Dropout",
        "dropout",
        "In every update some units are left out at random, so that none can rely on another. The others count for "
        "more, to make up for it.",
        "overfitting.4",
        formula=r"A \leftarrow \frac{A \odot M}{1 - p}, \quad M_{ij} = 0 \text{ with probability } p, \text{ else } 1",
    ),
    Term(
        "early stopping",
        "Early stopping",
        "early stopping",
        "Ending the training once the validation cost no longer improves, and taking the weights of the best epoch.",
        "overfitting.5",
        picture="early stopping",
    ),
    Term(
        "standardising",
        "Standardising",
        "standardising|standardise|standardised",
        "Moving and scaling each input so that its mean is 0 and its standard deviation 1.",
        "weather.3",
        formula=r"x \leftarrow \frac{x - \mu}{\sigma}",
    ),
    Term(
        "threshold",
        "Threshold",
        "threshold|thresholds",
        "The probability from which on the answer is class 1. Usually one half.",
        "weather.5",
        formula=r"\hat y \ge t \;\Rightarrow\; 1",
    ),
    Term(
        "recall",
        "Recall",
        "recall",
        "Of all examples of a class, the share that was found.",
        "weather.5",
        formula=r"\frac{\text{found}}{\text{found} + \text{missed}}",
    ),
    Term(
        "false alarm",
        "False alarm",
        "false alarm|false alarms",
        "The answer is class 1, and it is wrong. Of the answers 1, precision is the share without false alarms.",
        "weather.5",
        formula=r"\text{precision} = \frac{\text{found}}{\text{found} + \text{false alarms}}",
    ),
)
