"""The answers of a run over the plane as a small image: a byte for each place, and a PNG in the colours of a theme."""

from __future__ import annotations

import struct
from base64 import b64encode
from functools import lru_cache
from zlib import compress, crc32

import numpy as np

from dnn.components import Task
from dnn.data.plane import Plane
from dnn.plots.examples import heights
from dnn.plots.theme import Theme
from dnn.training.run import Run

SIDE = 40  # places across and up
SIGNATURE = b"\x89PNG\r\n\x1a\n"  # of every PNG


def levels_of(run: Run) -> bytes:
    """Return SIDE × SIDE bytes, row by row from the top: the number of the likeliest of several classes.

    With two classes, the probability of class 1 from 0 to 255; for regression the answer between the least and the
    largest target.
    """
    plane = Plane.of(run.data)
    left, right, low, high = plane.bounds
    across, up = np.linspace(left, right, SIDE), np.linspace(high, low, SIDE)
    places = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    answers = run.predict_proba(plane.points(places))
    if run.data.task == "multiclass":
        return bytes(answers.argmax(axis=1).tolist())
    if run.data.task == "binary":
        shares = answers[:, 1]
    else:
        least, largest = heights(run.data)
        shares = (answers[:, 0] - least) / (largest - least)
    levels: np.ndarray = (np.clip(np.nan_to_num(shares, nan=0.5), 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    return levels.tobytes()


@lru_cache(maxsize=256)
def picture(levels: bytes, task: Task, classes: int, theme: Theme) -> str:
    """Return the image of :func:`levels_of` as a PNG in a ``data:`` address."""
    if task == "multiclass":
        colors = [bytes.fromhex(theme.soft(color)[1:]) for color in theme.of_classes(classes)]
        palette = b"".join(colors)
        levels = bytes(min(level, len(colors) - 1) for level in levels)
    else:
        palette = theme.ramp_colors.tobytes()
    rows = b"".join(b"\0" + levels[row * SIDE : (row + 1) * SIDE] for row in range(SIDE))
    size = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 3, 0, 0, 0)  # 8 bits a pixel, which are places in the palette
    chunks = (_chunk(b"IHDR", size), _chunk(b"PLTE", palette), _chunk(b"IDAT", compress(rows)), _chunk(b"IEND", b""))
    file = SIGNATURE + b"".join(chunks)
    return f"data:image/png;base64,{b64encode(file).decode()}"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))
