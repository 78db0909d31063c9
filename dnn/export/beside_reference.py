"""The exported script of a run, part by part, beside the lines of ``dnn.reference`` that do the same."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from textwrap import dedent

from dnn.export.listing import listing
from dnn.reference import ReferenceNetwork
from dnn.training.run import Run

LONGEST_TABLE = 4  # lines that are shown of a table of numbers
NUMBERS = re.compile(r"\s*\[?[-\d., e]+\]?,?|[A-Za-z\d+/]{40,}={0,2}")  # a line of a table, as text or packed


@dataclass(frozen=True)
class Line:
    """A line of the script (its beginning as a pattern), the lines of the reference that do the same, and a remark."""

    pattern: str
    reference: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class Part:
    """Sections of the script that are read together, the methods of the reference network that do the same, and why."""

    title: str
    sections: tuple[str, ...]
    methods: tuple[str, ...]
    remark: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A part of one script: its ``code``, that of the reference (empty where there is none), and its pairs of lines.

    A pair is a line of the script, the lines of the reference, and a remark.
    """

    part: Part
    code: str
    reference: str
    pairs: tuple[tuple[str, tuple[str, ...], str], ...]


PARTS: tuple[Part, ...] = (
    Part(
        "Settings and numbers",
        ("Settings", "Numbers", "Classes", "Data"),
        (),
        "What you chose, and every example as you drew it. The reference is called with them.",
        (Line(r"X\[:-1\] = ", (), "One column for each example. The last row stays 1, for the biases."),),
    ),
    Part(
        "Starting weights",
        ("Initialise",),
        ("spread", "random_numbers", "start_bias", "start"),
        "Random weights whose size fits the number of inputs, and biases of 0.",
        (
            Line(
                r"W\[:-1\] = ",
                ("(self.random_numbers(rng, n_in, n_out) * self.spread(n_in), self.start_bias(m, n_out))",),
                "The last row of W is left at 0: these are the biases.",
            ),
        ),
    ),
    Part(
        "Forward",
        ("Activations", "Forward"),
        ("weighted_sum", "sigmoid", "forward"),
        "From the inputs to the answer: a weighted sum, then an activation function, in every layer.",
        (
            Line(r"Z = np\.dot\(W\.T", ("Z = A @ W + b",), "The weighted sum of a layer, with the biases in it."),
            Line(r"A = tanh\(Z\)", ("A = g(Z)",), "The activation function of the hidden units."),
            Line(
                r"A = np\.tanh\(Z \* 0\.5\)",
                ("y_hat: Array = 0.5 * np.tanh(0.5 * Z) + 0.5",),
                "The sigmoid of the output, written with tanh so that no number gets too large.",
            ),
        ),
    ),
    Part(
        "Cost",
        ("Cost",),
        ("cost",),
        "The mean cross-entropy, from z. The script computes it for each of your parts: training, validation, test.",
        (
            Line(
                r"losses = ",
                ("losses = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z",),
                "The same formula.",
            ),
        ),
    ),
    Part(
        "Backward",
        ("Backward",),
        ("output_slope", "weight_gradient", "bias_gradient", "input_gradient", "through_activation", "backward"),
        "Backpropagation: the error goes from the output back to the first layer, and every W gets its gradient.",
        (
            Line(
                r"dZ = \(A - Y\)",
                ("dZ = self.output_slope(Zs[-1], y) / m",),
                "The error of the output, ŷ - y, divided by the number of examples.",
            ),
            Line(r"dA = ", ("dA = dZ @ W.T",), "The error of the layer before, through the weights."),
            Line(r"dZ = dA \*", ("dZ = dA * self.g_slope(Z, A)",), "And through the slope of its activation."),
            Line(
                r"grads\.insert",
                ("dW = A.T @ dZ", "db: Array = np.sum(dZ, axis=0)"),
                "Both at once: the row of ones makes the last row of dW the sum db.",
            ),
        ),
    ),
    Part(
        "Update",
        ("Update", "Learning rate"),
        ("update",),
        "A step against the gradient. Your optimiser may divide and average it first; the reference does not.",
        (
            Line(
                r"params\[layer\] = ",
                ("W = W - learning_rate * dW", "b = b - learning_rate * db"),
                "The step of every layer.",
            ),
        ),
    ),
    Part(
        "Training",
        ("Chance", "Train"),
        ("train",),
        "Forward, backward, update, again and again. The script does it for every mini-batch.",
        (
            Line(r"for epoch in range", ("for _ in range(epochs):",), "Epoch by epoch."),
            Line(
                r"update\(params, backward",
                ("layers = self.update(layers, self.backward(layers, X, y), learning_rate)",),
                "The whole of training in one line.",
            ),
            Line(r"params = best\[2\]", (), "Early stopping brings the weights of the best epoch back."),
        ),
    ),
)


def beside_reference(run: Run) -> tuple[Reading, ...]:
    """The script of ``run`` in parts, each beside the reference. Long tables of numbers are shortened.

    Raises CannotExport for what a script cannot hold.
    """
    sections = {section.title: section.code for section in listing(run)}
    readings = []
    for part in PARTS:
        code = "\n\n\n".join(_shortened(sections[title]) for title in part.sections if title in sections)
        reference = "\n".join(dedent(inspect.getsource(getattr(ReferenceNetwork, name))) for name in part.methods)
        pairs = [(found, line.reference, line.remark) for line in part.lines if (found := _line_of(code, line.pattern))]
        readings.append(Reading(part, code, reference.strip(), tuple(pairs)))
    return tuple(readings)


def _line_of(code: str, pattern: str) -> str:
    """The first line of ``code`` that begins as ``pattern``, without indent and comment; empty if there is none."""
    lines = (line.strip().partition("  # ")[0] for line in code.splitlines())
    return next((line for line in lines if re.match(pattern, line)), "")


def _shortened(code: str) -> str:
    """``code`` with long tables of numbers cut: their first lines, and dots for the others."""
    lines: list[str] = []
    numbers = 0  # lines of the table so far
    for line in code.splitlines():
        numbers = numbers + 1 if NUMBERS.fullmatch(line) else 0
        if numbers <= LONGEST_TABLE:
            lines.append(line)
        elif numbers == LONGEST_TABLE + 1:
            lines.append("...")
    return "\n".join(lines)
