"""Good starting points in teaching order: each is an experiment and a sentence on what to observe.

The sentences are tested: the tests train every preset for its ``epochs`` and check the claim. To add one, write an
entry here and a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dnn.experiment import Experiment


@dataclass(frozen=True)
class Preset:
    """An experiment, and a ``sentence`` that describes its result after ``epochs`` epochs."""

    name: str
    title: str
    sentence: str
    experiment: Experiment
    epochs: int


def _preset(
    name: str,
    title: str,
    sentence: str,
    *,
    epochs: int,
    data: dict[str, Any],
    layers: tuple[int, ...],
    network: dict[str, Any] | None = None,
    training: dict[str, Any] | None = None,
    seed: int = 0,
) -> Preset:
    network = {"hidden_layer_sizes": layers} | (network or {})
    return Preset(
        name, title, sentence, Experiment.of(data=data, network=network, training=training or {}, seed=seed), epochs
    )


_CIRCLES: dict[str, Any] = {"dataset": "circles", "samples": 300}
_MOONS: dict[str, Any] = {"dataset": "moons", "samples": 300}
_SPIRAL: dict[str, Any] = {"dataset": {"kind": "spiral", "noise": 0.1, "turns": 1.5}, "samples": 500}
_UNWOUND = "x1*sin(9.42*(x1^2+x2^2)^.5)+x2*cos(9.42*(x1^2+x2^2)^.5)"  # 3π times the radius: the arms' own angle
_NOISY_MOONS: dict[str, Any] = {"dataset": {"kind": "moons", "noise": 0.4}, "samples": 200, "test_share": 0.7}
_VALLEY: dict[str, Any] = {"dataset": "plane", "samples": 200, "features": ["x1", "x2/8"]}

_IN_ORDER = (
    _preset(
        "linear_is_enough",
        "A line is enough",
        "Two clouds, no hidden layer: one straight border parts them within seconds. More layers would add nothing.",
        epochs=30,
        data={"dataset": "blobs", "samples": 200},
        layers=(),
    ),
    _preset(
        "circles_without",
        "Circles, no hidden layer",
        "A straight border cannot close around the disc: accuracy stays near a coin toss, however long you wait.",
        epochs=60,
        data=_CIRCLES,
        layers=(),
    ),
    _preset(
        "circles_hidden",
        "Circles, one hidden layer",
        "Four hidden units are four bends: watch them close around the disc and the cost fall.",
        epochs=100,
        data=_CIRCLES,
        layers=(4,),
        training={"learning_rate": 0.1},
    ),
    _preset(
        "xor",
        "XOR with two units",
        "One hidden unit gets about seven in ten right. Two draw two borders and get about nine. Add a third and look.",
        epochs=200,
        data={"dataset": {"kind": "xor", "noise": 0.0}, "samples": 300},
        layers=(2,),
        training={"learning_rate": 0.3},
        seed=2,
    ),
    _preset(
        "three_blobs",
        "Three classes",
        "Softmax shares out 100 % among three classes. Without a hidden layer its borders are straight lines.",
        epochs=60,
        data={"dataset": {"kind": "blobs", "classes": 3}, "samples": 300},
        layers=(),
        training={"learning_rate": 0.1},
    ),
    _preset(
        "regression",
        "A hill and a valley",
        "The output is a number now, not a class: six units bend a flat sheet until it fits a hill and a valley.",
        epochs=100,
        data={"dataset": "bumps", "samples": 300},
        layers=(6,),
        training={"optimizer": "adam", "learning_rate": 0.03},
    ),
    _preset(
        "spiral_deep",
        "Spiral, the hard way",
        "Three layers of sixteen find both arms from x₁ and x₂ alone. A straight line gets a third of them wrong.",
        epochs=200,
        data=_SPIRAL,
        layers=(16, 16, 16),
        network={"activation": "relu"},
        training={"optimizer": "adam", "learning_rate": 0.01, "batch_size": 30},
    ),
    _preset(
        "spiral_features",
        "Spiral, the right feature",
        "One well-chosen formula unwinds the spiral: no hidden layer is needed, and its weight outgrows all others.",
        epochs=100,
        data=_SPIRAL | {"features": ["x1", "x2", _UNWOUND]},
        layers=(),
        training={"learning_rate": 0.1},
    ),
    _preset(
        "rate_too_high",
        "Too high a learning rate",
        "Steps so large that they jump across the valley: the cost leaps up and down. Try a hundredth of the rate.",
        epochs=100,
        data={"dataset": "moons", "samples": 200},
        layers=(8,),
        training={"learning_rate": 30.0, "batch_size": None},
    ),
    _preset(
        "diverges",
        "Off to infinity",
        "Every step lands further up the other slope: the cost grows until no number can hold it, and the run stops.",
        epochs=200,
        data={"dataset": "plane", "samples": 200},
        layers=(),
        training={"learning_rate": 10.0, "batch_size": None},
    ),
    _preset(
        "zeros_never_learn",
        "Zeros never learn",
        "All weights start at zero, so no unit hears what went wrong: the cost stays at ln 2 = 0.693.",
        epochs=100,
        data=_MOONS,
        layers=(8, 8),
        network={"initializer": "zeros"},
        training={"learning_rate": 0.3, "batch_size": None},
    ),
    _preset(
        "vanishing_sigmoids",
        "Vanishing gradients",
        "Through eight sigmoid layers not a thousandth of the gradient reaches the first. Choose tanh, and it learns.",
        epochs=60,
        data=_MOONS,
        layers=(8, 8, 8, 8, 8, 8, 8, 8),
        network={"activation": "sigmoid"},
        training={"learning_rate": 0.1},
    ),
    _preset(
        "dying_relus",
        "Dying ReLUs",
        "Too large a step throws ReLUs to where they are 0 for every example, and 0 has no slope to bring them back.",
        epochs=60,
        data=_MOONS,
        layers=(12, 12),
        network={"activation": "relu", "initializer": "he_normal"},
        training={"learning_rate": 5.0},
    ),
    _preset(
        "momentum",
        "Momentum down a valley",
        "One direction is 64 times flatter. Momentum rolls along it; plain descent at the same rate only crawls.",
        epochs=100,
        data=_VALLEY,
        layers=(),
        training={"optimizer": "momentum", "learning_rate": 0.3, "batch_size": None},
    ),
    _preset(
        "adam",
        "Adam in a deep network",
        "Every weight gets its own size of step: six thin layers learn at a rate that leaves plain descent standing.",
        epochs=60,
        data=_CIRCLES,
        layers=(6, 6, 6, 6, 6, 6),
        training={"optimizer": "adam", "learning_rate": 0.003},
    ),
    _preset(
        "overfitting",
        "Learning the noise",
        "Too many units for sixty noisy points: the train cost falls on while the test cost turns and climbs.",
        epochs=200,
        data=_NOISY_MOONS,
        layers=(32, 32),
        network={"activation": "relu", "initializer": "he_normal"},
        training={"optimizer": "adam", "learning_rate": 0.01},
        seed=3,
    ),
    _preset(
        "l2_cures",
        "L2 against the noise",
        "The same points and units with a price on large weights: the border stays smooth and the test cost low.",
        epochs=200,
        data=_NOISY_MOONS,
        layers=(32, 32),
        network={"activation": "relu", "initializer": "he_normal"},
        training={"optimizer": "adam", "learning_rate": 0.01, "l2": 0.3},
        seed=3,
    ),
)

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _IN_ORDER}
