"""Every store of classes: what a test asks of one, it asks of all."""

from collections.abc import Iterator

import pytest

from dnn.classroom import ClassStore
from dnn.classroom.memory import MemoryStore
from dnn.classroom.redis_store import RedisStore
from tests.classroom.redis_server import RedisServer, redis_server


@pytest.fixture(scope="session")
def running_redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(running_redis: RedisServer) -> RedisServer:
    """A server without a class."""
    with running_redis.client() as client:
        client.flushall()
    return running_redis


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> ClassStore:
    if request.param == "memory":
        return MemoryStore()
    return RedisStore(request.getfixturevalue("redis").url)
