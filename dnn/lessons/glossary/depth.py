"""Terms for where a network starts, and what can go wrong in many layers."""

from __future__ import annotations

from dnn.lessons.glossary.term import Term

TERMS: tuple[Term, ...] = (
    Term(
        "starting weights",
        "Starting weights (initialisation)",
        "starting weights|starting point|starting points|initialisation",
        "The random numbers with which training begins. Their size decides whether a deep network can learn.",
        "one-hidden.5",
        formula=r"W \sim s \cdot \mathcal N(0, 1), \quad b = 0",
    ),
    Term(
        "standard deviation",
        "Standard deviation",
        "standard deviation|standard deviations",
        "How far numbers typically lie from their mean.",
        "relu-net.5",
        formula=r"\sigma = \sqrt{\frac1m \sum_i (x_i - \mu)^2}",
    ),
    Term(
        "symmetry",
        "Symmetry",
        "symmetry",
        "Units that start equal get equal gradients and stay equal. Random starting weights break the symmetry.",
        "starting-points.2",
        formula=r"w_1 = w_2 \;\Rightarrow\; dw_1 = dw_2",
    ),
    Term(
        "he",
        "He initialisation",
        "He's rule|He's start|He's starting weights|He's weights|He initialisation",
        "Starting weights for ReLU: their spread depends on the number of inputs, so that the signal keeps its size "
        "from layer to layer.",
        "relu-net.5",
        formula=r"W \sim \sqrt{\frac{2}{n_{\mathrm{in}}}} \cdot \mathcal N(0, 1)",
    ),
    Term(
        "xavier",
        "Xavier initialisation (Glorot)",
        "Xavier initialisation|Xavier|Glorot",
        "Starting weights for tanh and sigmoid: they keep the size of the signal on its way forward and of the "
        "gradient on its way back.",
        "starting-points.5",
        formula=r"W \sim \sqrt{\frac{2}{n_{\mathrm{in}} + n_{\mathrm{out}}}} \cdot \mathcal N(0, 1)",
    ),
    Term(
        "vanishing gradient",
        "Vanishing gradient",
        "vanishing gradient|vanishing gradients",
        "On its way back the gradient is multiplied by a slope below 1 in every layer, until hardly any of it reaches "
        "the first layers: they do not learn.",
        "sigmoid-net.2",
        formula=r"\left(\tfrac14\right)^8 = \frac{1}{65\,536}",
    ),
    Term(
        "explosion",
        "Exploding signal",
        "explode|explodes|exploding signal|exploding gradient|exploding gradients",
        "Weights that are too large make the numbers larger in every layer, and the gradient as well on its way back.",
        "relu-net.4",
        formula=r"\left(\sqrt{16 / 2}\right)^5 \approx 181",
    ),
    Term(
        "sparse",
        "Sparse activations",
        "sparse",
        "Many of the activations are exactly 0, so that each example uses another part of the network.",
        "relu-net.2",
        formula=r"\max(0, z) = 0 \text{ for about half of all } z",
    ),
    Term(
        "dead unit",
        "Dead unit",
        "dead unit|dead units",
        "A unit that is silent for every example. Its gradient is 0, so it never changes again.",
        "relu-net.6",
        formula=r"z^{(i)} \le 0 \text{ for all } i \;\Rightarrow\; dW = 0",
    ),
)
