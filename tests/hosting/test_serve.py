"""`dnn serve`: what it says, what it sets, and a real server with one place on this machine."""

import argparse
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from dnn.cli import WRONG, main
from dnn.hosting import network
from dnn.hosting.limits import LIMITS, variable
from dnn.hosting.proxy import ask
from dnn.hosting.serve import ANCESTORS, XSRF, add_options, announcement, settings
from dnn.ui.forwarded import PROXIES
from dnn.ui.security import FIRST_QUESTION, MISDIRECTED
from tests.page_server import served
from tests.services import free_port

ROOT = Path(__file__).parents[2]


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args(arguments)


def test_every_limit_and_the_address_reach_the_server() -> None:
    given = settings(options("--port", "8600", "--sessions", "35", "--upload", "5"))
    assert given["STREAMLIT_SERVER_ADDRESS"] == "0.0.0.0"
    assert given["STREAMLIT_SERVER_PORT"] == "8600"
    assert given["STREAMLIT_SERVER_MAX_UPLOAD_SIZE"] == given[variable("upload")] == "5"
    assert given[variable("sessions")] == "35"
    assert {variable(name) for name in LIMITS} <= given.keys()
    assert given[variable("work")] == str(LIMITS["work"].default)


def test_a_page_in_a_frame_needs_no_cookie_for_uploads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(XSRF, raising=False)
    monkeypatch.delenv(ANCESTORS, raising=False)
    assert XSRF not in settings(options())
    monkeypatch.setenv(ANCESTORS, "https://lms.school.example")
    assert settings(options())[XSRF] == "false"
    monkeypatch.setenv(XSRF, "true")
    assert settings(options())[XSRF] == "true"


def test_it_says_who_can_open_the_page_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "network_addresses", lambda: ("192.168.1.7", "10.0.0.5"))
    said = "\n".join(announcement(options("--port", "8600")))
    assert "open to everybody in this network, without a password" in said
    assert "  http://192.168.1.7:8600\n  http://10.0.0.5:8600\n" in said
    assert "several networks" in said
    assert "sessions 40" in said
    monkeypatch.setattr(network, "network_addresses", lambda: ())
    assert "in no network" in "\n".join(announcement(options()))
    said = "\n".join(announcement(options("--address", "127.0.0.1")))
    assert "Only this machine can open the page: http://127.0.0.1:8501" in said
    assert "everybody" not in said


@pytest.mark.parametrize(("option", "slip"), [("--port", "0"), ("--sessions", "none"), ("--work", "1e8")])
def test_a_slip_in_an_option_is_said(option: str, slip: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["serve", option, slip])
    assert end.value.code == WRONG
    assert f"{slip!r} is not allowed; it must be a whole number from" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert main(["serve", "--address", "127.0.0.1", "--port", port]) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"dnn: port {port} is taken")


# a real server


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with one place, which only this machine can reach."""
    log = tmp_path_factory.mktemp("serve") / "log"
    port, environment = free_port(), os.environ | {"STREAMLIT_SERVER_HEADLESS": "true", PROXIES: "127.0.0.1"}
    words = ["serve", "--address", "127.0.0.1", "--port", str(port), "--sessions", "1"]
    with served(port, ROOT, environment, log, *words) as address:
        yield address
    said = log.read_text()
    assert f"Only this machine can open the page: {address}" in said
    assert "Traceback" not in said, said


class Browser:
    """A visitor with cookies of their own."""

    def __init__(self, url: str) -> None:
        self.url, self.jar = url, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def page(self) -> tuple[int, str]:
        """The status and the text of the page."""
        request = urllib.request.Request(self.url, headers={"Accept": "text/html"})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def session(self) -> ClientConnection:
        """The socket of Streamlit's page."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)
        address = self.url.replace("http", "ws") + "/_stcore/stream"
        return connect(
            address,
            additional_headers={"Cookie": cookies},
            subprotocols=["streamlit"],
            proxy=None,  # type: ignore[list-item]
        )


@pytest.mark.slow
def test_a_visitor_beyond_the_limit_gets_the_friendly_page(url: str) -> None:
    first, second = Browser(url), Browser(url)
    status, text = first.page()
    assert status == 200
    assert "All places are taken" not in text
    with first.session():
        status, text = second.page()
        assert status == 503
        assert "All places are taken" in text
        assert "位置已满" in text
        assert '<meta http-equiv="refresh"' in text
        with pytest.raises(InvalidStatus):
            second.session()
        assert first.page()[0] == 200  # a reload keeps the place
        found = ask(url)  # what `dnn serve --check` does
    assert (found.is_playground, found.socket) == (True, 403)


@pytest.mark.slow
def test_a_proxy_in_front_of_the_real_server_is_believed_under_its_own_address(url: str) -> None:
    """Not under that of the visitor, which the server underneath would take from the proxy before the page sees it."""
    of_page = {"Referer": "https://dnn.school.example/", "X-Forwarded-For": "203.0.113.9"}
    assert not is_misdirected(url, of_page | {"X-Forwarded-Host": "dnn.school.example"})
    assert is_misdirected(url, of_page)
    assert is_misdirected(url, of_page | {"X-Forwarded-Host": "other.example"})


def is_misdirected(url: str, headers: dict[str, str]) -> bool:
    """Whether the page is told that it has another name; else it is served, or waits until there is a place."""
    request = urllib.request.Request(url + FIRST_QUESTION, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30):
            return False
    except urllib.error.HTTPError as error:
        with error:
            return {MISDIRECTED: True, 503: False}[error.code]
