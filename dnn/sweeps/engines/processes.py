"""The engine that trains in several processes of this machine, with joblib's loky; a killed process is replaced."""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from threading import Thread
from time import sleep
from typing import Any

from joblib import Parallel, delayed, parallel_config
from joblib.externals.loky.process_executor import BrokenProcessPool

from dnn.sweeps.blocks import Block
from dnn.sweeps.engines.base import MOST_DEATHS, Outcome, Work, killed_message

SECONDS = 0.5  # after which a process notices that its parent is gone


@dataclass(frozen=True)
class Processes:
    """Trains blocks in ``jobs`` processes, 2 at least. The processes stay alive for a while, for the next sweep.

    A block is handed out when a process is free. If a process dies, any of the blocks in training may be the cause:
    each of them is tried alone, until it succeeds or has killed three processes in all.
    """

    jobs: int

    def __call__(self, work: Work, common: Any, blocks: Iterable[Block]) -> Generator[Outcome]:
        """Yield the outcome of each block, in the order in which they end."""
        waiting = iter(blocks)
        while True:
            out: dict[int, Block] = {}
            try:
                yield from self._outcomes(work, common, waiting, out)
                return
            except BrokenProcessPool:
                for block in list(out.values()):
                    yield self._alone(work, common, block)

    def _outcomes(self, work: Work, common: Any, blocks: Iterable[Block], out: dict[int, Block]) -> Generator[Outcome]:
        """Yield outcomes until all blocks are done; ``out`` holds those that are handed out and not back."""

        def handed_out() -> Iterator[Any]:
            for block in blocks:
                out[block.number] = block
                yield delayed(_numbered)(os.getpid(), work, common, block)

        # one task for each block, and as many of them as there are processes
        with parallel_config(backend="loky", inner_max_num_threads=1):
            parallel = Parallel(
                n_jobs=max(2, self.jobs), return_as="generator_unordered", batch_size=1, pre_dispatch="n_jobs"
            )
        found = parallel(handed_out())
        try:
            for number, results in found:
                yield Outcome(out.pop(number), results)
        finally:
            with warnings.catch_warnings():  # joblib warns of blocks that are given up
                warnings.simplefilter("ignore", UserWarning)
                found.close()

    def _alone(self, work: Work, common: Any, block: Block) -> Outcome:
        """Return the outcome of a block that was in training when a process died."""
        deaths = 1
        while deaths < MOST_DEATHS:
            try:
                (outcome,) = self._outcomes(work, common, [block], {})
                return outcome
            except BrokenProcessPool:
                deaths += 1
        return Outcome(block, [], killed_message(deaths))


def _numbered(parent: int, work: Work, common: Any, block: Block) -> tuple[int, Any]:
    _end_with(parent)
    return block.number, work(common, block)


@cache
def _end_with(parent: int) -> None:
    """End this process, which ``parent`` started, if that is killed; otherwise it would wait for work for minutes."""

    def watch() -> None:
        while os.getppid() == parent:
            sleep(SECONDS)
        os._exit(1)

    if os.name == "posix":  # elsewhere the number stays the same
        Thread(target=watch, daemon=True).start()
