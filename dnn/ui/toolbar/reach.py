"""Who can open the page: only this machine, or its network too, and at which address."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from dnn.messages import Message

ANY = ("", "0.0.0.0", "::")  # listening addresses that mean every network of this machine
ELSEWHERE = "192.0.2.1"  # an address reserved for documentation (RFC 5737)
ONLY_HERE = Message(
    "Only this machine can open this link. To let pupils in, stop the page and start it with "
    "`streamlit run app.py --server.address 0.0.0.0`: everybody in the same network can then open it, "
    "and the link will show this machine's address there."
)
NO_NETWORK = Message("Only this machine can open this link: it is in no network at the moment.")


@dataclass(frozen=True)
class Reach:
    """The ``url`` of the page for others, and a ``note`` if they cannot open it."""

    url: str
    note: Message | None = None


def reach(url: str, listens: str | None) -> Reach:
    """Return how others open the page at ``url`` of a server that ``listens`` at this address."""
    parts = urlsplit(url)
    if not is_loopback(parts.hostname or ""):
        return Reach(url)
    if (listens or "") not in ANY:
        return Reach(url, ONLY_HERE)
    if not (address := network_address()):
        return Reach(url, NO_NETWORK)
    port = f":{parts.port}" if parts.port else ""
    return Reach(parts._replace(netloc=f"{address}{port}").geturl())


def is_loopback(host: str) -> bool:
    """Whether ``host`` is the machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def network_address() -> str:
    """Return this machine's address in its network, or "". Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((ELSEWHERE, 9))  # of a datagram socket: it only selects the route of packets
        except OSError:
            return ""
        host = str(probe.getsockname()[0])
    return "" if is_loopback(host) else host
