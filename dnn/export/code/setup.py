"""The first sections: settings, examples and initial parameters."""

from __future__ import annotations

from dnn.components import Array
from dnn.export.code.context import Context, Section, epochs_of, stride
from dnn.export.formulas import columns, number
from dnn.export.literals import UNPACKED, assignment, flat, network_targets, standardize_lines, tuple_of
from dnn.random_streams import WEIGHTS


def settings(context: Context) -> Section:
    """Return the section with the settings as constants."""
    t, e = context.training, context.run.experiment
    lines = [
        f"LAYERS = {context.sizes}  # inputs, hidden units, outputs",
        f"LEARNING_RATE = {number(t.learning_rate)}",
        f"EPOCHS = {epochs_of(context.run)}",
        f"PRINT_EVERY = {stride(epochs_of(context.run))}",
        context.n_train_line,
    ]
    lines += [f"BATCH_SIZE = {context.batch_size}"] if context.shuffles else []
    lines += [f"SEED, DRAW = {e.seed}, {e.draw}  # of the random numbers"]
    lines += [f"L1 = {number(t.l1)}"] if t.l1 else []
    lines += [f"L2 = {number(t.l2)}"] if t.l2 else []
    shares = tuple_of([number(share) for share in context.dropout]) if context.drops else ""
    lines += [f"DROPOUT = {shares}  # share of each hidden layer that is left out"] if context.drops else []
    lines += [f"CLIP_NORM = {number(t.clip_norm)}"] if t.clip_norm is not None else []
    if t.patience is not None:
        lines += [f"PATIENCE, MIN_IMPROVEMENT = {t.patience}, {number(context.min_improvement)}  # early stopping"]
    imports = ["import base64", ""] if context.packs else []
    code = [*imports, "import numpy as np", "", *lines, f"DTYPE = np.{t.dtype}", "", 'np.seterr(all="ignore")']
    return Section("Settings", "Everything that was chosen.", "\n".join(code))


def numbers(context: Context) -> Section:
    """Return the section with the examples and explicit initial parameters."""
    code = [context.points[0], context.targets[0]] + ([context.weights[0]] if context.weighted else [])
    if context.run.origin is not None:
        code += [statement for statement, _ in _each(context, "START", context.run.origin, "W and b of layer")]
    if context.run.frozen is not None:
        free = _each(context, "FREE", 1.0 - context.run.frozen, "0 where a number stays as it is: layer")
        code += [statement for statement, _ in free]
        code += [f"FREE = [{', '.join(f'{made}.astype(DTYPE)' for _, made in free)}]"]
    return Section("Numbers", "The examples, exactly as they were.", "\n".join(code))


def _each(context: Context, name: str, vector: Array, comment: str) -> list[tuple[str, str]]:
    """Return a statement and an expression for each layer's part of ``vector``."""
    return [
        assignment(f"{name}_{n}", block, f"{comment} {n}") for n, block in enumerate(context.blocks(vector), start=1)
    ]


def load(context: Context) -> Section:
    """Return the section from the numbers to X and Y."""
    seen = ["    columns = points"]
    if context.data.features:
        seen = columns(context.data.features, "    ")
    seen += [f"    {line}" for line in standardize_lines("columns", context.data)]
    classes, standardised = context.data.task == "multiclass", context.data.target_std is not None
    targets = network_targets(context.targets[1], context.data)
    if classes:
        targets = f"np.eye(LAYERS[-1])[{flat(context.targets[1])}.astype(int)]"
    code = [UNPACKED, "", ""] if context.packs else []
    code += [
        "def see(points):",
        '    """What the network sees of points (m, inputs): a column for each, with a last row of ones for b."""',
        *seen,
        "    X = np.ones((LAYERS[0] + 1, len(points)), DTYPE)",
        "    X[:-1] = columns.T",
        "    return X",
        "",
        "",
        "def load_data():",
        '    """X (n + 1, m) and Y (outputs, m)'
        + (", and how much each example counts" if context.weighted else "")
        + '."""',
        f"    X = see({context.points[1]})",
        *(
            ["    # standardised, (y - mean) / standard deviation; costs are in the data's units"]
            if standardised
            else []
        ),
        f"    Y = np.ascontiguousarray({targets}.T).astype(DTYPE)",
        f"    return X, Y, {flat(context.weights[1])}.astype(DTYPE)" if context.weighted else "    return X, Y",
    ]
    return Section("Data", "Examples stand in columns, as in most tutorials.", "\n".join(code))


def initialise(context: Context) -> Section:
    """Return the section with the initial parameters."""
    spec = context.run.experiment.network
    if context.run.origin is not None:
        starts = _each(context, "START", context.run.origin, "")
        body = ["    return [", *(f"        {made}.astype(DTYPE)," for _, made in starts), "    ]"]
    else:
        body = [
            f"    rng = np.random.default_rng([SEED, {WEIGHTS}, DRAW])",
            "    params = []",
            "    for n_in, n_out in zip(LAYERS[:-1], LAYERS[1:]):",
            "        W = np.zeros((n_in + 1, n_out), DTYPE)",
            *(f"        {line}" for line in context.initializer_lines),
            "        params.append(W)",
            "    return params",
        ]
    code = [
        "def init_params():",
        '    """For each layer a matrix W (n_in + 1, n_out): the weights, and in the last row the biases."""',
        *body,
    ]
    title = "the numbers given" if context.run.origin is not None else spec.initializer.label
    return Section("Initialise", f"Where learning starts: {title}.", "\n".join(code))
