"""The same training by others: scikit-learn's loop and PyTorch's, over the examples, batches and precision of a run."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable

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
