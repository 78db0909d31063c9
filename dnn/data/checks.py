"""What is looked at before examples are split, and what is said about the split afterwards."""

from __future__ import annotations

import numpy as np

from dnn.components import Array
from dnn.errors import InvalidData
from dnn.messages import Message

FAR = 0.05  # of the examples: by how much a share of test examples may miss what was asked for without a note
LARGE = 10.0  # times 1: beyond it targets are hardly learnt with the usual learning rates


def far_from_one(targets: Array) -> bool:
    """Whether numbers to learn (m, K) have a mean or a spread of quite another size than 1."""
    spread, mean = targets.std(axis=0), np.abs(targets.mean(axis=0))
    return bool(((spread > LARGE) | (mean > LARGE) | ((spread < 1.0 / LARGE) & (spread > 0.0))).any())


def split_notes(wanted: int, found: int, examples: int) -> tuple[Message, ...]:
    """What to say where rows with the same inputs stay together and that leaves far fewer or more test examples."""
    if wanted and not found:
        return (Message("There are no test examples: all rows have the same inputs, and such rows stay together."),)
    if abs(wanted - found) <= max(2, FAR * examples):
        return ()
    return (
        Message(
            "Test examples: {found} instead of {wanted}, because rows with the same inputs stay together.",
            found=found,
            wanted=wanted,
        ),
    )


def checked_weights(weights: object, examples: int) -> Array:
    """``weights`` (examples,) as numbers; raises InvalidData where they are none, negative or too few."""
    try:
        numbers = np.array(weights, np.float64)
    except (TypeError, ValueError):
        raise InvalidData("weights must be numbers, one for each example") from None
    if numbers.shape != (examples,):
        raise InvalidData(f"weights have shape {numbers.shape}; there must be one for each of {examples} examples")
    if not np.isfinite(numbers).all() or (numbers < 0).any():
        raise InvalidData("weights must be finite and 0 or more")
    return numbers
