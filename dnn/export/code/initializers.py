"""Initialisers as NumPy code: ``init_params``, which draws the same numbers as the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dnn.export.formulas import number
from dnn.initializers import Zeros


def _normal(spread: str) -> str:
    return f"{spread} * rng.standard_normal((n_out, n_in)).T"


def _uniform(limit: str) -> str:
    return f"limit = {limit}\nrng.uniform(-limit, limit, (n_out, n_in)).T"


# The weights (n_in, n_out) of a layer; lines before the last are statements.
CODE: dict[str, Callable[[Any], str]] = {
    "zeros": lambda i: "0.0",
    "constant": lambda i: number(i.value),
    "normal": lambda i: _normal(number(i.scale)),
    "uniform": lambda i: _uniform(number(i.scale)),
    "he_normal": lambda i: _normal("np.sqrt(2.0 / n_in)"),
    "he_uniform": lambda i: _uniform("np.sqrt(6.0 / n_in)"),
    "glorot_normal": lambda i: _normal("np.sqrt(2.0 / (n_in + n_out))"),
    "glorot_uniform": lambda i: _uniform("np.sqrt(6.0 / (n_in + n_out))"),
    "lecun_normal": lambda i: _normal("np.sqrt(1.0 / n_in)"),
    "orthogonal": lambda i: (
        "random = 1.0 * rng.standard_normal((n_out, n_in)).T\n"
        "Q, R = np.linalg.qr(random if n_in >= n_out else random.T)\n"
        f"Q *= {number(i.gain)} * np.where(np.diag(R) < 0, -1.0, 1.0)\n"
        "Q if n_in >= n_out else Q.T"
    ),
}
BIAS_CODE: dict[str, Callable[[Any], str]] = {
    "zeros": lambda i: "0.0",
    "constant": lambda i: number(i.value),
    "normal": lambda i: f"{number(i.scale)} * rng.standard_normal(n_out)",
    "uniform": lambda i: f"rng.uniform({number(-i.scale)}, {number(i.scale)}, n_out)",
}


def body(initializer: Any, bias: Any) -> list[str]:
    """The lines that fill ``W`` (n_in + 1, n_out), whose last row is b."""
    *before, last = CODE[initializer.kind](initializer).split("\n")
    lines = [*before, f"W[:-1] = {last}"]
    return lines if isinstance(bias, Zeros) else [*lines, f"W[-1] = {BIAS_CODE[bias.kind](bias)}"]
