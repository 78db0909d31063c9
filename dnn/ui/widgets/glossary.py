"""Texts with marked glossary terms: the first of each in a text shows its meaning, and leads to the glossary's page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from urllib.parse import urlencode
from zlib import crc32

import streamlit as st

from dnn.lessons.glossary import GLOSSARY, Term
from dnn.ui.visitor import address
from dnn.ui.visitor.language import tr

PAGE, WORD = "glossary", "term"  # path of the glossary's page, and the word of its address
# formulas, code and what points at a drawing, without terms and emphasis
LITERAL = r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\[[^\]]+\]\{\.\w+\}"
TAGS = {"**": "strong", "*": "em"}


def explained(*texts: str) -> None:
    """Draw paragraphs of Markdown in the visitor's language, with glossary terms marked."""
    st.markdown(mark_terms("\n\n".join(tr(text) for text in texts)), unsafe_allow_html=True)


def mark_terms(text: str) -> str:
    """Return ``text``, Markdown in the visitor's language, with its glossary terms marked."""
    terms = tuple((term, tr(term.forms), tr(term.meaning)) for term in GLOSSARY)
    return _marked(_with_tags(text), terms, urlencode(address.page_words() if address.is_page() else {}))


def _with_tags(text: str) -> str:
    """Replace emphasis by tags: next to a tag and between Chinese characters Markdown does not recognise stars."""

    def to_tag(match: re.Match[str]) -> str:
        tag = TAGS.get(match["stars"] or "")
        return f"<{tag}>{match['inner']}</{tag}>" if tag else match[0]

    emphasis = rf"(?P<stars>\*\*?)(?P<inner>(?!\s)(?:{LITERAL}|[^*$`])+(?<!\s))(?P=stars)"
    return re.sub(rf"{LITERAL}|{emphasis}", to_tag, text, flags=re.DOTALL)


@lru_cache(maxsize=256)
def _marked(text: str, terms: tuple[tuple[Term, str, str], ...], page_words: str) -> str:
    forms = {form.casefold(): (term, meaning) for term, all_forms, meaning in terms for form in all_forms.split("|")}
    longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
    # a term must not be part of a longer word, but Chinese has no spaces between words
    one_of = "|".join(rf"(?<![A-Za-z-]){form}(?![A-Za-z-])" for form in longest_first)
    marked_terms: set[str] = set()
    here = crc32(text.encode())

    def mark(match: re.Match[str]) -> str:
        if match["term"] is None:
            return match[0]
        term, meaning = forms[match["term"].casefold()]
        if term.name in marked_terms:
            return match[0]
        marked_terms.add(term.name)
        spot = f"dnn-word-{term.slug}-{here:x}"  # ids are unique, because one page may show several texts
        query = f"{WORD}={term.slug}" + f"&{page_words}" * bool(page_words)
        href = f'href="{PAGE}?{escape(query)}" target="_blank"'  # whoever looks a word up keeps the run behind it
        return (
            f'<a class="dnn-word" {href} rel="noopener" aria-describedby="{spot}">'
            f'{match[0]}<span class="dnn-meaning" role="tooltip" id="{spot}">{escape(meaning)}</span></a>'
        )

    return re.sub(rf"{LITERAL}|(?P<term>{one_of})", mark, text, flags=re.DOTALL | re.IGNORECASE)
