"""The experiment for Keras 3, on any of its backends: the same layers, starting weights and order of examples."""

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
    Linear: lambda g: '"linear"',
    Sigmoid: lambda g: '"sigmoid"',
    Tanh: lambda g: '"tanh"',
    ReLU: lambda g: '"relu"',
    LeakyReLU: lambda g: f"lambda z: keras.ops.leaky_relu(z, negative_slope={number(g.slope)})",
    ELU: lambda g: f"lambda z: keras.ops.elu(z, alpha={number(g.alpha)})",
    SELU: lambda g: '"selu"',
    Softplus: lambda g: '"softplus"',
    SiLU: lambda g: '"silu"',
    GELU: lambda g: "lambda z: keras.ops.gelu(z, approximate=True)",
    Mish: lambda g: '"mish"',
    Sin: lambda g: "keras.ops.sin",
}
# The loss of each example from targets y and logits z (m, outputs).
LOSSES: dict[type[Loss], Callable[[Any], str]] = {
    BinaryCrossEntropy: lambda loss: "keras.ops.sum(keras.ops.softplus(z) - y * z, axis=-1)",
    SoftmaxCrossEntropy: lambda loss: "keras.ops.categorical_crossentropy(y, z, from_logits=True)",
    MeanSquaredError: lambda loss: "0.5 * keras.ops.sum(keras.ops.square(z - y), axis=-1)",
    Huber: lambda loss: (
        f"keras.ops.sum(near(z - y) * (keras.ops.abs(z - y) - 0.5 * near(z - y)), axis=-1)  # delta {loss.delta:g}"
    ),
    TanhSquaredError: lambda loss: "0.5 * keras.ops.sum(keras.ops.square(keras.ops.tanh(z) - (2 * y - 1)), axis=-1)",
}
OPTIMIZERS: dict[type[Optimizer], Callable[[Any], str]] = {
    SGD: lambda o: "SGD(LEARNING_RATE",
    Momentum: lambda o: f"SGD(LEARNING_RATE, momentum={number(o.beta)}",
    Nesterov: lambda o: f"SGD(LEARNING_RATE, momentum={number(o.beta)}, nesterov=True",
    AdaGrad: lambda o: f"Adagrad(LEARNING_RATE, initial_accumulator_value=0.0, epsilon={number(o.epsilon)}",
    RMSprop: lambda o: f"RMSprop(LEARNING_RATE, rho={number(o.rho)}, epsilon={number(o.epsilon)}",
    Adam: lambda o: f"Adam(LEARNING_RATE, {_adam(o)}",
    AdamW: lambda o: f"AdamW(LEARNING_RATE, {_adam(o)}, weight_decay={number(o.weight_decay)}",
    NAdam: lambda o: f"Nadam(LEARNING_RATE, {_adam(o)}",
}
DIFFERS = {
    Momentum: "A velocity holds the learning rate here, so a schedule acts a little differently.",
    Nesterov: "A velocity holds the learning rate here, so a schedule acts a little differently.",
    AdaGrad: "AdaGrad has epsilon inside the root here.",
    RMSprop: "RMSprop has epsilon inside the root here.",
    Adam: "Adam adds epsilon before it corrects the means here.",
    AdamW: "Adam adds epsilon before it corrects the means here.",
    NAdam: "Nadam lets beta1 grow in the first steps here.",
}


def _adam(o: Any) -> str:
    return f"beta_1={number(o.beta1)}, beta_2={number(o.beta2)}, epsilon={number(o.epsilon)}"


def refuses(run: Run) -> str:
    """Return why ``run`` cannot be exported to Keras: a message about the component without code, or ""."""
    return refuses_components(run, "Keras", ACTIVATIONS, LOSSES, OPTIMIZERS)


def write_keras(run: Run) -> bytes:
    """Return a script that builds and trains the network with Keras."""
    context, t = Context(run), run.experiment.training
    notes = [
        "The experiment of the dnn playground in Keras 3: the same layers, starting weights and order of examples."
    ]
    notes += [DIFFERS[type(t.optimizer)]] if type(t.optimizer) in DIFFERS else []
    notes += (
        ["Momentum that takes only a part of each gradient is a smaller learning rate here."] if _part(t) < 1 else []
    )
    notes += [DROPS] if context.drops else []
    notes += ["Early stopping is left out: it trains for as many epochs as the playground did."] if t.patience else []
    code = [
        heading(run, *notes),
        *(["import base64", ""] if context.packs_start else []),
        "import keras",
        "import numpy as np",
    ]
    code += ["", *constants(context), "", f'keras.config.set_floatx("{t.dtype}")', *examples(context, classes=False)]
    code += [*loop_functions(context), "", ""]
    if isinstance(run.network.loss, Huber):
        delta = number(run.network.loss.delta)
        code += ["def near(r):", f"    return keras.ops.minimum(keras.ops.abs(r), {delta})", "", ""]
    code += ["def losses(y, z):", '    """The loss of each example, from the logits z."""']
    code += [f"    return {LOSSES[type(run.network.loss)](run.network.loss)}", "", ""]
    code += [f"model = keras.Sequential([keras.Input(({context.sizes[0]},))])"]
    code += [f"model.add({layer})" for layer in _layers(context)]
    code += ["dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]"]
    code += ["for layer, W in zip(dense, start):", "    layer.set_weights([W[:-1], W[-1]])"]
    clip = f", global_clipnorm={number(t.clip_norm)}" if t.clip_norm is not None else ""
    code += [f"optimizer = keras.optimizers.{OPTIMIZERS[type(t.optimizer)](t.optimizer)}{clip})"]
    code += ["model.compile(optimizer=optimizer, loss=losses)", *_train(context)]
    return ("\n".join(code) + "\n").encode()


def _part(training: Any) -> float:
    """Return the factor of each gradient in a velocity."""
    o = training.optimizer
    return 1.0 - o.beta if getattr(o, "dampening", False) else 1.0


def _layers(context: Context) -> list[str]:
    layers, m = [], context.batch_size
    l1, l2 = number(context.training.l1 / m), number(context.training.l2 / m / 2)
    penalty = f", kernel_regularizer=keras.regularizers.L1L2({l1}, {l2})"
    for place, n_out in enumerate(context.sizes[1:]):
        last = place == len(context.hidden)
        activation = "" if last else f", activation={ACTIVATIONS[type(context.hidden[place])](context.hidden[place])}"
        layers.append(f"keras.layers.Dense({n_out}{activation}{penalty if context.penalised else ''})")
        if not last and context.dropout[place]:
            layers.append(f"keras.layers.Dropout({number(context.dropout[place])})")
    return layers


def _train(context: Context) -> list[str]:
    part = _part(context.training)
    rate = ("learning_rate(epoch)" if context.rate else "LEARNING_RATE") + ("" if part == 1.0 else f" * {number(part)}")
    mean = "each.mean()" if not context.weighted else "(each * weights[rows]).sum() / weights[rows].sum()"
    return [
        "", "",
        "def cost(rows):",
        '    """The mean loss of these examples, without penalties."""',
        "    z, y_rows = model(X[rows], training=False), keras.ops.convert_to_tensor(y[rows])",
        "    each = keras.ops.convert_to_numpy(losses(y_rows, z))",
        f"    return {cost_in_units(f'float({mean})', context.data)}",
        "", "",
        *part_rows(context, "np.arange"),
        "for epoch in range(EPOCHS + 1):",
        "    if epoch % PRINT_EVERY == 0 or epoch == EPOCHS:",
        f'        print(f"Cost after epoch {{epoch}}: {context.reports("cost({part}_rows)")}")',
        "    if epoch == EPOCHS:",
        "        break",
        f"    optimizer.learning_rate = {rate}",
        f"    order = {'order_of(epoch)' if context.shuffles else 'train_rows'}",
        "    for at in range(0, N_TRAIN, BATCH_SIZE):",
        "        rows = order[at : at + BATCH_SIZE]",
        *(["        share = weights[rows] * len(rows) / weights[rows].sum()"] if context.weighted else []),
        f"        model.train_on_batch(X[rows], y[rows]{', sample_weight=share' if context.weighted else ''})",
    ]  # fmt: skip
