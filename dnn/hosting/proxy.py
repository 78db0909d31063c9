"""Ask a page at its address whether it is the playground, and whether its WebSocket comes through."""

from __future__ import annotations

import base64
import http.client
import os
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

PATIENCE = 5.0  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back: whether it is a playground, the status of its ``socket`` (101: open), its clock's ``date``."""

    is_playground: bool = False
    socket: int | None = None
    date: float | None = None  # seconds since 1970
    said: str = "nothing"


def origin(url: str) -> str:
    """The scheme, host and port of ``url``, as a browser names where a page is from."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def ask(url: str) -> Answer:
    """Ask the server at ``url`` for its health, and open a session's socket as a browser does."""
    base = urlsplit(url).path.rstrip("/")
    try:
        status, said, date = _get(url, f"{base}/_stcore/health", {})
        if status != 200 or said.strip() != "ok":
            return Answer(date=date, said=f"status {status}")
        key = base64.b64encode(os.urandom(16)).decode()
        headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": origin(url)}
        headers |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key, "Sec-WebSocket-Protocol": "streamlit"}
    except (OSError, http.client.HTTPException) as error:
        return Answer(said=str(error) or type(error).__name__)
    try:
        opened, _, _ = _get(url, f"{base}/_stcore/stream", headers)
    except (OSError, http.client.HTTPException) as error:
        return Answer(is_playground=True, date=date, said=str(error) or type(error).__name__)
    return Answer(is_playground=True, socket=opened, date=date, said=f"status {opened}")


def _get(url: str, path: str, headers: dict[str, str]) -> tuple[int, str, float | None]:
    """The status, the first characters of the text, and the server's clock. Raises OSError and HTTPException."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = "" if answer.status == 101 else answer.read(200).decode("utf-8", "replace")
        return answer.status, text, _seconds(answer.headers.get("Date"))
    finally:
        connection.close()


def _seconds(date: str | None) -> float | None:
    try:
        return parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return None
