"""The sections for forward, cost and backward."""

from __future__ import annotations

from dnn.export.code.context import Context, Section
from dnn.export.literals import cost_in_units, tuple_of
from dnn.training.evaluation import EVAL_CHUNK


def hidden_activations(context: Context) -> Section:
    """Return the section with the functions of the hidden units."""
    return Section("Activations", "What each hidden unit does to its weighted sum.", context.functions)


def forward(context: Context) -> Section:
    """Return the section from the inputs to the output."""
    names = context.names
    same = len(set(names)) == 1
    output, loop = (names[0] if same else "g"), "for W in params[:-1]:"
    if context.drops:
        loop = "for W, mask in zip(params[:-1], masks or [1.0] * len(params)):"
    if not same:
        unpacked = "W, g" if not context.drops else "W, g, mask"
        lists = ["params[:-1]", tuple_of(names)] + (["masks or [1.0] * len(params)"] if context.drops else [])
        loop = f"for {unpacked} in zip({', '.join(lists)}):"
    *before, last = context.loss.output.split("\n")
    before = [f"E = {before[0]}"] if before else []
    end = [f"    {line}" for line in before] + [f"    A = {last}"]
    body = [
        "    Zs, As" + (", kept" if context.drops else "") + " = [], [X]" + (", []" if context.drops else ""),
        f"    {loop}",
        "        Z = np.dot(W.T, As[-1])  # (n_out, n_in + 1) (n_in + 1, m)",
        f"        A = {output}(Z)",
        *(["        kept.append(A)", "        A = A * mask"] if context.drops else []),
        "        Zs.append(Z)",
        "        As.append(np.vstack([A, np.ones((1, A.shape[1]), DTYPE)]))",
    ]
    if not context.hidden:
        body = ["    Zs, As = [], [X]"]
    signature = "params, X, masks=None" if context.drops else "params, X"
    returned = "Zs, [*As, A]" + (", kept" if context.drops else "")
    note = ", and A before dropout" if context.drops else ""
    code = [
        f"def forward({signature}):",
        f'    """Z = W.T A and A = g(Z), layer by layer: every Z and A (n, m), A with its ones{note}."""',
        *body,
        "    Z = np.dot(params[-1].T, As[-1])",
        *end,
        "    Zs.append(Z)",
        f"    return {returned}",
    ]
    return Section("Forward", "Z = Wᵀ A, A' = g(Z), from the inputs to the output.", "\n".join(code))


def cost(context: Context) -> Section:
    """Return the section of the cost."""
    *before, last = context.loss.losses.split("\n")
    mean = "losses[part].mean()"
    if context.weighted:
        mean = "(losses[part] * weights[part]).sum() / weights[part].sum()"
    parts = [f"slice({first}, {last})" for first, last in context.parts.values()]
    outputs = _outputs(context)
    z_and_y = "np.ascontiguousarray(Z.T), np.ascontiguousarray(Y.T)" if context.several else "Z[0], Y[0]"
    others = " and ".join([part for part in context.parts if part != "train"])
    also = f", and of the {others} examples." if others else "."
    code = [
        f"def cost(params, X, Y{', weights' if context.weighted else ''}):",
        '    """The cost of the training examples' + also,
        "",
        f"    {context.loss.equation}.",
        '    """',
        *outputs,
        f"    z, y = {z_and_y}",
        *(f"    {line}" for line in before),
        f"    losses = {last}",
        f"    return [{cost_in_units(f'float({mean})', context.data)} for part in {tuple_of(parts)}]",
    ]
    return Section("Cost", f"{context.loss.equation}.", "\n".join(code))


def _outputs(context: Context) -> list[str]:
    """Z of the last layer, in the pieces that the engine evaluates: costs then agree to the last digit.

    A full batch is one piece, because its cost comes from the forward pass of its update.
    """
    join = "    Z = np.hstack([forward(params, piece)[0][-1] for piece in pieces])"
    chunks = f"range({{}}, X.shape[1], {EVAL_CHUNK})"
    if context.full_batch:
        if len(context.parts) == 1:
            return ["    Z = forward(params, X)[0][-1]"]
        rest = f"*(X[:, at : at + {EVAL_CHUNK}] for at in {chunks.format('N_TRAIN')})"
        if len(context.data.X) - context.data.n_train <= EVAL_CHUNK:
            rest = "X[:, N_TRAIN:]"
        return [f"    pieces = [X[:, :N_TRAIN], {rest}]", join]
    if len(context.data.X) > EVAL_CHUNK:
        return [f"    pieces = [X[:, at : at + {EVAL_CHUNK}] for at in {chunks.format(0)}]", join]
    return ["    Z = forward(params, X)[0][-1]"]


def backward(context: Context) -> Section:
    """Return the section from the cost to the gradients."""
    names = context.names
    same = len(set(names)) == 1
    slope = f"{names[0]}_slope" if same else "slope"
    share = "(weights / (weights.sum() if weights.sum() > 0.0 else 1.0))" if context.weighted else "(1.0 / Y.shape[1])"
    value = "kept[layer - 1]" if context.drops else "As[layer][:-1]"
    arguments = ["params", "Zs", "As", "Y"] + (["weights"] if context.weighted else [])
    arguments += ["kept", "masks"] if context.drops else []
    code = [
        f"def backward({', '.join(arguments)}):",
        '    """dW = A dZ.T for each layer, its last row db, from dZ = dJ/dZ of the output back to the first."""',
        "    A = As[-1]",
        f"    dZ = ({context.loss.slope}) * {share}",
        "    grads = [np.dot(As[-2], dZ.T)]  # (n_in + 1, m) (m, n_out)",
    ]
    if context.hidden:
        code += [f"    slopes = {tuple_of([f'{name}_slope' for name in names])}"] if not same else []
        code += [
            "    for layer in range(len(params) - 1, 0, -1):",
            "        dA = np.dot(params[layer][:-1], dZ)  # W dZ: the biases have nothing before them",
            *(["        slope = slopes[layer - 1]"] if not same else []),
            f"        dZ = dA * {'(' if context.drops else ''}{slope}(Zs[layer - 1], {value})"
            + (" * masks[layer - 1])" if context.drops else ""),
            "        grads.insert(0, np.dot(As[layer - 1], dZ.T))",
        ]
    code += ["    return grads"]
    return Section("Backward", "dZ = dA g'(Z), dW = A dZᵀ, from the output back to the inputs.", "\n".join(code))
