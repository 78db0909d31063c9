"""The way there: what is multiplied and added from the inputs to the cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dnn.analysis.walkthrough.code import stop
from dnn.analysis.walkthrough.steps import Matrix, Part, Stop, Way
from dnn.analysis.walkthrough.update_step import Step
from dnn.messages import Message
from dnn.network import shares_of


def first(step: Step) -> Stop:
    """What comes in."""
    text = Message("For every example a number for each input, as the network sees it.")
    result = step.A(0)
    at: tuple[Way, int, Part] = ("input", 0, "units")
    return stop("x", Message("The inputs"), text, at, "A^{[0]} = @r", (), result, "{r}", "input")


def forward(step: Step, layer: int) -> Iterator[Stop]:
    """Z and A of one layer."""
    g, last = step.activations[layer - 1], layer == len(step.params)
    yield stop(
        f"z{layer}",
        Message("Layer {layer}: weighted sums", layer=layer),
        Message("Each unit multiplies what comes in by its weights, adds that up, and adds its bias."),
        ("forward", layer, "weights"),
        "@r = @0\\,@1 + @2",
        (
            step.A(layer - 1).lighting("row"),
            step.W(layer),
            step.bias(f"b^{{[{layer}]}}", f"b{layer}", step.params[layer - 1][1], layer),
        ),
        step.Z(layer),
        "product",
        "z",
    )
    coupled = g.kind == "softmax"
    yield stop(
        f"a{layer}",
        Message("Layer {layer}: activation", layer=layer) if not last else Message("The answer"),
        Message("Softmax turns the numbers of an example into probabilities that add up to 1.")
        if coupled
        else Message("The activation is applied to every number on its own."),
        ("forward", layer, "units"),
        "@r = g(@0)",
        (step.Z(layer).lighting("row" if coupled else "cell"),),
        step.A(layer),
        "softmax({0}) = {r}" if coupled else "g({0}) = {r}",
        "a",
        g.formula,
    )


def cost(step: Step, total: float) -> Iterator[Stop]:
    """The loss of each example, and the cost, which is ``total``."""
    loss, depth = step.run.network.loss, len(step.params)
    each = loss.per_example(step.trace.logits, step.y)[:, None]
    losses = Matrix("L", "L", each, step.examples, (Message("loss"),))
    yield stop(
        "loss",
        Message("The loss of each example"),
        Message("How far the answer is from the target, as one number for each example."),
        ("cost", depth, "units"),
        "@r = L(@0, @1)",
        (step.A(depth).lighting("row"), step.Y().lighting("row")),
        losses,
        "L({0}; {1}) = {r}",
        "cost",
        loss.formula,
    )
    added = "" if not (step.l1 or step.l2) else " + P"
    parts = [losses.lighting("all")]
    if step.heavy is not None:
        shares = shares_of(step.heavy[:, None])
        parts = [Matrix("s", "s", shares.T, (Message("share"),), step.examples, "row"), losses.lighting("column")]
    if added:
        parts.append(Matrix("P", "P", np.array([[step.penalty()]]), (Message("penalty"),), ("",)))
    form = r"@r = \frac{1}{m}\sum_i @0" if step.heavy is None else "@r = @0\\,@1"
    yield stop(
        "cost",
        Message("The cost"),
        Message("The cost is the mean of the losses: the one number that training makes smaller.")
        if not added
        else Message(
            "The cost is the mean of the losses, and a penalty P for large weights: what training makes smaller."
        ),
        ("cost", depth, "units"),
        form + (f" + @{len(parts) - 1}" if added else ""),
        parts,
        Matrix("J", "J", np.array([[total]]), ("J",), ("",)),
        "product" if step.heavy is not None else "mean",
        "cost",
    )
