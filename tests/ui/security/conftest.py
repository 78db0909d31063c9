"""The page's security and live sockets, without Streamlit."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dnn.ui.live.socket import ROUTES
from dnn.ui.security import MIDDLEWARE
from tests.ui.security.served import PLACES


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=[*PLACES, *ROUTES], middleware=MIDDLEWARE))
