"""The update: from the gradients to new weights and biases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from dnn.analysis.walkthrough.code import stop
from dnn.analysis.walkthrough.steps import Matrix, Part, Stop, Way
from dnn.analysis.walkthrough.update_step import Step
from dnn.messages import Message
from dnn.optimizers import SGD
from dnn.params import Params


def clip(step: Step) -> Iterator[Stop]:
    """By what a gradient that is too long is shortened; nothing where any length is allowed."""
    if np.isfinite(step.longest):
        norm = Matrix(
            r"\lVert g \rVert", "‖g‖", np.array([[np.linalg.norm(step.total.vector)]]), (Message("norm"),), ("",)
        )
        yield stop(
            "clip",
            Message("Not too long"),
            Message(
                "All gradients together are one long vector. Where it is longer than allowed, all of it is shortened."
            ),
            ("update", 0, "weights"),
            rf"@r = \min(1,\; {step.longest:.10g} / @0)",
            (norm,),
            Matrix("c", "c", np.array([[step.factor]]), (Message("factor"),), ("",)),
            "min(1, " + f"{step.longest:.10g}" + " / {0}) = {r}",
            "clip",
        )


def update(step: Step, layer: int) -> Iterator[Stop]:
    """New weights and new biases of one layer."""
    yield _changed(step, layer, "W", Message("Layer {layer}: new weights", layer=layer))
    yield _changed(step, layer, "b", Message("Layer {layer}: new biases", layer=layer))


def _changed(step: Step, layer: int, name: Literal["W", "b"], title: str) -> Stop:
    """Plain descent is written as W - α dW, any other optimiser as W and its step."""
    symbol, optimizer = f"{name}^{{[{layer}]}}", step.run.experiment.training.optimizer

    def of(numbers: Params, symbol: str, plain: str) -> Matrix:
        W, b = numbers[layer - 1]
        made = step.weights(symbol, plain, W, layer) if name == "W" else step.bias(symbol, plain, b, layer)
        return made.lighting("cell")

    shortened = "c\\," if step.factor != 1.0 else ""
    before = of(step.params, symbol, f"{name}{layer}")
    after = of(step.after, rf"{symbol}_{{\text{{new}}}}", Message("new {name}", name=f"{name}{layer}"))
    gradient = of(step.clipped, f"{shortened}d{symbol}", f"d{name}{layer}")
    if isinstance(optimizer, SGD) and step.run.frozen is None:
        text = Message("Every number takes a step against its gradient, as long as the learning rate says.")
        form, written = rf"@r = @0 - {step.rate:.10g}\,@1", f"{{0}} − {step.rate:.10g} × {{1}} = {{r}}"
        operands = [before, gradient]
    else:
        text = Message("The optimiser makes a step out of the gradient and of what it remembers of earlier ones.")
        form, written = "@r = @0 + @1", "{0} + {1} = {r}"
        held = [
            of(numbers, f"{kept}_{{{name}}}", Message("{kept} of {name}", kept=kept, name=f"{name}{layer}"))
            for kept, numbers in step.state.items()
        ]
        operands = [before, of(step.step, rf"\Delta {symbol}", f"Δ{name}{layer}"), gradient, *held]
    at: tuple[Way, int, Part] = ("update", layer, "weights")
    id = f"new_{name.lower()}{layer}"
    return stop(id, title, text, at, form, operands, after, written, "update", optimizer.formula)
