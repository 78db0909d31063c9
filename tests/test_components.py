"""Kinds are values: equal by what they hold, usable as keys, drawn as widgets from the bounds they declare."""

import math
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from dnn import ACTIVATIONS, InvalidSetting
from dnn.activations import LeakyReLU, ReLU, Tanh
from dnn.components import Component, Document, limits, pick
from dnn.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec
from dnn.experiment.comparisons import Comparison
from dnn.losses import Huber
from dnn.optimizers import Adam, Momentum
from dnn.schedules import Cosine
from dnn.sweeps import Sweep
from tests.strategies import EVERY_COMPONENT, TABLES, components


@given(st.one_of([components(table) for table in TABLES.values()]))
def test_a_kind_equals_its_copy_and_finds_it_in_a_dict(kind: Component) -> None:
    copy = type(kind).model_validate_json(kind.model_dump_json())
    assert copy is not kind
    assert copy == kind
    assert {kind: "found"}[copy] == "found"


def test_kinds_differ_by_type_and_by_every_parameter() -> None:
    assert ReLU() != Tanh()
    assert LeakyReLU(slope=0.1) != LeakyReLU(slope=0.2)
    assert len({ReLU(), Tanh(), LeakyReLU(slope=0.1), LeakyReLU(slope=0.2), LeakyReLU(slope=0.2)}) == 4


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: next(iter(table)))
def test_the_name_in_the_table_is_the_name_in_the_value(table: dict[str, type[Component]]) -> None:
    for name, kind in table.items():
        value = kind(kind=name)
        assert value.kind == name
        assert type(pick(table, "kind", name)) is kind
        assert pick(table, "kind", value) == value


@pytest.mark.parametrize("kind", EVERY_COMPONENT, ids=lambda kind: kind.__name__)
def test_every_kind_is_explained_to_people(kind: type[Component]) -> None:
    assert kind.label
    assert len((kind.__doc__ or "").split()) > 4
    for name, field in kind.model_fields.items():
        assert name == "kind" or field.description


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: next(iter(table)))
def test_labels_tell_the_entries_of_a_table_apart(table: dict[str, type[Component]]) -> None:
    assert len({kind.label for kind in table.values()}) == len(table)


@pytest.mark.parametrize(
    ("model", "field", "expected"),
    [
        (NetworkSpec, "hidden_layer_sizes", (1, 1024)),
        (TrainingSpec, "learning_rate", (1e-6, 100)),
        (TrainingSpec, "batch_size", (1, 20_000)),
        (DataSpec, "test_share", (0, 0.9)),
        (TrainingSpec, "dropout", (0, 0.9)),
        (TrainingSpec, "clip_norm", (1e-6, 1e6)),
        (TrainingSpec, "patience", (1, 1_000_000)),
        (LeakyReLU, "slope", (0, 1)),
        (Cosine, "epochs", (1, 1_000_000)),
        (Adam, "beta1", (0, 1)),
        (Huber, "delta", (0.01, 100)),
        (Momentum, "dampening", (-float("inf"), float("inf"))),
        (Experiment, "version", (-float("inf"), float("inf"))),
    ],
    ids=str,
)
def test_limits_are_read_from_the_field_or_from_the_items_in_it(
    model: type[BaseModel], field: str, expected: tuple[float, float]
) -> None:
    assert limits(model, field) == expected


def test_a_value_of_another_table_is_not_taken() -> None:
    with pytest.raises(InvalidSetting, match="'moons' is not allowed; choose one of linear, sigmoid"):
        pick(ACTIVATIONS, "activation", {"kind": "moons"})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: Adam(bta1=0.5),
            "Unknown setting 'bta1' in adam; did you mean 'beta1'? Known settings: beta1, beta2, ",
        ),
        (lambda: TrainingSpec(optimzer="adam"), "Unknown setting 'optimzer' in training; did you mean 'optimizer'?"),
        (lambda: Experiment(trainig={}), "Unknown setting 'trainig' in experiment; did you mean 'training'?"),
        (lambda: LeakyReLU(slope=2), "Slope: 2 is not allowed; it must be a number from 0 to less than 1."),
        (lambda: DataSpec(samples=3), "Samples: 3 is not allowed; it must be a whole number from 10 to 20000."),
    ],
    ids=["component", "section", "experiment", "bound", "bound of a section"],
)
def test_a_value_made_in_python_is_refused_in_the_same_sentences(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        make()
    assert str(caught.value).startswith(sentence)


class Ends(Document):
    pair: tuple[float, float] = (0.0, 1.0)
    some: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    level: Annotated[float, Field(gt=0.0)] | None = None
    sign: Literal["plus", "minus"] = "plus"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"pair": (1.0, math.inf)}, "Pair: inf is not allowed; it must be 2 finite numbers."),
        ({"pair": (1.0, math.nan)}, "Pair: nan is not allowed; it must be 2 finite numbers."),
        ({"pair": (1.0, 2.0, 3.0)}, "Pair: (1.0, 2.0, 3.0) is not allowed; it must be 2 finite numbers."),
        ({"some": (-math.inf,)}, "Some: -inf is not allowed; it must be a list of finite numbers."),
        ({"words": 7}, "Words: 7 is not allowed; it must be a list of values."),
        ({"level": math.inf}, "Level: inf is not allowed; it must be a number."),
        ({"sign": "both"}, "Sign: 'both' is not allowed; it must be one of plus, minus."),
    ],
)
def test_every_type_of_field_is_described_in_words(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidSetting) as error:
        Ends(**settings)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("document", "name"), [(Experiment, "Experiment"), (Comparison, "Comparison"), (Sweep, "Sweep")]
)
@pytest.mark.parametrize("read", ["model_validate", "model_validate_json"])
def test_a_document_that_is_no_object_is_called_what_it_should_be(
    document: type[Document], name: str, read: str
) -> None:
    with pytest.raises(InvalidSetting) as error:
        getattr(document, read)([] if read == "model_validate" else "[]")
    assert str(error.value) == f"{name}: [] is not allowed; it must be an object with settings by name."
