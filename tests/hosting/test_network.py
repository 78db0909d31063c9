"""The addresses that pupils type, and whether a port is free."""

import socket

import pytest

from dnn.hosting import network
from dnn.hosting.network import addresses, check_free, is_loopback, network_address, network_addresses


def test_the_default_routes_address_comes_first_and_none_is_the_machines_own() -> None:
    found = network_addresses()
    assert found[:1] == ((network_address(),) if network_address() else found[:1])
    assert len(set(found)) == len(found)
    assert not any(is_loopback(host) for host in found)


@pytest.mark.parametrize(
    ("listens", "expected"),
    [
        ("127.0.0.1", ()),
        ("localhost", ()),
        ("::1", ()),
        ("192.168.1.7", ("http://192.168.1.7:8600",)),
        ("fd00::7", ("http://[fd00::7]:8600",)),
        ("dnn.school.example", ("http://dnn.school.example:8600",)),
    ],
)
def test_a_server_at_one_address_is_typed_as_that(listens: str, expected: tuple[str, ...]) -> None:
    assert addresses(listens, 8600) == expected


def test_a_server_in_every_network_has_an_address_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "network_addresses", lambda: ("192.168.1.7", "10.0.0.5"))
    assert addresses("0.0.0.0", 8501) == ("http://192.168.1.7:8501", "http://10.0.0.5:8501")


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(OSError, match=f"port {port} is taken: .* --port"):
            check_free("127.0.0.1", port)
    check_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(OSError, match=r"192\.0\.2\.1 is no address of this machine"):
        check_free("192.0.2.1", 8501)
