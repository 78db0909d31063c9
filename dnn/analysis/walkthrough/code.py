"""Which statement of the engine makes each kind of stop."""

from __future__ import annotations

from collections.abc import Sequence

from dnn.analysis.walkthrough.source import Code, statement
from dnn.analysis.walkthrough.steps import Matrix, Part, Stop, Way
from dnn.losses import Loss
from dnn.network import Gradients, Trace
from dnn.training.workspace import Workspace, clipping


def lines_of_code() -> dict[str, Code]:
    """The statement of the engine that makes each kind of stop."""
    return {
        "input": statement(Trace.propagate, "A_T = X1.mT"),
        "z": statement(Trace.propagate, "product(W_T, A_T, Z_T)"),
        "a": statement(Trace.propagate, "g(Z, A)"),
        "cost": statement(Loss.cost, "return weighted_mean(self.per_example(z, y), weights)"),
        "dz_output": statement(
            Gradients.backpropagate, "dZ = trace.network.loss.gradient(trace.a[-1], y, self.dz[-1], shares)"
        ),
        "dz": statement(Gradients.backpropagate, "dZ = multiply(dA, slope_of(Z, A, slope), dA)"),
        "dw": statement(Gradients.backpropagate, "product(A_T, dZ, dW1)"),
        "dw_first": statement(Gradients.backpropagate, "product(trace.X1.mT, dZ, self.blocks[0])"),
        "da": statement(Gradients.backpropagate, "product(W, dZ_T, dA_T)"),
        "penalty": statement(Workspace._penalise, "np.add(gradient, penalty, out=gradient)"),
        "clip": statement(clipping, "return np.where(length > longest, longest / length, 1.0)"),
        "update": statement(Workspace.train_epoch, "np.add(vector, step, vector)"),
    }


def stop(
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
) -> Stop:
    """A stop ``at`` a way, layer and part, made by the statement of the engine called ``code``."""
    return Stop(id, title, text, *at, form, tuple(operands), result, written, lines_of_code()[code], formula)
