"""Activations and their slopes as NumPy functions, each written out with its own constants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dnn.activations import ELU, SELU, Activation
from dnn.activations.smooth import _CUBIC, _STEEP
from dnn.export.formulas import number, one_minus

_SIGMOID = ("np.tanh(Z * 0.5) * 0.5 + 0.5", "A * (1.0 - A)")
_SOFTPLUS = "np.log1p(np.exp(-np.abs(Z))) + np.maximum(Z, 0.0)"
_GATED = "gate + (1.0 - gate) * A"


def _elu(g: ELU) -> tuple[str, str]:
    alpha = number(g.alpha)
    return f"np.expm1(np.minimum(Z, 0.0)) * {alpha} + np.maximum(Z, 0.0)", f"np.where(Z > 0, 1.0, A + {alpha})"


def _selu(g: SELU) -> tuple[str, str]:
    (value, _), scale = _elu(g.elu), number(g.scale)
    return f"({value}) * {scale}", f"np.where(Z > 0, 1.0, A / {scale} + {number(g.elu.alpha)}) * {scale}"


# The value of g(Z), and its slope from Z and A = g(Z); lines before the last are statements.
CODE: dict[str, Callable[[Any], tuple[str, str]]] = {
    "linear": lambda g: ("Z", "np.ones_like(Z)"),
    "sigmoid": lambda g: _SIGMOID,
    "tanh": lambda g: ("np.tanh(Z)", "1.0 - A * A"),
    "relu": lambda g: ("np.maximum(Z, 0.0)", "np.sign(A)"),
    "leaky_relu": lambda g: (
        f"np.maximum(Z, Z * {number(g.slope)})",
        f"np.heaviside(Z, 0.0) * {one_minus(g.slope)} + {number(g.slope)}",
    ),
    "elu": _elu,
    "selu": _selu,
    "softplus": lambda g: (_SOFTPLUS, "-np.expm1(-A)"),
    "silu": lambda g: (f"Z * ({_SIGMOID[0]})", f"gate = {_SIGMOID[0]}\n{_GATED}"),
    "gelu": lambda g: (
        f"near = np.clip(Z, -10.0, 10.0)\nU = near * ({_STEEP!r} + {_CUBIC!r} * near * near)\n"
        "Z * (np.tanh(U * 0.5) * 0.5 + 0.5)",
        f"near = np.clip(Z, -10.0, 10.0)\nbend = {_CUBIC!r} * near * near\nU = near * ({_STEEP!r} + bend)\n"
        f"gate = np.tanh(U * 0.5) * 0.5 + 0.5\n{_GATED} * ({_STEEP!r} + 3.0 * bend)",
    ),
    "mish": lambda g: (
        f"Z * np.tanh({_SOFTPLUS})",
        f"T = np.tanh({_SOFTPLUS})\nT + Z * ({_SIGMOID[0]}) * (1.0 - T * T)",
    ),
    "sin": lambda g: ("np.sin(Z)", "np.cos(Z)"),
}


def named(hidden: Sequence[Activation]) -> list[str]:
    """A function name for the activation of each layer: two of one kind with other constants get names of their own."""
    distinct = list(dict.fromkeys(hidden))
    kinds = [g.kind for g in distinct]
    names = {
        g: g.kind if kinds.count(g.kind) == 1 else f"{g.kind}_{kinds[: place + 1].count(g.kind)}"
        for place, g in enumerate(distinct)
    }
    return [names[g] for g in hidden]


def functions(hidden: Sequence[Activation]) -> str:
    """The definitions of all activations of ``hidden`` and of their slopes."""
    return "\n\n\n".join(
        f'def {name}(Z):\n    """{g.label}: {_plain(g.kind)}"""\n{_body(CODE[g.kind](g)[0])}\n\n\n'
        f'def {name}_slope(Z, A):\n    """g\'(Z), where A = g(Z)."""\n{_body(CODE[g.kind](g)[1])}'
        for name, g in dict(zip(named(hidden), hidden, strict=True)).items()
    )


def _plain(kind: str) -> str:
    return {
        "linear": "g(z) = z.",
        "sigmoid": "g(z) = 1 / (1 + exp(-z)), as (1 + tanh(z/2)) / 2, which cannot overflow.",
        "tanh": "g(z) = tanh z.",
        "relu": "g(z) = max(0, z).",
        "leaky_relu": "g(z) = max(z, s z).",
        "elu": "g(z) = z above zero, alpha (exp(z) - 1) below.",
        "selu": "a scaled ELU.",
        "softplus": "g(z) = ln(1 + exp(z)), written so that it cannot overflow.",
        "silu": "g(z) = z sigmoid(z).",
        "gelu": "g(z) = z sigmoid(u), u = sqrt(8/pi) (z + 0.044715 z^3).",
        "mish": "g(z) = z tanh(softplus(z)).",
        "sin": "g(z) = sin z.",
    }[kind]


def _body(code: str) -> str:
    *before, last = code.split("\n")
    return "\n".join(f"    {line}" for line in [*before, f"return {last}"])
