"""The update steps: from the gradients to new weights and biases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from dnn.analysis.walkthrough.code import step
from dnn.analysis.walkthrough.steps import Matrix, Part, Step, Way
from dnn.analysis.walkthrough.update_step import Update
from dnn.messages import Message
from dnn.optimizers import SGD
from dnn.params import Params


def clip(numbers: Update) -> Iterator[Step]:
    """Return the step that clips the gradient; empty if clipping is off."""
    if np.isfinite(numbers.longest):
        norm = Matrix(
            r"\lVert g \rVert", "‖g‖", np.array([[np.linalg.norm(numbers.total.vector)]]), (Message("norm"),), ("",)
        )
        yield step(
            "clip",
            Message("Not too long"),
            Message(
                "All gradients together are one long vector. Where it is longer than allowed, all of it is shortened."
            ),
            ("update", 0, "weights"),
            rf"@r = \min(1,\; {numbers.longest:.10g} / @0)",
            (norm,),
            Matrix("c", "c", np.array([[numbers.factor]]), (Message("factor"),), ("",)),
            "min(1, " + f"{numbers.longest:.10g}" + " / {0}) = {r}",
            "clip",
        )


def update(numbers: Update, layer: int) -> Iterator[Step]:
    """Return the steps for the new weights and biases of one layer."""
    yield _update_step(numbers, layer, "W", Message("Layer {layer}: new weights", layer=layer))
    yield _update_step(numbers, layer, "b", Message("Layer {layer}: new biases", layer=layer))


def _update_step(numbers: Update, layer: int, name: Literal["W", "b"], title: str) -> Step:
    """Return one update step: plain descent as W - α dW, other optimisers as W and their step."""
    symbol, optimizer = f"{name}^{{[{layer}]}}", numbers.run.experiment.training.optimizer

    def of(params: Params, symbol: str, plain: str) -> Matrix:
        W, b = params[layer - 1]
        matrix = numbers.weights(symbol, plain, W, layer) if name == "W" else numbers.bias(symbol, plain, b, layer)
        return matrix.lighting("cell")

    factor = "c\\," if numbers.factor != 1.0 else ""
    before = of(numbers.params, symbol, f"{name}{layer}")
    after = of(numbers.after, rf"{symbol}_{{\text{{new}}}}", Message("new {name}", name=f"{name}{layer}"))
    gradient = of(numbers.clipped, f"{factor}d{symbol}", f"d{name}{layer}")
    reference = isinstance(optimizer, SGD) and numbers.run.frozen is None
    if reference:
        text = Message("Every number takes a step against its gradient, as long as the learning rate says.")
        form, written = rf"@r = @0 - {numbers.rate:.10g}\,@1", f"{{0}} − {numbers.rate:.10g} × {{1}} = {{r}}"
        operands = [before, gradient]
    else:
        text = Message("The optimiser makes a step out of the gradient and of what it remembers of earlier ones.")
        form, written = "@r = @0 + @1", "{0} + {1} = {r}"
        state = [
            of(
                params,
                f"{entry}_{{{name}}}",
                Message("{kept} of {name}", kept=entry, name=f"{name}{layer}"),
            )
            for entry, params in numbers.state.items()
        ]
        operands = [before, of(numbers.step, rf"\Delta {symbol}", f"Δ{name}{layer}"), gradient, *state]
    at: tuple[Way, int, Part] = ("update", layer, "weights")
    id = f"new_{name.lower()}"
    return step(
        f"{id}{layer}",
        title,
        text,
        at,
        form,
        operands,
        after,
        written,
        id,
        optimizer.formula,
        as_reference=reference,
    )
