"""The store of this server."""

from __future__ import annotations

from functools import cache

from dnn.classroom.memory import MemoryStore
from dnn.classroom.store import ClassStore


@cache
def open_store() -> ClassStore:
    """Return the store of classes of this process: always the same."""
    return MemoryStore()
