"""An upload field takes no more than its file may have and the server allows, and says which of the two it was."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dnn.hosting.limits import variable
from dnn.ui.sweep.results_files import MOST_MEGABYTES

SCRIPT = """
from dnn.ui.sweep.results_files import MOST_MEGABYTES
from dnn.ui.widgets.upload import upload
upload("Open results", "results", MOST_MEGABYTES, lambda: None)
"""


def field() -> tuple[int, str]:
    """The most megabytes that the browser accepts, and the sentence that it shows for a larger file."""
    at = AppTest.from_string(SCRIPT).run()
    assert not at.exception
    (uploader,) = at.get("file_uploader")
    (said,) = at.markdown
    return uploader.proto.max_upload_size_mb, said.value


@pytest.fixture
def streamlit_allows_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"server.maxUploadSize": 200}.get)


@pytest.mark.usefixtures("streamlit_allows_all")
def test_the_largest_file_of_its_kind_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    for server in ("", "50", "200"):
        monkeypatch.setenv(variable("upload"), server)
        most, said = field()
        assert most == MOST_MEGABYTES
        assert f"too large: {MOST_MEGABYTES} MB are allowed." in said


@pytest.mark.usefixtures("streamlit_allows_all")
def test_a_server_that_allows_less_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("upload"), "20")
    most, said = field()
    assert most == 20
    assert f"this server allows 20 MB. Whoever runs it can allow up to {MOST_MEGABYTES} MB." in said


def test_streamlits_own_limit_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variable("upload"), raising=False)
    monkeypatch.setattr(st, "get_option", {"server.maxUploadSize": 30}.get)
    most, said = field()
    assert most == 30
    assert "this server allows 30 MB." in said


def test_the_configuration_of_the_page_lets_the_largest_file_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variable("upload"), raising=False)
    assert field()[0] == MOST_MEGABYTES
