"""The same training by others: scikit-learn's loop, PyTorch's, and plain NumPy as tutorials write it."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Sequence

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from dnn import Run


def scikit_learn(run: Run, epochs: int) -> Callable[[], object]:
    """scikit-learn's own loop over the same examples, batches, precision and number of epochs.

    Of its ways to train, the kindest to it: one `fit` over all epochs, so that checking the input and making the
    weights count once in hundreds of updates (`partial_fit` pays for the checks in every epoch); no momentum, no
    tolerance, no validation set, and its checks for NaN and of settings switched off. It shuffles as ours does.
    """
    X, y = run.data.X.astype(run.params.vector.dtype), run.data.y[:, 0].astype(int)
    model = MLPClassifier(
        hidden_layer_sizes=run.params.sizes[1:-1],
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=run.experiment.training.batch_size,
        learning_rate_init=run.experiment.training.learning_rate,
        max_iter=epochs,
        tol=0.0,
        n_iter_no_change=10**9,
        momentum=0.0,
        nesterovs_momentum=False,
        random_state=0,
    )

    def fit() -> None:
        with warnings.catch_warnings(), sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(X, y)

    return fit


def pytorch(run: Run, epochs: int) -> Callable[[], object]:
    """The usual eager loop of PyTorch on the same examples, one thread."""
    import torch

    torch.set_num_threads(1)
    dtype, batch = getattr(torch, run.experiment.training.dtype), run.experiment.training.batch_size
    X, y = (torch.tensor(array, dtype=dtype) for array in (run.data.X, run.data.y))
    layers: list[torch.nn.Module] = []
    for n_in, n_out in itertools.pairwise(run.params.sizes):
        layers += [torch.nn.Linear(n_in, n_out, dtype=dtype), torch.nn.Tanh()]
    model, loss_of = torch.nn.Sequential(*layers[:-1]), torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=run.experiment.training.learning_rate)

    def train() -> None:
        for _ in range(epochs):
            for rows in torch.randperm(len(X)).split(batch):
                optimizer.zero_grad()
                loss_of(model(X[rows]), y[rows]).backward()
                optimizer.step()

    return train


def tutorial(run: Run, epochs: int, *, history: bool) -> Callable[[], object]:
    """Plain NumPy, examples in columns, a new array for every result, as the tutorials print it."""
    data, m = run.data, run.data.n_train
    X, Y = data.X_train.T.copy(), data.y_train.T.copy()
    X_test, Y_test = data.X_test.T.copy(), data.y_test.T.copy()
    depth, rate = len(run.params), run.experiment.training.learning_rate
    relu = run.network.activations(depth)[0].kind == "relu"

    def forward(W: list[np.ndarray], b: list[np.ndarray], X: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        A, Z = [X], []
        for layer in range(depth):
            Z.append(W[layer] @ A[-1] + b[layer])
            if layer == depth - 1:
                A.append(1 / (1 + np.exp(-Z[-1])))
            else:
                A.append(np.maximum(0, Z[-1]) if relu else np.tanh(Z[-1]))
        return A, Z

    def cost_of(A: np.ndarray, Y: np.ndarray) -> float:
        logprobs = Y * np.log(A) + (1 - Y) * np.log(1 - A)
        return float(-np.sum(logprobs) / Y.shape[1])

    def train() -> list[object]:
        W, b = [W.T.copy() for W, _ in run.params], [b[:, None].copy() for _, b in run.params]
        kept: list[object] = []
        for _ in range(epochs):
            A, Z = forward(W, b, X)
            row = [cost_of(A[-1], Y)]
            dZ = A[-1] - Y
            dW, db = [np.empty(0)] * depth, [np.empty(0)] * depth
            for layer in reversed(range(depth)):
                dW[layer] = dZ @ A[layer].T / m
                db[layer] = np.sum(dZ, axis=1, keepdims=True) / m
                if layer:
                    dA = W[layer].T @ dZ
                    dZ = dA * (Z[layer - 1] > 0) if relu else dA * (1 - np.power(A[layer], 2))
            for layer in range(depth):
                W[layer] = W[layer] - rate * dW[layer]
                b[layer] = b[layer] - rate * db[layer]
            if history:
                row.append(float(np.mean((A[-1] > 0.5) == Y)))
                row += [float(np.sqrt(np.sum(each**2) + np.sum(bias**2))) for each, bias in zip(dW, db, strict=True)]
                output = forward(W, b, X_test)[0][-1]
                row += [cost_of(output, Y_test), float(np.mean((output > 0.5) == Y_test))]
            kept.append(row)
        return kept

    return train


def raw(runs: Sequence[Run], epochs: int) -> Callable[[], object]:
    """The same arithmetic for all networks at once, costs kept."""
    data, m = runs[0].data, runs[0].data.n_train
    X, Y = data.X_train.T.copy(), data.y_train.T.copy()
    start_W = [np.stack([run.params[layer][0].T for run in runs]) for layer in range(2)]
    start_b = [np.stack([run.params[layer][1][:, None] for run in runs]) for layer in range(2)]
    rate = np.array([run.experiment.training.learning_rate for run in runs])[:, None, None]

    def train() -> list[np.ndarray]:
        (W1, W2), (b1, b2) = start_W, start_b
        costs = []
        for _ in range(epochs):
            A1 = np.tanh(W1 @ X + b1)
            A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
            costs.append(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).mean(axis=(1, 2)))
            dZ2 = (A2 - Y) / m
            dW2, db2 = dZ2 @ A1.transpose(0, 2, 1), dZ2.sum(axis=2, keepdims=True)
            dZ1 = W2.transpose(0, 2, 1) @ dZ2 * (1 - A1 * A1)
            dW1, db1 = dZ1 @ X.T, dZ1.sum(axis=2, keepdims=True)
            W1, b1, W2, b2 = W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
        return costs

    return train
