"""Work that engines of the tests do in other processes: it reports who did it, waits, or kills its own process."""

import os
import signal
import time
from pathlib import Path
from typing import NamedTuple

from dnn.sweeps.blocks import Block
from dnn.sweeps.results import Result


class Orders(NamedTuple):
    """Where each try leaves a file, and what the blocks do: those in ``deadly`` kill their process."""

    folder: Path
    deadly: tuple[int, ...] = ()
    seconds: float = 0.0


def work(orders: Orders, block: Block) -> list[Result]:
    """Do as ordered, and name the process."""
    (orders.folder / f"{block.number}-{time.time_ns()}").write_text(str(os.getpid()))
    time.sleep(orders.seconds)
    if block.number in orders.deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return [Result(index, {}, os.getpid()) for index in block.indices]


def tries(orders: Orders, number: int) -> int:
    """How often a block was begun."""
    return len(list(orders.folder.glob(f"{number}-*")))
