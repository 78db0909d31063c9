"""The live view's routes, asked as a browser would ask them."""

import json
from typing import Any

import numpy as np
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketTestSession

from dnn import Experiment
from dnn.ui.live.socket import PROTOCOL, ROUTES
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET

APP = Starlette(routes=ROUTES)
EXPERIMENT = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]})


def connect(client: TestClient, token: str, **headers: str) -> WebSocketTestSession:
    return client.websocket_connect(LIVE_SOCKET, [PROTOCOL, token], headers=headers)


def ask(socket: WebSocketTestSession, scene: int = -1) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    socket.send_text(str(scene))
    return unpack(socket.receive_bytes())


def code_of(socket: WebSocketTestSession) -> int:
    """The code with which the server closes, after any frames that were on their way."""
    while (message := socket.receive())["type"] != "websocket.close":
        assert message["type"] == "websocket.send"
    return int(message["code"])


def view(socket: WebSocketTestSession, unit: int | None) -> None:
    socket.send_text("look" if unit is None else f"look {unit}")


def scene_of(parts: dict[str, np.ndarray]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parts["scene"].tobytes())
    return found
