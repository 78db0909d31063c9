"""Equations of a network: from the inputs to the answer, its cost, and the way back to the gradients."""

from __future__ import annotations

from dnn.lessons.equations.equation import Equation
from dnn.lessons.equations.symbols import Symbol

_ONE_BIAS = (
    Symbol("b", "the bias, a number that the neuron adds to its weighted sum"),
    Symbol("db", "the gradient of the cost for the bias"),
)

_ROW = (Symbol(r"^{(i)}", "the row of example i"),)

NEURON = Equation(
    "A neuron",
    r"\hat y = \sigma(w_1 x_1 + w_2 x_2 + b)",
    ("Z = A @ W + b",),
    symbols_here=_ONE_BIAS,
)
SIGMOID = Equation("Sigmoid", r"\sigma(z) = \frac{1}{1 + e^{-z}}", ("y_hat: Array = 0.5 * np.tanh(0.5 * Z) + 0.5",))
CROSS_ENTROPY = Equation(
    "Cost: cross-entropy",
    r"""\begin{aligned}
J &= \frac1m \sum_i L_i \\
L_i &= -\big(y_i \ln \hat y_i + (1 - y_i) \ln(1 - \hat y_i)\big)
\end{aligned}""",
    ("losses = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z", "J = np.mean(losses)"),
)
SURE_AND_WRONG = Equation(
    "Loss of one example",
    r"""\begin{aligned}
y = 1: \quad L &= -\ln \hat y \\
y = 0: \quad L &= -\ln(1 - \hat y)
\end{aligned}""",
    ("losses = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z",),
)
COST_FROM_SUMS = Equation(
    "The cost, computed from z",
    r"""\begin{aligned}
J = \frac1m \sum_i \big(&\max(0, z_i) - y_i z_i \\
&+ \ln(1 + e^{-|z_i|})\big)
\end{aligned}""",
    ("losses = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z", "J = np.mean(losses)"),
    symbols_here=(Symbol("z", "the weighted sum of the last layer, before the sigmoid"),),
)
_OF_CLASSES = (
    Symbol(r"\hat y", "y hat: the network's answer, a probability for each class"),
    Symbol("y", "1 for the right class, 0 for the others"),
    Symbol("k", "the number of a class"),
    Symbol("j", "each class in turn"),
)
SOFTMAX = Equation(
    "Softmax",
    r"\hat y_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
    ("np.exp(out, out)", "out /= out.sum(axis=-1, keepdims=True)"),
    "losses.py",
    symbols_here=_OF_CLASSES,
)
COST_OF_CLASSES = Equation(
    "Loss of one example, several classes",
    r"L = -\sum_k y_k \ln \hat y_k",
    ("return np.asarray(np.log(_total(np.exp(shifted))) - _total(y * shifted))",),
    "losses.py",
    symbols_here=_OF_CLASSES,
)
NEURON_GRADIENT = Equation(
    "Gradient of one neuron",
    r"""\begin{aligned}
dw &= \frac{\partial J}{\partial w} = \frac1m \sum_i (\hat y_i - y_i)\, x_i \\
db &= \frac{\partial J}{\partial b} = \frac1m \sum_i (\hat y_i - y_i)
\end{aligned}""",
    ("dZ = self.output_slope(Zs[-1], y) / m", "dW = A.T @ dZ", "db: Array = np.sum(dZ, axis=0)"),
    symbols_here=(*_ONE_BIAS, Symbol("x_i", "what example i has as the input of this weight")),
)
NEURON_UPDATE = Equation(
    "Update: gradient descent",
    r"""\begin{aligned}
w &\leftarrow w - \alpha\, dw \\
b &\leftarrow b - \alpha\, db
\end{aligned}""",
    ("W = W - learning_rate * dW", "b = b - learning_rate * db"),
    symbols_here=_ONE_BIAS,
)
TWO_LAYERS = Equation(
    "Forward",
    r"""\begin{aligned}
Z_1 &= X W_1 + b_1 \\
A_1 &= \tanh Z_1 \\
Z_2 &= A_1 W_2 + b_2 \\
\hat y &= \sigma(Z_2)
\end{aligned}""",
    ("Z = self.weighted_sum(A, W, b)", "A = g(Z)"),
)
TWO_LAYERS_BACK = Equation(
    "Backward",
    r"""\begin{aligned}
dZ_2 &= \tfrac1m (\hat y - y) \\
dW_2 &= A_1^\top dZ_2, \quad db_2 = \sum_i dZ_2^{(i)} \\
dZ_1 &= (dZ_2\, W_2^\top) \odot (1 - A_1 \odot A_1) \\
dW_1 &= X^\top dZ_1, \quad db_1 = \sum_i dZ_1^{(i)}
\end{aligned}""",
    (
        "dZ = self.output_slope(Zs[-1], y) / m",
        "dW = A.T @ dZ",
        "db: Array = np.sum(dZ, axis=0)",
        "dA = dZ @ W.T",
        "dZ = dA * self.g_slope(Z, A)",
    ),
    symbols_here=_ROW,
)
LINEAR_FORWARD = Equation("Linear half, forward", r"Z_l = A_{l-1} W_l + b_l", ("Z = A @ W + b",))
ACTIVATION_FORWARD = Equation("Activation half, forward", r"A_l = g(Z_l)", ("A = g(Z)",))
ACTIVATION_BACKWARD = Equation(
    "Activation half, backward", r"dZ_l = dA_l \odot g'(Z_l)", ("dZ = dA * self.g_slope(Z, A)",)
)
FIRST_GRADIENT = Equation(
    "Where it begins: the mean of all examples",
    r"dZ_L = \tfrac1m (\hat y - y)",
    ("dZ = self.output_slope(Zs[-1], y) / m",),
    symbols_here=(Symbol("L", "here: the number of the last layer"),),
)
LINEAR_BACKWARD = Equation(
    "Linear half, backward",
    r"""\begin{aligned}
dW_l &= A_{l-1}^\top dZ_l \\
db_l &= \sum_i dZ_l^{(i)} \\
dA_{l-1} &= dZ_l\, W_l^\top
\end{aligned}""",
    ("dW = A.T @ dZ", "db: Array = np.sum(dZ, axis=0)", "dA = dZ @ W.T"),
    symbols_here=_ROW,
)
DIVIDED = Equation(
    "As printed, for one example",
    r"""\begin{aligned}
dA_L &= -\left(\frac{y}{\hat y} - \frac{1 - y}{1 - \hat y}\right) \\
dZ_L &= dA_L \cdot \hat y\,(1 - \hat y)
\end{aligned}""",
    symbols_here=(Symbol("L", "here: the number of the last layer"),),
)
SUBTRACTED = Equation(
    "The same on paper, for one example",
    r"dZ_L = \hat y - y",
    ("return self.sigmoid(Z) - y",),
    symbols_here=(Symbol("L", "here: the number of the last layer"),),
)
SIGMOID_SLOPE = Equation(
    "Slope of the sigmoid",
    r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) \le \tfrac14",
    ("out = np.subtract(1.0, a, out)", "return np.multiply(a, out, out)"),
    "activations/classic.py",
)
ONE_LAYER_BACK = Equation(
    "Through one layer of sigmoids",
    r"dA_{l-1} = \big(dA_l \odot \sigma'(Z_l)\big)\, W_l^\top",
    ("dZ = dA * self.g_slope(Z, A)", "dA = dZ @ W.T"),
)
RELU = Equation(
    "ReLU and its slope",
    r"""\begin{aligned}
g(z) &= \max(0, z) \\
g'(z) &= 1 \text{ if } z > 0,\; 0 \text{ otherwise}
\end{aligned}""",
    ("return np.maximum(z, 0.0, out=out)", "return np.sign(a, out)"),
    "activations/classic.py",
)
