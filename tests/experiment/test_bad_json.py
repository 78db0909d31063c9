"""Whatever is given in place of an experiment, in Python or as JSON, is refused in short messages."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, InvalidSetting
from tests.experiment.refusals import JARGON, SECTIONS
from tests.strategies import json_like

names = st.sampled_from(
    [*Experiment.model_fields, *(field for spec in SECTIONS.values() for field in spec.model_fields), "kind"]
)


@pytest.mark.slow
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
    except InvalidSetting as error:
        for problem in error.problems:
            assert not JARGON.search(problem.allowed)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "experiment"])
def test_text_that_is_no_json_object_asks_for_one(text: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        Experiment.model_validate_json(text)
    (problem,) = caught.value.problems
    assert problem.allowed == "it must be an object with settings by name"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('{"seed": 1,}', 1, 12), ('{\n "data": {},\n seed: 1\n}', 3, 2), ('{"seed"', 1, 7), ('{"seed": 1} {}', 1, 13)],
)
def test_broken_json_is_told_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(InvalidSetting) as caught:
        Experiment.model_validate_json(text)
    assert f"JSON that is broken in line {line}, column {column} is not allowed" in str(caught.value)
