"""What a visitor gets when all places are taken, and what ends a request that takes too long."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dnn import Experiment
from dnn.errors import InvalidSetting
from dnn.hosting.limits import LIMITS as BOUNDS
from dnn.hosting.limits import variable
from dnn.params import Params
from dnn.ui.limits import MOST_LAYERS, WIDEST, check_limits, estimated_multiplications, within_limits
from dnn.ui.visitor_limit import COOKIE, LIMITS, RequestTime

STREAM, PAGE = "/_stcore/stream", {"accept": "text/html,*/*;q=0.8"}
LARGEST = {"hidden_layer_sizes": MOST_LAYERS * (WIDEST,)}


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("welcome")
    await socket.receive()


async def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.url.path)


APP = [WebSocketRoute(STREAM, stream), Route("/{path:path}", answer)]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser, of a server with one place."""
    monkeypatch.setenv(variable("sessions"), "1")
    return TestClient(Starlette(routes=APP, middleware=LIMITS))


def another(client: TestClient) -> TestClient:
    """Another browser, without the cookies of the first."""
    return TestClient(client.app)


def test_one_beyond_the_limit_gets_a_page_in_every_language_that_tries_again(client: TestClient) -> None:
    assert client.get("/lessons?lesson=xor", headers=PAGE).text == "/lessons"
    with client.websocket_connect(STREAM) as socket:
        assert socket.receive_text() == "welcome"
        late = another(client).get("/lessons?lesson=xor", headers=PAGE)
        assert late.status_code == 503
        assert late.headers["retry-after"] == "10"
        assert COOKIE not in late.cookies
        assert '<meta http-equiv="refresh" content="10">' in late.text  # the same address again
        assert "This playground can have 1 pages open" in late.text
        assert '<section lang="zh"' in late.text
        assert client.get("/", headers=PAGE).text == "/"  # a reload


@pytest.mark.parametrize(
    ("shown_in", "kept"),
    [("iframe", "SameSite=None; Secure; Partitioned"), ("document", "SameSite=Lax"), (None, "SameSite=Lax")],
)
def test_the_place_is_kept_in_a_frame_too(client: TestClient, shown_in: str | None, kept: str) -> None:
    headers = PAGE | ({"sec-fetch-dest": shown_in} if shown_in else {})
    cookie = client.get("/", headers=headers).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert cookie.endswith(f"; Path=/; HttpOnly; {kept}")


def test_a_tab_too_many_is_told_so_while_it_tries_again(client: TestClient) -> None:
    client.get("/", headers=PAGE)
    with client.websocket_connect(STREAM) as socket:
        assert socket.receive_text() == "welcome"
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(STREAM):
            pass
        told = client.get("/_stcore/host-config")
        assert told.status_code == 503
        assert "All places are taken" in told.json()  # a JSON text: what Streamlit's script shows
    assert client.get("/_stcore/host-config").status_code == 200


@pytest.mark.parametrize("path", ["/static/js/index.js", "/_stcore/health", "/sweep-results/x.jsonl", "/live/x"])
def test_what_is_no_page_needs_no_place(client: TestClient, path: str) -> None:
    client.get("/", headers=PAGE)
    headers = PAGE if "." in path else {"accept": "*/*"}
    assert another(client).get(path, headers=headers).text == path


def test_without_a_limit_everybody_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variable("sessions"), raising=False)
    client = TestClient(Starlette(routes=APP, middleware=LIMITS))
    with client.websocket_connect(STREAM), client.websocket_connect(STREAM):
        assert another(client).get("/", headers=PAGE).text == "/"
    assert not client.cookies


async def never(request: Request) -> PlainTextResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def fails(request: Request) -> PlainTextResponse:
    raise TimeoutError("of something else")


def test_a_request_that_takes_too_long_is_answered() -> None:
    app = RequestTime(Starlette(routes=[Route("/never", never), Route("/fails", fails), Route("/", answer)]))
    client = TestClient(app)
    app.seconds = 1
    late = client.get("/never")
    assert late.status_code == 503
    assert "longer than 1 seconds" in late.text
    app.seconds = 60
    assert client.get("/").text == "/"
    with pytest.raises(TimeoutError, match="of something else"):
        client.get("/fails")


# the work of one network


def test_examples_times_weights_have_a_limit_where_the_server_sets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variable("work"), raising=False)
    heavy = Experiment.of(data={"samples": 20_000}, network=LARGEST)
    assert check_limits(heavy) is heavy
    work = int(estimated_multiplications(heavy))
    monkeypatch.setenv(variable("work"), str(work))
    assert check_limits(heavy) is heavy
    monkeypatch.setenv(variable("work"), str(work - 1))
    with pytest.raises(InvalidSetting, match=f"{work:,} examples times weights is not allowed; this server allows"):
        check_limits(heavy)
    fitted, problems = within_limits(heavy)
    assert [problem.field for problem in problems] == ["samples"]
    assert fitted.network == heavy.network
    assert check_limits(fitted) is fitted


def test_the_largest_network_fits_at_the_least_limit() -> None:
    examples = Experiment.of().data.samples
    assert Params.count((12, *LARGEST["hidden_layer_sizes"], 10)) * examples <= BOUNDS["work"].least
