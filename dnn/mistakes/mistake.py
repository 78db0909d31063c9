"""A mistake: its description, the flawed network, and the setting in which it shows."""

from __future__ import annotations

from dataclasses import dataclass

from dnn.data.names import Names
from dnn.experiment import Experiment
from dnn.mistakes.setting import Setting
from dnn.reference import ReferenceNetwork


@dataclass(frozen=True)
class Mistake:
    """A mistake: its description, its source, its symptoms, and whether and why the gradient check catches it.

    ``tutorials`` print it; without any it is one that beginners ask about in forums. If it ``raises`` an
    error of NumPy, ``why`` says what the message means. ``breaks`` is the same mistake in the shape clinic.
    """

    id: str
    title: str
    wrong: str
    symptoms: tuple[str, ...]
    caught: bool
    why: str
    rule: type[ReferenceNetwork]
    step: str  # the method of the reference network that is wrong
    setting: Setting
    tutorials: tuple[str, ...] = ()
    raises: bool = False
    breaks: str | None = None


def setting_of(
    dataset: str,
    hidden: tuple[int, ...],
    activation: str,
    learning_rate: float,
    epochs: int,
    *,
    noise: float = 0.15,
    samples: int = 300,
    units: tuple[tuple[float, float], ...] = ((0.0, 1.0), (0.0, 1.0)),
    names: Names | None = None,
) -> Setting:
    """Return the setting with these layers on this data set."""
    experiment = Experiment.of(
        data={"dataset": {"kind": dataset, "noise": noise}, "samples": samples},
        network={"hidden_layer_sizes": hidden, "activation": activation},
        training={"learning_rate": learning_rate, "batch_size": "full"},
    )
    return Setting(experiment, epochs, units, names)
