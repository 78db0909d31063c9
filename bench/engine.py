"""How fast the training loop is, beside scikit-learn (and PyTorch where it is installed), in one process on one core.

The figures are microseconds per mini-batch update. Every repeat times each of them once, one right after the other, so
that a busy machine slows all alike; printed are medians, and the quickest repeat beside them.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import time
import warnings
from collections.abc import Callable, Sequence

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from dnn import Experiment, Run, advance, start
from dnn.params import Params
from dnn.workspace import Workspace

EPOCHS = 16  # in one timing: as many as share one generator of orders, so that each timing pays for one
SECONDS, LEAST = 6.0, 11  # time for the repeats of one row, and how many there are at least
LEARNING_RATE = 0.03

# hidden layers, batch, precision, networks in lockstep, goal: how many times as fast as scikit-learn
ROWS = [
    ((4, 2), 10, "float64", 1, 8.0),
    ((8, 8), 30, "float64", 1, 8.0),
    ((8,) * 6, 10, "float64", 1, 5.0),
    ((32, 32, 32), 32, "float64", 1, 4.5),
    ((128, 128), 256, "float64", 1, 1.3),
    ((128, 128), 256, "float32", 1, None),
    ((4, 2), 10, "float64", 64, 80.0),
]
LOCKSTEP = (1, 4, 16, 64, 256)


def main() -> None:
    """Print both tables."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Engine: µs per mini-batch update, medians (quickest in brackets); one BLAS thread{load}")
    print("'costs' is what an epoch's costs and accuracies cost on top, in µs per epoch; 'advance' has all of it in.\n")
    torch = ["PyTorch"] if importlib.util.find_spec("torch") else []
    head = ["shapes, batch", "ours", "scikit-learn", "ratio", "goal", "met", "advance", "costs", *torch]
    line = "{:<33}{:>16}{:>17}{:>7}{:>7}{:>5}{:>9}{:>8}" + "{:>18}" * len(torch)
    print(line.format(*head))
    for hidden, batch, dtype, networks, goal in ROWS:
        measured = row(hidden, batch, dtype, networks, with_torch=bool(torch))
        ours, theirs = (np.median(measured[name]) for name in ("ours", "scikit-learn"))
        name = f"{[2, *hidden, 1]} b{batch}".replace(", ", ",") + ("" if dtype == "float64" else f" {dtype}")
        cells = [
            f"{networks} x {name}, each" if networks > 1 else name,
            shown(measured["ours"]),
            shown(measured["scikit-learn"]),
            f"{theirs / ours:.1f}",
            "" if goal is None else f">={goal:g}",
            "" if goal is None else "yes" if theirs / ours >= goal else "NO",
            f"{np.median(measured['advance']):.1f}" if "advance" in measured else "",
            f"{np.median(measured['costs']):.0f}",
            *(shown(measured[name]) if name in measured else "" for name in torch),
        ]
        print(line.format(*cells), flush=True)
    print("\nLockstep: R networks [2,4,2,1] b10 at once, µs per update and network\n")
    spaces = {networks: ours_of((4, 2), 10, "float64", networks)[0] for networks in LOCKSTEP}
    measured = interleaved({str(networks): trainer(space, networks) for networks, space in spaces.items()})
    for name, times in measured.items():
        print(f"R = {name:<6}{shown(times):>16}")


def row(hidden: tuple[int, ...], batch: int, dtype: str, networks: int, *, with_torch: bool) -> dict[str, list[float]]:
    """The timings of one row, by name."""
    space, run = ours_of(hidden, batch, dtype, networks)
    updates = EPOCHS * len(space.batches)
    jobs = {
        "ours": trainer(space, networks),
        "scikit-learn": (theirs_of(run), updates),
        "costs": (space.evaluate, networks),
    }
    if networks == 1:
        jobs["advance"] = (lambda: advance(run, EPOCHS), updates)
        if with_torch:
            jobs["PyTorch"] = (torch_of(run), updates)
    return interleaved(jobs)


def interleaved(jobs: dict[str, tuple[Callable[[], object], int]]) -> dict[str, list[float]]:
    """µs per unit of work for each of ``jobs``, (what to call, units of work in it), taking turns."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for call, _ in jobs.values():  # the first turn warms caches and counts for nothing
        call()
    deadline = time.perf_counter() + SECONDS
    while time.perf_counter() < deadline or min(map(len, times.values())) < LEAST:
        for name, (call, units) in jobs.items():
            began = time.perf_counter()
            call()
            times[name].append((time.perf_counter() - began) / units * 1e6)
    return times


def shown(times: Sequence[float]) -> str:
    """Median, and the least in brackets."""
    digits = 2 if np.median(times) < 10 else 1
    return f"{np.median(times):.{digits}f} ({min(times):.{digits}f})"


def ours_of(hidden: tuple[int, ...], batch: int, dtype: str, networks: int) -> tuple[Workspace, Run]:
    """Runs as `start` makes them, each with its own data, seed and weights, in the arrays that `advance` trains in."""
    sections = {
        "data": {"samples": max(500, 20 * batch), "test_share": 0.0},
        "network": {"hidden_layer_sizes": hidden, "activation": "tanh"},
        "training": {"batch_size": batch, "learning_rate": LEARNING_RATE, "dtype": dtype},
    }
    runs = [start(Experiment.of(**sections, seed=seed)) for seed in range(networks)]
    vectors = np.stack([run.params.vector for run in runs])
    params = Params(runs[0].params.sizes, vectors if networks > 1 else vectors[0])
    return Workspace(params, runs[0].network, [run.data for run in runs], batch, range(networks)), runs[0]


def trainer(space: Workspace, networks: int) -> tuple[Callable[[], object], int]:
    """The loop of `advance` without its bookkeeping, going on to later epochs with every call: shuffle and updates."""
    optimizer = Experiment().training.optimizer
    rate = np.full((networks, 1), LEARNING_RATE, space.params.vector.dtype) if networks > 1 else LEARNING_RATE
    epochs = itertools.count()

    def train() -> None:
        for epoch in itertools.islice(epochs, EPOCHS):
            space.train_epoch(epoch, optimizer, (), rate, 0.0)

    return train, EPOCHS * len(space.batches) * networks


def theirs_of(run: Run) -> Callable[[], object]:
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
        learning_rate_init=LEARNING_RATE,
        max_iter=EPOCHS,
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


def torch_of(run: Run) -> Callable[[], object]:
    """The usual eager loop of PyTorch on the same examples, one thread."""
    import torch

    torch.set_num_threads(1)
    dtype, batch = getattr(torch, run.experiment.training.dtype), run.experiment.training.batch_size
    X, y = (torch.tensor(array, dtype=dtype) for array in (run.data.X, run.data.y))
    layers: list[torch.nn.Module] = []
    for n_in, n_out in itertools.pairwise(run.params.sizes):
        layers += [torch.nn.Linear(n_in, n_out, dtype=dtype), torch.nn.Tanh()]
    model, loss_of = torch.nn.Sequential(*layers[:-1]), torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)

    def train() -> None:
        for _ in range(EPOCHS):
            for rows in torch.randperm(len(X)).split(batch):
                optimizer.zero_grad()
                loss_of(model(X[rows]), y[rows]).backward()
                optimizer.step()

    return train


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
