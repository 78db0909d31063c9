"""The engine that trains on a Dask cluster."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any

from dnn.errors import CannotSweep
from dnn.messages import Message
from dnn.sweeps.blocks import Block
from dnn.sweeps.engines.base import Outcome, Work, killed_message

RETRIES = 2  # times that a block is tried again after an error, such as a connection that broke
AHEAD = 3  # blocks that a thread of a worker has before it, so that it need not wait for the next


@dataclass(frozen=True)
class Cluster:
    """Trains blocks on the cluster whose scheduler is at ``address``, such as ``tcp://127.0.0.1:8786``.

    What the blocks have in common goes to the cluster once. If a worker dies, the scheduler gives its blocks to others;
    one that was there when too many died (``distributed.scheduler.allowed-failures``) has failed; if there are several,
    each is tried once more alone, since another may have killed its workers.
    Raises CannotSweep if Dask is not installed or the cluster cannot be reached.
    """

    address: str
    seconds: float = 10.0  # how long to wait for the scheduler

    def __call__(self, work: Work, common: Any, blocks: Iterable[Block]) -> Generator[Outcome]:
        """Yield the outcome of each block, in the order in which they end."""
        try:
            client = _distributed().Client(self.address, timeout=self.seconds, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise self._unreachable(error) from None
        try:
            shared = client.submit(_same, common, pure=False)  # made again if the worker that has it dies
            suspects = list[Outcome]()
            for outcome in self._outcomes(client, work, shared, iter(blocks), self._ahead(client)):
                if outcome.failure:
                    suspects.append(outcome)
                else:
                    yield outcome
            if len(suspects) == 1:  # nobody else can have killed its workers
                yield suspects.pop()
            for outcome in suspects:
                yield from self._outcomes(client, work, shared, iter([outcome.block]), 1)
        finally:
            client.close(timeout=1)

    def _outcomes(
        self, client: Any, work: Work, shared: Any, blocks: Iterator[Block], ahead: int
    ) -> Generator[Outcome]:
        """Yield outcomes until all blocks are done; ``ahead`` of them are with the cluster at once."""
        distributed = _distributed()

        def submitted(count: int) -> list[Any]:
            futures = []
            for block in islice(blocks, count):
                future = client.submit(work, shared, block, pure=False, retries=RETRIES)
                handed_out[future.key] = block
                futures.append(future)
            return futures

        handed_out: dict[str, Block] = {}
        completed = distributed.as_completed(submitted(ahead), loop=client.loop)
        for future in completed:
            block = handed_out.pop(future.key)
            error = future.exception() if future.status == "error" else None
            if future.status not in ("finished", "error"):
                raise self._gone()
            if isinstance(error, distributed.KilledWorker):
                yield Outcome(block, [], killed_message(error.allowed_failures + 1))
            elif error is not None:
                raise self._unable(error) from error
            else:
                yield Outcome(block, future.result())
            for later in submitted(1):
                completed.add(later)

    @staticmethod
    def _ahead(client: Any) -> int:
        """Return how many blocks the cluster should have at once; a worker may still join."""
        threads: int = sum(client.nthreads().values())
        return AHEAD * max(2, threads)

    def _unable(self, error: Exception) -> CannotSweep:
        reason = f"{type(error).__name__}: {error}"
        return CannotSweep(
            Message("The cluster at {address} cannot train: {reason}.", address=self.address, reason=reason)
        )

    def _gone(self) -> CannotSweep:
        name = self.address
        return CannotSweep(
            Message("The cluster at {address} is gone. The results so far are kept; resume goes on.", address=name)
        )

    def _unreachable(self, error: Exception) -> CannotSweep:
        return CannotSweep(
            Message("No cluster can be reached at {address}: {reason}.", address=self.address, reason=str(error))
        )


def _distributed() -> Any:
    try:
        return import_module("distributed")  # optional package: only sweeps on a cluster need it
    except ImportError:
        raise CannotSweep(Message("A cluster needs Dask: pip install 'dnn-playground[dask]'.")) from None


def _same(common: Any) -> Any:
    return common
