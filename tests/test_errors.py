"""The errors of the package: how they can be caught, and how they show what was given."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import DnnError, InvalidData, InvalidParams, InvalidSetting
from dnn.errors import Problem, shown
from tests.strategies import json_like


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


def test_the_old_name_of_a_message_warns() -> None:
    error = InvalidData("no")
    with pytest.warns(DeprecationWarning, match="is called message now"):
        assert error.sentence == error.message == "no"
