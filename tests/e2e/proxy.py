"""A proxy that gives the server another name, as nginx does where nothing is set."""

import contextlib
import re
import socket
import socketserver
import threading
from collections.abc import Iterator


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
