"""What a person reads when a setting is not allowed: which one, what was given, what is allowed. Never a code."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from dnn import DATASETS, DnnError, Experiment, InvalidData, InvalidParams, InvalidSetting
from dnn.errors import Problem, shown
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.kinds import limits, pick, problems_of
from tests.strategies import EVERY_KIND, TABLES

SECTIONS: dict[str, type[BaseModel]] = {"data": DataSpec, "network": NetworkSpec, "training": TrainingSpec}


def is_finite(bounds: tuple[float, float]) -> bool:
    return max(map(abs, bounds)) < float("inf")


BOUNDED = [
    (section, field)
    for section, spec in SECTIONS.items()
    for field in spec.model_fields
    if is_finite(limits(spec, field))
]
BOUNDED_OF_KINDS = [
    (kind, field) for kind in EVERY_KIND for field in kind.model_fields if is_finite(limits(kind, field))
]
JARGON = re.compile(r"pydantic|type=|input_value|validation error|https?:|Traceback|function-|\n", re.IGNORECASE)


def complaint(**settings_: Any) -> InvalidSetting:
    with pytest.raises(InvalidSetting) as caught:
        Experiment.of(**settings_)
    return caught.value


@pytest.mark.parametrize("beyond", ["below", "above", "not a number", "text", "nothing"])
@pytest.mark.parametrize(("section", "field"), BOUNDED)
def test_a_number_out_of_bounds_is_named_with_the_bounds(section: str, field: str, beyond: str) -> None:
    low, high = limits(SECTIONS[section], field)
    given: Any = {"below": low - 1, "above": high + 1, "not a number": float("nan"), "text": "much", "nothing": [None]}[
        beyond
    ]
    error = complaint(**{section: {field: [given] if field == "hidden_layer_sizes" else given}})
    (problem,) = error.problems
    assert problem.field == field
    assert problem.given == (repr(given) if beyond != "nothing" else problem.given)
    assert str(error).startswith(field.replace("_", " ").capitalize())
    assert f"from {low:.10g} to {high:.10g}" in str(error)
    assert not JARGON.search(str(error))


@pytest.mark.parametrize(("kind", "field"), BOUNDED_OF_KINDS, ids=lambda part: getattr(part, "__name__", part))
@pytest.mark.parametrize("beyond", ["below", "above"])
def test_a_parameter_of_a_kind_out_of_bounds_is_named_with_the_bounds(kind: Any, field: str, beyond: str) -> None:
    table = next(table for table in TABLES.values() if kind in table.values())
    low, high = limits(kind, field)
    given = low - 0.5 if beyond == "below" else high + 0.5
    with pytest.raises(InvalidSetting) as caught:
        pick(table, "kind", {"kind": kind.model_fields["kind"].default, field: given})
    assert caught.value.problems[0].field == field
    assert f"{given!r} is not allowed; it must be a number from {low:g} to" in str(caught.value)
    assert f"{high:g}." in str(caught.value)


@pytest.mark.parametrize(
    ("settings_", "sentence"),
    [
        (
            {"network": {"activation": "swish"}},
            "Activation: 'swish' is not allowed; choose one of linear, sigmoid, tanh",
        ),
        ({"network": {"initializer": 3}}, "Initialiser: 3 is not allowed; choose one of zeros, normal, he_normal"),
        ({"data": {"dataset": None}}, "Data set: None is not allowed; choose one of moons, circles"),
        ({"training": {"loss": "hinge"}}, "Loss: 'hinge' is not allowed; choose one of binary_cross_entropy"),
        ({"training": {"optimizer": {"kind": "x"}}}, "Optimiser: 'x' is not allowed; choose one of sgd"),
        ({"training": {"dtype": "float16"}}, "Dtype: 'float16' is not allowed; it must be one of float64, float32."),
        (
            {"network": {"activation": {"kind": "tanh", "slope": 0.1}}},
            "Slope: 0.1 is not allowed; there is no such setting.",
        ),
        ({"training": {"momentun": 0.9}}, "Momentun: 0.9 is not allowed; there is no such setting."),
        ({"colour": "red"}, "Colour: 'red' is not allowed; there is no such setting."),
        ({"data": 3}, "Data: 3 is not allowed; it must be an object with settings by name."),
        (
            {"network": {"hidden_layer_sizes": [4, 0]}},
            "Hidden layer sizes: 0 is not allowed; it must be a whole number",
        ),
        ({"network": {"hidden_layer_sizes": [4.5]}}, "4.5 is not allowed; it must be a whole number from 1 to 1024."),
        (
            {"network": {"hidden_layer_sizes": 8}},
            "8 is not allowed; it must be a list of whole numbers, each from 1 to",
        ),
        ({"network": {"hidden_layer_sizes": [1] * 33}}, "there may be 32 at most."),
        (
            {"network": {"activation": {"kind": "leaky_relu", "slope": 1.0}}},
            "it must be a number from 0 to less than 1.",
        ),
        ({"seed": -1}, "Seed: -1 is not allowed; it must be a whole number from 0 to 2147483647."),
        ({"version": 2}, "Version: 2 is not allowed; it must be one of 1."),
    ],
    ids=str,
)
def test_the_sentence_says_what_was_given_and_what_is_allowed(settings_: dict[str, Any], sentence: str) -> None:
    assert sentence in str(complaint(**settings_))


def test_every_wrong_setting_gets_a_sentence_of_its_own() -> None:
    error = complaint(
        data={"samples": 3, "dataset": {"kind": "spiral", "noise": -1, "turns": 99}},
        network={"hidden_layer_sizes": [0]},
        training={"l2": -1, "learning_rate": "fast"},
        seed=0.5,
    )
    fields = {problem.field for problem in error.problems}
    assert fields == {"samples", "noise", "turns", "hidden_layer_sizes", "l2", "learning_rate", "seed"}
    assert str(error).count(" is not allowed; ") == 7


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60)
json_like = st.recursive(
    plain,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    [*Experiment.model_fields, *(field for spec in SECTIONS.values() for field in spec.model_fields), "kind"]
)


@given(
    st.dictionaries(
        names, st.dictionaries(names, json_like | st.dictionaries(names, json_like)) | json_like, max_size=4
    )
)
@settings(max_examples=60)
def test_whatever_is_given_the_answer_is_an_experiment_or_short_sentences(settings_: dict[str, Any]) -> None:
    try:
        Experiment.of(**settings_)
    except InvalidSetting as error:
        refused = error
    else:
        return
    assert refused.problems
    for problem in refused.problems:
        assert len(problem.given) <= 40
        assert str(problem).endswith(".")
        assert not JARGON.search(problem.allowed)


@given(json_like)
@settings(max_examples=50)
def test_json_that_is_no_experiment_is_told_in_the_same_words(value: Any) -> None:
    try:
        Experiment.model_validate_json(json.dumps(value))
    except ValidationError as error:
        for problem in problems_of(error, Experiment):
            assert not JARGON.search(problem.allowed)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "experiment"])
def test_text_that_is_no_json_object_asks_for_one(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Experiment.model_validate_json(text)
    (problem,) = problems_of(caught.value, Experiment)
    assert problem.allowed == "it must be an object with settings by name"


def test_a_kind_made_by_hand_is_checked_too() -> None:
    with pytest.raises(InvalidSetting, match="Noise: 7 is not allowed"):
        pick(DATASETS, "data set", {"kind": "moons", "noise": 7})


@given(json_like, st.integers(2, 60))
def test_what_was_given_is_shown_in_no_more_than_its_limit(value: Any, limit: int) -> None:
    text = shown(value, limit)
    assert len(text) <= limit
    assert text == repr(value) or (text.endswith("…") and repr(value).startswith(text[:-1]))


@pytest.mark.parametrize("error", [InvalidSetting([Problem("l2", "-1", "no")]), InvalidData("no"), InvalidParams("no")])
def test_every_error_can_be_caught_as_the_packages_own_or_as_a_value_error(error: Exception) -> None:
    assert isinstance(error, DnnError)
    assert isinstance(error, ValueError)
    assert str(error)
