"""Frames as bytes: what goes in comes out, laid out so that JavaScript can use it where it lies."""

import json
import struct
from base64 import b64decode
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from dnn.ui.live.wire import TYPES, pack, unpack

json_values = (
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
)
headers = st.dictionaries(st.text().filter(lambda name: name != "parts"), json_values | st.text(), max_size=4)
arrays = st.sampled_from(list(TYPES.values())).flatmap(
    lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5))
)
parts = st.dictionaries(st.text(), arrays, max_size=4)


@given(headers, parts)
def test_a_message_comes_back_as_it_was(header: dict[str, Any], given: dict[str, np.ndarray]) -> None:
    header_again, again = unpack(pack(header, given))
    assert header_again == header
    assert list(again) == list(given)
    for name, array in given.items():
        assert again[name].dtype == array.dtype
        np.testing.assert_array_equal(again[name], array)


@given(headers, parts)
def test_every_array_starts_where_a_typed_array_may(header: dict[str, Any], given: dict[str, np.ndarray]) -> None:
    """Read as wire.js reads it: from the description, without our own unpack."""
    message = pack(header, given)
    (length,) = struct.unpack_from("<I", message)
    start = 4 + length
    for name, kind, shape in json.loads(message[4:start])["parts"]:
        assert start % 4 == 0
        count = int(np.prod(shape, dtype=int))
        read = np.frombuffer(message, TYPES[kind], count, start)
        np.testing.assert_array_equal(read, given[name].ravel())
        size = count * TYPES[kind].itemsize
        start += size + (4 - size % 4) % 4
    assert start == len(message)


@given(npst.arrays(np.float32, npst.array_shapes(min_dims=2, max_dims=2, max_side=6)))
def test_arrays_need_not_be_contiguous(array: np.ndarray) -> None:
    for view in (array.T, array[::2], array[:, ::-1]):
        np.testing.assert_array_equal(unpack(pack({}, {"view": view}))[1]["view"], view)


@pytest.mark.parametrize("dtype", [">f4", ">u4", "f8", "f2", "i1", "i4", "i8", "u8", "?", "c8", "U3", "O"])
def test_types_that_javascript_would_misread_are_refused(dtype: str) -> None:
    with pytest.raises(KeyError):
        pack({}, {"array": np.zeros(3, dtype)})


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_does_not_know_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        pack({"cost": number}, {})


# the messages that the script's own test reads

MESSAGES = Path(__file__).parents[2] / "fixtures" / "messages.json"


def test_the_messages_that_the_script_is_tested_with_are_what_is_packed() -> None:
    for message in json.loads(MESSAGES.read_text(encoding="utf-8")):
        parts = {
            name: np.array(part["values"], TYPES[part["type"]]).reshape(part["shape"])
            for name, part in message["parts"].items()
        }
        assert b64decode(message["bytes"]) == pack(message["header"], parts)
