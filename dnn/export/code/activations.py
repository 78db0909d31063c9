"""Activations and their slopes as NumPy functions, with their constants written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from dnn.activations import (
    ELU,
    GELU,
    SELU,
    Activation,
    LeakyReLU,
    Linear,
    Mish,
    ReLU,
    Sigmoid,
    SiLU,
    Sin,
    Softplus,
    Tanh,
)
from dnn.activations.smooth import _CUBIC, _STEEP
from dnn.export.code.source import Source
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
CODE: dict[type[Activation], Callable[[Any], tuple[str, str]]] = {
    Linear: lambda g: ("Z", "np.ones_like(Z)"),
    Sigmoid: lambda g: _SIGMOID,
    Tanh: lambda g: ("np.tanh(Z)", "1.0 - A * A"),
    ReLU: lambda g: ("np.maximum(Z, 0.0)", "np.sign(A)"),
    LeakyReLU: lambda g: (
        f"np.maximum(Z, Z * {number(g.slope)})",
        f"np.heaviside(Z, 0.0) * {one_minus(g.slope)} + {number(g.slope)}",
    ),
    ELU: _elu,
    SELU: _selu,
    Softplus: lambda g: (_SOFTPLUS, "-np.expm1(-A)"),
    SiLU: lambda g: (f"Z * ({_SIGMOID[0]})", f"gate = {_SIGMOID[0]}\n{_GATED}"),
    GELU: lambda g: (
        f"near = np.clip(Z, -10.0, 10.0)\nU = near * ({_STEEP!r} + {_CUBIC!r} * near * near)\n"
        "Z * (np.tanh(U * 0.5) * 0.5 + 0.5)",
        f"near = np.clip(Z, -10.0, 10.0)\nbend = {_CUBIC!r} * near * near\nU = near * ({_STEEP!r} + bend)\n"
        f"gate = np.tanh(U * 0.5) * 0.5 + 0.5\n{_GATED} * ({_STEEP!r} + 3.0 * bend)",
    ),
    Mish: lambda g: (
        f"Z * np.tanh({_SOFTPLUS})",
        f"T = np.tanh({_SOFTPLUS})\nT + Z * ({_SIGMOID[0]}) * (1.0 - T * T)",
    ),
    Sin: lambda g: ("np.sin(Z)", "np.cos(Z)"),
}
WORDS: dict[type[Activation], str] = {
    Linear: "g(z) = z.",
    Sigmoid: "g(z) = 1 / (1 + exp(-z)), as (1 + tanh(z/2)) / 2, which cannot overflow.",
    Tanh: "g(z) = tanh z.",
    ReLU: "g(z) = max(0, z).",
    LeakyReLU: "g(z) = max(z, s z).",
    ELU: "g(z) = z above zero, alpha (exp(z) - 1) below.",
    SELU: "a scaled ELU.",
    Softplus: "g(z) = ln(1 + exp(z)), written so that it cannot overflow.",
    SiLU: "g(z) = z sigmoid(z).",
    GELU: "g(z) = z sigmoid(u), u = sqrt(8/pi) (z + 0.044715 z^3).",
    Mish: "g(z) = z tanh(softplus(z)).",
    Sin: "g(z) = sin z.",
}


def function_names(hidden: Sequence[Activation]) -> list[str]:
    """Return a function name for the activation of each layer; different constants get different names."""
    distinct = list(dict.fromkeys(hidden))
    kinds = [g.kind if type(g) in CODE else f"g_{re.sub(r'[^a-zA-Z0-9]', '_', g.kind)}" for g in distinct]
    names = {
        g: kind if kinds.count(kind) == 1 else f"{kind}_{kinds[: place + 1].count(kind)}"
        for place, (g, kind) in enumerate(zip(distinct, kinds, strict=True))
    }
    return [names[g] for g in hidden]


def functions(hidden: Sequence[Activation], source: Source) -> str:
    """Return the definitions of all activations of ``hidden`` and their slopes; adds needed classes to ``source``.

    Raises CannotExport for an activation that cannot be exported.
    """
    distinct = dict(zip(function_names(hidden), hidden, strict=True)).items()
    return "\n\n\n".join(_functions(name, g, source) for name, g in distinct)


def _functions(name: str, g: Activation, source: Source) -> str:
    if type(g) not in CODE:
        instance = source.instance(g, "value", "derivative")
        return f"{name}, {name}_slope = {instance}.value, {instance}.derivative  # {g.label}: g(Z) and g'(Z)"
    value, slope = CODE[type(g)](g)
    return (
        f'def {name}(Z):\n    """{g.label}: {WORDS[type(g)]}"""\n{_body(value)}\n\n\n'
        f'def {name}_slope(Z, A):\n    """g\'(Z), where A = g(Z)."""\n{_body(slope)}'
    )


def _body(code: str) -> str:
    *before, last = code.split("\n")
    return "\n".join(f"    {line}" for line in [*before, f"return {last}"])
