"""What browsers are told that a page may load, keep and be shown in."""

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dnn.hosting.serve import ANCESTORS
from dnn.ui.security import MIDDLEWARE
from tests.ui.security.served import PLACES


class Scripts(HTMLParser):
    """The texts of the scripts within a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.texts = False, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and not dict(attrs).get("src")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append(data)
            self.inside = False


def policy(client: TestClient, path: str = "/") -> dict[str, list[str]]:
    text = client.get(path).headers["content-security-policy"]
    return {name: sources for name, *sources in (directive.split() for directive in text.split(";"))}


@pytest.mark.parametrize("path", ["/", "/nowhere", "/live/static/panel.js", "/_stcore/host-config"])
def test_every_answer_forbids_what_comes_from_elsewhere(client: TestClient, path: str) -> None:
    sources = policy(client, path)
    assert sources["default-src"] == ["'none'"]
    assert sources["frame-ancestors"] == sources["base-uri"] == ["'self'"]
    own = ("'self'", "data:", "blob:", "'unsafe-inline'", "'none'")
    assert all(each in own or each.startswith("'sha256-") for listed in sources.values() for each in listed)
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & {*sources["script-src"]}
    assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_what_is_for_one_visitor_is_for_no_cache_on_the_way(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "private"
    assert client.get("/ui/live/static/panel.js").headers["cache-control"] == "public, max-age=0"


def test_scripts_within_streamlits_page_may_run_as_they_are(client: TestClient) -> None:
    parser = Scripts()
    parser.feed((Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))
    assert parser.texts
    for text in parser.texts:
        hashed = b64encode(sha256(text.encode()).digest()).decode()
        assert f"'sha256-{hashed}'" in policy(client)["script-src"]


def test_a_setting_lets_other_pages_show_this_one_in_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ANCESTORS, "https://lms.school.example https://*.other.example:8443")
    client = TestClient(Starlette(routes=PLACES, middleware=MIDDLEWARE))
    ancestors = ["'self'", "https://lms.school.example", "https://*.other.example:8443"]
    assert policy(client)["frame-ancestors"] == ancestors
