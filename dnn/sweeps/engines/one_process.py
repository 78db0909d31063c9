"""The engine that trains in this process, one block after the other."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from dnn.sweeps.blocks import Block
from dnn.sweeps.engines.base import Outcome, Work


def one_process(work: Work, common: Any, blocks: Iterable[Block]) -> Generator[Outcome]:
    """Yield the outcome of each block, in order."""
    for block in blocks:
        yield Outcome(block, work(common, block))
