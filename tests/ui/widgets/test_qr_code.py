"""A QR code stands where its package is installed; where it is not, the page says what to install."""

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from dnn.ui.toolbar.class_address import class_address, other_addresses
from dnn.ui.widgets.qr_code import LONGEST, qr_picture

URL = "http://192.168.1.7:8501/"


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    qr_picture.cache_clear()
    yield
    qr_picture.cache_clear()


def page(url: str = URL) -> AppTest:
    code = f"from dnn.ui.widgets.qr_code import qr_code\nqr_code({url!r})"
    at = AppTest.from_string(code, default_timeout=60).run()
    assert not at.exception
    return at


def test_the_code_is_that_of_the_address_with_a_margin() -> None:
    segno = pytest.importorskip("segno")
    (html,) = [each.proto.body for each in page().get("html")]
    assert f'alt="QR code of {URL}"' in html
    source = re.search(r'src="data:image/svg\+xml[^,]*,([^"]*)"', html)
    assert source
    svg = ET.fromstring(unquote(source[1]))
    modules = len(segno.make(URL, error="m", micro=False).matrix)
    assert int(svg.attrib["width"]) == modules + 2 * 4
    assert segno.make(URL, error="m", micro=False).designator.endswith("-M")


def test_without_its_package_the_page_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    at = page()
    assert [each.value for each in at.caption] == [
        "For a QR code here, whoever runs this server installs it once: `pip install segno`."
    ]
    assert not at.get("html")


def test_a_link_too_long_for_a_camera_has_none() -> None:
    assert "too long" in page(URL + LONGEST * "x").caption[0].value


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("http://192.168.1.7:8501/", "", "http://192.168.1.7:8501/"),
        ("http://192.168.1.7:8501/playground?data=xor#x", "", "http://192.168.1.7:8501/"),
        ("https://school.example/dnn/playground?data=xor", "dnn", "https://school.example/dnn"),
    ],
)
def test_the_class_address_is_that_of_the_first_page(url: str, base: str, expected: str) -> None:
    assert class_address(url, base) == expected


def test_further_addresses_are_told_only_where_the_server_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dnn.hosting.network.network_addresses", lambda: ("192.168.1.7", "10.0.0.5"))
    assert other_addresses("http://localhost:8501/", "0.0.0.0") == ("http://10.0.0.5:8501",)
    assert other_addresses("http://localhost:8501/", "localhost") == ()
    assert other_addresses("https://school.example/", "0.0.0.0") == ()


def test_the_dialog_has_the_address_in_large_letters_and_to_copy() -> None:
    code = "from dnn.ui.toolbar import class_address\nclass_address.DIALOG.body()"
    at = AppTest.from_string(code, default_timeout=60).run()
    assert not at.exception
    assert "dnn-class-address" in at.get("html")[0].proto.body
    assert len(at.get("bidi_component")) == 1  # the field with the button that copies
