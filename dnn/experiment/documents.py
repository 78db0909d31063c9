"""Read experiments from files or pasted text, with a size limit and checks."""

from __future__ import annotations

from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.messages import Message

MOST_MEGABYTES = 10  # 20 000 rows of 12 inputs are half of it
EXPECTED = Message("it must be the JSON of an experiment, as Download gives it")


def read(document: bytes | str) -> Experiment:
    """Return the experiment in a file's bytes or a pasted text.

    Raises InvalidSetting with a message for every problem; ``document`` may be any bytes or text.
    """
    experiment = Experiment.model_validate_json(text_of(document, "experiment", EXPECTED))
    experiment.make_data()  # a formula may be undefined at one of the points
    return experiment


def text_of(document: bytes | str, field: str, expected: Message) -> str:
    """Return the text of a document. Raises InvalidSetting where it is too large, empty or no text.

    The message calls it ``field``; ``expected`` says what it should have been.
    """
    raw = document.encode("utf-8", "replace") if isinstance(document, str) else document
    if len(raw) > MOST_MEGABYTES * 1_000_000:
        size = Message("a text of {size} MB", size=f"{len(raw) / 1e6:.1f}")
        allowed = Message("it may have {size} MB at most", size=MOST_MEGABYTES)
        raise InvalidSetting([Problem(field, size, allowed)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidSetting([Problem(field, Message("a file that is not text"), expected)]) from None
    if not text.strip():
        raise InvalidSetting([Problem(field, Message("an empty text"), expected)])
    return text
