"""The trained network as an ONNX graph, which other programs run and Netron draws.

The graph takes the original points: formulas of the inputs and standardising are part of it. Numbers have 32 bits, but
points and targets that are standardised have 64: with 32 bits, time stamps or pressures would lose their differences.
The optional package ``onnx`` is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

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
from dnn.components import Array
from dnn.data.features import Tree, feature
from dnn.export.base import without_code
from dnn.export.literals import scaling_of, single
from dnn.losses import BinaryCrossEntropy, Loss, Softmax, SoftmaxCrossEntropy, TanhSquaredError
from dnn.training.run import Run

OPSET = 18
FUNCTIONS = {"sin": "Sin", "cos": "Cos", "exp": "Exp", "abs": "Abs", "tanh": "Tanh"}
OPERATORS = {"+": "Add", "-": "Sub", "*": "Mul", "/": "Div", "^": "Pow"}


class Graph:
    """Collects nodes and constants; every value has a name."""

    def __init__(self, helper: Any, numpy_helper: Any, *, wide: bool) -> None:
        self.helper, self.numpy_helper = helper, numpy_helper
        self.points = (
            np.float64 if wide else np.float32
        )  # the type of points and of values computed from them before the cast
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Any, dtype: Any = np.float32) -> str:
        """Add a constant; returns its name."""
        name = f"c{len(self.constants)}"
        array = single(np.asarray(value)) if dtype is np.float32 else np.asarray(value, dtype)
        self.constants.append(self.numpy_helper.from_array(array, name))
        return name

    def add(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """Add an operation; returns the name of its result."""
        name = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(self.helper.make_node(kind, list(inputs), [name], name=f"make_{name}", **attributes))
        return name


def _gelu(graph: Graph, z: str, g: Any) -> str:
    cube = graph.add("Mul", graph.add("Mul", z, z), graph.add("Mul", z, graph.constant(0.044715)))
    bent = graph.add("Tanh", graph.add("Mul", graph.add("Add", z, cube), graph.constant(np.sqrt(2 / np.pi))))
    return graph.add("Mul", graph.add("Mul", z, graph.constant(0.5)), graph.add("Add", bent, graph.constant(1.0)))


ACTIVATIONS: dict[type[Activation], Callable[[Graph, str, Any], str]] = {
    Linear: lambda graph, z, g: graph.add("Identity", z),
    Sigmoid: lambda graph, z, g: graph.add("Sigmoid", z),
    Tanh: lambda graph, z, g: graph.add("Tanh", z),
    ReLU: lambda graph, z, g: graph.add("Relu", z),
    LeakyReLU: lambda graph, z, g: graph.add("LeakyRelu", z, alpha=g.slope),
    ELU: lambda graph, z, g: graph.add("Elu", z, alpha=g.alpha),
    SELU: lambda graph, z, g: graph.add("Selu", z, alpha=SELU.elu.alpha, gamma=SELU.scale),
    Softplus: lambda graph, z, g: graph.add("Softplus", z),
    SiLU: lambda graph, z, g: graph.add("Mul", z, graph.add("Sigmoid", z)),
    GELU: _gelu,
    Mish: lambda graph, z, g: graph.add("Mul", z, graph.add("Tanh", graph.add("Softplus", z))),
    Sin: lambda graph, z, g: graph.add("Sin", z),
    Softmax: lambda graph, z, g: graph.add("Softmax", z, axis=1),
}


# The probability of the second class, or of each, from the output; None: the output itself.
PROBABILITIES: dict[type[Loss], Callable[[Graph, str], str] | None] = {
    BinaryCrossEntropy: None,
    SoftmaxCrossEntropy: None,
    TanhSquaredError: lambda graph, a: graph.add("Mul", graph.add("Add", a, graph.constant(1.0)), graph.constant(0.5)),
}


def refuses(run: Run) -> str:
    """Return why ``run`` cannot be exported to ONNX: a message about the component without code, or ""."""
    losses = [] if run.data.task == "regression" else [run.network.loss]
    return without_code("ONNX", (run.network.activations(len(run.params)), ACTIVATIONS), (losses, PROBABILITIES))


def write_onnx(run: Run) -> bytes:
    """Return the file's bytes for ``run``."""
    from onnx import TensorProto, checker, helper, numpy_helper  # optional package: Export.needs names it

    data, scaling = run.data, scaling_of(run.data)
    graph = Graph(helper, numpy_helper, wide=scaling is not None)
    inputs = data.points.shape[1]
    value = "points"
    if data.features:
        columns = [_formula(graph, feature(text).tree) for text in data.features]
        value = graph.add("Concat", *(_as_column(graph, column) for column in columns), axis=1)
    if scaling is not None:
        mean, std = (graph.constant(numbers, graph.points) for numbers in scaling)
        value = graph.add("Cast", graph.add("Div", graph.add("Sub", value, mean), std), to=TensorProto.FLOAT)
    for (W, b), activation in zip(run.params, run.network.activations(len(run.params)), strict=True):
        value = _layer(graph, value, W, b, activation)
    number = TensorProto.FLOAT if data.target_std is None else TensorProto.DOUBLE
    outputs = [("prediction", number if data.task == "regression" else TensorProto.INT64)]
    if data.task == "regression":
        if data.target_mean is not None and data.target_std is not None:
            std, mean = (graph.constant(numbers, np.float64) for numbers in (data.target_std, data.target_mean))
            value = graph.add("Cast", value, to=TensorProto.DOUBLE)
            value = graph.add("Add", graph.add("Mul", value, std), mean)
        graph.add("Identity", value, name="prediction")
    else:
        outputs.insert(0, ("probabilities", TensorProto.FLOAT))
        if data.task == "binary":
            if (probability := PROBABILITIES[type(run.network.loss)]) is not None:
                value = probability(graph, value)
            value = graph.add("Concat", graph.add("Sub", graph.constant(1.0), value), value, axis=1)
        graph.add("Identity", value, name="probabilities")
        graph.add("ArgMax", value, name="prediction", axis=1, keepdims=0)
    shape: list[str | int | None] = ["examples", inputs]
    shapes: dict[str, list[str | int | None]] = {"probabilities": ["examples", max(2, run.params.sizes[-1])]}
    shapes["prediction"] = ["examples", run.params.sizes[-1]] if data.task == "regression" else ["examples"]
    made = helper.make_graph(
        graph.nodes,
        "dnn",
        [helper.make_tensor_value_info("points", helper.np_dtype_to_tensor_dtype(np.dtype(graph.points)), shape)],
        [helper.make_tensor_value_info(name, kind, shapes[name]) for name, kind in outputs],
        graph.constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="dnn", ir_version=8)
    checker.check_model(model)
    return bytes(model.SerializeToString())


def _layer(graph: Graph, value: str, W: Array, b: Array, activation: Activation) -> str:
    z = graph.add("Gemm", value, graph.constant(W), graph.constant(b))
    return ACTIVATIONS[type(activation)](graph, z, activation)


def _formula(graph: Graph, tree: Tree) -> str:
    """Add a formula of the inputs, operation by operation; returns the name of its result."""
    match tree:
        case ("number", value):
            return graph.constant(value, graph.points)
        case ("input", place):
            return graph.add("Gather", "points", graph.constant([place], np.int64), axis=1)
        case ("negative", inner):
            return graph.add("Neg", _formula(graph, inner))
        case (name, inner):
            return graph.add(FUNCTIONS[name], _formula(graph, inner))
        case (sign, left, right):
            return graph.add(OPERATORS[sign], _formula(graph, left), _formula(graph, right))
    raise AssertionError(tree)


def _as_column(graph: Graph, value: str) -> str:
    """Broadcast a formula without inputs, a single number, to the number of examples."""
    first = graph.add("Gather", "points", graph.constant([0], np.int64), axis=1)
    return graph.add("Expand", value, graph.add("Shape", first))
