"""The last sections: update, the random orders and masks of every epoch, and the training loop."""

from __future__ import annotations

from dnn.export.code.context import Context, Section
from dnn.random_streams import DROPOUT, SHUFFLE
from dnn.training.batches import ORDERS_PER_BLOCK


def update(context: Context) -> Section:
    """Return the section from the gradients to the next parameters."""
    t, o = context.training, context.optimizer
    arguments = ["params", "grads", "state", "rate"] + (["size"] if t.l1 or t.l2 else []) + (["t"] if o.counts else [])
    code = [
        f"def update({', '.join(arguments)}):",
        f'    """{o.equation}."""' if "\n" not in o.equation else f'    """{o.equation}.\n    """',
    ]
    if t.l1 or t.l2:
        penalty = " + ".join([*(["np.sign(W[:-1]) * L1"] if t.l1 else []), *(["W[:-1] * L2"] if t.l2 else [])])
        share = "(1.0 / size if size > 0.0 else 0.0)" if context.weighted else "(1.0 / size)"
        code += [
            "    for W, dW in zip(params, grads):  # the penalty on the weights, not on the biases",
            f"        dW[:-1] += {f'({penalty})' if t.l1 and t.l2 else penalty} * {share}",
        ]
    if t.clip_norm is not None:
        code += [
            "    flat = np.concatenate([dW.ravel() for dW in grads])  # a gradient that is too long is shortened",
            "    largest = np.abs(flat).max()",
            "    scaled = flat / (largest if largest > 0.0 else 1.0)",
            "    length = largest * np.sqrt(np.dot(scaled, scaled))",
            "    if length > CLIP_NORM:",
            "        grads = [dW * (CLIP_NORM / length) for dW in grads]",
        ]
    frozen = " * FREE[layer]" if context.run.frozen is not None else ""
    if o.whole:
        code += [
            "    vector, gradient = (np.concatenate([M.ravel() for M in Ms]) for Ms in (params, grads))",
            f"    step, state[:] = {o.whole}.update(gradient, tuple(state), rate, vector)",
            "    for layer, W in enumerate(params):",
            "        part, step = step[: W.size].reshape(W.shape), step[W.size :]",
            f"        params[layer] = W + part{frozen}",
        ]
        return Section("Update", f"{o.equation}.", "\n".join(code))
    names = ", ".join(o.state) + ("," if len(o.state) == 1 else "")
    code += ["    for layer, (W, dW) in enumerate(zip(params, grads)):"]
    code += [f"        {names} = state[layer]"] if o.state else []
    code += [f"        {line}" for line in o.lines]
    code += [f"        state[layer] = ({names})"] if o.state else []
    code += [f"        params[layer] = W - step{frozen}"]
    return Section("Update", f"{o.equation}.", "\n".join(code))


def order_lines() -> list[str]:
    """Return the code of ``order_of(epoch)``, the order of the training examples."""
    return [
        "def order_of(epoch):",
        f'    """The order of the training examples in an epoch; {ORDERS_PER_BLOCK} are drawn at once."""',
        f"    rng = np.random.default_rng([SEED, {SHUFFLE}, epoch // {ORDERS_PER_BLOCK}])",
        f"    in_order = np.tile(np.arange(N_TRAIN), ({ORDERS_PER_BLOCK}, 1))",
        f"    return rng.permuted(in_order, axis=1)[epoch % {ORDERS_PER_BLOCK}]",
    ]


def chance(context: Context) -> Section:
    """Return the section of the random orders and dropout masks."""
    code = []
    if context.shuffles:
        code += order_lines()
    if context.drops:
        code += ["", ""] if code else []
        code += [
            "def draw_masks(epoch):",
            '    """Dropout: 0 for the units left out and 1 / (1 - share) for the others, (n, m) for each layer."""',
            f"    rng, masks = np.random.default_rng([SEED, {DROPOUT}, epoch]), []",
            "    for n, share in zip(LAYERS[1:-1], DROPOUT):",
            "        kept = np.ones((n, N_TRAIN), bool)",
            "        if share > 0.0:",
            "            kept = rng.random(kept.shape, np.float32) >= np.float64(share)",
            "        masks.append((kept * (1.0 / (1.0 - share))).astype(DTYPE))",
            "    return masks",
        ]
    return Section("Chance", "What is drawn anew in every epoch.", "\n".join(code))


def train(context: Context) -> Section:
    """Return the section of the training loop."""
    return Section("Train", "Forward, backward, update: for every batch of every epoch.", "\n".join(_train(context)))


def _train(context: Context) -> list[str]:
    t = context.training
    weights = ", weights" if context.weighted else ""
    counts = context.optimizer.counts
    state = f"[[{', '.join(['np.zeros_like(W)'] * len(context.optimizer.state))}] for W in params]"
    state = state if context.optimizer.state else "[]"
    if context.optimizer.whole:
        state = f"[*{context.optimizer.whole}.init(np.concatenate([W.ravel() for W in params]))]"
    lines = [
        "def train():",
        '    """Train, print the cost as it falls, and return the parameters and the costs of all epochs."""',
        f"    X, Y{weights} = load_data()",
        "    params = init_params()",
        f"    state = {state}",
        "    history = []",
        *(["    t = 0  # steps taken"] if counts else []),
        *(["    best = (np.inf, 0, params)  # the lowest cost, its epoch and its parameters"] if t.patience else []),
        "    for epoch in range(EPOCHS + 1):",
        f"        costs = cost(params, X, Y{weights})",
        "        if not np.isfinite(costs[0]) or not all(np.isfinite(W).all() for W in params):",
        '            print(f"Diverged in epoch {epoch}: try a smaller learning rate.")',
        "            break",
        "        history.append(costs)",
        "        if epoch % PRINT_EVERY == 0 or epoch == EPOCHS:",
    ]
    lines += [f'            print(f"Cost after epoch {{epoch}}: {context.reports()}")']
    if t.patience:
        lines += [
            "        watched = np.inf if np.isnan(costs[-1]) else costs[-1]",
            "        if epoch == 0 or watched < best[0] - MIN_IMPROVEMENT:",
            "            best = (watched, epoch, list(params))",
            "        elif epoch - best[1] >= PATIENCE:",
            '            print(f"Stopped early; the parameters of epoch {best[1]} are back.")',
            "            params = best[2]",
            "            break",
        ]
    lines += ["        if epoch == EPOCHS:", "            break"]
    lines += ["        masks = draw_masks(epoch)"] if context.drops else []
    rate = "learning_rate(epoch)" if context.rate else "LEARNING_RATE"
    if context.shuffles:
        lines += ["        order = order_of(epoch)"]
        lines += ["        X_epoch, Y_epoch = np.take(X, order, axis=1), np.take(Y, order, axis=1)"]
        lines += ["        weights_epoch = weights[order]"] if context.weighted else []
        lines += [
            "        for start in range(0, N_TRAIN, BATCH_SIZE):",
            "            part = slice(start, start + BATCH_SIZE)",
        ]
        lines += ["            X_batch, Y_batch = X_epoch[:, part], Y_epoch[:, part]"]
        lines += ["            w_batch = weights_epoch[part]"] if context.weighted else []
        lines += ["            m_batch = [mask[:, part] for mask in masks]"] if context.drops else []
        inner = "            "
    else:
        lines += ["        X_batch, Y_batch = X[:, :N_TRAIN].copy(), Y[:, :N_TRAIN].copy()"]
        lines += ["        w_batch = weights[:N_TRAIN]"] if context.weighted else []
        lines += ["        m_batch = masks"] if context.drops else []
        inner = "        "
    forward = (
        "Zs, As, kept = forward(params, X_batch, m_batch)" if context.drops else "Zs, As = forward(params, X_batch)"
    )
    backward = ["params", "Zs", "As", "Y_batch"] + (["w_batch"] if context.weighted else [])
    backward += ["kept", "m_batch"] if context.drops else []
    arguments = ["params", f"backward({', '.join(backward)})", "state", rate]
    size = "w_batch.sum()" if context.weighted else "Y_batch.shape[1]"
    arguments += ([size] if context.penalised else []) + (["t"] if counts else [])
    lines += [f"{inner}{forward}"]
    lines += [f"{inner}t += 1"] if counts else []
    lines += [f"{inner}update({', '.join(arguments)})", "    return params, history"]
    return lines
