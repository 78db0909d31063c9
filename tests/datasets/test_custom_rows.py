"""Rows and names of custom data: they come back from their text, and what is no table is refused."""

import copy
import pickle
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Experiment, InvalidData, InvalidSetting
from dnn.data.names import LONGEST_NAME, Names
from dnn.datasets.custom_data import CustomData
from dnn.datasets.rows import MOST_ROWS, Rows
from dnn.experiment.links import LONGEST, from_query, to_query

numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(numbers, numbers, numbers), max_size=20))
def test_rows_come_back_from_their_text_to_the_last_digit(table: list[tuple[float, ...]]) -> None:
    rows = Rows(table or np.empty((0, 3)))
    again = Rows.read(rows.text)
    assert again == rows
    assert hash(again) == hash(rows)
    np.testing.assert_array_equal(again.numbers, np.reshape(table, (-1, 3)), strict=True)


def test_rows_are_equal_by_their_numbers_and_never_change() -> None:
    given_array = np.array([[0.0, 1.0]])
    rows = Rows(given_array)
    given_array[:] = 7
    assert rows == Rows([[-0.0, 1]]) != Rows([[0, 2]])
    assert Rows(np.empty((0, 2))) != Rows(np.empty((0, 3)))
    assert hash(rows) == hash(Rows([[-0.0, 1]]))
    with pytest.raises(ValueError, match="read-only"):
        rows.numbers[0, 0] = 1
    with pytest.raises(AttributeError):
        rows.numbers = given_array
    assert copy.deepcopy(rows) is rows
    assert pickle.loads(pickle.dumps(rows)) == rows


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("1 2 x~3 4 5", "it must be rows of numbers like 0.5 1 0~0.25 2 1"),
        ("1 2 3~4 5", "every row must have as many numbers"),
        ([[1, 2], [3]], "every row must have as many numbers"),
        ([1, 2, 3], "it must be a table of rows and columns"),
        ("1 nan 0", "all numbers must be finite"),
        ("1e999 0", "all numbers must be finite"),
        ("none of 99", "20000 rows and 13 columns at most"),
        (np.zeros((MOST_ROWS + 1, 2)), "it may have 20000 rows and 13 columns at most"),
        ([["a", "b"]], "every row must have as many numbers"),
        ({"a": 1}, "every row must have as many numbers"),
        (None, "it must be a table of rows and columns"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_table_is_refused_in_words(given: Any, complaint: str) -> None:
    with pytest.raises(InvalidSetting, match=re.escape(complaint)):
        Experiment.of(data={"dataset": {"kind": "own", "rows": given}})


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"rows": [[1.0]]}, "an input and the target at least"),
        ({"rows": [[1, 2, 0]], "inputs": ["a"]}, "the rows have 2 inputs"),
        ({"rows": [[1, 2, 0]], "classes": ["a"]}, "there must be 2 to 10, or none for numbers"),
        ({"rows": [[1, 2, 2]], "classes": ["a", "b"]}, "it must be a whole number from 0 to 1"),
        ({"rows": [[1, 2, 0.5]], "classes": ["a", "b"]}, "it must be a whole number from 0 to 1"),
        ({"rows": [[1, 2, 0]], "classes": [str(n) for n in range(11)]}, "there may be 10 at most"),
        ({"inputs": [str(n) for n in range(13)]}, "there may be 12 at most"),
    ],
    ids=str,
)
def test_rows_names_and_classes_must_agree(fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InvalidSetting, match=re.escape(complaint)):
        Experiment.of(data={"dataset": {"kind": "own", **fields}})


def test_names_have_one_line_and_an_end() -> None:
    own = CustomData(rows=Rows([[1, 0]]), inputs=("a~b\n\tc\x00",), target="", classes=("no " * 30, "yes"))
    assert own.inputs == ("a b c",)
    assert own.target == "–"
    assert len(own.classes[0]) == LONGEST_NAME < LONGEST
    assert own.classes[0].endswith("…")


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (("left  hand", "left hand", "right hand"), ("left hand", "left hand 2", "right hand")),
        (("x~1", "x 1", "z"), ("x 1", "x 1 2", "z")),
        (("u", "u 2", "u ", ""), ("u", "u 2", "u 3", "–")),
        (
            (f"{'very ' * 12}cold", f"{'very ' * 12}warm"),
            tuple(f"{'very ' * 4}very…{'very ' * 2}{end}" for end in ("cold", "warm")),
        ),
    ],
)
def test_names_that_would_become_alike_stay_apart(given: Any, names: Any) -> None:
    own = CustomData(rows=Rows(np.zeros((2, len(given) + 1))), inputs=given, classes=given)
    assert own.classes == own.inputs == names
    assert CustomData(**own.model_dump()) == own
    experiment = Experiment.of(data={"dataset": own})
    assert from_query(to_query(experiment)) == (experiment, ())


@pytest.mark.parametrize(
    ("X", "y"),
    [([[1.0], [2.0]], [1.0]), ([1.0, 2.0], [1.0, 2.0]), ([["a"]], [1.0]), ([[1.0], [2.0, 3.0]], [1.0, 2.0])],
    ids=["too few targets", "no columns", "words", "uneven rows"],
)
def test_arrays_that_are_no_examples_are_refused_in_words(X: Any, y: Any) -> None:
    with pytest.raises(InvalidData, match="X"):
        CustomData.of(X, y)


def test_names_that_no_file_can_hold_are_cleaned() -> None:
    """A lone surrogate, as Python reads a byte that it could not decode."""
    custom = CustomData.of([[1.0]], [0.0], Names(("\udce9",), ("",), ("K\udce9", "b"), "\udcff"))
    assert (custom.inputs, custom.classes, custom.target) == (("–",), ("K", "b"), "–")
    experiment = Experiment.of(data={"dataset": custom})
    assert Experiment.model_validate_json(experiment.model_dump_json()) == experiment
