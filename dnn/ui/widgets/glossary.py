"""Texts with marked glossary terms: hovering over the first of each in a text shows its meaning."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from zlib import crc32

import streamlit as st

from dnn.lessons.glossary import GLOSSARY, Word
from dnn.ui.visitor.language import tr

LITERAL = r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`"  # formulas and code, without terms and emphasis
TAGS = {"**": "strong", "*": "em"}


def explained(*texts: str) -> None:
    """Draw paragraphs of Markdown in the visitor's language, with glossary terms marked."""
    st.markdown(mark_terms("\n\n".join(tr(text) for text in texts)), unsafe_allow_html=True)


def mark_terms(text: str) -> str:
    """Return ``text``, Markdown in the visitor's language, with its glossary terms marked."""
    return _marked(_with_tags(text), tuple((word, tr(word.forms), tr(word.meaning)) for word in GLOSSARY))


def _with_tags(text: str) -> str:
    """Replace emphasis by tags: next to a tag and between Chinese characters Markdown does not recognise stars."""

    def to_tag(match: re.Match[str]) -> str:
        tag = TAGS.get(match["stars"] or "")
        return f"<{tag}>{match['inner']}</{tag}>" if tag else match[0]

    emphasis = rf"(?P<stars>\*\*?)(?P<inner>(?!\s)(?:{LITERAL}|[^*$`])+(?<!\s))(?P=stars)"
    return re.sub(rf"{LITERAL}|{emphasis}", to_tag, text, flags=re.DOTALL)


@lru_cache(maxsize=256)
def _marked(text: str, words: tuple[tuple[Word, str, str], ...]) -> str:
    forms = {
        form.casefold(): (word.name, meaning) for word, all_forms, meaning in words for form in all_forms.split("|")
    }
    longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
    # a term must not be part of a longer word, but Chinese has no spaces between words
    one_of = "|".join(rf"(?<![A-Za-z-]){form}(?![A-Za-z-])" for form in longest_first)
    marked_words: set[str] = set()
    here = crc32(text.encode())

    def mark(match: re.Match[str]) -> str:
        if match["word"] is None:
            return match[0]
        name, meaning = forms[match["word"].casefold()]
        if name in marked_words:
            return match[0]
        marked_words.add(name)
        spot = f"dnn-word-{name.replace(' ', '-')}-{here:x}"  # ids are unique, because one page may show several texts
        return (
            f'<span class="dnn-word" tabindex="0" aria-describedby="{spot}">{match[0]}'
            f'<span class="dnn-meaning" role="tooltip" id="{spot}">{escape(meaning)}</span></span>'
        )

    return re.sub(rf"{LITERAL}|(?P<word>{one_of})", mark, text, flags=re.DOTALL | re.IGNORECASE)
