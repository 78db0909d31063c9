"""Runs to diagnose: a hundred healthy ones, and ten for each trouble."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from dnn import ACTIVATIONS, Experiment, Run, advance_many, start_many
from dnn.analysis.health import Finding, diagnose

SENSIBLE = {
    "sgd": 0.1,
    "momentum": 0.02,
    "nesterov": 0.02,
    "adagrad": 0.1,
    "rmsprop": 0.005,
    "adam": 0.01,
    "adamw": 0.01,
    "nadam": 0.01,
}
CURVED = ("moons", "circles", "xor", "tf_gauss", "flower", "sine", "saddle", "imbalanced", "tf_xor")
STRAIGHT = ("tf_gauss", "separable", "plane", "blobs", "tf_plane")


def of(
    dataset: str = "moons",
    hidden: Sequence[int] = (8, 8),
    activation: object = "tanh",
    rate: float = 0.1,
    *,
    samples: int = 200,
    batch: object = 10,
    seed: int = 0,
    data: Mapping[str, Any] | None = None,
    network: Mapping[str, Any] | None = None,
    training: Mapping[str, Any] | None = None,
    **parameters: object,
) -> Experiment:
    """An experiment; ``parameters`` are those of the data set, the mappings further settings of each section."""
    return Experiment.of(
        data={"dataset": {"kind": dataset, **parameters}, "samples": samples, **(data or {})},
        network={"hidden_layer_sizes": hidden, "activation": activation, **(network or {})},
        training={"learning_rate": rate, "batch_size": batch, **(training or {})},
        seed=seed,
    )


def trained(experiments: Sequence[Experiment], epochs: int) -> list[Run]:
    return advance_many(start_many(experiments), epochs)


_healthy: dict[int, list[Run]] = {}


def healthy_after(epochs: int) -> list[Run]:
    """The healthy runs after ``epochs`` epochs, from those that were trained before."""
    if epochs not in _healthy:
        before = max((epoch for epoch in _healthy if epoch < epochs), default=0)
        _healthy[epochs] = advance_many(_healthy[before] if before else start_many(healthy()), epochs - before)
    return _healthy[epochs]


def healthy(first_seed: int = 0) -> list[Experiment]:
    """Every activation with every optimiser at a sensible rate, on data sets by turns, and four larger networks."""
    runs = []
    for place, (activation, (optimizer, rate)) in enumerate(product(ACTIVATIONS, SENSIBLE.items())):
        names = STRAIGHT if activation == "linear" else CURVED
        initializer = "glorot_uniform" if activation in ("sigmoid", "tanh", "linear", "sin") else "he_normal"
        runs.append(
            of(
                names[place % len(names)],
                activation=activation,
                rate=rate
                * (10.0 if activation == "sigmoid" and rate < 0.1 else 5.0 if activation == "sigmoid" else 1.0),
                samples=300,
                batch=20,
                seed=first_seed + place,
                network={"initializer": initializer},
                training={"optimizer": optimizer},
            )
        )
    for dataset, hidden in (("iris", (8,)), ("spiral", (16, 16)), ("blobs", ()), ("wine", (8, 8, 8))):
        runs.append(of(dataset, hidden, "relu", 0.01, training={"optimizer": "adam"}, data={"standardize": "each"}))
    return runs


def troubles() -> dict[str, tuple[int, list[Experiment]]]:
    """For each rule how many epochs, and ten settings that have the trouble."""
    clouds = ("moons", "circles", "xor", "spiral", "flower")
    adam = {"optimizer": "adam"}
    drowned = {"bias_initializer": {"kind": "constant", "value": -3.0}}
    equal: list[dict[str, Any]] = [{"initializer": "zeros"}, {"initializer": {"kind": "constant", "value": 0.5}}]
    ramps = ("relu", "leaky_relu", "elu", "softplus", "linear")
    scaled = {"data": {"features": ("100*x1", "0.01*x2")}}
    wrong = {"data": {"label_noise": 0.2}}

    def normal(scale: float) -> dict[str, Any]:
        return {"initializer": {"kind": "normal", "scale": scale}}

    def seeds(name: str, *numbers: int, **settings: Any) -> list[Experiment]:
        return [of(name, seed=seed, **settings) for seed in numbers]

    return {
        "symmetry": (30, [of(name, network=start) for name in clouds for start in equal]),
        "input_scale": (
            30,
            [of("wine", (8,), g, 0.05) for g in ("tanh", "relu", "sigmoid")]
            + [of("breast_cancer", (8,), g, 0.05) for g in ("tanh", "relu", "sigmoid")]
            + [of(name, (8,), rate=0.05, **scaled) for name in ("moons", "circles", "xor", "flower")],
        ),
        "exploding": (
            20,
            [of("sine", (16,) * 6, g, 0.001, network=normal(1.5)) for g in ramps]
            + [of(name, activation="relu", rate=5.0) for name in ("sine", "saddle", "bumps", "plane", "tf_plane")],
        ),
        "stuck_rate": (40, [of(name, (8,) * 5, "relu", 1.0, seed=seed) for name in clouds for seed in (0, 1)]),
        "dead_units": (
            40,
            [of(name, (6, 6), "relu", network=drowned) for name in clouds]
            + [of(name, (6, 6), "relu", 0.02, seed=2, network=drowned) for name in clouds],
        ),
        "rate_too_large": (
            40,
            [of(name, rate=3.0) for name in clouds]
            + [of(name, rate=1.0, training=adam) for name in ("moons", "circles", "xor", "flower")]
            + [of("moons", rate=3.0, seed=1)],
        ),
        "saturation": (
            30,
            [of(name, (8, 8, 8), "tanh", 0.05, network=normal(10.0), seed=1) for name in clouds]
            + [of(name, (8, 8), "tanh", 0.05, network=normal(10.0)) for name in ("moons", "xor", "spiral", "flower")]
            + [of("circles", (8, 8), "tanh", 0.05, network=normal(10.0), seed=1)],
        ),
        "vanishing": (60, [of(name, (8,) * depth, "sigmoid") for depth in (5, 7) for name in clouds]),
        "rate_too_small": (
            40,
            [of(name, rate=1e-4) for name in clouds] + [of(name, rate=1e-6, training=adam) for name in clouds],
        ),
        "noise_floor": (
            60,
            seeds("circles", 3, 4, rate=0.2, batch=1, samples=400, noise=0.2)
            + seeds("sine", 1, 2, 3, 5, rate=0.15, batch=1, samples=400, noise=0.2)
            + seeds("bumps", 1, 2, rate=0.15, batch=1, samples=400, noise=0.2)
            + seeds("bumps", 2, 3, rate=0.2, batch=1, samples=400, noise=0.2),
        ),
        "imbalance": (
            60,
            seeds("circles", 0, 1, 2, 3, samples=600, data={"class_balance": 0.05})
            + seeds("xor", 0, 1, 2, 3, samples=600, data={"class_balance": 0.05})
            + seeds("circles", 0, 2, samples=600, data={"class_balance": 0.1}),
        ),
        "overfitting": (
            150,
            seeds("moons", 0, 1, 2, 3, hidden=(16, 16), rate=0.02, samples=100, noise=0.6, training=adam)
            + seeds("flower", 0, 1, 2, 3, hidden=(16, 16), rate=0.02, samples=150, training=adam, **wrong)
            + seeds("xor", 2, 3, hidden=(16, 16), rate=0.02, samples=100, training=adam, **wrong),
        ),
        "log_zero": (
            3,
            [
                of(name, activation="relu", rate=0.03, network=normal(10.0), seed=seed)
                for name in clouds
                for seed in (0, 1)
            ],
        ),
        "one_class": (
            40,
            seeds("circles", 0, 1, 2, activation="sigmoid", rate=0.05)
            + seeds("xor", 0, 1, activation="sigmoid", rate=0.05)
            + seeds("flower", 0, 1, hidden=(6, 6), activation="sigmoid", rate=0.05)
            + seeds("spiral", 1, hidden=(6, 6), activation="sigmoid", rate=0.05)
            + seeds("spiral", 1, activation="sigmoid", rate=0.05)
            + seeds("moons", 1, hidden=(6, 6), activation="sigmoid", rate=0.05),
        ),
        "plateau": (
            120,
            [of(name, (8,), "linear", seed=seed) for name in ("circles", "xor", "flower") for seed in (0, 1)]
            + [of("flower", (1,), seed=seed) for seed in (0, 1)]
            + [of("xor", (1,), seed=seed) for seed in (1, 2)],
        ),
        "finished": (
            150,
            [of(name, rate=0.05, noise=0.05, training=adam) for name in ("moons", "circles", "tf_gauss", "blobs")]
            + [of("saddle", rate=0.01, training=adam)],
        ),
    }


TROUBLES = troubles()


def rules(run: Run) -> list[str]:
    return [finding.rule for finding in diagnose(run)]


def finding_of(rule: str, run: Run) -> Finding:
    return next(finding for finding in diagnose(run) if finding.rule == rule)
