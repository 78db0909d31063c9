"""Which pages may open a socket to the server, and what browsers are told that a page may load."""

import asyncio
import contextlib
import json
import time
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Receive, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config

from dnn import Experiment
from dnn.hosting.serve import ANCESTORS
from dnn.ui.live.player import Player
from dnn.ui.live.socket import FOREIGN, PROTOCOL, ROUTES
from dnn.ui.security import (
    LIVE_SOCKET,
    MIDDLEWARE,
    MOST_AT_ONCE,
    MOST_MESSAGES,
    TRUSTED,
    Rates,
    is_trusted,
    listed_origins,
)

SCHOOL, BACKEND = "https://dnn.school.example", "backend:8501"
STREAM = "/_stcore/stream"


async def stream(socket: WebSocket) -> None:
    """In place of Streamlit's own: it says which origin has reached it."""
    await socket.accept()
    await socket.send_text(socket.headers.get("origin", "none"))
    await socket.close()


PLACES = [
    WebSocketRoute(STREAM, stream),
    Route("/_stcore/upload_file", lambda request: PlainTextResponse("uploaded"), methods=["PUT", "DELETE", "GET"]),
    Route("/_stcore/host-config", lambda request: PlainTextResponse("settings")),
    Route("/", lambda request: PlainTextResponse("page")),
]


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=[*PLACES, *ROUTES], middleware=MIDDLEWARE))


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


# origins


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


# rates


def test_messages_of_a_socket_are_read_at_their_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that only sleeping moves."""
    now, read = [100.0], []

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    async def receive() -> dict[str, str]:
        return {"type": "websocket.receive", "text": "7"}

    async def send(message: object) -> None:
        raise AssertionError(message)

    async def app(scope: object, receive: Receive, send: Send) -> None:
        for _ in range(MOST_AT_ONCE + 3 * MOST_MESSAGES):
            await receive()
            read.append(now[0])

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(asyncio, "sleep", sleep)
    asyncio.run(Rates(app)({"type": "websocket"}, receive, send))
    assert read[MOST_AT_ONCE - 1] == 100.0
    assert read[-1] == pytest.approx(103.0)
    after_a_second = sum(moment <= 101.0 + 1e-9 for moment in read)
    assert after_a_second == MOST_AT_ONCE + MOST_MESSAGES


# headers


class Scripts(HTMLParser):
    """The texts of the scripts within a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.texts = False, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and not dict(attrs).get("src")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append(data)
            self.inside = False


def policy(client: TestClient, path: str = "/") -> dict[str, list[str]]:
    text = client.get(path).headers["content-security-policy"]
    return {name: sources for name, *sources in (directive.split() for directive in text.split(";"))}


@pytest.mark.parametrize("path", ["/", "/nowhere", "/live/static/panel.js", "/_stcore/host-config"])
def test_every_answer_forbids_what_comes_from_elsewhere(client: TestClient, path: str) -> None:
    sources = policy(client, path)
    assert sources["default-src"] == ["'none'"]
    assert sources["frame-ancestors"] == sources["base-uri"] == ["'self'"]
    own = ("'self'", "data:", "blob:", "'unsafe-inline'", "'none'")
    assert all(each in own or each.startswith("'sha256-") for listed in sources.values() for each in listed)
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & {*sources["script-src"]}
    assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_what_is_for_one_visitor_is_for_no_cache_on_the_way(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "private"
    assert client.get("/ui/live/static/panel.js").headers["cache-control"] == "public, max-age=0"


def test_scripts_within_streamlits_page_may_run_as_they_are(client: TestClient) -> None:
    parser = Scripts()
    parser.feed((Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))
    assert parser.texts
    for text in parser.texts:
        hashed = b64encode(sha256(text.encode()).digest()).decode()
        assert f"'sha256-{hashed}'" in policy(client)["script-src"]


def test_a_setting_lets_other_pages_show_this_one_in_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ANCESTORS, "https://lms.school.example https://*.other.example:8443")
    client = TestClient(Starlette(routes=PLACES, middleware=MIDDLEWARE))
    ancestors = ["'self'", "https://lms.school.example", "https://*.other.example:8443"]
    assert policy(client)["frame-ancestors"] == ancestors
