"""How fast the training loop is, beside scikit-learn (and PyTorch where it is installed), in one process on one core.

The figures are microseconds per mini-batch update. Every repeat times each of them once, one right after the other, so
that a busy machine slows all alike; printed are medians, and the quickest repeat beside them.
"""

from __future__ import annotations

import importlib.util
import itertools
import time
from collections.abc import Callable

import numpy as np
from ours import EPOCHS, evaluator, ours_of, trainer
from rivals import pytorch, scikit_learn
from threadpoolctl import threadpool_limits
from timing import Job, alternating, load

from dnn import advance
from dnn.network import Trace, propagate
from dnn.params import Params, with_ones
from dnn.training.trainer import Trainer

SECONDS, LEAST = 6.0, 11  # time for the repeats of one row, and how many there are at least

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
# training settings beside plain SGD's, on [2,8,8,1] b30
OPTIONS: dict[str, dict[str, object]] = {
    "plain SGD": {},
    "Adam": {"optimizer": "adam"},
    "dropout": {"dropout": 0.2},
    "L1 + L2": {"l1": 0.001, "l2": 0.001},
    "momentum": {"optimizer": "momentum"},
    "clipping": {"clip_norm": 1.0},
    "schedule": {"schedule": "cosine"},
}
MOST = 1.6  # times plain SGD, for the first three
# hidden layers, batch, examples, goal in ms: one epoch, its costs and accuracies, every unit's output on a grid
FRAMES = [((4, 2), 10, 250, 1.5), ((32, 32, 32), 32, 1000, 6.5)]
SIDE = 100


def main() -> None:
    """Print both tables."""
    print(f"Engine: µs per mini-batch update, medians (quickest in brackets); one BLAS thread{load()}")
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
    engines = {networks: ours_of((4, 2), 10, "float64", networks) for networks in LOCKSTEP}
    measured = interleaved(
        {str(networks): trainer(engine, [run] * networks) for networks, (engine, run) in engines.items()}
    )
    for name, times in measured.items():
        print(f"R = {name:<6}{shown(times):>16}")

    options()
    frames()


def options() -> None:
    """Print what each option costs beside plain SGD."""
    print(f"\nOptions on [2,8,8,1] b30, µs per update; goal: at most {MOST} times plain SGD for the first three\n")
    jobs = {}
    for name, training in OPTIONS.items():
        engine, run = ours_of((8, 8), 30, "float64", 1, training)
        jobs[name] = trainer(engine, [run])
    measured = interleaved(jobs)
    plain = np.median(measured["plain SGD"])
    for place, (name, times) in enumerate(measured.items()):
        ratio = np.median(times) / plain
        met = ("yes" if ratio <= MOST else "NO") if 0 < place <= 3 else ""
        print(f"{name:<12}{shown(times):>16}{ratio:>7.2f}{met:>5}")


def frames() -> None:
    """Print how long a whole frame takes, and its floor: the same matrix products and activations and nothing else."""
    print(f"\nA frame: an epoch, its costs and accuracies, every unit on a {SIDE} x {SIDE} grid (float32); ms\n")
    for hidden, batch, examples, goal in FRAMES:
        engine, run = ours_of(hidden, batch, "float64", 1, {}, examples)
        train, _ = trainer(engine, [run], 1)
        evaluate = evaluator(engine, [run])
        axis = np.linspace(-2, 2, SIDE)
        grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2).astype(np.float32)
        single = Params.empty(engine.params.sizes, np.float32)
        trace = Trace(single, with_ones(grid), run.network)

        def frame(
            train: Callable[[], object] = train,
            evaluate: Callable[[], object] = evaluate,
            engine: Trainer = engine,
            single: Params = single,
            trace: Trace = trace,
        ) -> None:
            train()
            evaluate()
            single.vector[:] = engine.params.vector
            propagate(trace, trace.X_ones)

        measured = interleaved({"frame": (frame, 1000), "floor": (floor_of(engine, grid), 1000)})
        ours, floor = np.median(measured["frame"]), np.median(measured["floor"])
        name = f"{[2, *hidden, 1]} b{batch}, {examples} examples".replace("1, ", "1,")
        met = "yes" if ours <= goal else "NO"
        cells = f"{shown(measured['frame']):>16}   goal {goal:g} {met:<4} floor {shown(measured['floor'])}"
        print(f"{name:<38}{cells}   {ours / floor:.2f} times the floor")


def floor_of(engine: Trainer, grid: np.ndarray) -> Callable[[], object]:
    """The bare products and tanhs of a frame: forward and back for each batch, forward over all examples and the grid.

    Everything is in place in arrays made beforehand; no biases, no loss, no update, no shuffle.
    """
    sizes = engine.params.sizes

    def layers(m: int, dtype: type) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        rng = np.random.default_rng(0)
        weights: list[np.ndarray] = [
            rng.standard_normal((n_out, n_in)).astype(dtype) for n_in, n_out in itertools.pairwise(sizes)
        ]
        return [(W, np.ones((W.shape[1], m), dtype), np.empty((W.shape[0], m), dtype)) for W in weights]

    def forwards(net: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> None:
        for W, A, Z in net:
            np.dot(W, A, Z)
            np.tanh(Z, Z)

    def backwards(net: list[tuple[np.ndarray, np.ndarray, np.ndarray]], dW: list[np.ndarray]) -> None:
        for (W, A, Z), out in zip(reversed(net), reversed(dW), strict=True):
            np.dot(Z, A.T, out)
            if W is not net[0][0]:
                np.dot(W.T, Z, A)

    batches = [layers(len(batch.y), np.float64) for batch in engine.batches]
    gradients = [np.empty_like(W) for W, _, _ in batches[0]]
    everything, field = layers(engine.batches.m, np.float64), layers(len(grid), np.float32)

    def floor() -> None:
        for net in batches:
            forwards(net)
            backwards(net, gradients)
        forwards(everything)
        forwards(field)

    return floor


def row(hidden: tuple[int, ...], batch: int, dtype: str, networks: int, *, with_torch: bool) -> dict[str, np.ndarray]:
    """The timings of one row, by name."""
    engine, run = ours_of(hidden, batch, dtype, networks)
    updates = EPOCHS * len(engine.batches)
    jobs = {
        "ours": trainer(engine, [run] * networks),
        "scikit-learn": (scikit_learn(run, EPOCHS), updates),
        "costs": (evaluator(engine, [run] * networks), networks),
    }
    if networks == 1:
        jobs["advance"] = (lambda: advance(run, EPOCHS), updates)
        if with_torch:
            jobs["PyTorch"] = (pytorch(run, EPOCHS), updates)
    return interleaved(jobs)


def interleaved(jobs: dict[str, Job]) -> dict[str, np.ndarray]:
    """µs per unit of work for each of ``jobs``, taking turns."""
    times = alternating(jobs, time.perf_counter, LEAST, SECONDS)
    return {name: 1e6 * each for name, each in times.items()}


def shown(times: np.ndarray) -> str:
    """Median, and the least in brackets."""
    digits = 2 if np.median(times) < 10 else 1
    return f"{np.median(times):.{digits}f} ({min(times):.{digits}f})"


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
