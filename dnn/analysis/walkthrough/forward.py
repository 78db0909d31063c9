"""The forward steps from the inputs to the cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dnn.analysis.walkthrough.code import step
from dnn.analysis.walkthrough.steps import Matrix, Part, Step, Way
from dnn.analysis.walkthrough.update_step import Update
from dnn.messages import Message
from dnn.network import normalized_weights


def first(numbers: Update) -> Step:
    """Return the step for the inputs."""
    text = Message("For every example a number for each input, as the network sees it.")
    result = numbers.A(0)
    at: tuple[Way, int, Part] = ("input", 0, "units")
    return step("x", Message("The inputs"), text, at, "A^{[0]} = @r", (), result, "{r}", "input")


def forward(numbers: Update, layer: int) -> Iterator[Step]:
    """Return the steps for Z and A of one layer."""
    g, last = numbers.activations[layer - 1], layer == len(numbers.params)
    yield step(
        f"z{layer}",
        Message("Layer {layer}: weighted sums", layer=layer),
        Message("Each unit multiplies what comes in by its weights, adds that up, and adds its bias."),
        ("forward", layer, "weights"),
        "@r = @0\\,@1 + @2",
        (
            numbers.A(layer - 1).lighting("row"),
            numbers.W(layer),
            numbers.bias(f"b^{{[{layer}]}}", f"b{layer}", numbers.params[layer - 1][1], layer),
        ),
        numbers.Z(layer),
        "product",
        "z",
    )
    is_softmax = g.kind == "softmax"
    yield step(
        f"a{layer}",
        Message("Layer {layer}: activation", layer=layer) if not last else Message("The answer"),
        Message("Softmax turns the numbers of an example into probabilities that add up to 1.")
        if is_softmax
        else Message("The activation is applied to every number on its own."),
        ("forward", layer, "units"),
        "@r = g(@0)",
        (numbers.Z(layer).lighting("row" if is_softmax else "cell"),),
        numbers.A(layer),
        "softmax({0}) = {r}" if is_softmax else "g({0}) = {r}",
        "a",
        g.formula,
        as_reference=not last or g.kind == "sigmoid",
    )


def cost(numbers: Update, total: float) -> Iterator[Step]:
    """Return the steps for the loss of each example and the cost ``total``."""
    loss, depth = numbers.run.network.loss, len(numbers.params)
    each = loss.per_example(numbers.trace.logits, numbers.y)[:, None]
    losses = Matrix("L", "L", each, numbers.examples, (Message("loss"),))
    yield step(
        "loss",
        Message("The loss of each example"),
        Message("How far the answer is from the target, as one number for each example."),
        ("cost", depth, "units"),
        "@r = L(@0, @1)",
        (numbers.A(depth).lighting("row"), numbers.Y().lighting("row")),
        losses,
        "L({0}; {1}) = {r}",
        "loss",
        loss.formula,
        as_reference=numbers.as_reference,
    )
    penalty = "" if not (numbers.l1 or numbers.l2) else " + P"
    parts = [losses.lighting("all")]
    if numbers.sample_weight is not None:
        shares = normalized_weights(numbers.sample_weight[:, None])
        parts = [Matrix("s", "s", shares.T, (Message("share"),), numbers.examples, "row"), losses.lighting("column")]
    if penalty:
        parts.append(Matrix("P", "P", np.array([[numbers.penalty()]]), (Message("penalty"),), ("",)))
    form = r"@r = \frac{1}{m}\sum_i @0" if numbers.sample_weight is None else "@r = @0\\,@1"
    yield step(
        "cost",
        Message("The cost"),
        Message("The cost is the mean of the losses: the one number that training makes smaller.")
        if not penalty
        else Message(
            "The cost is the mean of the losses, and a penalty P for large weights: what training makes smaller."
        ),
        ("cost", depth, "units"),
        form + (f" + @{len(parts) - 1}" if penalty else ""),
        parts,
        Matrix("J", "J", np.array([[total]]), ("J",), ("",)),
        "product" if numbers.sample_weight is not None else "mean",
        "cost",
        as_reference=numbers.as_reference and not penalty,
    )
