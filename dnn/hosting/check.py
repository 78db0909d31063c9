"""`dnn serve --check`: what could keep a class from opening the page, found before the class is there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from dnn.classroom.classroom import new_code
from dnn.classroom.open_store import VARIABLE, open_store
from dnn.errors import ClassUnreachable
from dnn.hosting import memory, proxy
from dnn.hosting.network import ANY, addresses, check_free, is_loopback
from dnn.hosting.page_process import LacksPackages, check_packages

Level = Literal["ok", "warning", "problem"]
SKEW = 60.0  # seconds that two clocks may differ
UFW, FIREWALLD = Path("etc/ufw/ufw.conf"), Path("run/firewalld")


@dataclass(frozen=True)
class Line:
    """What was found about one ``topic``, and what to ``do`` about it."""

    level: Level
    topic: str
    found: str
    do: str = ""

    def __str__(self) -> str:
        return f"{self.level:8} {self.topic}: {self.found}" + (f"\n{'':9}{self.do}" if self.do else "")


def check(address: str, port: int, sessions: int, url: str | None = None) -> Iterator[Line]:
    """Look at all that a class needs; ``url`` is the page's address behind a server in front of it, if there is one."""
    yield packages()
    yield from listening(address, port)
    if not is_loopback(address):
        yield firewall(port)
    date = None
    if url:
        found = proxy.ask(url)
        date = found.date
        yield from proxy_lines(url, found)
    yield classes()
    yield clock(time.time(), newest_file(), date)
    yield room(sessions, memory.available())


def packages() -> Line:
    """Whether what the page needs is installed."""
    try:
        check_packages()
    except LacksPackages as error:
        return Line("problem", "packages", str(error))
    if find_spec("segno") is None:
        return Line("warning", "packages", "no QR codes on the page, segno is missing", "Run: pip install segno")
    return Line("ok", "packages", "all that the page needs is installed")


def listening(address: str, port: int) -> Iterator[Line]:
    """Whether the port is free, and who can reach it."""
    try:
        check_free(address, port)
        yield Line("ok", "port", f"{port} is free")
    except OSError as error:
        host = "127.0.0.1" if address in ANY else address
        if proxy.ask(f"http://{f'[{host}]' if ':' in host else host}:{port}").is_playground:
            yield Line("ok", "port", f"a playground listens on {port} already")
        else:
            yield Line("problem", "port", str(error))
    found = addresses(address, port)
    if found:
        yield Line("ok", "address", f"pupils type {' or '.join(found)}")
    elif is_loopback(address):
        yield Line("warning", "address", f"{address} is this machine alone", "For a class leave out --address.")
    else:
        yield Line("problem", "address", "this machine is in no network", "Connect it to the network of the pupils.")


def firewall(port: int, platform: str = sys.platform, root: Path = Path("/")) -> Line:
    """What is known of a firewall. Its rules are for administrators to read, so this can only give hints."""
    if platform == "win32":
        do = "When Windows asks whether Python may be reached, allow private networks; the class's must be one."
        return Line("warning", "firewall", "Windows lets nobody in without being told to", do)
    if platform == "darwin":
        do = "If it is on (System Settings, Network, Firewall), allow Python to accept incoming connections."
        return Line("warning", "firewall", "not known whether that of macOS is on", do)
    if _ufw_is_on(root / UFW):
        return Line("warning", "firewall", "ufw is on", f"If pupils see nothing: sudo ufw allow {port}/tcp")
    if (root / FIREWALLD).exists():
        do = f"If pupils see nothing: sudo firewall-cmd --add-port={port}/tcp"
        return Line("warning", "firewall", "firewalld is on", do)
    do = "Others, and Wi-Fi that keeps its devices apart, do not show here: try the address on one pupil's device."
    return Line("ok", "firewall", "neither ufw nor firewalld is on", do)


def _ufw_is_on(settings: Path) -> bool:
    try:
        return "enabled=yes" in settings.read_text(encoding="utf-8").lower().replace(" ", "").splitlines()
    except (OSError, UnicodeDecodeError):
        return False


def proxy_lines(url: str, found: proxy.Answer) -> Iterator[Line]:
    """What the server in front of the page lets through."""
    if not found.is_playground:
        do = "Start `dnn serve` and the server in front of it, and check again with the address that pupils type."
        yield Line("problem", "proxy", f"no playground answers at {url}: {found.said}", do)
        return
    yield Line("ok", "proxy", f"the playground answers at {url}")
    if found.socket == 101:
        yield Line("ok", "WebSocket", "it comes through")
    elif found.socket == 403:
        do = f"Start the page with DNN_TRUSTED_ORIGINS={proxy.origin(url)}, or let the proxy pass on the Host header."
        yield Line("problem", "WebSocket", "refused: the page does not know this address, or is full", do)
    else:
        do = "The proxy must speak HTTP/1.1 to the page and pass on the headers Upgrade and Connection."
        yield Line("problem", "WebSocket", f"it does not come through ({found.socket or found.said})", do)


def classes() -> Line:
    """Where the classes are kept, and whether that place answers."""
    if not os.environ.get(VARIABLE, "").strip():
        do = f"Where several processes serve the page, set {VARIABLE} to the address of a Redis."
        return Line("ok", "classes", "kept in the memory of one process", do)
    try:
        open_store().find(new_code())
    except ClassUnreachable as error:
        return Line("problem", "classes", str(error), f"Start Redis, or mend or leave out {VARIABLE}.")
    return Line("ok", "classes", f"kept in the Redis of {VARIABLE}, which answers")


def newest_file() -> float:
    """When the newest file of this package was written, in seconds since 1970."""
    return max(path.stat().st_mtime for path in Path(__file__).parents[1].rglob("*.py"))


def clock(now: float, newest: float, other: float | None) -> Line:
    """Whether the clock is right, as far as files and the ``other`` server's clock tell; in seconds since 1970."""
    do = "Set it, or let the system do so: browsers refuse cookies and certificates at a wrong time."
    if now < newest - SKEW:
        return Line("problem", "clock", f"{time.ctime(now)} is before these files were written", do)
    if other is not None and abs(now - other) > SKEW:
        return Line("warning", "clock", f"{abs(now - other):.0f} seconds away from the other server's", do)
    return Line("ok", "clock", time.ctime(now))


def room(sessions: int, available: int | None) -> Line:
    """Whether ``available`` bytes of memory suffice for this number of ``sessions``."""
    needed = memory.needed(sessions)
    if available is None:
        return Line(
            "warning", "memory", f"{sessions} sessions need about {_gb(needed)}; what is free is not known here"
        )
    words = f"{sessions} sessions need about {_gb(needed)}, and {_gb(available)} are free"
    if needed > available:
        do = f"It is enough for --sessions {memory.sessions_in(available)}; end other programs for more."
        return Line("problem", "memory", words, do if memory.sessions_in(available) else "End other programs.")
    processors = os.cpu_count() or 1
    return Line("ok", "memory", f"{words}; {processors} processors")


def _gb(size: float) -> str:
    return f"{size / 1e9:.1f} GB"
