"""The experiment for PyTorch: the same layers, starting weights, batches and steps, so the same costs to 1e-6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from dnn.export.code.context import Context
from dnn.export.formulas import number
from dnn.export.literals import cost_in_units
from dnn.export.rows import DROPS, constants, examples, heading, loop_functions, part_rows, refuses_components
from dnn.losses import BinaryCrossEntropy, Huber, Loss, MeanSquaredError, SoftmaxCrossEntropy, TanhSquaredError
from dnn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, NAdam, Nesterov, Optimizer, RMSprop
from dnn.training.run import Run

ACTIVATIONS: dict[type[Activation], Callable[[Any], str]] = {
    Linear: lambda g: "nn.Identity()",
    Sigmoid: lambda g: "nn.Sigmoid()",
    Tanh: lambda g: "nn.Tanh()",
    ReLU: lambda g: "nn.ReLU()",
    LeakyReLU: lambda g: f"nn.LeakyReLU({number(g.slope)})",
    ELU: lambda g: f"nn.ELU({number(g.alpha)})",
    SELU: lambda g: "nn.SELU()",
    Softplus: lambda g: "nn.Softplus()",
    SiLU: lambda g: "nn.SiLU()",
    GELU: lambda g: 'nn.GELU(approximate="tanh")',
    Mish: lambda g: "nn.Mish()",
    Sin: lambda g: "Sin()",
}
# The loss of each example, (m,), from logits z and targets y (m, outputs).
LOSSES: dict[type[Loss], Callable[[Any], str]] = {
    BinaryCrossEntropy: lambda loss: 'F.binary_cross_entropy_with_logits(z, y, reduction="none").sum(1)',
    SoftmaxCrossEntropy: lambda loss: 'F.cross_entropy(z, y, reduction="none")',
    MeanSquaredError: lambda loss: '0.5 * F.mse_loss(z, y, reduction="none").sum(1)',
    Huber: lambda loss: f'F.huber_loss(z, y, reduction="none", delta={number(loss.delta)}).sum(1)',
    TanhSquaredError: lambda loss: '0.5 * F.mse_loss(torch.tanh(z), 2 * y - 1, reduction="none").sum(1)',
}


def _adam(o: Any) -> str:
    return f"betas=({number(o.beta1)}, {number(o.beta2)}), eps={number(o.epsilon)}"


# Optimiser and the factor of its learning rate.
OPTIMIZERS: dict[type[Optimizer], Callable[[Any], tuple[str, float]]] = {
    SGD: lambda o: ("SGD(model.parameters(), lr=LEARNING_RATE)", 1.0),
    Momentum: lambda o: (
        f"SGD(model.parameters(), lr=LEARNING_RATE, momentum={number(o.beta)})",
        1.0 - o.beta if o.dampening else 1.0,
    ),
    Nesterov: lambda o: (
        f"SGD(model.parameters(), lr=LEARNING_RATE, momentum={number(o.beta)}, nesterov={o.beta > 0.0})",
        1.0,
    ),
    AdaGrad: lambda o: (f"Adagrad(model.parameters(), lr=LEARNING_RATE, eps={number(o.epsilon)})", 1.0),
    RMSprop: lambda o: (
        f"RMSprop(model.parameters(), lr=LEARNING_RATE, alpha={number(o.rho)}, eps={number(o.epsilon)})",
        1.0,
    ),
    Adam: lambda o: (f"Adam(model.parameters(), lr=LEARNING_RATE, {_adam(o)})", 1.0),
    AdamW: lambda o: (
        f"AdamW(model.parameters(), lr=LEARNING_RATE, {_adam(o)}, weight_decay={number(o.weight_decay)})",
        1.0,
    ),
    # with a large momentum_decay β₁ is constant, as here
    NAdam: lambda o: (f"NAdam(model.parameters(), lr=LEARNING_RATE, {_adam(o)}, momentum_decay=1e6)", 1.0),
}


def refuses(run: Run) -> str:
    """Return why ``run`` cannot be exported to PyTorch: a message about the component without code, or ""."""
    return refuses_components(run, "PyTorch", ACTIVATIONS, LOSSES, OPTIMIZERS)


def write_pytorch(run: Run) -> bytes:
    """Return a script that builds and trains the network with PyTorch."""
    context, t = Context(run), run.experiment.training
    optimizer, factor = OPTIMIZERS[type(t.optimizer)](t.optimizer)
    notes = [
        "The experiment of the dnn playground in PyTorch: the same layers, starting weights and order of examples."
    ]
    notes += [DROPS] if context.drops else []
    code = [
        heading(run, *notes),
        *(["import base64", ""] if context.packs_start else []),
        "import numpy as np",
        "import torch",
    ]
    code += ["import torch.nn.functional as F", "from torch import nn", "", *constants(context)]
    code += [f"L1, L2 = {number(t.l1)}, {number(t.l2)}"] if context.penalised else []
    code += [f"DTYPE = torch.{t.dtype}", *examples(context, classes=False)]
    code += ["X, y = torch.tensor(X, dtype=DTYPE), torch.tensor(y, dtype=DTYPE)"]
    code += ["weights = torch.tensor(weights, dtype=DTYPE)"] if context.weighted else []
    code += [*loop_functions(context), "", ""]
    if any(isinstance(g, Sin) for g in context.hidden):
        code += ["class Sin(nn.Module):", "    def forward(self, z):", "        return torch.sin(z)", "", ""]
    code += ["model = nn.Sequential(", *(f"    {layer}," for layer in _layers(context)), ").to(DTYPE)"]
    code += ["linear = [layer for layer in model if isinstance(layer, nn.Linear)]", "with torch.no_grad():"]
    code += ["    for layer, W in zip(linear, start):", "        layer.weight.copy_(torch.tensor(W[:-1].T))"]
    code += ["        layer.bias.copy_(torch.tensor(W[-1]))"]
    rate = "learning_rate(epoch)" if context.rate else "LEARNING_RATE"
    rate = rate if factor == 1.0 else f"{rate} * {number(factor)}"
    code += ["", f"optimizer = torch.optim.{optimizer}", *_cost(context), *_train(context, rate)]
    return ("\n".join(code) + "\n").encode()


def _layers(context: Context) -> list[str]:
    layers = []
    for place, (n_in, n_out) in enumerate(zip(context.sizes[:-1], context.sizes[1:], strict=True)):
        layers.append(f"nn.Linear({n_in}, {n_out})")
        if place < len(context.hidden):
            layers.append(ACTIVATIONS[type(context.hidden[place])](context.hidden[place]))
            layers += [f"nn.Dropout({number(context.dropout[place])})"] if context.dropout[place] else []
    return layers


def _cost(context: Context) -> list[str]:
    """Return the code of the mean loss of some examples, selected by their rows."""
    lines = ["", "", "def losses(z, y):", '    """The loss of each example, from the logits z."""']
    lines += [f"    return {LOSSES[type(context.run.network.loss)](context.run.network.loss)}"]
    lines += ["", "", "def cost(rows):", '    """The mean loss of these examples."""']
    lines += ["    each = losses(model(X[rows]), y[rows])"]
    if context.weighted:
        return [*lines, "    return (each * weights[rows]).sum() / weights[rows].sum()"]
    return [*lines, "    return each.mean()"]


def _train(context: Context, rate: str) -> list[str]:
    t = context.training
    lines = ["", "", *part_rows(context, "torch.arange")]
    lines += ["best = (np.inf, 0, None)  # for early stopping"] if t.patience else []
    lines += ["for epoch in range(EPOCHS + 1):", "    model.eval()", "    with torch.no_grad():"]
    measured = cost_in_units("cost(rows).item()", context.data)
    parts = "train_rows, test_rows" + (", validation_rows" if context.data.n_validation else "")
    lines += [f"        costs = [{measured} for rows in ({parts}) if len(rows)]"]
    lines += ["    if epoch % PRINT_EVERY == 0 or epoch == EPOCHS:"]
    lines += [f'        print(f"Cost after epoch {{epoch}}: {context.reports()}")']
    if t.patience:
        lines += [
            f"    if epoch == 0 or costs[-1] < best[0] - {number(context.min_improvement)}:",
            "        best = (costs[-1], epoch, {name: value.clone() for name, value in model.state_dict().items()})",
            f"    elif epoch - best[1] >= {t.patience}:",
            "        model.load_state_dict(best[2])",
            "        break",
        ]
    lines += ["    if epoch == EPOCHS:", "        break", "    model.train()"]
    lines += ["    for group in optimizer.param_groups:", f'        group["lr"] = {rate}']
    lines += ["    order = " + ("torch.tensor(order_of(epoch))" if context.shuffles else "train_rows")]
    lines += ["    for rows in order.split(BATCH_SIZE):", "        optimizer.zero_grad()", "        loss = cost(rows)"]
    if context.penalised:
        size = "weights[rows].sum()" if context.weighted else "len(rows)"
        lines += ["        for layer in linear:  # on the weights, not on the biases"]
        terms = ["L1 * layer.weight.abs().sum()"] if t.l1 else []
        terms += ["L2 / 2 * layer.weight.square().sum()"] if t.l2 else []
        lines += [f"            loss = loss + ({' + '.join(terms)}) / {size}"]
    lines += ["        loss.backward()"]
    if t.clip_norm is not None:
        lines += [
            "        length = torch.sqrt(sum(p.grad.square().sum() for p in model.parameters()))",
            f"        if length > {number(t.clip_norm)}:",
            "            for p in model.parameters():",
            f"                p.grad *= {number(t.clip_norm)} / length",
        ]
    return [*lines, "        optimizer.step()"]
