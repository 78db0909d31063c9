"""The store: what is looked up once in a run is right in every run, of every visitor."""

from streamlit.testing.v1 import AppTest

from tests.ui.page import Page


def counting() -> None:
    """Count the runs, and tell the count before and after."""
    import streamlit as st

    from dnn.ui.visitor import store

    before = store.settled("count")
    store.put({"count": (before or 0) + 1})
    st.text(f"{before} {store.settled('count')} {store.value('count')}")


def running_twice() -> None:
    """Change a value, then run again at once: Streamlit does so in the same runner."""
    import streamlit as st

    from dnn.ui.visitor import store

    if store.settled("word") is None:
        store.put({"word": "new"})
        st.rerun()
    st.text(store.settled("word"))


def interrupted() -> None:
    """Store two values, and be interrupted after the first."""
    import streamlit as st

    from dnn.ui.visitor import store

    class Interrupted(dict[str, int]):
        def __getitem__(self, key: str) -> int:
            if key == "other":
                raise InterruptedError
            return super().__getitem__(key)

    before = store.settled("word")
    try:
        store.put(Interrupted(word=1, other=2))
    except InterruptedError:
        st.text(f"{before} {store.settled('word')} {store.settled('other')}")


def text(at: AppTest) -> str:
    assert not at.exception
    (found,) = at.text
    return str(found.value)


def test_a_value_that_was_looked_up_is_new_after_it_was_put() -> None:
    one, other = AppTest.from_function(counting), AppTest.from_function(counting)
    assert text(one.run()) == "None 1 1"
    assert text(one.run()) == "1 2 2"
    assert text(other.run()) == "None 1 1"
    assert text(one.run()) == "2 3 3"


def test_a_run_after_a_run_in_the_same_runner_knows_what_was_put() -> None:
    assert text(AppTest.from_function(running_twice).run()) == "new"


def test_an_interrupted_put_leaves_nothing_outdated() -> None:
    assert text(AppTest.from_function(interrupted).run()) == "None 1 None"


def test_two_visitors_read_two_languages() -> None:
    chinese, english = Page(lang="zh"), Page()
    chinese.press("换一组权重")
    english.press("New weights")
    english.set("Language", "zh")
    chinese.set("语言", "en")
    english.press("换一组权重")
    chinese.press("New weights")
    assert (english.link["lang"], chinese.link["lang"]) == ("zh", "en")
