"""Experiments that come as text, from a file or pasted: bounded, checked, and refused in sentences."""

from __future__ import annotations

from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.messages import Message

MOST_MEGABYTES = 10  # 20 000 rows of 12 inputs are half of it
EXPECTED = Message("it must be the JSON of an experiment, as Download gives it")


def read(given: bytes | str) -> Experiment:
    """The experiment that a file or a pasted text describes.

    Raises InvalidSetting with a sentence for everything that is wrong with it; what was given may be anything at all.
    """
    raw = given.encode("utf-8", "replace") if isinstance(given, str) else given
    if len(raw) > MOST_MEGABYTES * 1_000_000:
        size = Message("a text of {size} MB", size=f"{len(raw) / 1e6:.1f}")
        allowed = Message("it may have {size} MB at most", size=MOST_MEGABYTES)
        raise InvalidSetting([Problem("experiment", size, allowed)])
    try:
        found = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidSetting([Problem("experiment", Message("a file that is not text"), EXPECTED)]) from None
    if not found.strip():
        raise InvalidSetting([Problem("experiment", Message("an empty text"), EXPECTED)])
    experiment = Experiment.model_validate_json(found)
    experiment.make_data()  # a formula may have no value at one of the points
    return experiment
