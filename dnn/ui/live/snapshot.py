"""What the browser's tab keeps of a run that plays, so that another server can go on with it if this one is lost.

The tab has the experiment already, in its address or in its storage, so this is only how far the run is.
"""

from __future__ import annotations

from base64 import b64decode
from typing import NamedTuple

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.errors import InvalidFile
from dnn.experiment import Experiment
from dnn.export.progress import load_progress, write_progress
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui.live.pace import UNLIMITED

KEEP = "keep"  # what the browser asks for it
ROWS = 512  # of the history
MOST_BYTES = 1_500_000  # as it is sent: base64 makes two million characters of it, of the five that a tab stores
MOST_UNPACKED = 10 * MOST_BYTES


class Snapshot(NamedTuple):
    """A run, and how many epochs a second it plays."""

    run: Run
    speed: float


def write(snapshot: Snapshot) -> Array:
    """Return the bytes of ``snapshot``, (k,) uint8; none of one that is too large for a tab."""
    run, speed = snapshot
    content = write_progress(run, ROWS, {"speed": None if speed == UNLIMITED else speed})
    return np.frombuffer(content if len(content) <= MOST_BYTES else b"", np.uint8)


def read(text: str, experiment: Experiment, data: Data) -> Snapshot:
    """Return the snapshot of a run of ``experiment`` on its ``data`` that a tab kept as base64.

    Raises InvalidFile for anything else: a browser may send any text.
    """
    damaged = InvalidFile(Message("what is kept of a run is damaged"))
    if len(text) > 2 * MOST_BYTES:
        raise damaged
    try:
        content = b64decode(text, validate=True)
    except ValueError:
        raise damaged from None
    run, note = load_progress(content, experiment, data, most_bytes=MOST_UNPACKED)
    speed = note.get("speed", 0)
    speed = UNLIMITED if speed is None else speed
    if not (isinstance(speed, (int, float)) and speed > 0):
        raise damaged
    return Snapshot(run, float(speed))
