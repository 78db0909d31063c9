"""Frames as bytes: one message is a JSON header, which names the arrays behind it, and then the arrays themselves.

    u32 little-endian: length of the header, padded so that what follows starts at a multiple of 4
    header: UTF-8 JSON with ``parts``, a list of [name, type, shape]; padded with blanks
    the arrays in that order, little-endian and C-contiguous, each padded with zeros to a multiple of 4 bytes

Types are "u1", "u2", "u4" and "f4": JavaScript can lay a typed array over each where it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

TYPES: dict[str, np.dtype[Any]] = {name: np.dtype(f"<{name}") for name in ("u1", "u2", "u4", "f4")}


def pack(header: Mapping[str, Any], parts: Mapping[str, np.ndarray]) -> bytes:
    """One message. Arrays must be uint8, uint16, uint32 or float32; anything else raises KeyError."""
    names = {dtype: name for name, dtype in TYPES.items()}
    table = [[name, names[part.dtype], part.shape] for name, part in parts.items()]
    text = json.dumps({**header, "parts": table}, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    chunks = [len(text).to_bytes(4, "little"), text]
    for part in parts.values():
        data = np.ascontiguousarray(part).tobytes()
        chunks += [data, b"\0" * (-len(data) % 4)]
    return b"".join(chunks)


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Header and arrays of a message made by :func:`pack`."""
    start = 4 + int.from_bytes(message[:4], "little")
    header = json.loads(message[4:start])
    parts = {}
    for name, kind, shape in header.pop("parts"):
        size = int(np.prod(shape)) * TYPES[kind].itemsize
        parts[name] = np.frombuffer(message[start : start + size], TYPES[kind]).reshape(shape)
        start += size + -size % 4
    return header, parts
