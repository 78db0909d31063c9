"""How many sessions the server has at once, and how long a request may take: two layers around all that it serves.

Whoever comes when all places are taken gets a page that says so and tries again by itself.
"""

from __future__ import annotations

import asyncio
import textwrap
from html import escape

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Part

from dnn.hosting.limits import most
from dnn.hosting.places import Places
from dnn.messages import Message
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.security import FIRST_QUESTION, STREAM

RETRY = 10  # seconds between two attempts of the page that waits
COOKIE = "dnn_place"
OWN_SITE = "SameSite=Lax"
IN_A_FRAME = "SameSite=None; Secure; Partitioned"  # what a browser keeps of a page in a frame of another site
TRY_AGAIN_LATER = 1013  # close code
FULL = Message("All places are taken")

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{retry}"><meta name="color-scheme" content="light dark"><title>{title}</title>
<style>
body {{ font: 1.125rem/1.6 system-ui, sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0;
  padding: 1.5rem; box-sizing: border-box; background: light-dark(#fcfbf8, #16191b);
  color: light-dark(#23282b, #e8e5de); }}
section {{ max-width: 34rem; }} h1 {{ font-size: 1.5rem; }}
</style></head><body><main>{sections}</main></body></html>
"""


class VisitorLimit:
    """It lets in as many sessions as the server's limit allows."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        limit = most("sessions")
        self.places = None if limit is None else Places(limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what has a place or needs none."""
        if self.places is None or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), scope["path"]
        name = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        if scope["type"] == "websocket" and path.endswith(STREAM):
            await self._session(self.places, name, scope, receive, send)
        elif scope["type"] == "http" and path.endswith(FIRST_QUESTION) and not self.places.has_room(name):
            # its page had been let in, and tries again while it shows this
            await JSONResponse(_texts(self.places.most), 503)(scope, receive, send)
        elif scope["type"] == "http" and _is_page(scope["method"], path, headers):
            kept = IN_A_FRAME if headers.get("sec-fetch-dest") == "iframe" else OWN_SITE
            await self._page(self.places, name, kept, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, places: Places, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        taken = places.take(name)
        if taken is None:
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        try:
            await self.app(scope, receive, send)
        finally:
            places.leave(taken)

    async def _page(self, places: Places, name: str, kept: str, scope: Scope, receive: Receive, send: Send) -> None:
        reserved = places.reserve(name)
        if reserved is None:
            await full_page(places.most)(scope, receive, send)
            return

        async def send_with_name(message: Part) -> None:
            if message["type"] == "http.response.start" and reserved != name:
                cookie = f"{COOKIE}={reserved}; Path=/; HttpOnly; {kept}"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_name)


def _is_page(method: str, path: str, headers: Headers) -> bool:
    """Whether a browser asks for the page itself, and not for a script, a picture or a file to keep."""
    is_file = "." in path.rpartition("/")[2] or "/_stcore/" in path
    return method == "GET" and "text/html" in headers.get("accept", "") and not is_file


def full_page(most: int) -> Response:
    """The page for one who comes when all ``most`` places are taken, in every language; it loads itself again."""
    sections = "".join(
        f'<section lang="{language.locale}"><h1>{escape(translated(FULL, name))}</h1>'
        f"<p>{escape(translated(_wait(most), name))}</p></section>"
        for name, language in LANGUAGES.items()
    )
    content = PAGE.format(retry=RETRY, title=escape(FULL), sections=sections)
    return HTMLResponse(content, 503, {"Retry-After": str(RETRY), "Cache-Control": "no-store"})


def _texts(most: int) -> str:
    """The same as text, in lines as short as the box in which Streamlit's script shows it."""
    texts = (translated(text, name) for name in LANGUAGES for text in (FULL, _wait(most)))
    return "\n".join(textwrap.fill(text, 44 if text.isascii() else 22) for text in texts)


def _wait(most: int) -> Message:
    return Message(
        "This playground can have {count} pages open at once, and all of them are in use. You need do nothing: this "
        "page tries again every {seconds} seconds.",
        count=most,
        seconds=RETRY,
    )


class RequestTime:
    """It ends a request that takes longer than the server's limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.seconds = most("seconds")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, and answer it if its time is over; an answer that has begun is cut off."""
        has_begun = False

        async def noted(message: Part) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            async with asyncio.timeout(self.seconds if scope["type"] == "http" else None) as limit:
                await self.app(scope, receive, noted)
        except TimeoutError:
            if not limit.expired():
                raise
            if not has_begun:
                text = f"This took longer than {self.seconds} seconds, the limit of this server."
                await PlainTextResponse(text, 503)(scope, receive, send)


LIMITS = [Middleware(RequestTime), Middleware(VisitorLimit)]
