"""Words of links: which table a component comes from, and every number with the place where its bounds are declared."""

from collections.abc import Iterable

import pytest
from pydantic import BaseModel

from dnn import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Experiment
from dnn.components import limits
from dnn.errors import Problem, shown
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.experiment.links import WORDS
from dnn.initializers import BIAS_INITIALIZERS
from dnn.schedules import DECAYS

KINDS = {  # word: the table of what it can be
    "data": DATASETS,
    "activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
    "bias_initializer": BIAS_INITIALIZERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "schedule.then": DECAYS,
}

# (word, where its bounds are declared): every number that a link can hold, but those of kinds
NUMBERS: list[tuple[str, type[BaseModel], str]] = [
    ("samples", DataSpec, "samples"),
    ("test_share", DataSpec, "test_share"),
    ("validation_share", DataSpec, "validation_share"),
    ("class_balance", DataSpec, "class_balance"),
    ("label_noise", DataSpec, "label_noise"),
    ("layers", NetworkSpec, "hidden_layer_sizes"),
    ("learning_rate", TrainingSpec, "learning_rate"),
    ("batch_size", TrainingSpec, "batch_size"),
    ("l1", TrainingSpec, "l1"),
    ("l2", TrainingSpec, "l2"),
    ("dropout", TrainingSpec, "dropout"),
    ("clip_norm", TrainingSpec, "clip_norm"),
    ("patience", TrainingSpec, "patience"),
    ("min_improvement", TrainingSpec, "min_improvement"),
    ("seed", Experiment, "seed"),
    ("draw", Experiment, "draw"),
]

# (the words before it, word, kind, parameter): every number of a kind
NUMBERS_OF_KINDS = [
    pytest.param(
        ({"schedule": "warm_up"} if "." in word else {}) | {word: name},
        f"{word}.{field}",
        kind,
        field,
        id=f"{word}-{name}-{field}",
    )
    for word, table in KINDS.items()
    for name, kind in table.items()
    for field in kind.model_fields
    if abs(limits(kind, field)[0]) < float("inf")
]


def unknown_part(word: str) -> str:
    """What a sentence quotes of a word: all of it, or the last part of one that begins with a setting."""
    head, _, rest = word.partition(".")
    return shown(rest.rpartition(".")[2] if head in WORDS else word)


def assert_short_lines(problems: Iterable[Problem]) -> None:
    for problem in problems:
        assert len(str(problem)) < 420  # the words that a link may have are 275
        assert str(problem).isprintable()
