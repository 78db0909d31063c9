"""Equations of training: starting weights, updates, and what is done against overfitting."""

from __future__ import annotations

from dnn.lessons.equations.equation import Equation
from dnn.lessons.equations.symbols import Symbol

_MEAN_SQUARE = Symbol(r"\overline{a^2}", "the mean of the squares of the activations that one layer passes to the next")

SMALL_START = Equation(
    "Starting weights",
    r"W \sim 0.01 \cdot \mathcal N(0, 1), \quad b = 0",
    ("return rng.standard_normal((n_in, n_out))",),
)
UNSCALED_START = Equation(
    "Starting weights",
    r"W \sim \mathcal N(0, 1), \quad b \sim \mathcal N(0, 1)",
    ("return rng.standard_normal((n_in, n_out))",),
)
VARIANCE_OF_SUM = Equation(
    "A sum of many",
    r"\mathrm{Var}(z) = n_{\mathrm{in}} \cdot \mathrm{Var}(w) \cdot \overline{a^2}",
    ("Z = A @ W + b",),
    symbols_here=(_MEAN_SQUARE,),
)
RELU_HALVES = Equation(
    "ReLU keeps half",
    r"\overline{a^2} = \tfrac12 \mathrm{Var}(z)",
    ("return np.maximum(z, 0.0, out=out)",),
    "activations/classic.py",
    symbols_here=(_MEAN_SQUARE,),
)
HE = Equation(
    "He, so that both cancel",
    r"\mathrm{Var}(w) = \frac{2}{n_{\mathrm{in}}}",
    ("return float(np.sqrt((2.0 if self.kinks else 1.0) / n_in))",),
)
XAVIER = Equation(
    "Xavier, for signal and gradient",
    r"\mathrm{Var}(w) = \frac{2}{n_{\mathrm{in}} + n_{\mathrm{out}}}",
    ("return _normal(rng, n_in, n_out, np.sqrt(2.0 / (n_in + n_out)))",),
    "initializers.py",
)
UPDATE = Equation(
    "Update: gradient descent",
    r"""\begin{aligned}
W &\leftarrow W - \alpha\, dW \\
b &\leftarrow b - \alpha\, db
\end{aligned}""",
    ("W = W - learning_rate * dW", "b = b - learning_rate * db"),
)
MINI_BATCH = Equation(
    "Gradient of a mini-batch",
    r"dW \approx \frac1B \sum_{i \in \mathcal B} dW^{(i)}",
    ("scaled: Array = np.multiply(out, 1.0 / a.shape[-2] if sample_weight is None else sample_weight, out)",),
    "losses.py",
    symbols_here=(
        Symbol("B", "the number of examples in the batch"),
        Symbol(r"i \in \mathcal B", "for each example i in the batch"),
        Symbol(r"^{(i)}", "of example i alone"),
    ),
)
MOMENTUM = Equation(
    "Momentum",
    r"""\begin{aligned}
v &\leftarrow \beta v + dW \\
W &\leftarrow W - \alpha v
\end{aligned}""",
    ("np.add(np.multiply(v, self.beta, v), out, v)", "np.multiply(v, -rate, out)"),
    "optimizers/descent.py",
)
ADAM = Equation(
    "Adam",
    r"""\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1)\, dW \\
v &\leftarrow \beta_2 v + (1 - \beta_2)\, dW^2 \\
\hat m &= \frac{m}{1 - \beta_1^t}, \quad \hat v = \frac{v}{1 - \beta_2^t} \\
W &\leftarrow W - \alpha\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}
\end{aligned}""",
    (
        "_average(m, g, self.beta1, out)",
        "_average(v, np.multiply(g, g, out), self.beta2, out)",
        "return m, 1.0 / _weight(self.beta1, t)",
        "v_hat = np.divide(v, _weight(self.beta2, t), out)",
        "_scale(direction, v_hat, self.epsilon, rate * scale, out)",
    ),
    "optimizers/adaptive.py",
    symbols_here=(
        Symbol("m", "here: the mean of the gradients so far, the older the less"),
        Symbol("v", "here: the mean of their squares"),
        Symbol(r"\hat m", "m, corrected for having begun at 0"),
        Symbol(r"\hat v", "v, corrected for having begun at 0"),
        Symbol(r"\beta_1", "beta one: the share of the old mean that is kept, 0.9"),
        Symbol(r"\beta_2", "beta two: the share of the old mean of squares that is kept, 0.999"),
        Symbol("dW^2", "the gradients, each multiplied by itself"),
        Symbol("t", "the number of updates so far, this one included"),
        Symbol(r"\varepsilon", "epsilon: a very small number, 0.00000001, so that nothing is divided by 0"),
    ),
)
COSINE = Equation(
    "Cosine schedule",
    r"\alpha = \alpha_0\, \frac{1 + \cos(\pi e / n)}{2}",
    ("wave = 0.5 * (1.0 + np.cos(np.pi * np.minimum(epoch / self.epochs, 1.0)))",),
    "schedules.py",
    symbols_here=(
        Symbol(r"\alpha_0", "alpha zero: the learning rate at the start"),
        Symbol("e", "here: the number of the epoch"),
        Symbol("n", "the epochs in which the rate falls to 0"),
    ),
)
L2 = Equation(
    "L2 in the cost and in the gradient",
    r"""\begin{aligned}
J &\leftarrow J + \frac{\lambda}{2m} \sum W^2 \\
dW &\leftarrow dW + \frac{\lambda}{m} W
\end{aligned}""",
    (
        "multiply(vector, hyperparameters.l2, penalty)",
        "multiply(penalty, self.weights_only, penalty)",
        "multiply(penalty, _inverse(size), penalty)",
        "add(gradient, penalty, gradient)",
    ),
    "training/trainer.py",
    symbols_here=(Symbol("W^2", "the weights of all layers, but not the biases, each multiplied by itself"),),
)
DROPOUT = Equation(
    "Inverted dropout",
    r"""\begin{aligned}
A &\leftarrow \frac{A \odot M}{1 - p} \\
dA &\leftarrow \frac{dA \odot M}{1 - p}
\end{aligned}""",
    (
        "multiply(_kept(rng, mask, share, by_bits=pairs), 1.0 / (1.0 - share), out=mask)",
        "return multiply(self.g(z, self.unmasked), self.mask, out)",
        "return multiply(self.g_slope(z, self.unmasked, out), self.mask, out)",
    ),
    "dropout.py",
)
STANDARDISED = Equation(
    "Standardising",
    r"x \leftarrow \frac{x - \mu}{\sigma}",
    ("return X.mean(axis=0), X.std(axis=0)",),
    symbols_here=(
        Symbol(r"\mu", "mu: the mean of this input over the training examples"),
        Symbol(r"\sigma", "here: the standard deviation of this input over the training examples"),
    ),
)
