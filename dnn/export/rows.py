"""Common parts of snippets for other libraries: the examples in rows and the initial parameters."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

from dnn.activations import Activation
from dnn.components import Array
from dnn.errors import CannotExport
from dnn.export.base import without_code
from dnn.export.code.context import Context, epochs_of, stride
from dnn.export.code.loop import order_lines
from dnn.export.formulas import columns, number
from dnn.export.literals import UNPACKED, assignment, flat, in_units, network_targets, standardize_lines
from dnn.losses import Loss
from dnn.optimizers import Optimizer
from dnn.training import start
from dnn.training.run import Run

CHANGED = (
    "Settings or numbers were changed while the run in the playground went on; this trains with the last settings "
    "from the beginning."
)


FROZEN = "Numbers that were fixed in the playground learn here."
DROPS = "Dropout draws other random numbers here, so the costs agree in kind only."


def heading(run: Run, *sentences: str) -> str:
    """Return the docstring of a snippet: ``sentences``, wrapped line by line, and the differences."""
    paragraphs = [*sentences, *([FROZEN] if run.frozen is not None else []), *([CHANGED] if run.changed else [])]
    wrapped = ("\n".join(fill(line, 110) for line in sentence.split("\n")) for sentence in paragraphs)
    return '"""' + "\n\n".join(wrapped) + '\n"""\n'


def starting_blocks(context: Context) -> list[Array]:
    """Return W with b as its last row, for each layer, before the first update."""
    run = context.run
    return context.blocks(start(run.experiment, data=run.data).params.vector if run.origin is None else run.origin)


def constants(context: Context) -> list[str]:
    """Return the settings that every training loop needs."""
    e, t = context.run.experiment, context.training
    return [
        context.n_train_line,
        f"LEARNING_RATE = {number(t.learning_rate)}",
        f"EPOCHS = {epochs_of(context.run)}",
        f"PRINT_EVERY = {stride(epochs_of(context.run))}",
        f"BATCH_SIZE = {context.batch_size}",
        f"SEED = {e.seed}",
    ]


def part_rows(context: Context, arange: str) -> list[str]:
    """Return statements that define the rows of each part: ``train_rows``, ``test_rows``, and those for validation."""
    if not context.data.n_validation:
        return [f"train_rows, test_rows = {arange}(N_TRAIN), {arange}(N_TRAIN, len(X))"]
    test = "N_TRAIN + N_VALIDATION"
    return [
        f"train_rows, test_rows = {arange}(N_TRAIN), {arange}({test}, len(X))",
        f"validation_rows = {arange}(N_TRAIN, {test})",
    ]


def examples(context: Context, *, classes: bool) -> list[str]:
    """Return statements that define X (m, n), ``y`` and, if there are sample weights, ``weights``.

    With ``classes`` y holds class numbers (m,), else it has a column for each output.
    """
    blocks = [assignment(f"LAYER_{n}", block, f"W and, in the last row, b of layer {n}")
              for n, block in enumerate(starting_blocks(context), start=1)]  # fmt: skip
    parts = [context.points, context.targets, *([context.weights] if context.weighted else []), *blocks]
    lines = ["", "", UNPACKED, "", ""] if any("unpacked" in made for _, made in parts) else [""]
    lines += [statement for statement, _ in parts]
    lines += ["", f"points = {context.points[1]}"]
    lines += [*columns(context.data.features, ""), "X = columns"] if context.data.features else ["X = points"]
    lines += standardize_lines("X", context.data)
    if context.data.task == "regression":
        made = network_targets(context.targets[1], context.data)
        if context.data.target_std is not None:
            outputs = in_units("outputs", context.data)
            lines += [f"# The network learns standardised targets. In the data's units: {outputs}"]
        lines += [f"y = {flat(made) if classes and not context.several else made}"]
    elif classes:
        lines += [f"y = {flat(context.targets[1])}.astype(int)"]
    elif context.data.task == "multiclass":
        lines += [f"y = np.eye({context.sizes[-1]})[{flat(context.targets[1])}.astype(int)]"]
    else:
        lines += [f"y = {context.targets[1]}"]
    lines += [f"weights = {flat(context.weights[1])}"] if context.weighted else []
    return [*lines, f"start = [{', '.join(made for _, made in blocks)}]"]


def refuses_components(
    run: Run,
    target: str,
    activations: Mapping[type[Activation], object],
    losses: Mapping[type[Loss], object],
    optimizers: Mapping[type[Optimizer], object],
) -> str:
    """Return why ``run`` cannot be exported to ``target``, whose code is in these tables, or "".

    Initial weights are written as numbers and the learning rate in NumPy, so they need no tables.
    """
    context = Context(run)
    try:
        _ = context.rate
    except CannotExport as error:
        return error.message
    parts = (context.hidden, activations), ([run.network.loss], losses), ([context.training.optimizer], optimizers)
    return without_code(target, *parts)


def loop_functions(context: Context) -> list[str]:
    """Return the code of ``learning_rate(epoch)`` and ``order_of(epoch)`` if this experiment needs them."""
    lines = ["", "", *context.rate.split("\n")] if context.rate else []
    if context.source.definitions:
        lines = ["", "", *context.source.code.split("\n"), *lines]
    return [*lines, *(["", "", *order_lines()] if context.shuffles else [])]
