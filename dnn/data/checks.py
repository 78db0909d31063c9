"""Checks before examples are split, and notes about the resulting split."""

from __future__ import annotations

import numpy as np

from dnn.components import Array
from dnn.errors import InvalidData
from dnn.messages import Message

FAR = 0.05  # share of the examples: a smaller difference from the requested number of test examples needs no note
LARGE = 10.0  # targets with a larger mean or spread are hard to learn with the usual learning rates


def far_from_one(targets: Array) -> bool:
    """Whether the mean or the spread of ``targets`` (m, K) differs from 1 by more than the factor LARGE."""
    spread, mean = targets.std(axis=0), np.abs(targets.mean(axis=0))
    return bool(((spread > LARGE) | (mean > LARGE) | ((spread < 1.0 / LARGE) & (spread > 0.0))).any())


def variance(values: Array, axis: int | None) -> Array:
    """Return the variance of ``values`` along ``axis``, or of all; exactly 0 where all values are equal.

    Rounding alone would make it a little larger there.
    """
    constant = values.max(axis=axis) == values.min(axis=axis)
    squares: Array = np.where(constant, 0.0, values.var(axis=axis))
    return squares


def split_notes(requested: int, actual: int, examples: int, share: float) -> tuple[Message, ...]:
    """Return a note if the number of test examples differs much from ``requested``, or if there are none.

    The number differs because rows with the same inputs stay together. There are none if ``share`` of the examples is
    half an example or less.
    """
    if share and not requested and examples > 1:
        text = Message(
            "There are no test examples: a share of {share} of {count} examples is less than one example.",
            share=f"{share:g}",
            count=examples,
        )
        return (text,)
    if requested and not actual:
        return (Message("There are no test examples: all rows have the same inputs, and such rows stay together."),)
    if abs(requested - actual) <= max(2, FAR * examples):
        return ()
    return (
        Message(
            "Test examples: {found} instead of {wanted}, because rows with the same inputs stay together.",
            found=actual,
            wanted=requested,
        ),
    )


def validation_notes(requested: int, actual: int, examples: int, share: float) -> tuple[Message, ...]:
    """Return a note if there are no validation examples although ``share`` of the training ``examples`` asks for some.

    ``requested`` is their number before rows with the same inputs are kept together, ``actual`` that after it.
    """
    if share and not requested and examples:
        text = Message(
            "There are no validation examples: a share of {share} of {count} training examples is less than one.",
            share=f"{share:g}",
            count=examples,
        )
        return (text,)
    if requested and not actual:
        return (Message("There are no validation examples: training rows with the same inputs stay together."),)
    return ()


def checked_weights(weights: object, examples: int) -> Array:
    """Convert ``weights`` to an array (examples,); raises InvalidData if they are not numbers, negative or too few."""
    try:
        numbers = np.array(weights, np.float64)
    except (TypeError, ValueError):
        raise InvalidData("weights must be numbers, one for each example") from None
    if numbers.shape != (examples,):
        raise InvalidData(f"weights have shape {numbers.shape}; there must be one for each of {examples} examples")
    if not np.isfinite(numbers).all() or (numbers < 0).any():
        raise InvalidData("weights must be finite and 0 or more")
    return numbers
