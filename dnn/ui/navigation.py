"""The navigation bar on top of every page: links to the other pages, and the choice of language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.navigation.page import Page

from dnn.ui.visitor import address, language, store

WITHOUT_SETTINGS = {"inside", "landscape", "compare", "sweep", "class"}  # pages, by their path
# Streamlit leaves the sidebar open and empty where a link leads from a page with settings to one without.
NO_SIDEBAR = """<style>
:is([data-testid="stSidebar"], [data-testid="stExpandSidebarButton"]) { display: none; }
</style>"""
NOW, BEFORE = "page.now", "page.before"  # keys in the store: the page of this run and of the last one


def came_from_another() -> bool:
    """Whether the last run showed another page."""
    return bool(store.value(BEFORE) != store.value(NOW))


def draw(pages: Iterable[Page], current: Page, parents: Mapping[str, Page] | None = None) -> None:
    """Draw the bar with the current page marked, and store the previous page.

    A page that is not in the bar has one of ``parents`` by its path, which is marked for it.
    """
    marked = (parents or {}).get(current.url_path, current)
    store.put({BEFORE: store.value(NOW), NOW: current.url_path})
    if current.url_path in WITHOUT_SETTINGS:
        st.html(NO_SIDEBAR)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="navigation", gap="small"):
        with st.container(horizontal=True, width="stretch", key="pages", gap="small"):
            for page in pages:
                here = page.url_path == marked.url_path and page.title == marked.title
                with st.container(width="content", key="here" if here else None):
                    st.page_link(page, query_params=address.page_words())
        with st.container(width="content", key="language"):
            language.switch()
