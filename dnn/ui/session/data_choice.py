"""Change the data of the current experiment: a data set of the gallery, or a custom table."""

from __future__ import annotations

from functools import cache
from typing import Literal

from dnn.data.dataset import Dataset
from dnn.datasets.custom_data import CustomData
from dnn.experiment import Experiment
from dnn.ui.session.arrival import open
from dnn.ui.session.playing import experiment

RESET = (
    "dataset",
    "standardize",
    "standardize_target",
    "class_balance",
    "label_noise",
)  # settings that another data set resets


@cache
def with_defaults(dataset: type[Dataset]) -> Experiment:
    """Return the default experiment on the data set, with the data set's defaults."""
    kind = str(dataset.model_fields["kind"].default)
    return Experiment.of(data={"dataset": kind, "standardize": dataset.suggests})


def use_dataset(dataset: type[Dataset]) -> None:
    """Use other data; settings that do not fit become those of the default experiment. For callbacks."""
    settings = experiment().model_dump()
    defaults = with_defaults(dataset).model_dump()["data"]
    settings["data"] |= {name: defaults[name] for name in RESET}
    settings["data"]["features"] = ()
    settings["training"]["loss"] = None
    open(Experiment.of(**settings))


def use_custom_data(dataset: CustomData, standardize: Literal["each"] | None = None) -> None:
    """Use custom data; settings that do not fit become those of the default experiment. For callbacks.

    A numeric target is standardised too.
    """
    settings, before = experiment().model_dump(), experiment().data.dataset
    data = settings["data"]
    data |= {"dataset": dataset, "class_balance": 1.0, "label_noise": 0.0}
    if standardize:
        data |= {"standardize": standardize, "standardize_target": dataset.task == "regression"}
    if len(before.names.inputs) != len(dataset.names.inputs):
        data["features"] = ()
    if before.task != dataset.task:
        settings["training"]["loss"] = None
    open(Experiment.of(**settings))
