"""Optimisers as NumPy code: the step of one layer's W from its gradient dW, and the optimiser's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dnn.export.code.source import Source
from dnn.export.formulas import number, one_minus
from dnn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, NAdam, Nesterov, Optimizer, RMSprop


@dataclass(frozen=True)
class OptimizerCode:
    """``lines`` compute ``step``, to be subtracted from W, from dW, ``rate`` and the layer's ``state``."""

    equation: str
    state: tuple[str, ...]
    lines: tuple[str, ...]
    counts: bool = False  # whether it needs the step number t
    whole: str = ""  # an object whose ``init`` and ``update`` take all parameters in one vector; it replaces ``lines``


def _momentum(optimizer: Any) -> OptimizerCode:
    share = 1.0 - optimizer.beta * optimizer.dampening
    gradient = "dW" if share == 1.0 else f"dW * {number(share)}"
    return OptimizerCode("v = beta v + dW,  W = W - rate v", ("v",), (
        f"v = v * {number(optimizer.beta)} + {gradient}",
        "step = rate * v",
    ))  # fmt: skip


def _adaptive(optimizer: Any, equation: str, square: str) -> OptimizerCode:
    return OptimizerCode(equation, ("s",), (square, f"step = rate * (dW / (np.sqrt(s) + {number(optimizer.epsilon)}))"))


def _adam(optimizer: Any) -> OptimizerCode:
    b1, b2 = number(optimizer.beta1), number(optimizer.beta2)
    return OptimizerCode(
        "m and v are means of dW and dW^2, divided by 1 - beta^t because they began at zero:\n"
        "    m = beta1 m + (1 - beta1) dW,  v = beta2 v + (1 - beta2) dW^2,  W = W - rate m' / (sqrt(v') + eps)",
        ("m", "v"),
        (
            f"m = m * {b1} + dW * {one_minus(optimizer.beta1)}",
            f"v = v * {b2} + dW * dW * {one_minus(optimizer.beta2)}",
            f"spread = np.sqrt(v / (1.0 - {b2}**t)) + {number(optimizer.epsilon)}",
            f"step = rate * (1.0 / (1.0 - {b1}**t)) * (m / spread)",
        ),
        counts=True,
    )


def _adamw(optimizer: Any) -> OptimizerCode:
    plain = _adam(optimizer)
    decay = f"step = step + W * (rate * {number(optimizer.weight_decay)})  # weight decay, beside the gradient's step"
    return OptimizerCode(plain.equation, plain.state, (*plain.lines, decay), counts=True)


def _nadam(optimizer: Any) -> OptimizerCode:
    plain, b1 = _adam(optimizer), number(optimizer.beta1)
    return OptimizerCode(
        plain.equation + "\n    where m' looks one step ahead (Nesterov)",
        plain.state,
        (
            *plain.lines[:-1],
            f"of_m, of_dW = {b1} / (1.0 - {b1}**(t + 1)), {one_minus(optimizer.beta1)} / (1.0 - {b1}**t)",
            "step = rate * of_dW * ((m * (of_m / of_dW) + dW) / spread)",
        ),
        counts=True,
    )


CODE: dict[type[Optimizer], Callable[[Any], OptimizerCode]] = {
    SGD: lambda optimizer: OptimizerCode("W = W - rate dW", (), ("step = rate * dW",)),
    Momentum: _momentum,
    Nesterov: lambda optimizer: OptimizerCode("v = beta v + dW,  W = W - rate (dW + beta v)", ("v",), (
        f"v = v * {number(optimizer.beta)} + dW",
        f"step = rate * (v * {number(optimizer.beta)} + dW)",
    )),
    AdaGrad: lambda optimizer: _adaptive(
        optimizer, "s = s + dW^2,  W = W - rate dW / (sqrt(s) + eps)", "s = s + dW * dW"
    ),
    RMSprop: lambda optimizer: _adaptive(
        optimizer,
        "s = rho s + (1 - rho) dW^2,  W = W - rate dW / (sqrt(s) + eps)",
        f"s = s * {number(optimizer.rho)} + dW * dW * {one_minus(optimizer.rho)}",
    ),
    Adam: _adam,
    AdamW: _adamw,
    NAdam: _nadam,
}  # fmt: skip


def code_of(optimizer: Optimizer, source: Source) -> OptimizerCode:
    """Return the code of ``optimizer``; adds the class that it needs to ``source``.

    Raises CannotExport for an optimiser that cannot be exported.
    """
    if type(optimizer) in CODE:
        return CODE[type(optimizer)](optimizer)
    return OptimizerCode(optimizer.label, (), (), whole=source.instance(optimizer, "init", "update"))
