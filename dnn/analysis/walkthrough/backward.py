"""The way back: how the cost answers to every number, from the last layer to the first."""

from __future__ import annotations

from collections.abc import Iterator

from dnn.analysis.walkthrough.code import stop
from dnn.analysis.walkthrough.steps import Matrix, Stop
from dnn.analysis.walkthrough.update_step import Step
from dnn.messages import Message
from dnn.network import shares_of
from dnn.params import Params


def backward(step: Step, layer: int) -> Iterator[Stop]:
    """dZ, dW and db of one layer, the penalty's share, and dA of the layer before."""
    depth = len(step.params)
    yield _output_slope(step) if layer == depth else _hidden_slope(step, layer)
    into = step.A(layer - 1).T().lighting("row")
    yield stop(
        f"dw{layer}",
        Message("Layer {layer}: gradient of the weights", layer=layer),
        Message(
            "A weight's gradient adds up, over the examples, what came in times the slope of the unit it leads to."
        ),
        ("backward", layer, "weights"),
        "@r = @0\\,@1",
        (into, step.dZ(layer).lighting("column")),
        step.dW(layer, step.plain),
        "product",
        "dw" if layer > 1 else "dw_first",
    )
    yield stop(
        f"db{layer}",
        Message("Layer {layer}: gradient of the biases", layer=layer),
        Message("A bias is added to every example alike, so its gradient is the sum of the slopes over the examples."),
        ("backward", layer, "weights"),
        r"@r = \sum_i @0",
        (step.dZ(layer).lighting("column"),),
        step.db(layer, step.plain),
        "sum",
        "dw" if layer > 1 else "dw_first",
    )
    if step.l1 or step.l2:
        added = Params(step.params.sizes, step.penalty_slope())
        pull = step.weights(f"P'^{{[{layer}]}}", f"P′{layer}", added[layer - 1][0], layer).lighting("cell")
        yield stop(
            f"penalty{layer}",
            Message("Layer {layer}: the penalty's share", layer=layer),
            Message(
                "L1 and L2 add the slope of the penalty, which pulls every weight towards 0. Biases are left alone."
            ),
            ("backward", layer, "weights"),
            "@r = @0 + @1",
            (step.dW(layer, step.plain).lighting("cell"), pull),
            step.dW(layer, step.total, "_{P}"),
            "{0} + {1} = {r}",
            "penalty",
            r"P = \frac{\lambda_1}{m}\sum |W| + \frac{\lambda_2}{2m}\sum W^2",
        )
    if layer > 1:
        yield stop(
            f"da{layer - 1}",
            Message("Layer {layer}: slope of the activations", layer=layer - 1),
            Message("What a unit passed on counted in every unit of the next layer, by the weight between them."),
            ("backward", layer, "weights"),
            "@r = @0\\,@1",
            (step.dZ(layer).lighting("row"), step.W(layer).T().lighting("column")),
            step.dA(layer - 1),
            "product",
            "da",
        )


def _output_slope(step: Step) -> Stop:
    loss, depth = step.run.network.loss, len(step.params)
    slope = step.by_example(r"\tfrac{\partial L}{\partial Z}", "∂L/∂Z", loss.slope(step.trace.output, step.y), depth)
    operands = [slope, step.A(depth), step.Y()]
    form, written = r"@r = \frac{1}{m}\,@0", "{0} / " + str(len(step.rows)) + " = {r}"
    text = Message("The way back begins: how the cost answers to the last weighted sums. Each example counts 1/m.")
    if step.heavy is not None:
        shares = shares_of(step.heavy[:, None])
        operands.insert(1, Matrix("s", "s", shares, step.examples, (Message("share"),), "row"))
        form, written = r"@r = @0 \odot @1", "{0} × {1} = {r}"
        text = Message("The way back begins: how the cost answers to the last weighted sums, by each example's share.")
    return stop(
        f"dz{depth}",
        Message("The slope of the cost"),
        text,
        ("backward", depth, "units"),
        form,
        operands,
        step.dZ(depth),
        written,
        "dz_output",
        loss.slope_formula,
    )


def _hidden_slope(step: Step, layer: int) -> Stop:
    g, z, a = step.activations[layer - 1], step.trace.z[layer - 1], step.trace.a[layer - 1]
    slope = step.by_example(f"g'(Z^{{[{layer}]}})", f"g′(Z{layer})", g.derivative(z, a), layer)
    return stop(
        f"dz{layer}",
        Message("Layer {layer}: back through the activation", layer=layer),
        Message("The chain rule: the slope behind the activation times the slope of the activation itself."),
        ("backward", layer, "units"),
        r"@r = @0 \odot @1",
        (step.dA(layer), slope),
        step.dZ(layer),
        "{0} × {1} = {r}",
        "dz",
        g.slope_formula,
    )
