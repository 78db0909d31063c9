"""What a proxy in front of the server says about a request, believed only of proxies that a setting names.

The environment variable ``DNN_TRUSTED_PROXIES`` lists their addresses or networks, parted by blanks or commas:
``127.0.0.1, 10.0.0.0/8``. A request from there is treated as one to the host in ``X-Forwarded-Host`` with the scheme in
``X-Forwarded-Proto``. From anywhere else these headers are dropped, because anybody can send them.

Redirections name a path alone: of several proxies in a row none knows for sure how the browser reached the first one.
"""

from __future__ import annotations

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PROXIES = "DNN_TRUSTED_PROXIES"
HOST = re.compile(r"([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?", re.IGNORECASE | re.ASCII)
OWN_PATH = re.compile(r"/(?![/\\])")
SOCKETS = {"http": "ws", "https": "wss"}  # schemes of sockets, by that of their page
FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-proto")


def trusted_proxies() -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks that ``DNN_TRUSTED_PROXIES`` lists. Raises ValueError for what is none."""
    try:
        return tuple(ip_network(text) for text in re.split(r"[\s,]+", os.environ.get(PROXIES, "")) if text)
    except ValueError as error:
        raise ValueError(f"{PROXIES}: {error}") from None


class Forwarded:
    """It replaces host and scheme by those that a trusted proxy was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.proxies = trusted_proxies()  # a slip there is said when the server starts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the request without the headers of proxies, and the answer with a path to be redirected to."""
        if scope["type"] in ("http", "websocket"):
            scope = self._as_asked(scope)

        async def send_path(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if place := _path_of(headers.get("location", ""), Headers(scope=scope).get("host", "")):
                    headers["location"] = place
            await send(message)

        await self.app(scope, receive, send_path if scope["type"] == "http" else send)

    def _as_asked(self, scope: Scope) -> Scope:
        headers = Headers(scope=scope)
        kept = [(name, value) for name, value in scope["headers"] if name not in FORWARDED]
        if not self._trusts(scope):
            return {**scope, "headers": kept}
        changes = {}
        # of several, the one that the nearest proxy has added: the others may come from anybody
        host, scheme = (_last(headers, f"x-forwarded-{name}") for name in ("host", "proto"))
        if HOST.fullmatch(host):
            kept = [(b"host", host.encode()), *((name, value) for name, value in kept if name != b"host")]
        if scheme in SOCKETS:
            changes["scheme"] = scheme if scope["type"] == "http" else SOCKETS[scheme]
        return {**scope, **changes, "headers": kept}

    def _trusts(self, scope: Scope) -> bool:
        """Whether the request comes from a trusted proxy."""
        if not self.proxies or not scope.get("client"):
            return False
        try:
            address = ip_address(scope["client"][0])
        except ValueError:
            return False
        return any(address in network for network in self.proxies)


def _path_of(location: str, host: str) -> str:
    """The path and the query of a ``location`` of this ``host``; "" where it has none that is safe alone."""
    parts = urlsplit(location)
    # a browser would take what follows two slashes for another host
    if parts.netloc != host or not host or not OWN_PATH.match(parts.path):
        return ""
    return parts._replace(scheme="", netloc="").geturl()


def _last(headers: Headers, name: str) -> str:
    values = headers.getlist(name)
    return values[-1].rpartition(",")[2].strip().lower() if values else ""
