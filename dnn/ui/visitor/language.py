"""Translate the page's texts, ``tr("Play")``, and draw the language switch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dnn.ui.catalogue import LANGUAGES, language_of, translated
from dnn.ui.visitor import address, store

BROWSERS = "browser-language"  # key in the store: the browser's language, which stays the same in a session


def tr(text: str) -> str:
    """Translate ``text`` to the visitor's language; the values of a :class:`Message` are translated too."""
    return translated(text, current())


def translate_latex(latex: str) -> str:
    """A formula with the words in it, which stand in ``\\text{…}``, in the visitor's language."""
    return re.sub(r"(\\text\{\s*)(.*?)(\s*\})", lambda match: match[1] + tr(match[2]) + match[3], latex)


def translated_names(names: Mapping[Any, str]) -> Callable[[Any], str]:
    """Return a widget's ``format_func`` for options with these names, in the current language."""
    labels = {option: tr(name) for option, name in names.items()}
    return lambda option: labels.get(option, str(option))


def say_again(*keys: str) -> None:
    """Set these widgets anew after a change of the language; call it before they are drawn.

    A browser would go on showing and sending the names of their options in the language before.
    """
    shown_in = f"language.of.{keys[0]}"
    if store.value(shown_in) not in (None, current()):
        store.put({key: store.value(key) for key in keys if store.value(key) is not None})
    store.put({shown_in: current()})


def current() -> str:
    """Return the visitor's language: the one chosen on the page or in the link, else the browser's, else English."""
    return address.language() or _of_browser()


def _of_browser() -> str:
    if not address.is_page():
        return "en"
    if found := store.settled(BROWSERS):
        return str(found)
    found = language_of(st.context.locale or "") or "en"
    store.put({BROWSERS: found})
    return found


def switch() -> None:
    """Draw the choice of language."""
    address.show_language(current())
    st.segmented_control(
        tr("Language"),
        list(LANGUAGES),
        key=address.LANGUAGE_SWITCH,
        required=True,
        format_func=lambda name: LANGUAGES[name].name,
        label_visibility="collapsed",
    )
