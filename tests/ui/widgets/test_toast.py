import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from dnn.ui.visitor import store
from dnn.ui.widgets.toast import toast_once
if "begun" not in st.session_state:
    st.session_state["begun"] = True
    store.put({"said": "Kept *one*."})
toast_once("said", ":material/shelves:")
"""


def interrupted(*said: object, **options: object) -> None:
    raise RuntimeError("the page runs again")


def test_a_message_is_shown_once() -> None:
    at = AppTest.from_string(SCRIPT).run()
    assert [toast.value for toast in at.toast] == [r"Kept \*one\*\."]
    assert not at.run().toast


def test_a_run_that_is_interrupted_leaves_the_message_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(st, "toast", interrupted)
        at = AppTest.from_string(SCRIPT).run()
    assert [toast.value for toast in at.run().toast] == [r"Kept \*one\*\."]
