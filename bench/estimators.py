"""How well and how quickly DNNClassifier learns scikit-learn's own data sets, beside MLPClassifier.

Both get the same layers, optimiser, learning rate, penalty, batches and number of updates. In every fold one is fitted
right after the other, in turns first, so that a busy machine slows both alike.
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits
from timing import load

from dnn import DNNClassifier

DATA_SETS = {"iris": load_iris, "wine": load_wine, "breast cancer": load_breast_cancer, "digits": load_digits}
FOLDS, SEEDS = 5, range(3)
HIDDEN, BATCH, EPOCHS, LEARNING_RATE, L2 = (32, 16), 32, 60, 0.002, 1e-4


def main() -> None:
    """Print the table."""
    print(
        f"Estimators: hidden {HIDDEN}, tanh, Adam {LEARNING_RATE:g}, batch {BATCH}, {EPOCHS} epochs, one thread{load()}"
    )
    print(f"Accuracy: mean over {FOLDS} folds ± its standard error, each fold's the mean of {len(SEEDS)} seeds.")
    print("Seconds: median of all fits, the scaler's with it.\n")
    line = "{:<15}{:>19}{:>19}{:>12}{:>9}{:>17}{:>7}{:>9}"
    head = ["data", "ours", "MLPClassifier", "as good", "ours s", "MLPClassifier s", "ratio", "quicker"]
    print(line.format(*head))
    for name, load_data in DATA_SETS.items():
        X, y = load_data(return_X_y=True)
        accuracy, seconds = measured(X, y)
        (ours, our_error), (theirs, their_error) = (mean_and_error(accuracy[who]) for who in ("ours", "theirs"))
        our_time, their_time = (float(np.median(seconds[who])) for who in ("ours", "theirs"))
        cells = [
            name,
            f"{ours:.4f} ± {our_error:.4f}",
            f"{theirs:.4f} ± {their_error:.4f}",
            "yes" if ours >= theirs - their_error else "NO",
            f"{our_time:.3f}",
            f"{their_time:.3f}",
            f"{their_time / our_time:.1f}",
            "yes" if our_time < their_time else "NO",
        ]
        print(line.format(*cells), flush=True)


def models(seed: int) -> dict[str, Pipeline]:
    """Ours and theirs, as like each other as their parameters allow; theirs with nothing that would stop it early."""
    theirs = MLPClassifier(
        hidden_layer_sizes=HIDDEN,
        activation="tanh",
        solver="adam",
        alpha=L2,
        batch_size=BATCH,
        learning_rate_init=LEARNING_RATE,
        max_iter=EPOCHS,
        tol=0.0,
        n_iter_no_change=10**9,
        random_state=seed,
    )
    ours = DNNClassifier(
        hidden_layer_sizes=HIDDEN,
        activation="tanh",
        optimizer="adam",
        l2=L2,
        batch_size=BATCH,
        learning_rate=LEARNING_RATE,
        epochs=EPOCHS,
        random_state=seed,
    )
    return {"ours": make_pipeline(StandardScaler(), ours), "theirs": make_pipeline(StandardScaler(), theirs)}


def measured(X: np.ndarray, y: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Accuracy on the examples left out, and seconds to fit the others, of both: (seeds, folds) each."""
    accuracy, seconds = ({who: np.empty((len(SEEDS), FOLDS)) for who in ("ours", "theirs")} for _ in range(2))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for model in models(0).values():  # the first fit warms caches and counts for nothing
        timed_fit(model, X, y)
    for row, seed in enumerate(SEEDS):
        for column, (train, test) in enumerate(folds.split(X, y)):
            pair = list(models(seed).items())
            for who, model in pair if (row + column) % 2 else reversed(pair):
                seconds[who][row, column] = timed_fit(model, X[train], y[train])
                accuracy[who][row, column] = model.score(X[test], y[test])
    return accuracy, seconds


def timed_fit(model: Any, X: np.ndarray, y: np.ndarray) -> float:
    """Seconds that ``model.fit(X, y)`` takes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # theirs says that it could go on
        began = time.perf_counter()
        model.fit(X, y)
        return time.perf_counter() - began


def mean_and_error(accuracy: np.ndarray) -> tuple[float, float]:
    """Mean of the folds' accuracies, and its standard error; ``accuracy`` is (seeds, folds)."""
    folds = accuracy.mean(axis=0)
    return float(folds.mean()), float(folds.std(ddof=1) / np.sqrt(len(folds)))


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
