"""Which pages may open a socket to the server, upload to it and ask for its settings."""

import contextlib
import json
from collections.abc import Iterator

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import config

from dnn import Experiment
from dnn.hosting.serve import ANCESTORS
from dnn.ui.live.player import Player
from dnn.ui.live.socket import FOREIGN, PROTOCOL
from dnn.ui.security import LIVE_SOCKET, MIDDLEWARE, TRUSTED, is_trusted, listed_origins
from tests.ui.security.served import BACKEND, PLACES, SCHOOL, STREAM


@pytest.fixture
def settings() -> Iterator[None]:
    """Streamlit's own settings, as they were afterwards."""
    names = ("server.enableCORS", "server.corsAllowedOrigins", "browser.serverAddress")
    before = {name: (st.get_option(name), config.get_where_defined(name)) for name in names}
    yield
    for name, (value, where) in before.items():
        config._set_option(name, value, where)


def reached(client: TestClient, origin: str | None, host: str = BACKEND) -> str | None:
    """The origin that Streamlit's socket saw of a page; None where it saw nothing of it."""
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    with contextlib.suppress(WebSocketDisconnect), client.websocket_connect(STREAM, headers=headers) as socket:
        seen: str = socket.receive_text()
        return seen
    return None


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        f"http://{BACKEND}.evil.example",
        "http://backend:81",
        "null",
        "",
        "http://[",
        BACKEND,
        f"http://{BACKEND}@evil.example",
        f"http://me@{BACKEND}",
    ],
)
def test_foreign_pages_never_reach_streamlit(client: TestClient, origin: str) -> None:
    assert reached(client, origin) is None
    assert not is_trusted(origin, BACKEND)


@pytest.mark.parametrize("origin", [None, f"http://{BACKEND}", f"https://{BACKEND}", "HTTP://Backend:8501"])
def test_of_our_own_pages_streamlit_has_nothing_to_look_up(client: TestClient, origin: str | None) -> None:
    assert reached(client, origin) == "none"


@pytest.mark.parametrize("origin", ["http://localhost:3000", "http://127.0.0.1:9000"])
def test_of_pages_of_this_machine_streamlit_decides_by_itself(client: TestClient, origin: str) -> None:
    assert reached(client, origin) == origin


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_foreign_pages_upload_and_delete_nothing(
    client: TestClient, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def status(origin: str | None, method: str = method) -> int:
        headers = {"host": BACKEND} | ({} if origin is None else {"origin": origin})
        return client.request(method, "/_stcore/upload_file", headers=headers).status_code

    monkeypatch.setenv(TRUSTED, SCHOOL)
    for own in (None, f"http://{BACKEND}", SCHOOL, "http://localhost:3000"):
        assert status(own) == 200
    for foreign in ("https://evil.example", "null", f"http://{BACKEND}.evil.example"):
        assert status(foreign) == 403
        assert status(foreign, "GET") == 200  # whoever reads is told by the browser what may be read


def test_origins_that_a_setting_trusts_are_served(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    player = Player(Experiment.of(data={"samples": 20}), playing=False)
    monkeypatch.setenv(TRUSTED, f"https://other.example, {SCHOOL.upper()}/")
    assert reached(client, SCHOOL) == "none"
    assert reached(client, SCHOOL.replace("https", "http")) is None
    assert reached(client, f"{SCHOOL}:81") is None
    headers, protocols = {"host": BACKEND, "origin": SCHOOL}, [PROTOCOL, player.token]
    with client.websocket_connect(LIVE_SOCKET, protocols, headers=headers) as socket:
        socket.send_text("-1")
        assert socket.receive_bytes()
    monkeypatch.delenv(TRUSTED)
    with client.websocket_connect(LIVE_SOCKET, protocols, headers=headers) as socket:
        message = socket.receive()
    assert message["code"] == FOREIGN
    assert TRUSTED in message["reason"]
    Player._all.clear()


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("server.enableCORS", False, ["http://evil.example", SCHOOL]),
        ("server.corsAllowedOrigins", [f" {SCHOOL} ", "https://x.example:81"], [SCHOOL, "http://x.example"]),
        ("browser.serverAddress", "dnn.school.example", [SCHOOL, f"{SCHOOL}:8443"]),
    ],
)
@pytest.mark.usefixtures("settings")
def test_settings_of_streamlit_hold_for_both_sockets(name: str, value: object, allowed: list[str]) -> None:
    assert not any(is_trusted(origin, BACKEND) for origin in allowed)
    config.set_option(name, value)
    assert all(is_trusted(origin, BACKEND) for origin in allowed)
    assert is_trusted("http://elsewhere.example", BACKEND) == (name == "server.enableCORS")


def test_a_page_under_a_name_that_is_not_trusted_is_told_why(client: TestClient) -> None:
    def asked(referrer: str) -> tuple[int, str]:
        answer = client.get("/_stcore/host-config", headers={"host": BACKEND, "referer": referrer})
        return answer.status_code, answer.text

    status, text = asked(f"{SCHOOL}/lessons?lesson=xor")
    assert status == 421
    assert f"{TRUSTED}={SCHOOL} " in json.loads(text)  # the only kind of text that Streamlit's script shows
    assert asked(f"http://{BACKEND}/lessons") == (200, "settings")
    assert client.get("/_stcore/host-config").status_code == 200


@pytest.mark.parametrize("slip", ["school.example", "https://", "https://a.example;script-src *", "https://a/b", "*"])
@pytest.mark.parametrize("name", [TRUSTED, ANCESTORS])
def test_a_slip_in_a_setting_is_said_at_once(monkeypatch: pytest.MonkeyPatch, name: str, slip: str) -> None:
    monkeypatch.setenv(name, slip)
    with pytest.raises(ValueError, match=f"{name}: .* is not an origin"):
        listed_origins(name)
    with pytest.raises(ValueError, match=name), TestClient(Starlette(routes=PLACES, middleware=MIDDLEWARE)) as client:
        client.get("/")
