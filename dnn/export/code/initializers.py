"""Initialisers as NumPy code: ``init_params``, which draws the same numbers as the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dnn.export.code.source import Source
from dnn.export.formulas import number
from dnn.initializers import (
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Initializer,
    LeCunNormal,
    Normal,
    Orthogonal,
    Uniform,
    Zeros,
)


def _normal(spread: str) -> str:
    return f"{spread} * rng.standard_normal((n_out, n_in)).T"


def _uniform(limit: str) -> str:
    return f"limit = {limit}\nrng.uniform(-limit, limit, (n_out, n_in)).T"


# The weights (n_in, n_out) of a layer; lines before the last are statements.
CODE: dict[type[Initializer], Callable[[Any], str]] = {
    Zeros: lambda i: "0.0",
    Constant: lambda i: number(i.value),
    Normal: lambda i: _normal(number(i.scale)),
    Uniform: lambda i: _uniform(number(i.scale)),
    HeNormal: lambda i: _normal("np.sqrt(2.0 / n_in)"),
    HeUniform: lambda i: _uniform("np.sqrt(6.0 / n_in)"),
    GlorotNormal: lambda i: _normal("np.sqrt(2.0 / (n_in + n_out))"),
    GlorotUniform: lambda i: _uniform("np.sqrt(6.0 / (n_in + n_out))"),
    LeCunNormal: lambda i: _normal("np.sqrt(1.0 / n_in)"),
    Orthogonal: lambda i: (
        "random = 1.0 * rng.standard_normal((n_out, n_in)).T\n"
        "Q, R = np.linalg.qr(random if n_in >= n_out else random.T)\n"
        f"Q *= {number(i.gain)} * np.where(np.diag(R) < 0, -1.0, 1.0)\n"
        "Q if n_in >= n_out else Q.T"
    ),
}
BIAS_CODE: dict[type[Initializer], Callable[[Any], str]] = {
    Zeros: lambda i: "0.0",
    Constant: lambda i: number(i.value),
    Normal: lambda i: f"{number(i.scale)} * rng.standard_normal(n_out)",
    Uniform: lambda i: f"rng.uniform({number(-i.scale)}, {number(i.scale)}, n_out)",
}


def body(initializer: Initializer, bias: Initializer, source: Source) -> list[str]:
    """The lines that fill ``W`` (n_in + 1, n_out), whose last row is b; adds the classes they need to ``source``.

    Raises CannotExport for an initialiser that cannot be exported.
    """
    if type(initializer) in CODE:
        *before, last = CODE[type(initializer)](initializer).split("\n")
    else:
        before, last = [], f"{source.instance(initializer, 'draw')}.draw(rng, n_in, n_out)"
    lines = [*before, f"W[:-1] = {last}"]
    if isinstance(bias, Zeros):
        return lines
    if type(bias) in BIAS_CODE:
        return [*lines, f"W[-1] = {BIAS_CODE[type(bias)](bias)}"]
    return [*lines, f"W[-1] = {source.instance(bias, 'draw')}.draw(rng, 1, n_out)[0]"]
