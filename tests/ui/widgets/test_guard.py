"""What fails in a part of the page is shown there as a message, and all else goes on."""

import logging
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from dnn.errors import InvalidData
from dnn.ui.widgets import guard


def parts_that_fail() -> None:
    import streamlit as st

    from dnn.errors import InvalidData
    from dnn.ui.widgets import guard

    def divide() -> None:
        st.caption(f"{1 / st.session_state.get('by', 0)}")

    def refuse() -> None:
        raise InvalidData("Too *few* rows.")

    @guard.fragment
    def first() -> None:
        st.text("before")
        divide()

    first()
    st.text("after")
    with guard.guard():
        st.button("divide", on_click=guard.callback(divide))
        st.button("refuse", on_click=guard.callback(refuse))


def logged(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name == guard.__name__]


@pytest.fixture
def app(caplog: pytest.LogCaptureFixture) -> Iterator[AppTest]:
    app = AppTest.from_function(parts_that_fail)
    app.session_state["by"] = 1
    app.run()
    assert not app.error
    assert not logged(caplog)
    yield app
    assert not app.exception
    assert [text.value for text in app.text] == ["before", "after"]


def messages(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]


def test_a_part_that_fails_shows_a_message_and_the_log_has_the_traceback(
    app: AppTest, caplog: pytest.LogCaptureFixture
) -> None:
    app.session_state["by"] = 0
    app.run()
    assert messages(app) == [guard.UNEXPECTED]
    (record,) = logged(caplog)
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError
    app.session_state["by"] = 1
    app.run()
    assert not app.error


def test_a_callback_that_fails_shows_its_message_once(app: AppTest) -> None:
    app.button[1].click().run()
    assert messages(app) == [str(InvalidData("Too *few* rows."))]
    app.run()
    assert not app.error


def test_a_callback_that_fails_unexpectedly_shows_no_traceback(app: AppTest, caplog: pytest.LogCaptureFixture) -> None:
    app.session_state["by"] = 0
    app.button[0].click().run()
    assert set(messages(app)) == {guard.UNEXPECTED}
    assert [record.exc_info is not None for record in logged(caplog)] == [True, True]  # the callback, and the drawing


def parts_of_a_script_that_is_stopped() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from dnn.ui.widgets import guard

    def fail() -> None:
        """As when a newer script, for which this one is stopped, changes the state that Streamlit goes through here."""
        if context := get_script_run_ctx():
            context.script_requests.request_stop()
        state = {"old": 1}
        for key in state:
            state[f"{key}er"] = 2

    st.button("fail", on_click=guard.callback(fail))
    with guard.guard():
        if st.toggle("fail in a part"):
            fail()
    st.text("after")


@pytest.mark.parametrize("kind", ["callback", "part"])
def test_an_error_of_a_script_that_streamlit_has_stopped_is_neither_shown_nor_logged(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = AppTest.from_function(parts_of_a_script_that_is_stopped).run()
    assert app.text[0].value == "after"
    (app.button[0].click() if kind == "callback" else app.toggle[0].set_value(True)).run()
    assert not app.text
    assert not app.error
    assert not app.exception
    assert not logged(caplog)
