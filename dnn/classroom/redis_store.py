"""Classes in Redis: the store of a server of several processes, which all see the same classes.

Redis holds text and JSON, and everything in it expires with its class.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from dnn.classroom import redis_scripts as scripts
from dnn.classroom.classroom import Classroom, Goal, Orders, Pupil, new_code, new_secret
from dnn.classroom.report import Report
from dnn.classroom.store import (
    MOST_CLASSES,
    MOST_PUPILS,
    Reports,
    Seat,
    class_is_full,
    folded,
    numbered,
    server_is_full,
    valid_name,
)
from dnn.errors import ClassUnreachable, NoSuchClass
from dnn.messages import Message

PATIENCE = 1.0  # seconds that a request waits for Redis


class RedisStore:
    """A :class:`~dnn.classroom.store.ClassStore` in the Redis at ``url``; ``clock`` returns seconds since 1970.

    Raises ValueError where ``url`` begins with none of redis://, rediss:// and unix://. It connects when it is first
    asked, and again after Redis was away.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._redis: Redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),  # a connection from before a restart of Redis is closed: try another
        )
        register = self._redis.register_script
        self._create, self._join, self._leave = map(register, (scripts.CREATE, scripts.JOIN, scripts.LEAVE))
        self._publish, self._reports = register(scripts.PUBLISH), register(scripts.REPORTS)
        self._order, self._end = register(scripts.ORDER), register(scripts.END)
        self._rename = register(scripts.RENAME)

    def create(
        self, *, title: str = "", task: str = "", goal: Goal | None = None, query: str = ""
    ) -> tuple[Classroom, str]:
        """See :class:`ClassStore`."""
        key, began = new_secret(), self._clock()
        while True:
            code = new_code()
            classroom = Classroom(code=code, began=began, title=title, task=task, goal=goal or Goal(), query=query)
            parts = classroom.model_dump_json(exclude={"orders", "ended"}), classroom.orders.model_dump_json()
            ends = math.ceil(classroom.ends)
            keys = [scripts.CLASSES, *scripts.keys_of(code)[:1]]
            done = self._run(self._create, keys, [code, began, ends, MOST_CLASSES, *parts, _hashed(key)])
            if done == "full":
                raise server_is_full()
            if done == "created":
                return classroom, key

    def find(self, code: str) -> Classroom | None:
        """See :class:`ClassStore`."""
        return self._find(code)[0]

    def _find(self, code: str) -> tuple[Classroom | None, str]:
        """Return the class, and the orders that Redis keeps, also where nothing is frozen any more."""
        with _reached():
            found: Any = self._redis.hmget(scripts.keys_of(code)[0], ["class", "orders", "ended", "ordered"])
        text, orders, ended, ordered = found
        if text is None:
            return None, ""
        left = Orders.model_validate_json(orders).after(self._clock() - float(ordered or 0))
        changes = {"orders": left, "ended": ended == "1"}
        classroom = Classroom.model_validate_json(text).model_copy(update=changes)
        return classroom if self._clock() < classroom.ends else None, orders

    def join(self, code: str, name: str) -> Pupil:
        """See :class:`ClassStore`."""
        name, pupil_id = valid_name(name), new_secret()
        arguments = [pupil_id, self._clock(), MOST_PUPILS, *_variants(name)]
        done, *chosen = self._run(self._join, scripts.keys_of(code), arguments)
        if done == "full":
            raise class_is_full()
        if done == "gone":
            raise NoSuchClass(code)
        return Pupil(id=pupil_id, name=chosen[0])

    def pupil(self, code: str, pupil_id: str) -> Pupil | None:
        """See :class:`ClassStore`."""
        with _reached():
            name: Any = self._redis.hget(f"dnn:class:{code}:names", pupil_id)
        return None if name is None else Pupil(id=pupil_id, name=name)

    def rename(self, code: str, key: str, pupil_id: str, name: str) -> Pupil | None:
        """See :class:`ClassStore`."""
        arguments = [_hashed(key), pupil_id, *_variants(valid_name(name))]
        done, *chosen = self._run(self._rename, scripts.keys_of(code), arguments)
        if done == "gone":
            raise NoSuchClass(code)
        return Pupil(id=pupil_id, name=chosen[0]) if chosen else None

    def leave(self, code: str, pupil_id: str) -> None:
        """See :class:`ClassStore`."""
        if pupil := self.pupil(code, pupil_id):
            self._run(self._leave, scripts.keys_of(code), [pupil_id, folded(pupil.name)])

    def publish(self, code: str, pupil_id: str, report: Report) -> Pupil | None:
        """See :class:`ClassStore`."""
        if (classroom := self.find(code)) is None:
            return None
        met = int(classroom.goal.met_by(report))
        arguments = [pupil_id, self._clock(), report.model_dump_json(), met]
        name = self._run(self._publish, scripts.keys_of(code), arguments)
        return None if name is None else Pupil(id=pupil_id, name=name)

    def reports(self, code: str, since: int = 0) -> Reports:
        """See :class:`ClassStore`."""
        number, ids, names, new, *columns = self._run(self._reports, scripts.keys_of(code), [since])
        pupils = {each: Pupil(id=each, name=name) for each, name in zip(ids, names, strict=True)}
        seats = [
            Seat(
                pupil=pupils[each],
                seen=float(seen),
                number=int(at),
                report=Report.model_validate_json(text) if text else None,
                reached=float(reached) if reached else None,
            )
            for each, at, seen, reached, text in zip(new, *columns, strict=True)
        ]
        place = {each: turn for turn, each in enumerate(ids)}
        return Reports(int(number), tuple(pupils.values()), tuple(sorted(seats, key=lambda seat: place[seat.pupil.id])))

    def order(self, code: str, key: str, change: Callable[[Orders], Orders]) -> Classroom:
        """See :class:`ClassStore`."""
        while True:
            classroom, before = self._find(code)
            if classroom is None:
                raise NoSuchClass(code)
            orders = change(classroom.orders)
            arguments = [_hashed(key), before, orders.model_dump_json(), self._clock()]
            done = self._run(self._order, scripts.keys_of(code), arguments)
            if done == "gone":
                raise NoSuchClass(code)
            if done == "ordered":  # otherwise others came first
                return classroom.model_copy(update={"orders": orders})

    def end(self, code: str, key: str) -> None:
        """See :class:`ClassStore`."""
        if not self._run(self._end, scripts.keys_of(code), [_hashed(key)]):
            raise NoSuchClass(code)

    def _run(self, script: Any, keys: list[str], arguments: list[Any]) -> Any:
        with _reached():
            return script(keys=keys, args=arguments)


@contextmanager
def _reached() -> Iterator[None]:
    """Turn errors of Redis into ClassUnreachable."""
    try:
        yield
    except RedisError:
        raise ClassUnreachable(Message("The class cannot be reached at the moment.")) from None


def _variants(name: str) -> list[str]:
    """Return each variant of a name, folded and as it is written."""
    variants = (numbered(name, number) for number in range(1, MOST_PUPILS + 2))
    return [text for variant in variants for text in (folded(variant), variant)]


def _hashed(key: str) -> str:
    """Return what Redis keeps of a teacher's key: nobody who reads there can give orders."""
    return sha256(key.encode()).hexdigest()
