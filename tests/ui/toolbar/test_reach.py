"""The address that a teacher gives to pupils is one that they can open, or the page says why not."""

import ipaddress

import pytest

from dnn.hosting.network import is_loopback, network_address
from dnn.ui.toolbar.reach import ONLY_HERE, reach


@pytest.mark.parametrize("url", ["http://127.0.0.1:8501/", "http://localhost:8501/playground", "http://[::1]:8501/"])
@pytest.mark.parametrize("listens", ["localhost", "127.0.0.1", "::1"])
def test_a_page_that_only_this_machine_can_open_says_so(url: str, listens: str) -> None:
    place = reach(url, listens)
    assert place.url == url
    assert place.note == ONLY_HERE
    assert "`dnn serve`" in str(place.note)


@pytest.mark.parametrize("listens", [None, "", "0.0.0.0", "::"])
def test_where_the_network_can_open_it_the_link_has_this_machines_address_there(listens: str | None) -> None:
    place = reach("http://localhost:8501/playground", listens)
    if address := network_address():
        assert place.url == f"http://{address}:8501/playground"
        assert place.note is None
        assert not ipaddress.ip_address(address).is_loopback
    else:
        assert place.url == "http://localhost:8501/playground"
        assert place.note is not None


@pytest.mark.parametrize("url", ["http://192.168.1.7:8501/", "https://play.example.org/dnn/", "http://teacher.local/"])
def test_a_page_that_others_see_keeps_its_address(url: str) -> None:
    assert reach(url, "localhost").url == url  # a proxy on the same machine hands it on
    assert reach(url, "localhost").note is None
    assert reach(url, "0.0.0.0").url == url


def test_which_hosts_are_the_machine_itself() -> None:
    assert [is_loopback(host) for host in ("localhost", "127.8.0.1", "::1", "a.localhost")] == [True] * 4
    assert [is_loopback(host) for host in ("10.0.0.1", "localhost.example.org", "")] == [False] * 3
