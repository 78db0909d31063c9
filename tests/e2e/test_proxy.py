"""The page under a proxy's name: it plays where a setting names the proxy, and else says which setting is missing."""

import contextlib
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from dnn.ui.security import LIVE_SOCKET
from tests.e2e.conftest import free_port, start_server
from tests.e2e.playground import PANEL

WAIT = 30_000


def pipe(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


class PassOn(socketserver.BaseRequestHandler):
    """One request, in which the Host header becomes another name, as nginx has it; then whatever follows."""

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (data := self.request.recv(65_536)):
                return
            head += data
        head = re.sub(rb"(?im)^host: .*\r$", b"Host: backend.example:8501\r", head)
        if b"upgrade: websocket" not in head.lower():  # one request for each connection
            head = re.sub(rb"(?im)^connection: .*\r$", b"Connection: close\r", head)
        assert isinstance(self.server, Proxy)
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.server.behind)) as behind:
            behind.sendall(head)
            threading.Thread(target=pipe, args=(self.request, behind), daemon=True).start()
            pipe(behind, self.request)


class Proxy(socketserver.ThreadingTCPServer):
    """It passes requests on to the port ``behind``."""

    daemon_threads = True

    def __init__(self, behind: int) -> None:
        super().__init__(("127.0.0.1", 0), PassOn)
        self.behind = behind
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def serving(behind: int) -> Iterator[str]:
    """The address of a proxy before the port ``behind``."""
    with Proxy(behind) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        try:
            yield proxy.address
        finally:
            proxy.shutdown()
            thread.join()


def test_behind_a_proxy_it_plays_where_a_setting_says_so_and_else_says_why_not(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url) if socket.url.endswith(LIVE_SOCKET) else None)
    with serving(port) as trusted, serving(port) as other:
        monkeypatch.setenv("DNN_TRUSTED_ORIGINS", trusted)
        process = start_server(port, tmp_path / "log")
        try:
            page.goto(trusted)
            expect(page.locator(PANEL)).to_have_attribute("data-state", "playing", timeout=WAIT)
            assert [urlsplit(url).netloc for url in opened] == [urlsplit(trusted).netloc]
            page.goto(other)
            notice = page.locator(".dnn-notice").first
            expect(notice).to_contain_text(f"DNN_TRUSTED_ORIGINS={other}", timeout=WAIT)
            page.wait_for_timeout(2000)  # it would have been opened again four times
            assert [urlsplit(url).netloc for url in opened[1:]] == [urlsplit(other).netloc]
        finally:
            process.kill()
            process.wait()
