"""Sweeps: a grid of small networks beside scikit-learn's, on one core, on two, on a Dask cluster, and their memory.

What runs in one process is timed by the processor's time of that process; what runs in several by the clock, so that
row needs a machine on which nothing else runs. Repeats take turns; ratios are medians of the ratios within a repeat.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator

import numpy as np
from distributed import LocalCluster
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits
from timing import Row, alternating, load, print_parts

from dnn import Experiment
from dnn.sweeps import Axis, Sweep, run_sweep

EPOCHS, BATCH, REPEATS = 50, 10, 5
SAMPLE = 8  # of the 256 points, on which scikit-learn is measured; its time for all is 32 times as long
RATES, PENALTIES = np.geomspace(0.003, 0.3, 16), np.geomspace(1e-4, 1.0, 16)
MEGABYTES = 1024


def main() -> None:
    """Print the table of goals beside what is measured."""
    print(f"Sweeps of [2,8,8,1], 350 examples to learn from, batch {BATCH}; one BLAS thread{load()}\n")
    print_parts(one_core, two_cores, cluster, memory)


def one_core() -> Iterator[Row]:
    """256 runs, 50 epochs, on one core, beside MLPClassifier by GridSearchCV(refit=False); s of the processor"""
    sweep, theirs = grid(256), scikit_learn()
    times = in_turns({"dnn": trained(sweep), "scikit-learn": theirs}, time.process_time)
    times["scikit-learn"] *= sweep.runs / SAMPLE
    name = f"256 runs ({SAMPLE} of scikit-learn's, times {sweep.runs // SAMPLE})"
    yield compared(name, times, "scikit-learn", "dnn", 50)


def two_cores() -> Iterator[Row]:
    """Two processes beside one; s by the clock. The processes stay for the next sweep; the first one starts them"""
    for runs in (256, 1024):
        sweep = grid(runs)
        began = time.perf_counter()
        trained(sweep, jobs=2)()
        first = time.perf_counter() - began
        times = in_turns({"1 core": trained(sweep), "jobs 2": trained(sweep, jobs=2)}, time.perf_counter)
        yield compared(f"{runs} runs; the first sweep took {first:.1f} s", times, "1 core", "jobs 2", 1.8)


def cluster() -> Iterator[Row]:
    """A Dask cluster of two local workers beside two processes; s by the clock"""
    sweep = grid(1024)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        address = local.scheduler_address
        jobs = {"jobs 2": trained(sweep, jobs=2), "Dask": trained(sweep, cluster=address)}
        times = in_turns(jobs, time.perf_counter)
    yield compared("1024 runs", times, "jobs 2", "Dask", 0.9)


def memory() -> Iterator[Row]:
    """Memory of 4096 runs in one process, with all results kept; GB at the most, NumPy and scikit-learn with it"""
    code = (
        "import resource, sweeps; sweeps.trained(sweeps.grid(4096, epochs=5))(); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    folder = os.path.dirname(os.path.abspath(__file__))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([folder, os.path.dirname(folder)])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    kilobytes = float(done.stdout) / (1024 if sys.platform == "darwin" else 1)
    gigabytes = kilobytes / MEGABYTES**2
    yield Row("4096 runs", "", gigabytes, "≤ 1", gigabytes <= 1)


def grid(runs: int, epochs: int = EPOCHS) -> Sweep:
    """A sweep over learning rates, penalties and, if there are more runs than 256, draws of the starting weights."""
    axes = [
        Axis(name="training.learning_rate", values=tuple(RATES)),
        Axis(name="training.l2", values=tuple(PENALTIES)),
        Axis.linear("draw", 0, runs // 256 - 1, runs // 256),
    ]
    base = Experiment.of(network={"hidden_layer_sizes": [8, 8]}, training={"batch_size": BATCH})
    return Sweep(base=base, axes=tuple(axes), epochs=epochs)


def trained(sweep: Sweep, jobs: int = 1, cluster: str | None = None) -> Callable[[], object]:
    """Run ``sweep`` to its end."""
    return lambda: list(run_sweep(sweep, jobs=jobs, cluster=cluster))


def scikit_learn() -> Callable[[], object]:
    """The same for a sample of the points, on the same examples, split in the same way."""
    data = Experiment().make_data()
    split = [(np.arange(data.n_train), np.arange(data.n_train, len(data.X)))]
    network = MLPClassifier(
        (8, 8),
        activation="tanh",
        solver="sgd",
        batch_size=BATCH,
        max_iter=EPOCHS,
        momentum=0.0,
        nesterovs_momentum=False,
        tol=0.0,
        n_iter_no_change=EPOCHS,
        random_state=0,
    )
    points = {"learning_rate_init": RATES[:: 16 // (SAMPLE // 2)], "alpha": PENALTIES[::8]}
    search = GridSearchCV(network, points, cv=split, refit=False)

    def fit() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return search.fit(data.X, data.y[:, 0])

    return fit


def in_turns(jobs: dict[str, Callable[[], object]], clock: Callable[[], float]) -> dict[str, np.ndarray]:
    """Seconds of each of ``jobs``, taking turns."""
    return alternating({name: (call, 1) for name, call in jobs.items()}, clock, REPEATS)


def compared(name: str, times: dict[str, np.ndarray], over: str, under: str, goal: float) -> Row:
    """A row whose number is the time of ``over`` by that of ``under``."""
    ratio = float(np.median(times[over] / times[under]))
    shown = "  ".join(f"{job} {np.median(each):.2f}" for job, each in times.items())
    return Row(name, shown, ratio, f"≥ {goal:g}", ratio >= goal)


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
