"""What proxies say about a request counts only if a setting trusts them."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from dnn.ui.forwarded import PROXIES, Forwarded, trusted_proxies

SAID = {"X-Forwarded-Host": "dnn.school.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "9.9.9.9"}
HERE_URL = "http://backend:8501"
BELIEVED, HERE = ["dnn.school.example", "https", []], ["backend:8501", "http", []]


async def page(request: Request) -> JSONResponse:
    others = [name for name in request.headers if "forwarded" in name]
    return JSONResponse([request.headers["host"], request.url.scheme, others])


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(f"{socket.headers['host']} {socket.url.scheme}")
    await socket.close()


async def elsewhere(request: Request) -> Response:
    return Response(status_code=307, headers={"location": request.query_params["to"]})


ROUTES = [
    Route("/", page),
    WebSocketRoute("/stream", stream),
    Mount("/dnn", routes=[Route("/", page)]),
    Route("/elsewhere", elsewhere),
]


def client(peer: str) -> TestClient:
    """Someone at this address, who asks a server that reads the setting as it is now."""
    return TestClient(Starlette(routes=ROUTES, middleware=[Middleware(Forwarded)]), HERE_URL, client=(peer, 50_000))


def asked(peer: str, headers: dict[str, str]) -> list[object]:
    seen: list[object] = client(peer).get("/", headers=headers).json()
    return seen


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROXIES, "127.0.0.1, 10.1.0.0/16  fd00::/8")


@pytest.mark.usefixtures("trusting")
def test_a_trusted_proxy_is_believed() -> None:
    for peer in ("127.0.0.1", "10.1.255.4", "fd00::7"):
        assert asked(peer, SAID) == BELIEVED
    with client("127.0.0.1").websocket_connect("/stream", headers=SAID) as socket:
        assert socket.receive_text() == "dnn.school.example wss"


@pytest.mark.usefixtures("trusting")
def test_others_are_not() -> None:
    for peer in ("10.2.0.1", "::1", "127.0.0.2", "unknown"):
        assert asked(peer, SAID) == HERE


def test_nobody_is_without_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PROXIES, raising=False)
    assert asked("127.0.0.1", SAID) == HERE


@pytest.mark.usefixtures("trusting")
def test_of_several_names_the_nearest_proxys_counts_and_nonsense_does_not() -> None:
    assert asked("127.0.0.1", {"X-Forwarded-Host": "forged.example, Proxy.Example:8443"})[0] == "proxy.example:8443"
    for nonsense in ("", "a b", "evil.example/path", "user@evil.example", "host:1234567"):
        assert asked("127.0.0.1", {"X-Forwarded-Host": nonsense, "X-Forwarded-Proto": "gopher"}) == HERE


def redirected(path: str) -> str:
    location: str = client("127.0.0.1").get(path, headers=SAID, follow_redirects=False).headers["location"]
    return location


def test_a_redirection_names_a_path_alone() -> None:
    assert redirected("/dnn?layers=4") == "/dnn/?layers=4"
    assert redirected(f"/elsewhere?to={HERE_URL}/a%2520b%23c") == "/a%20b#c"


@pytest.mark.parametrize(
    "place", ["https://other.example/", f"{HERE_URL}//evil.example/", f"{HERE_URL}/\\evil.example/", HERE_URL, "/here"]
)
def test_other_redirections_stay(place: str) -> None:
    assert redirected(f"/elsewhere?to={place}") == place


@pytest.mark.parametrize("slip", ["proxy.example", "10.0.0.1/8", "10.0.0.0/40"])
def test_a_slip_in_the_setting_is_said(slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROXIES, f"127.0.0.1 {slip}")
    with pytest.raises(ValueError, match=f"{PROXIES}: .*{slip.partition('/')[0]}"):
        trusted_proxies()
