"""Who can open the page: only this machine, or its network too, and at which address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from dnn.hosting.network import ANY, is_loopback, network_address
from dnn.messages import Message

ONLY_HERE = Message(
    "Only this machine can open this link. To let pupils in, stop the page and start it with "
    "`make serve` or `dnn serve`: everybody in the same network can then open it, "
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
