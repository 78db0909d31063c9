"""What engines have in common: training a block, and its outcome."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Any, NamedTuple

from dnn.messages import Message
from dnn.sweeps.blocks import Block
from dnn.sweeps.results import Result

MOST_DEATHS = 3  # workers that a block may kill before it counts as failed

# what is done with each block; its first argument is what all blocks have in common
Work = Callable[[Any, Block], list[Result]]


class Outcome(NamedTuple):
    """The results of a block, or, if there are none, the message why."""

    block: Block
    results: list[Result]
    failure: str = ""


# called with the work, what all blocks have in common, and the blocks
Engine = Callable[[Work, Any, Iterable[Block]], Generator[Outcome]]


def killed_message(deaths: int) -> Message:
    """Return the message for a block whose workers died."""
    return Message(
        "Not trained: {count} processes that tried were killed, perhaps for using too much memory.", count=deaths
    )
