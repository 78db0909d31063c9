"""Every store of classes: what a test asks of one, it asks of all."""

import pytest

from dnn.classroom import ClassStore
from dnn.classroom.memory import MemoryStore


@pytest.fixture
def store() -> ClassStore:
    return MemoryStore()
