"""The store of this server."""

from __future__ import annotations

import os
from functools import cache

from dnn.classroom.memory import MemoryStore
from dnn.classroom.store import ClassStore
from dnn.errors import ClassUnreachable
from dnn.messages import Message

VARIABLE = "DNN_REDIS_URL"  # environment variable: where Redis is, where several processes serve the page


@cache
def open_store() -> ClassStore:
    """Return the store of classes of this process, always the same: in memory, or in the Redis of ``DNN_REDIS_URL``.

    Raises ClassUnreachable where the package ``redis`` is missing or the address is none.
    """
    url = os.environ.get(VARIABLE, "").strip()
    if not url:
        return MemoryStore()
    try:
        from dnn.classroom.redis_store import RedisStore  # optional package: few servers need it
    except ImportError:
        raise ClassUnreachable(Message("Classes need Redis: pip install 'dnn-playground[redis]'.")) from None
    try:
        return RedisStore(url)
    except ValueError:
        raise ClassUnreachable(
            Message("{variable} must be an address like redis://localhost:6379.", variable=VARIABLE)
        ) from None
