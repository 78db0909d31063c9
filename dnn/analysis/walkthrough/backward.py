"""The backward steps: the gradients from the last layer to the first."""

from __future__ import annotations

from collections.abc import Iterator

from dnn.analysis.walkthrough.code import step
from dnn.analysis.walkthrough.steps import Matrix, Step
from dnn.analysis.walkthrough.update_step import Update
from dnn.messages import Message
from dnn.network import normalized_weights
from dnn.params import Params


def backward(numbers: Update, layer: int) -> Iterator[Step]:
    """Return the steps for dZ, dW and db of one layer, the penalty, and dA of the previous layer."""
    depth = len(numbers.params)
    yield _output_slope(numbers) if layer == depth else _hidden_slope(numbers, layer)
    into = numbers.A(layer - 1).T().lighting("row")
    yield step(
        f"dw{layer}",
        Message("Layer {layer}: gradient of the weights", layer=layer),
        Message(
            "A weight's gradient adds up, over the examples, what came in times the slope of the unit it leads to."
        ),
        ("backward", layer, "weights"),
        "@r = @0\\,@1",
        (into, numbers.dZ(layer).lighting("column")),
        numbers.dW(layer, numbers.plain),
        "product",
        "dw" if layer > 1 else "dw_first",
    )
    yield step(
        f"db{layer}",
        Message("Layer {layer}: gradient of the biases", layer=layer),
        Message("A bias is added to every example alike, so its gradient is the sum of the slopes over the examples."),
        ("backward", layer, "weights"),
        r"@r = \sum_i @0",
        (numbers.dZ(layer).lighting("column"),),
        numbers.db(layer, numbers.plain),
        "sum",
        "db" if layer > 1 else "db_first",
    )
    if numbers.l1 or numbers.l2:
        penalty = Params(numbers.params.sizes, numbers.penalty_slope())
        term = numbers.weights(f"P'^{{[{layer}]}}", f"P′{layer}", penalty[layer - 1][0], layer).lighting("cell")
        yield step(
            f"penalty{layer}",
            Message("Layer {layer}: the penalty's share", layer=layer),
            Message(
                "L1 and L2 add the slope of the penalty, which pulls every weight towards 0. Biases are left alone."
            ),
            ("backward", layer, "weights"),
            "@r = @0 + @1",
            (numbers.dW(layer, numbers.plain).lighting("cell"), term),
            numbers.dW(layer, numbers.total, "_{P}"),
            "{0} + {1} = {r}",
            "penalty",
            r"P = \frac{\lambda_1}{m}\sum |W| + \frac{\lambda_2}{2m}\sum W^2",
        )
    if layer > 1:
        yield step(
            f"da{layer - 1}",
            Message("Layer {layer}: slope of the activations", layer=layer - 1),
            Message("What a unit passed on counted in every unit of the next layer, by the weight between them."),
            ("backward", layer, "weights"),
            "@r = @0\\,@1",
            (numbers.dZ(layer).lighting("row"), numbers.W(layer).T().lighting("column")),
            numbers.dA(layer - 1),
            "product",
            "da",
        )


def _output_slope(numbers: Update) -> Step:
    loss, depth = numbers.run.network.loss, len(numbers.params)
    slope = numbers.by_example(
        r"\tfrac{\partial L}{\partial Z}", "∂L/∂Z", loss.slope(numbers.trace.output, numbers.y), depth
    )
    operands = [slope, numbers.A(depth), numbers.Y()]
    form, written = r"@r = \frac{1}{m}\,@0", "{0} / " + str(len(numbers.rows)) + " = {r}"
    text = Message("The way back begins: how the cost answers to the last weighted sums. Each example counts 1/m.")
    if numbers.sample_weight is not None:
        shares = normalized_weights(numbers.sample_weight[:, None])
        operands.insert(1, Matrix("s", "s", shares, numbers.examples, (Message("share"),), "row"))
        form, written = r"@r = @0 \odot @1", "{0} × {1} = {r}"
        text = Message("The way back begins: how the cost answers to the last weighted sums, by each example's share.")
    return step(
        f"dz{depth}",
        Message("The slope of the cost"),
        text,
        ("backward", depth, "units"),
        form,
        operands,
        numbers.dZ(depth),
        written,
        "dz_output",
        loss.slope_formula,
        as_reference=numbers.as_reference,
    )


def _hidden_slope(numbers: Update, layer: int) -> Step:
    g, z, a = numbers.activations[layer - 1], numbers.trace.z[layer - 1], numbers.trace.a[layer - 1]
    slope = numbers.by_example(f"g'(Z^{{[{layer}]}})", f"g′(Z{layer})", g.derivative(z, a), layer)
    return step(
        f"dz{layer}",
        Message("Layer {layer}: back through the activation", layer=layer),
        Message("The chain rule: the slope behind the activation times the slope of the activation itself."),
        ("backward", layer, "units"),
        r"@r = @0 \odot @1",
        (numbers.dA(layer), slope),
        numbers.dZ(layer),
        "{0} × {1} = {r}",
        "dz",
        g.slope_formula,
    )
