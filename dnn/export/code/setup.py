"""The first sections: what was chosen, the examples, and where learning starts."""

from __future__ import annotations

from dnn.components import Array
from dnn.export.code.context import Context, Section, epochs_of, stride
from dnn.export.formulas import columns, number
from dnn.export.literals import UNPACKED, assigned, flat, listed, scaled
from dnn.random_streams import WEIGHTS


def settings(of: Context) -> Section:
    """The choices as constants."""
    t, e = of.training, of.run.experiment
    lines = [
        f"LAYERS = {of.sizes}  # inputs, hidden units, outputs",
        f"LEARNING_RATE = {number(t.learning_rate)}",
        f"EPOCHS = {epochs_of(of.run)}",
        f"PRINT_EVERY = {stride(epochs_of(of.run))}",
        f"N_TRAIN = {of.data.n_train}  # the first examples train, the others test",
    ]
    lines += [f"BATCH_SIZE = {of.batch_size}"] if of.shuffles else []
    lines += [f"SEED, DRAW = {e.seed}, {e.draw}  # of the random numbers"]
    lines += [f"L1 = {number(t.l1)}"] if t.l1 else []
    lines += [f"L2 = {number(t.l2)}"] if t.l2 else []
    shares = listed([number(share) for share in of.dropout]) if of.drops else ""
    lines += [f"DROPOUT = {shares}  # share of each hidden layer that is left out"] if of.drops else []
    lines += [f"CLIP_NORM = {number(t.clip_norm)}"] if t.clip_norm is not None else []
    if t.patience is not None:
        lines += [f"PATIENCE, MIN_IMPROVEMENT = {t.patience}, {number(t.min_improvement)}  # early stopping"]
    imports = ["import base64", ""] if of.packs else []
    code = [*imports, "import numpy as np", "", *lines, f"DTYPE = np.{t.dtype}", "", 'np.seterr(all="ignore")']
    return Section("Settings", "Everything that was chosen.", "\n".join(code))


def numbers(of: Context) -> Section:
    """The examples, and parameters that were given."""
    code = [of.points[0], of.targets[0]] + ([of.weights[0]] if of.weighted else [])
    if of.run.origin is not None:
        code += [statement for statement, _ in _each(of, "START", of.run.origin, "W and b of layer")]
    if of.run.frozen is not None:
        free = _each(of, "FREE", 1.0 - of.run.frozen, "0 where a number stays as it is: layer")
        code += [statement for statement, _ in free]
        code += [f"FREE = [{', '.join(f'{made}.astype(DTYPE)' for _, made in free)}]"]
    return Section("Numbers", "The examples, exactly as they were.", "\n".join(code))


def _each(of: Context, name: str, vector: Array, comment: str) -> list[tuple[str, str]]:
    """A statement and an expression for each layer's part of ``vector``."""
    return [assigned(f"{name}_{n}", block, f"{comment} {n}") for n, block in enumerate(of.blocks(vector), start=1)]


def load(of: Context) -> Section:
    """From the numbers to X and Y."""
    seen = ["    columns = points"]
    if of.data.features:
        seen = columns(of.data.features, "    ")
    seen += [f"    {line}" for line in scaled("columns", of.data)]
    classes = of.data.task == "multiclass"
    made = f"np.eye(LAYERS[-1])[{flat(of.targets[1])}.astype(int)]" if classes else of.targets[1]
    code = [UNPACKED, "", ""] if of.packs else []
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
        + (", and how much each example counts" if of.weighted else "")
        + '."""',
        f"    X = see({of.points[1]})",
        f"    Y = np.ascontiguousarray({made}.T).astype(DTYPE)",
        f"    return X, Y, {flat(of.weights[1])}.astype(DTYPE)" if of.weighted else "    return X, Y",
    ]
    return Section("Data", "Examples stand in columns, as in most tutorials.", "\n".join(code))


def initialise(of: Context) -> Section:
    """The starting parameters."""
    spec = of.run.experiment.network
    if of.run.origin is not None:
        starts = _each(of, "START", of.run.origin, "")
        body = ["    return [", *(f"        {made}.astype(DTYPE)," for _, made in starts), "    ]"]
    else:
        body = [
            f"    rng = np.random.default_rng([SEED, {WEIGHTS}, DRAW])",
            "    params = []",
            "    for n_in, n_out in zip(LAYERS[:-1], LAYERS[1:]):",
            "        W = np.zeros((n_in + 1, n_out), DTYPE)",
            *(f"        {line}" for line in of.drawn),
            "        params.append(W)",
            "    return params",
        ]
    code = [
        "def init_params():",
        '    """For each layer a matrix W (n_in + 1, n_out): the weights, and in the last row the biases."""',
        *body,
    ]
    title = "the numbers given" if of.run.origin is not None else spec.initializer.label
    return Section("Initialise", f"Where learning starts: {title}.", "\n".join(code))
