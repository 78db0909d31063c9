"""Names that strangers chose, as Streamlit is given them; tests/e2e/test_security.py looks at them in a browser."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dnn.messages import Message
from dnn.ui.visitor.markdown import MOST_LETTERS, WORD_JOINER, escape_markdown, tr_markdown

# What Streamlit 1.67 looks for in the text of a page once its backslashes are gone: links, icons, emoji, arrows.
FOUND = re.compile(r"https?://|www\.|[-.\w+]@[-\w]|:[\w+-]+:|(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)", re.IGNORECASE)
PIECES = [*"aw:/.@<>-=~+_ \n\t", "www.", "http://", ":smile:", ":material/", "\u202e", "é"]
hostile = st.lists(st.sampled_from(PIECES)).map("".join)


def read(markdown: str) -> str:
    """What Markdown reads: a sign with a backslash is that sign."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


@given(st.text() | hostile)
@example("0@-")
def test_nothing_is_left_that_markdown_or_streamlit_would_take_for_its_own(text: str) -> None:
    escaped = escape_markdown(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", escaped)
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped))
    assert not FOUND.search(read(escaped))
    assert ":material/" not in escaped


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=60))
def test_all_letters_and_signs_are_shown(text: str) -> None:
    assert read(escape_markdown(text)).replace(WORD_JOINER, "") == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two\n# lines\t", "two # lines"),
        ("abc\u202edef\u2066", "abcdef"),
        ("x" * 10_000, "x" * (MOST_LETTERS - 1) + "…"),
        ("10:30, a: b", "10:30, a: b"),
        ("температура", "температура"),
    ],
)
def test_one_line_of_bounded_length_in_its_own_direction(text: str, shown: str) -> None:
    assert read(escape_markdown(text)) == shown


def test_of_a_message_only_the_values_are_escaped() -> None:
    inner = Message("**{count}** of {name}", count=3, name="*a*")
    text = tr_markdown(Message("The network sees {inputs}, `{code}`.", inputs=inner, code="_b_"))
    assert text == r"The network sees **3** of \*a\*, `\_b\_`."
    assert tr_markdown("*plain*") == "*plain*"
