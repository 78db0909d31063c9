"""The address bar, as the server sets it while the browser's own copy lags behind."""

from typing import Any

from streamlit.testing.v1 import AppTest


def page(words: dict[str, str]) -> None:
    """A page that writes ``words`` into the address, and shows what it sends to the browser."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from dnn.ui.visitor import address

    context = get_script_run_ctx()
    assert context
    sent: list[Any] = []
    enqueue = context._enqueue
    context._enqueue = lambda message: (sent.append(message), enqueue(message))[1]
    address.write(words)
    st.text(
        " ".join(message.page_info_changed.query_string for message in sent if message.HasField("page_info_changed"))
    )


def written(at: AppTest, rate: str, browser: str) -> str:
    """What the browser is sent for ``rate`` while it shows ``browser`` in its address."""
    at.query_params = {"rate": browser}
    at.args = ({"rate": rate},)
    at.run()
    assert not at.exception, at.exception
    text: str = at.text[0].value
    return text


def test_an_address_that_the_browser_still_shows_is_sent_again_after_another_one() -> None:
    at = AppTest.from_function(page, args=({},))
    assert written(at, "1", browser="1") == ""
    assert written(at, "3", browser="1") == "rate=3"
    assert written(at, "1", browser="1") == "rate=1"  # the browser has not read "3" yet; it would stay there
    assert written(at, "1", browser="3") == "rate=1"
    assert written(at, "1", browser="1") == ""
