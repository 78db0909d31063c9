"""Who may talk to the server, and what its pages may load: two layers around all that it serves.

Two settings, as environment variables, say what this module cannot know:

    DNN_TRUSTED_ORIGINS   addresses under which the page is reached beside its own, ``https://dnn.school.example``;
                          needed behind a proxy that puts another name into the Host header
    DNN_FRAME_ANCESTORS   pages that may show this one in a frame, beside its own: ``https://lms.school.example``

Several are parted by blanks or commas.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dnn.hosting.serve import ANCESTORS
from dnn.ui.forwarded import Forwarded

TRUSTED = "DNN_TRUSTED_ORIGINS"
ORIGIN = re.compile(r"https?://([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?", re.IGNORECASE | re.ASCII)

# Streamlit trusts pages of this machine by itself. Any other it would look up with a service on the internet, which
# takes up to a second each time, and nobody is served meanwhile.
LOOPBACK = ("localhost", "127.0.0.1", "0.0.0.0")
POLICY_VIOLATION = 1008  # close code
MOST_MESSAGES = 500  # a second on one socket: a panel asks for a frame, and moves something, at each of 144 pictures
MOST_AT_ONCE = 500  # of them without a pause
MISDIRECTED = 421  # status of a request that reached a server which does not know the name it was sent to
LIVE_SOCKET = "/live/socket"
STREAM = "/_stcore/stream"  # Streamlit's socket: one for each session
READING = ("GET", "HEAD", "OPTIONS")  # methods that change nothing
FIRST_QUESTION = "/_stcore/host-config"  # what Streamlit's script asks for before it opens its socket

# What Streamlit, Plotly and our own scripts need, and nothing else; frame-ancestors and the hashes of Streamlit's
# scripts within its page are added where the server starts.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob:",  # components of Streamlit come as blobs
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data:",  # pictures are read back from their own text when they are exported
    "base-uri": "'self'",
    "form-action": "'self'",
}


def listed_origins(name: str) -> tuple[str, ...]:
    """The origins that the environment variable ``name`` lists. Raises ValueError for what is none."""
    origins = tuple(origin.rstrip("/").lower() for origin in re.split(r"[\s,]+", os.environ.get(name, "")) if origin)
    for origin in origins:
        any_below = name == ANCESTORS  # browsers read *.school.example as any host below it
        if not ORIGIN.fullmatch(origin.replace("://*.", "://", any_below)):
            raise ValueError(f"{name}: {origin!r} is not an origin such as https://school.example or http://host:8501")
    return origins


def is_trusted(origin: str | None, host: str | None) -> bool:
    """Whether a page of ``origin`` may open a socket to the server that it called ``host``.

    A page of the server itself may, and one that ``DNN_TRUSTED_ORIGINS``, ``server.corsAllowedOrigins`` or
    ``browser.serverAddress`` names; with ``server.enableCORS`` off any may. Programs send no origin.
    """
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    try:
        page = urlsplit(origin.lower())
        name = page.hostname
    except ValueError:
        return False
    if not page.netloc or "@" in page.netloc:
        return False
    own = page.netloc == (host or "").lower()
    return own or f"{page.scheme}://{page.netloc}" in listed_origins(TRUSTED) or (name or "") in _known_names()


def _known_names() -> Iterator[str]:
    """The names of hosts in Streamlit's own settings, compared as Streamlit does: without their ports."""
    yield from (_name(origin) for origin in st.get_option("server.corsAllowedOrigins"))
    if config.is_manually_set("browser.serverAddress"):
        yield _name(st.get_option("browser.serverAddress"))


def _name(address: str) -> str:
    address = address.strip()
    return urlsplit(address if "//" in address else f"//{address}").hostname or ""


class Rates:
    """It reads no more messages a second from a socket than a page sends at most; those that come faster wait."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on all, the messages of a socket at their rate."""
        due = 0.0  # when the messages so far would have come at this rate

        async def receive_slowly() -> Message:
            nonlocal due
            message = await receive()
            now = time.monotonic()
            due = max(due, now - MOST_AT_ONCE / MOST_MESSAGES) + 1 / MOST_MESSAGES
            if due > now:
                await asyncio.sleep(due - now)
            return message

        await self.app(scope, receive_slowly if scope["type"] == "websocket" else receive, send)


class Origins:
    """It refuses pages of other origins before Streamlit sees them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        listed_origins(TRUSTED)  # a slip there is said when the server starts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, of trusted pages without its origin: nothing is left to be looked up."""
        answer: Response | None = None
        # the live view's own socket refuses in its own words
        if scope["type"] == "websocket" and not scope["path"].endswith(LIVE_SOCKET):
            headers = Headers(scope=scope)
            origin, host = headers.get("origin"), headers.get("host")
            if is_trusted(origin, host):
                scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"origin"]}
            elif not _is_loopback(origin):
                await receive()
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return
        elif scope["type"] == "http" and scope["path"].endswith(FIRST_QUESTION):
            answer = _misdirected(Headers(scope=scope))
        elif scope["type"] == "http" and scope["method"] not in READING:
            answer = _refused(Headers(scope=scope))
        await (answer or self.app)(scope, receive, send)


def _is_loopback(origin: str | None) -> bool:
    try:
        return urlsplit(origin or "").hostname in LOOPBACK
    except ValueError:
        return False


def _refused(headers: Headers) -> Response | None:
    """The answer to a page of another origin that uploads a file; None where it may."""
    origin = headers.get("origin")
    if is_trusted(origin, headers.get("host")) or _is_loopback(origin):
        return None
    return PlainTextResponse(f"A page of another origin may not do this; the setting {TRUSTED} allows it.", 403)


def _misdirected(headers: Headers) -> JSONResponse | None:
    """What a page is told that came through a proxy under a name which the server does not trust.

    Its sockets would be refused. Streamlit's script shows the text of a JSON answer while it tries again.
    """
    referrer, host = headers.get("referer"), headers.get("host")
    if not referrer or is_trusted(referrer, host) or _is_loopback(referrer):
        return None
    page = urlsplit(referrer)
    origin = f"{page.scheme}://{page.netloc}"
    return JSONResponse(
        f"This page is at {origin}, but the server was asked as {host} and trusts no other name. Whoever runs it can "
        f"start it with {TRUSTED}={origin} in its environment, or let the proxy pass on the Host header.",
        MISDIRECTED,
    )


def inline_scripts() -> tuple[str, ...]:
    """The hashes of the scripts that stand in Streamlit's own page, as a policy writes them."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return tuple(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


class SafeHeaders:
    """It tells browsers that a page loads nothing from elsewhere, and who may show it in a frame."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        ancestors = " ".join(("'self'", *listed_origins(ANCESTORS)))
        scripts = " ".join((POLICY["script-src"], *inline_scripts()))
        policy = POLICY | {"script-src": scripts, "frame-ancestors": ancestors}
        self.policy = "; ".join(f"{directive} {sources}" for directive, sources in policy.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every answer."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers.setdefault("Cache-Control", "private")  # a file of one visitor is for no cache on the way
            await send(message)

        await self.app(scope, receive, send_safely if scope["type"] == "http" else send)


MIDDLEWARE = [Middleware(Forwarded), Middleware(SafeHeaders), Middleware(Rates), Middleware(Origins)]
