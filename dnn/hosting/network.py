"""Where a server can be reached: this machine's addresses in its networks, and whether a port is free."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from ipaddress import ip_address

ANY = ("", "0.0.0.0", "::")  # listening addresses that mean every network of this machine
# An address reserved for documentation (RFC 5737), which the default route leads to, and one in each range of private
# networks (RFC 1918): a machine in two networks has a route of its own to each.
ELSEWHERE = ("192.0.2.1", "192.168.255.254", "172.31.255.254", "10.255.255.254")


def is_loopback(host: str) -> bool:
    """Whether ``host`` is the machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def network_address() -> str:
    """Return this machine's address in its network, or "". Nothing is sent."""
    return _address_towards(ELSEWHERE[0])


def network_addresses() -> tuple[str, ...]:
    """Return this machine's IPv4 addresses in its networks, the default route's first. Nothing is sent."""
    found = [_address_towards(other) for other in ELSEWHERE]
    with contextlib.suppress(OSError):  # its own name leads nowhere
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return tuple(dict.fromkeys(host for host in found if host and not is_loopback(host)))


def _address_towards(other: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((other, 9))  # of a datagram socket: it only selects the route of packets
        except OSError:
            return ""
        host = str(probe.getsockname()[0])
    return "" if is_loopback(host) or ip_address(host).is_unspecified else host


def addresses(listens: str, port: int) -> tuple[str, ...]:
    """Return the web addresses that pupils can type for a server that ``listens`` there; none if only it can."""
    if is_loopback(listens):
        return ()
    hosts = network_addresses() if listens in ANY else (listens,)
    return tuple(f"http://{f'[{host}]' if ':' in host else host}:{port}" for host in hosts)


def check_free(address: str, port: int) -> None:
    """Raise OSError, with a sentence, if no server can listen there now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # a server that has just ended does not hold the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            reasons = {
                errno.EADDRINUSE: f"port {port} is taken: end what uses it, or choose another one with --port",
                errno.EACCES: f"port {port} is not for everybody: choose one from 1024 with --port",
                errno.EADDRNOTAVAIL: f"{address} is no address of this machine: leave out --address",
            }
            raise OSError(reasons.get(error.errno or 0, f"{address}, port {port}: {error}")) from None
