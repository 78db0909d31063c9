"""The lines of code behind each kind of step, in the reference network and in the engine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dnn.analysis.walkthrough.source import Code, statement
from dnn.analysis.walkthrough.steps import Matrix, Part, Step, Way
from dnn.losses import Loss
from dnn.network import backpropagate, propagate
from dnn.reference import ReferenceNetwork
from dnn.training.trainer import Trainer, clipping


class Lines(NamedTuple):
    """The statement of the reference network (None if it has no such step) and that of the engine."""

    reference: Code | None
    engine: Code


@cache
def lines_of_code() -> dict[str, Lines]:
    """Return the statements that compute the result of each kind of step."""
    tutorial = ReferenceNetwork
    a = statement(propagate, "layer.g(layer.Z, layer.A)")
    losses = "losses = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z"
    cost = statement(Loss.cost, "return weighted_mean(self.per_example(z, y), weights)")
    dz_output = "dZ = trace.network.loss.gradient(trace.output, y, gradients.dz[-1], sample_weight)"
    dz = "dZ = multiply(layer.dA, layer.g_slope(layer.Z, layer.A, layer.slope), layer.dA)"
    dw = statement(backpropagate, "product(layer.A_ones_T, dZ, layer.dWb)")
    dw_first = statement(backpropagate, "product(trace.X_ones.mT, dZ, gradients.dWb_first)")
    update = statement(Trainer.train, "add(vector, step, vector)")
    return {
        "input": Lines(statement(tutorial.forward, "A = X"), statement(propagate, "A_ones_T = X_ones.mT")),
        "z": Lines(
            statement(tutorial.weighted_sum, "Z = A @ W + b"),
            statement(propagate, "product(layer.Wb_T, A_ones_T, layer.Z_T)"),
        ),
        "a": Lines(statement(tutorial.forward, "A = g(Z)"), a),
        "loss": Lines(statement(tutorial.cost, losses), cost),
        "cost": Lines(statement(tutorial.cost, "J = np.mean(losses)"), cost),
        "dz_output": Lines(
            statement(tutorial.backward, "dZ = self.output_slope(Zs[-1], y) / m"), statement(backpropagate, dz_output)
        ),
        "dz": Lines(
            statement(tutorial.through_activation, "dZ = dA * self.g_slope(Z, A)"), statement(backpropagate, dz)
        ),
        "dw": Lines(statement(tutorial.weight_gradient, "dW = A.T @ dZ"), dw),
        "dw_first": Lines(statement(tutorial.weight_gradient, "dW = A.T @ dZ"), dw_first),
        "db": Lines(statement(tutorial.backward, "db = self.bias_gradient(dZ)"), dw),
        "db_first": Lines(statement(tutorial.backward, "db = self.bias_gradient(dZ)"), dw_first),
        "da": Lines(
            statement(tutorial.input_gradient, "dA = dZ @ W.T"),
            statement(backpropagate, "layer.outer(layer.W, layer.dZ_T, layer.dA_T)"),
        ),
        "penalty": Lines(None, statement(Trainer._penalise, "add(gradient, penalty, gradient)")),
        "clip": Lines(None, statement(clipping, "return np.where(length > longest, longest / length, 1.0)")),
        "new_w": Lines(statement(tutorial.update, "W = W - learning_rate * dW"), update),
        "new_b": Lines(statement(tutorial.update, "b = b - learning_rate * db"), update),
    }


def step(
    id: str,
    title: str,
    text: str,
    at: tuple[Way, int, Part],
    form: str,
    operands: Sequence[Matrix],
    result: Matrix,
    written: str,
    code: str,
    formula: str = "",
    *,
    as_reference: bool = True,
) -> Step:
    """Create a step ``at`` a phase, layer and part, computed by the statements called ``code``.

    Without ``as_reference`` the reference network computes something else, and the step has only the engine's line.
    """
    reference, engine = lines_of_code()[code]
    reference = reference if as_reference else None
    return Step(id, title, text, *at, form, tuple(operands), result, written, engine, reference, formula)
