"""A link in a field of the page, and a button that copies it.

The component's script comes after its HTML. Until it has named field and button, nobody sees them or hears of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dnn import web
from dnn.experiment import Experiment
from dnn.experiment.links import to_query
from dnn.ui.visitor.language import tr

HTML = """<div><label><span></span><input readonly></label><button type="button"></button>
<output aria-live="polite"></output></div>"""

CSS = """
div:has(> label) { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
div:has(> button:empty) { visibility: hidden; }
div, input, button { font: 0.875rem var(--st-font); color: var(--st-text-color); }
label { flex: 1 1 10rem; min-width: 0; }
input { width: 100%; margin-top: 0.25rem; }
input, button { box-sizing: border-box; height: 2.5rem; padding: 0 0.75rem; border-radius: var(--st-base-radius);
  border: 1px solid var(--st-border-color); background: var(--st-secondary-background-color); }
button { background: var(--st-background-color); cursor: pointer; }
button:hover { border-color: var(--st-primary-color); }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
output { flex-basis: 100%; }
"""

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.copy_link", html=HTML, css=CSS, js=JS)


def link(experiment: Experiment, address: str, page_words: Mapping[str, str] | None = None) -> str:
    """Return the web address of ``experiment`` for the page at ``address`` with ``page_words``."""
    return link_to(address, to_query(experiment) | dict(page_words or {}))


def link_to(address: str, words: Mapping[str, str]) -> str:
    """Return the web address of the page at ``address`` with these words."""
    address = address if urlsplit(address).path else f"{address}/"
    query = urlencode(words, safe=",")
    return f"{address}?{query}" if query else address


def copy_link(link: str, *, label: str = "", button: str = "", key: str = "copy-link") -> None:
    """Draw ``link`` in a field, with a button that copies it."""
    words = {
        "label": label or tr("Link"),
        "button": button or tr("Copy link"),
        "copied": tr("Copied. It opens this very experiment anywhere."),
        "byHand": tr("Press Ctrl+C (or ⌘C) to copy it."),
    }
    _component(key=key, data={"link": link, **words}, height="content")
