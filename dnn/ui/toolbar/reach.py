"""Who can open the page: this machine only, or the machines of its network too, and at which address."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from dnn.messages import Message

ANY = ("", "0.0.0.0", "::")  # addresses to listen at that mean every network of this machine
ELSEWHERE = "192.0.2.1"  # an address kept for documentation (RFC 5737): no machine has it
ONLY_HERE = Message(
    "Only this machine can open this link. To let pupils in, stop the page and start it with "
    "`streamlit run app.py --server.address 0.0.0.0`: everybody in the same network can then open it, "
    "and the link will show this machine's address there."
)
NO_NETWORK = Message("Only this machine can open this link: it is in no network at the moment.")


@dataclass(frozen=True)
class Reach:
    """The ``url`` of the page for others, and a ``note`` where they cannot open it."""

    url: str
    note: Message | None = None


def reach(url: str, listens: str | None) -> Reach:
    """How others open the page that its visitor sees at ``url``, from a server that ``listens`` at this address."""
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
    """Whether a machine means itself by ``host``."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def network_address() -> str:
    """This machine's address in its network; empty where it is in none. Nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((ELSEWHERE, 9))  # of a datagram socket: it only chooses the way that packets would take
        except OSError:
            return ""
        found = str(probe.getsockname()[0])
    return "" if is_loopback(found) else found
