"""The loop around the update, beside plain loops written as tutorials write them, in one process on one core.

Every repeat times each of a row's jobs once, one right after the other, so that a busy machine slows all alike; what is
timed is the processor's time of this process. Ratios are medians of the ratios within a repeat.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from ours import evaluator, ours_of, trainer
from rivals import raw, scikit_learn, tutorial
from threadpoolctl import threadpool_limits
from timing import Job, Row, alternating, load, print_parts

from dnn import Data, Experiment, Run, Workspace, advance, advance_many, start, start_many

SECONDS, LEAST = 3.0, 7  # time for the repeats of one row, and how many there are at least
EPOCHS = 64
RATE = 0.1


def main() -> None:
    """Print the table of goals beside what is measured."""
    print(f"The loop around the update; µs, medians; one BLAS thread{load()}\n")
    print_parts(full_batch, lockstep, mini_batches, evaluation, options, starting, importing)


def interleaved(jobs: dict[str, Job]) -> dict[str, np.ndarray]:
    """µs of the processor per unit of work of each of ``jobs``, taking turns."""
    times = alternating(jobs, time.process_time, LEAST, SECONDS)
    return {name: 1e6 * each for name, each in times.items()}


def compared(name: str, jobs: dict[str, Job], over: str, under: str, goal: float, *, least: bool) -> Row:
    """A row whose ratio is the time of ``over`` by that of ``under``: ``goal`` at ``least``, or at most."""
    times = interleaved(jobs)
    ratio = float(np.median(times[over] / times[under]))
    shown = "  ".join(f"{job} {np.median(each):.{1 if np.median(each) >= 10 else 2}f}" for job, each in times.items())
    return Row(name, shown, ratio, f"{'≥' if least else '≤'} {goal:g}", ratio >= goal if least else ratio <= goal)


# Full batch


def full_batch() -> Iterator[Row]:
    """Full batch, an epoch: the tutorials' loop (forward, cost, backward, update), the same with our history, ours"""
    for hidden, activation in (((4,), "tanh"), ((8,), "tanh"), ((8, 8, 8), "relu")):
        for m in (100, 400, 2000):
            run = start(experiment_of(hidden, activation, "full"), data=examples(m, m // 4))
            jobs = {
                "bare": (tutorial(run, EPOCHS, history=False), EPOCHS),
                "with history": (tutorial(run, EPOCHS, history=True), EPOCHS),
                "dnn": (advancing(run), EPOCHS),
            }
            yield compared(f"{shape(run)} {activation}, {m} examples", jobs, "with history", "dnn", 1.5, least=True)
    for m in (100, 400, 2000):
        run = start(experiment_of((8,), "tanh", "full"), data=examples(m, 0))
        jobs = {"bare": (tutorial(run, EPOCHS, history=False), EPOCHS), "dnn": (advancing(run), EPOCHS)}
        yield compared(f"{shape(run)} tanh, {m} examples, none for tests", jobs, "bare", "dnn", 1.5, least=True)


# Lockstep


def lockstep() -> Iterator[Row]:
    """Full batch, R networks [2,8,1] of 32 examples, an epoch of one network: a raw loop over (R, …) arrays, ours"""
    for R in (16, 64, 256, 1024, 4096):
        data = examples(32, 0)
        experiments = [
            experiment_of((8,), "tanh", "full", seed=seed, learning_rate=RATE * (1 + seed / R)) for seed in range(R)
        ]
        runs = start_many(experiments, data=data)
        jobs = {"raw": (raw(runs, EPOCHS), EPOCHS * R), "dnn": (advancing_many(runs), EPOCHS * R)}
        yield compared(f"R = {R}", jobs, "dnn", "raw", 1.3, least=False)


def mini_batches() -> Iterator[Row]:
    """Mini-batches, R networks [2,4,2,1] b10: an update of one network, bare and by advance_many; of one alone"""
    alone_engine, alone_run = ours_of((4, 2), 10, "float64", 1)
    for R in (64, 256, 1024):
        engine, run = ours_of((4, 2), 10, "float64", R)
        runs = start_many([experiment_of((4, 2), "tanh", 10, seed=seed) for seed in range(R)], data=run.data)
        updates = 16 * run.updates_per_epoch
        jobs = {
            "one alone, bare": trainer(alone_engine, [alone_run]),
            "bare": trainer(engine, [run] * R),
            "advance_many": (advancing_many(runs, 16), updates * R),
        }
        yield compared(f"R = {R}; alone / together ≥ 12 (18 / 1.5)", jobs, "one alone, bare", "bare", 12, least=True)


# Evaluation


def evaluation() -> Iterator[Row]:
    """advance beside scikit-learn's fit, which evaluates nothing; what evaluating costs of an epoch, also every=10"""
    for hidden, batch, goal in (((128, 128), 256, 1.3), ((32, 32, 32), 32, 4.0)):
        engine, run = ours_of(hidden, batch, "float64", 1)
        epochs = 20 if batch == 32 else 10
        units = epochs * run.updates_per_epoch
        jobs = {
            "bare": trainer(engine, [run], epochs),
            "advance": (advancing(run, epochs), units),
            "every=10": (advancing(run, epochs, every=10), units),
            "scikit-learn": (scikit_learn(run, epochs), units),
        }
        yield compared(f"{shape(run)} b{batch}, an update", jobs, "scikit-learn", "advance", goal, least=True)
        costs = {"evaluation": (evaluator(engine, [run]), 1), "advance": (advancing(run, epochs), epochs)}
        yield compared(f"{shape(run)} b{batch}, an epoch", costs, "evaluation", "advance", 0.15, least=False)
        tenth = {"every=10": (advancing(run, epochs, every=10), epochs), "bare": trainer(engine, [run], epochs)}
        tenth["bare"] = (tenth["bare"][0], epochs)
        yield compared(f"{shape(run)} b{batch}, an epoch, every=10", tenth, "every=10", "bare", 1.15, least=False)


# Options, start, import


def options() -> Iterator[Row]:
    """Settings beside plain SGD on [2,8,8,1] b30, an update"""
    plain_engine, plain_run = ours_of((8, 8), 30, "float64", 1)
    trainings: dict[str, dict[str, object]] = {
        "dropout": {"dropout": 0.2},
        "clipping, seldom": {"clip_norm": 10.0},
        "clipping, always": {"clip_norm": 0.001},
        "Adam": {"optimizer": "adam"},
    }
    for name, training in trainings.items():
        engine, run = ours_of((8, 8), 30, "float64", 1, training)
        jobs = {"SGD": trainer(plain_engine, [plain_run]), name: trainer(engine, [run])}
        yield compared(name, jobs, name, "SGD", 1.5, least=False)


def starting() -> Iterator[Row]:
    """Starting 4096 runs of one data set, s"""
    experiments = [experiment_of((8,), "tanh", "full", seed=seed) for seed in range(4096)]
    for m in (32, 500):
        data = examples(m, m // 4)
        jobs: dict[str, Job] = {"start_many": (partial(start_many, experiments, data=data), 1)}
        times = alternating(jobs, time.process_time, LEAST, SECONDS)
        seconds = float(np.median(times["start_many"]))
        yield Row(f"{m} examples", f"quickest {times['start_many'].min():.3f}", seconds, "≤ 0.3", seconds <= 0.3)


def importing() -> Iterator[Row]:
    """`import dnn` beyond NumPy and pydantic, s"""
    code = "import time, numpy, pydantic; began = time.process_time(); import dnn; print(time.process_time() - began)"
    command = [sys.executable, "-W", "ignore", "-c", code]
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    runs = [subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True) for _ in range(9)]
    seconds = np.array([float(run.stdout) for run in runs])
    median = float(np.median(seconds))
    yield Row("import dnn", f"quickest {seconds.min():.3f}", median, "≤ 0.35", median <= 0.35)


# What is trained


def experiment_of(
    hidden: tuple[int, ...], activation: str, batch: int | str, seed: int = 0, learning_rate: float = RATE
) -> Experiment:
    """An experiment with these layers."""
    network = {"hidden_layer_sizes": hidden, "activation": activation}
    return Experiment.of(network=network, training={"batch_size": batch, "learning_rate": learning_rate}, seed=seed)


def examples(train: int, test: int) -> Data:
    """Two classes on the plane."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((train + test, 2))
    return Data(X, (X[:, :1] * X[:, 1:] > 0).astype(float), train, "binary")


def advancing(run: Run, epochs: int = EPOCHS, every: int = 1) -> Callable[[], object]:
    """Advance ``run`` again and again from where it is."""
    workspace = Workspace()
    return lambda: advance(run, epochs, every=every, workspace=workspace)


def advancing_many(runs: Sequence[Run], epochs: int = EPOCHS) -> Callable[[], object]:
    """The same for many runs."""
    workspace = Workspace()
    return lambda: advance_many(runs, epochs, workspace=workspace)


def shape(run: Run) -> str:
    """The sizes of the layers."""
    return str(list(run.params.sizes)).replace(", ", ",")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
