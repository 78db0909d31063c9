"""Types of an experiment's fields, with their validators."""

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


def of_one(value: object) -> object:
    """Return the only element of a list with one element; other values stay unchanged."""
    return value[0] if isinstance(value, list | tuple) and len(value) == 1 else value


def _activations(value: object) -> Activation | tuple[Activation, ...]:
    """Convert to one activation for all hidden layers, or a tuple with one for each."""
    value = of_one(value)
    if isinstance(value, list | tuple):
        return tuple(pick(ACTIVATIONS, "activation", each) for each in value)
    return pick(ACTIVATIONS, "activation", value)


HiddenActivation = Annotated[
    SerializeAsAny[Activation] | tuple[SerializeAsAny[Activation], ...], BeforeValidator(_activations)
]


def one_a_layer(field: str, given: str, count: int, layers: int) -> None:
    """Raise InvalidSetting unless ``count``, the length of a list, equals the number of hidden ``layers``."""
    if count != layers:
        allowed = Message("there must be one for all hidden layers or a list of {count}, one for each", count=layers)
        raise InvalidSetting([Problem(field, given, allowed)])
