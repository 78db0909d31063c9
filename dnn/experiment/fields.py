"""Types of an experiment's fields: what may be given for them, and what it becomes."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SerializeAsAny

from dnn.activations import ACTIVATIONS, Activation
from dnn.components import choose_from, pick
from dnn.data.dataset import Dataset
from dnn.data.features import feature
from dnn.datasets import DATASETS
from dnn.errors import InvalidSetting, Problem
from dnn.messages import Message

AnyDataset = Annotated[SerializeAsAny[Dataset], choose_from(DATASETS, "data set")]
Width = Annotated[int, Field(ge=1, le=1024)]
BatchSize = Annotated[
    Annotated[int, Field(ge=1, le=20_000)] | None, BeforeValidator(lambda given: None if given == "full" else given)
]
Formula = Annotated[str, AfterValidator(lambda text: feature(text).text)]
Rate = Annotated[float, Field(ge=0.0, le=0.9)]


def of_one(given: object) -> object:
    """A list of one says the same as the one."""
    return given[0] if isinstance(given, list | tuple) and len(given) == 1 else given


def _activations(given: object) -> Activation | tuple[Activation, ...]:
    """One activation for all hidden layers, or a list with one for each."""
    given = of_one(given)
    if isinstance(given, list | tuple):
        return tuple(pick(ACTIVATIONS, "activation", each) for each in given)
    return pick(ACTIVATIONS, "activation", given)


HiddenActivation = Annotated[
    SerializeAsAny[Activation] | tuple[SerializeAsAny[Activation], ...], BeforeValidator(_activations)
]


def one_a_layer(field: str, given: str, count: int, layers: int) -> None:
    """Raise InvalidSetting unless a list of ``count`` has one for each of ``layers`` hidden layers."""
    if count != layers:
        allowed = Message("there must be one for all hidden layers or a list of {count}, one for each", count=layers)
        raise InvalidSetting([Problem(field, given, allowed)])
